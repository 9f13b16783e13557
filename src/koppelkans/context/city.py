"""The city folder as it was read: settings, one frame per source, and every fault. (nl: stadsmap)."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
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
    """

    folder: Path
    settings: Settings
    layers: Mapping[str, gpd.GeoDataFrame]
    faults: tuple[Fault, ...]
    understood: pd.DataFrame
    trace: Trace

    def of_role(self, role: str) -> Iterator[tuple[Source, gpd.GeoDataFrame]]:
        """Yield every source of a role with its frame, in the order of the settings; sources that could not be read are left out."""
        for source in self.settings.sources:
            if source.role == role and source.name in self.layers:
                yield source, self.layers[source.name]
