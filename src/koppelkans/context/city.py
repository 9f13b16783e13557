"""The city folder as it was read: settings, one frame per source, and every fault. (nl: stadsmap)."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path

import geopandas as gpd
import pandas as pd

from koppelkans.ground.errors import Fault
from koppelkans.ground.settings import Settings, Source
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
