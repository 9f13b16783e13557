"""How sure a business case is, in words, picture and table."""

import hamlet_plan
from koppelkans.ground.words import euros
from koppelkans.report.blocks import Heading, Picture, Sentence, Table
from koppelkans.report.chapters.case_spread import case_spread

PLAN = hamlet_plan.plan()
OUTCOMES = PLAN.business.outcomes.set_index(["case", "alternative"])


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


def test_it_is_told_in_english_too():
    told = [block.text for block in case_spread(PLAN, "city", "en") if isinstance(block, Sentence)]
    assert told[0].startswith("In 90 of 100 draws")
    assert "correlation 0.30" in told[1]


def test_a_work_alone_has_no_draws():
    assert case_spread(PLAN, "w-water-3", "nl") == []
