"""Budgets and real costs as a finance system exports them."""

import json
from pathlib import Path

import pandas as pd
import pytest
from openpyxl import Workbook

from koppelkans.context import City, read_city, settings_with_amounts
from koppelkans.context.inspecting.booked import purses_in
from koppelkans.context.inspecting.folder_text import folder_text
from koppelkans.context.inspecting.inspect import inspect_files
from koppelkans.context.inspecting.matching import Cells
from koppelkans.context.works.planned_works import registered_works
from koppelkans.ground.settings import make_settings

ROWS = [
    ["Kostenplaats", "Product", "Omschrijving", "Rekening 2025", "Begroting 2026", "Raming 2027", "Raming 2028", "Verschil 2027-2026"],
    ["7210", "R01", "Vervanging riolen", "900", "950", "1.000", "1.250", "50"],
    ["7210", "R01", "Bijdrage provincie", "0", "-100", "-200", "-200", "-100"],
    ["7215", "R02", "Persleidingen", "10", "20", "30,5", "-", "10"],
    ["2100", "W01", "Groot onderhoud wegen", "500", "500", "600", "600", "100"],
    ["0400", "O01", "Overhead", "70", "70", "70", "70", "0"],
    ["Totaal", "", "", "1480", "1440", "1500", "1720", "60"],
]  # fmt: skip
FUNDS = [
    {"fund": "riool", "codes": {"kostenplaats": ["72*"]}},
    {"fund": "weg", "codes": {"kostenplaats": ["2100"], "product": ["W01", "W02"]}},
]
SOURCE = {"name": "b", "role": "budgets", "path": "b.csv", "units": {"amount_eur": "x € 1.000"}}


def put(folder: Path, rows: list[list[str]], name: str = "b.csv") -> None:
    if name.endswith(".csv"):
        (folder / name).write_text("\n".join(";".join(row) for row in rows), encoding="utf-8")
        return
    book = Workbook()
    for row in rows:
        whole = [int(cell) if cell.lstrip("-").isdigit() else cell for cell in row]
        book.active.append(whole)  # type: ignore[union-attr]
    book.save(folder / name)


def city(folder: Path, *, funds: list[dict[str, object]] | None = None, first: int = 2027, **more: object) -> City:
    settings = {
        "sources": [SOURCE | more],
        "funds": FUNDS if funds is None else funds,
        "horizon": {"first": first, "last": first + 9},
    }
    return read_city(folder, settings=make_settings(settings), apart=False)


def budgets(found: City) -> dict[str, object]:
    return {fund.fund: fund.budget_eur for fund in found.settings.funds if fund.fund in ("riool", "weg")}


def said(found: City) -> str:
    return "\n".join(f"{fault.found} | {fault.wanted}" for fault in found.faults)


def test_yearly_columns_in_thousands_go_to_the_purses_of_their_codes(tmp_path: Path):
    put(tmp_path, ROWS)
    found = city(tmp_path)
    assert budgets(found) == {
        "riool": {"2027": 1_030_500, "2028": 1_250_000},
        "weg": {"2027": 600_000, "2028": 600_000},
    }
    assert "0400 O01 Overhead" in said(found)  # lines of others are told, with what they hold
    assert "400000" in said(found)  # income is no budget, and told
    assert found.trace.settings["funds"][-1]["budget_eur"] == {"2027": 600_000, "2028": 600_000}


def test_the_file_of_next_year_needs_no_new_line_in_the_settings(tmp_path: Path):
    later = [
        [
            cell.replace("2028", "2029").replace("2027", "2028").replace("2026", "2027").replace("2025", "2026")
            for cell in row
        ]
        for row in ROWS
    ]
    put(tmp_path, later)
    assert budgets(city(tmp_path, first=2028))["riool"] == {"2028": 1_030_500, "2029": 1_250_000}


@pytest.mark.parametrize(
    ("columns", "wanted"),
    [
        (["2027", "2028"], {"2027": 1_000, "2028": 2_000}),
        (["Begroting 2027 (x € 1.000)", "Begroting 2028 (x € 1.000)"], {"2027": 1_000_000, "2028": 2_000_000}),
        (["B2027", "MJR2028"], {"2027": 1_000, "2028": 2_000}),
        (["Lasten 2027", "Lasten 2028"], {"2027": 1_000, "2028": 2_000}),
        (["Jaar 2027 lasten", "Jaar 2027 baten"], {"2027": 1_000}),
        (["Realisatie 2026", "Begroting 2027"], {"2027": 2_000}),
    ],
)  # fmt: skip
def test_headings_with_a_year(tmp_path: Path, columns: list[str], wanted: dict[str, int]):
    for name in ("b.csv", "b.xlsx"):
        put(tmp_path, [["kostenplaats", *columns], ["7210", "1000", "2000"]], name)
        found = city(tmp_path, path=name, units={})
        assert budgets(found)["riool"] == wanted, said(found)


