"""The ambitieweb tells how much of the need the works of the programme meet, and where that is unknown."""

from dataclasses import replace
from pathlib import Path

import pandas as pd
import pytest

import hamlet
import hamlet_plan
from koppelkans.area.scopes import Scopes
from koppelkans.area.web import FORMULA, LEVELS, make_web
from koppelkans.ground.errors import SettingError
from koppelkans.vision.product import Vision

NAMES = pd.DataFrame(
    {"of": "area", "place": ["East", "West"], "name": ["Oost", "West"], "decided_of": "area", "decided_place": ["East", "West"]}
)  # fmt: skip
SECTIONS = pd.DataFrame({"of": "area", "place": ["West", "West", "East", "East"], "section": ["S1", "S2", "S3", "S4"]})
WORKS = pd.DataFrame({"of": "area", "place": ["West"] * 2, "work": ["w-sewer", "w-paving"], "share": [1.0, 1.0]})


def web(
    needs_met: pd.DataFrame | None = None,
    works: pd.DataFrame = WORKS,
    themes: tuple[str, ...] = (),
    vision: Vision | None = None,
) -> pd.DataFrame:
    """Return the web of the areas of the hamlet by area and theme."""
    met = hamlet_plan.appraisal().needs_met if needs_met is None else needs_met
    scopes = Scopes(NAMES, SECTIONS, works)
    made = make_web(vision or hamlet.vision(), hamlet.opportunities(), needs_met=met, scopes=scopes, themes=themes)
    return made.set_index(["place", "theme"])


def test_the_level_reached_is_three_times_the_share_of_the_need_that_is_met():
    # biodiversity in West: need 0.8 in S1 and in S2, the sewer meets 0.16: 3 x 0.16 / 1.6 = 0.3
    assert web().loc[("West", "biodiversity"), "reached_level"] == pytest.approx(0.3)
    # heat in West: need 0.5 twice, the paving meets 0.2: 3 x 0.2 / 1.0 = 0.6
    assert web().loc[("West", "heat_stress"), "reached_level"] == pytest.approx(0.6)


def test_half_a_work_meets_half_of_the_need():
    half = web(works=WORKS.assign(share=0.5))
    assert half.loc[("West", "heat_stress"), "points"] == pytest.approx(0.1)


def test_more_than_the_need_is_still_the_highest_level():
    plenty = hamlet_plan.appraisal().needs_met.assign(met=9.0)
    assert web(plenty).loc[("West", "heat_stress"), "reached_level"] == LEVELS


def test_no_work_with_an_effect_reaches_nothing_and_an_unknown_need_stays_unknown():
    assert web().loc[("East", "heat_stress"), "reached_level"] == 0.0
    assert pd.isna(web().loc[("East", "biodiversity"), "reached_level"])
    assert pd.isna(web().loc[("East", "biodiversity"), "need_score"])


def test_a_work_with_an_effect_but_without_a_quantity_makes_the_level_unknown():
    unknown = hamlet_plan.appraisal().needs_met.assign(met=float("nan"))
    assert pd.isna(web(unknown).loc[("West", "heat_stress"), "reached_level"])


def test_a_city_chooses_which_themes_are_drawn_and_in_which_order():
    made = web(themes=("heat_stress", "biodiversity")).loc["West"]
    assert made.index.tolist() == ["heat_stress", "biodiversity"]
    with pytest.raises(SettingError, match=r"area.themes.*nearest name is `heat_stress`"):
        web(themes=("heatstress",))


def test_an_area_wants_what_was_decided_for_it_and_else_what_the_city_wants():
    made = web()
    assert made.loc[("West", "heat_stress"), ["generic_level", "wanted_level", "wanted_basis"]].tolist() == [
        1,
        2,
        "area",
    ]
    assert made.loc[("East", "heat_stress"), ["generic_level", "wanted_level", "wanted_basis"]].tolist() == [
        1,
        1,
        "city",
    ]


def together(*ambitions: str) -> Vision:
    """Return the vision of the hamlet with one theme for these ambitions."""
    vision = hamlet.vision()
    one = vision.themes.head(1).assign(theme="both", ambitions=", ".join(ambitions))
    return replace(vision, themes=one, webs=vision.webs.iloc[:0])


def test_a_theme_of_two_ambitions_adds_their_needs_and_what_is_met():
    # West: (0.16 + 0.20) met of 0.8 + 0.8 + 0.5 + 0.5 = 2.6 needed: 3 x 0.36 / 2.6
    west = web(vision=together("biodiversity", "heat_stress")).loc[("West", "both")]
    assert west["reached_level"] == pytest.approx(3 * 0.36 / 2.6)
    assert west["need_score"] == pytest.approx(2.6 / 4)
    assert west[["wanted_level", "counted", "unknown"]].tolist() == [2, 2, 0]


def test_an_unknown_ambition_of_a_theme_does_not_count_and_is_counted():
    # East: nothing is known of biodiversity, and no work helps the heat
    east = web(vision=together("biodiversity", "heat_stress")).loc[("East", "both")]
    assert east[["reached_level", "counted", "unknown"]].tolist() == [0.0, 2, 1]


def test_a_theme_without_ambitions_is_drawn_but_its_level_is_unknown():
    vision = hamlet.vision()
    alone = replace(
        vision, themes=vision.themes.assign(ambitions=pd.Series([None, None], dtype="str")), webs=vision.webs.iloc[:0]
    )
    made = web(vision=alone)
    assert made["reached_level"].isna().all()
    assert made["wanted_level"].isna().all()
    assert made["counted"].eq(0).all()


def test_the_page_of_the_method_has_the_formula_of_the_code():
    page = Path(__file__).parents[3] / "docs" / "methods" / "area.md"
    assert f"$${FORMULA}$$" in page.read_text(encoding="utf-8")
