"""The workbook of the business cases: its formulas recalculate to the NPV of the outcomes, in LibreOffice and by hand."""

import os
import shutil
import subprocess
from dataclasses import replace
from pathlib import Path

import pandas as pd
import pytest
from openpyxl import load_workbook
from openpyxl.workbook import Workbook

import hamlet_plan
from koppelkans.appraisal.business.product import CITY
from koppelkans.report.book.case_sheets import COST, NPV, RATIO, TOP_CASE_OVERVIEW, UNKNOWN, first_sheet, holder_sheets
from koppelkans.report.chapters.case import alternative_names, case_rows
from koppelkans.report.forms.case_workbook import sheet_of, write

PLAN = hamlet_plan.plan()
OUTCOMES = PLAN.business.outcomes.set_index(["case", "alternative"])


@pytest.fixture(scope="module")
def path(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return write(PLAN, tmp_path_factory.mktemp("cases"), "nl")[0]


def lines(book: Workbook) -> dict[tuple[str, str], list[object]]:
    """Return the rows of the overview by case and alternative."""
    names = {name: alternative for alternative, name in alternative_names("nl").items()}
    cases = {sheet_of(at, name): case for at, (case, name) in enumerate((("city", "Gehucht"), ("b-1", "Dorpsstraat")))}
    rows = [[cell.value for cell in row] for row in book[first_sheet("nl")].iter_rows(min_row=TOP_CASE_OVERVIEW + 1)]
    return {(cases[str(row[0])], names[str(row[1])]): row for row in rows}


def test_the_values_that_are_kept_are_those_of_the_outcomes(path: Path):
    for key, row in lines(load_workbook(path, data_only=True)).items():
        assert (row[COST], row[NPV]) == (OUTCOMES.loc[key, "cost_eur"], OUTCOMES.loc[key, "npv_eur"])


def test_every_present_value_is_a_formula(path: Path):
    book = load_workbook(path)
    for row in lines(book).values():
        assert all(str(row[column]).startswith("=") for column in (COST, NPV, RATIO, UNKNOWN))
    page = book[sheet_of(1, "Dorpsstraat")]
    assert all(str(page.cell(line, 8).value).startswith("=SUMPRODUCT(") for line in range(5, page.max_row + 1))


def test_an_unknown_amount_stands_as_pm_and_not_as_zero(path: Path):
    page = load_workbook(path)[sheet_of(1, "Dorpsstraat")]
    cells = [cell.value for row in page.iter_rows(min_row=5, min_col=9) for cell in row if cell.value is not None]
    assert "pm" in cells
    assert 0 not in cells


def test_a_case_is_printed_one_page_wide_with_its_first_years_under_its_circle(path: Path):
    page = load_workbook(path)[sheet_of(1, "Dorpsstraat")]
    assert page["A2"].value.startswith("Intern: ")
    assert (page.page_setup.fitToWidth or 1, page.page_setup.fitToHeight) == (1, 0)
    assert page.print_title_rows == "$3:$4"
    assert page.print_area.endswith(f"!$A$1:$W${page.max_row}")
    assert "op papier staan de eerste 15 van " in page.oddFooter.left.text


def test_a_plan_without_cases_writes_nothing(tmp_path: Path):
    assert write(hamlet_plan.nothing(), tmp_path, "nl") == []


def test_rows_hold_what_the_flows_hold():
    made = case_rows(PLAN, "b-1")
    whole = PLAN.business.flows[PLAN.business.flows["case"] == "b-1"]["amount_eur"].sum()
    assert pd.DataFrame(made.amounts).sum().sum() == pytest.approx(whole)


def recalculated(path: Path, folder: Path, *, rate: float | None = None) -> dict[tuple[str, str], list[object]]:
    """Return the overview after LibreOffice has worked out every formula; without the values that were kept."""
    book = load_workbook(path)  # writing it again drops the values that were kept
    if rate is not None:
        book[first_sheet("nl")]["B4"] = rate
    bare = folder / "bare.xlsx"
    book.save(bare)
    profile = f"-env:UserInstallation=file://{folder / 'profile'}"
    command = [soffice(), profile, "--headless", "--convert-to", "xlsx:Calc MS Excel 2007 XML", "--outdir", str(folder / "out"), str(bare)]  # fmt: skip
    subprocess.run(command, check=True, capture_output=True, timeout=300)
    return lines(load_workbook(folder / "out" / "bare.xlsx", data_only=True))


def soffice() -> str:
    """Return LibreOffice of this machine; without one the test is skipped, but not on CI."""
    found = shutil.which("soffice") or shutil.which("libreoffice")
    if found is None:
        (pytest.fail if os.environ.get("CI") else pytest.skip)("no LibreOffice on this machine")
    return str(found)


def test_libreoffice_recalculates_to_the_same_npv(path: Path, tmp_path: Path):
    found = recalculated(path, tmp_path)
    assert set(found) == set(OUTCOMES.drop("w-water-3", level="case").index)
    for key, row in found.items():
        assert row[NPV] == pytest.approx(OUTCOMES.loc[key, "npv_eur"], abs=0.51)
        assert row[COST] == pytest.approx(OUTCOMES.loc[key, "cost_eur"], abs=0.51)
        ratio = OUTCOMES.loc[key, "ratio"]
        assert row[RATIO] == "–" if pd.isna(ratio) else row[RATIO] == pytest.approx(ratio)


def test_with_a_rate_of_nothing_libreoffice_finds_the_plain_sum(path: Path, tmp_path: Path):
    found = recalculated(path, tmp_path, rate=0.0)
    flows = PLAN.business.flows.groupby(["case", "alternative"])["amount_eur"].sum()
    for (case, alternative), row in found.items():
        assert row[NPV] == pytest.approx(flows[(case, alternative)] - flows[(case, "null")], abs=0.01)


def test_an_exception_to_the_rate_stands_in_its_rows_and_recalculates(tmp_path: Path):
    exceptions = {"sunk": {"rate": {"value": 0.016, "unit": "share"}, "effects": ["capital_cost"]}}
    plan = hamlet_plan.plan(hamlet_plan.hamlet.settings(appraisal={"business": {"exceptions": exceptions}}))
    (path,) = write(plan, tmp_path, "nl")
    expected = plan.business.outcomes.set_index(["case", "alternative"])["npv_eur"]
    assert expected[("b-1", "together")] != OUTCOMES.loc[("b-1", "together"), "npv_eur"]
    found = recalculated(path, tmp_path)
    assert found[("b-1", "together")][NPV] == pytest.approx(expected[("b-1", "together")], abs=0.51)


def test_written_twice_the_same_bytes(path: Path, tmp_path: Path):
    assert write(replace(PLAN), tmp_path, "nl")[0].read_bytes() == path.read_bytes()


def holder_columns(lang: str = "nl") -> dict[str, list]:
    (sheet,) = holder_sheets(PLAN, lang)
    return {column.heading: list(column.values) for column in sheet.columns}


def test_every_holder_of_every_bundle_has_a_row():
    held = PLAN.financing.holders
    wanted = held[(held["case"] != CITY) & (held["alternative"] == "together")]
    assert len(holder_columns()["Houder"]) == len(wanted)
    assert sum(holder_columns()["Betaalt"]) == wanted["cost_eur"].sum()


def test_transfers_stand_beside_the_gain_and_add_up_to_nothing():
    found = holder_columns()
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
