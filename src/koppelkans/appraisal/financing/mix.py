"""The financing mix: purses in order, as far as rules and money allow, with gaps. (nl: financieringsmix)."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np
import numpy.typing as npt
import pandas as pd
from scipy.optimize import linprog
from scipy.sparse import coo_array, csr_array, vstack

from koppelkans.ground.errors import KoppelkansError
from koppelkans.ground.settings import Fund
from koppelkans.rules.purse_sorts import carries_over, order_of, sort_of
from koppelkans.rules.purses import shares_paid

FORMULA = (
    r"\max \sum_{w,p} x_{wp}\ \text{and among those}\ \min \sum_{w,p} o_p x_{wp},\quad "
    r"\sum_p x_{wp} \le c_w,\quad 0 \le x_{wp} \le \min(s_{pk(w)} c_w,\ m_p),\quad "
    r"\sum_{w:\,y_w \le t} x_{wp} \le \sum_{u \le t} b_{pu},\quad \sum_w x_{wp} \le M_p,\quad "
    r"x_{wg} \le \tfrac{1-\kappa_g}{\kappa_g} \sum_{p\ \text{no grant}} x_{wp}"
)
"""Amount x of purse p for work w; cost c, share s, budget b, order o, caps m and M, year y; grant g with least share kappa of others. A purse that carries nothing over is held per year."""
NEAR = 1e-5
"""Part of a euro by which the solver may be off."""
SLACK = 1e-6
"""Part of a euro by which the second program may cover less than the first."""
Floats = npt.NDArray[np.float64]


@dataclass(frozen=True)
class PurseOffer:
    """A purse with its money.

    Parameters
    ----------
    fund
        Its rules.
    budget
        What it holds per year (eur, on the years of the mix); None where it has no limit.
    only
        The only works that it may pay; None where it is open to every work that its rules allow.
    charged
        What the programme charged it per work (eur), within its rules and money: it pays that and no more; None where the
        programme does not count on it.
    """

    fund: Fund
    budget: Floats | None
    only: frozenset[str] | None = None
    charged: Mapping[str, int] | None = None

    @property
    def gift(self) -> bool:
        """Tell whether it is a grant, which does not count as the share of others."""
        sort = sort_of(self.fund)
        return bool(sort and sort.gift)


def allowed(works: pd.DataFrame, purses: Sequence[PurseOffer]) -> pd.DataFrame:
    """Return every work and purse that rules and deadlines allow, with the most it may pay.

    Columns at and purse (positions) and most (whole euros). A grant is rounded down to whole euros and other purses
    up, so that shares that add up to one cover a work whole.

    Parameters
    ----------
    works
        `work`, `owner`, `kind`, `year` and `wanted_eur`; rows with an unknown amount are allowed nothing.
    purses
        The purses.
    """
    parts = []
    wanted = works["wanted_eur"].astype("Float64").astype("float64").fillna(0.0).to_numpy()
    for position, purse in enumerate(purses):
        fund = purse.fund
        if purse.charged is not None:
            charged = works["work"].map(dict(purse.charged)).astype("float64").fillna(0.0).to_numpy()
            at = np.flatnonzero((charged > 0) & (wanted > 0))
            parts.append(pd.DataFrame({"at": at, "purse": position, "most": charged[at]}))
            continue
        exact = np.round(shares_paid(works, fund).to_numpy(dtype=float) * wanted, 6)
        most = np.floor(exact) if purse.gift else np.ceil(exact)
        if fund.most_per_work_eur is not None:
            most = np.minimum(most, fund.most_per_work_eur)
        if fund.last_year is not None:
            most = np.where(works["year"].to_numpy() <= fund.last_year, most, 0.0)
        if purse.only is not None:
            most = np.where(works["work"].isin(purse.only), most, 0.0)
        at = np.flatnonzero(most > 0)
        parts.append(pd.DataFrame({"at": at, "purse": position, "most": most[at]}))
    empty = pd.DataFrame({"at": [], "purse": [], "most": []})
    return pd.concat([empty, *parts], ignore_index=True).astype({"at": "int64", "purse": "int64", "most": "float64"})


def allocate(works: pd.DataFrame, purses: Sequence[PurseOffer], *, years: Sequence[int]) -> pd.DataFrame:
    """Return how much each purse pays of each work (work, fund, amount_eur).

    In whole euros above zero, sorted. A purse on which the programme counts pays what it was charged; what others bring fills
    what is not charged, and then takes its place. Two linear programs, solved by HiGHS: the first finds the most that can be
    covered, the second keeps that and takes from purses with a lower order first. No other division covers more, but
    for the euros of rounding down.

    Parameters
    ----------
    works
        `work`, `owner`, `kind`, `year` and `wanted_eur` (whole euros or unknown), each work once.
    purses
        The purses with their money.
    years
        The years, in order, to which the budgets of the purses belong.
    """
    ordered = works.sort_values("work", ignore_index=True)
    held = sorted(purses, key=lambda purse: purse.fund.fund)
    pairs = allowed(ordered, held)
    if pairs.empty:
        return pd.DataFrame(
            {
                "work": pd.Series([], dtype="str"),
                "fund": pd.Series([], dtype="str"),
                "amount_eur": pd.Series([], dtype="int64"),
            }
        )
    rows, limits = _rows(ordered, held, pairs, years)
    most = pairs["most"].to_numpy()
    best = _solved(-np.ones(len(pairs)), rows, limits, most)
    order = np.array([order_of(purse.fund) for purse in held], dtype=float)[pairs["purse"]]
    kept = vstack([rows, csr_array(-np.ones((1, len(pairs))))], format="csr")
    chosen = _solved(order, kept, np.append(limits, -(best.sum() - SLACK)), most)
    pairs["amount_eur"] = np.floor(chosen + NEAR).astype("int64")
    pairs = _within_grants(pairs, held)
    pairs = pairs[pairs["amount_eur"] > 0]
    names = np.array([purse.fund.fund for purse in held], dtype=object)
    made = pd.DataFrame(
        {
            "work": ordered["work"].to_numpy()[pairs["at"]],
            "fund": names[pairs["purse"]],
            "amount_eur": pairs["amount_eur"].to_numpy(),
        }
    )
    return made.astype({"work": "str", "fund": "str"}).sort_values(["work", "fund"], ignore_index=True)


def _rows(
    works: pd.DataFrame, purses: Sequence[PurseOffer], pairs: pd.DataFrame, years: Sequence[int]
) -> tuple[csr_array, Floats]:
    """Return the rules as rows of a linear program: coefficients per pair, and what each row is at most."""
    at, held = pairs["at"].to_numpy(), pairs["purse"].to_numpy()
    when = works["year"].to_numpy()[at]
    blocks = [coo_array((np.ones(len(at)), (at, np.arange(len(at)))), shape=(len(works), len(at)))]
    limits = [works["wanted_eur"].astype("Float64").astype("float64").fillna(0.0).to_numpy()]
    for position, purse in enumerate(purses):
        mine = held == position
        if purse.charged is not None:
            continue
        if purse.budget is not None and mine.any():
            for step, year in enumerate(years):
                carried = carries_over(purse.fund)
                inside = mine & (when <= year if carried else when == year)
                blocks.append(coo_array(inside[None, :].astype(float)))
                limits.append(np.array([purse.budget[: step + 1].sum() if carried else purse.budget[step]]))
        if purse.fund.most_eur is not None and mine.any():
            blocks.append(coo_array(mine[None, :].astype(float)))
            limits.append(np.array([float(purse.fund.most_eur)]))
        if purse.gift and purse.fund.others_share and mine.any():
            blocks.append(_beside(at, mine, _no_gift(purses)[held], purse.fund.others_share))
            limits.append(np.zeros(int(mine.sum())))
    return csr_array(vstack(blocks, format="csr")), np.concatenate(limits)


def _beside(
    at: npt.NDArray[np.int64], mine: npt.NDArray[np.bool_], others: npt.NDArray[np.bool_], least: float
) -> coo_array:
    """Return a row per work with a grant: grant x least / (1 - least) - what purses that are no grant pay <= 0."""
    granted = at[mine]
    row_of = np.full(int(at.max()) + 1, -1)
    row_of[granted] = np.arange(len(granted))
    beside = others & (row_of[at] >= 0)
    rows = np.concatenate([np.arange(len(granted)), row_of[at[beside]]])
    columns = np.concatenate([np.flatnonzero(mine), np.flatnonzero(beside)])
    values = np.concatenate([np.full(len(granted), least / (1.0 - least)), -np.ones(int(beside.sum()))])
    return coo_array((values, (rows, columns)), shape=(len(granted), len(at)))


def _no_gift(purses: Sequence[PurseOffer]) -> npt.NDArray[np.bool_]:
    """Tell of each purse whether it is no grant."""
    return np.array([not purse.gift for purse in purses], dtype=bool)


def _solved(costs: Floats, rows: csr_array, limits: Floats, most: Floats) -> Floats:
    """Return the cheapest amounts between zero and `most` within the rows."""
    found = linprog(costs, A_ub=rows, b_ub=limits, bounds=np.column_stack([np.zeros(len(most)), most]), method="highs")
    if found.x is None:
        msg = f"the financing mix could not be solved: {found.message}"
        raise KoppelkansError(msg)
    return np.asarray(found.x, dtype=float)


def _within_grants(pairs: pd.DataFrame, purses: Sequence[PurseOffer]) -> pd.DataFrame:
    """Return the pairs with grants cut to what the others pay after rounding down to whole euros."""
    no_gift = _no_gift(purses)[pairs["purse"]]
    others = pairs["amount_eur"].where(no_gift, 0).groupby(pairs["at"]).transform("sum")
    least = np.array([purse.fund.others_share if purse.gift and purse.charged is None else 0.0 for purse in purses])[
        pairs["purse"]
    ]
    ratio = np.where(least > 0, (1.0 - least) / np.where(least > 0, least, 1.0), np.inf)
    room = np.floor(np.where(least > 0, others * np.where(least > 0, ratio, 0.0), np.inf) + NEAR)
    return pairs.assign(amount_eur=np.minimum(pairs["amount_eur"], room).astype("int64"))


def coverage(
    works: pd.DataFrame, paid: pd.DataFrame, purses: Sequence[PurseOffer], *, bases: pd.Series
) -> pd.DataFrame:
    """Return per work the amount wanted, its coverage, the gap and the reason; sorted.

    Coverage is split over given and assumed money.

    Parameters
    ----------
    works
        As `allocate` takes them.
    paid
        What `allocate` returned.
    purses
        The purses.
    bases
        Given or assumed, by fund.
    """
    made = works.sort_values("work", ignore_index=True)
    split = paid.assign(basis=paid["fund"].map(bases))
    for basis in ("given", "assumed"):
        amounts = split[split["basis"] == basis].groupby("work")["amount_eur"].sum()
        made[f"{basis}_eur"] = made["work"].map(amounts).fillna(0).astype("int64")
    made["gap_eur"] = made["wanted_eur"].astype("Int64") - made["given_eur"] - made["assumed_eur"]
    made["reason"] = _reasons(made, purses)
    return made


def _reasons(works: pd.DataFrame, purses: Sequence[PurseOffer]) -> npt.NDArray[np.object_]:
    """Return why each work has a gap: the first cause that would be there even if every purse were full."""
    purses = [replace(purse, charged=None) for purse in purses]
    timeless = [replace(purse, fund=purse.fund.model_copy(update={"last_year": None})) for purse in purses]
    wanted = works["wanted_eur"].astype("Float64").astype("float64").to_numpy()
    unknown = np.isnan(wanted) | (works["cost_eur"].isna().to_numpy() if "cost_eur" in works else False)
    any_time, in_time = (_most(works, held) for held in (timeless, purses))
    own = _most(works, [purse for purse in purses if not purse.gift])
    gap = works["gap_eur"].astype("Float64").astype("float64").fillna(0.0).to_numpy()
    causes = [
        (unknown, "unknown"),
        (gap <= 0, "none"),
        (any_time <= 0, "no_purse"),
        ((own <= 0) & (in_time > 0), "cofinancing"),
        ((in_time < wanted) & (any_time > in_time), "deadline"),
        (in_time < wanted, "share"),
    ]
    return np.select([cause for cause, _ in causes], [name for _, name in causes], "money").astype(object)


def _most(works: pd.DataFrame, purses: Sequence[PurseOffer]) -> Floats:
    """Return what purses could pay of each work if they were full."""
    pairs = allowed(works, purses)
    if pairs.empty:
        return np.zeros(len(works))
    return np.asarray(np.bincount(pairs["at"], weights=pairs["most"], minlength=len(works)), dtype=float)
