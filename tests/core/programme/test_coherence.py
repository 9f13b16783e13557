"""What is wrong between tables of which each by itself is right."""

import pandas as pd
import pytest

import tiny_city
from koppelkans.ground.errors import InputError

WORKS = tiny_city.works(
    ("a", 2027, 2027, 2028, 10, 0, 0, 20, True, False, False),
    ("b", 2027, 2027, 2028, 10, 0, 0, 20, True, False, False),
)


def faults(**tables: pd.DataFrame) -> list[tuple[str, str, int | None]]:
    with pytest.raises(InputError) as told:
        tiny_city.problem(**({"works": WORKS} | tables))
    return [(fault.where, fault.column, fault.row) for fault in told.value.faults]


def test_a_work_is_not_tied_to_itself_and_bounds_are_not_upside_down():
    ties = pd.DataFrame({"work": ["a", "a"], "other": ["a", "b"], "least_years": [1, 2], "most_years": [None, 1]})
    assert faults(ties=ties) == [("ties", "other", 1), ("ties", "most_years", 2)]


def test_a_pair_saves_once_either_way_round():
    joints = pd.DataFrame({"work": ["a", "b", "b"], "other": ["b", "a", "b"], "saving_eur": 5})
    assert faults(joints=joints) == [("joints", "other", 3), ("joints", "other", 2)]


def test_ambition_is_a_part_of_what_leaving_undone_costs():
    assert faults(works=WORKS.assign(ambition_eur=[20, 21])) == [("works", "ambition_eur", 2)]


def test_a_fund_that_pays_some_kinds_needs_to_know_the_kind():
    tables = {
        "funds": pd.DataFrame({"fund": "f", "year": [2027, 2028, 2029], "budget_eur": 5, "carries_over": True}),
        "payments": tiny_city.pairs("work", "fund", ("a", "f"), ("b", "f")).assign(share=[1.0, 0.0]),
        "fund_rules": tiny_city.pairs("fund", "kind", ("f", "sewer")),
    }
    assert faults(**tables) == [("works", "kind", 1)]


def test_a_tie_or_promise_of_an_unknown_work_is_a_fault():
    ties = pd.DataFrame({"work": ["a"], "other": ["z"], "least_years": [0], "most_years": [0]})
    promises = pd.DataFrame({"work": ["y"], "year": [2027], "move_eur": [5]})
    assert faults(ties=ties, promises=promises) == [("ties", "other", 1), ("promises", "work", 1)]


def test_a_year_may_be_missing_where_no_work_could_draw_on_it():
    works = WORKS.assign(earliest_year=[2027, 2028], latest_year=2028)
    tables = {
        "works": works,
        "payments": tiny_city.pairs("work", "fund", ("a", "f"), ("b", "g"), ("a", "h")).assign(share=[1.0, 0.5, 0.0]),
        "efforts": tiny_city.pairs("work", "crew", ("b", "c"), ("a", "d")).assign(hours=[4, 0]),
        "crews": pd.DataFrame({"crew": ["c", "d"], "year": [2028, 2020], "hours": 5}),
    }
    rows = [("f", 2027), ("f", 2028), ("g", 2028), ("h", 2019)]
    funds = pd.DataFrame(rows, columns=["fund", "year"]).assign(budget_eur=7, carries_over=True)
    city = tiny_city.problem(funds=funds, **tables)
    assert len(city.funds) == 4
    assert faults(funds=funds.drop(index=1), **tables) == [("funds", "year", None)]
    late = pd.DataFrame({"crew": ["c", "d"], "year": [2027, 2020], "hours": 5})
    assert faults(funds=funds, **(tables | {"crews": late})) == [("crews", "year", None)]
