"""Sections (wegvakken) of a city, from its street layer, BGT road parts or networks. (nl: wegvakken)."""

from dataclasses import dataclass, field

import numpy as np
import numpy.typing as npt
import pandas as pd
import shapely

from koppelkans.context.arrays import Floats, Shapes
from koppelkans.context.product import ROAD_CLASSES
from koppelkans.context.streets.assigning import nearest
from koppelkans.context.streets.axes import centre_lines, chains, without_small_holes
from koppelkans.context.streets.cutting import cut, ends, join_crossings, join_short
from koppelkans.context.streets.road_parts import CLASS_OF_FUNCTION, PART_M, UNPAVED, road_sections
from koppelkans.context.streets.street_names import numbered, street_names
from koppelkans.context.streets.territory import divide
from koppelkans.context.streets.work_places import work_places
from koppelkans.ground.errors import Fault, InputError
from koppelkans.ground.overlay import overlaps
from koppelkans.ground.settings import SectionsPart
from koppelkans.ground.settings.whole import FILE_NAME
from koppelkans.ground.words import Phrase

LEAST_SHARE = 0.2
"""A lone corridor shorter than this share of the aimed length is no street (assumed)."""


@dataclass(frozen=True)
class StreetSources:
    """The sources of streets and their names, each a frame of its role, and the shapes of works.

    Without rows where there is none.
    """

    lines: pd.DataFrame
    roads: pd.DataFrame
    networks: pd.DataFrame
    labels: pd.DataFrame
    addresses: pd.DataFrame
    areas: pd.DataFrame
    works: Shapes = field(default_factory=lambda: np.empty(0, dtype=object))


@dataclass(frozen=True)
class Assumed:
    """Assumed paved width (m) and graafrust (years) per road class.

    Used where nothing was measured.
    """

    width_m: dict[str, float]
    rest_years: dict[str, int]


def make_sections(ground: StreetSources, *, part: SectionsPart, assumed: Assumed) -> pd.DataFrame:
    """Make the sections of a city.

    Returns
    -------
    The columns of `SECTIONS` but `addresses` and `care_places`, and `axis`: the street line, of polygons without one the
    polygon itself. In the order of their ids.

    Raises
    ------
    InputError
        Where there is nothing that streets can be made from.
    """
    origin = _origin(ground, part)
    if origin == "lines":
        streets = _given(ground)
    elif origin == "topography":
        streets = _from_roads(ground, part)
    elif origin == "networks":
        streets = _from_networks(ground, part)
    else:
        streets = _from_works(ground, part)
    if streets.empty:
        raise InputError([_no_streets(Phrase("no streets in the source `{origin}`", origin=origin))])
    streets = _with_area(streets, ground.areas)
    streets["name"] = _names(streets, ground)
    streets = _in_order(streets)
    rest = assumed.rest_years
    streets["rest_years"] = streets["road_class"].map(rest).fillna(rest.get("unknown", 0)).astype("int64")
    return _with_width(streets, assumed.width_m)


def reach_of(origin: str, *, part: SectionsPart) -> float:
    """Return how far (m) an asset may lie from its section.

    House connections hang onto the nearest corridor.
    """
    return part.reach_m + SERVICE_M if origin == "networks" else part.reach_m


def neighbours(sections: Shapes) -> pd.DataFrame:
    """Return the pairs of sections that touch (within a metre), as positions `one` < `two`."""
    one, two = shapely.STRtree(sections).query(sections, predicate="dwithin", distance=1.0)
    return pd.DataFrame({"one": one, "two": two})[one < two].sort_values(["one", "two"], ignore_index=True)


def _origin(ground: StreetSources, part: SectionsPart) -> str:
    """Return what the sections are made from: what the settings say, or the first that is there."""
    there = {
        "lines": len(ground.lines),
        "topography": len(ground.roads),
        "networks": len(ground.networks),
        "works": len(ground.works),
    }
    if part.make_from != "auto":
        if not there[part.make_from]:
            raise InputError(
                [_no_streets(Phrase("make_from = {origin}, but there are no such rows", origin=part.make_from))]
            )
        return part.make_from
    found = [origin for origin, rows in there.items() if rows]
    if not found:
        raise InputError([_no_streets(Phrase("no streets"))])
    return found[0]


def _no_streets(found: str) -> Fault:
    """Return the fault of a city without streets."""
    wanted = Phrase(
        "a source with role sections, BGT topography with wegdelen, assets that are pipes or cables, or works with a place"
    )
    return Fault(FILE_NAME, found, wanted, column="sources", fatal=True)


