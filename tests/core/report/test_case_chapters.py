"""The pages of a business case: the answer first, what it rests on, and nothing unknown counted as zero."""

from dataclasses import replace
from pathlib import Path

import pytest
from pypdf import PdfReader

import hamlet_plan
from koppelkans.ground.words import euros
from koppelkans.report.chapters.ambitions import bundle_web
from koppelkans.report.chapters.case import (
    case_answer,
    case_effects,
    case_estimate,
    case_spread,
    case_tornado,
    case_unknown,
    city_case,
    figure_name,
)
from koppelkans.report.circle import EVERYONE
from koppelkans.report.document import Block, Heading, Picture, Sentence, Table, Tiles
from koppelkans.report.forms.case_pdf import write

PLAN = hamlet_plan.plan()
OUTCOMES = PLAN.business.outcomes.set_index(["case", "alternative"])


def table(blocks: list[Block]) -> Table:
    return next(block for block in blocks if isinstance(block, Table))


def amount(text: str) -> int:
    return int(text.replace("€", "").replace(".", "").replace(" ", "").replace("–", "0").replace("−", "-"))


def test_the_answer_stands_first_with_its_balance():
    blocks = case_answer(PLAN, "b-1", "nl")
    told = next(block for block in blocks if isinstance(block, Sentence))
    assert isinstance(blocks[0], Heading)
    assert euros(OUTCOMES.loc[("b-1", "together"), "npv_eur"], "nl") in told.text
    tiles = next(block for block in blocks if isinstance(block, Tiles))
    assert tiles.tiles[0].figure == euros(OUTCOMES.loc[("b-1", "together"), "npv_eur"], "nl")


def test_every_alternative_but_nothing_has_its_row():
    rows = table(case_answer(PLAN, "city", "nl")).rows
    assert [row[0] for row in rows] == ["elk apart", "samen", "samen, later", "samen, met extra"]
    assert amount(rows[1][3]) == OUTCOMES.loc[("city", "together"), "npv_eur"]


def test_the_effects_add_up_to_the_balance():
    rows = table(case_effects(PLAN, "b-1", "nl")).rows
    assert sum(amount(row[3]) for row in rows[:-1]) == pytest.approx(amount(rows[-1][3]), abs=len(rows))
    assert amount(rows[-1][3]) == OUTCOMES.loc[("b-1", "together"), "npv_eur"]


def test_the_sensitivity_names_figures_in_words():
    blocks = case_tornado(PLAN, "b-1", "nl")
    assert any(isinstance(block, Picture) for block in blocks)
    assert figure_name(PLAN, "kinds.sewer_gravity.price", "nl") == "prijs van riool (vrijverval)"
    assert figure_name(PLAN, "cost.gepland", "nl") == "raming in de fase voorontwerp"
    assert figure_name(PLAN, "discount_rate", "nl") == "discontovoet"


def test_what_is_unknown_is_named_with_who_and_where():
    rows = table(case_unknown(PLAN, "b-1", "nl")).rows
    assert ["minder hitte", "bewoners", "samen, met extra"] in [list(row) for row in rows]


def test_the_estimate_adds_up_with_tax():
    rows = table(case_estimate(PLAN, "b-1", "nl")).rows
    assert sum(amount(row[1]) for row in rows[:-1]) == amount(rows[-1][1])
    assert rows[0][0] == "benoemde directe kosten"


def test_the_document_holds_the_city_and_each_bundle(tmp_path: Path):
    (path,) = write(PLAN, tmp_path, "nl")
    text = " ".join(page.extract_text() for page in PdfReader(path).pages)
    for word in ("De hele stad", "Dorpsstraat", "Wie betaalt, wie profiteert", "Welk potje betaalt"):
        assert word in text


def test_a_plan_without_cases_has_no_document(tmp_path: Path):
    assert write(hamlet_plan.nothing(), tmp_path, "nl") == []


def test_a_bundle_shows_its_web_beside_that_of_the_city():
    blocks = bundle_web(PLAN, "b-1", "nl")
    (picture,) = [block for block in blocks if isinstance(block, Picture)]
    # the project wants level 1 for biodiversity where the city wants 2
    assert "wat de stad overal wil" in " ".join(block.text for block in blocks if isinstance(block, Sentence))
    assert "Een ander niveau dan overal: biodiversiteit." in " ".join(
        block.text for block in blocks if isinstance(block, Sentence)
    )
    assert "stroke-dasharray" in picture.svg
    assert bundle_web(PLAN, "w-9", "nl") == []


def test_five_fifty_and_ninety_five_in_a_hundred_are_told():
    blocks = case_spread(PLAN, "b-1", "nl")
    row = OUTCOMES.loc[("b-1", "together")]
    assert isinstance(blocks[0], Heading)
    assert blocks[0].text == "Hoe zeker het is"
    told = next(block for block in blocks if isinstance(block, Sentence)).text
    assert all(euros(row[name], "nl") in told for name in ("p5_eur", "p50_eur", "p95_eur"))
    table = next(block for block in blocks if isinstance(block, Table))
    assert [line[0] for line in table.rows] == ["elk apart", "samen", "samen, later", "samen, met extra"]
    assert table.rows[1][1:4] == [euros(row[name], "nl") for name in ("p5_eur", "p50_eur", "p95_eur")]
    assert any(isinstance(block, Picture) for block in blocks)


def test_how_sure_a_case_is_is_told_in_english_too():
    told = [block.text for block in case_spread(PLAN, "city", "en") if isinstance(block, Sentence)]
    assert told[0].startswith("In 90 of 100 draws")
    assert "correlation 0.30" in told[1]


def test_a_work_alone_has_no_draws():
    assert case_spread(PLAN, "w-water-3", "nl") == []


def test_the_city_programme_tells_the_case_of_the_city_to_those_who_may_see_it_whole():
    told = city_case(PLAN, "nl")
    assert told[0].text == "Wat het kost en oplevert: de businesscase van de stad"
    assert told[1:] == case_answer(PLAN, "city", "nl")[1:]
    rest = PLAN.business.cases[PLAN.business.cases["case"] != "city"]
    assert city_case(replace(PLAN, business=replace(PLAN.business, cases=rest)), "nl") == []
    later = replace(PLAN, to_come=("business",))
    assert "koppelkans reports" in city_case(later, "nl")[1].text
    assert city_case(replace(later, viewer=EVERYONE), "nl") == []
