import pandas as pd
import pytest

from koppelkans.context.works.costs import costs, unit_prices, units
from koppelkans.ground.settings import make_settings

SETTINGS = make_settings({"city": {"name": "x", "price_year": 2026}})
PRICES = unit_prices(SETTINGS)


def test_a_price_is_brought_to_the_price_level_of_the_city():
    # 300 eur/m at price level 2015, 3 % a year over 11 years.
    assert PRICES.loc["sewer_gravity", "price_eur"] == pytest.approx(300 * 1.03**11)
    assert PRICES.loc["water_main", "price_eur"] == 190


def test_a_cost_is_quantity_times_price_and_no_better_known_than_its_price():
    found = costs(pd.Series(["sewer_gravity", "water_main"]), pd.Series([100.0, 100.0]), prices=PRICES)
    assert found["cost_eur"].tolist() == [41527, 19000]
    assert found["cost_basis"].tolist() == ["derived", "assumed"]


def test_without_price_or_quantity_a_cost_is_unknown_and_not_zero():
    found = costs(pd.Series(["bridge", "sewer_gravity"]), pd.Series([1.0, float("nan")]), prices=PRICES)
    assert found["cost_eur"].isna().all()
    assert found["cost_basis"].tolist() == ["unknown", "unknown"]


def test_every_kind_has_a_unit():
    assert units(SETTINGS.kinds)["paving"] == "m2"
