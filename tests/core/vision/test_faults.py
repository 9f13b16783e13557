"""Every fault of the vision at once, with its place."""

import hamlet
from koppelkans.ground.settings import Settings
from koppelkans.vision.faults import faults_of


def places(settings: Settings) -> set[str]:
    return {str(fault.column) for fault in faults_of(settings, settings.vision.ambitions)}


def vision(**parts: object) -> Settings:
    return hamlet.settings(vision=parts)


def test_a_city_with_good_webs_has_no_faults():
    web = {
        "phase": "initiatief",
        "decided_on": "2026-02-01",
        "decided_by": "raad",
        "reason": "proef",
        "levels": {"hitte": 2},
    }
    assert places(vision(webs=[web | {"of": "area", "place": "West"}])) == set()


def test_needs_effects_and_webs_are_told_together():
    ambition = {
        "ambition": "heat_stress",
        "nl": "hitte",
        "en": "heat",
        "needs": [{"source": "niets"}],
        "effects": {"paleis": 0.1},
    }
    web = {"phase": "droom", "decided_on": "2026-02-01", "decided_by": "raad", "levels": {"hitte": 1, "geluk": 2}}
    found = places(vision(ambitions=[ambition], webs=[web]))
    assert {"vision.webs.0.phase", "vision.webs.0.levels.geluk"} <= found
    assert "vision.ambitions.heat_stress.effects.paleis" in found
    assert any(place.endswith("needs.0.source") for place in found)


def test_a_set_of_themes_that_is_not_there_is_told_instead_of_the_webs_on_it():
    assert "vision.theme_set" in places(vision(theme_set="regenboog"))


def test_two_truths_about_a_level_are_told():
    web = {"phase": "initiatief", "decided_on": "2026-02-01", "decided_by": "raad", "levels": {"hitte": 3}}
    assert "vision.ambitions.heat_stress.level" in places(vision(webs=[web]))
