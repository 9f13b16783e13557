"""Convenant and investment agreement: short and long term apart, amounts of the fair split, open points, and no more."""

from dataclasses import replace
from pathlib import Path

import docx
import pandas as pd
import pytest

import hamlet
import hamlet_plan
from koppelkans.ground.words import euros
from koppelkans.report.chapters.agreements import BLANK, Sides, convenant, investment, sides_of
from koppelkans.report.circle import Viewer
from koppelkans.report.document import Block, Document, Heading, Sentence, Table
from koppelkans.report.forms.agreements import AGREEMENTS
from koppelkans.report.plan import Plan
from koppelkans.report.seen_by import seen_by
from koppelkans.report.word import write_word

PLAN = hamlet_plan.plan()


def sides(plan: Plan = PLAN, party: str = "gas") -> Sides:
    made = sides_of(plan, party)
    assert made is not None
    return made


def tables(blocks: list[Block]) -> list[list[list[str]]]:
    return [[list(row) for row in block.rows] for block in blocks if isinstance(block, Table)]


def said(blocks: list[Block]) -> str:
    return " ".join(block.text for block in blocks if isinstance(block, Sentence))


def test_short_and_long_term_are_told_apart_by_the_year_of_the_bundle():
    short = convenant(PLAN, sides(), "nl")
    assert "Artikel 1. Korte termijn, tot en met 2030" in [block.text for block in short if isinstance(block, Heading)]
    assert tables(short)[0][0][0] == "2030"  # the one bundle of the hamlet
    early = replace(PLAN, settings=hamlet.settings(report={"short_years": 2}))
    (row,) = sides(early).bundles.to_dict("records")
    assert (row["year"], row["short"]) == (2030, False)
    assert said(convenant(early, sides(early), "nl")).count("geen straat die beide samen openmaken") == 1


def test_every_amount_is_a_row_of_the_fair_split_and_nothing_is_added_up():
    rows, _ = tables(investment(PLAN, sides(), "nl"))
    split = PLAN.programme.split.set_index("owner")
    names = {one.party: one.name for one in PLAN.settings.parties}
    expected = [
        [
            names[owner],
            *(euros(int(split.loc[owner, column]), "nl") for column in ("apart_eur", "fair_eur", "saving_eur")),
        ]
        for owner in ("gemeente", "gas")
    ]
    assert [row[2:] for row in rows] == expected


def test_what_may_not_be_told_is_to_be_agreed_and_never_zero():
    bare = replace(PLAN, programme=replace(PLAN.programme, split=PLAN.programme.split.iloc[:0]))
    rows, _ = tables(investment(bare, sides(bare), "nl"))
    assert {cell for row in rows for cell in row[3:]} == {"af te spreken"}


def test_open_points_and_room_to_sign_stand_in_both():
    for chapter in (convenant, investment):
        made = chapter(PLAN, sides(), "nl")
        text = said(made)
        assert "☐" in text
        assert ["Handtekening", BLANK, BLANK] in tables(made)[-1]
        assert "Concept. Alleen voor Netbeheerder en de gemeente" in text


def test_the_municipality_agrees_nothing_with_itself_nor_with_a_stranger():
    assert sides_of(PLAN, "gemeente") is None
    assert sides_of(PLAN, "nobody") is None


def test_a_party_reads_of_its_own_plans_and_never_of_a_work_that_it_may_not_see(tmp_path: Path):
    works = PLAN.context.works
    hidden = works["owner"] == "water"
    secret = works.assign(
        name=works["name"].mask(hidden, "GEHEIM-WATER"), cost_eur=works["cost_eur"].mask(hidden, 7_654_321)
    )
    told = [one.model_copy(update={"shares": []}) if one.party == "water" else one for one in PLAN.settings.parties]
    plan = replace(
        PLAN, context=replace(PLAN.context, works=secret), settings=PLAN.settings.model_copy(update={"parties": told})
    )
    files = AGREEMENTS.write(seen_by(plan, Viewer("party", "gas", "Netbeheerder")), tmp_path, "nl")
    assert [path.name for path in files] == [
        f"{file}-partij-gas.{ending}"
        for file in ("convenant", "investeringsovereenkomst")
        for ending in ("docx", "pdf")
    ]
    for path in files[::2]:
        made = docx.Document(str(path))
        cells = [cell.text for table in made.tables for row in table.rows for cell in row.cells]
        words = " ".join([*(one.text for one in made.paragraphs), *cells])
        assert "gasleiding" in words or path == files[2]
        assert "GEHEIM-WATER" not in words
        assert "654" not in words
    assert AGREEMENTS.write(PLAN, tmp_path, "nl") == []


@pytest.mark.parametrize("lang", ["nl", "en"])
def test_a_document_that_people_edit_holds_the_same_words(tmp_path: Path, lang: str):
    document = Document("Titel", "Onder", "Voet", lang, tuple(convenant(PLAN, sides(), lang)))
    made = docx.Document(str(write_word(document, tmp_path / "x.docx")))
    told = {one.text for one in made.paragraphs}
    assert {block.text for block in document.blocks if isinstance(block, Heading | Sentence)} <= told
    assert len(made.tables) == len(tables(list(document.blocks)))
    assert made.core_properties.title == "Titel"
    assert pd.Timestamp(made.core_properties.created).year == 2026
