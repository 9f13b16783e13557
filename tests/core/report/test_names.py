"""Things and key figures carry their names, and lists and years stand as people write them."""

from dataclasses import replace

import pandas as pd
import pytest

import hamlet_plan
from koppelkans.appraisal.effects import EFFECTS
from koppelkans.ground.settings import make_settings
from koppelkans.ground.words import say
from koppelkans.report.names import (
    called,
    figure_words,
    fund_names,
    instead_of,
    listed,
    many,
    span,
    streets_of,
    work_names,
)

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


def test_own_money_carries_the_name_of_its_party():
    names = fund_names(hamlet_plan.plan(), "nl")
    assert names["own:gas"] == "Eigen geld van Netbeheerder"
    assert names["rioolheffing"] == "Rioolheffing"


def test_years_stand_as_people_write_them():
    assert span(2029, 2031) == "2029–2031"
    assert span(2029.0, 2029.0) == "2029"
    assert span(2029, None) == "2029"
    assert span(float("nan"), None) == "–"


def test_a_long_list_says_how_many_more_there_are():
    assert listed(["a", "b", "c"], most=2, lang="nl") == "a, b en nog 1"
    assert listed(["a", "b"], most=2, lang="en") == "a, b"


def test_an_unknown_key_is_a_dash_and_a_strange_one_itself():
    assert called(pd.Series(["gas", None, "other"]), {"gas": "Netbeheerder"}) == ["Netbeheerder", "–", "other"]


def test_the_streets_of_a_work_are_those_it_opens():
    streets = streets_of(hamlet_plan.plan().context)
    assert streets["w-sewer"] == "Dorpsstraat"
    assert streets["w-water-3"] == "Kerkweg"


def test_one_is_told_in_the_singular():
    assert many(1, "in one bundle", "in {count} bundles", "nl") == "in één bundel"
    assert many(1_200, "in one bundle", "in {count} bundles", "nl") == "in 1.200 bundels"


def test_works_of_ours_that_share_a_name_are_told_apart_in_words_and_others_by_their_key():
    plan = hamlet_plan.plan()
    works = plan.context.works
    kept = ["w-sewer", "w-water-1", "w-water-3", "w-paving"]
    works = works[works["work"].isin(kept)].assign(name="Werk Kerkweg")
    ours = works.assign(origin=works["origin"].mask(works["work"] == "w-water-3", "derived"))
    found = work_names(replace(plan, context=replace(plan.context, works=ours)))
    assert found["w-paving"] == "Werk Kerkweg (w-paving)"  # as its register calls it
    assert found["w-water-3"] == "Werk Kerkweg (Oost)"
    years = works.set_index("work")["best_year"]
    assert found["w-sewer"] == f"Werk Kerkweg (West, {years['w-sewer']})"
    same = replace(plan, context=replace(plan.context, works=ours.assign(best_year=2030)))
    assert sorted(name for work, name in work_names(same).items() if work in ("w-sewer", "w-water-1")) == [
        "Werk Kerkweg (West, 2030, nr. 1)", "Werk Kerkweg (West, 2030, nr. 2)",
    ]  # fmt: skip


def test_as_many_openings_as_apart_are_not_told_as_fewer():
    assert instead_of(3, 3, "nl") == "net zo vaak als wanneer elk werk alleen kwam"
    assert instead_of(4, 3, "nl") == "in plaats van 4 keer, als elk werk alleen kwam"
