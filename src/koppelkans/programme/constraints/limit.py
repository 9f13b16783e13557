"""At most so many sections of a district or detour are open in one year. (nl: open straten)."""

import numpy as np
import pandas as pd

from koppelkans.ground.words import number
from koppelkans.programme.capacity import Capacity, in_force
from koppelkans.programme.constraint import Blocked, Constraint, Outcome, blocked_where, faults
from koppelkans.programme.indexed import Whole, most_open, positions
from koppelkans.programme.placed import PlacedWorks
from koppelkans.programme.problem import Problem, declared
from koppelkans.programme.statement import Statement, total
from koppelkans.programme.value import opened_sections


def tell(said: Statement) -> None:
    """State the limits on open sections that could be exceeded in a year.

    A limit with no more sections that may open than it allows states nothing.
    """
    indexed, problem = said.indexed, said.indexed.problem
    limit = positions(problem.limit_members["limit"], problem.limits["limit"])
    lies = said.lies_open[positions(problem.limit_members["section"], problem.sections["section"])]
    member, year = np.nonzero(lies >= 0)
    cell = limit[member] * indexed.years + year
    most = np.repeat(most_open(problem), indexed.years)
    tight = np.bincount(cell, minlength=len(most)) > most
    at = tight[cell]
    names = np.repeat(problem.limits["limit"].to_numpy(), indexed.years)
    open_sections = total(lies[member, year][at], by=cell[at], rows=len(names))
    said.demand(LIMIT.name, open_sections, "<=", most, about=names)


def judge(problem: Problem, outcome: Outcome) -> pd.DataFrame:
    """Name the limits and years with too many open sections, and how many too many."""
    count = open_counts(problem, outcome.programme)
    given = count["limit"].isin(declared(problem.limits, "limit"))
    wrong = count[given & (count["count"] > count["open_sections"])]
    return faults(wrong["limit"], year=wrong["year"], amount=wrong["count"] - wrong["open_sections"])


def open_counts(problem: Problem, programme: pd.DataFrame) -> pd.DataFrame:
    """Return the open sections per limit and year, where there are any.

    Columns limit, year, count and open_sections.
    """
    met = problem.limit_members.merge(opened_sections(problem, programme), on="section")
    count = met.groupby(["limit", "year"]).size().rename("count").reset_index()
    return count.merge(problem.limits, on="limit").sort_values(["limit", "year"], ignore_index=True)


def capacity(problem: Problem) -> Capacity:
    """Return how many sections each given limit lets open per year, and which it counts."""
    limits, members = problem.limits, problem.limit_members
    most = np.repeat(most_open(problem)[:, None], len(problem.run_on), axis=1)
    section, limit = (
        positions(members["section"], problem.sections["section"]),
        positions(members["limit"], limits["limit"]),
    )
    never, one = np.zeros(len(limits), dtype=bool), np.ones(len(members))
    return in_force(
        Capacity(limits["limit"], most, never, asks="sections", asker=section, holder=limit, amount=one, unit="streets")
    )


def blocked(placed: PlacedWorks, works: Whole) -> Blocked:
    """Block the starts with which a work opens more sections than a limit has left."""
    shared = capacity(placed.problem)
    count = len(shared.holders)
    lying = placed.lying_works
    used = np.zeros((placed.count, count, lying.shape[2]), dtype=np.int64)
    np.add.at(used.swapaxes(0, 1), shared.holder, (lying > 0)[:, shared.asker].swapaxes(0, 1).astype(np.int64))
    touch_work, touch_section = placed.touches
    asked = np.isin(touch_work, works)
    touches = pd.DataFrame({"work": touch_work[asked], "section": touch_section[asked]})
    met = touches.merge(pd.DataFrame({"section": shared.asker, "limit": shared.holder}), on="section")
    pair, row = np.unique(met["work"].to_numpy() * max(1, count) + met["limit"].to_numpy(), return_inverse=True)
    work, limit = np.divmod(pair, max(1, count))
    own = placed.lies_open[:, met["work"].to_numpy()].astype(np.int64)
    beside = lying[:, met["section"].to_numpy()] - own
    alone, new = (np.zeros((placed.count, len(pair), lying.shape[2]), dtype=np.int64) for _ in range(2))
    np.add.at(alone.swapaxes(0, 1), row, ((beside == 0) & (own > 0)).swapaxes(0, 1).astype(np.int64))
    np.add.at(new.swapaxes(0, 1), row, (beside == 0).swapaxes(0, 1).astype(np.int64))
    without = used[:, limit] - alone
    over = (without + new > shared.room[limit]) & (new > alone)
    shut = np.zeros((placed.count, len(pair), placed.problem.years + 1), dtype=bool)
    years = placed.profiles.open(work)
    starts = np.arange(placed.problem.years)
    for at, k in zip(years.row.tolist(), years.k.tolist(), strict=True):
        shut[:, at, :-1] |= over[:, at, starts + k]
    return blocked_where(placed, works, shut, work=work, names=shared.holders.to_numpy(dtype=object)[limit])


def facts(problem: Problem, about: str, _asking: pd.DataFrame, lang: str) -> dict[str, object]:
    """Return how many sections a limit lets open in a year, in words."""
    return {"count": number(float(problem.limits.set_index("limit")["open_sections"][about]), lang)}


LIMIT = Constraint(
    name="limit",
    nl="open straten tegelijk",
    en="streets open at once",
    formula=r"\sum_{s \in S_k} o_{s,t} \le N_k",
    about="limit",
    demand="the limit on open streets of {about}",
    fault="{about} has {amount} streets too many open in {year}",
    tell=tell,
    judge=judge,
    blocked=blocked,
    shut="In {year} more streets than allowed would be open in {about}.",
    brief="more streets than allowed would be open in {about}",
    clash="in {about} at most {count} sections are open in one year",
    facts=facts,
    capacity=capacity,
)
