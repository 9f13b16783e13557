"""The vision: every ambition early, with need, what serves it, what nobody serves and by when; proposals apart."""

from dataclasses import replace
from pathlib import Path

import pandas as pd

import hamlet
import hamlet_plan
from koppelkans.area.product import STACK
from koppelkans.ground.tables import shape
from koppelkans.opportunities.product import PROPOSALS
from koppelkans.report.chapters.future import future, proposals, quarters
from koppelkans.report.chapters.years import where
from koppelkans.report.document import Block, Picture, Sentence, Table
from koppelkans.report.forms.city_pdf import CHAPTERS
from koppelkans.report.forms.vision_pdf import VISION_PDF

STACKED = pd.DataFrame(
    {
        "of": ["city", "city", "area", "area"], "place": ["", "", "West", "West"], "place_name": ["", "", "West", "West"],
        "ambition": ["biodiversity", "heat_stress"] * 2, "name_nl": ["biodiversiteit", "hitte"] * 2,
        "name_en": ["biodiversity", "heat stress"] * 2, "level": [2, 1] * 2, "need_score": [0.8, None, 0.8, 0.5],
        "sections": [2, 0, 2, 2], "high": [2, 0, 2, 0], "served": [1, 0, 1, 0], "waiting": 0, "nobody": [1, 0, 1, 0],
        "works": [1, 0, 1, 0], "met_share": [0.1, None, 0.1, 0.0], "half_year": pd.array([2031, None, 2031, None], dtype="Int64"),
    }
)  # fmt: skip
PROPOSED = pd.DataFrame(
    {
        "proposal": ["West:biodiversity"], "area": ["West"], "ambition": ["biodiversity"], "kind": ["tree"], "streets": ["Kerkweg"],
        "sections": [1], "need_score": [0.8], "quantity": [10.0], "unit": ["piece"], "cost_eur": pd.array([12_000], dtype="Int64"),
        "cost_source": ["test"], "basis": ["assumed"], "partners": ["Waterschap"], "why_nl": ["x"], "why_en": ["x"],
        "geometry": [hamlet.stretch(0, 100)],
    }
)  # fmt: skip
BARE = hamlet_plan.plan()
PLAN = replace(
    BARE,
    areas=replace(BARE.areas, stack=shape(STACKED, STACK)),
    opportunities=replace(BARE.opportunities, proposals=shape(PROPOSED, PROPOSALS, crs=hamlet.CRS)),
)


def rows(blocks: list[Block]) -> list[list[str]]:
    return [list(row) for block in blocks if isinstance(block, Table) for row in block.rows]


def said(blocks: list[Block]) -> str:
    return " ".join(block.text for block in blocks if isinstance(block, Sentence))


def test_every_ambition_has_its_place_with_need_help_lack_and_year():
    told = rows(future(PLAN, "nl"))
    assert told[0][0] == "biodiversiteit"
    assert told[0][2] == "0,8"
    assert told[0][4:] == ["1", "2", "1", "10 %", "2031"]
    assert told[1][:4] == ["hitte", "1", "onbekend", "niets"]
    assert told[1][7:] == ["onbekend", "–"]
    assert "Niemand helpt nog bij de hoge behoefte aan biodiversiteit (1)" in said(future(PLAN, "nl"))
    assert "Van hitte is geen behoefte bekend" in said(future(PLAN, "nl"))


def test_the_vision_stands_before_the_works_in_the_programme_of_the_city():
    assert CHAPTERS.index(future) < CHAPTERS.index(proposals) < CHAPTERS.index(where)


def test_a_quarter_tells_its_greatest_needs_and_there_is_a_picture():
    assert [row[1] for row in rows(quarters(PLAN, "nl"))] == ["biodiversiteit", "hitte"]
    assert sum(isinstance(block, Picture) for block in future(PLAN, "nl")) == 1


def test_a_proposal_is_told_as_one_and_counts_nowhere():
    told = proposals(PLAN, "nl")
    assert rows(told)[0][1:] == ["biodiversiteit", "boom", "10 stuks", "Kerkweg", "€ 12.000", "Waterschap"]
    assert "in geen programma, in geen potje en in geen som" in said(told)
    assert "West:biodiversity" not in set(PLAN.programme.plan["work"]) | set(PLAN.account.works["work"])


def test_without_ambitions_or_proposals_a_sentence_stands_there():
    nothing = replace(PLAN, vision=replace(PLAN.vision, ambitions=PLAN.vision.ambitions.iloc[:0]))
    assert "geen ambities" in said(future(nothing, "nl"))
    assert "geen hoge behoefte" in said(proposals(BARE, "nl"))


def test_the_document_of_its_own_is_written(tmp_path: Path):
    (made,) = VISION_PDF.write(PLAN, tmp_path, "nl")
    assert made.stat().st_size > 10_000
