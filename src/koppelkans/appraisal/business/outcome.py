"""The outcome of each alternative against doing nothing: NPV, ratio and payback. (nl: uitkomst)."""

from dataclasses import dataclass

import numpy as np
import pandas as pd

from koppelkans.appraisal.business.codes import coded
from koppelkans.appraisal.business.flows import spelled_out
from koppelkans.appraisal.business.npv import payback_years, stream_values
from koppelkans.appraisal.business.product import ALTERNATIVES
from koppelkans.appraisal.business.streams import Span
from koppelkans.appraisal.effects.capital_cost import CAPITAL_COST
from koppelkans.appraisal.effects.opening_cost import OPENING_COST
from koppelkans.appraisal.effects.residual_value import RESIDUAL_VALUE
from koppelkans.appraisal.effects.shared_trench import SHARED_TRENCH
from koppelkans.appraisal.effects.upkeep_change import UPKEEP_CHANGE
from koppelkans.ground.money import whole_euros

RATIO_FORMULA = r"\text{BCR} = \frac{\sum_{e \notin M} (PV_e - PV_e^0)}{-\sum_{e \in M} (PV_e - PV_e^0)}"
"""M are the effects that are money of those who do the works; PV^0 is the null alternative."""
MONEY = frozenset(piece.name for piece in (CAPITAL_COST, OPENING_COST, SHARED_TRENCH, UPKEEP_CHANGE, RESIDUAL_VALUE))
"""Effects that are money of those who do the works; all others are what it brings and harms."""
KEY = ["case", "alternative"]
NULL = "null"


def with_values(streams: pd.DataFrame, rates: pd.Series, *, base_year: int) -> pd.DataFrame:
    """Return the streams with their present value (`worth`), and whether it is `money`.

    In euros in the base year; unknown stays unknown.
    """
    unit = stream_values(streams["first"], streams["last"], streams["growth"], rate=rates, base_year=base_year)
    return streams.assign(worth=streams["amount"].to_numpy() * unit, money=streams["effect"].isin(MONEY))


def outcomes(valued: pd.DataFrame, rates: pd.Series, *, span: Span, whole: str | None = None) -> pd.DataFrame:
    """Return the worth of each alternative more than the null alternative, per case.

    Sorted by case, alternatives in their order.

    Parameters
    ----------
    valued
        Streams with `worth` and `money`, of every case and alternative.
    rates
        Rate of each stream.
    span
        The years that are compared.
    whole
        Name of the case that is the sum of all others; none where it is not given.
    """
    money, worth = valued["money"].to_numpy(dtype=bool), valued["worth"].to_numpy(dtype=float)
    cases = sorted(valued["case"].unique())
    grid = pd.MultiIndex.from_product([[*cases, whole] if whole else cases, ALTERNATIVES], names=KEY)
    seats = Seats(_places(valued, cases), len(cases), whole=whole is not None)
    known = ~np.isnan(worth)
    sums = {name: seats.sums(known & some, worth) for name, some in (("money", money), ("rest", ~money))}
    more = pd.DataFrame({name: less_null(each) for name, each in sums.items()}, index=grid)
    made = pd.DataFrame(
        {
            "cost_eur": whole_euros(-more["money"]),
            "benefit_eur": whole_euros(more["rest"]),
            "npv_eur": whole_euros(more["money"] + more["rest"]),
            "ratio": _ratio(more["rest"], -more["money"]),
            "payback_year": pd.array(_payback(valued, rates, seats, span=span), dtype="Float64").astype("Int64"),
        }
    )
    made = made.join(_unknown(valued, seats, grid)).reset_index()
    return made.sort_values("case", kind="stable", ignore_index=True)


