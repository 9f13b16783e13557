"""What every other year of a work would cost, and what forbids it, as a table and in words. (nl: andere jaren)."""

import pandas as pd

from koppelkans.ground.tables import shape
from koppelkans.ground.words import say
from koppelkans.programme.constraints import CONSTRAINTS
from koppelkans.programme.judge import Names
from koppelkans.programme.product import OTHER_YEARS

ABOUT = {piece.name: piece.about for piece in CONSTRAINTS}
"""What a demand of each constraint is about."""
FORBIDS = {
    "budget": "too little money left in {about}",
    "crew": "{about} has too few hours left",
    "limit": "as many streets as allowed are already open in {about}",
    "excluded": "ruled out by a decision",
    "fixed": "fixed to another year by a decision",
    "together": "tied to the same year: {about}",
    "after": "an agreed order: {about}",
    "purse_rule": "the purse that pays it may not pay this kind of work",
}


def other_years_table(moved: pd.DataFrame, *, names: Names) -> pd.DataFrame:
    """Return for each work and each year of its window what it would cost there and what forbids it (schema OTHER_YEARS).

    Parameters
    ----------
    moved
        As `moves` returns it: work, year, extra_eur, blocked_by, about.
    names
        Words that people use for works, funds, crews and limits.
    """
    sort = moved["blocked_by"].map(ABOUT)
    called = moved["about"].copy()
    for kind in sort.dropna().unique():
        rows = sort == kind
        words = names.get(kind, {})
        called.loc[rows] = [words.get(about, about) for about in moved.loc[rows, "about"]]
    table = moved.assign(extra_eur=moved["extra_eur"].round().astype("Int64"), about_name=called)
    return shape(table.sort_values(["work", "year"], ignore_index=True), OTHER_YEARS)


def forbidden_words(rows: pd.DataFrame, *, lang: str) -> list[str]:
    """Return for each row of OTHER_YEARS in a few words what forbids the year; empty where nothing does."""
    pieces = {piece.name: str(getattr(piece, lang)) for piece in CONSTRAINTS}
    return [
        _words(piece, name if isinstance(name, str) else "", pieces, lang) if isinstance(piece, str) else ""
        for piece, name in zip(rows["blocked_by"], rows["about_name"], strict=True)
    ]


def _words(piece: str, name: str, pieces: dict[str, str], lang: str) -> str:
    """Say what forbids a year; a constraint without words of its own is called by its name."""
    if piece in FORBIDS:
        return say(FORBIDS[piece], lang, about=name)
    return f"{pieces.get(piece, piece)}: {name}" if name else pieces.get(piece, piece)
