"""The workbook opens with an explanation, holds every table, and its money adds up by live formulas."""

import re
from dataclasses import replace
from pathlib import Path

import pandas as pd
import pytest
from openpyxl import load_workbook
from openpyxl.worksheet.worksheet import Worksheet

import hamlet
import hamlet_plan
from koppelkans.report import table as builder
from koppelkans.report.book import first_sheets, formulas, sheet
from koppelkans.report.book.first_sheets import LINE
from koppelkans.report.book.formulas import formulas_of
from koppelkans.report.book.put_book import FIRST, put_book
from koppelkans.report.forms import annexes, workbook
from koppelkans.report.plan import Plan
from koppelkans.report.table import LEFT_OUT, MOST_ROWS, lists, sheet_name, tables, words_of

PLAN = hamlet_plan.plan()


class Books:
    """A workbook and its annexes, as a reader looks a sheet up: first in the one, then in the other."""

    def __init__(self, plan: Plan, folder: Path, **options: bool) -> None:
        """Write both and open them."""
        paths = [write(plan, folder, "nl")[0] for write in (workbook.write, annexes.write)]
        self.first, self.rest = (load_workbook(path, **options) for path in paths)

    def __getitem__(self, name: str) -> Worksheet:
        """Return a sheet."""
        return (self.first if name in self.first.sheetnames else self.rest)[name]


@pytest.fixture(scope="module")
def book(tmp_path_factory: pytest.TempPathFactory) -> Books:
    """Return the workbook of the hamlet and its annexes as a reader opens them."""
    return Books(PLAN, tmp_path_factory.mktemp("book"))


def column(book: Books, name: str, heading: str) -> list[object]:
    """Return the values under a heading of a sheet."""
    page = book[name]
    headings = [cell.value for cell in page[1]]
    at = headings.index(heading) + 1
    return [page.cell(row, at).value for row in range(2, page.max_row + 1)]


def test_the_first_sheets_are_those_that_people_ask_for(book: Books):
    assert book.first.sheetnames[:6] == ["Uitleg", "Programma", "Rekening", "Geld per fonds", "Betalingen", "Bellijst"]
    assert book.first.active.title == book.rest.active.title == "Uitleg"
    assert len(FIRST) + 2 <= 25


def test_every_table_with_rows_has_its_sheet(book: Books):
    filled = {
        sheet_name(table, "nl")
        for table in builder.tables()
        if len(getattr(getattr(PLAN, table.partition(".")[0]), table.partition(".")[2])) and table not in LEFT_OUT
    }
    assert filled <= {*book.first.sheetnames, *book.rest.sheetnames}
    assert not (set(book.first.sheetnames) & set(book.rest.sheetnames)) - {"Uitleg"}
    assert "Bekende knelpunten" not in book.rest.sheetnames


def test_the_explanation_leads_to_every_sheet_and_tells_its_rows(book: Books):
    page = book["Uitleg"]
    for one in (book.first, book.rest):
        links = {cell.hyperlink.location for row in one["Uitleg"] for cell in row if cell.hyperlink}
        assert links == {f"'{name}'!A1" for name in one.sheetnames[1:]}
    words = [str(cell.value) for row in page for cell in row if cell.value is not None]
    assert "5 van 6" in words
    assert any("Onbekend telt nooit als nul" in word for word in words)
    assert LINE > 50


def test_the_programme_stands_in_order_of_year_with_names_and_reasons(book: Books):
    assert column(book, "Programma", "Jaar") == [2028, 2030, 2030, 2030, 2030, None]
    assert column(book, "Programma", "Werk")[0] == "Water Kerkweg"
    assert column(book, "Programma", "Eigenaar")[0] == "Waterbedrijf"
    assert column(book, "Programma", "Gebied")[0] == "Oost"
    assert column(book, "Programma", "Straten")[-1] == "Kerkweg"
    assert column(book, "Programma", "Kosten")[-1] is None
    assert "Rioolheffing" in column(book, "Programma", "Fonds")
    assert column(book, "Programma", "Waarom")[-1] == "De kosten zijn onbekend."
    links = [row[first_sheets.BUNDLE].hyperlink for row in book["Programma"].iter_rows(min_row=2)]
    assert [link.location if link else None for link in links] == [None, *["'Bundels'!A2"] * 4, None]


