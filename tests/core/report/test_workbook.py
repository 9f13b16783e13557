"""The workbook opens with an explanation, holds every table, and its money adds up by live formulas."""

from dataclasses import replace
from pathlib import Path

import pandas as pd
import pytest
from openpyxl import load_workbook
from openpyxl.workbook import Workbook

import hamlet_plan
from koppelkans.report import table as builder
from koppelkans.report.book import formulas, money_sheet, programme_sheet, settings_sheet, sheet
from koppelkans.report.book.front import LINE
from koppelkans.report.forms import workbook
from koppelkans.report.table import LEFT_OUT, lists, sheet_name

PLAN = hamlet_plan.plan()


@pytest.fixture(scope="module")
def book(tmp_path_factory: pytest.TempPathFactory) -> Workbook:
    """Return the workbook of the hamlet as a reader opens it."""
    (path,) = workbook.write(PLAN, tmp_path_factory.mktemp("book"), "nl")
    return load_workbook(path)


def column(book: Workbook, name: str, heading: str) -> list[object]:
    """Return the values under a heading of a sheet."""
    page = book[name]
    headings = [cell.value for cell in page[1]]
    at = headings.index(heading) + 1
    return [page.cell(row, at).value for row in range(2, page.max_row + 1)]


def test_the_first_sheets_are_those_that_people_ask_for(book: Workbook):
    assert book.sheetnames[:6] == [
        "Uitleg",
        "Programma",
        "Bellijst",
        "Geld per fonds",
        "Bundels",
        "Kansen en knelpunten",
    ]
    assert book.active.title == "Uitleg"


def test_every_table_with_rows_has_its_sheet(book: Workbook):
    filled = {
        sheet_name(table, "nl")
        for table in builder.tables()
        if len(getattr(getattr(PLAN, table.partition(".")[0]), table.partition(".")[2])) and table not in LEFT_OUT
    }
    assert filled <= set(book.sheetnames)
    assert "Bekende knelpunten" not in book.sheetnames


def test_the_explanation_leads_to_every_sheet_and_tells_its_rows(book: Workbook):
    page = book["Uitleg"]
    links = {cell.hyperlink.location for row in page for cell in row if cell.hyperlink}
    assert links == {f"'{name}'!A1" for name in book.sheetnames[1:]}
    words = [str(cell.value) for row in page for cell in row if cell.value is not None]
    assert "5 van 6" in words
    assert any("Onbekend telt nooit als nul" in word for word in words)
    assert LINE > 50


def test_the_programme_stands_in_order_of_year_with_names_and_reasons(book: Workbook):
    assert column(book, "Programma", "Jaar") == [2028, 2030, 2030, 2030, 2030, None]
    assert column(book, "Programma", "Werk")[0] == "Water Kerkweg"
    assert column(book, "Programma", "Eigenaar")[0] == "Waterbedrijf"
    assert column(book, "Programma", "Gebied")[0] == "Oost"
    assert column(book, "Programma", "Straten")[-1] == "Kerkweg"
    assert column(book, "Programma", "Kosten")[-1] is None
    assert "Rioolheffing" in column(book, "Programma", "Fonds")
    assert column(book, "Programma", "Waarom")[-1] == "De kosten zijn onbekend."
    links = [row[programme_sheet.BUNDLE].hyperlink for row in book["Programma"].iter_rows(min_row=2)]
    assert [link.location if link else None for link in links] == [None, *["'Bundels'!A2"] * 4, None]


def test_headings_are_explained_and_stay_in_sight_and_can_be_filtered(book: Workbook):
    for name in book.sheetnames[1:]:
        page = book[name]
        if name == "Geld per fonds":
            continue
        assert page.freeze_panes.endswith("2"), name
        assert page.auto_filter.ref, name
    notes = [cell.comment.text for cell in book["Programma"][1] if cell.comment]
    assert "jaar waarin het wordt gedaan; onbekend: blijft liggen" in notes


def test_numbers_are_numbers_in_their_own_format(book: Workbook):
    page = book["Bundels"]
    headings = [cell.value for cell in page[1]]
    saving = page.cell(2, headings.index("Besparing") + 1)
    assert saving.value == 60_000
    assert "€" in saving.number_format
    assert page.cell(2, headings.index("Jaar") + 1).number_format == "0"


def test_codes_are_shown_by_their_name(book: Workbook):
    assert set(column(book, "Werken", "Soort")) >= {"riool (vrijverval)", "verharding"}
    assert set(column(book, "Werken", "Herkomst")) == {
        "afgeleid uit objecten",
        "gepland door de gemeente",
        "plan van een andere partij",
    }
    assert set(column(book, "Werken", "Graaft")) == {"ja", "nee"}
    assert column(book, "Bellijst", "Partij") == ["Netbeheerder", "Gemeente Gehucht"]


def test_a_table_about_works_says_which_work_it_is(book: Workbook):
    assert column(book, "Rangorde", "Werk")[0] == "Riool Dorpsstraat"


