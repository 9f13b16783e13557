"""The ambitieweb is data: sets and themes lie over the defaults by their name, phases and decisions stand as the city writes them."""

from datetime import date

import pytest

from koppelkans.ground.errors import SettingError
from koppelkans.ground.settings import make_settings
from koppelkans.ground.settings.vision import VisionPart


def vision(**own: object) -> VisionPart:
    """Return the settings of the vision, laid over the defaults."""
    return make_settings({"city": {"name": "x"}, "vision": own}).vision


def test_two_sets_and_five_phases_come_along():
    usual = vision()
    assert [one.set for one in usual.theme_sets] == ["ambitions", "gww"]
    assert [one.nl for one in usual.phases] == ["initiatief", "programma", "ontwerp", "uitvoering", "gebruik"]


def test_a_theme_of_the_city_lies_over_the_default_and_keeps_the_rest():
    changed = vision(theme_sets=[{"set": "gww", "themes": [{"theme": "water", "nl": "Blauw"}]}])
    water = next(one for one in changed.theme_sets[1].themes if one.theme == "water")
    assert (water.nl, water.en, water.ambitions) == ("Blauw", "Water", ["water"])
    assert sorted(water.asks) == ["1", "2", "3"]
    assert len(changed.theme_sets[1].themes) == 12


def test_the_ambitions_of_a_theme_are_replaced_as_a_whole():
    changed = vision(theme_sets=[{"set": "gww", "themes": [{"theme": "wellbeing", "ambitions": ["participation"]}]}])
    assert next(one for one in changed.theme_sets[1].themes if one.theme == "wellbeing").ambitions == ["participation"]


def test_a_date_may_be_written_as_a_date_or_as_text():
    said = {"phase": "initiatief", "decided_by": "raad", "levels": {}}
    days = [vision(webs=[said | {"decided_on": day}]).webs[0].decided_on for day in ("2026-05-12", date(2026, 5, 12))]
    assert days == [date(2026, 5, 12)] * 2


def test_a_decision_without_who_and_when_is_refused_with_its_place():
    with pytest.raises(SettingError) as told:
        vision(webs=[{"phase": "initiatief", "levels": {}}])
    assert {fault.column for fault in told.value.faults} == {"vision.webs.0.decided_on", "vision.webs.0.decided_by"}
