"""The plan of the town: a centre, rings, main roads, and quarters with an era. (nl: plattegrond)."""

from dataclasses import dataclass
from itertools import pairwise
from zlib import crc32

import geopandas as gpd
import numpy as np
import pandas as pd
import shapely

from koppelkans.demo.eras import BUSINESS, CENTRE, ERAS, FIELDS, PARK
from koppelkans.demo.lines import Numbers, Shapes

CRS = "EPSG:28992"
HOME_M2 = 365.0
"""Ground per home in a usual town, with its parks, business and roads (m2)."""
RURAL_M = 320.0
STEP_M = 11.0
AREA_M2 = 170_000.0
TURN = 2 * np.pi
SPECIAL_FROM = 6
"""From so many quarters on, some are park, business park or still fields."""


@dataclass(frozen=True)
class Outline:
    """The polar outline of the town: rings, angles and roads.

    A place is a ring number (1 is the edge of the centre) and an angle. `sectors` holds per ring the angles at which
    its quarters begin; `main_angles` those of the roads to other towns.
    """

    homes: int
    seed: int
    middle: tuple[float, float]
    radii_m: Numbers
    bulges: Numbers
    twist: tuple[float, float]
    main_angles: Numbers
    sectors: tuple[Numbers, ...]
    ring_road: int

    @property
    def rings(self) -> int:
        """Return the number of rings round the centre."""
        return len(self.radii_m) - 3

    @property
    def extent_m(self) -> float:
        """Return the distance from the middle to the border of the municipality."""
        return float(self.radii_m[-1])


def dice(seed: int, topic: str) -> np.random.Generator:
    """Return a random generator for a topic, independent of other topics."""
    return np.random.default_rng([seed, crc32(topic.encode())])


def outline(homes: int, seed: int, *, stretch: float) -> Outline:
    """Return the frame of a town of so many homes; `stretch` makes everything wider than usual."""
    rng = dice(seed, "outline")
    town_m = float(np.sqrt(homes * HOME_M2 / np.pi))
    centre_m = min(max(125.0 * (homes / 2000) ** 0.33, 62.0), town_m)
    thick_m = max(215.0 * (homes / 2000) ** 0.22, 120.0)
    rings = int(np.round((town_m - centre_m) / thick_m + 0.12))
    town_m, centre_m, thick_m = town_m * stretch, centre_m * stretch, thick_m * stretch
    outer = np.linspace(centre_m, max(town_m, centre_m + 1.0), rings + 1) if rings else np.array([centre_m])
    inner = outer[1:-1] + rng.normal(0, 0.06 * thick_m, max(rings - 1, 0))
    radii = np.concatenate([[0.0], outer[:1], inner, outer[-1:] if rings else []])
    mains = 3 if homes < 700 else int(np.clip(round(4 + np.log10(homes / 2000) * 2), 4, 7))
    angles = rng.uniform(0, TURN) + TURN * (np.arange(mains) + rng.uniform(-0.16, 0.16, mains)) / mains
    bulges = np.stack(
        [rng.choice([-1, 1], 4) * rng.uniform(0.7, 1.3, 4) * [0.085, 0.055, 0.03, 0.016], rng.uniform(0, TURN, 4)]
    )
    return Outline(
        homes=homes,
        seed=seed,
        middle=(150_000 + (seed * 37 + 18) % 60 * 1000.0, 410_000 + (seed * 53 + 21) % 80 * 1000.0),
        radii_m=np.append(radii, radii[-1] + RURAL_M),
        bulges=bulges,
        twist=(float(rng.uniform(-0.14, 0.14)), float(rng.uniform(0, TURN))),
        main_angles=np.sort(angles),
        sectors=_sectors(radii, np.sort(angles), rng),
        ring_road=max(1, round(rings * 0.55)),
    )


