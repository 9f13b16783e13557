"""The profile of a planned work: its fields, what they may hold, and who may see them. (nl: profiel geplande werken)."""

from collections.abc import Mapping
from datetime import date
from typing import Annotated, Any, Literal, LiteralString, NoReturn, Self

from pydantic import BaseModel, ConfigDict, Field, model_validator
from pydantic_core import PydanticCustomError

from koppelkans.ground.words import Phrase

NAME, VERSION = "planned-works", "1.0"
PROFILE = f"{NAME} {VERSION}"
OWN = "x_"
"""Members that begin so are of whoever writes the file; all others are of the profile."""
Certainty = Literal["wens", "voornemen", "gepland", "vast"]
Audience = Literal["everyone", "parties", "issuer"]
"""Who may see a field: everyone; those who plan works here too; or only who wrote it down."""
Theme = Literal[
    "datatransport",
    "gasLageDruk",
    "gasHogeDruk",
    "buisleidingGevaarlijkeInhoud",
    "petrochemie",
    "landelijkHoogspanningsnet",
    "hoogspanning",
    "middenspanning",
    "laagspanning",
    "rioolVrijverval",
    "rioolOnderDruk",
    "warmte",
    "water",
    "wees",
    "overig",
]
"""Themas of IMKL 2.0 (Geonovum)."""
MEASURES = {
    "0": "Geen",
    "1": "Aanleggen",
    "2": "Buiten gebruik stellen",
    "3": "Conserveren",
    "4": "Onderhouden",
    "5": "Onderzoeken",
    "6": "Renoveren",
    "7": "Repareren",
    "8": "Verbeteren",
    "9": "Vervangen",
    "10": "Verwijderen",
}
"""Measures of GWSW-Maatregelen (Stichting RIONED) by their code."""
Measure = Literal["0", "1", "2", "3", "4", "5", "6", "7", "8", "9", "10"]
THEMES: Mapping[str, Theme] = {
    "sewer_gravity": "rioolVrijverval",
    "sewer_pressure": "rioolOnderDruk",
    "gully": "rioolVrijverval",
    "manhole": "rioolVrijverval",
    "water_main": "water",
    "gas_low": "gasLageDruk",
    "gas_high": "gasHogeDruk",
    "power_low": "laagspanning",
    "power_medium": "middenspanning",
    "power_high": "hoogspanning",
    "telecom": "datatransport",
    "heat": "warmte",
    "lighting": "laagspanning",
}
"""Kind of work of Koppelkans = thema of IMKL; kinds above ground have none."""
FIELDS_OF = {
    "section": ("place", "place_is", "accuracy_m", "quantity"),
    "window": ("earliest_year", "best_year", "latest_year", "fixed_year", "start", "end"),
    "kind": ("kind", "imkl_theme", "measure", "unit"),
    "certainty": ("certainty",),
    "cost": ("cost_eur", "price_year"),
    "name": ("name", "partners"),
}
"""What a party may share of its plans (`shares`) = fields of the profile."""
Year = Annotated[int, Field(ge=1800, le=2200)]


def _refuse(rule: Phrase) -> NoReturn:
    """Raise the fault that a rule of the profile is broken."""
    kind: LiteralString = "rule"
    raise PydanticCustomError(kind, "{rule}", {"rule": str(rule)})


class _Member(BaseModel):
    """A part of the profile: strict in its types, and without members that it does not know."""

    model_config = ConfigDict(strict=True, extra="forbid", frozen=True)


class PlannedWork(_Member):
    """One planned work: the properties of a feature, or a row of a table."""

    model_config = ConfigDict(
        strict=True,
        extra="allow",
        frozen=True,
        json_schema_extra={"additionalProperties": False, "patternProperties": {f"^{OWN}": True}},
    )

    work: str = Field(
        min_length=1, max_length=200, description="name of the work at its issuer, the same in every file"
    )
    name: str | None = Field(default=None, max_length=500, description="what people call it; no persons")
    owner: str = Field(min_length=1, max_length=200, description="party that does it")
    partners: list[str] = Field(default=[], max_length=50, description="parties that it is planned with")
    kind: str | None = Field(
        default=None, min_length=1, max_length=80, description="kind of work, as in the list of kinds"
    )
    imkl_theme: Theme | None = Field(default=None, description="thema of IMKL, of work on a net")
    measure: Measure | None = Field(default=None, description="measure of GWSW-Maatregelen by its code: 9 is replacing")
    certainty: Certainty | None = Field(default=None, description="how certain: wish, intention, planned, fixed")
    earliest_year: Year | None = Field(default=None, description="earliest year")
    best_year: Year | None = Field(default=None, description="best year")
    latest_year: Year | None = Field(default=None, description="latest year")
    fixed_year: Year | None = Field(default=None, description="the one year in which it is done")
    start: date | None = Field(default=None, description="first day, where days are known")
    end: date | None = Field(default=None, description="last day, where days are known")
    place_is: Literal["exact", "sketch", "street"] | None = Field(
        default=None, description="how the place was drawn: as designed, roughly, or the whole street"
    )
    accuracy_m: float | None = Field(default=None, ge=0, le=10_000, description="how far off the place may be (m)")
    quantity: float | None = Field(default=None, ge=0, description="how much, in `unit`")
    unit: Literal["m", "m2", "piece"] | None = Field(default=None, description="unit of the quantity")
    cost_eur: int | None = Field(
        default=None, ge=0, le=10**11, description="cost without opening and closing the street (euro, at `price_year`)"
    )
    price_year: Year | None = Field(default=None, description="price level of the cost")
    mandatory: bool | None = Field(default=None, description="legal duty, danger or agreement")
    digs: bool | None = Field(default=None, description="opens the ground")
    resurfaces: bool | None = Field(default=None, description="leaves new paving")
    updated: date | None = Field(default=None, description="day on which this was last true")
    visibility: dict[str, Audience] = Field(
        default={},
        description="field = who may see it; `place` is the geometry; a field that is not named is for everyone",
    )
    withheld: list[str] = Field(default=[], description="fields that are known and were left out for who reads this")
    profile: Literal["planned-works 1.0"] = Field(description="name and version of this profile")

    @model_validator(mode="after")
    def _rules(self) -> Self:
        """Refuse what each field may hold and the work as a whole may not."""
        for found in broken(self):
            _refuse(found)
        return self


