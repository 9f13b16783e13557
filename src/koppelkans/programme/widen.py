"""Widening of assumed demands that stop mandatory works; what the city gave stays. (nl: verruimen)."""

from collections.abc import Sequence
from dataclasses import replace

from koppelkans.ground.words import say
from koppelkans.programme.constraints import PIECES
from koppelkans.programme.problem import Problem
from koppelkans.programme.solve.clash import Demand


def widened(problem: Problem, clashing: Sequence[Demand], *, lang: str) -> tuple[Problem, tuple[str, ...]]:
    """Return the problem with clashing assumed demands widened, and a note for each.

    None where all were given.
    """
    notes = []
    for constraint, about in clashing:
        piece = PIECES[constraint]
        wider = _WIDER[piece.about](problem, about) if piece.widened else None
        if wider is not None:
            problem = wider
            called = problem.names.get(piece.about, {}).get(about, about)
            notes.append(say(piece.widened, lang, about=called))
    return problem, tuple(notes)


def _budget(problem: Problem, fund: str) -> Problem | None:
    """Give a fund, in each year with an assumed budget, enough for all works that draw on it."""
    funds = problem.funds
    rows = (funds["fund"] == fund) & (funds["basis"] == "assumed")
    paid = problem.payments[problem.payments["fund"] == fund].merge(problem.works[["work", "cost_eur"]], on="work")
    need = float((paid["share"] * paid["cost_eur"]).round().sum())
    if not rows.any() or (funds.loc[rows, "budget_eur"] >= need).all():
        return None
    return replace(problem, funds=funds.assign(budget_eur=funds["budget_eur"].mask(rows, need)))


def _crew(problem: Problem, crew: str) -> Problem | None:
    """Give a crew, in each year with assumed hours, enough for all its works."""
    crews = problem.crews
    rows = (crews["crew"] == crew) & (crews["basis"] == "assumed")
    need = float(problem.efforts.loc[problem.efforts["crew"] == crew, "hours"].sum())
    if not rows.any() or (crews.loc[rows, "hours"] >= need).all():
        return None
    return replace(problem, crews=crews.assign(hours=crews["hours"].mask(rows, need)))


def _limit(problem: Problem, limit: str) -> Problem | None:
    """Let all sections of an assumed limit be open."""
    limits = problem.limits
    rows = (limits["limit"] == limit) & (limits["basis"] == "assumed")
    members = int((problem.limit_members["limit"] == limit).sum())
    if not rows.any() or (limits.loc[rows, "open_sections"] >= members).all():
        return None
    return replace(problem, limits=limits.assign(open_sections=limits["open_sections"].mask(rows, members)))


_WIDER = {"fund": _budget, "crew": _crew, "limit": _limit}
