"""The ladder of the hamlet, and that a figure is the same wherever it is told."""

import json
from dataclasses import replace
from pathlib import Path

import openpyxl
import pandas as pd

import hamlet_plan
from koppelkans.ground.words import euros
from koppelkans.report.chapters.bundles import split
from koppelkans.report.chapters.ladder import ladder, waterfall
from koppelkans.report.chapters.page_one import cover
from koppelkans.report.chapters.years import yearly
from koppelkans.report.document import Picture, Table, Tiles
from koppelkans.report.forms.json_export import JSON_EXPORT
from koppelkans.report.forms.workbook import WORKBOOK
from koppelkans.report.page.facts import account_facts
from koppelkans.report.write import write_form

PLAN = hamlet_plan.plan()


def tables(lang: str = "nl") -> list[Table]:
    return [block for block in ladder(PLAN, lang) if isinstance(block, Table)]


def test_the_ladder_tells_each_amount_with_what_is_in_it():
    first = tables()[0].rows
    assert first[0][:2] == ["Werken", "€ 187.000"]
    assert first[0][2].startswith("Kosten van de werken die worden gedaan.")
    assert first[6][:2] == ["Ongedekt", "€ 70.000"]


def test_the_account_per_owner_adds_up_to_the_ladder():
    *owners, total = tables()[1].rows
    assert [row[0] for row in owners] == ["Gemeente Gehucht", "Waterbedrijf", "Netbeheerder"]
    assert total[3:] == ["€ 257.000", "€ 187.000", "€ 70.000", "€ 40.000"]
    assert len(total) == len(owners[0])


def test_what_a_purse_pays_for_another_owner_is_named_as_something_to_agree():
    assert len(tables()) == 3, "each pays its own: no such table"
    charges = PLAN.account.charges
    paid = charges.head(2).assign(
        work="w-water-3", section="S3", fund=["own:gas", "own:gemeente"], amount_eur=[12_000, 40]
    )
    shown = replace(PLAN, account=replace(PLAN.account, charges=pd.concat([charges, paid], ignore_index=True)))
    (table,) = [block for block in ladder(shown, "nl") if isinstance(block, Table) and "af te spreken" in block.caption]
    assert [list(row) for row in table.rows] == [["Eigen geld van Netbeheerder", "Waterbedrijf", "€ 12.000"]]


def test_the_picture_is_told_in_words_and_draws_every_step():
    (picture,) = [block for block in ladder(PLAN, "nl") if isinstance(block, Picture)]
    assert "Investering € 257.000; Uit potjes € 187.000; Ongedekt € 70.000." in picture.alt
    drawn = waterfall([PLAN.account.figure(key) for key in ("works_eur", "openings_eur", "direct_eur")], lang="nl")
    assert all(name in drawn for name in ("Werken", "Directe kosten"))


def test_a_figure_has_the_same_amount_on_page_one_ladder_map_workbook_and_in_json(tmp_path: Path):
    told = {key: PLAN.account.whole(key) for key in ("charged_eur", "uncovered_eur", "investment_eur", "saving_eur")}
    ladder_words = " ".join(cell for table in tables() for row in table.rows for cell in row)
    (tiles,) = [block for block in cover(PLAN, "nl") if isinstance(block, Tiles)]
    one = " ".join(f"{tile.figure} {tile.note}" for tile in tiles.tiles)
    years = next(block for block in yearly(PLAN, "nl") if isinstance(block, Table)).rows[-1]
    assert [euros(told["investment_eur"], "nl"), euros(told["saving_eur"], "nl")] == list(years[-2:])
    for amount in told.values():
        assert euros(amount, "nl") in one
        assert euros(amount, "nl") in ladder_words
    assert {key: account_facts(PLAN, "nl")["all"][key] for key in told} == told
    assert next(block for block in split(PLAN, "nl") if isinstance(block, Table)).rows[-1][-1] == euros(
        told["saving_eur"], "nl"
    )
    exported_to = write_form(JSON_EXPORT, PLAN, tmp_path)[0]
    figures = json.loads(exported_to.read_text(encoding="utf-8"))["account"]["figures"]
    exported = {row["figure"]: row["amount"] for row in figures}
    assert {key: exported[key] for key in told} == told
    book = openpyxl.load_workbook(write_form(WORKBOOK, PLAN, tmp_path, lang="nl")[0], read_only=True)
    cells = [cell for row in book["Rekening"].iter_rows(values_only=True) for cell in row]
    assert all(amount in cells for amount in told.values())
