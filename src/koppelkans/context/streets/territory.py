"""The ground nearest to each street line, and surfaces divided over it. (nl: verdeling van de grond over straten)."""

import numpy as np
import pandas as pd
import shapely

from koppelkans.context.arrays import Floats, Ints, Shapes

STEP_M = 10.0
"""Street lines are sampled at this distance (m); surfaces are divided between two lines to about half of it."""


def cells(lines: Shapes) -> tuple[Shapes, Ints]:
    """Return pieces of ground, and the position of the line nearest to each.

    Pieces are the cells of a Voronoi diagram of points along the lines.
    """
    spots, line, _ = sample(lines, step_m=STEP_M)
    points = shapely.get_coordinates(spots).reshape(-1, 2)
    points, first = np.unique(np.round(points, 3), axis=0, return_index=True)
    diagram = shapely.voronoi_polygons(shapely.multipoints(points), ordered=True)
    return shapely.get_parts(diagram), line[first]


def sample(lines: Shapes, *, step_m: float) -> tuple[Shapes, Ints, Floats]:
    """Return points at equal steps along each line, with the line and the step (m) of each.

    In the middles of steps of about `step_m`.
    """
    parts, owner = lines, np.arange(len(lines))
    if (shapely.get_type_id(lines) != shapely.GeometryType.LINESTRING).any():
        parts, owner = shapely.get_parts(lines, return_index=True)
        linear = shapely.get_dimensions(parts) == 1
        parts, owner = parts[linear], owner[linear]
    length = shapely.length(parts)
    steps = np.maximum(1, np.ceil(length / step_m)).astype(np.int64)
    part = np.repeat(np.arange(len(parts)), steps)
    nth = np.arange(len(part)) - np.repeat(np.cumsum(steps) - steps, steps)
    spots = shapely.line_interpolate_point(parts[part], (nth + 0.5) / steps[part], normalized=True)
    return spots, owner[part], (length / steps)[part]


def divide(surfaces: Shapes, lines: Shapes, *, within_m: float) -> pd.DataFrame:
    """Divide surfaces over the lines that they are nearest to.

    Returns
    -------
    surface, line, geometry (polygon), area_m2: one row per part of a surface and line; parts that lie whole in one
    cell are not cut, parts farther than `within_m` from their line are left out.
    """
    ground, owner = cells(lines)
    tree = shapely.STRtree(ground)
    surface, cell = tree.query(surfaces, predicate="intersects")
    whole = shapely.covers(ground[cell], surfaces[surface])
    parts = surfaces[surface].copy()
    parts[~whole] = shapely.intersection(surfaces[surface[~whole]], ground[cell[~whole]])
    found = pd.DataFrame({"surface": surface, "line": owner[cell], "geometry": parts, "area_m2": shapely.area(parts)})
    near = shapely.dwithin(parts, lines[owner[cell]], within_m)
    return found[near & (found["area_m2"] > 0)].sort_values(["line", "surface"], kind="stable", ignore_index=True)
