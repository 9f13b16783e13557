"""Tables with a declared shape: one schema for checks, documentation and forms. (nl: tabellen)."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import TYPE_CHECKING, Any, Literal, Self

import geopandas as gpd
import numpy as np
import pandas as pd

if TYPE_CHECKING:
    import pandera.pandas as pa

Dtype = str
TEXT: Dtype = "str"
"""Text; unknown is missing, never an empty string."""
WHOLE: Dtype = "int64"
WHOLE_OR_UNKNOWN: Dtype = "Int64"
NUMBER: Dtype = "float64"
"""Number; unknown is NaN."""
YES_NO: Dtype = "bool"
GEOMETRY: Dtype = "geometry"


Kind = Literal["text", "whole", "year", "number", "euros", "share", "score", "place"]
Seen = Literal[
    "", "open", "owner", "place", "window", "kind", "certainty", "name", "cost", "text", "told", "whole", "person"
]
"""Who may see a column, see `report/seen_by`: everyone (`open`, `owner`, and `whole`: a figure of the whole city in which no
single owner can be told apart); everyone as far as the owner of the row shares it (`place`, `window`, `kind`, `certainty`,
`name`, `cost`); everyone without personal data (`text`: typed by people) and without names that are not shared (`told`: a
sentence of ours about others); only those inside (`person`: a person may be named there). Empty: nobody said so, which no column of a product may be."""
KIND_OF_UNIT: Mapping[str, Kind] = {
    "eur": "euros",
    "eur/year": "euros",
    "year": "year",
    "share": "share",
    "score": "score",
}


@dataclass(frozen=True)
class Column:
    """One column: its type, what it is called and means, what it must meet, and who may see it.

    Parameters
    ----------
    dtype, meaning
        Type, and what it means in English.
    known, one_of, least, most
        `known` is True where every row must have a value; the others are checks on known values.
    nl, en
        Heading in Dutch and English, the same on paper, sheet and screen; without `en` the meaning is the heading.
    nl_meaning
        What it means in Dutch; without it the heading says so.
    unit
        Unit of its numbers (`eur`, `year`, `share`, `score` 0-1, `m`, `m2`, `mm`, `h`, `years`); it decides how they are written.
    codes
        What stands for each code: English words that the catalogue translates, or the name of a list of `report/table`.
    refers
        `room.table` of the table of which it holds the key; `any` where another column says which.
    live
        Formula in the workbook: `{column}` is the cell in the same row, `{^column}` the one above, `[table.column]` a whole
        column of a table of the same room, `<code>` what stands for a code of `basis`.
    seen
        Who may see it.
    """

    dtype: Dtype
    meaning: str
    known: bool = True
    one_of: tuple[str, ...] = ()
    least: float | None = None
    most: float | None = None
    nl: str = field(default="", kw_only=True)
    en: str = field(default="", kw_only=True)
    nl_meaning: str = field(default="", kw_only=True)
    unit: str = field(default="", kw_only=True)
    codes: Mapping[str, str] | str = field(default="", kw_only=True)
    refers: str = field(default="", kw_only=True)
    live: str = field(default="", kw_only=True)
    seen: Seen = field(default="", kw_only=True)

    @property
    def kind(self) -> Kind:
        """How its values are written."""
        if self.dtype == GEOMETRY:
            return "place"
        usual: Kind = "text" if self.dtype in (TEXT, YES_NO) else "number" if self.dtype == NUMBER else "whole"
        return KIND_OF_UNIT.get(self.unit, usual)

    @property
    def labelled(self) -> bool:
        """Tell whether it has a heading in Dutch and says who may see it."""
        return bool(self.nl and self.seen)

    def heading(self, lang: str) -> str:
        """Return what it is called."""
        return self.nl if lang == "nl" else self.en or self.meaning

    def told(self, lang: str) -> str:
        """Return what it means."""
        return (self.nl_meaning or self.nl) if lang == "nl" else self.meaning

    def but(self, meaning: str = "", nl_meaning: str = "", **changed: Any) -> Self:  # noqa: ANN401 -- any field of a column
        """Return the same column with another meaning, or other checks or labels; its headings stay."""
        if meaning:
            words = {"en": self.en or self.meaning, "meaning": meaning, "nl_meaning": nl_meaning}
            changed = words | changed
        return replace(self, **changed)

    def pandera(self) -> "pa.Column":
        """Return the pandera column that checks this one."""
        import pandera.pandas as pa  # noqa: PLC0415 -- a quarter of the start of a command that checks no table

        checks = []
        if self.one_of:
            checks.append(pa.Check.isin(self.one_of))
        if self.least is not None:
            checks.append(pa.Check.ge(self.least))
        if self.most is not None:
            checks.append(pa.Check.le(self.most))
        dtype = None if self.dtype == GEOMETRY else self.dtype
        return pa.Column(dtype, checks=checks, nullable=not self.known, description=self.meaning)


@dataclass(frozen=True)
class Schema:
    """The shape of one table: its columns in order, its key, and what people call it.

    `nl` and `en` name it as a sheet and layer; `nl_meaning` says in Dutch what it holds.
    """

    name: str
    meaning: str
    columns: Mapping[str, Column]
    key: tuple[str, ...] = ()
    nl: str = field(default="", kw_only=True)
    en: str = field(default="", kw_only=True)
    nl_meaning: str = field(default="", kw_only=True)

    @cached_property
    def pandera(self) -> "pa.DataFrameSchema":
        """Return the pandera schema, built once and where it is first asked for."""
        import pandera.pandas as pa  # noqa: PLC0415 -- see above

        columns = {name: column.pandera() for name, column in self.columns.items()}
        return pa.DataFrameSchema(columns, name=self.name, description=self.meaning, unique=list(self.key) or None)

    def called(self, lang: str) -> str:
        """Return what people call it; a table without a label keeps its own name, in words."""
        return (self.nl if lang == "nl" else self.en) or self.name.replace("_", " ")

    def told(self, lang: str) -> str:
        """Return what it holds, in one sentence."""
        return (self.nl_meaning if lang == "nl" else "") or self.meaning

    @property
    def spatial(self) -> bool:
        """Tell whether the table has a geometry."""
        return "geometry" in self.columns


def shape(frame: pd.DataFrame, schema: Schema, *, crs: str | None = None) -> pd.DataFrame:
    """Return a copy with exactly the columns of the schema, in order and typed.

    Missing columns become unknown.

    Raises
    ------
    pandera.errors.SchemaErrors
        With every failure at once: a product that breaks its own schema is a fault of the program, not of the input.
    """
    known_crs = crs or getattr(frame, "crs", None)
    if not len(frame):
        return empty(schema, crs=known_crs)
    columns = {name: _cast(frame, name, column) for name, column in schema.columns.items()}
    made = pd.DataFrame(columns, index=frame.index).reset_index(drop=True)
    if schema.spatial:
        made = gpd.GeoDataFrame(made, geometry="geometry", crs=known_crs)
    if not fits(made, schema):
        schema.pandera.validate(made, lazy=True)
    return made


def fits(made: pd.DataFrame, schema: Schema) -> bool:
    """Tell whether a table that was cast is as its schema says.

    pandera, which names every failure, takes some 5 ms per column also where there is none; most tables have none.
    """
    for name, column in schema.columns.items():
        values = made[name]
        too_low = column.least is not None and not values.dropna().ge(column.least).all()
        too_high = column.most is not None and not values.dropna().le(column.most).all()
        other = bool(column.one_of) and not values.dropna().isin(column.one_of).all()
        if too_low or too_high or other or (column.known and values.isna().any()):
            return False
    return not (schema.key and made.duplicated(list(schema.key)).any())


def empty(schema: Schema, *, crs: str | None = None) -> pd.DataFrame:
    """Return a table of the schema without rows.

    Its text columns are new ones: what a selection or a grouping leaves of a text column may have no piece of memory at
    all, and two of those cannot be merged.
    """
    columns = {
        name: pd.Series([], dtype="object" if column.dtype == GEOMETRY else column.dtype)
        for name, column in schema.columns.items()
    }
    made = pd.DataFrame(columns)
    return gpd.GeoDataFrame(made, geometry="geometry", crs=crs) if schema.spatial else made


def _cast(frame: pd.DataFrame, name: str, column: Column) -> object:
    """Return one column of the frame in its declared type, unknown where the frame lacks it."""
    if name not in frame.columns:
        if column.dtype == GEOMETRY:
            return gpd.GeoSeries([None] * len(frame), index=frame.index)
        fill = False if column.dtype == YES_NO else (np.nan if column.dtype in (NUMBER, TEXT) else pd.NA)
        return pd.Series([fill] * len(frame), index=frame.index, dtype="object").astype(column.dtype)
    values = frame[name]
    if column.dtype == GEOMETRY:
        return values
    if column.dtype == NUMBER:
        return (
            pd.to_numeric(values).astype("Float64").astype(NUMBER)
            if str(values.dtype) in ("Int64", "Float64", "object")
            else values.astype(NUMBER)
        )
    return values.astype(column.dtype)
