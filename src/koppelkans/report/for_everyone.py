"""What a document for everyone leaves unsaid: a workbook that only those inside have. (nl: voor iedereen)."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import replace

from koppelkans.report.circle import Viewer
from koppelkans.report.document import Block, Picture, Sentence, Table

WORKBOOK = re.compile(r"werkboek|workbook", re.IGNORECASE)
BREAK = re.compile(r"((?<=[.!?])\s+|;\s+)")
"""Between the parts of a text of which each can be left unsaid."""


def for_viewer(blocks: Iterable[Block], viewer: Viewer) -> tuple[Block, ...]:
    """Return the blocks as a viewer reads them: for everyone without a word on the workbook."""
    return tuple(_unsaid(blocks) if viewer.circle == "public" else blocks)


def _unsaid(blocks: Iterable[Block]) -> Iterator[Block]:
    """Yield blocks without the parts of their texts that name the workbook; cells of tables are what they are."""
    for block in blocks:
        if isinstance(block, Sentence):
            text = without_workbook(block.text)
            if text or not block.text:
                yield replace(block, text=text)
        elif isinstance(block, Table):
            yield replace(block, caption=without_workbook(block.caption))
        elif isinstance(block, Picture):
            yield replace(block, alt=without_workbook(block.alt), caption=without_workbook(block.caption))
        else:
            yield block


def without_workbook(text: str) -> str:
    """Return a text without its parts that name the workbook.

    >>> without_workbook("And 9 more; see the sheet “Wishes” of the workbook.")
    'And 9 more.'
    >>> without_workbook("The dearest works. All works stand in the workbook.")
    'The dearest works.'
    """
    if not WORKBOOK.search(text):
        return text
    clauses = BREAK.split(text)
    told = ""
    for between, clause in zip(["", *clauses[1::2]], clauses[::2], strict=True):
        if not WORKBOOK.search(clause):
            told += (between if told else "") + clause
        elif told and clause.endswith(".") and not told.endswith((".", "!", "?")):
            told += "."
    return told
