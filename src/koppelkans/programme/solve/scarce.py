"""What one more euro, hour or open street would bring: the prices of what works share. (nl: schaduwprijzen)."""

from collections.abc import Sequence

import numpy as np
import pandas as pd

from koppelkans.programme.constraint import Constraint
from koppelkans.programme.indexed import Floats
from koppelkans.programme.statement import Statement

CENT = 0.005
"""Less than half a cent is rounding of the solver."""


def scarcity(said: Statement, prices: Floats, constraints: Sequence[Constraint]) -> pd.DataFrame:
    """Return for everything that works share, per year, what one more of it would bring (constraint, about, year, worth_eur).

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
            year = problem.first_year + block.place % problem.years
            columns = {"constraint": block.constraint, "about": block.about, "year": year, "worth_eur": worth}
            parts.append(pd.DataFrame(columns))
        at += block.rows
    none = {"constraint": "str", "about": "str", "year": "int64", "worth_eur": "float64"}
    table = pd.concat(parts, ignore_index=True) if parts else pd.DataFrame(columns=list(none))
    table = table.astype(none)
    for name, capacity in shared.items():
        kept = table["constraint"].eq(name) & table["about"].isin(capacity.holders[capacity.carries])
        table = pd.concat([table[~kept], _added_up(table[kept], problem.horizon.years.tolist())], ignore_index=True)
    table = table[table["worth_eur"] >= CENT]
    return table.sort_values(["constraint", "about", "year"], ignore_index=True)


def _added_up(table: pd.DataFrame, years: Sequence[int]) -> pd.DataFrame:
    """Return the prices of what carries over added up from the last year back: it can be spent in every later year as well."""
    held = table.pivot_table(index=["constraint", "about"], columns="year", values="worth_eur", aggfunc="sum")
    held = held.reindex(columns=list(years)).fillna(0.0).loc[:, ::-1].cumsum(axis=1)
    long = held.melt(ignore_index=False, var_name="year", value_name="worth_eur").reset_index()
    return long[table.columns].astype(table.dtypes.to_dict())
