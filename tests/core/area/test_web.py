"""The ambitieweb tells how much of the need the works of the programme meet, and where that is unknown."""

from pathlib import Path

import pandas as pd
import pytest

import hamlet
import hamlet_plan
from koppelkans.area.web import FORMULA, LEVELS, make_web

HOMES = pd.DataFrame({"section": ["S1", "S2", "S3", "S4"], "area": ["West", "West", "East", "East"]})
AGENDA = pd.DataFrame({"area": ["West"] * 2, "work": ["w-sewer", "w-paving"], "share": [1.0, 1.0]})


def web(
    needs_met: pd.DataFrame | None = None, agenda: pd.DataFrame = AGENDA, themes: tuple[str, ...] = ()
) -> pd.DataFrame:
    """Return the web of the hamlet by area and theme."""
    met = hamlet_plan.appraisal().needs_met if needs_met is None else needs_met
    made = make_web(hamlet.vision(), hamlet.opportunities(), needs_met=met, agenda=agenda, homes=HOMES, themes=themes)
    return made.set_index(["area", "theme"])


def test_the_level_reached_is_three_times_the_share_of_the_need_that_is_met():
    # biodiversity in West: need 0.8 in S1 and in S2, the sewer meets 0.16: 3 x 0.16 / 1.6 = 0.3
    assert web().loc[("West", "biodiversity"), "reached_level"] == pytest.approx(0.3)
    # heat in West: need 0.5 twice, the paving meets 0.2: 3 x 0.2 / 1.0 = 0.6
    assert web().loc[("West", "heat_stress"), "reached_level"] == pytest.approx(0.6)


def test_half_a_work_meets_half_of_the_need():
    half = web(agenda=AGENDA.assign(share=0.5))
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


def test_a_city_chooses_its_own_themes_in_its_own_order():
    made = web(themes=("heat_stress", "soil")).loc["West"]
    assert made.index.tolist() == ["heat_stress", "soil"]
    assert made.loc["soil", ["name_nl", "wanted_level"]].tolist() == ["soil", 0]
    assert pd.isna(made.loc["soil", "reached_level"])


def test_the_page_of_the_method_has_the_formula_of_the_code():
    page = Path(__file__).parents[3] / "docs" / "methods" / "area.md"
    assert f"$${FORMULA}$$" in page.read_text(encoding="utf-8")
