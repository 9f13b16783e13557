"""Law of one truth: a figure has the same amount in document, workbook, JSON, map, GeoPackage and on the last line of a run."""

import base64
import gzip
import json
import re
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from functools import cache
from pathlib import Path
from typing import Any

import openpyxl
import pandas as pd
import pytest
from pypdf import PdfReader

import koppelkans as kk
from koppelkans.account import Account
from koppelkans.cli.corridor import TOLD, told
from koppelkans.ground.words import euros
from koppelkans.report.chapters.ladder import OWNER_FIGURES
from koppelkans.report.table import heading

PARTY = "netbeheerder"
Amounts = dict[str, float]


@cache
def packed(path: Path, table: str, key: str) -> dict[str, dict[str, Any]]:
    """Return a table of a GeoPackage by its key."""
    with closing(sqlite3.connect(path)) as base:
        rows = pd.read_sql_query(f'SELECT * FROM "{table}"', base)  # noqa: S608 -- a name of ours
    return rows.set_index(rows[key].fillna("")).to_dict("index")


def sheet(path: Path, name: str) -> Iterator[dict[str, Any]]:
    """Yield the rows of a sheet by its headings."""
    with closing(openpyxl.load_workbook(path, read_only=True, data_only=True)) as book:
        heads, *rows = book[name].iter_rows(values_only=True)
    yield from (dict(zip(heads, row, strict=True)) for row in rows)


def headed(table: str, column: str) -> str:
    """Return a column of a table as the head of a sheet bears it."""
    name = heading(table, column, "nl")
    return name[:1].upper() + name[1:]


def booked(path: Path) -> Amounts:
    """Return the figures of the sheet of the account."""
    code, amount = headed("account.figures", "figure"), headed("account.figures", "amount")
    return {row[code]: row[amount] for row in sheet(path, "Rekening")}


def of_an_owner(row: dict[str, Any], names: dict[str, str]) -> dict[str, int | None]:
    """Return the figures of an owner in a row; None where unknown."""
    return {key: None if pd.isna(row[name]) else int(row[name]) for key, name in names.items()}


def on_the_map(path: Path) -> Amounts:
    """Return the figures beside the map."""
    letters = re.search(r'id="facts">([^<]*)<', path.read_text(encoding="utf-8"))
    assert letters
    found: Amounts = json.loads(gzip.decompress(base64.b64decode(letters[1])))["about"]["account"]["all"]
    return found


def pages(path: Path, *, most: int = 12) -> str:
    """Return the text of the first pages of a document on one line."""
    return " ".join(" ".join(page.extract_text() for page in PdfReader(path).pages[:most]).split())


@pytest.fixture(scope="module")
def inside(town_run: tuple[kk.Plan, Path]) -> tuple[Account, Path]:
    """Return the account of a small town and the folder with what those inside read."""
    plan, out = town_run
    return plan.account, out / "intern"


def test_a_figure_is_the_same_in_every_output_of_those_inside(
    town_run: tuple[kk.Plan, Path], inside: tuple[Account, Path]
):
    account, folder = inside
    wanted: Amounts = {key: round(account.figure(key).amount or 0) for key in TOLD}
    assert wanted["charged_eur"] + wanted["uncovered_eur"] == wanted["investment_eur"] > 0
    assert told(town_run[0]) == wanted
    book, layer = (
        booked(folder / "programma-intern.xlsx"),
        packed(folder / "koppelkans-intern.gpkg", "rekening", "figure"),
    )
    listed = json.loads((folder / "koppelkans-intern.json").read_text(encoding="utf-8"))["account"]["figures"]
    mapped = on_the_map(folder / "kaart-intern.html")
    assert {key: round(book[key]) for key in TOLD} == wanted
    assert {key: round(layer[key]["amount"]) for key in TOLD} == wanted
    assert {row["figure"]: round(row["amount"]) for row in listed if row["figure"] in TOLD} == wanted
    assert {"investment_eur", "charged_eur", "uncovered_eur", "saving_eur"} <= set(mapped)
    assert {key: mapped[key] for key in mapped if key in TOLD} == {key: wanted[key] for key in mapped if key in TOLD}
    text = pages(folder / "stadsprogramma-intern.pdf")
    for key in TOLD:
        figure = account.figure(key)
        told_so = f"{figure.called('nl')} {euros(wanted[key], 'nl')} {figure.holds('nl')}"
        assert (told_so if key.endswith("_eur") else f"Werken die blijven liggen: {wanted[key]}.") in text, key


def test_what_an_owner_pays_and_saves_is_the_same_in_every_output_of_those_inside(inside: tuple[Account, Path]):
    account, folder = inside
    layer = packed(folder / "koppelkans-intern.gpkg", "rekening_per_eigenaar", "owner")
    listed = {
        row["owner"]: row
        for row in json.loads((folder / "koppelkans-intern.json").read_text(encoding="utf-8"))["account"]["owners"]
    }
    plain, heads = (
        {name: name for name in OWNER_FIGURES},
        {name: headed("account.owners", name) for name in OWNER_FIGURES},
    )
    booked = [*sheet(folder / "bijlagen-intern.xlsx", "Rekening per eigenaar")]
    text = pages(folder / "stadsprogramma-intern.pdf")
    assert len(account.owners) == len(booked) > 2
    for row, line in zip(account.owners.to_dict("records"), booked, strict=True):
        wanted = of_an_owner(row, plain)
        assert of_an_owner(layer[row["owner"]], plain) == wanted
        assert of_an_owner(listed[row["owner"]], plain) == wanted
        assert of_an_owner(line, heads) == wanted
        assert " ".join(euros(wanted[name], "nl") for name in OWNER_FIGURES if name != "on_top_eur") in text


def test_a_figure_is_the_same_in_every_output_of_one_party(town_run: tuple[kk.Plan, Path]):
    folder = town_run[1] / "partijen" / PARTY
    mark = f"partij-{PARTY}"
    layer = packed(folder / f"koppelkans-{mark}.gpkg", "rekening", "figure")
    own = packed(folder / f"koppelkans-{mark}.gpkg", "rekening_per_eigenaar", "owner")[PARTY]
    assert {key: layer[key]["amount"] for key in TOLD} == {
        key: booked(folder / f"programma-{mark}.xlsx")[key] for key in TOLD
    }
    assert layer["charged_eur"]["amount"] + layer["uncovered_eur"]["amount"] == layer["investment_eur"]["amount"] > 0
    text = pages(folder / f"bladzijde-{mark}.pdf")
    for key in ("investment_eur", "saving_eur"):
        assert euros(own[key], "nl") in text, key
