"""What each other year costs and what forbids it, as a table and in words."""

import pandas as pd
import pytest

import hamlet_programme
import tiny_city
from koppelkans.programme.constraints import CONSTRAINTS
from koppelkans.programme.moves import moves
from koppelkans.programme.other_years import ABOUT, forbidden_words, other_years_table


def test_a_year_tells_its_price_and_the_purse_that_forbids_it():
    """Late costs 5 a year and nothing is discounted; in 2028 the purse holds 10 of the 20 that the work costs."""
    works = tiny_city.works(("w", 2027, 2027, 2029, 20, 0, 5, 90, True, False, False))
    funds = pd.DataFrame({"fund": "f", "year": [2027, 2028, 2029], "budget_eur": [20, 10, 20], "carries_over": False})
    payments = pd.DataFrame({"work": ["w"], "fund": "f", "share": 1.0})
    problem = tiny_city.problem(rate=0.0, works=works, funds=funds, payments=payments)
    moved = moves(problem, pd.DataFrame({"work": ["w"], "year": [2027]}))
    table = other_years_table(moved, names={"fund": {"f": "Rioolheffing"}})
    assert table[["work", "year", "extra_eur"]].to_numpy().tolist() == [["w", 2027, 0], ["w", 2028, 5], ["w", 2029, 10]]
    assert table["blocked_by"].tolist()[1] == "budget"
    assert forbidden_words(table, lang="en") == ["", "too little money left in Rioolheffing", ""]
    assert forbidden_words(table, lang="nl") == ["", "te weinig geld over in Rioolheffing", ""]


def test_a_fund_without_a_name_keeps_its_own():
    moved = pd.DataFrame(
        {"work": ["w"], "year": [2028], "money_eur": [5.0], "harm_eur": [0.0], "blocked_by": ["budget"], "about": ["f"]}
    )
    moved = moved.astype({"blocked_by": "str", "about": "str"})
    assert other_years_table(moved, names={})["about_name"].tolist() == ["f"]


@pytest.mark.parametrize("piece", CONSTRAINTS, ids=lambda piece: piece.name)
def test_every_demand_can_be_told(piece: object):
    rows = pd.DataFrame({"blocked_by": [piece.name], "about_name": ["Iets"]})
    assert ABOUT[piece.name] == piece.about
    (words,) = forbidden_words(rows, lang="nl")
    assert words
    assert "{" not in words


def test_the_own_year_of_every_work_of_the_programme_costs_nothing_more():
    made = hamlet_programme.scheduled()
    own = made.other_years.merge(made.plan[["work", "year"]], on=["work", "year"])
    assert len(own) == made.plan["year"].notna().sum()
    assert (own["extra_eur"] == 0).all()
    assert own["blocked_by"].isna().all()
