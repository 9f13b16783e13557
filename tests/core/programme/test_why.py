import pandas as pd
import pytest

import tiny_city
from koppelkans.ground.errors import InputError
from koppelkans.programme.desk import Desk, lay_out
from koppelkans.programme.moves import moves
from koppelkans.programme.why import plain_framed, why


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
    assert answer.nl == "Gepland in 2027, het beste jaar. De straat gaat maar één keer open, samen met gas."
    assert answer.en == "Planned for 2027, its best year. The street opens once, together with gas."


def test_planned_anew_a_year_costs_less_moves_others_and_may_clash():
    """In 2028 gas comes along and the square makes room a year early: 2 + 2 + 1. In 2029 gas may not be: sewer alone, 4 + 10."""
    answer = why(desk(), "sewer", reoptimise=True)
    assert answer.years["anew_eur"].tolist() == [0, 5, 14]
    assert answer.years["works_move"].tolist() == [0, 2, 0]
    gas = why(desk(), "gas", reoptimise=True).years
    assert gas["clash"].iloc[2] == "gas is kept out of 2029; gas is fixed to 2029"
    assert gas["anew_eur"].isna().tolist() == [False, False, True]


def test_the_prices_of_one_work_are_those_of_all():
    laid = desk()
    every = moves(laid.problem, laid.programme)
    for work in ("gas", "sewer", "square"):
        own = moves(laid.problem, laid.programme, of=work)
        pd.testing.assert_frame_equal(own, every[every["work"] == work].reset_index(drop=True))


def test_a_work_that_does_not_exist_is_told_with_the_nearest_name():
    with pytest.raises(InputError, match="the nearest name is sewer"):
        why(desk(), "sewers")


def test_plain_tables_are_framed_as_given():
    framed = plain_framed(desk())
    assert set(framed.budgets["basis"]) == {"given"}
    assert framed.outside.isna().all()
    assert framed.payments["amount_eur"].tolist() == [10, 20, 20]