def test_two_columns_of_one_year_are_told_until_the_settings_say_which(tmp_path: Path):
    put(tmp_path, [["kostenplaats", "Primitief 2027", "Na wijziging 2027"], ["7210", "1000", "2000"]])
    found = city(tmp_path, units={})
    assert "Primitief {year}" in said(found)
    assert found.layers == {}
    assert budgets(city(tmp_path, units={}, yearly="na wijziging {year}"))["riool"] == {"2027": 2_000}


def test_a_row_per_year_says_spending_and_income_in_a_column(tmp_path: Path):
    rows = [
        ["taakveld", "jaar", "bedrag", "L/B"],
        ["7.2", "2027", "500", "L"],
        ["7.2", "2027", "-50", "L"],
        ["7.2", "2027", "300", "B"],
    ]
    put(tmp_path, rows)
    columns = {"year": "jaar", "amount_eur": "bedrag", "sort": "L/B"}
    funds = [{"fund": "riool", "codes": {"taakveld": ["7.2"]}}]
    found = city(tmp_path, funds=funds, columns=columns, units={}, values={"sort": {"L": "spending", "B": "income"}})
    assert budgets(found)["riool"] == {"2027": 450}  # a correction below zero on spending lowers it


def test_a_line_that_two_purses_claim_counts_for_neither_and_a_typed_budget_stays(tmp_path: Path):
    put(
        tmp_path,
        [["kostenplaats", "product", "2027", "2028"], ["7210", "R01", "100", "100"], ["7211", "R02", "10", "20"]],
    )
    funds = [
        {"fund": "riool", "codes": {"kostenplaats": ["72*"]}, "budget_eur": {"2027": 7}},
        {"fund": "weg", "codes": {"product": ["R01"]}},
    ]
    found = city(tmp_path, funds=funds, units={})
    assert budgets(found) == {"riool": {"2027": 7, "2028": 20}, "weg": "even"}
    assert "riool, weg" in said(found)
    assert "2027" in said(found)
    again = read_city(tmp_path, settings=found.settings, apart=False)
    assert again.settings == found.settings
    assert said(again) == said(found)


WORKS = """id;naam;soort;van;tot;kosten;wkt
P1;Dorpsstraat;sewer_gravity;2027;2029;100000;LINESTRING (150000 400000, 150050 400000)
P2;Kerkstraat;sewer_gravity;2027;2029;;LINESTRING (150000 400100, 150050 400100)
P3;Laan;sewer_gravity;2027;2029;90000;LINESTRING (150000 400200, 150050 400200)
"""


def test_real_costs_fill_works_and_prices_of_kinds(tmp_path: Path):
    (tmp_path / "w.csv").write_text(WORKS)
    put(
        tmp_path,
        [
            ["project", "2025", "2026"],
            ["P1", "80000", "40000"],
            ["p2", "5000", ""],
            ["P3", "10", "10"],
            ["P9", "1", ""],
        ],
        "k.csv",
    )
    put(
        tmp_path,
        [
            ["werksoort", "jaar", "werkelijke kosten", "meters"],
            ["sewer_gravity", "2026", "90000", "100"],
            ["sewer_gravity", "2026", "60000", "50"],
        ],
        "n.csv",
    )
    sources = [
        {"name": "w", "role": "works", "path": "w.csv", "crs": "EPSG:28992", "columns": {"work": "id", "name": "naam", "kind": "soort", "earliest_year": "van", "latest_year": "tot", "cost_eur": "kosten"}, "constants": {"owner": "gemeente"}},
        {"name": "k", "role": "costs", "path": "k.csv", "columns": {"work": "project"}},
        {"name": "n", "role": "costs", "path": "n.csv", "columns": {"kind": "werksoort", "year": "jaar", "amount_eur": "werkelijke kosten", "quantity": "meters"}},
    ]  # fmt: skip
    settings = make_settings({"sources": sources, "city": {"price_year": 2026}})
    found = read_city(tmp_path, settings=settings, apart=False)
    works, faults = registered_works(found)
    assert works.set_index("work")["cost_eur"].to_dict() == {"P1": 120_000, "P2": 5_000, "P3": 90_000}
    told = [str(fault.found) for fault in faults]
    assert any("P1" in one for one in told)
    assert any("P9" in one for one in told)
    price = found.settings.kinds["sewer_gravity"].price
    assert price is not None
    assert (price.value, price.low, price.high, price.basis, price.price_year) == (
        1000.0,
        900.0,
        1200.0,
        "measured",
        2026,
    )
    assert read_city(tmp_path, settings=found.settings, apart=False).settings == found.settings


