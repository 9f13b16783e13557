"""Planning alone: own streets, own part of the money, and chance coincidence counted as one opening."""

import pandas as pd
import pytest

import tiny_city
from koppelkans.programme.futures.draw import Odds, drawn
from koppelkans.programme.futures.silo import apart, drawn_apart, silo
from koppelkans.programme.problem import Problem
from koppelkans.programme.solve.highs import Effort
from koppelkans.programme.value import value_of

EFFORT = Effort(seconds=10.0)


def city(**tables: pd.DataFrame) -> Problem:
    """Return gas (best in 2027) and water (best in 2028) in one street of 100; waiting costs 10 a year, being early 30."""
    works = tiny_city.works(
        ("g", 2027, 2027, 2029, 20, 30, 10, 900, True, False, False),
        ("w", 2027, 2028, 2029, 60, 30, 10, 900, True, False, False),
    ).assign(owner=["gas", "water"])
    made = {
        "works": works,
        "sections": tiny_city.sections(("s", 100, 0, 0, 0)),
        "touches": tiny_city.pairs("work", "section", ("g", "s"), ("w", "s")),
    }
    return tiny_city.problem(rate=0.0, **(made | tables))


def years(plan: pd.DataFrame) -> dict[str, int]:
    return dict(zip(plan["work"], plan["year"].tolist(), strict=True))


def test_each_takes_its_own_best_year_and_the_street_opens_twice():
    plan = silo(city(), effort=EFFORT).programme
    assert years(plan) == {"g": 2027, "w": 2028}
    assert value_of(city(), plan).total_eur == 20 + 60 + 100 + 100  # together: 20 + 60 + 100, and gas waits for 10


def test_works_that_meet_by_chance_open_the_street_once():
    works = city().works.assign(best_year=[2028, 2028])
    plan = silo(city(works=works), effort=EFFORT).programme
    assert years(plan) == {"g": 2028, "w": 2028}
    assert value_of(city(works=works), plan).total_eur == 20 + 60 + 100


def test_what_the_owners_plan_is_proven_to_be_near_their_best():
    """Alone gas pays 20 and an opening of 100 in 2027, water 60 and an opening in 2028: 280, and nothing is cheaper."""
    assert silo(city(), effort=EFFORT).gap == pytest.approx(0.0, abs=1e-6)


def test_openings_and_budgets_come_out_alike_for_those_who_plan_alone():
    funds = pd.DataFrame({"fund": "f", "year": [2027, 2028, 2029], "budget_eur": 80, "carries_over": True})
    problem = city(funds=funds, payments=pd.DataFrame({"work": ["g", "w"], "fund": "f", "share": 1.0}))
    came = drawn(problem, Odds(0.0, 0.0, {"other": 0.3}, 0.5, 0.2, 0.5), seed=3, numbers=[0, 1])
    own = apart(problem)
    theirs = drawn_apart(came, problem, own)
    assert theirs.opening.tolist() == [[each, each] for (each,) in came.opening.tolist()]
    assert theirs.budget.tolist() == [[*each, *each] for each in came.budget.tolist()]
    assert (theirs.dearer == came.dearer).all()


def test_every_owner_has_its_own_street_purse_crew_and_limit():
    problem = city(
        payments=pd.DataFrame({"work": ["g", "w"], "fund": "f", "share": 1.0}),
        funds=pd.DataFrame({"fund": "f", "year": [2027, 2028, 2029], "budget_eur": 80, "carries_over": True}),
        efforts=pd.DataFrame({"work": ["g", "w"], "crew": "c", "hours": [1.0, 3.0]}),
        crews=pd.DataFrame({"crew": "c", "year": [2027, 2028, 2029], "hours": 8.0}),
        limits=pd.DataFrame({"limit": ["l"], "open_sections": [1]}),
        limit_members=tiny_city.pairs("limit", "section", ("l", "s")),
        ties=pd.DataFrame({"work": ["w"], "other": ["g"], "least_years": [0], "most_years": [0]}),
        joints=pd.DataFrame({"work": ["g"], "other": ["w"], "saving_eur": [7]}),
    )
    own = apart(problem)
    assert len(own.sections) == 2
    assert own.touches["section"].nunique() == 2
    # of 80 a year gas asks 20 of 80, water 60; of 8 hours 1 and 3 of 4
    assert own.funds.groupby("fund")["budget_eur"].first().tolist() == [20.0, 60.0]
    assert own.crews.groupby("crew")["hours"].first().tolist() == [2.0, 6.0]
    assert own.limits["open_sections"].tolist() == [1, 1]
    assert own.ties.empty
    assert own.joints.empty
    # nobody pays for the other: two openings, whatever the years
    same = pd.DataFrame({"work": ["g", "w"], "year": [2028, 2028]})
    assert value_of(own, same).openings_eur == 200


def test_the_parts_of_a_purse_add_up_to_the_purse():
    problem = city(
        payments=pd.DataFrame({"work": ["g", "w", "w"], "fund": ["f", "f", "h"], "share": [0.5, 0.1, 0.9]}),
        funds=pd.DataFrame(
            [(fund, year, 50 + at, False) for fund in "fh" for at, year in enumerate((2027, 2028, 2029))],
            columns=["fund", "year", "budget_eur", "carries_over"],
        ),
    )
    own = apart(problem).funds
    assert own.groupby("year")["budget_eur"].sum().tolist() == pytest.approx([100, 102, 104])
    assert len(own) == 9  # gas has no part of h


def test_where_what_must_be_done_does_not_fit_it_may_be_left():
    works = city().works.assign(mandatory=[True, False])
    problem = city(
        works=works,
        payments=pd.DataFrame({"work": ["g"], "fund": "f", "share": 1.0}),
        funds=pd.DataFrame({"fund": "f", "year": [2027, 2028, 2029], "budget_eur": 5, "carries_over": True}),
    )
    assert years(silo(problem, effort=EFFORT).programme) == {"w": 2028}