@dataclass(frozen=True)
class Seats:
    """The place of each stream in a grid of cases x alternatives.

    With `whole` a last case is the sum of all.
    """

    place: np.ndarray
    cases: int
    whole: bool

    def sums(self, some: np.ndarray, amounts: np.ndarray | None = None) -> np.ndarray:
        """Return the sums of some of the streams, or their count, per case and alternative.

        The sums are those of `amounts`, where given.
        """
        return self.added(self.place[some], None if amounts is None else amounts[some], width=1)[:, 0]

    def added(self, spots: np.ndarray, amounts: np.ndarray | None, *, width: int) -> np.ndarray:
        """Return a row of sums per case and alternative; a spot is place x width + column."""
        many = self.cases * len(ALTERNATIVES)
        flat = np.bincount(spots, weights=amounts, minlength=many * width)
        table = np.asarray(flat, dtype=float).reshape(self.cases, len(ALTERNATIVES), width)
        if self.whole:
            table = np.concatenate([table, table.sum(axis=0, keepdims=True)])
        return np.asarray(table.reshape(-1, width), dtype=float)


def _places(valued: pd.DataFrame, cases: list[str]) -> np.ndarray:
    """Return where each stream stands among cases x alternatives."""
    case, alternative = coded(valued["case"]), coded(valued["alternative"])
    row = pd.Index(cases).get_indexer(case.categories)[case.codes]
    column = pd.Index(ALTERNATIVES).get_indexer(alternative.categories)[alternative.codes]
    return np.asarray(row * len(ALTERNATIVES) + column, dtype="int64")


def less_null(values: np.ndarray) -> np.ndarray:
    """Return values over cases x alternatives as the difference with the null alternative."""
    table = np.asarray(values, dtype=float).reshape(-1, len(ALTERNATIVES), *values.shape[1:])
    return np.asarray((table - table[:, ALTERNATIVES.index(NULL)][:, None]).reshape(values.shape), dtype=float)


def _ratio(benefits: pd.Series, costs: pd.Series) -> pd.Series:
    """Return benefits per euro of cost; unknown where it costs nothing more than doing nothing."""
    paid = costs > 0.5  # noqa: PLR2004 -- less than half a euro is nothing
    return (benefits / costs.where(paid)).astype("float64")


def _unknown(valued: pd.DataFrame, seats: Seats, grid: pd.MultiIndex) -> pd.DataFrame:
    """Return how many amounts are unknown, and how the NPV is then to be read.

    An unknown cost of an alternative makes its NPV at most what stands there, an unknown benefit at least; unknown amounts
    in the null alternative work the other way.
    """
    # an amount that is unknown in the same way in both hardly moves the difference, but nobody knows: it is told as well
    unknown, paid = valued["worth"].isna().to_numpy(), (valued["side"] == "cost").to_numpy()
    costs, benefits = seats.sums(unknown & paid), seats.sums(unknown & ~paid)
    null = np.repeat(np.arange(0, len(grid), len(ALTERNATIVES)) + ALTERNATIVES.index(NULL), len(ALTERNATIVES))
    lower = (costs > 0) | (benefits[null] > 0)
    higher = (benefits > 0) | (costs[null] > 0)
    reads = np.select([lower & higher, lower, higher], ["unclear", "at_most", "at_least"], "exact")
    is_null = grid.get_level_values("alternative") == NULL
    return pd.DataFrame(
        {
            "pm": (costs + benefits).astype("int64"),
            "reads": np.where(is_null, "exact", reads),
        },
        index=grid,
    )


def _payback(valued: pd.DataFrame, rates: pd.Series, seats: Seats, *, span: Span) -> np.ndarray:
    """Return the payback year per case and alternative, from discounted yearly differences with the null alternative."""
    years = span.last - span.first + 1
    known = valued["amount"].notna().to_numpy()
    part, rate = valued.loc[known, ["first", "last", "amount", "growth"]], rates.to_numpy(dtype=float)[known]
    first = part["first"].to_numpy(dtype="int64") - span.first
    many = np.clip(part["last"].to_numpy(dtype="int64") - span.first - first + 1, 0, None)
    ratio = (1.0 + part["growth"].to_numpy(dtype=float)) / (1.0 + rate)
    start = part["amount"].to_numpy(dtype=float) * (1.0 + rate) ** -first
    at, later = spelled_out(many)
    spot = seats.place[known][at] * years + first[at] + later
    sums = seats.added(spot, start[at] * ratio[at] ** later, width=years)
    return payback_years(less_null(sums), base_year=span.first)
