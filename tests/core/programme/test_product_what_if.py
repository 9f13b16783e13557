"""The tables of changes that were priced beforehand hold what the hand-made hamlet says, and refuse what cannot be."""

import pytest
from pandera.errors import SchemaErrors

import hamlet_plan
from koppelkans.programme.product import CHANGES, WHAT_IF, WHAT_IF_MOVES


def test_a_change_of_an_unknown_sort_or_twice_is_refused():
    table = hamlet_plan.plan().programme.what_if
    assert set(table["what_if"]) <= set(CHANGES)
    WHAT_IF.pandera.validate(table, lazy=True)
    with pytest.raises(SchemaErrors):
        WHAT_IF.pandera.validate(table.assign(what_if="guess"), lazy=True)
    assert WHAT_IF.key == ("what_if",)


def test_a_work_moves_once_per_change():
    moves = hamlet_plan.plan().programme.what_if_moves
    WHAT_IF_MOVES.pandera.validate(moves, lazy=True)
    assert not moves.duplicated(list(WHAT_IF_MOVES.key)).any()
