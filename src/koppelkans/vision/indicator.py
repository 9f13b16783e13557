"""What an indicator is: something that can be measured per cell of a grid on the topography. (nl: indicator)."""

from collections.abc import Callable
from dataclasses import dataclass

import geopandas as gpd
import numpy as np
import numpy.typing as npt
import pandas as pd

Floats = npt.NDArray[np.float64]


@dataclass(frozen=True)
class GridTopography:
    """Topography cut by the cells of a grid, once for all indicators.

    Parameters
    ----------
    topography
        One row per object: `class`, `function`, `surface`, `plus_type`, `cover` (see `cover.py`) and `geometry`.
    cells
        One row per cell with road parts or buildings in it: `cell` and `geometry` (square).
    parts
        One row per object in a cell: `cell` and `row` (positions in the two tables) and `measure`
        (m2 of an area, m of a line, 1 for a point).
    """

    topography: gpd.GeoDataFrame
    cells: gpd.GeoDataFrame
    parts: pd.DataFrame

    def per_cell(self, rows: npt.NDArray[np.bool_], weights: Floats | None = None) -> Floats:
        """Return per cell the sum of the measures of the chosen objects, times their weight.

        `rows` chooses.
        """
        at = self.parts["row"].to_numpy()
        amounts = self.parts["measure"].to_numpy() * rows[at]
        amounts = amounts if weights is None else amounts * weights[at]
        return np.bincount(self.parts["cell"].to_numpy(), weights=amounts, minlength=len(self.cells)).astype(float)


@dataclass(frozen=True)
class Indicator:
    """One built-in indicator.

    `measure` returns one value per cell, in `unit`, NaN where it cannot be known.
    """

    name: str
    nl: str
    en: str
    unit: str
    formula: str
    meaning: str
    source: str
    measure: Callable[[GridTopography], Floats]
