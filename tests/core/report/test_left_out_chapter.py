"""What was left out: what never fits first, then the top of the ranking, with the reason of each work that moves out."""

from dataclasses import replace

import pandas as pd
import pytest

import hamlet_plan
from koppelkans.ground.tables import shape
from koppelkans.programme.product import LEFT_OUT, LEFT_OUT_MOVES
from koppelkans.report.chapters.left_out import left_out
from koppelkans.report.document import Block, Heading, Sentence, Table
from koppelkans.report.plan import Plan

PLAN = hamlet_plan.plan()


def plan(*sorts: str) -> Plan:
    works = ["w-gas", "w-sewer"][: len(sorts)]
    table = pd.DataFrame({"work": works, "rank": [1, 2][: len(sorts)], "sort": sorts})
    table = table.assign(obstacle_nl="Niets verbiedt het.", obstacle_en="Nothing forbids it.", year=2030)
    table = table.assign(money_eur=1000, harm_eur=-500, works_move=1, promises_move=0)
    moved = {"work": works[-1:], "moved": ["w-gas"], "from_year": [2030], "to_year": [pd.NA]}
    moved |= {"reason_nl": ["Te weinig geld."], "reason_en": ["Too little money."]}
    made = {"left_out": shape(table, LEFT_OUT), "left_out_moves": shape(pd.DataFrame(moved), LEFT_OUT_MOVES)}
    return replace(PLAN, programme=replace(PLAN.programme, **made))


def headings(blocks: list[Block]) -> list[str]:
    return [block.text for block in blocks if isinstance(block, Heading)]


def test_nothing_is_told_where_nothing_was_left_out():
    assert left_out(PLAN, "nl") == []


def test_what_never_fits_comes_before_the_top_of_the_ranking():
    blocks = left_out(plan("never", "weight"), "nl")
    assert headings(blocks) == ["Eén werk past nooit", "De top van de rangorde die niet wordt gedaan"]
    row = [block for block in blocks if isinstance(block, Table)][1].rows[0]
    assert list(row)[:2] == ["2", "Riool Dorpsstraat"]
    assert row[2].startswith("Niets verbiedt het. ")
    assert row[2].endswith("2030 → niet gedaan (Te weinig geld)")
    assert list(row)[3:] == ["€ 1.000", "− € 500"]


def test_each_of_the_two_stands_alone_where_the_other_is_empty():
    assert headings(left_out(plan("never"), "nl")) == ["Eén werk past nooit"]
    assert headings(left_out(plan("weight"), "nl")) == ["De top van de rangorde die niet wordt gedaan"]


def test_works_that_no_price_lets_in_have_no_columns_for_a_price():
    made = plan("never", "never")
    unpriced = made.programme.left_out.assign(money_eur=pd.NA, harm_eur=pd.NA)
    made = replace(made, programme=replace(made.programme, left_out=shape(unpriced, LEFT_OUT)))
    (table,) = [block for block in left_out(made, "nl") if isinstance(block, Table)]
    assert [len(row) for row in table.rows] == [3, 3]
    assert len(table.columns) == 3


def test_what_does_not_stand_in_the_table_is_counted_with_where_it_stands(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr("koppelkans.report.chapters.left_out.MOST", 1)
    blocks = left_out(plan("never", "never"), "nl")
    assert [len(block.rows) for block in blocks if isinstance(block, Table)] == [1]
    assert [block.text for block in blocks if isinstance(block, Sentence)][-1] == (
        "En nog 1; zie het blad “Wat afvalt” van het werkboek."
    )
