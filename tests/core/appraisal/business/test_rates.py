"""Discount rates by year of decision; exceptions are used only where a city names the effects."""

import tomllib
from importlib.resources import files

import pandas as pd
import pytest

import hamlet
from koppelkans.appraisal.business.rates import rate_of_year, rate_table, rates_of, standard_rate
from koppelkans.ground.errors import SettingError
from koppelkans.ground.settings.business import BusinessPart

EFFECTS = pd.Series(["capital_cost", "health"])


@pytest.mark.parametrize(
    ("year", "rate"), [(1995, 0.04), (2006, 0.04), (2007, 0.055), (2015, 0.055), (2016, 0.03), (2021, 0.0225), (2040, 0.0225)]
)  # fmt: skip
def test_the_year_of_decision_picks_the_rate(year: int, rate: float):
    assert rate_of_year(year).value == rate


def test_every_rate_has_a_source_and_what_is_unverified_says_so():
    assert rate_table()["source"].str.len().gt(20).all()
    written = tomllib.loads((files("koppelkans.appraisal.business") / "rates.toml").read_text(encoding="utf-8"))
    assert all(exception["source"].startswith("UNVERIFIED") for exception in written["exceptions"])
    assert all(exception["basis"] == "assumed" for exception in written["exceptions"])


def test_the_default_rate_is_that_of_the_table():
    settings = hamlet.settings()
    assert settings.appraisal.discount_rate.value == rate_of_year(settings.city.price_year).value


def test_a_year_before_the_table_is_refused():
    with pytest.raises(SettingError, match="1994"):
        rate_of_year(1994)


def test_a_city_may_set_the_year_of_decision():
    given = hamlet.settings().appraisal.discount_rate
    assert standard_rate(BusinessPart(decision_year=2018), given).value == 0.03
    assert standard_rate(BusinessPart(), given) == given


def exceptions(**effects: list[str]) -> BusinessPart:
    return hamlet.settings(
        appraisal={
            "business": {
                "exceptions": {
                    name: {"rate": {"value": 0.016, "unit": "share"}, "effects": found}
                    for name, found in effects.items()
                }
            }
        }
    ).appraisal.business


def test_no_effect_has_an_exception_unless_it_is_named():
    assert rates_of(EFFECTS, standard=0.0225, part=BusinessPart()).tolist() == [0.0225, 0.0225]
    assert rates_of(EFFECTS, standard=0.0225, part=exceptions(sunk=["capital_cost"])).tolist() == [0.016, 0.0225]


def test_an_effect_in_two_exceptions_is_a_fault_that_names_both():
    with pytest.raises(SettingError, match="`a` and in `b`"):
        rates_of(EFFECTS, standard=0.0225, part=exceptions(a=["health"], b=["health"]))