def test_headings_are_explained_and_stay_in_sight_and_can_be_filtered(book: Books):
    for name in (*book.first.sheetnames[1:], *book.rest.sheetnames[1:]):
        page = book[name]
        if name == "Geld per fonds":
            continue
        assert page.freeze_panes.endswith("2"), name
        assert page.auto_filter.ref, name
    notes = [cell.comment.text for cell in book["Programma"][1] if cell.comment]
    assert "jaar waarin het wordt gedaan; onbekend: blijft liggen" in notes


def test_numbers_are_numbers_in_their_own_format(book: Books):
    page = book["Bundels"]
    headings = [cell.value for cell in page[1]]
    saving = page.cell(2, headings.index("Besparing") + 1)
    assert saving.value == 40_000
    assert "€" in saving.number_format
    assert page.cell(2, headings.index("Jaar") + 1).number_format == "0"


def test_codes_are_shown_by_their_name(book: Books):
    assert set(column(book, "Werken", "Soort")) >= {"riool (vrijverval)", "verharding"}
    assert set(column(book, "Werken", "Herkomst")) == {
        "afgeleid uit objecten",
        "gepland door de gemeente",
        "plan van een andere partij",
    }
    assert set(column(book, "Werken", "Graaft")) == {"ja", "nee"}
    assert column(book, "Bellijst", "Partij") == ["Netbeheerder", "Gemeente Gehucht"]


def test_a_table_about_works_says_which_work_it_is(book: Books):
    assert column(book, "Rangorde", "Werk")[0] == "Riool Dorpsstraat"


def test_money_is_summed_by_formulas_from_the_payments(book: Books):
    page = book["Geld per fonds"]
    grid = first_sheets._grid(PLAN, "nl")
    fund = grid.funds.index[grid.funds["fund"] == "rioolheffing"][0]
    formula = page[grid.cell("spent_eur", fund, 3)].value
    assert formula.startswith("=SUMIFS('Betalingen'!$E$2:$E$")
    assert '"Rioolheffing"' in formula
    payments = book["Betalingen"]
    assert [payments.cell(1, at).value for at in (3, 5, 6)] == ["Fonds", "Bedrag", "Jaar"]
    paid = [
        row for row in payments.iter_rows(min_row=2, values_only=True) if row[2] == "Rioolheffing" and row[5] == 2030
    ]
    total = sum(row[4] for row in paid)
    assert total == grid.amounts["spent_eur"].loc["rioolheffing", 2030] == 80_000
    undone = [row for row in payments.iter_rows(min_row=2, values_only=True) if row[5] is None]
    assert {row[-1] for row in undone} <= {"niet gedaan"}
    assert {row[-1] for row in paid} == {"gedaan"}


def test_a_fund_that_also_pays_openings_is_named_once():
    payments = PLAN.programme.payments
    street = payments[payments["work"] == "w-sewer"].assign(section="S1", amount_eur=5)
    programme = replace(PLAN.programme, payments=pd.concat([payments, street], ignore_index=True))
    rows = first_sheets._rows(replace(PLAN, programme=programme), "nl").set_index("work")
    assert rows.loc["w-sewer", "fund"] == "Rioolheffing"


def test_what_is_left_follows_from_the_year_before_where_the_fund_allows():
    grid = first_sheets._grid(PLAN, "nl")
    fund = int(grid.funds.index[grid.funds["fund"] == "wegen"][0])
    budget, spent, before = (
        grid.cell(*at) for at in (("budget_eur", fund, 1), ("spent_eur", fund, 1), ("left_eur", fund, 0))
    )
    assert grid.formula("left_eur", fund, 1) == f"={before}+{budget}-{spent}"
    strict = replace(grid, funds=grid.funds.assign(carries_over=False))
    assert strict.formula("left_eur", fund, 1) == f"={budget}-{spent}"
    left = grid.amounts["budget_eur"].cumsum(axis=1) - grid.amounts["spent_eur"].cumsum(axis=1)
    pd.testing.assert_frame_equal(left, grid.amounts["left_eur"])


def test_what_one_more_euro_brings_stands_under_the_funds(book: Books):
    grid = first_sheets._grid(PLAN, "nl")
    fund = int(grid.funds.index[grid.funds["fund"] == "rioolheffing"][0])
    assert book["Geld per fonds"][grid.cell("worth_per_eur", fund, 1)].value == 0.42


def test_the_money_has_a_chart_with_words_for_who_cannot_see_it(book: Books):
    (chart,) = book["Geld per fonds"]._charts
    assert len(chart.series) >= 4


