"""The sheet with every holder of every bundle."""

import pytest

import hamlet_plan
from koppelkans.appraisal.business.product import CITY
from koppelkans.report.book.holder_sheet import holder_sheets

PLAN = hamlet_plan.plan()


def columns(lang: str = "nl") -> dict[str, list]:
    (sheet,) = holder_sheets(PLAN, lang)
    return {column.heading: list(column.values) for column in sheet.columns}


def test_every_holder_of_every_bundle_has_a_row():
    held = PLAN.financing.holders
    wanted = held[(held["case"] != CITY) & (held["alternative"] == "together")]
    assert len(columns()["Houder"]) == len(wanted)
    assert sum(columns()["Betaalt"]) == wanted["cost_eur"].sum()


def test_transfers_stand_beside_the_gain_and_add_up_to_nothing():
    found = columns()
    moved = found["Ontvangt (+) of betaalt (−), tegenover elk apart"]
    assert sum(moved) == 0
    assert min(found["Na verrekening, tegenover elk apart"]) >= 0
    assert set(found["Kan verrekening het goedmaken, tegenover elk apart"]) == {"verrekening kan het"}


def test_what_comes_after_transfers_is_a_live_formula():
    (sheet,) = holder_sheets(PLAN, "nl")
    after = [column.heading for column in sheet.columns].index("Na verrekening, tegenover elk apart")
    assert sheet.formulas[after][0].startswith("=")


@pytest.mark.parametrize("lang", ["nl", "en"])
def test_a_plan_without_bundles_has_no_such_sheet(lang: str):
    assert holder_sheets(hamlet_plan.nothing(), lang) == []
