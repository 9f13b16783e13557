"""Key figures with a range, as factors of their value."""

import pytest

import hamlet
from koppelkans.appraisal.business.ranges import ranges
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
