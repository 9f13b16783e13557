"""What no total of a circle holds is told in the words of that circle, wherever a total is told."""

import json
from dataclasses import replace
from pathlib import Path

import pytest
from openpyxl import load_workbook

import hamlet
import hamlet_plan
from koppelkans.report.chapters.ladder import ladder
from koppelkans.report.chapters.page_one import cover
from koppelkans.report.chapters.quarter import area_cover
from koppelkans.report.circle import EVERYONE, INSIDE, Viewer
from koppelkans.report.document import Block, Sentence, Tiles
from koppelkans.report.forms.json_export import JSON_EXPORT
from koppelkans.report.forms.map_page import MAP_PAGE
from koppelkans.report.forms.workbook import WORKBOOK
from koppelkans.report.plan import Plan
from koppelkans.report.scope import scope_words
from koppelkans.report.seen_by import seen_by

PLAN = replace(hamlet_plan.plan(), settings=hamlet.settings(parties=[{"party": "gas", "shares": ["section", "window", "kind"]}]))  # fmt: skip
WATER = Viewer("party", "water", "Waterbedrijf")
SAID = {EVERYONE: "De bedragen tellen alleen wat iedereen mag zien", WATER: "De bedragen tellen alleen wat u mag zien"}


@pytest.fixture(scope="module", params=SAID, ids=["public", "party"])
def seen(request: pytest.FixtureRequest) -> Plan:
    return seen_by(PLAN, request.param)


def told(blocks: list[Block]) -> str:
    return " ".join(block.text for block in blocks if isinstance(block, Sentence))


def test_those_inside_read_nothing_of_it_and_all_of_it_is_counted():
    assert scope_words(PLAN, "nl") == ""
    assert "tellen alleen" not in told(cover(PLAN, "nl"))
    assert seen_by(PLAN, INSIDE).account.figure("investment_eur").amount == PLAN.account.figure("investment_eur").amount


def test_every_document_with_a_total_says_what_is_not_in_it(seen: Plan):
    said = SAID[seen.viewer]
    for blocks in (cover(seen, "nl"), ladder(seen, "nl"), area_cover(seen, "West", "nl")):
        assert said in told(blocks)
        assert "overal dezelfde" not in told(blocks)
    assert "Van één werk met een jaar deelt de eigenaar de kosten niet." in scope_words(seen, "nl")
    assert "kan dus meer kosten" in scope_words(seen, "nl")


def test_map_workbook_and_data_say_it_too_and_name_the_figures_for_their_circle(seen: Plan, tmp_path: Path):
    said = SAID[seen.viewer]
    names = seen.account.figures.set_index("figure")["name_nl"]
    assert names["investment_eur"] == (
        "Investering (openbaar)" if seen.viewer == EVERYONE else "Investering (wat u mag zien)"
    )
    (page,) = MAP_PAGE.write(seen, tmp_path, "nl")
    assert said in page.read_text(encoding="utf-8")
    made = json.loads(JSON_EXPORT.write(seen, tmp_path, "nl")[0].read_text(encoding="utf-8"))
    assert made["about"]["not_in_totals"].startswith(said)
    (book,) = WORKBOOK.write(seen, tmp_path, "nl")
    front = load_workbook(book, read_only=True).worksheets[0]
    assert any(str(cell).startswith(said) for row in front.iter_rows(values_only=True) for cell in row)


def test_everyone_reads_no_phone_list_and_no_desk_but_that_of_the_municipality():
    seen = seen_by(PLAN, EVERYONE)
    assert seen.alignment.calls.empty
    assert not PLAN.alignment.calls.empty
    known = seen.context.parties.dropna(subset=["contact"])
    assert set(known["kind"]) <= {"gemeente"}
    blocks = cover(seen, "nl")
    words = told(blocks) + " ".join(tile.what for block in blocks if isinstance(block, Tiles) for tile in block.tiles)
    assert "belt" not in words.lower()
    assert "bellen" not in words.lower()
