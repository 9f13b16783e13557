from random import Random
from typing import Any

import pandas as pd
import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

import tiny_city
from koppelkans.ground.errors import InputError
from koppelkans.programme.desk import Desk, lay_out
from koppelkans.programme.moves import moves
from koppelkans.programme.why import why


def desk() -> Desk:
    """Return gas and sewer in one street in 2027, and a square in 2028 that leaves 10 in the purse of that year."""
    city = tiny_city.problem(
        years=3,
        rate=0.0,
        works=tiny_city.works(
            ("gas", 2027, 2027, 2029, 10, 1, 2, 90, True, False, False),
            ("sewer", 2027, 2027, 2029, 20, 1, 2, 90, True, False, False),
            ("square", 2027, 2028, 2029, 20, 1, 2, 90, False, False, False),
        ),
        sections=tiny_city.sections(("s", 8, 2, 0, 0)),
        touches=tiny_city.pairs("work", "section", ("gas", "s"), ("sewer", "s")),
        payments=pd.DataFrame({"work": ["gas", "sewer", "square"], "fund": "f", "share": 1.0}),
        funds=pd.DataFrame({"fund": "f", "year": [2027, 2028, 2029], "budget_eur": 30, "carries_over": False}),
        excluded=tiny_city.pairs("work", "year", ("gas", 2029)),
    )
    return lay_out(city, pd.DataFrame({"work": ["gas", "sewer", "square"], "year": [2027, 2027, 2028]}))


def test_every_year_has_its_price_and_what_forbids_it():
    """Sewer alone: a second opening (10) and 2 per year late; in 2028 only 10 is left of 30."""
    answer = why(desk(), "sewer")
    assert (answer.year, answer.best_year, answer.partners) == (2027, 2027, ("gas",))
    assert answer.years["year"].tolist() == [2027, 2028, 2029]
    assert answer.years["held_eur"].tolist() == [0, 12, 14]
    assert answer.years["blocked_by"].isna().tolist() == [True, False, True]
    assert answer.blocks("nl") == ["", "te weinig geld over in f", ""]
    assert answer.years["anew_eur"].isna().all()


def test_the_sentence_is_in_dutch_and_english_and_names_the_partner():
    answer = why(desk(), "sewer")
    assert answer.nl == "Gepland in 2027, het beste jaar. Dat jaar gaat de straat één keer open, samen met gas."
    assert answer.en == "Planned for 2027, its best year. That year the street opens once, together with gas."


def test_planned_anew_a_year_costs_less_moves_others_and_may_clash():
    """In 2028 gas comes along and the square makes room a year early: 2 + 2 + 1. In 2029 gas may not be: sewer alone, 4 + 10."""
    answer = why(desk(), "sewer", reoptimise=True)
    assert answer.years["anew_eur"].tolist() == [0, 5, 14]
    assert answer.years["works_move"].tolist() == [0, 2, 0]
    assert answer.years["least_eur"].tolist() == [0, 5, 14], "all three are proven"
    assert answer.en.endswith("2028 is the cheapest other year that was found: it costs €5 more, and that is proven.")
    assert answer.nl.endswith("2028 het goedkoopste andere jaar dat is gevonden: dat kost € 5 meer, en dat is bewezen.")
    gas = why(desk(), "gas", reoptimise=True).years
    assert gas["clash"].iloc[2] == "gas is kept out of 2029; gas is fixed to 2029"
    assert gas["anew_eur"].isna().tolist() == [False, False, True]
    assert gas["least_eur"].isna().tolist() == [False, False, True]


