"""The knobs of the board, worked out by hand."""

import pandas as pd

import tiny_city
from koppelkans.programme.change import Knobs, turn


def city():
    works = tiny_city.works(
        ("park", 2027, 2027, 2028, 10, 1, 3, 100, False, False, False),
        ("sewer", 2027, 2027, 2028, 10, 1, 4, 50, True, False, False),
    )
    return tiny_city.problem(
        years=1,
        works=works.assign(ambition_eur=[80, 0]),
        funds=pd.DataFrame({"fund": "f", "year": [2027], "budget_eur": 20, "carries_over": False}),
        payments=tiny_city.pairs("work", "fund", ("park", "f")).assign(share=1.0),
    )


def test_the_knobs_at_one_change_nothing():
    turned = turn(city(), Knobs())
    for name in ("works", "funds"):
        pd.testing.assert_frame_equal(getattr(turned, name), getattr(city(), name))


def test_quality_weighs_ambitions_and_risk_the_rest_and_lateness():
    works = turn(city(), Knobs(quality=0.5, risk=2.0)).works
    assert works["undone_eur"].tolist() == [20 * 2 + 80 * 0.5, 50 * 2]
    assert works["ambition_eur"].tolist() == [40, 0]
    assert works["late_eur_per_year"].tolist() == [6, 8]
    assert works["early_eur_per_year"].tolist() == [1, 1]


def test_money_is_a_factor_on_budgets():
    assert turn(city(), Knobs(money=1.5)).funds["budget_eur"].tolist() == [30]
