"""Works that never fit say so with what lets them in; for the others the weight decided, at a price in two parts."""

from dataclasses import replace

import pandas as pd
import pytest

import tiny_city
from koppelkans.programme.desk import Desk, lay_out
from koppelkans.programme.left_out import left_out, missed, never_fits, told
from koppelkans.programme.problem import Problem
from koppelkans.programme.solve_problem import solve

RANKING = pd.DataFrame({"work": ["wide", "dear", "late", "small", "done"], "board_rank": [1, 2, 3, 4, 5]})


def city() -> Problem:
    """Return a district that lets two sections open: one work asks three, one more than its purse ever has, one comes too late."""
    row = (2027, 2027, 2028, 10, 0, 3, 50, True, False, False)
    works = tiny_city.works(
        *((name, *row) for name in ("wide", "dear", "done")),
        ("late", 2040, 2040, 2041, *row[3:]),
        ("small", 2027, 2027, 2028, 10, 0, 3, 1, True, False, False),
    )
    works["cost_eur"] = works["cost_eur"].mask(works["work"] == "dear", 90)
    return tiny_city.problem(
        years=2,
        rate=0.0,
        works=works,
        sections=tiny_city.sections(*((place, 1, 2, 0, 0) for place in ("s0", "s1", "s2"))),
        touches=tiny_city.pairs(
            "work", "section", ("wide", "s0"), ("wide", "s1"), ("wide", "s2"), ("done", "s0"), ("small", "s1")
        ),
        limits=pd.DataFrame({"limit": ["West"], "open_sections": [2]}),
        limit_members=tiny_city.pairs("limit", "section", ("West", "s0"), ("West", "s1"), ("West", "s2")),
        payments=pd.DataFrame({"work": ["dear"], "fund": ["f"], "share": [1.0]}),
        funds=pd.DataFrame({"fund": "f", "year": [2027, 2028], "budget_eur": [40, 40], "carries_over": True}),
    )


@pytest.fixture(scope="module")
def desk() -> Desk:
    problem = city()
    return lay_out(problem, solve(problem, seconds=20).programme)


def test_what_never_fits_and_what_is_left_for_its_weight_stand_in_the_order_of_the_ranking(desk: Desk):
    tables = left_out(desk, ranking=RANKING)
    table = tables["left_out"].set_index("work")
    assert table["sort"].to_dict() == {"wide": "never", "dear": "never", "late": "never", "small": "weight"}
    assert table["rank"].tolist() == [1, 2, 3, 4]
    wide, dear, late = (table["obstacle_en"][work] for work in ("wide", "dear", "late"))
    assert "It never fits, even if nothing else were done: in West at most 2 sections are open in one year." in wide
    assert "What lets it in: the limit on open streets of West: 3 sections instead of 2 sections." in wide
    assert "the budget of f: €90 instead of €80." in dear
    assert "its period 2040-2041 lies outside the years 2027-2028" in late
    assert tables["left_out_moves"].empty


def test_check_tells_of_what_never_fits_what_the_report_tells(desk: Desk):
    table = left_out(desk, ranking=RANKING)["left_out"].set_index("work")
    found = {one.work: one for one in never_fits(desk.problem)}
    assert set(found) == set(table.index[table["sort"] == "never"])
    assert all(
        (one.why_nl, one.why_en) == tuple(table.loc[work, ["obstacle_nl", "obstacle_en"]])
        for work, one in found.items()
    )


def test_doing_it_anyway_is_priced_in_money_and_in_weighed_harm_apart(desk: Desk):
    found = missed(desk, "small")
    assert found.anyway is not None
    # 10 for the work and 1 for the opening are paid, 2 of nuisance is weighed; the 1 of leaving it undone is a weight
    assert (round(found.anyway.money_eur), round(found.anyway.harm_eur)) == (11, 2)
    assert found.anyway.money_eur + found.anyway.harm_eur - 1 == pytest.approx(found.anyway.weighted_cost_eur)
    assert told(desk, found, lang="en").endswith("+ €11 of money and + €2 of weighed harm. No other work moves.")


def test_the_room_that_is_named_lets_the_work_in():
    problem = city()
    wider = replace(problem, limits=problem.limits.assign(open_sections=3))
    assert "wide" in set(solve(wider, seconds=20).programme["work"])
    richer = replace(problem, funds=problem.funds.assign(budget_eur=45.0))
    assert missed(lay_out(richer, pd.DataFrame({"work": [], "year": []})), "dear").sort == "weight"


def test_a_work_that_moves_out_has_its_reason():
    row = (2027, 2027, 2027, 10, 0, 3, 50, True, False, False)
    problem = tiny_city.problem(
        years=1,
        works=tiny_city.works(("a", *row), ("b", 2027, 2027, 2027, 10, 0, 3, 60, True, False, False)),
        payments=pd.DataFrame({"work": ["a", "b"], "fund": "f", "share": 1.0}),
        funds=pd.DataFrame({"fund": ["f"], "year": [2027], "budget_eur": [10], "carries_over": False}),
    )
    ranking = pd.DataFrame({"work": ["a", "b"], "board_rank": [1, 2]})
    tables = left_out(lay_out(problem, pd.DataFrame({"work": ["b"], "year": [2027]})), ranking=ranking)
    moved = tables["left_out_moves"].iloc[0]
    assert (moved["work"], moved["moved"]) == ("a", "b")
    assert pd.isna(moved["to_year"])
    assert "In 2027 or later there is too little money left in f." in moved["reason_en"]
    assert tables["left_out"]["sort"].tolist() == ["weight"]