def test_figures_come_with_source_unit_and_price_level(book: Books):
    names = column(book, "Kengetallen", "Kengetal")
    at = names.index("werkterrein inrichten en opruimen")
    assert column(book, "Kengetallen", "Waarde")[at] == 8000
    assert column(book, "Kengetallen", "Prijspeil")[at] == 2026
    assert all(column(book, "Kengetallen", "Bron van het kengetal"))


def test_every_setting_stands_under_its_key():
    rows = {key: value for key, value, _ in first_sheets._flat(PLAN.settings.model_dump(), "")}
    assert rows["city.name"] == "Gehucht"
    assert rows["funds[rioolheffing].kinds"].startswith("sewer_gravity, ")
    assert rows["appraisal.discount_rate"] == "0.0225 share per year, real"
    assert rows["appraisal.figures.setup_eur"] == "8000 eur/opening (2026)"


def test_text_that_looks_like_a_formula_stays_text(tmp_path: Path):
    wishes = PLAN.context.wishes.assign(text='=HYPERLINK("http://evil.example")')
    (path,) = annexes.write(replace(PLAN, context=replace(PLAN.context, wishes=wishes)), tmp_path, "nl")
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
    (path,) = annexes.write(PLAN, tmp_path, "nl")
    assert load_workbook(path)["Werken"].max_row == 4


def test_in_english_everything_is_english(tmp_path: Path):
    (path,) = workbook.write(PLAN, tmp_path, "en")
    english = load_workbook(path)
    assert english.sheetnames[:3] == ["Explanation", "Programme", "Account"]
    assert "Work" in [cell.value for cell in english["Programme"][1]]
    assert "why_nl" not in [cell.value for cell in english["Chances and bottlenecks"][1]]


def test_nothing_still_gives_a_workbook(tmp_path: Path):
    (path,) = workbook.write(hamlet_plan.nothing(), tmp_path, "nl")
    assert load_workbook(path).sheetnames[:2] == ["Uitleg", "Programma"]


def test_the_sheets_of_the_weighing_speak_of_groups_criteria_and_decisions_by_name(book: Books):
    assert column(book, "Groepen", "Soort groep") == ["afdeling", "bewoners"]
    assert column(book, "Groepen naast elkaar", "Groep") == ["de stad", "de stad", "Afdeling wegen"]
    assert column(book, "Omslagpunten", "Werk erachter")[0] == "Water Kerkweg"
    assert column(book, "Besluiten van het bestuur", "Besluit") == ["andere plaats"]
    assert column(book, "Besluiten van het bestuur", "Berekende rang") == [4]
    assert column(book, "Knock-outs", "Vraag") == ["gevaar"]
    assert column(book, "Programma", "Rang bestuur")[0] == 3
    assert set(lists(PLAN, "nl")["criteria"]) >= {"grounds", "need_met"}


DUCTS = {
    "facility": "buizen", "cost_eur": 10_000, "sections": ["S2"], "lender": "gemeente", "last_year": 2036,
    "users": [{"user": "gas", "places": 2, "year": 2033}],
}  # fmt: skip
PURSES = [
    {"fund": "rioolheffing", "budget_eur": 20_000},
    {"fund": "krediet", "sort": "krediet", "kinds": ["paving"], "budget_eur": 5_000, "planned": False},
]
FUNDED = hamlet_plan.plan(hamlet.settings(funds=PURSES, appraisal={"financing": {"facilities": [DUCTS]}}))


@pytest.fixture(scope="module")
def books(tmp_path_factory: pytest.TempPathFactory) -> tuple[Books, Books]:
    """Return the workbook with its formulas, and with what they come to."""
    folder = tmp_path_factory.mktemp("book")
    return Books(FUNDED, folder), Books(FUNDED, folder, data_only=True)


def test_every_column_of_a_formula_exists():
    every = tables()
    for table, schema in every.items():
        for column in schema.columns.values():
            assert set(re.findall(r"\{\^?(\w+)\}", column.live)) <= set(schema.columns)
            for other, name in re.findall(r"\[(\w+)\.(\w+)\]", column.live):
                assert name in every[f"{table.partition('.')[0]}.{other}"].columns


def test_a_row_is_worked_out_from_its_own_cells():
    made = formulas_of(
        "financing.transfers", {"gain_eur": 1, "transfer_eur": 2, "after_eur": 3}, {}, rows=2, spoken={}, lang="nl"
    )
    assert made == {3: ["=B2+C2", "=B3+C3"]}


