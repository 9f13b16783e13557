"""Works left out: what never fits, and the top of the ranking that is not done. (nl: wat afvalt)."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

import numpy as np
import pandas as pd

from koppelkans.ground.tables import empty, shape
from koppelkans.ground.words import euros, number, say, span
from koppelkans.programme.capacity import Capacity
from koppelkans.programme.change import Move
from koppelkans.programme.clash_words import clash_words, demand_words
from koppelkans.programme.constraints import PIECES
from koppelkans.programme.desk import Desk
from koppelkans.programme.explain import Told, explain
from koppelkans.programme.indexed import positions
from koppelkans.programme.obstacle import Obstacle, never_fit, obstacle
from koppelkans.programme.problem import Problem
from koppelkans.programme.product import LEFT_OUT, LEFT_OUT_MOVES
from koppelkans.programme.replan import Replanned, tried
from koppelkans.programme.solve.clash import Demand
from koppelkans.programme.solve.highs import Effort

TOP = 10
"""So many works of the top of the ranking that are not done are worked out in a run; any other on `why`."""
YEARS = 3
"""In so many years at the most it is tried what doing a work anyway costs: the cheapest with all others held, then the nearest."""
EFFORT = Effort(seconds=60.0, nodes=10)
"""Effort of one such year: counted nodes, so that every machine answers the same."""
NEVER, SHUT = "It never fits, even if nothing else were done: {demands}.", "It fits in no year, however the rest is planned: {demands}."  # fmt: skip
"""How the reason begins of a work that fits in no year even alone, and of one that others keep out."""
LANGS = ("nl", "en")
UNITS = {"h": "{count} hours", "streets": "{count} sections"}
Tables = dict[str, pd.DataFrame]


@dataclass(frozen=True)
class Missed:
    """A work that is left undone: what keeps it out, or else what doing it anyway costs.

    `sort` is never (it fits in no year even alone), shut (demands keep it out), weight (nothing forbids it) or unproven.
    """

    work: str
    sort: str
    obstacle: Obstacle
    anyway: Replanned | None = None


def left_out(desk: Desk, *, ranking: pd.DataFrame) -> Tables:
    """Return the works that never fit, and the first of the ranking that are not done.

    Parameters
    ----------
    desk
        The problem of the city, and its programme.
    ranking
        Works with their rank of the board (work, board_rank).
    """
    problem, programme = desk.problem, desk.programme
    undone = problem.works.loc[~problem.works["work"].isin(programme["work"]), ["work"]]
    if undone.empty:
        return {"left_out": empty(LEFT_OUT), "left_out_moves": empty(LEFT_OUT_MOVES)}
    ranked = undone.merge(ranking[["work", "board_rank"]], on="work", how="left").sort_values(["board_rank", "work"])
    never = {one.work: one for one in never_fit(problem) if one.work in set(undone["work"])}
    top = [str(work) for work in ranked["work"][:TOP]]
    found = [missed(desk, work) for work in top]
    found += [Missed(work, "never", one) for work, one in never.items() if work not in top]
    rank = dict(zip(ranked["work"], ranked["board_rank"].astype("Int64"), strict=True))
    rows = [_row(desk, one) | {"rank": rank[one.work]} for one in found]
    shifts = [_shifts(one) for one in found if one.anyway is not None]
    table = pd.DataFrame(rows, columns=list(LEFT_OUT.columns)).sort_values(["rank", "work"], ignore_index=True)
    moved = pd.concat(shifts or [empty(LEFT_OUT_MOVES)], ignore_index=True)
    moved = moved.sort_values(["work", "moved"], ignore_index=True)
    return {"left_out": shape(table, LEFT_OUT), "left_out_moves": shape(moved, LEFT_OUT_MOVES)}


@dataclass(frozen=True)
class NeverFits:
    """A work that fits in no year even alone: its name, what keeps it out and what lets it in."""

    work: str
    name: str
    why_nl: str
    why_en: str


def never_fits(problem: Problem) -> list[NeverFits]:
    """Return the works that fit in no year even alone, with reasons, in order of key."""
    names = problem.names.get("work", {})
    return [
        NeverFits(
            one.work,
            names.get(one.work, one.work),
            *(shut_words(problem, one, never=True, lang=lang) for lang in LANGS),
        )
        for one in sorted(never_fit(problem), key=lambda one: one.work)
    ]


def missed(desk: Desk, work: str) -> Missed:
    """Return what keeps a work that is left undone out, or what doing it anyway costs."""
    found = obstacle(desk.said, desk.rows, work)
    if not found.settled:
        return Missed(work, "unproven", found)
    if not found.possible:
        return Missed(work, "never" if found.alone or not found.demands else "shut", found)
    anyway = _done_anyway(desk, work)
    return Missed(work, "weight" if anyway is not None else "unproven", found, anyway)


def _done_anyway(desk: Desk, work: str) -> Replanned | None:
    """Return the programme with a work in it that is left undone; None where none was found in the years that were tried."""
    best = int(desk.problem.works.set_index("work")["best_year"][work])
    rows = desk.moves[desk.moves["work"] == work]
    rows = rows.assign(shut=rows["blocked_by"].notna(), far=(rows["year"] - best).abs())
    rows["extra_eur"] = rows["extra_eur"].mask(rows["shut"], 0.0)
    for year in rows.sort_values(["shut", "extra_eur", "far", "year"])["year"][:YEARS]:
        answer = tried(desk, Move(work, int(year)), effort=EFFORT)
        if answer is not None:
            return answer
    return None


def told(desk: Desk, one: Missed, *, lang: str) -> str:
    """Say why a work is left undone, and what lets it in or what doing it anyway costs."""
    if one.sort == "weight" and one.anyway is not None:
        return _weight_words(one.anyway, lang)
    if one.sort == "unproven":
        text = "It was not proven in the time that there is whether it fits." if not one.obstacle.settled else "Nothing forbids it, but no programme with it was found in the time that there is: its price is not proven."  # fmt: skip
        return say(text, lang)
    return shut_words(desk.problem, one.obstacle, never=one.sort == "never", lang=lang)


def shut_words(problem: Problem, one: Obstacle, *, never: bool, lang: str) -> str:
    """Say what keeps a work out of every year, or even alone, and what lets it in."""
    if not one.demands:
        row = problem.works.set_index("work").loc[one.work]
        first, last = problem.horizon.first, problem.horizon.last
        text = "It never fits: its period {earliest}-{latest} lies outside the years {first}-{last} that are planned."
        return say(text, lang, earliest=row["earliest_year"], latest=row["latest_year"], first=first, last=last)
    words = clash_words(problem, one.demands, names=problem.names, asked=one.work, lang=lang)
    listed = "; ".join(sentence.rstrip(".") for sentence in words)
    told = [say(NEVER if never else SHUT, lang, demands=listed)]
    if len(one.demands) > 1:
        told.append(_together(problem, one, lang))
    return " ".join([*told, say("What lets it in: {lifts}.", lang, lifts=_lifts(problem, one, lang))])


def _together(problem: Problem, one: Obstacle, lang: str) -> str:
    """Say that demands keep a work out together, and in which years each of them by itself leaves room for it."""
    if not one.alone:
        return say("Each of these leaves room for it; together they keep it out.", lang)
    each = [
        say("{demand} only in {years}", lang, demand=called, years=_runs(one.left_by((name, about)), lang))
        for name, about in one.demands
        for called in [demand_words(problem, PIECES[name], about, lang=lang)]
    ]
    return say("Together they leave no year: {each}.", lang, each="; ".join(each))


def _runs(years: Sequence[int], lang: str) -> str:
    """Return years as people write them: each run of years in a row as one span."""
    starts = [year for year in years if year - 1 not in years]
    ends = [year for year in years if year + 1 not in years]
    return ", ".join(span(first, last, lang) for first, last in zip(starts, ends, strict=True))


def takes(desk: Desk, one: Missed, *, lang: str) -> str:
    """Say in a few words what it would take to do a work that is left undone."""
    if one.sort == "weight" and one.anyway is not None:
        money, harm = (_signed(round(eur), lang) for eur in (one.anyway.money_eur, one.anyway.harm_eur))
        year = one.anyway.change.year if isinstance(one.anyway.change, Move) else 0
        text = "The choice to do it anyway, in {year}: {money} of money and {harm} of weighed harm."
        return say(text, lang, year=year, money=money, harm=harm)
    if one.sort == "unproven":
        return say("A longer search: what it takes is not proven.", lang)
    if not one.obstacle.demands:
        return say("A period within the years that are planned.", lang)
    lifts = _lifts(desk.problem, one.obstacle, lang)
    return f"{lifts[:1].upper()}{lifts[1:]}."


def _lifts(problem: Problem, one: Obstacle, lang: str) -> str:
    """Say which demands must give way, and by how much."""
    return "; ".join(_lift_words(problem, one, demand, lang) for demand in one.lifted)


def _weight_words(answer: Replanned, lang: str) -> str:
    """Say that nothing forbids a work, and what doing it anyway costs in money and in weighed harm."""
    head = say("Nothing forbids it: the weight decided.", lang)
    year = answer.change.year if isinstance(answer.change, Move) else 0
    money, harm = round(answer.money_eur), round(answer.harm_eur)
    text = "Doing it anyway in {year}: {money} of money and {harm} of weighed harm."
    priced = say(text, lang, year=year, money=_signed(money, lang), harm=_signed(harm, lang))
    if answer.weighted_cost_eur < 0:
        text = (
            "By the weights that is a little better than this programme: it lies within the margin of the calculation."
        )
        priced = f"{priced} {say(text, lang)}"
    others = answer.moved[~answer.moved["asked"]]
    if others.empty:
        return f"{head} {priced} {say('No other work moves.', lang)}"
    undone = int(others["to_year"].isna().sum())
    text = "Other works that move: {count}, of which left undone: {undone}."
    return f"{head} {priced} {say(text, lang, count=len(others), undone=undone)}"


def _signed(eur: int, lang: str) -> str:
    """Return an amount with its sign: more is +, less is −."""
    return ("+ " if eur > 0 else "") + euros(eur, lang)


def _lift_words(problem: Problem, one: Obstacle, demand: Demand, lang: str) -> str:
    """Say of a demand how much room it must give to let a work in, where that can be counted; else which demand it is."""
    piece, about = PIECES[demand[0]], demand[1]
    called = demand_words(problem, piece, about, lang=lang)
    shared = None if piece.capacity is None else piece.capacity(problem)
    if shared is None:
        return say("{demand} gives way", lang, demand=called)
    years = [year for year in one.let_in if year not in one.left_by(demand)]
    most, asked = _room(problem, shared, about, one.work, years)
    if asked <= most:
        return say("more room in {demand}", lang, demand=called)
    if 0 < len(years) < len(one.alone):
        called = say("{demand} in {years}", lang, demand=called, years=_runs(years, lang))
    return say("{demand}: {asked} instead of {most}", lang, demand=called, asked=_amount(asked, shared.unit, lang), most=_amount(most, shared.unit, lang))  # fmt: skip


def _room(problem: Problem, shared: Capacity, about: str, work: str, among: Sequence[int]) -> tuple[float, float]:
    """Return the most that a holder has for one work in any of some years, of its window where none are named, and what that work asks.

    Of a work of several years it is what the holder has in all of these together.
    """
    holder = list(shared.holders).index(about)
    row = problem.works.set_index("work").loc[work]
    years = np.asarray(problem.horizon.years)
    inside = (years >= row["earliest_year"]) & (years <= row["latest_year"])
    inside = np.isin(years, among) if among else inside
    place = positions(pd.Series([work]), problem.works["work"])
    if shared.asks == "sections":
        mine = problem.touches.loc[problem.touches["work"] == work, "section"]
        place = positions(mine, problem.sections["section"])
    rows = (shared.holder == holder) & np.isin(shared.asker, place)
    k = np.unique(np.zeros(1, dtype=np.int64) if shared.k is None or not rows.any() else shared.k[rows])
    start = np.flatnonzero(inside)
    if shared.carries[holder]:
        most = shared.room[holder].cumsum()[np.maximum(start + k[-1], 0)]
    else:
        spent = np.zeros((len(start), shared.room.shape[1]), dtype=bool)
        spent[np.arange(len(start))[:, None], np.maximum(start[:, None] + k, 0)] = True
        most = np.where(spent, shared.room[holder], 0.0).sum(axis=1)
    return float(most.max(initial=0.0)), float(shared.amount[rows].sum())


def _amount(amount: float, unit: str, lang: str) -> str:
    """Return euros, hours or sections in words."""
    return euros(amount, lang) if unit == "eur" else say(UNITS[unit], lang, count=number(amount, lang))


def _row(desk: Desk, one: Missed) -> dict[str, Any]:
    """Return the cells of a work that is left out."""
    cells: dict[str, Any] = {"work": one.work, "sort": one.sort}
    cells |= {f"obstacle_{lang}": told(desk, one, lang=lang) for lang in LANGS}
    cells |= {f"takes_{lang}": takes(desk, one, lang=lang) for lang in LANGS}
    answer = one.anyway
    if answer is None or not isinstance(answer.change, Move):
        return cells
    return cells | {
        "year": answer.change.year,
        "money_eur": round(answer.money_eur),
        "harm_eur": round(answer.harm_eur),
        "works_move": int((~answer.moved["asked"]).sum()),
        "promises_move": len(answer.promises),
    }


def _shifts(one: Missed) -> pd.DataFrame:
    """Return the other works that move when a work is done anyway, each that is then left undone with its reason."""
    if one.anyway is None:
        return empty(LEFT_OUT_MOVES)
    moved = one.anyway.moved
    rows = moved[~moved["asked"]].rename(columns={"work": "moved"}).assign(work=one.work)
    undone = [str(work) for work in rows.loc[rows["to_year"].isna(), "moved"]]
    for lang in LANGS:
        reasons = dict(zip(undone, undone_reasons(one.anyway, undone, lang=lang), strict=True))
        rows[f"reason_{lang}"] = rows["moved"].map(reasons)
    return rows[list(LEFT_OUT_MOVES.columns)]


def undone_reasons(answer: Replanned, works: Sequence[str], *, lang: str) -> list[str]:
    """Say for each work that a change leaves undone why it has no year in the new programme."""
    if not works:
        return []
    after = answer.desk
    problem = after.problem
    rows = problem.works.set_index("work").loc[list(works)].reset_index()
    rows = rows.assign(year=pd.NA, outside=None, bundle=None, certainty=None).astype({"year": "Int64"})
    rows["name"] = [after.known_as("work", work) for work in works]
    moved = after.moves[after.moves["work"].isin(works)]
    words = Told(rows, moved, replace(problem, touches=problem.touches.iloc[:0]), 0.0)
    return explain(words, lang=lang)
