"""Why a work stands in its year: the strip of years and the table beside it, worked out on the hamlet."""

from dataclasses import replace

import pandas as pd

import hamlet
import hamlet_plan
from koppelkans.report.chapters import reasons as chapter
from koppelkans.report.document import Block, Picture, Sentence, Table
from koppelkans.report.pictures import work_years as picture
from koppelkans.report.seen_by import seen_by

PLAN = hamlet_plan.plan()


def rows(blocks: list[Block]) -> dict[str, list[str]]:
    (table,) = [block for block in blocks if isinstance(block, Table)]
    return {row[0]: list(row[1:]) for row in table.rows}


def test_each_work_tells_its_cheapest_other_year_and_what_forbids_the_rest():
    told = rows(chapter.other_years(PLAN, "nl"))
    assert told["Gas Dorpsstraat"] == ["2030", "2029: + € 19.000", "2031: te weinig geld over in Eigen middelen gas"]
    assert told["Riool Dorpsstraat"] == [
        "2030",
        "2029: + € 42.500",
        "2028: door een besluit vastgezet op een ander jaar; 2031: er zouden meer straten tegelijk open liggen dan mag in West",
    ]


def test_an_area_tells_of_its_own_works_only():
    assert set(rows(chapter.area_other_years(PLAN, "West", "nl"))) == {"Gas Dorpsstraat", "Riool Dorpsstraat"}
    (said,) = [block for block in chapter.area_other_years(PLAN, "East", "nl") if isinstance(block, Sentence)]
    assert said.text == "Geen werk kan hier in een ander jaar dan waarin het staat."


def test_a_price_that_is_not_shared_is_not_shown():
    parties = [{"party": "gas", "name": "Netbeheerder", "shares": ["section", "window", "kind", "name"]}]
    shown = seen_by(replace(PLAN, settings=hamlet.settings(parties=parties)))
    blocks = chapter.other_years(shown, "nl")
    assert rows(blocks)["Gas Dorpsstraat"][1] == "–"
    (drawn,) = [block for block in blocks if isinstance(block, Picture)]
    assert "?" in drawn.svg
    assert "+19" not in drawn.svg


def test_the_picture_shows_prices_in_thousands_and_crosses_what_is_forbidden():
    (drawn,) = [block for block in chapter.other_years(PLAN, "nl") if isinstance(block, Picture)]
    for sign in ("+19", "+42", "×", "nu", "’30"):
        assert sign in drawn.svg
    assert picture._between("#000000", "#ffffff", 0.5) == "#808080"


def test_years_in_a_row_are_written_as_a_span():
    assert chapter.runs(pd.Series([2030, 2027, 2028, 2033])) == "2027–2028, 2030, 2033"
