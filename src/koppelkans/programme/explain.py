"""Why this work in this year, or why not: in plain words, from the outcome itself. (nl: uitleg)."""

from dataclasses import dataclass
from functools import cached_property
from typing import Any

import pandas as pd

from koppelkans.ground.words import ended, euros, number, say, span
from koppelkans.programme.build_problem import OUTSIDE_HORIZON, OUTSIDE_STREETS
from koppelkans.programme.constraints import PIECES
from koppelkans.programme.other_years import shut_words
from koppelkans.programme.problem import Problem
from koppelkans.programme.profiles import closed_touches, money_years, open_years, works_of_years

MOST_PARTNERS = 3
FITS_NOT = "Not planned: while all other works keep their year, it does not fit in {year}."
FITS_IN_NONE = "Not planned: while all other works keep their year, it fits in no year of {first}-{last}."
"""How the reason begins of a work that fits in no year of its period, of one year and of more."""
NEVER_FITS = "Not planned: it never fits, even if nothing else were done."
"""How the reason begins of a work that fits in no year even alone: that says more than the two above."""
OUTSIDE = {
    OUTSIDE_STREETS: "Not planned: it lies outside every street. Give it a place near a street to have it planned.",
    OUTSIDE_HORIZON: "Not planned: it may be done in {first}-{last}, outside the years that are planned.",
}


@dataclass(frozen=True)
class Told:
    """What the sentences of the reasons are made from: works with their place and other years.

    `rows` holds work, name, year, best_year, earliest_year, latest_year, bundle, outside, certainty; `moves` the prices of
    the other years; `gap` how far the programme may be from the best; `never` the works that fit in no year even alone.
    """

    rows: pd.DataFrame
    moves: pd.DataFrame
    problem: Problem
    gap: float
    never: frozenset[str] = frozenset()

    @cached_property
    def lasts(self) -> dict[str, tuple[int, int]]:
        """Return the first and last year of each work that takes several years."""
        long = works_of_years(self.problem)
        done = self.rows.loc[self.rows["work"].isin(long), ["work", "year"]].dropna().astype({"year": "int64"})
        years = [made(self.problem, done)[["work", "year"]] for made in (money_years, open_years)]
        found = pd.concat(years).groupby("work")["year"].agg(["min", "max"])
        return {work: (int(first), int(last)) for work, first, last in found.itertuples() if first < last}

    @cached_property
    def promised(self) -> dict[str, int]:
        """Return the year that was promised for each work that has one."""
        promises = pd.concat([self.problem.promises, self.problem.outside_promises], ignore_index=True)
        first = promises.drop_duplicates("work")
        return dict(zip(first["work"], first["year"].astype("int64").tolist(), strict=True))

    @cached_property
    def unpriced(self) -> set[str]:
        """Return the works of unknown cost."""
        works = self.problem.works
        return set(works.loc[works["unpriced"], "work"])

    @cached_property
    def facts(self) -> dict[str, dict[str, Any]]:
        """Return price and obstacle of the best and of the cheapest other year per work."""
        return _facts(self)

    @cached_property
    def partners(self) -> dict[str, list[str]]:
        """Return the names of the works that share an opening with each work."""
        return _partners(self)


def explain(told: Told, *, lang: str) -> list[str]:
    """Return one to three sentences per work, in the order of the rows."""
    facts, partners = told.facts, told.partners
    reasons = told.problem.fixed.set_index("work")["reason"].fillna("")
    fixed = set(told.problem.fixed["work"])
    return [
        _sentence(
            row,
            fact=facts.get(row["work"], {}),
            partners=partners.get(row["work"], []),
            decision=reasons.get(row["work"], "") if row["work"] in fixed else None,
            context=(told, lang),
        )
        for row in told.rows.to_dict("records")
    ]


def _facts(told: Told) -> dict[str, dict[str, Any]]:
    """Return per work what its best year and its cheapest other year would cost, and what blocks them."""
    moves = told.moves.merge(told.rows[["work", "best_year", "year"]], on="work", suffixes=("", "_now"))
    moves["far"] = (moves["year"] - moves["best_year"]).abs()
    moves = moves[moves["year_now"].isna() | (moves["year"] != moves["year_now"])]
    nearest = moves.sort_values(["work", "far", "year"]).drop_duplicates("work").set_index("work")
    free = moves[moves["blocked_by"].isna()].sort_values(["work", "extra_eur", "year"]).drop_duplicates("work")
    facts: dict[str, dict[str, Any]] = {
        work: {"best": row} for work, row in zip(nearest.index, nearest.to_dict("records"), strict=True)
    }
    for row in free.to_dict("records"):
        facts[row["work"]]["free"] = row
    return facts


def _partners(told: Told) -> dict[str, list[str]]:
    """Return per work the names of the works that open a section with it in its year, its nearest partners first."""
    done = told.rows[["work", "name", "year"]].dropna(subset=["year"])
    met = closed_touches(told.problem, done[["work", "year"]].astype({"year": "int64"}))
    met = met.merge(done[["work", "name"]], on="work")
    pairs = met.merge(met, on=["section", "year"], suffixes=("", "_other"))
    pairs = pairs[pairs["work"] != pairs["work_other"]]
    shared = pairs.groupby(["work", "name_other"]).size().rename("count").reset_index()
    shared = shared.sort_values(["work", "count", "name_other"], ascending=[True, False, True])
    return {work: list(names) for work, names in shared.groupby("work")["name_other"]}


