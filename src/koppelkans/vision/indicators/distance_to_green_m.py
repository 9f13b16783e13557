"""Distance to the nearest green of half a hectare. (nl: afstand tot groen)."""

import numpy as np
import shapely
from scipy.sparse import coo_array
from scipy.sparse.csgraph import connected_components

from koppelkans.vision.cover import GREEN
from koppelkans.vision.indicator import Floats, GridTopography, Indicator

LEAST_M2 = 5000.0
"""Smallest green that counts (m2)."""
JOINED_M = 1.0
"""Pieces of green within this distance are one green: the BGT cuts a park along every path and hedge (assumption)."""
FARMED = ("grasland agrarisch", "bouwland", "fruitteelt", "boomteelt")
"""Green that people cannot stay in."""


def measure(ground: GridTopography) -> Floats:
    """Return per cell the distance (m) from its middle to the nearest large green.

    NaN where there is none in the data.
    """
    table = ground.topography
    chosen = (table["cover"] == GREEN) & ~table["surface"].isin(FARMED) & (table.area > 0)
    pieces = table.geometry[chosen].to_numpy()
    tree = shapely.STRtree(pieces)
    one, other = tree.query(pieces, predicate="dwithin", distance=JOINED_M)
    links = coo_array((np.ones(len(one), dtype=np.int8), (one, other)), shape=(len(pieces), len(pieces)))
    label = connected_components(links, directed=False)[1] if len(pieces) else np.array([], dtype=int)
    large = pieces[np.bincount(label, weights=shapely.area(pieces), minlength=1)[label] >= LEAST_M2]
    middles = shapely.centroid(ground.cells.geometry.to_numpy())
    if not len(large):
        return np.full(len(middles), np.nan)
    (at, _), distance = shapely.STRtree(large).query_nearest(middles, return_distance=True, all_matches=False)
    return np.asarray(distance[np.argsort(at)], dtype=float)


DISTANCE_TO_GREEN_M = Indicator(
    name="distance_to_green_m",
    nl="afstand tot groen van een halve hectare",
    en="distance to green of half a hectare",
    unit="m",
    formula=r"\min_{g:\, A_g \ge 5000} d(\text{middle of cell}, g)",
    meaning="Straight distance from the middle of the cell to the nearest green of at least 0.5 ha; pieces within 1 m of each other are one green, farmland is left out. Unknown where the data hold no such green.",
    source="BGT: begroeidterreindeel; WHO Regional Office for Europe, Urban green spaces: a brief for action (2017): 0.5-1 ha within 300 m",
    measure=measure,
)
