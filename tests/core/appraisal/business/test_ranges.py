"""Key figures with a range, as factors of their value."""

import pytest

import hamlet
from koppelkans.appraisal.business.ranges import ranges
from koppelkans.ground.errors import SettingError
from koppelkans.ground.settings import Figure

SETTINGS = hamlet.settings()


def test_figures_prices_and_phases_with_a_range_are_listed_with_their_factors():
    figures = {
        "a": Figure(value=10.0, unit="eur", low=5.0, high=40.0, source="test"),
        "b": Figure(value=10.0, unit="eur", source="test"),
        "c": Figure(value=10.0, unit="eur", high=12.0, source="test"),
    }
    made = ranges(figures, SETTINGS.kinds, SETTINGS.appraisal.business.ssk.phases).set_index("figure")
    assert made.loc["a", ["low", "high"]].tolist() == [0.5, 4.0]
    assert made.loc["c", ["low", "high"]].tolist() == [1.0, 1.2]
    assert "b" not in made.index
    assert made.loc["kinds.sewer_gravity.price", ["low", "high"]].tolist() == pytest.approx([216 / 300, 438 / 300])
    assert made.loc["cost.wens", ["low", "high"]].tolist() == [0.5, 1.5]
    assert made["source"].str.len().gt(0).all()


def test_a_fixed_figure_is_never_moved_and_a_lognormal_mirrors_the_end_that_is_missing():
    figures = {
        "fixed": Figure(value=10.0, unit="eur", low=5.0, high=20.0, distribution="fixed"),
        "log": Figure(value=10.0, unit="eur", high=20.0, distribution="lognormal"),
    }
    made = ranges(figures, {}, {}).set_index("figure")
    assert made.index.tolist() == ["log"]
    assert made.loc["log", ["low", "high"]].tolist() == [0.5, 2.0]


def test_a_lognormal_that_could_be_nothing_is_refused():
    with pytest.raises(SettingError, match="above 0"):
        ranges({"a": Figure(value=10.0, unit="eur", low=0.0, high=20.0, distribution="lognormal")}, {}, {})


def test_prices_estimates_and_openings_are_construction_costs_and_lifetimes_are_not():
    part = SETTINGS.appraisal
    made = ranges(part.figures, SETTINGS.kinds, part.business.ssk.phases, part.benefits).set_index("figure")
    built = made["construction"].astype(bool)
    assert built[["kinds.sewer_gravity.price", "cost.wens", "paving_eur_per_m2"]].all()
    assert not built[["kinds.bridge.life_years", "failure_chance", "opened_share"]].any()
