"""Value functions and vetoes, by hand."""

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from koppelkans.ground.errors import SettingError
from koppelkans.ground.settings import ValueFunction
from koppelkans.weighing.criteria import CRITERIA
from koppelkans.weighing.valuing import check, ends_of, given_ends, valued, vetoed

MORE = replace(CRITERIA[0], name="more", better="more", unit="points", unit_nl="punten", ends=None)
LESS = replace(CRITERIA[0], name="less", better="less", unit="days", unit_nl="dagen", ends=None)
NAN = float("nan")


def scored(measures: list[float], **value: object) -> list[float]:
    """Return the scores of one criterion, less is better where the value function says so by its name."""
    criterion = LESS if value.pop("less", False) else MORE
    column = np.array(measures, dtype=float)[:, None]
    functions = {criterion.name: ValueFunction.model_validate(value)}
    ends = given_ends(ends_of(column, [criterion]), [criterion], functions)
    return valued(column, ends, [criterion], functions)[:, 0].tolist()


def test_a_line_runs_between_the_ends_that_the_city_gave():
    assert scored([0, 5, 10, 20, NAN], worst=0, best=10) == pytest.approx([0, 0.5, 1, 1, NAN], nan_ok=True)
    assert scored([0, 5, 20], worst=20, best=10, less=True) == pytest.approx([1, 1, 0])
    # the best is the best that is found
    assert scored([5, 10], worst=0) == pytest.approx([0.5, 1])


def test_points_are_joined_by_lines_and_flat_outside():
    points = [(10, 0.0), (20, 0.8), (60, 1.0)]
    assert scored([0, 15, 20, 40, 99, NAN], shape="piecewise", points=points) == pytest.approx(
        [0, 0.4, 0.8, 0.9, 1, NAN], nan_ok=True
    )


def test_a_threshold_gives_the_score_of_the_best_step_that_is_reached():
    steps = {"shape": "threshold", "points": [(10, 0.5), (20, 1.0)]}
    assert scored([9.9, 10, 19, 20, 30, NAN], **steps) == pytest.approx([0, 0.5, 0.5, 1, 1, NAN], nan_ok=True)
    down = {"shape": "threshold", "points": [(10, 1.0), (20, 0.5)], "less": True}
    assert scored([9, 10, 10.1, 20, 20.1], **down) == pytest.approx([1, 1, 0.5, 0.5, 0])


def test_a_veto_is_met_beyond_it_and_not_by_the_unknown():
    functions = {"more": ValueFunction(veto=3.0), "less": ValueFunction(veto=3.0)}
    found = vetoed(np.array([[2.9, 2.9], [3.0, 3.0], [3.1, 3.1], [NAN, NAN]]), [MORE, LESS], functions)
    assert found.tolist() == [[True, False], [False, False], [False, True], [False, False]]


@settings(max_examples=25, deadline=None)
@given(
    heights=st.lists(st.floats(0, 1), min_size=2, max_size=5),
    shape=st.sampled_from(["piecewise", "threshold"]),
    less=st.booleans(),
    measures=st.lists(st.floats(-10, 60), min_size=2, max_size=8),
)
def test_a_better_measure_never_scores_less(heights: list[float], shape: str, *, less: bool, measures: list[float]):
    points = [(10.0 * at, height) for at, height in enumerate(sorted(heights, reverse=less))]
    found = scored(sorted(measures, reverse=less), shape=shape, points=points, less=less)
    assert (np.diff(found) >= -1e-12).all()
    assert all(0 <= score <= 1 for score in found)


@pytest.mark.parametrize(
    ("value", "key"),
    [
        ({"unit": "euros"}, "unit"),
        ({"worst": 10, "best": 5}, "best"),
        ({"points": [(0, 1)]}, "points"),
        ({"shape": "piecewise", "points": [(0, 1)]}, "points"),
        ({"shape": "piecewise", "points": [(0, 1), (5, 0)]}, "points"),
        ({"shape": "piecewise", "points": [(5, 0), (0, 1)]}, "points"),
        ({"shape": "threshold", "points": [(5, 1.5)]}, "points"),
        ({"shape": "threshold", "points": [(5, 1)], "best": 5}, "shape"),
        ({"indifference": 0.3, "preference": 0.2}, "preference"),
        ({"preference": 0.3, "veto_gap": 0.2}, "veto_gap"),
    ],
)
def test_a_value_function_that_cannot_be_used_is_told_with_its_place(value: dict, key: str):
    with pytest.raises(SettingError) as told:
        check({"more": ValueFunction.model_validate(value)}, [MORE], known={"more"})
    assert [fault.column for fault in told.value.faults] == [f"weighing.value_functions.more.{key}"]


def test_a_value_function_of_nothing_is_refused_and_one_of_a_criterion_that_is_left_out_is_not():
    with pytest.raises(SettingError, match=r"weighing\.value_functions\.beauty"):
        check({"beauty": ValueFunction()}, [MORE], known={"more", "less"})
    check({"less": ValueFunction(), "more": ValueFunction(unit="punten")}, [MORE], known={"more", "less"})
