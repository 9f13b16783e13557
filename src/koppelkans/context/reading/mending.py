"""Repair of shapes that cross themselves; shapes that a role cannot use are set aside. (nl: herstel van vormen)."""

import numpy as np
import numpy.typing as npt
import pandas as pd
import shapely
from shapely.errors import GEOSException

from koppelkans.context.reading.reader import Things
from koppelkans.context.reading.roles import ANY_SHAPE, LINE, POLYGON, RoleTable
from koppelkans.context.reading.troubles import Trouble, places
from koppelkans.ground.words import Phrase

COLLECTION = 7
"""Type number of a geometry collection in Shapely."""

WANTED = {
    ANY_SHAPE: Phrase("a point, line or polygon"),
    (LINE, POLYGON): Phrase("a line or polygon"),
    (POLYGON,): Phrase("a polygon"),
}


def mend(geometry: pd.Series, table: RoleTable) -> tuple[pd.Series, tuple[Trouble, ...]]:
    """Return usable shapes, and the rows whose shape was repaired or set aside.

    A shape is repaired so that it keeps its dimension: a polygon stays a polygon. Repaired rows are kept and told; a row
    that has no shape, or one that its role cannot use, is set aside. A role that needs no place keeps these too, without it.
    """
    if not table.shapes:
        return geometry, ()
    shapes = geometry.to_numpy(dtype=object)
    empty = geometry.isna()
    mixed = shapely.get_type_id(shapes) == COLLECTION
    crossed = (~shapely.is_valid(shapes) & ~empty.to_numpy()) | mixed
    made, usable = shapes.copy(), np.ones(len(shapes), dtype=bool)
    reasons = np.full(len(shapes), "", dtype=object)
    if crossed.any():
        reasons[crossed] = shapely.is_valid_reason(shapes[crossed])
        made[crossed] = _repaired(shapes[crossed])
        usable[crossed] = ~(shapely.is_missing(made[crossed]) | shapely.is_empty(made[crossed]))
    allowed = [ANY_SHAPE.index(shape) for shape in table.shapes]
    fits = np.isin(shapely.get_dimensions(made), allowed)
    lost = _lost(shapes, made, mixed & usable & fits)
    left_out = places(pd.Series(lost > 0, index=geometry.index))
    repaired = places(pd.Series(crossed & usable & fits & ~(mixed & shapely.is_valid(shapes)), index=geometry.index))
    broken = places(pd.Series(crossed & ~usable, index=geometry.index))
    odd = places(pd.Series(~empty.to_numpy() & usable & ~fits, index=geometry.index))
    none = places(empty)
    said = pd.Series(reasons, index=geometry.index)
    types = pd.Series(shapes, index=geometry.index)
    wanted = WANTED[table.shapes]
    troubles = (
        Trouble(none if table.placed else none[:0], [Phrase("no geometry")] * len(none), wanted, "geometry"),
        Trouble(
            broken,
            said.loc[broken].tolist(),
            Phrase("a shape that does not cross itself; it cannot be repaired"),
            "geometry",
            kept=not table.placed,
        ),
        Trouble(odd, [shape.geom_type for shape in types.loc[odd]], wanted, "geometry"),
        Trouble(
            repaired,
            said.loc[repaired].tolist(),
            Phrase("a shape that does not cross itself; it was repaired"),
            "geometry",
            kept=True,
        ),
        Trouble(
            left_out,
            [
                Phrase("a collection of shapes, of which {n} of another kind were left out", n=n)
                for n in lost[lost > 0].tolist()
            ],
            Phrase("shapes of one kind; areas go before lines, and lines before points"),
            "geometry",
            kept=True,
        ),
    )
    return pd.Series(made, index=geometry.index, dtype=object), tuple(t for t in troubles if len(t.positions))


def _lost(shapes: Things, made: Things, mixed: npt.NDArray[np.bool_]) -> npt.NDArray[np.int64]:
    """Return of how many parts of a collection nothing was kept, as they are of another dimension; 0 for other shapes."""
    counts = np.zeros(len(shapes), dtype=np.int64)
    for row in np.flatnonzero(mixed).tolist():
        parts = shapely.get_parts(shapely.get_parts(shapes[row]))
        counts[row] = int((shapely.get_dimensions(parts) != shapely.get_dimensions(made[row])).sum())
    return counts


def _valid(shapes: Things) -> Things:
    """Return shapes made valid; one that cannot be made so is missing, and takes no other with it."""
    with np.errstate(invalid="ignore"):
        try:
            made: Things = shapely.make_valid(shapes)
        except GEOSException:
            made = np.array([_one_valid(shape) for shape in shapes], dtype=object)
    return made


def _one_valid(shape: shapely.Geometry) -> shapely.Geometry | None:
    """Return one shape made valid; None where it cannot be made so."""
    try:
        return shapely.make_valid(shape)
    except GEOSException:
        return None


def _repaired(shapes: Things) -> Things:
    """Return valid shapes of the same dimension; None where nothing of that dimension is left."""
    dimension = shapely.get_dimensions(shapes)
    valid = _valid(shapes)
    parts, owner = shapely.get_parts(valid, return_index=True)
    parts, inner = shapely.get_parts(parts, return_index=True)
    owner = owner[inner]
    same = shapely.get_dimensions(parts) == dimension[owner]
    parts, owner = parts[same], owner[same]
    made: Things = np.full(len(shapes), None, dtype=object)
    for size, gather in ((0, shapely.multipoints), (1, shapely.multilinestrings), (2, shapely.multipolygons)):
        here = shapely.get_dimensions(parts) == size
        if here.any():
            rows, nth = np.unique(owner[here], return_inverse=True)
            made[rows] = gather(parts[here], indices=nth)
    single = shapely.get_num_geometries(made) == 1
    made[single] = shapely.get_geometry(made[single], 0)
    return made