def _given(ground: StreetSources) -> pd.DataFrame:
    """Return the sections of the city's own layer, with the road of the topography that is nearest to each."""
    rows = ground.lines.sort_values(["source", "section", "row"], ignore_index=True)
    shapes = rows["geometry"].to_numpy()
    flat = shapely.get_dimensions(shapes) == 2  # noqa: PLR2004
    length = np.where(flat, _along(shapes), shapely.length(shapes))
    found = pd.DataFrame(
        {
            "section": _unique(rows["section"]),
            "name": rows["name"],
            "road_class": rows["road_class"].where(rows["road_class"].isin(ROAD_CLASSES)),
            "length_m": length,
            "width_m": rows["width_m"],
            "paved_m2": rows["width_m"] * length,
            "origin": np.where(flat, "polygons", "lines"),
            "geometry": shapes,
            "axis": shapes,
        }
    )
    found["paved_m2"] = found["paved_m2"].where(rows["width_m"].notna() | ~flat, shapely.area(shapes))
    measured = _road_beside(shapes, ground.roads)
    found["paved_m2"] = found["paved_m2"].where(
        found["width_m"].notna(), measured["paved_m2"].fillna(found["paved_m2"])
    )
    found["road_class"] = found["road_class"].fillna(measured["road_class"]).fillna("unknown")
    return found


def _from_roads(ground: StreetSources, part: SectionsPart) -> pd.DataFrame:
    """Return stretches of BGT road parts."""
    found = road_sections(ground.roads, length_m=part.length_m)
    return found.assign(section=None, name=None, origin="topography", width_m=found["area_m2"] / found["length_m"])


def _from_networks(ground: StreetSources, part: SectionsPart) -> pd.DataFrame:
    """Return stretches of the corridors that pipes and cables lie in."""
    found = corridors(ground.networks["geometry"].to_numpy(), ground.networks["kind"].to_numpy(dtype=object))
    if len(found):
        found = join_short(cut(join_crossings(found), length_m=part.length_m), length_m=part.length_m)
        found = found[shapely.length(found) >= LEAST_SHARE * part.length_m]
    return pd.DataFrame(
        {
            "section": None, "name": None, "road_class": "unknown", "length_m": shapely.length(found), "width_m": np.nan,
            "paved_m2": np.nan, "origin": "networks", "geometry": found, "axis": found,
        },
        index=np.arange(len(found)),
    )  # fmt: skip


def _from_works(ground: StreetSources, part: SectionsPart) -> pd.DataFrame:
    """Return the places where works lie near each other."""
    found = work_places(ground.works, place_m=part.place_m)
    return found.assign(section=None, name=None, road_class="unknown", origin="works", width_m=np.nan, paved_m2=np.nan)


def _road_beside(lines: Shapes, roads: pd.DataFrame) -> pd.DataFrame:
    """Return the paved area (m2) and road class of the road parts that are nearest to each line; unknown where there are none."""
    index = np.arange(len(lines))
    if roads.empty:
        return pd.DataFrame({"paved_m2": np.nan, "road_class": None}, index=index)
    parts = divide(shapely.make_valid(roads["geometry"].to_numpy()), lines, within_m=PART_M / 2)
    row = parts["surface"].to_numpy()
    parts["paved"] = parts["area_m2"].where(~roads["surface"].isin(UNPAVED).to_numpy()[row], 0.0)
    parts["road_class"] = roads["function"].map(CLASS_OF_FUNCTION).to_numpy()[row]
    size = parts.groupby(["line", "road_class"], sort=True)["area_m2"].sum().reset_index()
    main = size.sort_values(["line", "area_m2"], ascending=[True, False], kind="stable").drop_duplicates("line")
    return pd.DataFrame(
        {
            "paved_m2": parts.groupby("line")["paved"].sum().reindex(index),
            "road_class": main.set_index("line")["road_class"].reindex(index),
        }
    )


def _along(polygons: Shapes) -> Floats:
    """Return the length of the rectangle with the area and perimeter of each polygon (m): its length along the street."""
    half = shapely.length(polygons) / 4
    length: Floats = half + np.sqrt(np.maximum(half**2 - shapely.area(polygons), 0.0))
    return length


def _with_area(streets: pd.DataFrame, areas: pd.DataFrame) -> pd.DataFrame:
    """Return the streets with the area that they lie in most."""
    found = overlaps(streets["geometry"].to_numpy(), areas["geometry"].to_numpy())
    pairs = pd.DataFrame({"street": found.one, "area": found.other, "measure": found.measure})
    best = pairs.sort_values(["street", "measure", "area"], ascending=[True, False, True]).drop_duplicates("street")
    row = best.set_index("street")["area"]
    named = areas[["area", "name"]].reset_index(drop=True)
    return streets.assign(
        area=row.map(named["area"]).reindex(streets.index).astype("str"),
        area_name=row.map(named["name"]).reindex(streets.index).astype("str"),
    )


