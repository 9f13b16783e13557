"""Assumptions that stand in the way of what must be done are widened, and said so; what the city gave stands. (nl: verruimen)."""

from collections.abc import Sequence
from dataclasses import replace

import pandas as pd

from koppelkans.ground.words import say
from koppelkans.programme.constraints import PIECES
from koppelkans.programme.frame import Framed
from koppelkans.programme.solve.clash import Demand


def widened(framed: Framed, clashing: Sequence[Demand], *, lang: str) -> tuple[Framed, tuple[str, ...]]:
    """Return the problem with the assumed demands among clashing ones widened, and a note for each; none where all were given."""
    notes = []
    for constraint, about in clashing:
        piece = PIECES[constraint]
        wider = _WIDER[piece.about](framed, about) if piece.widened else None
        if wider is not None:
            framed = wider
            called = framed.names.get(piece.about, {}).get(about, about)
            notes.append(say(piece.widened, lang, about=called))
    return framed, tuple(notes)


def _budget(framed: Framed, fund: str) -> Framed | None:
    """Give a fund, in each year with an assumed budget, enough for all works that draw on it."""
    rows = (framed.budgets["fund"] == fund) & (framed.budgets["basis"] == "assumed")
    drawn = framed.payments[framed.payments["work"].isin(framed.problem.works["work"])]
    need = int(drawn.loc[drawn["fund"] == fund, "amount_eur"].sum())
    if not rows.any() or (framed.budgets.loc[rows, "budget_eur"] >= need).all():
        return None
    budgets = framed.budgets.assign(budget_eur=framed.budgets["budget_eur"].where(~rows, need))
    return replace(
        framed, budgets=budgets, problem=replace(framed.problem, funds=_taken(framed.problem.funds, budgets))
    )


def _crew(framed: Framed, crew: str) -> Framed | None:
    """Give a crew, in each year with assumed hours, enough for all its works."""
    rows = (framed.hours["crew"] == crew) & (framed.hours["basis"] == "assumed")
    efforts = framed.problem.efforts
    need = float(efforts.loc[efforts["crew"] == crew, "hours"].sum())
    if not rows.any() or (framed.hours.loc[rows, "hours"] >= need).all():
        return None
    hours = framed.hours.assign(hours=framed.hours["hours"].where(~rows, need))
    return replace(framed, hours=hours, problem=replace(framed.problem, crews=_taken(framed.problem.crews, hours)))


def _limit(framed: Framed, limit: str) -> Framed | None:
    """Let all sections of an assumed limit be open."""
    rows = (framed.limits["limit"] == limit) & (framed.limits["basis"] == "assumed")
    members = int((framed.problem.limit_members["limit"] == limit).sum())
    if not rows.any() or (framed.limits.loc[rows, "most"] >= members).all():
        return None
    limits = framed.limits.assign(most=framed.limits["most"].where(~rows, members))
    open_sections = limits.rename(columns={"most": "open_sections"})
    problem = replace(framed.problem, limits=_taken(framed.problem.limits, open_sections))
    return replace(framed, limits=limits, problem=problem)


def _taken(table: pd.DataFrame, source: pd.DataFrame) -> pd.DataFrame:
    """Return the rows of a source in the columns and types of a table of the problem."""
    return source[list(table.columns)].astype(table.dtypes.to_dict())


_WIDER = {"fund": _budget, "crew": _crew, "limit": _limit}