def test_money_is_summed_by_formulas_from_the_payments(book: Workbook):
    page = book["Geld per fonds"]
    grid = money_sheet._grid(PLAN, "nl")
    fund = grid.funds.index[grid.funds["fund"] == "rioolheffing"][0]
    formula = page[grid.cell("spent_eur", fund, 3)].value
    assert formula.startswith("=SUMIFS('Betalingen'!$E$2:$E$")
    assert '"rioolheffing"' in formula
    payments = book["Betalingen"]
    assert [payments.cell(1, at).value for at in (3, 5, 6)] == ["Fonds", "Bedrag", "Jaar"]
    paid = [
        row for row in payments.iter_rows(min_row=2, values_only=True) if row[2] == "rioolheffing" and row[5] == 2030
    ]
    total = sum(row[4] for row in paid)
    assert total == grid.amounts["spent_eur"].loc["rioolheffing", 2030] == 80_000


def test_what_is_left_follows_from_the_year_before_where_the_fund_allows():
    grid = money_sheet._grid(PLAN, "nl")
    fund = int(grid.funds.index[grid.funds["fund"] == "wegen"][0])
    budget, spent, before = (
        grid.cell(*at) for at in (("budget_eur", fund, 1), ("spent_eur", fund, 1), ("left_eur", fund, 0))
    )
    assert grid.formula("left_eur", fund, 1) == f"={before}+{budget}-{spent}"
    strict = replace(grid, funds=grid.funds.assign(carries_over=False))
    assert strict.formula("left_eur", fund, 1) == f"={budget}-{spent}"
    left = grid.amounts["budget_eur"].cumsum(axis=1) - grid.amounts["spent_eur"].cumsum(axis=1)
    pd.testing.assert_frame_equal(left, grid.amounts["left_eur"])


def test_what_one_more_euro_brings_stands_under_the_funds(book: Workbook):
    grid = money_sheet._grid(PLAN, "nl")
    fund = int(grid.funds.index[grid.funds["fund"] == "rioolheffing"][0])
    assert book["Geld per fonds"][grid.cell("worth_per_eur", fund, 1)].value == 0.42


def test_the_money_has_a_chart_with_words_for_who_cannot_see_it(book: Workbook):
    (chart,) = book["Geld per fonds"]._charts
    assert len(chart.series) >= 4


def test_figures_come_with_source_unit_and_price_level(book: Workbook):
    names = column(book, "Kengetallen", "Kengetal")
    at = names.index("werkterrein inrichten en opruimen")
    assert column(book, "Kengetallen", "Waarde")[at] == 8000
    assert column(book, "Kengetallen", "Prijspeil")[at] == 2026
    assert all(column(book, "Kengetallen", "Bron van het kengetal"))


def test_every_setting_stands_under_its_key():
    rows = {key: value for key, value, _ in settings_sheet._flat(PLAN.settings.model_dump(), "")}
    assert rows["city.name"] == "Gehucht"
    assert rows["funds[rioolheffing].kinds"].startswith("sewer_gravity, ")
    assert rows["appraisal.discount_rate"] == "0.0225 share per year, real"
    assert rows["appraisal.figures.setup_eur"] == "8000 eur/opening (2026)"


def test_text_that_looks_like_a_formula_stays_text(tmp_path: Path):
    wishes = PLAN.context.wishes.assign(text='=HYPERLINK("http://evil.example")')
    (path,) = workbook.write(replace(PLAN, context=replace(PLAN.context, wishes=wishes)), tmp_path, "nl")
    page = load_workbook(path)["Wensen van bewoners"]
    assert {
        cell.data_type
        for row in page.iter_rows(min_row=2)
        for cell in row
        if cell.value and "HYPERLINK" in str(cell.value)
    } == {"s"}


def test_a_very_long_table_is_cut(monkeypatch: pytest.MonkeyPatch, tmp_path: Path):
    for room in (sheet, builder, formulas):
        monkeypatch.setattr(room, "MOST_ROWS", 3)
    (path,) = workbook.write(PLAN, tmp_path, "nl")
    assert load_workbook(path)["Werken"].max_row == 4


def test_in_english_everything_is_english(tmp_path: Path):
    (path,) = workbook.write(PLAN, tmp_path, "en")
    english = load_workbook(path)
    assert english.sheetnames[:3] == ["Explanation", "Programme", "Phone list"]
    assert "Work" in [cell.value for cell in english["Programme"][1]]
    assert "why_nl" not in [cell.value for cell in english["Works, all"][1]]


def test_nothing_still_gives_a_workbook(tmp_path: Path):
    (path,) = workbook.write(hamlet_plan.nothing(), tmp_path, "nl")
    assert load_workbook(path).sheetnames[:2] == ["Uitleg", "Programma"]


def test_the_sheets_of_the_weighing_speak_of_groups_criteria_and_decisions_by_name(book: Workbook):
    assert column(book, "Groepen", "Soort groep") == ["afdeling", "bewoners"]
    assert column(book, "Groepen naast elkaar", "Groep") == ["de stad", "de stad", "Afdeling wegen"]
    assert column(book, "Omslagpunten", "Werk erachter")[0] == "Water Kerkweg"
    assert column(book, "Besluiten van het bestuur", "Besluit") == ["andere plaats"]
    assert column(book, "Besluiten van het bestuur", "Berekende rang") == [4]
    assert column(book, "Knock-outs", "Vraag") == ["gevaar"]
    assert column(book, "Programma", "Rang bestuur")[0] == 3
    assert set(lists(PLAN, "nl")["criteria"]) >= {"grounds", "need_met"}
