"""Why a work is done in its year: the price of other years, what forbids them, and who. (nl: waarom dit jaar)."""

from dataclasses import dataclass

import numpy as np
import pandas as pd

from koppelkans.ground.errors import NoProgrammeError
from koppelkans.programme.build_problem import OUTSIDE_HORIZON
from koppelkans.programme.change import Move, known
from koppelkans.programme.constraints import CONSTRAINTS
from koppelkans.programme.desk import Desk
from koppelkans.programme.explain import Told, explain
from koppelkans.programme.indexed import positions
from koppelkans.programme.left_out import Missed, missed, told
from koppelkans.programme.moves import moves, prices
from koppelkans.programme.other_years import anew_words, forbidden_words, named_years
from koppelkans.programme.problem import Problem
from koppelkans.programme.profiles import closed_touches
from koppelkans.programme.replan import WEIGHT, replan
from koppelkans.programme.solve.highs import Effort
from koppelkans.programme.solve.incumbent import CERTAIN
from koppelkans.programme.solve.proven import lower_bounds

EFFORT = Effort(seconds=1.0, nodes=10)
"""Effort of one other year when everything is planned anew around it: a work has ten or so, which must take seconds."""
CENT = 0.01
"""A price is rounded down to whole euros, but for rounding of less than this."""
YEARS = {
    "year": "int64",
    "held_eur": "Int64",
    "held_harm_eur": "Int64",
    "blocked_by": "str",
    "about": "str",
    "anew_eur": "Int64",
    "anew_harm_eur": "Int64",
    "least_eur": "Int64",
    "works_move": "Int64",
    "promises_move": "Int64",
    "clash": "str",
}


@dataclass(frozen=True)
class Why:
    """Why a work stands in its year, or is left undone.

    Parameters
    ----------
    work, name
        The work, and what people call it.
    year, best_year
        The year in which it stands (None: undone), and its best year.
    partners
        Works that open a section with it in its year, as people call them, the nearest first.
    years
        Every year of its window: `held_eur` what it would cost there with all others held (discounted, against now, money and
        weighed harm, of which `held_harm_eur` is harm), `blocked_by` and `about` the demand that forbids it then. Where it was
        asked for: `anew_eur` (`anew_harm_eur`) what it costs at the most with the rest planned anew around it, `least_eur` what it is proven to cost at the least (unknown where nothing is
        proven, or where other works are left undone by it, which have a weight and no price; the two are equal where the best is found), how many other works and promises then move, and which demands
        clash where it cannot be at all. A programme that is not proven to be the best may gain in its own year too: then
        `least_eur` of that year is below 0.
    missed
        Of a work that is left undone after weighing: what keeps it out of every year, or what doing it anyway costs.
    nl, en
        Some sentences; of a work that is left undone also what it would take; the last one, on the cheapest other year, only where it was asked for.
    """

    work: str
    name: str
    year: int | None
    best_year: int
    partners: tuple[str, ...]
    years: pd.DataFrame
    nl: str
    en: str
    missed: Missed | None = None

    def blocks(self, lang: str) -> list[str]:
        """Return in a few words what forbids each year with all others held; empty where nothing."""
        return forbidden_words(self.years.rename(columns={"about": "about_name"}), lang=lang)


def why(desk: Desk, work: str, *, reoptimise: bool = False, lang: str = "en") -> Why:
    """Return why a work stands in its year.

    Parameters
    ----------
    desk
        The programme.
    work
        The work, by its key or its name.
    reoptimise
        Also plan the rest anew around each other year, and prove what it costs at the least.
    lang
        Language in which clashing demands are named.

    Raises
    ------
    InputError
        Where there is no such work; the nearest name is told.
    """
    key = desk.work_called(work)
    known(key, desk.problem.works["work"], "work")
    moved = moves(desk.problem, desk.programme, of=key)
    rows = _rows(desk, key, _outside(desk.problem))
    own = rows[rows["work"] == key].to_dict("records")[0]
    words = Told(rows, moved, desk.problem, desk.gap if desk.gap == desk.gap else 0.0)
    place = int((rows["work"] == key).to_numpy().argmax())
    years = _years(moved, desk.problem)
    sentences = {tongue: explain(words, lang=tongue)[place] for tongue in ("nl", "en")}
    one = missed(desk, key) if pd.isna(own["year"]) and pd.isna(own["outside"]) else None
    if one is not None:
        sentences = {tongue: f"{sentence} {told(desk, one, lang=tongue)}" for tongue, sentence in sentences.items()}
    if reoptimise:
        years = _bounded(desk, key, _anew(desk, key, years, lang))
        now = desk.programme.loc[desk.programme["work"] == key, "year"]
        sentences = {
            tongue: f"{sentence} {anew_words(years, now=set(now), lang=tongue)}".strip()
            for tongue, sentence in sentences.items()
        }
    return Why(
        work=key,
        name=own["name"],
        year=None if pd.isna(own["year"]) else int(own["year"]),
        best_year=int(own["best_year"]),
        partners=tuple(_partners(desk, rows, key)),
        years=years.astype(YEARS),
        nl=sentences["nl"],
        en=sentences["en"],
        missed=one,
    )


