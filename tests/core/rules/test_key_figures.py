"""Key figures are found by name and brought to the price level of the city."""

import pandas as pd
import pytest

from koppelkans.ground.errors import SettingError
from koppelkans.ground.settings import Figure
from koppelkans.rules.key_figures import key_figure, per_road_class

FIGURES = {
    "price_index": Figure(value=0.02, unit="share per year"),
    "setup_eur": Figure(value=100.0, unit="eur/opening", price_year=2020),
    "opened_share": Figure(value=0.4, unit="share"),
}


def test_an_amount_grows_with_the_index_and_a_share_does_not():
    assert key_figure(FIGURES, "setup_eur", price_year=2022) == pytest.approx(104.04)
    assert key_figure(FIGURES, "opened_share", price_year=2022) == 0.4


def test_without_an_index_an_amount_keeps_its_own_price_level():
    assert key_figure({"setup_eur": FIGURES["setup_eur"]}, "setup_eur", price_year=2022) == 100.0


def test_a_figure_that_is_not_there_is_told_with_its_key():
    with pytest.raises(SettingError) as told:
        key_figure(FIGURES, "point_eur", price_year=2022)
    assert [fault.column for fault in told.value.faults] == ["appraisal.figures.point_eur"]


def test_every_road_class_gets_its_value_and_a_missing_one_its_fault():
    classes = pd.Series(["main", "path", "main"])
    assert per_road_class(classes, {"main": 3, "path": 0.5}, key="appraisal.traffic").tolist() == [3.0, 0.5, 3.0]
    with pytest.raises(SettingError) as told:
        per_road_class(classes, {"main": 3}, key="appraisal.traffic")
    assert [fault.column for fault in told.value.faults] == ["appraisal.traffic.path"]
