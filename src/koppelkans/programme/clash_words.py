"""Demands that clash, in planners' words: which work, which years, how much is asked and how much there is. (nl: botsende eisen in woorden)."""

from collections.abc import Sequence
from dataclasses import dataclass

import pandas as pd

from koppelkans.ground.words import euros, number, say
from koppelkans.programme.constraints import CONSTRAINTS
from koppelkans.programme.indexed import budgets, yearly
from koppelkans.programme.judge import Names
from koppelkans.programme.problem import Problem
from koppelkans.programme.solve.clash import Clash

PIECES = {piece.name: piece for piece in CONSTRAINTS}
MANY = 6
"""More demands of one kind than this are told as one: how many they are, and the first few."""
WORDS = {
    "fixed": "{about} is fixed to {year}",
    "mandatory": "{about} must be done ({years}; {amount})",
    "once": "{about} may only be done in {years}",
    "excluded": "{about} is kept out of {years}",
    "purse_rule": "{about} is paid from a purse that may not pay its kind",
    "together": "{about} are done in the same year",
    "after": "{about} are done in the agreed order: {span}",
    "budget": "{about} has {amount} in {years}; {asked} is asked",
    "crew": "{about} has {amount} hours in {years}; {asked} is asked",
    "limit": "in {about} at most {count} sections are open in one year",
}


def clash_words(
    problem: Problem,
    clashing: Sequence[tuple[str, str]],
    *,
    names: Names | None = None,
    lang: str = "en",
) -> list[str]:
    """Return clashing demands (constraint and what it is about) as sentences with their years and amounts."""
    told: list[str] = []
    asking = _asking(problem, clashing)
    if len(asking) > MANY:
        told += [
            words
            for kind, about in clashing
            if kind in ("budget", "crew")
            for words in _crowd(_Words(problem, kind, asking, names or {}, lang), about)
        ]
    for kind in dict.fromkeys(name for name, _ in clashing):
        abouts = [about for name, about in clashing if name == kind]
        words = _Words(problem, kind, asking, names or {}, lang)
        told += [_sentence(words, about) for about in abouts[:MANY]]
        if len(abouts) > MANY:
            text = "and {more} more demands of this kind: {kind}"
            told.append(say(text, lang, more=len(abouts) - MANY, kind=str(getattr(PIECES[kind], lang))))
    if isinstance(clashing, Clash) and not clashing.smallest:
        text = "These demands clash, but the time was up before it was proven that none of them can be missed."
        told.append(say(text, lang))
    return told


@dataclass(frozen=True)
class _Words:
    """What the sentences of one kind of demand are made from; `asking` holds the works that clash and their years."""

    problem: Problem
    kind: str
    asking: pd.DataFrame
    names: Names
    lang: str


def _asking(problem: Problem, clashing: Sequence[tuple[str, str]]) -> pd.DataFrame:
    """Return the works among clashing demands with their first and last year (work, first, last), a fixed one with its year."""
    about = {kind: [name for sort, name in clashing if sort == kind] for kind in ("fixed", "mandatory")}
    rows = problem.works[problem.works["work"].isin(about["fixed"] + about["mandatory"])]
    made = rows[["work", "earliest_year", "latest_year"]].rename(
        columns={"earliest_year": "first", "latest_year": "last"}
    )
    fixed = problem.fixed[problem.fixed["work"].isin(about["fixed"])].set_index("work")["year"]
    for side in ("first", "last"):
        made[side] = made["work"].map(fixed).fillna(made[side]).clip(problem.horizon.first, problem.horizon.last)
    return made.astype({"first": "int64", "last": "int64"})


def _sentence(words: _Words, about: str) -> str:
    """Return one demand as a sentence."""
    piece = PIECES[words.kind]
    called = words.names.get(piece.about, {}).get(about, about)
    facts: dict[str, object] | None = {}
    if piece.about == "pair":
        called = _pair(about, words.names, words.lang)
        facts = {"span": _span(words.problem, about, words.lang)}
    elif piece.about == "work":
        facts = _work_facts(words.problem, words.kind, about, words.lang)
    elif words.kind in ("budget", "crew"):
        facts = _room_facts(words, about)
    elif words.kind == "limit":
        limits = words.problem.limits.set_index("limit")["open_sections"]
        facts = {"count": number(float(limits[about]), words.lang)}
    if words.kind not in WORDS or facts is None:
        return say(piece.demand, words.lang, about=called)
    return say(WORDS[words.kind], words.lang, about=called, **facts)


def _room_facts(words: _Words, about: str) -> dict[str, object]:
    """Return what a fund or crew has in the years of the works that clash, and what these ask of it."""
    room, mine, years = _drawn(words, about, words.asking)
    return {"amount": _told(words, room), "asked": _told(words, float(mine.sum())), "years": years}


