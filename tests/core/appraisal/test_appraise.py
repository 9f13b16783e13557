"""The door of the appraisal, worked out by hand on the hamlet."""

from dataclasses import replace
from pathlib import Path

import pandas as pd
import pytest

import hamlet
from koppelkans.appraisal import Appraisal, appraise
from koppelkans.appraisal.effect import RESIDENTS
from koppelkans.ground.errors import SettingError
from koppelkans.ground.shelf import load, save
from koppelkans.ground.tables import shape


@pytest.fixture(scope="module")
def made() -> Appraisal:
    return appraise(hamlet.context(), hamlet.vision(), hamlet.opportunities(), settings=hamlet.settings())


def amount(made: Appraisal, work: str, effect: str, holder: str) -> tuple[int, str]:
    row = made.amounts.set_index(["work", "effect", "holder"]).loc[(work, effect, holder)]
    return int(row["amount_eur"]), str(row["side"])


def test_what_is_paid_is_below_zero_and_what_is_gained_above(made: Appraisal):
    assert amount(made, "w-sewer", "capital_cost", "gemeente") == (-80_000, "cost")
    assert amount(made, "w-sewer", "opening_cost", "gemeente") == (-2 * 29_700, "cost")
    assert amount(made, "w-water-3", "nuisance", RESIDENTS) == (-1_800, "cost")
    # 0.8 need x 0.5 weight x level 2 x 0.1 effect in each of two sections = 0.16 points of 40,000 eur
    assert amount(made, "w-sewer", "ambition_worth", RESIDENTS) == (6_400, "benefit")
    # two digs x 0.0556 damages x 947 eur of 2023 x 1.03 ** 3
    assert amount(made, "w-sewer", "digging_damage", "gemeente") == (-115, "cost")


def test_what_is_not_known_stands_as_pm_with_its_own_row(made: Appraisal):
    rows = made.amounts.set_index(["work", "effect"])
    for work, effect in (("w-paving-4", "capital_cost"), ("w-gas", "avoided_failure_risk"), ("w-gas", "upkeep_change")):
        assert pd.isna(rows.loc[(work, effect), "amount_eur"])
        assert rows.loc[(work, effect), "basis"] == "unknown"


def test_every_amount_names_its_source(made: Appraisal):
    assert made.amounts["source"].str.len().gt(0).all()
    prices = made.amounts.set_index(["work", "effect"])["source"]
    assert "RIONED" in prices[("w-sewer", "capital_cost")]  # derived from the unit price
    assert prices[("w-gas", "capital_cost")] == "gasplan"  # given by the source of the work


def test_one_opening_for_three_works_saves_two(made: Appraisal):
    shared = made.together.set_index("section")
    # S2: three openings of 29,700 and two trenches: sewer 0.15 x 40,000 and gas 0.15 x 17,000; paving does not dig
    assert shared.loc["S2", "apart_eur"] == 3 * 29_700 + 6_000 + 2_550
    assert shared.loc["S2", "together_eur"] == 29_700 + 6_000
    assert shared.loc["S2", "saving_eur"] == 2 * 29_700 + 2_550
    assert shared.loc["S2", "nuisance_saved_eur"] == 2 * 600
    assert sorted(shared.index) == ["S1", "S2"]


def test_worths_give_the_programme_cost_early_late_and_worth(made: Appraisal):
    sewer = made.worths.set_index("work").loc["w-sewer"]
    assert sewer["apart_eur"] == 80_000 + 2 * 29_700
    assert sewer["early_eur_per_year"] == round(80_000 / 60)
    assert sewer["late_eur_per_year"] == round(80_000 * 0.03 * (0.5 + 0.6))
    assert (sewer["need_points"], sewer["worth_eur"]) == (pytest.approx(0.16), 6_400)
    assert sewer["nuisance_eur"] == 1_200


def test_a_work_without_a_cost_has_no_worth_of_money_but_keeps_its_points(made: Appraisal):
    paving = made.worths.set_index("work").loc["w-paving-4"]
    assert paving[["cost_eur", "apart_eur", "early_eur_per_year", "late_eur_per_year"]].isna().all()
    assert paving["need_points"] == pytest.approx(0.1)


def test_the_order_of_the_rows_changes_nothing(made: Appraisal):
    town, finds = hamlet.context(), hamlet.opportunities()
    turned = {name: getattr(town, name).iloc[::-1] for name in ("works", "sections", "touches", "assets")}
    other = appraise(
        type(town)(**{name: turned.get(name, getattr(town, name)) for name in town.TABLES}, trace=town.trace),
        hamlet.vision(),
        replace(finds, section_needs=finds.section_needs.iloc[::-1]),
        settings=hamlet.settings(),
    )
    for name in Appraisal.TABLES:
        pd.testing.assert_frame_equal(getattr(other, name), getattr(made, name))


def test_an_empty_city_is_appraised_as_empty():
    town = hamlet.context()
    bare = type(town)(**{name: getattr(town, name).iloc[:0] for name in town.TABLES}, trace=town.trace)
    made = appraise(bare, hamlet.vision(), hamlet.opportunities(), settings=hamlet.settings())
    assert all(getattr(made, name).empty for name in Appraisal.TABLES)


def test_the_product_goes_to_the_shelf_and_back(made: Appraisal, tmp_path: Path):
    back = load(Appraisal, save(made, tmp_path / "appraisal"))
    for name, schema in Appraisal.TABLES.items():
        pd.testing.assert_frame_equal(shape(getattr(back, name), schema), getattr(made, name))


def test_a_figure_that_is_missing_is_named():
    settings = hamlet.settings()
    figures = {name: figure for name, figure in settings.appraisal.figures.items() if name != "point_eur"}
    without = settings.model_copy(update={"appraisal": settings.appraisal.model_copy(update={"figures": figures})})
    with pytest.raises(SettingError, match=r"appraisal\.figures\.point_eur"):
        appraise(hamlet.context(), hamlet.vision(), hamlet.opportunities(), settings=without)