def place(town: Outline, ring: Numbers | float, angle: Numbers | float) -> Numbers:
    """Return the coordinates of places given as ring number and angle."""
    radius = np.interp(ring, np.arange(len(town.radii_m)), town.radii_m)
    turned = np.asarray(angle) + town.twist[0] * np.sin(np.asarray(ring) * 1.1 + town.twist[1])
    waves = np.arange(2, 2 + town.bulges.shape[1])[:, None]
    bulge = (town.bulges[0][:, None] * np.sin(waves * np.ravel(turned) + town.bulges[1][:, None])).sum(axis=0)
    out = np.ravel(radius) * (1 + bulge * np.clip(0.45 + 0.35 * np.ravel(ring), 0, 1.5))
    there = np.ravel(turned)
    return np.stack([town.middle[0] + out * np.cos(there), town.middle[1] + out * np.sin(there)], axis=-1)


def arc(town: Outline, ring: int, start: float, end: float) -> Numbers:
    """Return the coordinates of a ring between two angles.

    Every arc of a ring has its bends at the same places.
    """
    count = int(np.ceil(town.radii_m[ring] * TURN / STEP_M))
    knots = np.concatenate([np.linspace(0, TURN, count, endpoint=False), town.main_angles])
    knots = np.concatenate([knots, *town.sectors[max(ring - 2, 0) : ring]]) % TURN
    unrolled = np.unique(np.concatenate([knots - TURN, knots, knots + TURN, knots + 2 * TURN]))
    inside = unrolled[(unrolled > start + 1e-9) & (unrolled < end - 1e-9)]
    angles = np.concatenate([[start], inside, [end]])
    return place(town, np.full(len(angles), float(ring)), angles)


def spoke(town: Outline, angle: float, start: int, end: int) -> Numbers:
    """Return the coordinates of a road outwards between two rings."""
    steps = np.maximum(2, np.ceil(np.diff(town.radii_m) / STEP_M)).astype(int)[start:end]
    pieces = [ring + np.arange(count) / count for ring, count in zip(range(start, end), steps, strict=True)]
    rings = np.append(np.concatenate(pieces), float(end))
    return place(town, rings, np.full(len(rings), angle))


def quarters(town: Outline) -> gpd.GeoDataFrame:
    """Return the quarters with their era, from the middle outwards.

    The centre and the cells of every ring.
    """
    cells = [(0, 0.0, TURN)]
    for number, starts in enumerate(town.sectors, start=1):
        cells += [(number, *pair) for pair in zip(starts, np.append(starts[1:], starts[0] + TURN), strict=True)]
    ring, start, end = (np.array(column) for column in zip(*cells, strict=True))
    made = gpd.GeoDataFrame(
        {"ring": ring, "start": start, "end": end}, geometry=[_cell(town, *cell) for cell in cells], crs=CRS
    )
    made["era"] = _eras(made, town)
    middle = shapely.get_coordinates(made.geometry.centroid.to_numpy()) - np.array(town.middle)
    made["turn"] = np.where(made["ring"] == 0, 0.0, np.arctan2(middle[:, 1], middle[:, 0]))
    made["area"] = _joined(made)
    return made


def main_roads(town: Outline, cells: gpd.GeoDataFrame) -> gpd.GeoDataFrame:
    """Return the roads between quarters, with their class.

    Ring road and roads to other towns are main, the rest collector. `bridges` tells whether the road goes over water.
    """
    roads = [(spoke(town, angle, 1, town.rings + 2), "main", True, -1) for angle in town.main_angles]
    if town.rings:
        roads.append((arc(town, town.ring_road + 1, 0.0, TURN), "main", True, town.ring_road))
    built = cells[cells["era"] != FIELDS.era]
    for ring, start, end in zip(built["ring"], built["start"], built["end"], strict=True):
        roads.append((arc(town, ring + 1, start, end), "collector", ring == 0, ring))
        if ring > 0:
            roads += [(spoke(town, angle, ring, ring + 1), "collector", False, ring) for angle in (start, end)]
    lines, classes, over, rings = zip(*roads, strict=True)
    return gpd.GeoDataFrame(
        {"road_class": classes, "bridges": over, "ring": rings},
        geometry=[shapely.LineString(line) for line in lines],
        crs=CRS,
    )