def _sentence(
    row: dict[str, Any], *, fact: dict[str, Any], partners: list[str], decision: str | None, context: tuple[Told, str]
) -> str:
    """Return the sentences of one work."""
    told, lang = context
    promise = _promised(row, told, lang)
    if row["work"] in told.unpriced:
        promise = f"{promise} {say('Its cost is unknown and counts for nothing in the amounts.', lang)}".strip()
    if isinstance(row["outside"], str):
        return " ".join(part for part in (_outside(row, lang), promise) if part)
    if pd.isna(row["year"]):
        return " ".join(part for part in (_undone(row, fact, told, lang), promise) if part)
    parts = [_placed(row, decision, lang, dear=_dear(row, fact)), promise]
    lasts = told.lasts.get(row["work"])
    if lasts is not None:
        parts.append(say("It takes several years: {years}.", lang, years=span(*lasts, lang)))
    if partners:
        text = "That year the street opens once, together with {partners}."
        if lasts is not None:
            text = "Its street opens once, together with {partners}."
        parts.append(ended(say(text, lang, partners=_listed(partners, lang))))
    if decision is None and row["year"] != row["best_year"]:
        parts.append(_why_not_best(row, fact, told, lang, alone=not partners))
    return " ".join(part for part in parts if part)


def _outside(row: dict[str, Any], lang: str) -> str:
    """Say why a work was not put to the solver."""
    text = OUTSIDE.get(row["outside"])
    if text is None:
        return say("Not planned: {reason}.", lang, reason=say(row["outside"], lang))
    return say(text, lang, first=row["earliest_year"], last=row["latest_year"])


def _dear(row: dict[str, Any], fact: dict[str, Any]) -> bool:
    """Tell whether the best year is open to the work, but dearer: then people would not call it the best."""
    best = fact.get("best")
    if best is None or best["year"] != row["best_year"] or isinstance(best["blocked_by"], str):
        return False
    return bool(round(best["extra_eur"]) > 0)


def _placed(row: dict[str, Any], decision: str | None, lang: str, *, dear: bool) -> str:
    """Say in which year the work stands, and how far that is from its best year; `dear`: that year costs more."""
    year, best = int(row["year"]), int(row["best_year"])
    if decision is not None:
        text = "Fixed to {year}: {reason}." if decision else "Fixed to {year}."
        return say(text, lang, year=year, reason=decision.rstrip("."))
    if year == best:
        return say("Planned for {year}, its best year.", lang, year=year)
    years = abs(year - best)
    if dear:
        text = "Planned for {year}; by its condition or plan it was {best}."
        return say(text, lang, year=year, best=best)
    text = {
        (True, True): "Planned for {year}, one year later than its best year {best}.",
        (True, False): "Planned for {year}, {years} years later than its best year {best}.",
        (False, True): "Planned for {year}, one year earlier than its best year {best}.",
        (False, False): "Planned for {year}, {years} years earlier than its best year {best}.",
    }[year > best, years == 1]
    return say(text, lang, year=year, best=best, years=years)


def _promised(row: dict[str, Any], told: Told, lang: str) -> str:
    """Say whether a promised work keeps its year; nothing where nothing was promised."""
    promised = told.promised.get(row["work"])
    if promised is None:
        return ""
    if not pd.isna(row["year"]) and row["year"] == promised:
        return say("That is the year that was promised.", lang)
    return say("It was promised for {promised}: that promise is not kept.", lang, promised=promised)


def _why_not_best(row: dict[str, Any], fact: dict[str, Any], told: Told, lang: str, *, alone: bool) -> str:
    """Say what stands in the way of the best year."""
    best, move = int(row["best_year"]), fact.get("best")
    if best < told.problem.horizon.first:
        return say("Its best year lies before the first year that is planned.", lang)
    if move is None or move["year"] != best:
        return ""
    if isinstance(move["blocked_by"], str):
        return _blocked(move, told, lang)
    extra = round(move["extra_eur"])
    if extra > 0 and alone and row["year"] > best:
        text = "Waiting is cheaper: the interest saved is more than the price of being late. In {best} it would cost {amount} more."
    elif extra > 0:
        text = "In {best} it would cost {amount} more."
    elif extra == 0:
        text = "{best} would cost as much."
    else:
        text = "{best} would save {amount}, less than the margin of the calculation ({margin} %)."
    return say(text, lang, best=best, amount=euros(abs(extra), lang), margin=number(100 * told.gap, lang, 1))


def _undone(row: dict[str, Any], fact: dict[str, Any], told: Told, lang: str) -> str:
    """Say why a work is left undone: no year has room for it, or every year costs more than leaving it."""
    move, free = fact.get("best"), fact.get("free")
    if free is None:
        first, last = int(row["earliest_year"]), int(row["latest_year"])
        text = NEVER_FITS if row["work"] in told.never else FITS_NOT if first == last else FITS_IN_NONE
        head = say(text, lang, year=first, first=first, last=last)
        return head if move is None else f"{head} {_blocked(move, told, lang)}"
    text = "Not planned, though nothing forbids {year}: there it costs {money} of money and {harm} of weighed harm."
    money, harm = (euros(round(free[part]), lang) for part in ("money_eur", "harm_eur"))
    return say(text, lang, year=int(free["year"]), money=money, harm=harm)


def _blocked(move: dict[str, Any], told: Told, lang: str) -> str:
    """Say which demand forbids a year."""
    problem, piece = told.problem, PIECES[move["blocked_by"]]
    names = problem.names.get(piece.about, {})
    about, year = move["about"], int(move["year"])
    return shut_words(piece.name, names.get(about, about), year, lang=lang)


def _listed(names: list[str], lang: str) -> str:
    """Return names as people list them: a, b and c; and how many more."""
    shown = names[:MOST_PARTNERS]
    more = len(names) - len(shown)
    if more:
        shown = [*shown, say("{more} more", lang, more=more)]
    if len(shown) == 1:
        return shown[0]
    return say("{first} and {last}", lang, first=", ".join(shown[:-1]), last=shown[-1])
