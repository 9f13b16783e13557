"""Usual questions answered beforehand: a work later, less money, a late party. (nl: wat als)."""

from collections.abc import Collection, Sequence
from math import floor, log10
from typing import Any

import pandas as pd

from koppelkans.ground.settings import Settings
from koppelkans.ground.tables import empty, shape
from koppelkans.programme.change import Change, Cut, Move, Slip
from koppelkans.programme.clash_words import clash_words
from koppelkans.programme.desk import Desk, lay_out
from koppelkans.programme.own_part import owner_shift
from koppelkans.programme.problem import Problem, declared
from koppelkans.programme.product import WHAT_IF, WHAT_IF_MOVES
from koppelkans.programme.replan import Impossible, Replanned, attempted
from koppelkans.programme.scenarios.tables import own_purses
from koppelkans.programme.tables import money_table, payments_table

CUT_SHARE = 0.1
"""Part of the tightest budget that is taken off, rounded to two figures."""
Tables = dict[str, pd.DataFrame]


def what_if(problem: Problem, programme: pd.DataFrame, *, settings: Settings) -> Tables:
    """Return the price of some likely changes, and every work that moves with each.

    Each is chosen by rule from the programme itself.

    Parameters
    ----------
    problem, programme
        The problem of the city, and its programme (work, year).
    settings
        With the parties, and `programme.what_if`, which switches this off.
    """
    changes = examples(problem, programme, settings=settings) if settings.programme.what_if else []
    if not changes:
        return {"what_if": empty(WHAT_IF), "what_if_moves": empty(WHAT_IF_MOVES)}
    desk = lay_out(problem, programme)
    answers = [(change, attempted(desk, change)) for change in changes]
    moves = [
        answer.moved.assign(what_if=_name(change)) for change, answer in answers if isinstance(answer, Replanned)
    ] or [empty(WHAT_IF_MOVES)]
    city = {party.party for party in settings.parties if party.kind == "gemeente"}
    rows = [_asked(desk, change) | _answered(desk, answer, city=city) for change, answer in answers]
    table = pd.DataFrame(rows, columns=list(WHAT_IF.columns))
    moved = pd.concat(moves, ignore_index=True).sort_values(["what_if", "work"], ignore_index=True)
    return {"what_if": shape(table, WHAT_IF), "what_if_moves": shape(moved, WHAT_IF_MOVES)}


def examples(problem: Problem, programme: pd.DataFrame, *, settings: Settings) -> list[Change]:
    """Return the changes that are asked about, by rule.

    The dearest promised or fixed work (else the dearest that has room) a year later; a tenth less for the fund and year
    of the city that have least left of a budget that was given; and, of the parties besides the municipality, the one with most works a year late.
    """
    found = (_dearest_later(problem, programme), _tightest_less(problem, programme, settings), _party_late(problem, programme, settings))  # fmt: skip
    return [change for change in found if change is not None]


def _dearest_later(problem: Problem, programme: pd.DataFrame) -> Move | None:
    """Return the dearest work that was promised or fixed, a year later; without any, the dearest whose window has room."""
    works = problem.works.merge(programme, on="work")
    promises = problem.promises.rename(columns={"year": "promised_year"})[["work", "promised_year"]]
    works = works.merge(promises, on="work", how="left")
    fixed = works["work"].isin(problem.fixed["work"])
    firm = fixed | (works["promised_year"] == works["year"]).fillna(value=False).astype(bool)
    room = (works["year"] < problem.horizon.last) & (fixed | (works["year"] < works["latest_year"]))
    asked = works.assign(firm=firm)[room].sort_values(["firm", "cost_eur", "work"], ascending=[False, False, True])
    if asked.empty:
        return None
    return Move(str(asked["work"].iloc[0]), int(asked["year"].iloc[0]) + 1)


def _tightest_less(problem: Problem, programme: pd.DataFrame, settings: Settings) -> Cut | None:
    """Return a tenth less for the fund and year with the smallest share left, of the city itself where it holds funds.

    What a fund that carries over has left is what no later year needs.
    """
    money = money_table(problem, payments_table(problem, programme))
    own = own_purses(settings, problem)
    money = money[money["fund"].isin(own or money["fund"]) & money["fund"].isin(declared(problem.funds, "fund"))]
    least = money[::-1].groupby("fund")["left_eur"].cummin()[::-1]
    money = money.assign(room=money["left_eur"].where(~money["carries_over"], least) / money["budget_eur"])
    asked = money[(money["budget_eur"] > 1 / CUT_SHARE) & (money["spent_eur"] > 0)]
    if asked.empty:
        return None
    asked = asked.sort_values(["room", "budget_eur", "fund", "year"], ascending=[True, False, True, True])
    eur = float(asked["budget_eur"].iloc[0]) * CUT_SHARE
    return Cut(str(asked["fund"].iloc[0]), int(asked["year"].iloc[0]), round(eur, 1 - floor(log10(eur))))


def _party_late(problem: Problem, programme: pd.DataFrame, settings: Settings) -> Slip | None:
    """Return a year late for the party with most works in the programme, besides the municipality where there are others."""
    city = {party.party for party in settings.parties if party.kind == "gemeente"}
    works = problem.works.merge(programme, on="work")
    others = works[~works["owner"].isin(city)]
    count = (works if others.empty else others).groupby("owner").size()
    return None if count.empty else Slip(str(count.sort_index().idxmax()), 1)


def _name(change: Change) -> str:
    """Return the name of a sort of change."""
    return type(change).__name__.lower()


def _asked(desk: Desk, change: Change) -> dict[str, Any]:
    """Return the cells that say what is asked."""
    told: dict[str, Any] = {"what_if": _name(change)}
    if isinstance(change, Move):
        now = desk.programme.set_index("work")["year"].get(change.work)
        return told | {"about": change.work, "from_year": now, "year": change.year}
    if isinstance(change, Cut):
        return told | {"about": change.fund, "year": change.year, "amount_eur": round(change.eur)}
    return told | {"about": change.party, "years": change.years}


def _answered(desk: Desk, answer: Replanned | Impossible, *, city: Collection[str]) -> dict[str, Any]:
    """Return the cells that say what it comes to, for the `city` itself too, or what stands in its way."""
    if isinstance(answer, Impossible):
        clash = {
            f"clash_{lang}": "; ".join(clash_words(answer.problem, answer.demands, names=desk.problem.names, lang=lang))
            for lang in ("nl", "en")
        }
        return {"possible": False, "fewest": False, "faults": 0} | clash
    return {
        "possible": True,
        "money_eur": round(answer.money_eur),
        "own_eur": int(owner_shift(desk, answer).reindex(sorted(city)).fillna(0).sum()),
        "harm_eur": round(answer.harm_eur),
        "works_move": len(answer.moved),
        "promises_move": len(answer.promises),
        "fewest": answer.fewest,
        "faults": int(answer.verdict["faults"].sum()),
        "decision": _reasons(answer.overturned["reason"].tolist()),
    }


def _reasons(reasons: Sequence[str]) -> str | None:
    """Return the reasons of decisions that are broken, each once; None where none is known."""
    return "; ".join(dict.fromkeys(reason.rstrip(".") for reason in reasons if reason)) or None
