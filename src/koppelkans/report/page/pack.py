"""Frames made small for the map page: columns as lists, texts once, coordinates as whole steps. (nl: inpakken)."""

from typing import Any

import numpy as np
import numpy.typing as npt
import pandas as pd
import shapely

STEPS_PER_DEGREE = 1_000_000
"""Coordinates are kept in millionths of a degree: 0.11 m north-south and 0.07 m east-west in the Netherlands."""

Texts = dict[str, list[Any]]
Geometries = npt.NDArray[np.object_]


def packed(frame: pd.DataFrame) -> dict[str, Any]:
    """Return a frame as plain lists per column; geometry must be in longitude and latitude.

    A text column becomes its different texts (`texts`) and per row which of them (`at`, -1 for unknown). Numbers that are
    unknown become None.
    """
    columns = {name: _column(frame[name]) for name in frame.columns if name != "geometry"}
    made: dict[str, Any] = {"rows": len(frame), "columns": columns}
    if "geometry" in frame.columns:
        made["geometry"] = shapes(np.asarray(frame["geometry"].array, dtype=object))
    return made


def rows_of(values: pd.Series, keys: pd.Series) -> npt.NDArray[np.int64]:
    """Return for each value the row of the table in which it is the key; -1 where it is unknown."""
    return np.asarray(pd.Index(keys).get_indexer(pd.Index(values)), dtype=np.int64)


def shapes(values: Geometries) -> dict[str, list[int]]:
    """Return geometries as flat lists of whole numbers.

    `kinds` per row: 0 points, 1 lines, 2 polygons, -1 nothing; of a mixed collection only the parts of the highest kind.
    `parts` per row, `paths` per part (rings of a polygon), `sizes` per path, and the steps in `x` and `y` from each
    coordinate to the next.
    """
    parts, of_row = _parts(values)
    kinds = np.full(len(values), -1, dtype=np.int64)
    np.maximum.at(kinds, of_row, shapely.get_dimensions(parts))
    kept = shapely.get_dimensions(parts) == kinds[of_row]
    parts, of_row = parts[kept], of_row[kept]
    paths, of_part = _paths(parts)
    coordinates, of_path = shapely.get_coordinates(paths, return_index=True)
    steps = np.rint(coordinates * STEPS_PER_DEGREE).astype(np.int64)
    steps = np.diff(steps, axis=0, prepend=np.zeros((1, 2), dtype=np.int64))
    return {
        "kinds": kinds.tolist(),
        "parts": np.bincount(of_row, minlength=len(values)).tolist(),
        "paths": np.bincount(of_part, minlength=len(parts)).tolist(),
        "sizes": np.bincount(of_path, minlength=len(paths)).tolist(),
        "x": steps[:, 0].tolist(),
        "y": steps[:, 1].tolist(),
    }


def _parts(values: Geometries) -> tuple[Geometries, npt.NDArray[np.intp]]:
    """Return all single, filled geometries and the row that each belongs to."""
    parts, of_row = shapely.get_parts(values, return_index=True)
    singles, of_part = shapely.get_parts(parts, return_index=True)  # a collection may hold multi-parts
    filled = ~shapely.is_empty(singles)
    return singles[filled], of_row[of_part][filled]


def _paths(parts: Geometries) -> tuple[Geometries, npt.NDArray[np.intp]]:
    """Return the paths of single geometries (rings of polygons, others themselves) and the part that each belongs to."""
    polygons = np.flatnonzero(shapely.get_dimensions(parts) == 2)  # noqa: PLR2004 - a polygon has two dimensions
    others = np.flatnonzero(shapely.get_dimensions(parts) < 2)  # noqa: PLR2004
    rings, of_polygon = shapely.get_rings(parts[polygons], return_index=True)
    paths = np.concatenate([rings, parts[others]])
    of_part = np.concatenate([polygons[of_polygon], others])
    order = np.argsort(of_part, kind="stable")
    return paths[order], of_part[order]


def _column(values: pd.Series) -> list[Any] | Texts:
    """Return one column as plain JSON values."""
    if pd.api.types.is_bool_dtype(values.dtype):
        return list(values.astype("int64"))
    if pd.api.types.is_numeric_dtype(values.dtype):
        return list(values.astype("object").where(values.notna(), None))
    codes, found = pd.factorize(values)
    return {"texts": [str(text) for text in found], "at": codes.tolist()}
