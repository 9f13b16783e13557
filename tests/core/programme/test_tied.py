"""Ties between works, by hand."""

import pandas as pd
import pytest

import tiny_city
from koppelkans.programme.problem import Problem
from koppelkans.programme.solve.highs import Effort
from koppelkans.programme.solve_problem import solve_problem
from koppelkans.programme.tied import broken_ties, is_same_year


def city(least: int | None, most: int | None) -> Problem:
    ties = pd.DataFrame({"work": ["paving"], "other": ["sewer"], "least_years": [least], "most_years": [most]})
    return tiny_city.problem(
        works=tiny_city.works(
            ("sewer", 2027, 2028, 2029, 10, 2, 3, 90, True, False, False),
            ("paving", 2027, 2027, 2029, 10, 0, 5, 90, False, True, False),
        ),
        ties=ties.astype({"least_years": "Int64", "most_years": "Int64"}),
        rate=0.0,
    )


@pytest.mark.parametrize(
    ("least", "most", "years", "worth"),
    [
        (None, None, {"sewer": 2028, "paving": 2027}, 20),  # each in its best year
        (0, 0, {"sewer": 2027, "paving": 2027}, 20 + 2),  # the sewer comes a year early
        (1, None, {"sewer": 2027, "paving": 2028}, 20 + 2 + 5),  # and the paving a year late
        (None, -2, {"sewer": 2029, "paving": 2027}, 20 + 3),  # the sewer two years or more after the paving
        (2, 3, {"sewer": 2027, "paving": 2029}, 20 + 2 + 10),
    ],
)
def test_a_tie_moves_works_as_little_as_it_costs(least: int | None, most: int | None, years: dict, worth: int):
    solved = solve_problem(city(least, most), effort=Effort(seconds=20))
    assert dict(zip(solved.programme["work"], solved.programme["year"], strict=True)) == years
    assert solved.value.total_eur == worth
    assert solved.verdict["kept"].all()


def test_the_same_year_binds_both_ways_and_an_order_only_the_later_work():
    alone = {one: pd.DataFrame({"work": [one], "year": [2028]}) for one in ("sewer", "paving")}
    assert len(broken_ties(city(0, 0), alone["sewer"])) == 1
    assert len(broken_ties(city(1, None), alone["sewer"])) == 0
    assert broken_ties(city(1, None), alone["paving"]).to_dict("records") == [
        {"work": "paving", "other": "sewer", "year": 2028, "same_year": False}
    ]


def test_nothing_done_breaks_no_tie():
    nothing = pd.DataFrame({"work": [], "year": []}).astype({"work": "str", "year": "int64"})
    assert broken_ties(city(0, 0), nothing).empty


def test_only_nought_and_nought_is_the_same_year():
    assert [is_same_year(city(*span).ties)[0] for span in ((0, 0), (0, None), (None, 0), (0, 1))] == [
        True,
        False,
        False,
        False,
    ]


@pytest.mark.parametrize("tie", [(0, 0), (-1, None), (None, 0)])
def test_a_work_that_must_be_done_takes_the_work_that_it_is_tied_to_with_it(tie: tuple[int | None, int | None]):
    """Alone nobody would do `free` (30 for 5), but without it `must` (10) cannot be done: 10 + 30."""
    ties = pd.DataFrame({"work": ["must"], "other": ["free"], "least_years": [tie[0]], "most_years": [tie[1]]})
    made = tiny_city.problem(
        years=2,
        rate=0.0,
        works=tiny_city.works(
            ("must", 2027, 2027, 2028, 10, 0, 0, 20, False, False, True),
            ("free", 2027, 2028, 2028, 30, 0, 0, 5, False, False, False),
        ),
        ties=ties.astype({"least_years": "Int64", "most_years": "Int64"}),
    )
    solved = solve_problem(made, effort=Effort(seconds=20))
    assert solved.value.total_eur == 10 + 30
    assert solved.verdict["kept"].all()
