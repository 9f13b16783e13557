"""Every owner plans alone, without seeing the others; what they share then is chance. (nl: ieder voor zich)."""

from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, replace

import numpy as np
import pandas as pd
from scipy import sparse
from scipy.sparse.csgraph import connected_components

from koppelkans.programme.constraint import state
from koppelkans.programme.constraints import CONSTRAINTS
from koppelkans.programme.futures.draw import FutureDraws
from koppelkans.programme.indexed import Mask, index_problem, positions
from koppelkans.programme.problem import Problem
from koppelkans.programme.solve.highs import Effort, MipResult, completed
from koppelkans.programme.solve.incumbent import exact, gap_of
from koppelkans.programme.statement import SparseRows

NOBODY = ""
"""Owner of the works whose owner is not known."""
MARK = "\t"
"""Stands between an owner and what it has to itself; no name holds it."""
CORES = 2
"""Owners that are planned side by side."""


@dataclass(frozen=True)
class Silo:
    """The programme that owners make alone (work, year), and its proven gap (share)."""

    programme: pd.DataFrame
    gap: float


def silo(problem: Problem, *, effort: Effort) -> Silo:
    """Return the programmes that owners make alone, put together, with a proven gap.

    The best within the effort. Owners who share nothing are planned side by side, each from the root of its search
    tree alone: that is limited, and the bound says how near it comes. Where works that must be done do not fit in
    their owner's own part of the money, all plan as if they could leave them.
    """
    own = apart(problem)
    made = _planned(own, effort)
    if made is None:
        made = _planned(replace(own, works=own.works.assign(mandatory=False), fixed=own.fixed.iloc[:0]), effort)
    if made is None:
        return Silo(pd.DataFrame({"work": pd.Series([], dtype="str"), "year": pd.Series([], dtype="int64")}), np.inf)
    return made


def _planned(own: Problem, effort: Effort) -> Silo | None:
    """Return the programmes of owners who share nothing; None where what must be done does not fit."""
    indexed = index_problem(own)
    if not len(indexed.option_work):
        return Silo(indexed.programme(np.empty(0, dtype=np.int64)), 0.0)
    rows = state(indexed, CONSTRAINTS).rows()
    groups = _groups(rows)
    nothing = np.zeros(len(rows.cost))
    with ThreadPoolExecutor(max_workers=CORES) as pool:
        found = list(pool.map(lambda free: _one(rows, free, effort), groups))
    chosen = np.zeros(rows.choices, dtype=bool)
    bound = rows.offset
    for free, answer in zip(groups, found, strict=True):
        if answer.chosen is None:
            return None
        chosen[free] = answer.chosen
        bound += answer.bound - rows.part(free, nothing)[0].offset
    full = completed(rows, chosen)
    if rows.broken(full).any():
        return None
    programme = indexed.programme(np.flatnonzero(chosen)).sort_values("work", ignore_index=True)
    return Silo(programme, gap_of(rows.value(full), bound))


def _one(rows: SparseRows, free: Mask, effort: Effort) -> MipResult:
    """Return what one owner plans: from the root of the search tree, deeper only where that finds nothing."""
    part, columns = rows.part(free, np.zeros(len(rows.cost)))
    nothing = rows.complete(np.zeros(rows.choices, dtype=bool))[columns]
    start = None if part.broken(nothing).any() else nothing
    found = exact(part, replace(effort, nodes=1), start=start)
    if found.chosen is None and not found.impossible:
        found = exact(part, replace(effort, nodes=None))
    return found


def _groups(rows: SparseRows) -> list[Mask]:
    """Return the choices that have to do with each other, per group."""
    matrix = sparse.coo_array(rows.matrix)
    count, width = matrix.shape
    links = sparse.coo_array(
        (np.ones(matrix.nnz), (matrix.coords[1], width + matrix.coords[0])), shape=(width + count,) * 2
    )
    _, label = connected_components(links, directed=False)
    return [label[: rows.choices] == group for group in np.unique(label[: rows.choices]).tolist()]


