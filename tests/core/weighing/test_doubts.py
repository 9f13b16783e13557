"""Answers that contradict each other too much, in words."""

from dataclasses import replace

import pytest

import hamlet_plan
from koppelkans.weighing.elicit import doubts


@pytest.mark.parametrize(
    ("lang", "sentence"),
    [
        (
            "nl",
            "De antwoorden van Buurtpanel over de zes gronden spreken elkaar tegen (consistentieratio 0,25, hoogstens 0,10 is goed): vraag het opnieuw voordat u erop vertrouwt.",
        ),
        (
            "en",
            "The answers of Buurtpanel about the six grounds contradict each other (consistency ratio 0.25, at most 0.10 is good): ask again before you rely on them.",
        ),
    ],
)
def test_a_group_that_contradicts_itself_is_named_with_its_ratio(lang: str, sentence: str):
    assert doubts(hamlet_plan.plan().weighing, lang) == [sentence]


def test_answers_that_fit_are_not_doubted():
    weighing = hamlet_plan.plan().weighing
    assert doubts(replace(weighing, answers=weighing.answers.assign(ask_again=False)), "nl") == []
