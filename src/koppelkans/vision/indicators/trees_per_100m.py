"""Street trees per 100 m of carriageway. (nl: bomen per 100 m straat)."""

import numpy as np
import shapely

from koppelkans.vision.cover import ROADS
from koppelkans.vision.indicator import Floats, GridTopography, Indicator

TREE = "boom"
LEAST_STREET_M = 10.0
"""Shortest street (m) in a cell on which a number of trees says anything (assumption of the project)."""


def measure(ground: GridTopography) -> Floats:
    """Return per cell the trees per 100 m of carriageway.

    NaN where there is less than 10 m of it, or no tree at all in the data.
    """
    table = ground.topography
    trees = (table["class"] == "vegetatieobject") & (table["plus_type"].str.lower() == TREE)
    carriageway = table["class"].isin(ROADS) & (
        table["function"].isna() | table["function"].str.lower().str.startswith("rijbaan")
    )
    carriageway |= table["function"].str.lower().isin(["woonerf", "voetgangersgebied"]) & table["class"].isin(ROADS)
    areas = table.area.to_numpy()
    per_m2 = np.divide(_lengths(table.geometry.to_numpy()), areas, out=np.zeros(len(areas)), where=areas > 0)
    street_m = ground.per_cell(carriageway.to_numpy(), per_m2)
    count = ground.per_cell(trees.to_numpy())
    enough = (street_m >= LEAST_STREET_M) & bool(trees.any())
    return np.asarray(np.divide(100.0 * count, street_m, out=np.full(len(count), np.nan), where=enough), dtype=float)


def _lengths(shapes: np.ndarray) -> Floats:
    """Return the length (m) of the rectangle with the same area and perimeter; half the perimeter less the width."""
    half = shapely.length(shapes) / 2.0
    return np.asarray((half + np.sqrt(np.maximum(half**2 - 4.0 * shapely.area(shapes), 0.0))) / 2.0, dtype=float)


TREES_PER_100M = Indicator(
    name="trees_per_100m",
    nl="bomen per 100 m straat",
    en="trees per 100 m of street",
    unit="trees/100 m",
    formula=r"\frac{100\, n_{trees}}{\ell},\quad \ell = \tfrac12\left(\tfrac P2 + \sqrt{\left(\tfrac P2\right)^2 - 4A}\right)",
    meaning="Trees in the cell per 100 m of carriageway in it. The length of a road part is that of the rectangle with the same area A and perimeter P, so two carriageways side by side count twice. Unknown where no trees were drawn at all.",
    source="BGT: vegetatieobject (boom), wegdeel with function rijbaan, woonerf or voetgangersgebied",
    measure=measure,
)