def municipality(town: Outline) -> shapely.Polygon:
    """Return the border of the municipality: the town and the land round it."""
    edge = place(town, np.full(48, town.rings + 2.0), np.linspace(0, TURN, 48, endpoint=False))
    return shapely.convex_hull(shapely.MultiPoint(edge)).simplify(25.0)


def as_lines(shapes: Shapes) -> Shapes:
    """Return the single lines in an array of shapes, without points and empty parts."""
    parts = shapely.get_parts(shapely.get_parts(shapes))
    return np.asarray(parts[(shapely.get_dimensions(parts) == 1) & (shapely.length(parts) > 0)])


def _sectors(radii: Numbers, mains: Numbers, rng: np.random.Generator) -> tuple[Numbers, ...]:
    """Return per ring the angles at which its quarters begin: at the main roads, and between them where a ring is long."""
    found = []
    for low, high in pairwise(radii[1:]):
        starts = []
        for start, end in zip(mains, np.append(mains[1:], mains[0] + TURN), strict=True):
            parts = max(1, round((end - start) * (low + high) / 2 / ((high - low) * 1.25)))
            inner = start + (end - start) * np.arange(parts) / parts
            inner[1:] += rng.uniform(-0.12, 0.12, parts - 1) * (end - start) / parts
            starts.append(inner)
        found.append(np.concatenate(starts))
    return tuple(found)


def _cell(town: Outline, ring: int, start: float, end: float) -> shapely.Polygon:
    """Return the polygon of a cell of the frame."""
    if ring == 0:
        return shapely.Polygon(arc(town, 1, 0.0, TURN))
    sides = spoke(town, end, ring, ring + 1), spoke(town, start, ring, ring + 1)
    edges = arc(town, ring + 1, start, end), arc(town, ring, start, end)
    return shapely.Polygon(np.concatenate([edges[0], sides[0][::-1], edges[1][::-1], sides[1]]))


def _joined(cells: gpd.GeoDataFrame) -> list[int]:
    """Return the number of the quarter that each cell is part of: small neighbours of one era are one quarter."""
    found: list[int] = []
    key, size = None, 0.0
    for ring, era, area in zip(cells["ring"], cells["era"], cells.geometry.area, strict=True):
        same = (ring, era) == key and size + area <= AREA_M2
        size = size + area if same else area
        key = (ring, era)
        found.append((found[-1] if found else -1) + (not same))
    return found


def _eras(cells: gpd.GeoDataFrame, town: Outline) -> pd.Series:
    """Return the era of every cell: the town grew as a spiral; parks, business and fields lie between."""
    rng = dice(town.seed, "eras")
    era = np.full(len(cells), CENTRE.era, dtype=object)
    ring = cells["ring"].to_numpy()
    mid = ((cells["start"] + cells["end"]) / 2).to_numpy() % TURN
    special: dict[int, str] = {}
    if len(cells) >= SPECIAL_FROM:
        last = rng.permutation(np.flatnonzero(ring == town.rings))
        business, fields = max(1, round(len(cells) * 0.07)), round(len(last) * 0.14)
        special |= dict.fromkeys(last[:business].tolist(), BUSINESS.era)
        special |= dict.fromkeys(last[business : business + fields].tolist(), FIELDS.era)
        rest = rng.permutation([cell for cell in np.flatnonzero(ring > 0).tolist() if cell not in special])
        special |= dict.fromkeys(rest[: max(1, round(len(cells) * 0.06))].tolist(), PARK.era)
    living = np.array([cell for cell in np.flatnonzero(ring > 0).tolist() if cell not in special], dtype=np.int64)
    grown = living[np.lexsort(((mid[living] - rng.uniform(0, TURN)) % TURN, ring[living]))]
    area = cells.geometry.area.to_numpy()[grown]
    share = np.cumsum([one.share for one in ERAS]) / sum(one.share for one in ERAS)
    reached = (np.cumsum(area) - area / 2) / max(area.sum(), 1.0)
    era[grown] = np.array([one.era for one in ERAS], dtype=object)[np.searchsorted(share, reached)]
    era[list(special)] = list(special.values())
    return pd.Series(era, index=cells.index, dtype="str")