def test_real_costs_without_work_and_kind_are_told(tmp_path: Path):
    put(tmp_path, [["jaar", "bedrag"], ["2026", "100"]], "k.csv")
    sources = [{"name": "k", "role": "costs", "path": "k.csv", "columns": {"year": "jaar", "amount_eur": "bedrag"}}]
    found = read_city(tmp_path, settings=make_settings({"sources": sources}), apart=False)
    assert "1" in said(found)
    assert pd.notna(found.understood["read"]).all()
    assert json.dumps(found.trace.settings["kinds"]["sewer_gravity"]["price"])


def test_inspect_knows_an_export_of_finance_and_writes_its_lines(tmp_path: Path):
    rows = [["Begroting 2026-2029", "", "", "", "", ""], ["Bedragen x € 1.000", "", "", "", "", ""], ["Kostenplaats", "Omschrijving", "Rekening 2025", "2026", "2027", "2028"], *([row[0], *row[2:4], *row[4:7]] for row in ROWS[1:5])]  # fmt: skip
    put(tmp_path, rows, "meerjarenbegroting.xlsx")
    put(tmp_path, [["Project", "Geboekt 2025", "Geboekt 2026"], ["P1", "80000", "40000"]], "realisatie.csv")
    views = inspect_files([tmp_path], this_year=2026)
    text = folder_text(views, name="Dorp", lang="nl", this_year=2026)
    (tmp_path / "koppelkans.toml").write_text(text)
    found = read_city(tmp_path, apart=False)
    assert [(source.role, source.path) for source in found.settings.sources] == [
        ("budgets", "meerjarenbegroting.xlsx"),
        ("costs", "realisatie.csv"),
    ]
    assert {fund.fund: fund.budget_eur for fund in found.settings.funds} == {
        "rioolheffing": {"2027": 1_030_500, "2028": 1_250_000}, "wegen": {"2027": 600_000, "2028": 600_000}, "groen": "even",
    }  # fmt: skip
    assert "x € 1.000" not in said(found)


def test_a_code_of_which_lines_speak_of_two_purses_is_proposed_for_neither():
    lines = pd.DataFrame({"taakveld": ["7.2", "5.7", "5.7"], "naam": ["Riolering", "Groen", "Wegen"]})
    assert purses_in(Cells(lines)) == {"rioolheffing": ("taakveld", ("7.2",))}


def test_of_budgets_that_say_when_they_were_set_the_last_one_counts_or_the_last_that_was_known(tmp_path: Path):
    rows = [["Kostenplaats", "Jaar", "Bedrag", "Vastgesteld"]]
    rows += [["7210", "2027", "900", "2025-11-06"], ["7215", "2027", "100", "2025-11-06"], ["7210", "2027", "1300", "2026-11-05"], ["2100", "2027", "50", ""]]  # fmt: skip
    put(tmp_path, rows)
    columns = {"year": "Jaar", "amount_eur": "Bedrag", "announced": "Vastgesteld"}
    funds = [FUNDS[0], {"fund": "weg", "codes": {"kostenplaats": ["2100"]}}]
    settings = {"sources": [{"name": "b", "role": "budgets", "path": "b.csv", "columns": columns}], "funds": funds, "horizon": {"first": 2027, "last": 2036}}  # fmt: skip
    for day, riool in ((None, 1300), ("2026-12-31", 1300), ("2026-06-30", 1000), ("2025-01-01", None)):
        made = make_settings(settings | {"context": {"known_on": day}} if day else settings)
        own = budgets(read_city(tmp_path, settings=made, apart=False))
        assert own["weg"] == {"2027": 50}
        assert own["riool"] == ({"2027": riool} if riool else make_settings(settings).funds[0].budget_eur)


def test_a_room_of_a_finished_run_reads_only_the_files_with_amounts(tmp_path: Path):
    put(tmp_path, ROWS)
    (tmp_path / "koppelkans.toml").write_text(
        '[city]\nname = "Dorp"\n[[funds]]\nfund = "riool"\ncodes = { kostenplaats = ["72*"] }\n'
        '[[sources]]\nname = "weg"\nrole = "assets"\npath = "is-er-niet.csv"\n'
        '[[sources]]\nname = "b"\nrole = "budgets"\npath = "b.csv"\nunits = { amount_eur = "x € 1.000" }\n',
        encoding="utf-8",
    )
    settings = settings_with_amounts(tmp_path)
    (riool,) = [fund for fund in settings.funds if fund.fund == "riool"]
    assert riool.budget_eur == {"2027": 1_030_500, "2028": 1_250_000}
    assert [source.name for source in settings.sources] == ["weg", "b"]
