"""See koppelkans.ground.settings.rooms."""

import pytest

from koppelkans.ground.errors import SettingError
from koppelkans.ground.settings import GROUNDS, make_settings


def test_an_entry_with_the_same_name_is_laid_over_the_default_and_a_new_one_comes_behind():
    made = make_settings({"funds": [{"fund": "groen", "budget_eur": 5}, {"fund": "klimaat"}]})
    funds = {fund.fund: fund for fund in made.funds}
    assert funds["groen"].budget_eur == 5
    assert funds["groen"].kinds == ["tree", "green"]
    assert made.funds[-1].fund == "klimaat"


def test_weights_must_name_grounds_and_weigh_something():
    for weights in ({"beauty": 1}, dict.fromkeys(GROUNDS, 0), {"technical": -1}):
        with pytest.raises(SettingError):
            make_settings({"weighing": {"weights": weights}})