def _names(streets: pd.DataFrame, ground: StreetSources) -> pd.Series:
    """Return the name of each street: its own, or what labels and addresses tell, or its area with a number."""
    axes = streets["axis"].to_numpy()
    position = nearest(ground.addresses["geometry"].to_numpy(), axes, reach_m=PART_M)
    addresses = pd.DataFrame({"position": position, "street": ground.addresses["street"].to_numpy()})
    names = streets["name"].astype("str")
    made = streets["origin"].isin(["topography", "networks", "works"]).all()
    if made or names.isna().any():
        labels = ground.labels if made else ground.labels.iloc[:0]
        names = names.fillna(street_names(streets, labels=labels, addresses=addresses))
    return numbered(streets, names, bare="Plek" if (streets["origin"] == "works").all() else "Strook")


def _in_order(streets: pd.DataFrame) -> pd.DataFrame:
    """Return the streets in order of their ids; those without one are numbered along area, street name and place."""
    if streets["section"].notna().all():
        return streets.sort_values("section", ignore_index=True)
    places = np.round(shapely.get_coordinates(shapely.centroid(streets["axis"].to_numpy())), 1)
    by = streets["name"].str.replace(r"\d+", lambda digits: digits.group().zfill(6), regex=True)
    ordered = (
        streets.assign(x=places[:, 0], y=places[:, 1], by=by)
        .sort_values(["area", "by", "x", "y"], na_position="last", ignore_index=True)
        .drop(columns=["x", "y", "by"])
    )
    width = max(4, len(str(len(ordered))))
    return ordered.assign(section=[f"S{number:0{width}d}" for number in range(1, len(ordered) + 1)])


def _with_width(streets: pd.DataFrame, width_m: dict[str, float]) -> pd.DataFrame:
    """Return the streets with width and paved area: measured, or assumed by road class."""
    taken = streets["road_class"].map(width_m).fillna(width_m.get("unknown", np.nan))
    known = streets["paved_m2"].notna() | streets["width_m"].notna()
    length = streets["length_m"].where(streets["length_m"] > 0)
    width = streets["width_m"].fillna(streets["paved_m2"] / length).fillna(taken)
    return streets.assign(
        width_m=width,
        paved_m2=streets["paved_m2"].fillna(width * streets["length_m"]),
        width_basis=np.where(known, "measured", np.where(taken.notna(), "assumed", "unknown")),
    )


def _unique(names: pd.Series) -> pd.Series:
    """Return names with a number behind those that were there before."""
    again = names.groupby(names).cumcount()
    return names.where(again == 0, names + "." + (again + 1).astype("str"))


SERVICE_M = 25.0
"""A line with a loose end and shorter than this is a house connection; Dutch water connections are 8 m long on average (KWR)."""
HALF_WIDTH_M = 5.0
"""Lines less than twice this apart lie in one street; back-to-back houses keep streets farther apart (assumed)."""
CLOSING_M = 3.0
"""Slits of less than twice this between lines are no blocks of houses (assumed)."""
BLOCK_M2 = 200.0
"""A hole in a corridor smaller than this is no block of houses (assumed)."""
SPACING_M = 3.0
SPUR_M = 60.0
GRID_M = 0.05
"""Ends of pipes that are this near are joined (m); coordinates in KLIC have millimetres, drawing errors are larger."""


def corridors(lines: Shapes, kinds: npt.NDArray[np.object_]) -> Shapes:
    """Return the centre lines of the streets that pipes and cables lie in.

    House connections are left out first; the other lines are widened until those of one street meet, and what is found
    is reduced to its centre line.

    Parameters
    ----------
    lines
        Lines or multilines; coordinates in metres.
    kinds
        Kind of each line: connections are told from mains inside one kind.
    """
    snapped = shapely.set_precision(lines, GRID_M)
    frame = pd.DataFrame({"kind": kinds, "line": snapped})[~shapely.is_empty(snapped)]
    if frame.empty:
        return np.empty(0, dtype=object)
    mains = np.concatenate([_mains(group["line"].to_numpy()) for _, group in frame.groupby("kind", sort=True)])
    if not len(mains):
        mains = frame["line"].to_numpy()
    wide = shapely.union_all(shapely.buffer(mains, HALF_WIDTH_M + CLOSING_M, quad_segs=4))
    surface = without_small_holes(shapely.simplify(shapely.buffer(wide, -CLOSING_M), 0.5), least_m2=BLOCK_M2)
    return centre_lines(surface, spacing_m=SPACING_M, spur_m=SPUR_M)


def _mains(lines: Shapes) -> Shapes:
    """Return the lines of one network, from branch to branch, without short ones that end loosely."""
    whole = chains(np.atleast_1d(shapely.node(shapely.multilinestrings(shapely.get_parts(lines)))))
    loose = (ends(whole).degree == 1).any(axis=1)
    found: Shapes = whole[~loose | (shapely.length(whole) >= SERVICE_M)]
    return found
