"""In which coordinate system a file can be, and which a city takes. (nl: coördinatenstelsels)."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np
import shapely
from pyproj import CRS, Transformer
from pyproj.exceptions import CRSError, ProjError

from koppelkans.context.inspecting.dictionary import dictionary, words_of
from koppelkans.context.reading.reader import Things
from koppelkans.ground.crs import extent, readable_crs

DEGREES, DUTCH = "EPSG:4326", "EPSG:28992"
WEB, NOWHERE_M = "EPSG:3857", 100_000.0
"""Web maps, in which a drawing with coordinates of its own would lie in the sea near 0, 0."""
ZONE = 6
"""Degrees of longitude of one zone of UTM."""

Box = tuple[float, float, float, float]


@dataclass(frozen=True)
class System:
    """The coordinate system of a layer.

    Parameters
    ----------
    crs
        What it is; empty where that cannot be said.
    said
        What the file says.
    others
        Other systems in which the coordinates can be.
    """

    crs: str
    said: str = ""
    others: tuple[str, ...] = ()

    @property
    def to_be_set(self) -> bool:
        """Tell whether the settings must say it."""
        return bool(self.crs) and self.crs != self.said


def system_of(geometry: Things | None, said: str, names: Iterable[str], *, prescribed: bool = False) -> System:
    """Return the coordinate system of shapes: what the file says, or the likeliest that fits.

    Parameters
    ----------
    names
        Name of the file, and of its columns: their language tells systems apart.
    prescribed
        True where the format prescribes what is said: coordinates that do not lie in it are those of a drawing.
    """
    box = box_of(geometry)
    if box is None or (said and readable_crs(said) and _holds(said, box)):
        return System(said, said)
    if prescribed:
        return System("", said)
    if _holds(DEGREES, box):
        return System(DEGREES, said)
    own = Counter(word for name in names for word in words_of(name))
    known = dictionary()["systems"]
    fitting = [entry for entry in known if _holds(entry["crs"], box)]
    if not fitting:
        return System("", said)
    hits = [sum(_there(word, own) for word in entry["words"]) for entry in fitting]
    order = sorted(range(len(fitting)), key=lambda at: (-hits[at], at))
    best, *others = (fitting[at]["crs"] for at in order)
    return System(best, said, tuple(others))


def _there(word: str, own: Counter[str]) -> bool:
    """Tell whether a word stands among those of a file, also as a part."""
    return any(one == word or (len(word) > 3 and word in one) for one in own)  # noqa: PLR2004


def box_of(geometry: Things | None) -> Box | None:
    """Return the box (x, y, x, y) of shapes; None where there are none."""
    if geometry is None or not len(geometry):
        return None
    bounds = shapely.bounds(geometry)
    bounds = bounds[np.isfinite(bounds).all(axis=1)]
    if not len(bounds):
        return None
    x, y = bounds[:, :2].min(axis=0)
    end_x, end_y = bounds[:, 2:].max(axis=0)
    return float(x), float(y), float(end_x), float(end_y)


def _holds(crs: str, box: Box) -> bool:
    """Tell whether the middle of a box lies in the area for which a system is meant."""
    area = (-180.0, -90.0, 180.0, 90.0) if crs == DEGREES else extent(crs, 0.02)
    x, y = (box[0] + box[2]) / 2, (box[1] + box[3]) / 2
    if crs == WEB and max(abs(x), abs(y)) < NOWHERE_M:
        return False
    return area is None or (area[0] <= x <= area[2] and area[1] <= y <= area[3])


def middle(box: Box, crs: str) -> tuple[float, float] | None:
    """Return longitude and latitude of the middle of a box; None where it has none."""
    try:
        move = Transformer.from_crs(CRS.from_user_input(crs), DEGREES, always_xy=True)
        lon, lat = move.transform((box[0] + box[2]) / 2, (box[1] + box[3]) / 2)
    except (CRSError, ProjError):
        return None
    return (float(lon), float(lat)) if np.isfinite([lon, lat]).all() else None


def home_of(place: tuple[float, float]) -> str:
    """Return the system in metres for a place.

    RD in the Netherlands, else UTM: on ETRS89 in Europe, on WGS 84 elsewhere.
    """
    lon, lat = place
    if within(place, DUTCH):
        return DUTCH
    zone = int((lon + 180) // ZONE) % 60 + 1
    europe = -16 <= lon <= 40 and 34 <= lat <= 72  # noqa: PLR2004
    return f"EPSG:258{zone}" if europe and 28 <= zone <= 38 else f"EPSG:32{6 if lat >= 0 else 7}{zone:02d}"  # noqa: PLR2004


def within(place: tuple[float, float], crs: str) -> bool:
    """Tell whether a place lies in the area for which a system is meant."""
    area = CRS.from_user_input(crs).area_of_use
    return area is None or (area.west <= place[0] <= area.east and area.south <= place[1] <= area.north)


def city_system(places: Sequence[tuple[tuple[float, float], int]]) -> str:
    """Return the system of a city: that in which most lies; RD where nothing has a place.

    Parameters
    ----------
    places
        Longitude and latitude of the middle of each layer, and how much its rows weigh.
    """
    weight: Counter[str] = Counter()
    for place, rows in places:
        weight[home_of(place)] += rows
    return max(weight, key=lambda crs: (weight[crs], crs == DUTCH, crs)) if weight else DUTCH
