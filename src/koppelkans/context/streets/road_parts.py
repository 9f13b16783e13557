"""Streets found from the road parts (wegdelen) of the BGT. (nl: straten uit wegdelen)."""

import numpy as np
import pandas as pd
import shapely

from koppelkans.context.arrays import Flags, Floats, Shapes, sum_by
from koppelkans.context.streets.axes import centre_lines, without_small_holes
from koppelkans.context.streets.cutting import cut, join_crossings, join_short
from koppelkans.context.streets.territory import divide

CLASS_OF_FUNCTION = {
    "rijbaan autosnelweg": "main",
    "rijbaan autoweg": "main",
    "rijbaan regionale weg": "main",
    "rijbaan lokale weg": "residential",
    "OV-baan": "main",
    "overweg": "residential",
    "woonerf": "residential",
    "voetgangersgebied": "residential",
    "fietspad": "path",
    "voetpad": "path",
    "voetpad op trap": "path",
    "ruiterpad": "path",
}
"""Road class of a function (bgt-functie of wegdeel). The BGT does not tell a collector road (gebiedsontsluitingsweg) from others."""
UNPAVED = ("onverhard",)
CLOSING_M = 2.0
"""Slits of less than twice this inside a road are traffic islands and gaps of drawing (assumed)."""
ISLAND_M2 = 1000.0
"""A hole in the roads smaller than this is an island or a roundabout and no block of houses (assumed)."""
LEAST_SHARE = 0.2
"""A lone piece shorter than this share of the aimed length is no street; its road goes with the nearest street (assumed)."""
BESIDE_M = 12.0
"""A path that is on average nearer than this to a carriageway belongs to that street (assumed: width of a wide verge)."""
SPACING_M = 3.0
SPUR_M = 50.0
PATH_AREA_M2 = 60.0
"""Separate paths smaller than this in all are no street of their own (assumed)."""
PART_M = 40.0
"""Road parts farther than this from every street line belong to no section (assumed)."""


def road_sections(roads: pd.DataFrame, *, length_m: float) -> pd.DataFrame:
    """Divide road parts into stretches of street of about `length_m`.

    The carriageways give the streets, and paths that do not run beside a carriageway give streets of their own. Their
    centre lines are cut from crossing to crossing, and every road part, whole or cut, goes with the nearest.

    Parameters
    ----------
    roads
        function, surface (texts of the BGT, may be unknown), geometry (polygons, m).

    Returns
    -------
    axis (line), geometry (polygon), road_class, length_m, area_m2 and paved_m2: one row per stretch.
    """
    shapes = shapely.make_valid(roads["geometry"].to_numpy())
    road_class = roads["function"].map(CLASS_OF_FUNCTION)
    carriers = road_class.notna().to_numpy() & (road_class != "path").to_numpy()
    paths = (road_class == "path").to_numpy()
    apart = paths.copy()
    apart[paths] = _away_from(shapes[paths], shapes[carriers])
    streets = [_axes(shapes[carriers], length_m=length_m), _axes(_sizeable(shapes[apart]), length_m=length_m)]
    axes = np.concatenate(streets)
    if not len(axes):
        return pd.DataFrame(
            {"axis": [], "geometry": [], "road_class": [], "length_m": [], "area_m2": [], "paved_m2": []}
        )
    parts = divide(shapes, axes, within_m=PART_M)
    surface = roads["surface"].reset_index(drop=True).reindex(parts["surface"])
    parts["paved_m2"] = parts["area_m2"].where(~surface.isin(UNPAVED).to_numpy(), 0.0)
    parts["road_class"] = road_class.to_numpy()[parts["surface"]]
    return _stretches(parts, axes)


def _axes(surfaces: Shapes, *, length_m: float) -> Shapes:
    """Return the centre lines of surfaces that meet, cut to pieces."""
    wide = shapely.union_all(shapely.buffer(surfaces, CLOSING_M, join_style="mitre", mitre_limit=2))
    surface = without_small_holes(shapely.simplify(wide, 0.5), least_m2=ISLAND_M2)
    lines = centre_lines(surface, spacing_m=SPACING_M, spur_m=SPUR_M)
    if not len(lines):
        return lines
    pieces = join_short(cut(join_crossings(lines), length_m=length_m), length_m=length_m)
    kept: Shapes = pieces[shapely.length(pieces) >= LEAST_SHARE * length_m]
    return kept


def _away_from(paths: Shapes, carriers: Shapes) -> Flags:
    """Tell which paths lie on average farther than `BESIDE_M` from every carriageway."""
    if not len(carriers) or not len(paths):
        return np.ones(len(paths), dtype=bool)
    spots, path = shapely.get_coordinates(shapely.segmentize(paths, BESIDE_M / 2), return_index=True)
    tree = shapely.STRtree(carriers)
    (found, _), far = tree.query_nearest(
        shapely.points(spots), max_distance=4 * BESIDE_M, return_distance=True, all_matches=False
    )
    distance: Floats = np.full(len(spots), 4 * BESIDE_M)
    distance[found] = far
    mean = sum_by(path, distance, len(paths)) / np.bincount(path, minlength=len(paths)).clip(1)
    away: Flags = mean > BESIDE_M
    return away


def _sizeable(paths: Shapes) -> Shapes:
    """Return the paths that together with those they touch are large enough to be a street."""
    groups = shapely.get_parts(shapely.union_all(shapely.buffer(paths, CLOSING_M)))
    tree = shapely.STRtree(groups)
    path, group = tree.query(paths, predicate="intersects")
    whole = sum_by(group, shapely.area(paths)[path], len(groups))
    large: Shapes = paths[np.unique(path[whole[group] >= PATH_AREA_M2])]
    return large


def _stretches(parts: pd.DataFrame, axes: Shapes) -> pd.DataFrame:
    """Gather the parts of each line into one stretch; its class is that of most of its road."""
    line, group = np.unique(parts["line"], return_inverse=True)
    pieces, owner = shapely.get_parts(parts["geometry"].to_numpy(), return_index=True)
    flat = shapely.get_type_id(pieces) == shapely.GeometryType.POLYGON
    gathered = shapely.multipolygons(pieces[flat], indices=group[owner[flat]])
    size = parts.groupby(["line", "road_class"], sort=True)["area_m2"].sum().reset_index()
    main = size.sort_values(["line", "area_m2"], ascending=[True, False], kind="stable").drop_duplicates("line")
    return pd.DataFrame(
        {
            "axis": axes[line],
            "geometry": shapely.buffer(gathered, 0),
            "road_class": main.set_index("line")["road_class"].reindex(line).fillna("unknown").to_numpy(),
            "length_m": shapely.length(axes[line]),
            "area_m2": parts.groupby(group)["area_m2"].sum().to_numpy(),
            "paved_m2": parts.groupby(group)["paved_m2"].sum().to_numpy(),
        }
    )
