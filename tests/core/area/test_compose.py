"""The programme of the city is told per area, and nothing is lost or counted twice on the way."""

from dataclasses import replace
from pathlib import Path

import pandas as pd

import hamlet
import hamlet_plan
from koppelkans.account import Account, reckon
from koppelkans.area import Areas, compose
from koppelkans.context.product import Context
from koppelkans.ground.settings import Settings
from koppelkans.ground.shelf import load, save


def reckoned(context: Context | None = None, settings: Settings | None = None) -> Account:
    """Return the account of the hamlet."""
    parts = (context or hamlet.context(), hamlet_plan.appraisal(), hamlet_plan.programme())
    return reckon(*parts, settings=settings or hamlet.settings())


def composed(context: Context | None = None, settings: Settings | None = None) -> Areas:
    """Return the areas of the hamlet."""
    return compose(
        context or hamlet.context(),
        hamlet.vision(),
        hamlet_plan.opportunities(),
        hamlet_plan.appraisal(),
        hamlet_plan.programme(),
        reckoned(context, settings),
        settings=settings or hamlet.settings(),
    )


def test_each_area_has_its_works_openings_and_euros():
    west = composed().summary.set_index("area").loc["West"]
    assert west[["works", "bundles", "openings", "apart_openings"]].tolist() == [4, 1, 2, 5]
    works, openings = 80_000 + 52_000 + 17_000 + 19_000, 2 * 20_000
    assert west[["investment_eur", "saving_eur"]].tolist() == [works + openings, 40_000]
    counts = composed().wish_counts.set_index("area")
    assert counts.loc["West", ["wishes", "yes", "to_be_judged"]].tolist() == [1, 0, 1]


def test_an_area_programme_ends_after_its_own_years_and_never_after_the_horizon():
    short = composed(settings=hamlet.settings(area={"years": 2})).summary
    assert short["last_year"].unique().tolist() == [2028]
    assert short.set_index("area")["works"].to_dict() == {"East": 1, "West": 0}
    assert short["saving_eur"].sum() == 0
    long = composed(settings=hamlet.settings(area={"years": 50})).summary
    assert long["last_year"].unique().tolist() == [2036]


def test_without_areas_the_city_is_one_area_with_its_own_name():
    context = hamlet.context()
    no_web = hamlet.settings(vision={})
    whole = composed(context=replace(context, areas=context.areas.iloc[:0]), settings=no_web)
    assert whole.summary[["area", "name", "works", "saving_eur"]].to_numpy().tolist() == [
        ["Gehucht", "Gehucht", 5, 40_000]
    ]
    assert whole.wish_counts[["area", "wishes"]].to_numpy().tolist() == [["Gehucht", 2]]
    assert whole.answers["area"].tolist() == ["Gehucht", "Gehucht"]
    assert whole.web.loc[whole.web["of"] == "area", "place"].unique().tolist() == ["Gehucht"]


def test_what_lies_outside_every_area_is_in_none_and_is_counted_in_the_trace():
    context = hamlet.context()
    only_west = replace(context, areas=context.areas[context.areas["area"] == "West"])
    areas = composed(context=only_west)
    assert areas.summary["area"].tolist() == ["West"]
    assert set(areas.agenda["area"]) == {"West"}
    assert "1 works of the programme lie outside every area" in areas.trace.notes


def test_the_order_of_rows_changes_nothing(tmp_path: Path):
    context = hamlet.context()
    turned = Context(
        **{name: getattr(context, name).iloc[::-1].reset_index(drop=True) for name in Context.TABLES},
        trace=context.trace,
    )
    there, back = composed(), composed(context=turned)
    for name in Areas.TABLES:
        pd.testing.assert_frame_equal(getattr(there, name), getattr(back, name))
    again = load(Areas, save(there, tmp_path))
    pd.testing.assert_frame_equal(again.answers, there.answers)