def broken(work: PlannedWork) -> list[Phrase]:
    """Return the rules of the profile that a work breaks."""
    known = {*PlannedWork.model_fields, "place"} - {"visibility", "withheld", "profile", "work"}
    strange = [name for name in work.model_extra or {} if not name.startswith(OWN)]
    strange += [name for name in (*work.visibility, *work.withheld) if name not in known and not name.startswith(OWN)]
    years = [year for year in (work.earliest_year, work.best_year, work.latest_year) if year is not None]
    first, last = work.earliest_year or -1, work.latest_year or 9999
    outside = work.fixed_year is not None and not first <= work.fixed_year <= last
    told = [name for name in work.withheld if name in known - {"place"} and getattr(work, name) not in (None, [])]
    tests = {
        Phrase(
            "fields of the profile, or own ones that begin with {own}; not {names}", own=OWN, names=", ".join(strange)
        ): strange,
        Phrase("a window in order: earliest, best, latest year"): years != sorted(years) or outside,
        Phrase("a first day that is not after the last"): work.start and work.end and work.start > work.end,
        Phrase("a unit with the quantity"): work.quantity is not None and not (work.unit or "unit" in work.withheld),
        Phrase("a price level with the cost"): work.cost_eur is not None and work.price_year is None,
        Phrase("no value for what is withheld: {names}", names=", ".join(told)): told,
        Phrase("a kind, a thema, or `kind` among what is withheld"): not (
            work.kind or work.imkl_theme or "kind" in work.withheld
        ),
    }
    return [rule for rule, wrong in tests.items() if wrong]


def too_open(work: PlannedWork, audience: Audience) -> list[str]:
    """Return the fields of a work that stand in a file for an audience that may not see them."""
    width = {"everyone": 2, "parties": 1, "issuer": 0}
    told = plain_fields(work)
    return [name for name, who in work.visibility.items() if name in told and width[who] < width[audience]]


def plain_fields(work: PlannedWork) -> set[str]:
    """Return the names of the fields that say something."""
    return {name for name, value in work.model_dump(exclude_none=True).items() if value not in ([], {})}


class Geometry(_Member):
    """Place in GeoJSON: longitude and latitude (WGS 84)."""

    model_config = ConfigDict(strict=True, extra="allow", frozen=True)

    type: Literal["Point", "MultiPoint", "LineString", "MultiLineString", "Polygon", "MultiPolygon"]
    coordinates: list[Any] = Field(
        min_length=1, description="as GeoJSON (RFC 7946) says, nine decimals: less than a millimetre"
    )


class PlannedWorkFeature(_Member):
    """One planned work with its place; null where that is withheld or not known."""

    model_config = ConfigDict(strict=True, extra="allow", frozen=True)

    type: Literal["Feature"]
    id: str = Field(min_length=1, description="the same as `work`")
    geometry: Geometry | None
    properties: PlannedWork

    @model_validator(mode="after")
    def _named(self) -> Self:
        """Refuse a feature that is called otherwise than its work, and a place that is withheld."""
        if self.id != self.properties.work:
            _refuse(Phrase("an id that is the same as `work`"))
        if self.geometry is not None and "place" in self.properties.withheld:
            _refuse(Phrase("no place where `place` is withheld"))
        return self


class PlannedWorkCollection(_Member):
    """A file of planned works: a FeatureCollection, and a page of OGC API Features."""

    model_config = ConfigDict(strict=True, extra="allow", frozen=True)

    type: Literal["FeatureCollection"]
    profile: Literal["planned-works 1.0"] = Field(description="name and version of this profile")
    issuer: str = Field(min_length=1, max_length=200, description="who wrote the file")
    issued: date = Field(description="day on which it was written")
    audience: Audience = Field(description="for whom it was made: it may be passed on to no wider circle")
    licence: str = Field(default="", max_length=200, description="licence of the data; empty: none was given")
    numberMatched: int | None = Field(default=None, ge=0, description="works in all; a whole file has as many features")  # noqa: N815
    numberReturned: int | None = Field(default=None, ge=0, description="works in this file")  # noqa: N815
    features: list[PlannedWorkFeature]

    @model_validator(mode="after")
    def _together(self) -> Self:
        """Refuse two works of one name, and what may not be seen by those for whom the file is."""
        names = [one.properties.work for one in self.features]
        for one in self.features:
            if shown := too_open(one.properties, self.audience):
                _refuse(Phrase("nothing that this audience may not see: {names}", names=", ".join(shown)))
        twice = sorted({name for name in names if names.count(name) > 1}) if len(set(names)) < len(names) else []
        if twice:
            _refuse(Phrase("each work once; twice: {names}", names=", ".join(twice[:5])))
        return self


def schema() -> dict[str, Any]:
    """Return the JSON Schema of a file of planned works."""
    made = PlannedWorkCollection.model_json_schema()
    head = {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": f"Planned works {VERSION}",
        "description": "Profile for the exchange of planned works in public space between municipality and utilities.",
    }
    return head | {name: part for name, part in made.items() if name not in head}
