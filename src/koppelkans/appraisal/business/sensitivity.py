"""How much the NPV moves with each key figure, and where it would be nothing. (nl: gevoeligheid)."""

import numpy as np
import pandas as pd

from koppelkans.appraisal.business.codes import coded, constant, stack
from koppelkans.appraisal.business.product import CITY

FORMULA = r"\text{NPV}(x) = \text{NPV} + W_x\,(x / x_0 - 1),\qquad x^* = x_0\,(1 - \text{NPV} / W_x)"
"""W is the worth of all that is in proportion to key figure x (value x0); x* is the value at which the NPV is nothing."""
KEY = ["case", "alternative"]
NULL = "null"


def leverage(valued: pd.DataFrame, cases: list[str], *, more: tuple[str, ...] = ()) -> pd.DataFrame:
    """Return, per case, alternative and group of key figures, the worth that is in proportion to the product of that group.

    The worth is the difference with the null alternative (eur). `factors` names the figures, with spaces between. The
    case `city` holds everything.

    Parameters
    ----------
    valued
        Streams with `worth` and `factors`.
    cases
        Cases to tell of, besides the city.
    more
        Columns that also keep worths apart.
    """
    names = [*KEY, "factors", *more]
    known = valued.loc[valued["worth"].notna(), [*names, "worth"]]
    if known.empty:
        return known.astype(dict.fromkeys(names, "str"))
    known = known.assign(**{name: coded(known[name]) for name in names})
    city = known.assign(case=constant(CITY, len(known)))
    every = stack([known[known["case"].isin(cases)], city], [*names, "worth"])
    sums = every.groupby(names, as_index=False, observed=True)["worth"].sum()
    null = sums[sums["alternative"] == NULL].assign(worth=lambda part: -part["worth"])
    others = [other for other in sums["alternative"].unique() if other != NULL]
    parts = [null.assign(alternative=constant(other, len(null))) for other in others]
    made = stack([sums[sums["alternative"] != NULL], *parts], [*names, "worth"])
    return made.groupby(names, as_index=False, observed=True)["worth"].sum()


def tornado(levers: pd.DataFrame, table: pd.DataFrame, moved: pd.DataFrame | None = None) -> pd.DataFrame:
    """Return, per case, alternative and figure with a range, the NPV at its low and at its high end, the widest first.

    Every figure moves alone. Exact, because every amount is in proportion to the product of its figures, and a figure in which
    it is not was worked out anew at both ends; its break-even is then not known.

    Parameters
    ----------
    levers
        What `leverage` returned.
    table
        What `ranges` returned.
    moved
        What `shifts` returned.
    """
    levers = levers.astype(dict.fromkeys([*KEY, "factors"], "str"))
    total = levers.groupby(KEY)["worth"].sum().rename("npv")
    each = levers.assign(figure=levers["factors"].str.split()).explode("figure").dropna(subset=["figure"])
    linear = each.groupby([*KEY, "figure"])["worth"].sum().reset_index()
    made = linear.merge(table, on="figure").merge(total, on=KEY)
    made["low_eur"] = made["npv"] + made["worth"] * (made["low"] - 1.0)
    made["high_eur"] = made["npv"] + made["worth"] * (made["high"] - 1.0)
    share = 1.0 - made["npv"] / made["worth"].where(made["worth"].abs() >= 0.5)  # noqa: PLR2004 -- half a euro is nothing
    made["break_even"] = (made["value"] * share).where(share >= 0.0)
    if moved is not None and len(moved):
        ends = (
            moved.groupby([*KEY, "figure"])[["low", "high"]]
            .sum()
            .set_axis(["low_eur", "high_eur"], axis=1)
            .reset_index()
        )
        ends = ends.merge(table, on="figure").merge(total, on=KEY)
        ends = ends.assign(
            low_eur=ends["npv"] + ends["low_eur"], high_eur=ends["npv"] + ends["high_eur"], break_even=np.nan
        )
        made = pd.concat([made, ends], ignore_index=True)
    made["width"] = (made["high_eur"] - made["low_eur"]).abs()
    made = made[made["width"] >= 0.5]  # noqa: PLR2004
    order = made.assign(back=-made["width"]).sort_values([*KEY, "back", "figure"])
    return order.drop(columns="back").reset_index(drop=True)


def rate_range(valued_at: dict[str, pd.Series], *, value: float, low: float, high: float) -> pd.DataFrame:
    """Return the rows of the tornado for the discount rate: NPV per case and alternative at its low, usual and high value."""
    made = pd.DataFrame(valued_at).reset_index()
    return made.assign(figure="discount_rate", value=value, unit="share per year", low=low / value, high=high / value)


def needed_per_year(npv: np.ndarray, annuities: np.ndarray) -> np.ndarray:
    """Return what the unknown benefits must bring every year for the NPV to be nothing; 0 where it is not below nothing."""
    return np.where(npv < 0, -npv / annuities, 0.0)
