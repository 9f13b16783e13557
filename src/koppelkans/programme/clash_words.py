"""Demands that clash, in planners' words: works, years, how much is asked and available. (nl: botsende eisen in woorden)."""

from collections.abc import Sequence
from dataclasses import dataclass

import pandas as pd

from koppelkans.ground.words import number, say, span
from koppelkans.programme.capacity import drawn_on
from koppelkans.programme.constraint import DUTIES, Constraint
from koppelkans.programme.constraints import CONSTRAINTS, PIECES
from koppelkans.programme.problem import BETWEEN, Names, Problem
from koppelkans.programme.solve.clash import Clash

MANY = 6
"""More demands of one kind than this are told as one: how many they are, and the first few."""


def clash_words(
    problem: Problem,
    clashing: Sequence[tuple[str, str]],
    *,
    names: Names | None = None,
    asked: str | None = None,
    lang: str = "en",
) -> list[str]:
    """Return clashing demands as sentences with their years and amounts.

    A demand is a constraint and what it is about; `asked` names a work that asks for room besides the duties among them.
    """
    asking = _asking(problem, clashing)
    if asked is not None:
        row = problem.works.loc[problem.works["work"] == asked, ["work", "earliest_year", "latest_year"]]
        row = row.set_axis(list(DUTIES), axis=1)
        row[["first", "last"]] = row[["first", "last"]].clip(problem.horizon.first, problem.horizon.last)
        asking = pd.concat([asking[asking["work"] != asked], row.astype(DUTIES)], ignore_index=True)
    words = _Words(problem, asking, names or {}, lang)
    told: list[str] = []
    if len(asking) > MANY:
        told += [crowd for kind, about in clashing for crowd in _crowd(words, PIECES[kind], about)]
    for kind in dict.fromkeys(name for name, _ in clashing):
        piece = PIECES[kind]
        abouts = [about for name, about in clashing if name == kind]
        told += [_sentence(words, piece, about) for about in abouts[:MANY]]
        if len(abouts) > MANY:
            text = "and {more} more demands of this kind: {kind}"
            told.append(say(text, lang, more=len(abouts) - MANY, kind=str(getattr(piece, lang))))
    if isinstance(clashing, Clash) and not clashing.smallest:
        text = "These demands clash, but the time was up before it was proven that none of them can be missed."
        told.append(say(text, lang))
    return told


@dataclass(frozen=True)
class _Words:
    """What the sentences are made from; `asking` holds the works that clash and their years."""

    problem: Problem
    asking: pd.DataFrame
    names: Names
    lang: str


def _asking(problem: Problem, clashing: Sequence[tuple[str, str]] | None = None) -> pd.DataFrame:
    """Return the works that clashing demands make a duty, each with the narrowest of its first and last years; None: all duties."""
    tables = [pd.DataFrame(columns=list(DUTIES)).astype(DUTIES)]
    for piece in CONSTRAINTS:
        if piece.duties is not None:
            table = piece.duties(problem)
            about = [name for kind, name in clashing or () if kind == piece.name]
            tables.append(table if clashing is None else table[table["work"].isin(about)])
    every = pd.concat(tables, ignore_index=True)
    return every.groupby("work", as_index=False).agg(first=("first", "max"), last=("last", "min"))


def demand_words(problem: Problem, piece: Constraint, about: str, *, lang: str) -> str:
    """Return in a few words which demand is meant, by the names that people use."""
    called = problem.names.get(piece.about, {}).get(about, about)
    called = _pair(about, problem.names, lang) if piece.about == "pair" else called
    return say(piece.demand, lang, about=called)


def _sentence(words: _Words, piece: Constraint, about: str) -> str:
    """Return one demand as a sentence."""
    called = words.names.get(piece.about, {}).get(about, about)
    if piece.about == "pair":
        called = _pair(about, words.names, words.lang)
    facts = {} if piece.facts is None else piece.facts(words.problem, about, words.asking, words.lang)
    return say(piece.clash or piece.demand, words.lang, about=called, **facts)


def _crowd(words: _Words, piece: Constraint, about: str) -> list[str]:
    """Say how many duties there are in the years that clash, and for how many of them a fund or crew suffices at the most.

    Counted over all duties of these years, not only over the few that clash; the smallest first, so that fewer may fit.
    """
    problem, asking = words.problem, words.asking
    shared = None if piece.capacity is None else piece.capacity(problem)
    if shared is None or shared.asks != "works":
        return []
    every = _asking(problem)
    every = every[(every["first"] >= asking["first"].min()) & (every["last"] <= asking["last"].max())]
    room, mine, since, last = drawn_on(problem, shared, about, every)
    mine = mine[mine > 0]
    fits = int((mine.sort_values().cumsum() <= room).sum())
    if len(mine) <= MANY or fits == len(mine):
        return []
    owners = problem.works.loc[problem.works["work"].isin(mine.index), "owner"].unique()
    text = "{count} works must be done in {years}; {about} suffices for at most {fits} of them"
    if len(owners) == 1 and isinstance(owners[0], str):
        text = "{count} works of {owner} must be done in {years}; {about} suffices for at most {fits} of them"
    called = words.names.get(piece.about, {}).get(about, about)
    numbers = {"count": number(len(mine), words.lang), "fits": number(fits, words.lang)}
    years = span(since, last, words.lang)
    return [say(text, words.lang, about=called, years=years, owner=str(owners[0]), **numbers)]


def _pair(about: str, names: Names, lang: str) -> str:
    """Return a pair of works as people call them."""
    known = names.get("work", {})
    both = [known.get(part, part) for part in about.split(BETWEEN)]
    return say("{first} and {last}", lang, first=both[0], last=both[-1]) if len(both) == 2 else about  # noqa: PLR2004
