from dataclasses import replace
from typing import Any

import pandas as pd
import pytest

import tiny_city
from koppelkans.ground.errors import InputError
from koppelkans.programme.change import Change, Cut, Move, Slip, changed, fallen, overturned
from koppelkans.programme.problem import Problem


def city(**tables: Any) -> Problem:  # noqa: ANN401
    rows = tiny_city.works(
        ("a", 2027, 2027, 2028, 10, 0, 3, 20, True, False, True),
        ("b", 2029, 2029, 2029, 10, 0, 3, 20, True, False, True),
        ("c", 2027, 2028, 2029, 10, 0, 3, 20, True, False, False),
    ).assign(owner=["gas", "gas", "water"])
    funds = pd.DataFrame({"fund": "f", "year": [2027, 2028, 2029], "budget_eur": [10, 20, 30], "carries_over": False})
    return tiny_city.problem(works=rows, funds=funds, **tables)


def test_a_moved_work_is_fixed_to_its_new_year_and_nothing_else_changes():
    before = city(fixed=tiny_city.pairs("work", "year", ("a", 2027), ("c", 2028)))
    after = changed(before, Move("a", 2028))
    assert after.fixed[["work", "year"]].to_dict("list") == {"work": ["a", "c"], "year": [2028, 2028]}
    assert after.works is before.works
    assert before.fixed["year"].tolist() == [2027, 2028]


def test_who_lets_go_of_a_decision_may_choose_a_year_outside_the_window():
    before = city(fixed=tiny_city.pairs("work", "year", ("a", 2027)))
    works = changed(before, Move("a", 2029)).works.set_index("work")
    assert works.loc["a", ["earliest_year", "best_year", "latest_year"]].tolist() == [2027, 2027, 2029]
    assert changed(before, Move("c", 2029)).works is before.works


def test_a_cut_takes_euros_from_one_year_of_one_fund():
    assert changed(city(), Cut("f", 2028, 15)).funds["budget_eur"].tolist() == [10, 5, 30]


def test_a_party_that_slips_starts_later_and_its_best_and_latest_year_stay():
    before = city(fixed=tiny_city.pairs("work", "year", ("a", 2027), ("c", 2028)))
    after = changed(before, Slip("gas", 1))
    works = after.works.set_index("work")
    window = ["earliest_year", "best_year", "latest_year"]
    assert works.loc["a", window].tolist() == [2028, 2027, 2028]
    assert works.loc["b", window].tolist() == [2030, 2029, 2030], "later than its latest year where it must"
    assert works.loc["c", window].tolist() == [2027, 2028, 2029]
    assert after.fixed[["work", "year"]].to_dict("list") == {"work": ["a", "c"], "year": [2028, 2028]}


def test_a_fixed_work_that_slips_past_the_last_year_falls_though_its_window_would_have_room():
    before = city(fixed=tiny_city.pairs("work", "year", ("a", 2029)))
    before = replace(before, works=before.works.assign(latest_year=2029))
    after = changed(before, Slip("gas", 1))
    assert after.fixed.empty
    assert fallen(before, Slip("gas", 1)) == ["a", "b"]
    assert not after.works.set_index("work").loc["a", "mandatory"]


def test_decisions_that_a_change_overturns_are_named():
    before = city(fixed=tiny_city.pairs("work", "year", ("a", 2027), ("c", 2028)))
    told = before.fixed.assign(reason=["kermis", "markt"])
    for change, lost in ((Move("c", 2029), ["markt"]), (Slip("gas", 1), ["kermis"]), (Move("b", 2029), [])):
        assert overturned(told, changed(before, change))["reason"].tolist() == lost


def test_what_slips_past_the_last_year_is_named_and_is_no_duty_any_more():
    after = changed(city(), Slip("gas", 1))
    assert fallen(city(), Slip("gas", 1)) == ["b"]
    assert after.works.set_index("work")["mandatory"].to_dict() == {"a": True, "b": False, "c": False}
    assert fallen(city(), Move("a", 2028)) == []


@pytest.mark.parametrize(
    ("change", "column", "wanted"),
    [
        (Move("aa", 2027), "work", "a work that exists; the nearest name is a"),
        (Move("a", 2030), "year", "a year of 2027-2029"),
        (Cut("g", 2027, 1), "fund", "a fund that exists; the nearest name is f"),
        (Cut("f", 2031, 1), "year", "a year of 2027-2029"),
        (Cut("f", 2027, 11), "eur", "euros between 0 and the budget of that year, 10"),
        (Slip("gass", 1), "party", "a party that exists; the nearest name is gas"),
        (Slip("gas", 0), "years", "1 year or more"),
    ],
)
def test_a_change_that_cannot_be_is_refused_with_what_is_wanted(change: Change, column: str, wanted: str):
    with pytest.raises(InputError) as problem:
        changed(city(), change)
    (fault,) = problem.value.faults
    assert (fault.column, fault.wanted) == (column, wanted)
