"""Graafrust that is broken is owed once per section and year, by those who dig; worked out by hand."""

import pandas as pd

from koppelkans.appraisal.business.footing import breach_parts

WORKS = pd.DataFrame({"work": ["gas", "paving", "sewer", "water"], "digs": [True, False, True, True], "resurfaces": [False, True, True, False]})  # fmt: skip
OPENERS = pd.DataFrame({"work": ["gas", "paving", "sewer", "water"], "section": "S"})
OPENINGS = pd.DataFrame({"section": ["S"], "breach_eur": [32_000], "rest_years": [5]})


def owed(**years: float) -> dict[str, float]:
    return breach_parts(WORKS, OPENERS, OPENINGS, pd.Series(years)).to_dict()


def test_two_who_dig_in_one_year_owe_half_each_and_two_layers_of_paving_count_once():
    assert owed(sewer=2028, paving=2029, gas=2030, water=2030) == {"gas": 16_000.0, "water": 16_000.0}


def test_each_year_of_digging_owes_again():
    assert owed(paving=2028, gas=2029, water=2033) == {"gas": 32_000.0, "water": 32_000.0}


def test_the_same_year_before_and_after_the_rest_break_nothing():
    assert owed(sewer=2030, gas=2030) == {}
    assert owed(paving=2030, gas=2029) == {}
    assert owed(paving=2030, gas=2036) == {}
    assert owed(paving=2030, gas=2035) == {"gas": 32_000.0}
