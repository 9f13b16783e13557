"""Which purse may pay how much of an opening, and for which works. (nl: betalers van een opening)."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import pandas as pd

from koppelkans.programme.levels import Floats, Whole, opening_eur
from koppelkans.programme.problem import Problem

Mask = npt.NDArray[np.bool_]
UNCOVERED = -1
"""Stands for the share of a work that no purse pays: of an opening it pays that share, from no budget."""
WHOLE_SHARE = 1.0 - 1e-12


@dataclass(frozen=True)
class Payers:
    """Steps in which purses may pay openings.

    Of an opening a purse pays at most its largest share in any one work that needs it. That largest share is a stair: a work
    of a large share climbs all steps up to its own.

    Parameters
    ----------
    opening, fund, eur
        The opening of each step, the purse (its place; -1: nobody's) and what the step comes to (eur).
    step, option
        Which steps each option climbs.
    sole_opening, sole_fund, sole_share
        Openings that are paid in the same shares whoever works there: the opening, a purse and its share (0-1).
    free_opening, free_option
        Openings that an option may pay whole, from a purse without a budget.
    bound_step
        Which steps are of a purse with a budget.
    money_eur
        What each opening of the problem asks of purses (eur), with those that are paid alike added up in the first of them.
    least_option, least_opening, least_eur
        What purses with a budget pay at least (eur) of an opening that an option of theirs needs, beside owners that declared none.
    """

    opening: Whole
    fund: Whole
    eur: Floats
    step: Whole
    option: Whole
    sole_opening: Whole
    sole_fund: Whole
    sole_share: Floats
    free_opening: Whole
    free_option: Whole
    bound_step: Mask
    money_eur: Floats
    least_option: Whole
    least_opening: Whole
    least_eur: Floats


def shares_of(problem: Problem, funds: pd.Series) -> pd.DataFrame:
    """Share of each work that each purse pays, and that nobody pays.

    As work and fund by their places (-1: nobody), and share (0-1).
    """
    payments = problem.payments[problem.payments["share"] > 0]
    work = pd.Index(problem.works["work"]).get_indexer(pd.Index(payments["work"]))
    fund = pd.Index(funds).get_indexer(pd.Index(payments["fund"]))
    share = payments["share"].to_numpy(dtype=float).clip(max=1.0)
    rest = 1.0 - np.bincount(work, weights=share, minlength=len(problem.works))
    open_ended = np.flatnonzero(rest > 1.0 - WHOLE_SHARE)
    return pd.DataFrame(
        {
            "work": np.concatenate([work, open_ended]),
            "fund": np.concatenate([fund, np.full(len(open_ended), UNCOVERED)]),
            "share": np.concatenate([share, rest[open_ended]]),
        }
    ).astype({"work": "int64", "fund": "int64"})


def bound_funds(yearly: Floats) -> Mask:
    """Tell which funds have a budget, from budgets per fund and year; without bound where none."""
    return np.asarray(np.isfinite(yearly).all(axis=1), dtype=bool).reshape(len(yearly))


def silent_owners(problem: Problem, unbound: pd.Series) -> Whole:
    """Count for each section the owners of works there that a purse without a budget pays."""
    silent = problem.payments.loc[(problem.payments["share"] > 0) & problem.payments["fund"].isin(unbound), "work"]
    met = problem.touches[problem.touches["work"].isin(silent)].merge(problem.works[["work", "owner"]], on="work")
    met = met.assign(owner=met["owner"].astype("object").where(met["owner"].notna(), ""))
    count = met.drop_duplicates(["section", "owner"]).groupby("section").size()
    return np.asarray(count.reindex(problem.sections["section"]).fillna(0), dtype=np.int64)


def bound_share(shares: pd.DataFrame, bound: Mask) -> pd.Series:
    """Share of each work that purses with a budget pay, by the place of the work."""
    ours = shares[has_budget(shares["fund"], bound)]
    return ours.groupby("work")["share"].sum().clip(upper=1.0)


def least_share(share: pd.Series, silent: Whole | pd.Series) -> pd.Series:
    """Least part of an opening for purses with a budget; each silent owner counts whole.

    >>> least_share(pd.Series([1.0, 0.5, 1.0]), pd.Series([1, 1, 0])).round(3).tolist()
    [0.5, 0.333, 0.0]
    """
    return (share / (share + silent)).where(np.asarray(silent) > 0, 0.0)


def payers_of(needs: pd.DataFrame, shares: pd.DataFrame, money: Floats, *, bound: Mask, silent: Whole) -> Payers:
    """Purses that may pay each opening, in steps; none where no purse there has a budget.

    Parameters
    ----------
    needs
        Which option, of which work, needs which opening (option, work, opening).
    shares
        As `shares_of` returns it.
    money
        What each opening asks of purses (eur).
    bound
        Which funds have a budget.
    silent
        How many owners without one have a work in the section of each opening.
    """
    table = needs.merge(shares, on="work")
    table = table[money[table["cell"]] > 0]
    table["bound"] = has_budget(table["fund"], bound)
    table = table[table.groupby("cell")["bound"].transform("any")]
    sole = _paid_alike(table)
    alone = table[sole].drop_duplicates(["cell", "fund"]).sort_values(["cell", "fund"])
    table = table[~sole]
    free = _pays_freely(table)
    freely, table = table[free].sort_values(["cell", "option"]), table[~free]
    keys = table[["cell", "fund", "share"]].drop_duplicates().sort_values(["cell", "fund", "share"])
    below = keys.groupby(["cell", "fund"])["share"].shift(fill_value=0.0)
    kept = keys.assign(rise=keys["share"] - below, key=np.arange(len(keys)))
    climbs = table.merge(kept, on=["cell", "fund"], suffixes=("", "_step"))
    climbs = climbs[climbs["share_step"] <= climbs["share"]].sort_values(["key", "option"])
    opening = kept["cell"].to_numpy(dtype=np.int64)
    least = needs[needs["cell"].isin(opening)].merge(bound_share(shares, bound).rename("share"), on="work")
    least["eur"] = least_share(least["share"], silent[least["cell"]]) * money[least["cell"]]
    least = least[least["eur"] > 0].sort_values(["cell", "option"])
    return Payers(
        opening=opening,
        fund=kept["fund"].to_numpy(dtype=np.int64),
        eur=money[opening] * kept["rise"].to_numpy(dtype=float),
        step=climbs["key"].to_numpy(dtype=np.int64),
        option=climbs["option"].to_numpy(dtype=np.int64),
        sole_opening=alone["cell"].to_numpy(dtype=np.int64),
        sole_fund=alone["fund"].to_numpy(dtype=np.int64),
        sole_share=alone["share"].to_numpy(dtype=float),
        free_opening=freely["cell"].to_numpy(dtype=np.int64),
        free_option=freely["option"].to_numpy(dtype=np.int64),
        bound_step=has_budget(kept["fund"], bound),
        money_eur=money,
        least_option=least["option"].to_numpy(dtype=np.int64),
        least_opening=least["cell"].to_numpy(dtype=np.int64),
        least_eur=least["eur"].to_numpy(dtype=float),
    )


def _pays_freely(table: pd.DataFrame) -> pd.Series:
    """Tell of rows (cell, fund, share, bound) which are of a purse without a budget that pays its works there whole."""
    least = table.groupby(["cell", "fund"])["share"].transform("min")
    return ~table["bound"] & (table["fund"] != UNCOVERED) & (least >= WHOLE_SHARE)


def paid_together(option: Whole, opening: Whole, *, silent: Whole) -> Whole:
    """Return for each opening the first one that just the same options need.

    Beside as many silent owners, too.

    The same purses may pay both in the same shares, so that they can be paid as one.

    >>> paid_together(np.array([0, 0, 1, 1, 2]), np.array([0, 1, 0, 1, 2]), silent=np.zeros(3, dtype=np.int64)).tolist()
    [0, 0, 2]
    """
    order = np.lexsort((option, opening))
    edges = np.searchsorted(opening[order], np.arange(len(silent) + 1))
    sorted_options, first = np.ascontiguousarray(option[order]), dict[tuple[bytes, int], int]()
    places = enumerate(zip(edges[:-1].tolist(), edges[1:].tolist(), silent.tolist(), strict=True))
    made = [
        first.setdefault((sorted_options[since:until].tobytes(), owners), at) for at, (since, until, owners) in places
    ]
    return np.array(made, dtype=np.int64)


def _paid_alike(table: pd.DataFrame) -> pd.Series:
    """Tell of rows (option, cell, fund, share) whether their opening is always paid in the same shares.

    That is where every work that may need it is paid by the same purses, each for the same share, and these shares are the whole:
    what each pays is then known whoever works there.
    """
    by = table.groupby("cell")
    options, steps = by["option"].nunique(), table[["cell", "fund", "share"]].drop_duplicates()
    same = by.size() == options * steps.groupby("cell").size()
    same &= steps.groupby("cell")["share"].sum().between(WHOLE_SHARE, 2.0 - WHOLE_SHARE)
    return table["cell"].map(same).astype(bool)


def has_budget(fund: pd.Series, bound: Mask) -> Mask:
    """Tell of funds by their place which have a budget; the share that nobody pays has none."""
    place = fund.to_numpy(dtype=np.int64)
    return np.asarray((place != UNCOVERED) & np.append(bound, False)[place], dtype=bool)


def openings_of(problem: Problem, works: Sequence[str], *, fund: str | None = None) -> dict[str, float]:
    """Return by section what an opening for some works costs purses (eur).

    As wide as the widest of them needs.

    With `fund` only of works that it pays, and of each opening at most its largest share in one work there.
    """
    met = problem.touches[problem.touches["work"].isin(works)]
    if fund is not None:
        paid = problem.payments[problem.payments["fund"] == fund].set_index("work")["share"]
        met = met.assign(part=met["work"].map(paid).fillna(0.0).clip(upper=1.0))
        met = met[met["part"] > 0]
    grouped = met.groupby("section")
    prices = problem.sections.set_index("section").loc[list(grouped.groups)]
    eur = opening_eur(prices, grouped["share"].max()) * problem.opening_factor
    part = 1.0 if fund is None else grouped["part"].max().to_numpy(dtype=float)
    return dict(zip(map(str, grouped.groups), (eur * part).tolist(), strict=True))