def test_a_sum_over_another_sheet_is_left_out_where_that_sheet_is_cut_off():
    held = {"fund": 0, "used_eur": 1}
    assert formulas_of("financing.purses", held, {}, rows=1, spoken={}, lang="nl") == {}
    live = formulas_of("financing.purses", held, {"mix": {"amount_eur": 6, "fund": 2}}, rows=1, spoken={}, lang="nl")
    last = MOST_ROWS + 1
    assert live == {1: [f"=SUMIFS('Financieringsmix'!$G$2:$G${last},'Financieringsmix'!$C$2:$C${last},A2)"]}


def test_a_table_without_formulas_has_none():
    assert formulas_of("context.works", {}, {}, rows=3, spoken={}, lang="nl") == {}


def test_the_sheet_of_the_loan_is_live_and_shows_what_it_comes_to(books: tuple[Books, Books]):
    live, shown = (book["Voorfinanciering per jaar"] for book in books)
    heads = [cell.value for cell in live[1]]
    at = {
        name: heads.index(name) + 1
        for name in ("Jaar", "Stand begin", "Voorschot", "Rente (€)", "Terugbetaald", "Stand eind")
    }
    for row in range(2, live.max_row + 1):
        assert str(live.cell(row, at["Stand eind"]).value).startswith("=")
        begin, more, interest, back, end = (shown.cell(row, at[name]).value for name in list(at)[1:])
        assert begin + more + interest - back == end


def test_the_gap_is_what_is_to_be_paid_less_what_is_covered(books: tuple[Books, Books]):
    live, shown = (book["Dekking en gaten"] for book in books)
    heads = [cell.value for cell in live[1]]
    wanted, given, assumed, gap = (
        heads.index(name) + 1 for name in ("Te betalen", "Uit gegeven geld", "Uit aangenomen geld", "Gat")
    )
    rows = [[shown.cell(row, at).value for at in (wanted, given, assumed, gap)] for row in range(2, shown.max_row + 1)]
    assert all(row[0] - row[1] - row[2] == row[3] for row in rows)
    # the sewer charge was charged the 80,000 of the sewer; its fair part of S1 (10,000) and S2 (5,000) nobody pays
    assert 15_000 in [row[3] for row in rows]
    assert str(live.cell(2, given).value).startswith("=SUMIFS('Financieringsmix'!")


def test_codes_of_financing_are_told_in_words():
    names = lists(FUNDED, "nl")

    def told(table: str, column: str, code: str) -> str:
        """Return what stands for a code."""
        declared = tables()[f"financing.{table}"].columns[column]
        return words_of(declared, pd.Series([code]), names=names, lang="nl")[code]

    assert told("coverage", "reason", "deadline") == "de einddatum van een subsidie is voorbij"
    assert told("holders", "holder", "residents") == "bewoners"
    assert told("fits", "key", "renewal").startswith("upgrade")


@pytest.mark.parametrize(
    ("rows", "asked", "printed"), [(60, {}, None), (600, {}, 71), (600, {"whole_in_print": True}, None)]
)
def test_of_a_long_sheet_the_first_page_is_printed_unless_people_take_it_along(
    rows: int, asked: dict[str, bool], printed: int | None, tmp_path: Path
):
    column = builder.SheetColumn("Wat", "", "text", ["Dorpsstraat"] * rows)
    long = builder.Sheet("Lang", "", [column], rows, **asked)
    path = put_book(PLAN, tmp_path / "boek.xlsx", [long], lang="nl")
    page = load_workbook(path)["Lang"]
    assert (page.page_setup.fitToWidth or 1, page.page_setup.fitToHeight) == (1, 0)
    assert page.print_title_rows == "$1:$1"
    told = page.oddFooter.left.text
    if printed is None:
        assert (page.print_area, told) == ("", "Lang")
    else:
        assert page.print_area == f"'Lang'!$A$1:$A${printed + 1}"
        assert told == f"Lang: op papier staan de eerste {printed} van {rows} rijen"


def test_the_explanation_is_printed_on_one_page_and_what_people_take_along_whole(book: Books):
    front = book["Uitleg"].page_setup
    assert (front.fitToWidth or 1, front.fitToHeight or 1) == (1, 1)
    assert book["Uitleg"].sheet_properties.pageSetUpPr.fitToPage
    whole = {one.name for one in workbook.in_order(PLAN, "nl") if one is not None and one.whole_in_print}
    assert whole == {"Programma", "Bellijst", "Bundels"}
