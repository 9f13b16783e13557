"""One coordinate system inside: the only place where coordinates are transformed. (nl: coördinatenstelsel)."""

import re
import warnings
from functools import lru_cache
from typing import Any

import geopandas as gpd
import numpy as np
import shapely
from pyproj import CRS, Transformer
from pyproj.exceptions import CRSError, ProjError
from pyproj.transformer import TransformerGroup

from koppelkans.ground.errors import Fault, InputError

NATIONAL_GRID_ACCURACY_M = 0.25
"""Accuracy of RD <-> ETRS89 without the national correction grid (Geonovum, Handreiking CRS)."""

FILES = re.compile(
    r"""(?:init|grids)\s*=\s*[^\s"]*[/\\] | PARAMETERFILE\s*\[\s*"[^"]*"\s*,\s*"[^"]*[/\\] | "value"\s*:\s*"[^"]*[/\\]""",
    re.IGNORECASE | re.VERBOSE,
)
"""Where the definition of a CRS names a file or an address to be read; a grid by its bare name is one of PROJ's own."""


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
    """Tell whether a text names a CRS in metres, as a city must have."""
    if not readable_crs(text):
        return False
    found = CRS.from_user_input(text)
    return found.is_projected and all(axis.unit_name == "metre" for axis in found.axis_info[:2])


def crs_as_json(text: str) -> dict[str, Any] | None:
    """Return a CRS as PROJJSON, as GeoParquet has it; None where it is not known."""
    return CRS.from_user_input(text).to_json_dict() if readable_crs(text) else None


def readable_crs(text: str) -> bool:
    """Tell whether `text` names a CRS, in degrees or metres, that needs no file or address."""
    if FILES.search(text):
        return False
    try:
        CRS.from_user_input(text)
    except CRSError:
        return False
    return True


@lru_cache(maxsize=64)
def extent(crs: str, margin: float = 0.1) -> tuple[float, float, float, float] | None:
    """Return the area of use of a CRS (x, y, x, y), widened by a share.

    In units of the CRS. None where the CRS does not say where it is meant for.
    """
    found = CRS.from_user_input(crs)
    if found.area_of_use is None:
        return None
    box = found.area_of_use.bounds
    if not found.is_geographic:
        try:
            box = Transformer.from_crs("EPSG:4326", found, always_xy=True).transform_bounds(*box)
        except ProjError:
            return None
    wide, high = (box[2] - box[0]) * margin, (box[3] - box[1]) * margin
    grown = (box[0] - wide, box[1] - high, box[2] + wide, box[3] + high)
    return grown if np.isfinite(grown).all() else None


def accuracy_m(source: str, target: str) -> float | None:
    """Return the accuracy (m) of the best available transformation between two CRS.

    None where it is not known.
    """
    with warnings.catch_warnings():
        warnings.simplefilter(
            "ignore", UserWarning
        )  # it warns of a national grid that is not installed; that is the answer
        found = TransformerGroup(source, target, always_xy=True).transformers
    known = [way.accuracy for way in found if way.accuracy is not None and way.accuracy >= 0]
    return float(known[0]) if known else None
