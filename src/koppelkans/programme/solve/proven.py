"""Bounds of each year of a work, and shadow prices of what is shared. (nl: bewezen grenzen)."""

from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace

import numpy as np
import pandas as pd

from koppelkans.programme.constraint import Constraint
from koppelkans.programme.indexed import Floats, Whole
from koppelkans.programme.solve.course import BLOCK, WHOLE
from koppelkans.programme.solve.decompose import CORES, Blocks, marginal, shared_rows, split
from koppelkans.programme.solve.highs import Effort, completed, relax, search
from koppelkans.programme.statement import SparseRows, Statement, without

SECONDS = 20.0
"""Time cap of one bound: a bound that is not there by then is left out. All other effort is counted in nodes."""
NODES = 1
"""Nodes of the search tree for one year of a small problem: the root with its cuts takes a second and a half at 160 works, measured."""
CERTAIN = 1e-9
"""The bound of a solver may be off by its tolerances: this share of the largest price is taken off."""
CENT = 0.005
"""Less than half a cent is rounding of the solver."""


def lower_bounds(
    said: Statement, constraints: Sequence[Constraint], *, work: int, extra: Floats
) -> tuple[Whole, Floats]:
    """Return the options of a work and a lower bound on the cost with each option (eur).

    A small problem is searched from its root with the work held in that year. A large one that falls apart gets its bound
    from prices of what the streets share: all blocks are planned at these prices, and the block of the work once more for
    each year. What does not fall apart gets that of the relaxation, with the reduced prices of the work's own choices. A
    decision that fixes the work is lifted, since another year is asked for.

    Parameters
    ----------
    said, constraints
        The stated problem and the constraints that stated it.
    work
        The work, by its place in the table.
    extra
        What each option would cost with all other works held, against leaving its work undone (eur).

    Source: Geoffrion (1974), Lagrangean relaxation for integer programming.
    """
    indexed = said.indexed
    name = str(indexed.problem.works["work"].iloc[work])
    rows = without(said.rows(), said.told, {(piece.name, name) for piece in constraints if piece.duties is not None})
    options = np.flatnonzero(indexed.option_work == work)
    if rows.choices <= WHOLE:
        effort = Effort(seconds=SECONDS, nodes=NODES, heuristics=False)
        return options, np.array([_proven(rows, options, option, effort) for option in options.tolist()])
    blocks = split(rows, shared_rows(said, constraints))
    if len(blocks.shared) and int(blocks.sizes.max()) <= BLOCK:
        return options, _priced(blocks, options, marginal(blocks, indexed, extra))
    return options, _relaxed(rows, options)


def _priced(blocks: Blocks, options: Whole, prices: Floats) -> Floats:
    """Return the bound of the prices for each option: that of all blocks, with the block of the work planned once more."""
    with ThreadPoolExecutor(max_workers=CORES) as pool:
        answer = blocks.ask(prices, pool=pool, left=lambda: SECONDS)
    if answer is None:
        return np.full(len(options), -np.inf)
    rows = blocks.rows
    own = np.ones(len(rows.upper), dtype=bool)
    own[blocks.shared] = False
    priced = replace(
        rows,
        cost=rows.cost - blocks.usage.T @ prices,
        lower=np.where(own, rows.lower, -np.inf),
        upper=np.where(own, rows.upper, np.inf),
    )
    block = blocks.block[options[0]]
    part, columns = priced.part(blocks.block[: rows.choices] == block, np.zeros(len(rows.cost)))
    part = replace(part, offset=0.0)
    full = completed(part, answer.chosen[columns[: part.choices]])
    if part.broken(full).any():
        return np.full(len(options), answer.bound)
    at = np.searchsorted(columns[: part.choices], options)
    effort = Effort(seconds=SECONDS)
    more = np.array([_proven(part, at, option, effort) for option in at.tolist()]) - part.value(full)
    return np.maximum(answer.bound, answer.bound + more)


def _relaxed(rows: SparseRows, options: Whole) -> Floats:
    """Return the bound of the relaxation for each option: its own reduced price is paid, and the others of the work are not."""
    relaxed = relax(rows, seconds=SECONDS)
    reduced = relaxed.reduced[options]
    left_out = -np.minimum(reduced, 0.0)
    return np.asarray(relaxed.bound + np.maximum(reduced, 0.0) + left_out.sum() - left_out)


def _proven(rows: SparseRows, options: Whole, option: int, effort: Effort) -> float:
    """Return what a search proves where one of some options is made and the others are not."""
    least, most = rows.least.copy(), rows.most.copy()
    most[options] = 0.0
    least[option] = most[option] = 1.0
    found = search(replace(rows, least=least, most=most), effort)
    slack = CERTAIN * float(np.abs(rows.cost).max(initial=0.0))
    return np.inf if found.impossible else found.bound - slack


def shadow_prices(said: Statement, prices: Floats, constraints: Sequence[Constraint]) -> pd.DataFrame:
    """Return the worth of one more unit of each shared capacity per year.

    Columns constraint, about, year and worth_eur.

    Parameters
    ----------
    said
        The statement of the problem. Rows of shared constraints are counted subject by subject, each with all years.
    prices
        The price of each row (eur per unit, at most 0), from the relaxation or from the prices of the blocks.
    constraints
        The constraints that were stated.

    Returns
    -------
    pandas.DataFrame
        `worth_eur`: discounted euros per unit, at the margin. What is not scarce in a year has no row. Where a fund
        carries over, one more euro in a year can be spent in every later one as well, so the prices of these add up.

    Source: Dantzig (1963), Linear programming and extensions, on the economics of dual prices.
    """
    problem = said.indexed.problem
    shared = {piece.name: piece.capacity(problem) for piece in constraints if piece.capacity is not None}
    parts, at = [], 0
    for block in said.told:
        if block.constraint in shared and block.about is not None:
            worth = np.maximum(0.0, -prices[at : at + block.rows])
            year = problem.first_year + block.place % len(problem.run_on)
            columns = {"constraint": block.constraint, "about": block.about, "year": year, "worth_eur": worth}
            parts.append(pd.DataFrame(columns))
        at += block.rows
    none = {"constraint": "str", "about": "str", "year": "int64", "worth_eur": "float64"}
    table = pd.concat(parts, ignore_index=True) if parts else pd.DataFrame(columns=list(none))
    table = table.astype(none)
    for name, capacity in shared.items():
        kept = table["constraint"].eq(name) & table["about"].isin(capacity.holders[capacity.carries])
        table = pd.concat([table[~kept], _added_up(table[kept], problem.run_on.years.tolist())], ignore_index=True)
    table = table[table["worth_eur"] >= CENT]
    return table.sort_values(["constraint", "about", "year"], ignore_index=True)


def _added_up(table: pd.DataFrame, years: Sequence[int]) -> pd.DataFrame:
    """Return the prices of what carries over added up from the last year back: it can be spent in every later year as well."""
    held = table.pivot_table(index=["constraint", "about"], columns="year", values="worth_eur", aggfunc="sum")
    held = held.reindex(columns=list(years)).fillna(0.0).loc[:, ::-1].cumsum(axis=1)
    long = held.melt(ignore_index=False, var_name="year", value_name="worth_eur").reset_index()
    return long[table.columns].astype(table.dtypes.to_dict())
