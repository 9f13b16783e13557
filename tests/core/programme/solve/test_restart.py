"""A search that starts from an earlier programme finds what a search from nothing finds, and keeps what it cannot better."""

import pandas as pd
import pytest
from hypothesis import given, settings

import tiny_city
from koppelkans.programme.constraints import CONSTRAINTS
from koppelkans.programme.solve.highs import Effort
from koppelkans.programme.solve.restart import restart
from koppelkans.programme.value import value_of

PROVEN = Effort(seconds=20, gap=0.0, seed=1)


def placed(**years: int) -> pd.DataFrame:
    return pd.DataFrame({"work": list(years), "year": list(years.values())}).astype({"work": "str", "year": "int64"})


@settings(max_examples=8)
@given(city=tiny_city.cities(must=True))
def test_from_any_start_the_best_is_found(city: dict):
    problem = tiny_city.problem(**city)
    start = placed(w0=tiny_city.FIRST, w9=2030)
    answer = restart(problem, CONSTRAINTS, programme=start, effort=PROVEN)
    best = tiny_city.best_by_trying(problem)
    if best is None:
        assert answer.clashing
        return
    assert answer.value_eur == pytest.approx(best, abs=1e-6)
    assert value_of(problem, answer.outcome.programme).total_eur == pytest.approx(best, abs=1e-6)
    assert answer.bound_eur <= best + 1e-6


def test_works_that_no_longer_fit_are_left_out_of_the_start():
    """The purse holds 20 and both works cost 20: with no effort the start is lightened by one of them."""
    works = tiny_city.works(
        ("a", 2027, 2027, 2027, 20, 0, 0, 90, True, False, False),
        ("b", 2027, 2027, 2027, 20, 0, 0, 30, True, False, False),
    )
    problem = tiny_city.problem(
        years=1,
        rate=0.0,
        works=works,
        funds=pd.DataFrame({"fund": ["f"], "year": [2027], "budget_eur": [20], "carries_over": [False]}),
        payments=pd.DataFrame({"work": ["a", "b"], "fund": ["f", "f"], "share": [1.0, 1.0]}),
    )
    answer = restart(problem, CONSTRAINTS, programme=placed(a=2027, b=2027), effort=PROVEN)
    assert answer.outcome.programme["work"].tolist() == ["a"]
    assert answer.value_eur == pytest.approx(20 + 30)
