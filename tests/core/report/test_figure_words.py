"""Key figures have names, also those of an effect on a kind of work."""

import pytest

from koppelkans.appraisal.effects import EFFECTS
from koppelkans.ground.settings import make_settings
from koppelkans.ground.words import say
from koppelkans.report.figure_words import figure_words

SETTINGS = make_settings({})
KINDS = {lang: {name: getattr(kind, lang) for name, kind in SETTINGS.kinds.items()} for lang in ("nl", "en")}
SOCIETY = [
    name
    for name in SETTINGS.appraisal.figures
    if name.startswith(
        ("travel_delay", "digging_damage", *(effect.name for effect in EFFECTS if effect.lasts == "horizon"))
    )
    and not name.startswith("upkeep")
]


@pytest.mark.parametrize(
    ("name", "nl", "en"),
    [
        ("health_tree", "minder ziekte: boom", "less illness: tree"),
        ("traffic_safety_redesign", "minder ongevallen: herinrichting", "fewer accidents: redesign of the street"),
        ("travel_delay_eur", "reistijdverlies per dag dat een straat open ligt", "time lost by travellers per day that a street lies open"),
        ("heat_moon", "heat_moon", "heat_moon"),
    ],
)  # fmt: skip
def test_a_figure_is_called_by_its_effect_and_its_kind(name: str, nl: str, en: str):
    assert (figure_words(name, KINDS["nl"], "nl"), figure_words(name, KINDS["en"], "en")) == (nl, en)


@pytest.mark.parametrize("name", SOCIETY)
def test_what_society_gains_and_loses_tells_its_source_and_unit_in_dutch(name: str):
    figure = SETTINGS.appraisal.figures[name]
    assert say(figure.source, "nl") != figure.source
    assert say(figure.unit, "nl") != figure.unit


def test_there_are_figures_to_tell_of():
    assert {"travel_delay_eur", "health_tree", "property_value_green"} < set(SOCIETY)
