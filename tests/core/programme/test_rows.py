"""The stated model as rows, on a city of two works that share a section."""

import numpy as np
import pandas as pd
import pytest

import tiny_city
from koppelkans.programme.constraint import state
from koppelkans.programme.constraints import CONSTRAINTS
from koppelkans.programme.indexed import index_problem
from koppelkans.programme.statement import SparseRows, Statement, without
from koppelkans.programme.value import value_of


def said() -> Statement:
    years = [2027, 2028]
    city = tiny_city.problem(
        years=2,
        rate=0.1,
        works=tiny_city.works(
            ("paving", 2027, 2027, 2028, 100, 3, 5, 400, False, True, False),
            ("gas", 2027, 2027, 2028, 50, 0, 7, 90, True, False, False),
        ),
        sections=tiny_city.sections(("s", 20, 4, 2, 30)),
        touches=tiny_city.pairs("work", "section", ("paving", "s"), ("gas", "s")),
        payments=pd.DataFrame({"work": ["paving", "gas"], "fund": "f", "share": 1.0}),
        funds=pd.DataFrame({"fund": "f", "year": years, "budget_eur": [120, 40], "carries_over": True}),
    )
    return state(index_problem(city), CONSTRAINTS)


@pytest.fixture
def rows() -> SparseRows:
    return said().rows()


@pytest.mark.parametrize("chosen", [(0, 0, 0, 0), (1, 0, 0, 0), (1, 0, 1, 0), (1, 0, 0, 1), (0, 1, 0, 1)])
def test_the_objective_of_completed_choices_is_the_value(rows: SparseRows, chosen: tuple[int, ...]):
    on = np.array(chosen, dtype=bool)
    indexed = said().indexed
    value = value_of(indexed.problem, indexed.programme(np.flatnonzero(on)))
    assert rows.value(rows.complete(on)) == pytest.approx(value.total_eur)


def test_a_broken_row_is_seen_exactly(rows: SparseRows):
    both = rows.complete(np.array([1, 0, 1, 0], dtype=bool))
    apart = rows.complete(np.array([1, 0, 0, 1], dtype=bool))
    assert rows.broken(both).any()  # 150 in 2027 of 120
    assert not rows.broken(apart).any()  # 100 of 120, then 150 of 160
    twice = rows.complete(np.array([0, 0, 1, 1], dtype=bool))
    assert rows.broken(twice).any()


def test_a_part_with_the_rest_held_has_the_same_value_and_demands(rows: SparseRows):
    full = rows.complete(np.array([1, 0, 0, 0], dtype=bool))
    free = np.array([False, False, True, True])
    part, columns = rows.part(free, full)
    assert part.choices == 2
    for gas in ([0, 0], [1, 0], [0, 1]):
        inside = part.complete(np.array(gas, dtype=bool))
        whole = rows.complete(np.array([1, 0, *gas], dtype=bool))
        assert part.value(inside) == pytest.approx(rows.value(whole))
        assert part.broken(inside).any() == rows.broken(whole).any()
    assert set(columns[: part.choices]) == {2, 3}


def test_a_demand_that_is_lifted_no_longer_holds():
    stated = said()
    rows = stated.rows()
    lifted = without(rows, stated.told, {("budget", "f")})
    both = rows.complete(np.array([1, 0, 1, 0], dtype=bool))
    assert rows.broken(both).any()
    assert not lifted.broken(both).any()
