"""See koppelkans.ground.settings.weighing."""

import pytest

from koppelkans.ground.errors import SettingError
from koppelkans.ground.settings import make_settings


def test_a_comparison_stays_on_the_scale_of_saaty():
    pair = {"one": "technical", "other": "financing", "times": 12}
    with pytest.raises(SettingError) as told:
        make_settings({"city": {"name": "x"}, "weighing": {"elicited": {"grounds": {"how": "ahp", "pairs": [pair]}}}})
    assert "weighing.elicited.grounds.pairs.0.times" in [fault.column for fault in told.value.faults]


def test_a_group_has_weights_of_its_own_and_names_only_grounds():
    group = {"group": "people", "kind": "residents", "weights": {"liveability": 2}}
    made = make_settings({"city": {"name": "x"}, "weighing": {"groups": [group]}}).weighing.groups[0]
    assert made.weights["technical"] == 0
    with pytest.raises(SettingError):
        make_settings({"city": {"name": "x"}, "weighing": {"groups": [group | {"weights": {"beauty": 1}}]}})


def test_nothing_set_is_nothing_changed():
    part = make_settings({"city": {"name": "x"}}).weighing
    assert part.method == "weighted_sum"
    assert not any([part.nodes, part.value_functions, part.groups, part.knock_outs, part.overrules, part.elicited])
