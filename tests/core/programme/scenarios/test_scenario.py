"""A scenario changes what it names and nothing else, and refuses what does not exist."""

from dataclasses import replace

import pandas as pd
import pytest

import tiny_city
from koppelkans.ground.errors import InputError
from koppelkans.programme.change import Cut, Knobs, Slip
from koppelkans.programme.problem import Problem
from koppelkans.programme.scenarios.scenario import Avoid, Grant, Scenario, applied, curve_points


def city() -> Problem:
    """Return two works of two parties and two funds of 100 a year; half of what w0 misses undone is ambition."""
    works = tiny_city.works(
        ("w0", 2027, 2027, 2029, 20, 0, 5, 90, True, False, False),
        ("w1", 2027, 2027, 2028, 30, 0, 4, 60, True, False, False),
    ).assign(owner=["gemeente", "gas"], ambition_eur=[40, 0])
    funds = pd.DataFrame(
        [(fund, year, 100, False) for fund in ("a", "b") for year in (2027, 2028, 2029)],
        columns=["fund", "year", "budget_eur", "carries_over"],
    )
    return tiny_city.problem(works=works, funds=funds)


def scenario(**parts: object) -> Scenario:
    return Scenario("s", "s", "s", **parts)


def test_knobs_of_one_and_no_changes_leave_the_problem_as_it_is():
    problem, made = city(), applied(city(), scenario())
    for name in Problem.TABLES:
        pd.testing.assert_frame_equal(getattr(made, name), getattr(problem, name), obj=name)


def test_the_knobs_turn_ambition_risk_and_money_each_by_its_own():
    made = applied(city(), scenario(knobs=Knobs(quality=1.5, money=0.5, risk=2.0)))
    assert made.works["undone_eur"].tolist() == [50 * 2 + 40 * 1.5, 60 * 2]
    assert made.works["late_eur_per_year"].tolist() == [10, 8]
    assert set(made.funds["budget_eur"]) == {50}


def test_money_turns_only_the_funds_that_are_named():
    made = applied(city(), scenario(knobs=Knobs(money=0.5), funds=("a",)))
    assert made.funds.groupby("fund")["budget_eur"].first().to_dict() == {"a": 50, "b": 100}


def test_facts_change_one_after_another():
    changes = (Cut("a", 2028, 30), Grant("a", 2028, 10), Slip("gas", 1), Avoid("w0", (2027,)))
    made = applied(city(), scenario(changes=changes))
    assert made.funds.set_index(["fund", "year"]).loc[("a", 2028), "budget_eur"] == 80
    assert made.works.set_index("work").loc["w1", ["earliest_year", "latest_year"]].tolist() == [2028, 2028]
    assert made.excluded[["work", "year"]].to_numpy().tolist() == [["w0", 2027]]


def test_a_work_without_years_is_kept_out_of_all_of_them():
    assert applied(city(), scenario(changes=(Avoid("w1"),))).excluded["year"].tolist() == [2027, 2028, 2029]


@pytest.mark.parametrize(
    ("parts", "wanted"),
    [
        ({"funds": ("aa",)}, "the nearest name is a"),
        ({"changes": (Grant("c", 2028, 1),)}, "a fund that exists"),
        ({"changes": (Grant("a", 2050, 1),)}, "a year in which a has a budget"),
        ({"changes": (Grant("a", 2028, -1),)}, "an amount of 0 or more"),
        ({"changes": (Avoid("w9"),)}, "a work that exists; the nearest name is w"),
    ],
)
def test_what_does_not_exist_is_refused_with_the_nearest_name(parts: dict[str, object], wanted: str):
    with pytest.raises(InputError) as caught:
        applied(city(), scenario(**parts))
    assert wanted in caught.value.faults[0].wanted


def test_the_curve_of_money_goes_from_little_to_much_and_leaves_out_the_programme_itself():
    points = curve_points([1.2, 1.0, 0.8], funds=("a",))
    assert [(point.knobs.money, point.role, point.funds) for point in points] == [
        (0.8, "front", ("a",)),
        (1.2, "front", ("a",)),
    ]
    assert all(point.only_money for point in points)
    assert not replace(points[0], changes=(Avoid("w0"),)).only_money
