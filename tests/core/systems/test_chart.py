"""The routeboek of the hamlet, from the door, worked out by hand.

In 2030 sewer (200 m), gas (100 m), water in S1 (100 m) and paving (800 m2) are done, in 2028 water in S3 (100 m). No work
renews the gas main of the assets: the plan of its operator was not matched with it.
"""

import dataclasses
from pathlib import Path

import pandas as pd
import pytest

import hamlet
import hamlet_plan
from koppelkans.context.product import Context
from koppelkans.ground.shelf import load, save
from koppelkans.programme.product import Programme
from koppelkans.report.chapters.routebook import routebook
from koppelkans.systems import Systems, chart

ALL = list(range(2027, 2037))


def charted(context: Context | None = None, programme: Programme | None = None) -> Systems:
    return chart(context or hamlet.context(), programme or hamlet_plan.programme(), settings=hamlet.settings())


def column(made: pd.DataFrame, name: str, **where: str) -> list[float]:
    for key, value in where.items():
        made = made[made[key] == value]
    assert made["year"].tolist() == ALL
    return made[name].tolist()


def test_backlog_of_sewers_waits_for_2030_and_that_of_gas_stays():
    years = charted().years
    assert column(years, "backlog", kind="sewer_gravity") == [0, 100, 100, 0, 0, 0, 0, 0, 0, 0]
    assert column(years, "backlog", kind="water_main") == [0] * 10
    assert column(years, "backlog", kind="gas_low") == [0, 0, 0] + [100] * 7


def test_backlog_is_priced_at_the_price_level_of_the_city():
    """300 eur/m of 2015, indexed by 3 % a year to 2026: 415.27 eur/m."""
    assert column(charted().years, "backlog_eur", kind="sewer_gravity")[1] == round(100 * 300 * 1.03**11) == 41_527


def test_works_of_every_kind_stand_in_their_year():
    done = charted().years.query("works > 0")
    assert done[["kind", "year", "works", "quantity", "unit", "cost_eur"]].to_numpy().tolist() == [
        ["gas_low", 2030, 1, 100.0, "m", 17_000],
        ["water_main", 2028, 1, 100.0, "m", 19_000],
        ["water_main", 2030, 1, 100.0, "m", 19_000],
        ["paving", 2030, 1, 800.0, "m2", 52_000],
        ["sewer_gravity", 2030, 1, 200.0, "m", 80_000],
    ]


def test_condition_of_cables_and_pipes_runs_as_worked_out():
    """Two water mains of 19,000 eur are poor since 2023 and 2025; gas of 17,000 eur, score 3 in 2020, turns poor in 2030.3."""
    forecast = charted().forecast.query("system == 'cables_and_pipes'")
    water, gas = 19 / 55, 17 / 55
    assert column(forecast, "poor_share", case="nothing") == pytest.approx([2 * water] * 4 + [1] * 6)
    assert column(forecast, "fair_share", case="programme") == pytest.approx([gas] * 4 + [0] * 6)
    assert column(forecast, "good_share", case="programme") == pytest.approx([0, water, water] + [2 * water] * 7)
    assert column(forecast, "poor_share", case="programme") == pytest.approx([2 * water, water, water, 0] + [gas] * 6)


def test_condition_of_the_only_lamp_is_unknown_and_paving_made_is_no_asset():
    forecast = charted().forecast.query("system == 'infrastructure'")
    assert (forecast["unknown_share"] == 1).all()


def test_the_trace_says_what_counts_in_no_sum():
    context = hamlet.context()
    lost = context.assets.assign(length_m=context.assets["length_m"].mask(context.assets["asset"] == "a-gas-2"))
    unpriced = lost.assign(kind=lost["kind"].replace("lighting", "bridge"))
    more = pd.concat([unpriced, unpriced[unpriced["kind"] == "bridge"].assign(asset="a-lamp", kind="lighting")])
    programme = hamlet_plan.programme()
    done = dataclasses.replace(programme, plan=programme.plan.assign(year=2030))
    works = context.works.assign(quantity=context.works["quantity"].mask(context.works["work"] == "w-gas"))
    notes = charted(dataclasses.replace(context, assets=more, works=works), done).trace.notes
    assert [note.split(": ", 1)[1] for note in notes] == [
        "assets without a quantity in the unit of their kind, which count in no sum: 1",
        "works of the programme without a quantity: 1",
        "kinds without a price stand outside the condition forecast: bridge",
    ]


def test_where_nothing_is_known_every_table_is_there_without_rows():
    plan = hamlet_plan.nothing()
    made = chart(plan.context, plan.programme, settings=plan.settings)
    assert (len(made.years), len(made.forecast), len(made.stock)) == (0, 0, 0)


def test_works_alone_have_years_but_neither_stock_nor_forecast():
    context = hamlet.context()
    bare = dataclasses.replace(context, assets=context.assets[:0], work_assets=context.work_assets[:0])
    made = charted(bare)
    assert (len(made.years), len(made.forecast), len(made.stock)) == (40, 0, 0)
    assert (made.years["backlog"] == 0).all()


def test_a_routeboek_comes_back_from_the_shelf(tmp_path: Path):
    made = charted()
    back = load(Systems, save(made, tmp_path))
    assert all(getattr(back, name).equals(getattr(made, name)) for name in Systems.TABLES)


@pytest.mark.parametrize(("lang", "cost"), [("nl", "€ 80.000"), ("en", "€80,000")])
def test_the_report_can_tell_this_routeboek(lang: str, cost: str):
    plan = dataclasses.replace(hamlet_plan.plan(), systems=charted())
    assert cost in str(routebook(plan, lang))