@settings(max_examples=4, deadline=None, phases=[Phase.generate], suppress_health_check=list(HealthCheck))
@given(tiny_city.cities(), st.randoms(use_true_random=False))
def test_the_best_programme_with_a_work_in_a_year_lies_between_what_is_proven_and_what_was_found(
    tables: dict[str, Any], chance: Random
):
    """Trying everything gives the price; the programme that is asked about is any one that meets every demand.

    A price holds no weight of works left undone: where an answer leaves others undone than now, nothing is proven of it.
    """
    city = tiny_city.problem(**tables)
    book = tiny_city.Book(city)
    costs = [(chosen, book.cost(chosen)) for chosen in tiny_city.every_programme(city)]
    could = [(chosen, cost) for chosen, cost in costs if cost is not None]
    now, here = chance.choice(could)
    laid = lay_out(city, pd.DataFrame({"work": list(now), "year": list(now.values())}))
    work = chance.choice(list(city.works["work"]))
    own = 0.0 if work in now else float(city.works.set_index("work").loc[work, "undone_eur"])
    for row in why(laid, work, reoptimise=True).years.to_dict("records"):
        best = min((cost for chosen, cost in could if chosen.get(work) == row["year"]), default=None)
        if best is None:
            assert pd.isna(row["anew_eur"])
            assert pd.isna(row["least_eur"])
            continue
        if pd.isna(row["least_eur"]):
            continue
        assert row["least_eur"] <= best - here + own + 0.01
        assert row["anew_eur"] >= best - here + own - 0.5
        assert row["least_eur"] <= row["anew_eur"]
        if pd.isna(row["blocked_by"]):
            assert row["anew_eur"] <= row["held_eur"]


def test_a_work_with_no_other_year_says_so_or_nothing():
    assert why(desk(), "square", reoptimise=True).en.count("cheapest other year") == 1
    city = tiny_city.problem(years=1, works=tiny_city.works(("w", 2027, 2027, 2027, 20, 0, 5, 90, True, False, False)))
    laid = lay_out(city, pd.DataFrame({"work": ["w"], "year": [2027]}))
    assert why(laid, "w", reoptimise=True).en == "Planned for 2027, its best year."


def test_a_fixed_work_is_bounded_as_if_it_were_free():
    """Fixed to 2028 at 5 for being late: its best year is proven to be 5 cheaper."""
    city = tiny_city.problem(
        years=2,
        rate=0.0,
        works=tiny_city.works(("w", 2027, 2027, 2028, 20, 0, 5, 90, True, False, False)),
        fixed=tiny_city.pairs("work", "year", ("w", 2028)),
    )
    laid = lay_out(city, pd.DataFrame({"work": ["w"], "year": [2028]}), bound_eur=25.0)
    answer = why(laid, "w", reoptimise=True)
    assert answer.years["least_eur"].tolist() == [-5, 0]
    assert answer.en.endswith("it saves €5, and that is proven.")


def test_the_prices_of_one_work_are_those_of_all():
    laid = desk()
    every = moves(laid.problem, laid.programme)
    for work in ("gas", "sewer", "square"):
        own = moves(laid.problem, laid.programme, of=work)
        pd.testing.assert_frame_equal(own, every[every["work"] == work].reset_index(drop=True))


def test_a_work_that_does_not_exist_is_told_with_the_nearest_name():
    with pytest.raises(InputError, match="the nearest name is sewer"):
        why(desk(), "sewers")


def test_a_work_outside_the_planned_years_says_so():
    works = tiny_city.works(
        ("w", 2027, 2027, 2027, 1, 0, 0, 2, True, False, False), ("v", 2028, 2028, 2029, 1, 0, 0, 2, True, False, False)
    )
    laid = lay_out(tiny_city.problem(years=1, works=works), pd.DataFrame({"work": ["w"], "year": [2027]}))
    answer = why(laid, "v", reoptimise=True)
    assert answer.en == "Not planned: it may be done in 2028-2029, outside the years that are planned."
    assert answer.years.empty


def test_rounding_beside_a_billion_is_no_gap():
    works = tiny_city.works(("w", 2027, 2027, 2027, 10**9, 0, 0, 2 * 10**9, True, False, False))
    laid = lay_out(tiny_city.problem(years=1, works=works), pd.DataFrame({"work": ["w"], "year": [2027]}))
    assert why(laid, "w", reoptimise=True).years["least_eur"].tolist() == [0]
