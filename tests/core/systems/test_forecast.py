"""Condition shares over the years, by hand."""

import numpy as np
import pandas as pd
import pytest

from koppelkans.ground.horizon import Horizon
from koppelkans.systems.forecast import CLASSES, forecast_of

YEARS = Horizon(2027, 2030)


def asset(
    weight: float, fair: float, poor: float, renewed: float = np.inf, after: tuple[float, float] = (45, 56)
) -> tuple[float, ...]:
    return (weight, fair, poor, renewed, *after)


def shares(rows: list[tuple[float, ...]], case: str) -> dict[str, list[float]]:
    columns = ["weight", "fair_year", "poor_year", "renewed", "fair_after", "poor_after"]
    found = forecast_of(pd.DataFrame(rows, columns=columns, dtype="float64").assign(system="water"), horizon=YEARS)
    own = found[found["case"] == case]
    return {name: pytest.approx(own[name].tolist()) for name in CLASSES if own[name].any()}


def test_a_share_is_its_weight_in_the_weight_of_the_system():
    rows = [asset(3.0, 2028.0, 2029.5), asset(1.0, 2040.0, 2050.0)]
    assert shares(rows, "nothing") == {
        "good_share": [1, 0.25, 0.25, 0.25],
        "fair_share": [0, 0.75, 0.75, 0],
        "poor_share": [0, 0, 0, 0.75],
    }


def test_a_renewed_asset_is_new_in_its_year_and_grows_old_again():
    rows = [asset(1.0, 2000.0, 2010.0, renewed=2028, after=(0.75, 1.9))]
    assert shares(rows, "nothing") == {"poor_share": [1, 1, 1, 1]}
    assert shares(rows, "programme") == {
        "good_share": [0, 1, 0, 0],
        "fair_share": [0, 0, 1, 0],
        "poor_share": [1, 0, 0, 1],
    }


def test_an_asset_of_which_nothing_is_known_becomes_known_when_it_is_renewed():
    rows = [asset(1.0, np.nan, np.nan, renewed=2029), asset(1.0, np.nan, np.nan)]
    assert shares(rows, "nothing") == {"unknown_share": [1, 1, 1, 1]}
    assert shares(rows, "programme") == {"unknown_share": [1, 1, 0.5, 0.5], "good_share": [0, 0, 0.5, 0.5]}


def test_a_system_in_which_nothing_can_be_weighed_is_unknown():
    assert shares([asset(0.0, 2030.0, 2040.0)], "programme") == {"unknown_share": [1, 1, 1, 1]}


def test_without_assets_there_is_no_forecast():
    rows: list[tuple[float, ...]] = []
    assert shares(rows, "nothing") == {}
