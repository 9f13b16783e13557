"""One coordinate system inside: the only place where coordinates are transformed. (nl: coördinatenstelsel)."""

import geopandas as gpd
import numpy as np
import shapely
from pyproj import CRS, Transformer
from pyproj.exceptions import CRSError

from koppelkans.ground.errors import Fault, InputError

NATIONAL_GRID_ACCURACY_M = 0.25
"""Accuracy of RD <-> ETRS89 without the national correction grid (Geonovum, Handreiking CRS)."""


def arrive(frame: gpd.GeoDataFrame, *, crs: str, where: str, layer: str = "") -> gpd.GeoDataFrame:
    """Bring a frame into the city's CRS, in two dimensions.

    Raises
    ------
    InputError
        Where the frame has no CRS (a guess would put the city in the sea), or a coordinate is not finite afterwards.
    """
    if frame.crs is None:
        raise InputError(
            [Fault(where, "no coordinate system", f'a CRS; set `crs = "{crs}"` at this source', layer, fatal=True)]
        )
    flat = frame.set_geometry(shapely.force_2d(frame.geometry.to_numpy()), crs=frame.crs)
    moved = flat if same_crs(frame.crs, crs) else flat.to_crs(crs)
    bounds = moved.geometry.bounds.to_numpy()
    filled = ~(moved.geometry.is_empty | moved.geometry.isna()).to_numpy()
    lost = filled & ~np.isfinite(bounds).all(axis=1)
    if lost.any():
        first = int(np.flatnonzero(lost)[0]) + 1
        raise InputError(
            [
                Fault(
                    where,
                    f"{int(lost.sum())} geometries with coordinates outside {crs}",
                    "coordinates that fit the CRS of the file",
                    layer,
                    first,
                    "geometry",
                    fatal=True,
                )
            ]
        )
    return moved


def leave(frame: gpd.GeoDataFrame, *, to: str = "EPSG:4326") -> gpd.GeoDataFrame:
    """Return a copy of the frame in another CRS (default: longitude, latitude as GeoJSON wants)."""
    return frame.to_crs(to)


def same_crs(one: object, other: object) -> bool:
    """Tell whether two CRS definitions mean the same, whatever their axis order or spelling."""
    return bool(CRS.from_user_input(one).equals(CRS.from_user_input(other), ignore_axis_order=True))


def known_crs(text: str) -> bool:
    """Tell whether `text` names a CRS with coordinates in metres, as the city's own CRS must have."""
    try:
        found = CRS.from_user_input(text)
    except CRSError:
        return False
    return found.is_projected and all(axis.unit_name == "metre" for axis in found.axis_info[:2])


def accuracy_m(source: str, target: str) -> float | None:
    """Return the accuracy (m) of the transformation that is used between two CRS; None where it is not known."""
    found = Transformer.from_crs(source, target, always_xy=True).accuracy
    return None if found is None or found < 0 else float(found)
