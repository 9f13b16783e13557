"""Settings of the city folder: who, when, and which files. (nl: stad en bronnen)."""

from typing import Annotated, Literal

from pydantic import Field, field_validator, model_validator

from koppelkans.ground.crs import known_crs
from koppelkans.ground.settings.figures import Part

Role = Literal[
    "assets",
    "inspections",
    "works",
    "plans",
    "sections",
    "areas",
    "bottlenecks",
    "wishes",
    "ambitions",
    "addresses",
    "care",
    "topography",
    "table",
    "effects",
    "budgets",
    "costs",
]
ROLES: tuple[str, ...] = Role.__args__  # type: ignore[attr-defined]
Shared = Literal["section", "window", "kind", "certainty", "cost", "name"]
Year = Annotated[int, Field(ge=1800, le=2200)]


class CityPart(Part):
    """Name, language, coordinate system and price level of the city."""

    name: str = Field(description="name as it stands on reports")
    lang: Literal["nl", "en"] = Field(default="nl", description="language of reports and messages")
    crs: str = Field(default="EPSG:28992", description="coordinate system inside, in metres")
    price_year: Year = Field(default=2026, description="price level of all amounts in the results")
    vat: Literal["without", "with"] = Field(
        default="without",
        description="whether amounts in the sources hold VAT, where a source does not say; all results are without",
    )

    @field_validator("crs")
    @classmethod
    def _crs_in_metres(cls, text: str) -> str:
        """Refuse a CRS that is unknown or not in metres."""
        if not known_crs(text):
            msg = f"a CRS in metres such as EPSG:28992, not {text}"
            raise ValueError(msg)
        return text


class HorizonPart(Part):
    """First and last year that are planned for."""

    first: Year = Field(default=2027, description="first year of the programme")
    last: Year = Field(default=2041, description="last year of the programme")

    @model_validator(mode="after")
    def _in_order(self) -> "HorizonPart":
        """Refuse a horizon that ends before it starts or is longer than a century."""
        if not self.first <= self.last <= self.first + 99:
            msg = f"first ≤ last and at most 100 years, not {self.first}-{self.last}"
            raise ValueError(msg)
        return self


class Join(Part):
    """Geometry for a table without one, from another source by a shared key."""

    source: str = Field(description="name of the source that has the geometry")
    here: str = Field(description="key column in this file")
    there: str = Field(description="key column in the other file")


class Source(Part):
    """One file of the city and how its columns are to be read."""

    name: str = Field(description="short unique name of this source")
    role: Role = Field(description="what its rows are")
    path: str = Field(description="file, relative to the city folder")
    format: str = Field(default="auto", description="name of a reader; auto looks at the file")
    layer: str = Field(default="", description="layer or sheet; empty where there is only one")
    crs: str = Field(default="", description="CRS of the file where it does not say so itself, or says it wrongly")
    encoding: str = Field(default="utf-8", description="text encoding of a CSV or Shapefile")
    delimiter: str = Field(default="", description="column separator of a CSV; empty: found out")
    columns: dict[str, str] = Field(default_factory=dict, description="our column = column in the file")
    constants: dict[str, str | int | float | bool] = Field(
        default_factory=dict, description="our column = one value for every row"
    )
    values: dict[str, dict[str, str]] = Field(
        default_factory=dict,
        description="per column of ours: value in the file = our value; `*` stands for any other value",
    )
    units: dict[str, str] = Field(
        default_factory=dict,
        description="our column = unit of the file, such as `x 1000` for euros or `(km)` for metres; empty: what its column name says",
    )
    vat: Literal["", "without", "with"] = Field(
        default="",
        description="whether its amounts hold VAT, which is then taken off; empty: as `city.vat`; budgets follow `vat` of their purse",
    )
    decimal: Literal["", ",", "."] = Field(
        default="", description="sign before decimals in numbers as text; empty: what the column shows"
    )
    yearly: str = Field(
        default="",
        description="name of the columns with an amount per year, `{year}` in the place of the year, as in `Begroting {year}`; empty: found out",
    )
    only: dict[str, list[str]] = Field(
        default_factory=dict, description="keep rows whose column in the file has one of these values"
    )
    unknown: list[str] = Field(default_factory=list, description="texts that mean unknown, besides the empty text")
    wkt: str = Field(default="", description="column with WKT geometry")
    x: str = Field(default="", description="column with the x coordinate or longitude")
    y: str = Field(default="", description="column with the y coordinate or latitude")
    join: Join | None = Field(default=None, description="take the geometry from another source")
    licence: str = Field(default="", description="licence of the data, shown with it")


PartyKind = Literal[
    "gemeente",
    "netbeheerder",
    "waterbedrijf",
    "waterschap",
    "warmtebedrijf",
    "telecom",
    "corporatie",
    "provincie",
    "rijk",
    "other",
]


class Party(Part):
    """An organisation with assets or plans in public space."""

    party: str = Field(description="short name, as in the owner column")
    name: str = Field(default="", description="name on reports")
    kind: PartyKind = Field(default="other", description="kind of organisation")
    aliases: list[str] = Field(default_factory=list, description="other spellings in the files")
    contact: str = Field(default="", description="desk or role to phone; no personal names")
    shares: list[Shared] = Field(
        default=["section", "window", "kind"], description="fields of a plan that other parties may see"
    )
