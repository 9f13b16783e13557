"""The kansen- en knelpuntenkaart of the hamlet, from the door."""

from dataclasses import replace
from pathlib import Path

import pytest

import hamlet
from koppelkans.context.product import Context
from koppelkans.ground.shelf import load, save
from koppelkans.opportunities import Opportunities, spot


def spotted(context: Context | None = None, **parts: object) -> Opportunities:
    return spot(context or hamlet.context(), hamlet.vision(), settings=hamlet.settings(**parts))


def test_the_hamlet_has_chances_and_clashes_each_with_its_side_unit_and_score():
    finds = spotted(funds=[{"fund": "rioolheffing", "budget_eur": 20_000}]).finds.set_index("find")
    assert finds.loc["shared_street:S2", ["side", "unit", "score"]].tolist() == ["chance", "opening", 1.0]
    assert finds.loc["shared_street:S1", "score"] == pytest.approx(29_700 * 0.5 / (59_400 * 2 / 3))
    assert finds.loc["money_overload:rioolheffing:2028", "side"] == "clash"
    assert finds.loc["money_overload:rioolheffing:2028"].geometry is None


def test_everybody_and_everything_that_a_find_is_about_is_listed():
    involved = spotted().involved
    rows = involved[involved["find"] == "shared_street:S2"]
    assert rows[["what", "name"]].to_numpy().tolist() == [
        ["party", "gas"],
        ["party", "gemeente"],
        ["work", "w-gas"],
        ["work", "w-paving"],
        ["work", "w-sewer"],
    ]
    rides = involved[involved["find"] == "riding_along:S1"]
    assert set(rides["what"]) == {"party", "work", "ambition"}


def test_an_empty_city_has_an_empty_map():
    context = hamlet.context()
    names = ("works", "touches", "work_assets", "sections", "assets", "wishes", "areas")
    made = spotted(replace(context, **{name: getattr(context, name)[:0] for name in names}))
    assert (len(made.finds), len(made.involved), len(made.section_needs)) == (0, 0, 0)


def test_the_map_comes_back_from_the_shelf(tmp_path: Path):
    made = spotted()
    back = load(Opportunities, save(made, tmp_path))
    assert back.finds.drop(columns="geometry").equals(made.finds.drop(columns="geometry"))
    assert back.section_needs.equals(made.section_needs)


def test_what_the_vision_could_not_know_stays_in_the_trace():
    vision = replace(hamlet.vision(), trace=hamlet.TRACE.noting(notes=("need for water is unknown",)))
    made = spot(hamlet.context(), vision, settings=hamlet.settings())
    assert made.trace.notes == ("need for water is unknown",)
