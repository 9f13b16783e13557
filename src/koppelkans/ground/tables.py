"""Tables with a declared shape: one schema feeds the check, the documentation and every form. (nl: tabellen)."""

from collections.abc import Mapping
from dataclasses import dataclass, field

import geopandas as gpd
import numpy as np
import pandas as pd
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


@dataclass(frozen=True)
class Column:
    """One column: its type, what it means, and what it must meet.

    `known` is True where every row must have a value; `one_of`, `least` and `most` are checks on known values.
    """

    dtype: Dtype
    meaning: str
    known: bool = True
    one_of: tuple[str, ...] = ()
    least: float | None = None
    most: float | None = None

    def pandera(self) -> pa.Column:
        """Return the pandera column that checks this one."""
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
    """The shape of one table: its columns in order and the columns that together name a row."""

    name: str
    meaning: str
    columns: Mapping[str, Column]
    key: tuple[str, ...] = ()
    pandera: pa.DataFrameSchema = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        """Build the pandera schema once."""
        columns = {name: column.pandera() for name, column in self.columns.items()}
        built = pa.DataFrameSchema(columns, name=self.name, description=self.meaning, unique=list(self.key) or None)
        object.__setattr__(self, "pandera", built)

    @property
    def spatial(self) -> bool:
        """Tell whether the table has a geometry."""
        return "geometry" in self.columns


def shape(frame: pd.DataFrame, schema: Schema, *, crs: str | None = None) -> pd.DataFrame:
    """Return a copy with exactly the columns of the schema, in order, with their types; missing columns become unknown.

    Raises
    ------
    pandera.errors.SchemaErrors
        With every failure at once: a product that breaks its own schema is a fault of the program, not of the input.
    """
    columns = {name: _cast(frame, name, column) for name, column in schema.columns.items()}
    made = pd.DataFrame(columns, index=frame.index).reset_index(drop=True)
    if schema.spatial:
        known_crs = crs or getattr(frame, "crs", None)
        made = gpd.GeoDataFrame(made, geometry="geometry", crs=known_crs)
    schema.pandera.validate(made, lazy=True)
    return made


def empty(schema: Schema, *, crs: str | None = None) -> pd.DataFrame:
    """Return a table of the schema without rows."""
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
