"""Places with a value: rows of a layer, or cells of the grid. (nl: plekken)."""

import geopandas as gpd
import numpy as np
import pandas as pd

from koppelkans.ground.errors import Fault
from koppelkans.ground.settings import Need, Source
from koppelkans.ground.words import Phrase
from koppelkans.vision.indicator import GridTopography, Indicator


def from_layer(layer: gpd.GeoDataFrame, need: Need, source: Source) -> gpd.GeoDataFrame | Fault:
    """Return the places of a layer with their value, or its fault.

    Columns `place` (row of the file), `value` and `geometry`. Without a column, being inside a shape is a need of 1
    and the value is unknown. Yes counts as 1 and no as 0; a text that is no number is unknown. Rows without geometry
    or without a known value are left out.

    Returns
    -------
    The places, or the fault where the column does not exist or holds no number at all.
    """
    if need.column and need.column not in layer.columns:
        there = ", ".join(str(name) for name in layer.columns if name not in ("geometry", "row"))
        return Fault(
            source.path,
            Phrase("no such column"),
            Phrase("one of: {names}", names=there),
            source.layer,
            column=need.column,
            fatal=True,
        )
    label = layer["row"] if "row" in layer.columns else pd.Series(np.arange(1, len(layer) + 1), index=layer.index)
    values = pd.Series(np.nan, index=layer.index, dtype="float64")
    if need.column:
        read = layer[need.column]
        values = pd.to_numeric(read, errors="coerce").astype("Float64").astype("float64")
        if read.notna().any() and values.isna().all():
            return Fault(
                source.path,
                Phrase("no number in the whole column"),
                Phrase("numbers"),
                source.layer,
                column=need.column,
                fatal=True,
            )
    shaped = ~(layer.geometry.isna() | layer.geometry.is_empty)
    known = shaped & (np.isfinite(values) if need.column else True)
    return gpd.GeoDataFrame(
        {"place": label[known].astype("str").to_numpy(), "value": values[known].to_numpy()},
        geometry=layer.geometry[known].to_numpy(),
        crs=layer.crs,
    )


def from_indicator(indicator: Indicator, ground: GridTopography) -> gpd.GeoDataFrame:
    """Return the cells where an indicator is known, with its value.

    Columns `place`, `value` and `geometry`.
    """
    values = indicator.measure(ground)
    known = np.isfinite(values)
    cells = ground.cells
    return gpd.GeoDataFrame(
        {"place": cells["cell"].to_numpy()[known], "value": values[known]},
        geometry=cells.geometry.to_numpy()[known],
        crs=cells.crs,
    )


def origin_of(need: Need) -> str:
    """Return the origin of a need: `source.column`, `source`, or the name of the indicator."""
    if need.indicator:
        return need.indicator
    return f"{need.source}.{need.column}" if need.column else need.source
