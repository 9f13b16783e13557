"""What every other year of a work would cost, and what forbids it, as a table and in words. (nl: andere jaren)."""

import pandas as pd

from koppelkans.ground.tables import shape
from koppelkans.ground.words import euros, say
from koppelkans.programme.constraints import CONSTRAINTS, PIECES
from koppelkans.programme.problem import Names
from koppelkans.programme.product import OTHER_YEARS

ABOUT = {piece.name: piece.about for piece in CONSTRAINTS}
"""What a demand of each constraint is about."""


def other_years_table(moved: pd.DataFrame, *, names: Names) -> pd.DataFrame:
    """Return the price of each other year of each work and what forbids it (schema OTHER_YEARS).

    Parameters
    ----------
    moved
        As `moves` returns it: work, year, money_eur, harm_eur, blocked_by, about.
    names
        Words that people use for works, funds, crews and limits.
    """
    return shape(named_years(moved, names=names), OTHER_YEARS)


def named_years(moved: pd.DataFrame, *, names: Names) -> pd.DataFrame:
    """Return the same rows, with their names and whole euros, before they are checked.

    The extra is money and weighed harm together: the weight of leaving the work undone stands in no price that is told.
    """
    sort = moved["blocked_by"].map(ABOUT)
    called = moved["about"].copy()
    for kind in sort.dropna().unique():
        rows = sort == kind
        words = names.get(kind, {})
        called.loc[rows] = [words.get(about, about) for about in moved.loc[rows, "about"]]
    harm = moved["harm_eur"].round().astype("Int64")
    extra = (moved["money_eur"] + moved["harm_eur"]).round().astype("Int64")
    table = moved.assign(extra_eur=extra, harm_eur=harm, about_name=called)
    return table.sort_values(["work", "year"], ignore_index=True)


def forbidden_words(rows: pd.DataFrame, *, lang: str) -> list[str]:
    """Return in a few words what forbids each row of OTHER_YEARS; empty where nothing does."""
    return [
        brief_words(piece, name if isinstance(name, str) else "", lang=lang) if isinstance(piece, str) else ""
        for piece, name in zip(rows["blocked_by"], rows["about_name"], strict=True)
    ]


def anew_words(years: pd.DataFrame, *, now: set[int], lang: str) -> str:
    """Say what the cheapest other year costs with the rest planned anew.

    Both what was found and what is proven.

    Parameters
    ----------
    years
        Per year of the window `anew_eur` (at the most) and `least_eur` (at the least; unknown where nothing is proven).
    now
        The year in which the work stands; empty where it is left undone.
    lang
        Language.
    """
    others = years[~years["year"].isin(now)]
    if others.empty:
        return ""
    found = others.dropna(subset=["anew_eur"]).sort_values(["anew_eur", "year"])
    if found.empty:
        return say("No other year is possible, however the rest is planned.", lang)
    year, most, least = found.iloc[0][["year", "anew_eur", "least_eur"]]
    head = say("With the rest planned anew, {year} is the cheapest other year that was found:", lang, year=int(year))
    return f"{head} {_between(None if pd.isna(least) else int(least), int(most), lang)}"


def _between(least: int | None, most: int, lang: str) -> str:
    """Say between which amounts a price lies, and whether it is proven."""
    low, high = euros(abs(least or 0), lang), euros(abs(most), lang)
    if least == most:
        text = "it costs {high} more, and that is proven." if most >= 0 else "it saves {high}, and that is proven."
    elif least is None:
        text = "it costs at most {high} more." if most >= 0 else "it saves at least {high}."
    elif least >= 0:
        text = "it costs between {low} and {high} more."
    elif most >= 0:
        text = "it costs at most {high} more; a saving of up to {low} is not ruled out."
    else:
        text = "it saves between {high} and {low}."
    return say(text, lang, low=low, high=high)


def brief_words(constraint: str, about: str, *, lang: str) -> str:
    """Say in a few words which demand forbids a year, by its demand where it has none."""
    piece = PIECES[constraint]
    return say(piece.brief or piece.demand, lang, about=about)


def shut_words(constraint: str, about: str, year: int, *, lang: str) -> str:
    """Say in a sentence which demand forbids a year."""
    piece = PIECES[constraint]
    if piece.shut:
        return say(piece.shut, lang, year=year, about=about)
    return say("{year} is not possible: {demand}.", lang, year=year, demand=say(piece.demand, lang, about=about))
