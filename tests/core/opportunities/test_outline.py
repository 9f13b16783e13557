"""Shapes put together per key."""

import numpy as np
import pandas as pd
from shapely import LineString, MultiLineString, Point, box

from koppelkans.opportunities.kind import together


def shapes(*items: object) -> np.ndarray:
    made = np.empty(len(items), dtype=object)
    made[:] = items
    return made


def test_lines_become_one_multi_line_per_key():
    one, other = LineString([(0, 0), (1, 0)]), MultiLineString([[(2, 0), (3, 0)], [(4, 0), (5, 0)]])
    made = together(shapes(one, other, one), pd.Series(["b", "b", "a"]))
    assert made.index.tolist() == ["a", "b"]
    assert made["b"].geom_type == "MultiLineString"
    assert made["b"].length == 3.0


def test_other_shapes_become_a_collection_and_missing_ones_are_left_out():
    made = together(shapes(box(0, 0, 1, 1), Point(2, 2), None), pd.Series(["a", "a", "c"]))
    assert made.index.tolist() == ["a"]
    assert made["a"].geom_type == "GeometryCollection"
    assert made["a"].area == 1.0


def test_nothing_gives_nothing():
    assert together(shapes(), pd.Series([], dtype="str")).empty
