"""Tornado and break-even, by hand."""

import numpy as np
import pandas as pd
import pytest

from koppelkans.appraisal.business.sensitivity import leverage, needed_per_year, rate_range, tornado

VALUED = pd.DataFrame(
    {
        "case": "c",
        "alternative": ["null", "together", "together", "together", "together"],
        "factors": ["a", "a", "a b", "", "b"],
        "worth": [-50.0, -100.0, -30.0, 200.0, np.nan],
    }
)
TABLE = pd.DataFrame(
    {"figure": ["a", "b"], "value": [10.0, 2.0], "unit": "eur", "low": [0.5, 0.9], "high": [2.0, 1.1], "source": "test"}
)


def test_leverage_is_the_difference_with_the_null_alternative():
    made = leverage(VALUED, ["c"])
    own = made[made["case"] == "c"].set_index("factors")["worth"].to_dict()
    assert own == {"": 200.0, "a": -50.0, "a b": -30.0}
    assert made[made["case"] == "city"]["worth"].sum() == 120.0


def test_each_figure_moves_alone_and_the_widest_comes_first():
    made = tornado(leverage(VALUED, ["c"]), TABLE)
    bars = made[made["case"] == "c"].set_index("figure")
    # NPV 120; a stands in -80, b in -30
    assert bars.index.tolist() == ["a", "b"]
    assert bars.loc["a", ["low_eur", "high_eur"]].tolist() == [160.0, 40.0]
    assert bars.loc["b", ["low_eur", "high_eur"]].tolist() == pytest.approx([123.0, 117.0])


def test_at_its_break_even_a_figure_makes_the_npv_nothing():
    bars = tornado(leverage(VALUED, ["c"]), TABLE).set_index(["case", "figure"])
    at = bars.loc[("c", "a"), "break_even"]
    assert at == 10 * (1 + 120 / 80)
    assert 120 - 80 * (at / 10 - 1) == pytest.approx(0.0)


def test_the_rate_has_a_bar_of_its_own():
    index = pd.MultiIndex.from_tuples([("c", "together")], names=["case", "alternative"])
    values = {
        name: pd.Series([worth], index=index) for name, worth in (("npv", 1.0), ("low_eur", 3.0), ("high_eur", -1.0))
    }
    made = rate_range(values, value=0.02, low=0.01, high=0.03)
    assert made[["figure", "low", "high", "low_eur"]].to_numpy().tolist() == [["discount_rate", 0.5, 1.5, 3.0]]


def test_unknown_benefits_must_bring_the_rest_every_year():
    assert needed_per_year(np.array([-1000.0, 5.0]), np.array([20.0, 20.0])).tolist() == [50.0, 0.0]
