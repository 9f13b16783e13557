import pytest

from koppelkans.programme.constraint import state
from koppelkans.programme.constraints import CONSTRAINTS
from koppelkans.programme.indexed import index_problem
from koppelkans.programme.solve import course
from koppelkans.programme.solve.course import shared_rows
from koppelkans.programme.solve.highs import Effort
from koppelkans.programme.solve.optimise import optimise
from small_problems import street, two_streets


def test_only_rows_that_say_at_most_of_money_people_and_streets_are_shared():
    said = state(index_problem(two_streets(10)), CONSTRAINTS)
    shared = shared_rows(said, CONSTRAINTS)
    assert int(shared.sum()) == 1
    assert {piece.name for piece in CONSTRAINTS if piece.shared} == {"budget", "crew", "limit"}


@pytest.mark.parametrize(
    ("small", "large", "block"), [(0, 10**6, 10**6), (0, 0, 10**6), (0, 10**6, 0), (10**6, 10**6, 0)]
)
def test_every_way_through_the_search_proves_the_same(
    monkeypatch: pytest.MonkeyPatch, small: int, large: int, block: int
):
    city = street(24, seed=5)
    known = optimise(city, CONSTRAINTS, effort=Effort(seconds=60, gap=0.0))
    monkeypatch.setattr(course, "SMALL", small)
    monkeypatch.setattr(course, "LARGE", large)
    monkeypatch.setattr(course, "BLOCK", block)
    answer = optimise(city, CONSTRAINTS, effort=Effort(seconds=60, gap=0.0))
    assert known is not None
    assert answer is not None
    assert answer.value_eur == pytest.approx(known.value_eur, rel=1e-6)
    assert answer.bound_eur <= known.value_eur * (1 + 1e-6)
    for piece in CONSTRAINTS:
        assert piece.judge(city, answer.outcome).empty