def _crowd(words: _Words, about: str) -> list[str]:
    """Say how many duties there are in the years that clash, and for how many of them a fund or crew suffices at the most.

    Counted over all duties of these years, not only over the few that clash; the smallest first, so that fewer may fit.
    """
    problem, asking = words.problem, words.asking
    duties = problem.works.loc[problem.works["mandatory"] | problem.works["work"].isin(problem.fixed["work"]), "work"]
    every = _asking(
        problem, [("mandatory", work) for work in duties] + [("fixed", work) for work in problem.fixed["work"]]
    )
    every = every[(every["first"] >= asking["first"].min()) & (every["last"] <= asking["last"].max())]
    room, mine, years = _drawn(words, about, every)
    mine = mine[mine > 0]
    fits = int((mine.sort_values().cumsum() <= room).sum())
    if len(mine) <= MANY or fits == len(mine):
        return []
    owners = problem.works.loc[problem.works["work"].isin(mine.index), "owner"].unique()
    text = "{count} works must be done in {years}; {about} suffices for at most {fits} of them"
    if len(owners) == 1 and isinstance(owners[0], str):
        text = "{count} works of {owner} must be done in {years}; {about} suffices for at most {fits} of them"
    called = words.names.get(PIECES[words.kind].about, {}).get(about, about)
    numbers = {"count": number(len(mine), words.lang), "fits": number(fits, words.lang)}
    return [say(text, words.lang, about=called, years=years, owner=str(owners[0]), **numbers)]


def _drawn(words: _Words, about: str, asking: pd.DataFrame) -> tuple[float, pd.Series, str]:
    """Return what a fund or crew has in the years of some works, what each of these asks of it, and the years."""
    problem = words.problem
    first = int(asking["first"].min()) if len(asking) else problem.horizon.first
    last = int(asking["last"].max()) if len(asking) else problem.horizon.last
    if words.kind == "budget":
        names, held, carries = budgets(problem)
        saved = carries[list(names).index(about)]
        drawn = problem.payments.merge(problem.works[["work", "cost_eur"]], on="work")
        drawn = drawn.assign(amount=drawn["share"] * drawn["cost_eur"]).rename(columns={"fund": "about"})
    else:
        names, held = yearly(problem, problem.crews, key="crew", value="hours")
        saved = False
        drawn = problem.efforts.rename(columns={"hours": "amount", "crew": "about"})
    mine = drawn[(drawn["about"] == about) & drawn["work"].isin(asking["work"])].set_index("work")["amount"]
    since = problem.horizon.first if saved else first
    room = held[list(names).index(about)][since - problem.first_year : last - problem.first_year + 1].sum()
    return float(room), mine, _between(since, last, words.lang)


def _told(words: _Words, amount: float) -> str:
    """Return an amount of money or hours."""
    return euros(amount, words.lang) if words.kind == "budget" else number(amount, words.lang)


def _work_facts(problem: Problem, kind: str, about: str, lang: str) -> dict[str, object] | None:
    """Return the years and the cost of a demand on a work."""
    row = problem.works[problem.works["work"] == about]
    if row.empty:
        return None
    first, last = int(row["earliest_year"].iloc[0]), int(row["latest_year"].iloc[0])
    facts: dict[str, object] = {
        "years": _between(first, last, lang),
        "amount": euros(float(row["cost_eur"].iloc[0]), lang),
    }
    fixed = problem.fixed.loc[problem.fixed["work"] == about, "year"]
    facts["year"] = int(fixed.iloc[0]) if len(fixed) else ""
    if kind == "excluded":
        out = problem.excluded.loc[problem.excluded["work"] == about, "year"]
        facts["years"] = ", ".join(str(year) for year in sorted(out))
    return facts


def _pair(about: str, names: Names, lang: str) -> str:
    """Return a pair of works as people call them."""
    known = names.get("work", {})
    both = [known.get(part, part) for part in about.split(" + ")]
    return say("{first} and {last}", lang, first=both[0], last=both[-1]) if len(both) == 2 else about  # noqa: PLR2004


def _span(problem: Problem, about: str, lang: str) -> str:
    """Return how many years lie between a pair of works."""
    ties = problem.ties[(problem.ties["work"] + " + " + problem.ties["other"]) == about]
    if ties.empty:
        return about
    least, most = ties["least_years"].iloc[0], ties["most_years"].iloc[0]
    if pd.isna(most):
        return say("at least {least} year(s) later", lang, least=least)
    if pd.isna(least):
        return say("at most {most} year(s) later", lang, most=most)
    return say("{least} to {most} year(s) later", lang, least=least, most=most)


def _between(first: int, last: int, lang: str) -> str:
    """Return a span of years as people write it."""
    return str(first) if first == last else say("{first}-{last}", lang, first=first, last=last)
