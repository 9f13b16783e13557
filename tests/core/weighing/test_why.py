"""The sentence that says why, in both languages and with correct singular, plural, euros and shares."""

from dataclasses import replace

import numpy as np
import pytest

from koppelkans.weighing.criteria import CRITERIA
from koppelkans.weighing.why import in_words, lifts, sentences

BY_NAME = {criterion.name: criterion for criterion in CRITERIA}


@pytest.mark.parametrize(
    ("name", "value", "nl", "en"),
    [
        ("wishes_answered", 1.0, "1 wens", "1 wish"),
        ("wishes_answered", 3.0, "3 wensen", "3 wishes"),
        ("nuisance", 12_300.4, "12.300 adresdagen", "12,300 address-days"),
        ("risk_taken_away", 2_640.0, "€ 2.640 per jaar", "€2,640 per year"),
        ("saving_together", 20_650.0, "€ 20.650", "€20,650"),
        ("earmarked_share", 0.85, "85 % van de kosten", "85 % of the cost"),
        ("passage", 3.75, "3,75 van 5", "3.75 of 5"),
        ("need_met", 0.16, "0,16 punten", "0.16 points"),
    ],
)
def test_a_measure_is_said_as_people_say_it(name: str, value: float, nl: str, en: str):
    assert in_words(BY_NAME[name], value, lang="nl") == nl
    assert in_words(BY_NAME[name], value, lang="en") == en


def test_a_lift_is_weight_times_the_distance_to_the_mean_and_unknown_lifts_nothing():
    made = lifts(np.array([[1.0, 0.0], [0.0, float("nan")]]), np.array([0.4, 0.6]))
    np.testing.assert_allclose(made, [[0.2, 0.0], [-0.2, 0.0]])


def test_one_lift_no_lift_and_no_press_are_told_as_such():
    criteria = [BY_NAME["wishes_answered"], BY_NAME["nuisance"]]
    measures = np.array([[2.0, 10.0], [0.0, 10.0], [1.0, 10.0]])
    lift = np.array([[0.1, 0.0], [-0.1, 0.0], [0.0, 0.0]])
    made = sentences(measures, lift, np.array([1.0, 0.5, 1.0]), criteria, lang="nl")
    assert made == [
        "Scoort goed op wensen die kunnen meeliften (2 wensen).",
        (
            "Scoort nergens beter dan de andere werken. Scoort minder op wensen die kunnen meeliften (0 wensen). "
            "Niet bekend: 50 % van het gewicht."
        ),
        "Scoort nergens beter dan de andere werken.",
    ]


def test_a_single_criterion_is_not_named_twice():
    made = sentences(np.array([[2.0]]), np.array([[0.1]]), np.array([1.0]), [BY_NAME["wishes_answered"]], lang="en")
    assert made == ["Scores well on wishes that can ride along (2 wishes)."]


def test_no_works_no_sentences():
    assert sentences(np.empty((0, 1)), np.empty((0, 1)), np.empty(0), [replace(CRITERIA[0])], lang="nl") == []
