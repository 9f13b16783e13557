"""What each alternative is worth against the null alternative: NPV, benefit-cost ratio, payback, and what is not known. (nl: uitkomst)."""

import numpy as np
import pandas as pd

from koppelkans.appraisal.business.npv import payback_years, stream_values
from koppelkans.appraisal.business.product import ALTERNATIVES
from koppelkans.appraisal.business.streams import Span
from koppelkans.appraisal.effects.capital_cost import CAPITAL_COST
from koppelkans.appraisal.effects.opening_cost import OPENING_COST
from koppelkans.appraisal.effects.residual_value import RESIDUAL_VALUE
from koppelkans.appraisal.effects.upkeep_change import UPKEEP_CHANGE
from koppelkans.ground.money import whole_euros

RATIO_FORMULA = r"\text{BCR} = \frac{\sum_{e \notin M} (PV_e - PV_e^0)}{-\sum_{e \in M} (PV_e - PV_e^0)}"
"""M are the effects that are money of those who do the works; PV^0 is the null alternative."""
MONEY = frozenset(piece.name for piece in (CAPITAL_COST, OPENING_COST, UPKEEP_CHANGE, RESIDUAL_VALUE))
"""Effects that are money of those who do the works; all others are what it brings and harms."""
KEY = ["case", "alternative"]
NULL = "null"


def with_values(streams: pd.DataFrame, rates: pd.Series, *, base_year: int) -> pd.DataFrame:
    """Return the streams with `worth`: what each is worth in the base year (eur; unknown stays unknown), and whether it is `money`."""
    unit = stream_values(streams["first"], streams["last"], streams["growth"], rate=rates, base_year=base_year)
    return streams.assign(worth=streams["amount"].to_numpy() * unit, money=streams["effect"].isin(MONEY))


def outcomes(valued: pd.DataFrame, rates: pd.Series, *, span: Span) -> pd.DataFrame:
    """Return per case and alternative what it is worth more than the null alternative; sorted by case, alternatives in their order.

    Parameters
    ----------
    valued
        Streams with `worth` and `money`, of every case and alternative.
    rates
        Rate of each stream.
    span
        The years that are compared.
    """
    money = valued["money"]
    summed = valued[KEY].assign(money=valued["worth"].where(money), rest=valued["worth"].where(~money))
    grid = pd.MultiIndex.from_product([sorted(valued["case"].unique()), ALTERNATIVES], names=KEY)
    sums = summed.groupby(KEY)[["money", "rest"]].sum().reindex(grid).fillna(0.0)
    null = sums.xs(NULL, level="alternative").reindex(grid.get_level_values("case")).set_axis(grid)
    more = sums - null
    made = pd.DataFrame(
        {
            "cost_eur": whole_euros(-more["money"]),
            "benefit_eur": whole_euros(more["rest"]),
            "npv_eur": whole_euros(more["money"] + more["rest"]),
            "ratio": _ratio(more["rest"], -more["money"]),
            "payback_year": pd.array(_payback(valued, rates, grid, span=span), dtype="Float64").astype("Int64"),
        }
    )
    return made.join(_unknown(valued, grid)).reset_index()


def _ratio(benefits: pd.Series, costs: pd.Series) -> pd.Series:
    """Return benefits per euro of cost; unknown where it costs nothing more than doing nothing."""
    paid = costs > 0.5  # noqa: PLR2004 -- less than half a euro is nothing
    return (benefits / costs.where(paid)).astype("float64")


def _unknown(valued: pd.DataFrame, grid: pd.MultiIndex) -> pd.DataFrame:
    """Return how many amounts are unknown, and how the NPV is then to be read.

    An unknown cost of an alternative makes its NPV at most what stands there, an unknown benefit at least; unknown amounts
    in the null alternative work the other way.
    """
    unknown = valued.loc[valued["worth"].isna(), [*KEY, "side"]]
    # an amount that is unknown in the same way in both hardly moves the difference, but nobody knows: it is told as well
    counts = unknown.groupby([*KEY, "side"]).size().unstack("side").reindex(grid).fillna(0.0)  # noqa: PD010
    counts = counts.reindex(columns=["cost", "benefit"]).fillna(0.0)
    null = counts.xs(NULL, level="alternative").reindex(grid.get_level_values("case")).set_axis(grid)
    lower = (counts["cost"] > 0) | (null["benefit"] > 0)
    higher = (counts["benefit"] > 0) | (null["cost"] > 0)
    reads = np.select([lower & higher, lower, higher], ["unclear", "at_most", "at_least"], "exact")
    is_null = grid.get_level_values("alternative") == NULL
    return pd.DataFrame(
        {
            "pm": (counts["cost"] + counts["benefit"]).astype("int64"),
            "reads": np.where(is_null, "exact", reads),
        },
        index=grid,
    )


def _payback(valued: pd.DataFrame, rates: pd.Series, grid: pd.MultiIndex, *, span: Span) -> np.ndarray:
    """Return the payback year per case and alternative, from discounted yearly differences with the null alternative."""
    years = span.last - span.first + 1
    known = valued["amount"].notna().to_numpy()
    part = valued.loc[known, [*KEY, "first", "last", "amount", "growth"]]
    row = grid.get_indexer(pd.MultiIndex.from_frame(part[KEY]))
    first = part["first"].to_numpy() - span.first
    many = np.clip(part["last"].to_numpy() - part["first"].to_numpy() + 1, 0, None)
    ratio = (1.0 + part["growth"].to_numpy()) / (1.0 + rates.to_numpy()[known])
    start = part["amount"].to_numpy() * (1.0 + rates.to_numpy()[known]) ** -first
    at = np.repeat(np.arange(len(part)), many)
    later = np.arange(len(at)) - np.repeat(many.cumsum() - many, many)
    spot = row[at] * years + first[at] + later
    sums = np.bincount(spot, weights=start[at] * ratio[at] ** later, minlength=len(grid) * years)
    table = np.asarray(sums, dtype=float).reshape(-1, len(ALTERNATIVES), years)
    return payback_years((table - table[:, :1, :]).reshape(-1, years), base_year=span.first)