def drawn_apart(came: FutureDraws, problem: Problem, own: Problem) -> FutureDraws:
    """Return the draws of the futures for owners who plan alone.

    They meet the same costs, openings and budgets.
    """
    sections = positions(_shared(own.sections["section"]), problem.sections["section"])
    keys = [
        [*zip(names, table["year"], strict=True)]
        for names, table in ((problem.funds["fund"], problem.funds), (_shared(own.funds["fund"]), own.funds))
    ]
    funds = (
        pd.MultiIndex.from_tuples(keys[0]).get_indexer(pd.MultiIndex.from_tuples(keys[1]))
        if keys[1]
        else np.empty(0, dtype=np.int64)
    )
    return replace(came, opening=came.opening[:, sections], budget=came.budget[:, funds])


def _shared(names: pd.Series) -> pd.Series:
    """Return the names that all use of things as their owner has them."""
    return names.str.split(MARK, n=1).str[1].astype("str")


def apart(problem: Problem) -> Problem:
    """Return the problem of owners who plan alone: streets, purses and crews once per owner.

    Limits on open streets too. Each opens its streets by itself and pays for that. Of a purse or a crew that several
    draw upon each has the part that it asks of all that is asked. Limits on open streets everyone has to itself; ties
    and joint savings between owners are gone.
    """
    owner = problem.works.set_index("work")["owner"].fillna(NOBODY).astype("str")
    touches = _own(problem.touches, owner, "section")
    sections = _copies(problem.sections, touches, "section")
    pays, asks = _own(problem.payments, owner, "fund"), _own(problem.efforts, owner, "crew")
    cost = pays["work"].map(problem.works.set_index("work")["cost_eur"]).astype("float64")
    funds = _parts(problem.funds, pays.assign(asked=pays["share"] * cost), "fund", "budget_eur")
    crews = _parts(problem.crews, asks.assign(asked=asks["hours"]), "crew", "hours")
    members = sections[["section", "shared"]].merge(
        problem.limit_members.rename(columns={"section": "shared"}), on="shared"
    )
    members = members.assign(limit=_before(members["section"]) + MARK + members["limit"], all=members["limit"])
    pairs = {
        name: table[table["work"].map(owner).to_numpy() == table["other"].map(owner).to_numpy()].reset_index(drop=True)
        for name, table in (("ties", problem.ties), ("joints", problem.joints))
    }
    made = {
        "sections": sections,
        "touches": touches,
        "payments": pays,
        "funds": funds,
        "efforts": asks,
        "crews": crews,
        "limits": _copies(problem.limits, members.assign(shared=members["all"]), "limit"),
        "limit_members": members,
        "fund_rules": _copies(problem.fund_rules, pays, "fund"),
    }
    shaped = {name: table[list(getattr(problem, name).columns)] for name, table in made.items()}
    return replace(problem, **shaped, **pairs)


def _before(names: pd.Series) -> pd.Series:
    """Return the owner of things as their owner has them."""
    return names.str.split(MARK, n=1).str[0].astype("str")


def _own(table: pd.DataFrame, owner: pd.Series, key: str) -> pd.DataFrame:
    """Return rows about works with the name of the thing as their owner has it; `shared` keeps the name that all use."""
    return table.assign(shared=table[key], **{key: table["work"].map(owner).to_numpy() + MARK + table[key]})


def _copies(table: pd.DataFrame, used: pd.DataFrame, key: str) -> pd.DataFrame:
    """Return the rows of a table once per owner that uses them, with the name as that owner has it."""
    names = used[[key, "shared"]].drop_duplicates()
    made = names.merge(table.rename(columns={key: "shared"}), on="shared")
    return made.sort_values([key], kind="stable", ignore_index=True)


def _parts(table: pd.DataFrame, used: pd.DataFrame, key: str, amount: str) -> pd.DataFrame:
    """Return yearly amounts once per owner: its part of all that is asked of that purse or crew; equal parts where nothing is."""
    asked = used.groupby([key, "shared"])["asked"].sum().reset_index()
    whole, users = (asked.groupby("shared")["asked"].transform(how) for how in ("sum", "size"))
    part = (asked["asked"] / whole.where(whole > 0)).fillna(1.0 / users)
    made = _copies(table, asked, key)
    share = part.set_axis(asked[key]).reindex(made[key]).to_numpy(dtype=float)
    return made.assign(**{amount: made[amount].to_numpy(dtype=float) * share})
