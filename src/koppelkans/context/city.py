"""The city folder as it was read: settings, one frame per source, its rows by role, faults. (nl: stadsmap)."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

import geopandas as gpd
import numpy as np
import pandas as pd
import shapely

from koppelkans.context.reading.roles import ROLES
from koppelkans.ground.errors import Fault
from koppelkans.ground.settings import Settings, Source
from koppelkans.ground.tables import shape
from koppelkans.ground.trace import Trace


@dataclass(frozen=True)
class City:
    """A city folder after reading.

    Parameters
    ----------
    folder
        The city folder.
    settings
        Its settings over the defaults.
    layers
        Per source name a frame with our column names, in the city's CRS, with `row` (row number in the file, from 1).
    faults
        Everything that was wrong, of every file, with its place.
    understood
        One row per source: what was read, set aside and left out (schema `UNDERSTOOD`).
    trace
        Version, settings and the hash of each file.
    aside
        Per source name the original rows in which something was wrong, with `row`, `reason`, and `kept`: True where the
        row was read all the same and only a value became unknown or a shape was repaired.
    left_out
        Per source name: reason = number of rows that were left out on purpose.
    """

    folder: Path
    settings: Settings
    layers: Mapping[str, gpd.GeoDataFrame]
    faults: tuple[Fault, ...]
    understood: pd.DataFrame
    trace: Trace
    aside: Mapping[str, pd.DataFrame] = field(default_factory=dict)
    left_out: Mapping[str, Mapping[str, int]] = field(default_factory=dict)

    def of_role(self, role: str) -> Iterator[tuple[Source, gpd.GeoDataFrame]]:
        """Yield every source of a role with its frame, in the order of the settings.

        Sources that could not be read are left out.
        """
        for source in self.settings.sources:
            if source.role == role and source.name in self.layers:
                yield source, self.layers[source.name]


def rows_of(city: City, role: str) -> gpd.GeoDataFrame:
    """Return the rows of all sources of a role in one table, with `source`.

    With the columns of the role. Rows without a place are left out where the role needs one; the reader has told of them.
    """
    parts = [_whole(source, frame, role) for source, frame in city.of_role(role)]
    columns = ["source", "row", *ROLES[role].columns, "geometry"]
    if not parts:
        empty = shape(pd.DataFrame({"geometry": []}), ROLES[role].schema, crs=city.settings.city.crs)
        return empty.assign(source=pd.Series([], dtype="str"))[columns]
    joined = parts[0] if len(parts) == 1 else pd.concat(parts, ignore_index=True)
    return gpd.GeoDataFrame(joined[columns], geometry="geometry", crs=city.settings.city.crs)


def faults_of(city: City, rows: pd.DataFrame, *, found: Sequence[str], wanted: str, column: str = "") -> list[Fault]:
    """Return a fault for each of the rows, with its place in the file that it came from."""
    sources = {source.name: source for source in city.settings.sources}
    return [
        Fault(sources[name].path, said, wanted, sources[name].layer, int(row), column)
        for name, row, said in zip(rows["source"], rows["row"], found, strict=True)
    ]


def _whole(source: Source, frame: pd.DataFrame, role: str) -> gpd.GeoDataFrame:
    """Return the rows of one source that have the place that the role needs, with all columns of the role."""
    shapes = frame.geometry.to_numpy()
    lost = (shapely.is_missing(shapes) | shapely.is_empty(shapes)) & ROLES[role].placed
    placed = frame[~lost]
    numbered = (
        placed if "row" in placed.columns else placed.assign(row=np.flatnonzero(frame.index.isin(placed.index)) + 1)
    )
    columns = ROLES[role].schema.columns
    missing = [name for name, column in columns.items() if column.known and name not in numbered.columns]
    filled = numbered.assign(**{name: source.name + "-" + numbered["row"].astype("str") for name in missing})
    return shape(filled, ROLES[role].schema, crs=frame.crs).assign(source=source.name)
