"""What the settings say about the weighing, checked and made ready."""

import tracemalloc

import numpy as np
import pytest

from koppelkans.ground.errors import SettingError
from koppelkans.ground.settings import WeighingPart
from koppelkans.weighing.criteria import CRITERIA
from koppelkans.weighing.framing import answer_table, combine_inside, framed, grounded, warnings
from koppelkans.weighing.method import USUAL, Method
from koppelkans.weighing.methods import METHODS

AHP = {
    "how": "ahp",
    "pairs": [
        {"one": "need_met", "other": "ambitions_served", "times": 9},
    ],
}
RING = {
    "how": "ahp",
    "pairs": [
        {"one": "risk_taken_away", "other": "overdue_years", "times": 9},
        {"one": "overdue_years", "other": "life_thrown_away", "times": 9},
        {"one": "life_thrown_away", "other": "risk_taken_away", "times": 9},
    ],
}


def part(**more: object) -> WeighingPart:
    """Return settings of the weighing."""
    return WeighingPart.model_validate(more)


def test_answers_that_go_round_in_a_ring_are_warned_of_with_their_ratio():
    """Three in a ring of 9: weights all equal, lambda 1 + 9 + 1/9; (10.111 - 3) / 2 / 0.58 = 6.13."""
    frame = framed(part(elicited={"technical": RING, "ambitions": AHP}), CRITERIA)
    answers = answer_table(frame).set_index("node")
    assert answers.loc["technical", "consistency"] == pytest.approx(7.1111 / 2 / 0.58, abs=1e-3)
    assert answers["ask_again"].to_dict() == {"technical": True, "ambitions": False}
    (told,) = warnings(answer_table(frame))
    assert told.startswith("answers of city about technical contradict each other: 6.13 where at most 0.10")
    weights = dict(zip(frame.tree.leaves, frame.city.weights, strict=True))
    assert weights["risk_taken_away"] == pytest.approx(1 / 18)
    assert weights["need_met"] == pytest.approx(0.9 / 6)


def test_a_criterion_is_under_the_ground_of_its_node():
    frame = framed(part(nodes=[{"node": "x", "under": "technical", "criteria": ["nuisance"]}]), CRITERIA)
    assert dict(zip(frame.tree.leaves, grounded(frame), strict=True))["nuisance"] == "technical"


def test_thresholds_of_a_criterion_go_before_those_for_all():
    frame = framed(part(value_functions={"nuisance": {"preference": 0.5}}, indifference=0.1), CRITERIA)
    at = [one.name for one in frame.criteria].index("nuisance")
    assert (frame.tuning.preference[at], frame.tuning.preference[0]) == (0.5, 0.2)
    assert set(frame.tuning.indifference) == {0.1}


def test_a_method_that_compares_works_leaves_out_those_that_are_out():
    frame = framed(part(method="topsis", criteria={one.name: 0 for one in CRITERIA[2:]}), CRITERIA)
    scores = np.array([[1.0, 1.0], [0.5, 0.5], [0.0, 0.0]])
    made = combine_inside(frame, scores, np.array([False, True, True]))
    assert made.totals.tolist() == pytest.approx([float("nan"), 1, 0], nan_ok=True)


def test_a_method_that_compares_all_pairs_refuses_a_large_town():
    frame = framed(part(method="electre_iii"), CRITERIA)
    with pytest.raises(SettingError, match="at most 1000 works") as told:
        combine_inside(frame, np.zeros((1001, len(CRITERIA))), np.ones(1001, dtype=bool))
    (fault,) = told.value.faults
    assert (fault.found.said("nl"), fault.column) == ("ELECTRE III met 1001 werken", "weighing.method")
    # what to do stands in it, in both languages: another method, by its name in the settings, or fewer works
    for lang in ("nl", "en"):
        assert "promethee_ii" in fault.wanted.said(lang)
        assert "weighing.knock_outs" in fault.wanted.said(lang)


@pytest.mark.parametrize("method", [one for one in METHODS if not one.most], ids=lambda method: method.name)
def test_a_method_without_a_limit_holds_no_table_of_pairs_of_ten_thousand_works(method: Method):
    scores = np.random.default_rng(1).random((10_000, 12))
    tracemalloc.start()
    method.combine(scores, np.ones(12), USUAL)
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert peak < 50e6  # every pair would take 10,000 x 10,000 x 8 bytes: 800 million


@pytest.mark.parametrize(
    ("said", "place"),
    [
        ({"groups": [{"group": "a"}, {"group": "a"}]}, "weighing.groups"),
        ({"groups": [{"group": "city"}]}, "weighing.groups"),
        ({"groups": [{"group": "a", "criteria": {"beauty": 1}}]}, "weighing.groups.0.criteria"),
        ({"groups": [{"group": "a", "elicited": {"x": {}}}]}, "weighing.groups.0.elicited.x"),
    ],
)
def test_a_group_that_cannot_be_heard_is_told_with_its_place(said: dict, place: str):
    with pytest.raises(SettingError) as told:
        framed(part(**said), CRITERIA)
    assert [fault.column for fault in told.value.faults] == [place]
