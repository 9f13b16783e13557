"""Weights of grounds and criteria, by hand."""

import pytest

from koppelkans.ground.errors import SettingError
from koppelkans.ground.settings import WeighingPart
from koppelkans.weighing.criteria import CRITERIA
from koppelkans.weighing.methods import METHODS
from koppelkans.weighing.weights import chosen, criterion_weights, used

BY_NAME = {criterion.name: criterion for criterion in CRITERIA}
THREE = [BY_NAME["nuisance"], BY_NAME["quarter_need"], BY_NAME["need_met"]]


def test_a_ground_shares_its_weight_among_its_criteria():
    part = WeighingPart(weights={"liveability": 3.0, "ambitions": 1.0}, criteria={"nuisance": 2.0})
    assert criterion_weights(part, THREE).tolist() == pytest.approx([0.5, 0.25, 0.25])


def test_a_ground_without_a_criterion_takes_no_part():
    part = WeighingPart(weights={"liveability": 1.0, "financing": 9.0})
    assert criterion_weights(part, THREE[:2]).tolist() == pytest.approx([0.5, 0.5])


def test_weights_of_another_scale_are_the_same_weights():
    one = WeighingPart(weights={"liveability": 3.0, "ambitions": 1.0})
    other = WeighingPart(weights={"liveability": 300.0, "ambitions": 100.0})
    assert criterion_weights(one, THREE).tolist() == pytest.approx(criterion_weights(other, THREE).tolist())


def test_all_faults_of_the_criteria_are_told_at_once():
    with pytest.raises(SettingError) as told:
        used(WeighingPart(criteria={"beauty": 1.0, "nuisance": -1.0}), CRITERIA)
    assert [fault.column for fault in told.value.faults] == ["weighing.criteria.beauty", "weighing.criteria.nuisance"]


def test_a_method_is_found_by_its_name():
    assert chosen(WeighingPart(method="weighted_product"), METHODS).name == "weighted_product"
