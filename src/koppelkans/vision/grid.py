"""The grid of the indicators: square cells over the town, and the topography cut by them. (nl: raster)."""

from collections.abc import Sequence

import geopandas as gpd
import numpy as np
import pandas as pd
import shapely

from koppelkans.ground.errors import Fault, SettingError
from koppelkans.ground.overlay import Shapes, overlaps, sound
from koppelkans.ground.settings import FILE_NAME
from koppelkans.vision.cover import covers
from koppelkans.vision.indicator import GridTopography

TOWN = ("wegdeel", "road", "pand", "building")
"""Classes that make a cell part of the town: fields without them do not count."""
COLUMNS = ("class", "function", "surface", "plus_type")
MOST_CELLS = 2_000_000


def ground_of(topographies: Sequence[gpd.GeoDataFrame], *, grid_m: float, crs: str) -> GridTopography:
    """Return the topography cut by the cells of the town.

    A point on the border of two cells counts in one.

    Raises
    ------
    SettingError
        Where the cells are so small that there would be millions of them.
    """
    parts = [frame.reindex(columns=[*COLUMNS, "geometry"]) for frame in topographies]
    together = pd.concat(parts, ignore_index=True) if parts else pd.DataFrame(columns=[*COLUMNS, "geometry"])
    shapes = sound(together["geometry"].to_numpy())
    filled = ~shapely.is_empty(shapes)
    topography = gpd.GeoDataFrame(
        {name: together.loc[filled, name].astype("str").to_numpy() for name in COLUMNS},
        geometry=shapes[filled],
        crs=crs,
    )
    topography["class"] = topography["class"].str.lower()
    topography["cover"] = covers(topography)
    cells = cells_of(topography.geometry[topography["class"].isin(TOWN)].to_numpy(), grid_m=grid_m, crs=crs)
    found = overlaps(topography.geometry.to_numpy(), cells.geometry.to_numpy())
    cut = pd.DataFrame({"cell": found.other, "row": found.one, "measure": found.measure})
    points = (shapely.get_type_id(topography.geometry.to_numpy()) == 0)[found.one]
    twice = points & cut["row"].duplicated().to_numpy()
    return GridTopography(topography, cells, cut[~twice].reset_index(drop=True))


def cells_of(shapes: Shapes, *, grid_m: float, crs: str) -> gpd.GeoDataFrame:
    """Return the cells that hold a shape, named by their south-west corner (m).

    They lie on whole multiples of `grid_m`.
    """
    areas = shapes[shapely.area(shapes) > 0]
    bounds = np.floor(shapely.bounds(areas) / grid_m).astype(np.int64)
    wide, high = bounds[:, 2] - bounds[:, 0] + 1, bounds[:, 3] - bounds[:, 1] + 1
    if (wide * high).sum() > MOST_CELLS:
        raise SettingError(
            [
                Fault(
                    FILE_NAME,
                    f"cells of {grid_m} m, which makes more than {MOST_CELLS:,}",
                    "larger cells, for example 100",
                    column="vision.grid_m",
                    fatal=True,
                )
            ]
        )
    owner = np.repeat(np.arange(len(areas)), wide * high)
    step = np.arange(len(owner)) - np.repeat(np.cumsum(wide * high) - wide * high, wide * high)
    corners = np.column_stack([bounds[owner, 0] + step % wide[owner], bounds[owner, 1] + step // wide[owner]])
    corners = np.unique(corners, axis=0).reshape(-1, 2)
    low = corners * grid_m
    squares = shapely.box(low[:, 0], low[:, 1], low[:, 0] + grid_m, low[:, 1] + grid_m)
    touched = np.unique(overlaps(areas, squares).other)
    names = [f"E{x:.10g}N{y:.10g}" for x, y in np.round(low[touched], 3).tolist()]
    return gpd.GeoDataFrame({"cell": pd.Series(names, dtype="str")}, geometry=squares[touched], crs=crs)