def _outside(problem: Problem) -> pd.Series:
    """Return by work why it is not planned: it was left outside, or its window lies beyond the planned years."""
    works, horizon = problem.works.set_index("work"), problem.horizon
    beyond = (works["earliest_year"] > horizon.last) | (works["latest_year"] < horizon.first)
    inside = pd.Series(pd.NA, index=works.index, dtype="str").mask(beyond, OUTSIDE_HORIZON)
    return pd.concat([inside, problem.outside.set_index("work")["reason"]])


def _rows(desk: Desk, work: str, outside: pd.Series) -> pd.DataFrame:
    """Return the work and those that share a street with it, as the sentences are made from them."""
    problem = desk.problem
    streets = problem.touches.loc[problem.touches["work"] == work, "section"]
    near = set(problem.touches.loc[problem.touches["section"].isin(streets), "work"]) | {work}
    rows = problem.works[problem.works["work"].isin(near)].reset_index(drop=True)
    rows = rows.merge(desk.programme, on="work", how="left").astype({"year": "Int64"})
    name = [desk.known_as("work", work) for work in rows["work"]]
    return rows.assign(name=name, outside=rows["work"].map(outside), bundle=None, certainty=None)


def _partners(desk: Desk, rows: pd.DataFrame, work: str) -> list[str]:
    """Return what people call the works that share an opening with a work, most shared sections first."""
    near = desk.programme[desk.programme["work"].isin(rows["work"])]
    closed = closed_touches(desk.problem, near)
    own = closed.loc[closed["work"] == work, ["section", "year"]]
    shared = closed[closed["work"] != work].merge(own, on=["section", "year"]).merge(rows[["work", "name"]], on="work")
    count = shared.groupby("name").size().rename("count").reset_index()
    return list(count.sort_values(["count", "name"], ascending=[False, True])["name"])


def _years(moved: pd.DataFrame, problem: Problem) -> pd.DataFrame:
    """Return the years of one work with their prices and blocks, as people call them."""
    table = named_years(moved, names=problem.names)
    made = table[["year", "extra_eur", "harm_eur", "blocked_by", "about_name"]]
    names = {"extra_eur": "held_eur", "harm_eur": "held_harm_eur", "about_name": "about"}
    made = made.rename(columns=names).reset_index(drop=True)
    unknown = dict.fromkeys(("anew_eur", "anew_harm_eur", "least_eur", "works_move", "promises_move"), pd.NA)
    return made.assign(**unknown, weight_eur=0.0, clash=None)


def _anew(desk: Desk, work: str, years: pd.DataFrame, lang: str) -> pd.DataFrame:
    """Plan the rest anew around each year of a work, and write down what that costs and moves."""
    made = years.copy()
    now = desk.programme.loc[desk.programme["work"] == work, "year"]
    own = _own_weight(desk, work)
    for row, year in enumerate(years["year"]):
        if year in set(now):
            made.loc[row, ["anew_eur", "anew_harm_eur", "works_move", "promises_move"]] = 0
            continue
        try:
            answer = replan(desk, Move(work, int(year)), effort=EFFORT, lang=lang)
        except NoProgrammeError as problem:
            made.loc[row, "clash"] = "; ".join(problem.clashing)
            continue
        held = years.loc[row, "held_eur"] if pd.isna(years.loc[row, "blocked_by"]) else pd.NA
        weight = answer.parts[WEIGHT] + own
        if not pd.isna(held) and held < round(answer.weighted_cost_eur + own):
            harm = years.loc[row, "held_harm_eur"]
            made.loc[row, ["anew_eur", "anew_harm_eur", "works_move", "promises_move"]] = held, harm, 0, 0
            continue
        made.loc[row, "weight_eur"] = weight
        made.loc[row, "anew_eur"] = round(answer.money_eur + answer.harm_eur)
        made.loc[row, "anew_harm_eur"] = round(answer.harm_eur)
        made.loc[row, "works_move"] = int((~answer.moved["asked"]).sum())
        made.loc[row, "promises_move"] = len(answer.promises)
    return made


def _own_weight(desk: Desk, work: str) -> float:
    """Return the weight (eur) that a work left undone has now; 0 where it has a year."""
    if work in set(desk.programme["work"]):
        return 0.0
    return float(desk.problem.works.set_index("work").loc[work, "undone_eur"])


def _bounded(desk: Desk, work: str, years: pd.DataFrame) -> pd.DataFrame:
    """Write down what each year is proven to cost at the least, in whole euros: never more than what was found."""
    if years.empty:
        return years
    indexed = desk.indexed
    at, undone = prices(indexed, desk.year_of)
    extra = at[indexed.option_work, indexed.option_year] - undone[indexed.option_work]
    place = int(positions(pd.Series([work]), desk.problem.works["work"])[0])
    options, floor = lower_bounds(desk.said, CONSTRAINTS, work=place, extra=extra)
    if desk.bound_eur == desk.bound_eur and work not in set(desk.problem.fixed["work"]):
        floor = np.maximum(floor, desk.bound_eur)
    least = np.floor(floor - desk.value.total_eur + _own_weight(desk, work) + CENT)
    known = pd.Series(least, index=indexed.option_year[options] + desk.problem.first_year)
    found = years["anew_eur"].astype("Float64")
    proven = years["year"].map(known[np.isfinite(known)]).astype("Float64")
    proven = proven.where(found.notna() & years["weight_eur"].abs().lt(1.0))
    none = CERTAIN * abs(desk.value.total_eur)
    return years.assign(least_eur=proven.where(proven < found - none, found).where(proven.notna()).astype("Int64"))
