"""Payments and gains per holder and alternative, in whole euros that add up. (nl: kosten- en baathouders)."""

from collections.abc import Mapping

import pandas as pd

from koppelkans.appraisal.business.product import BESIDE, NO_PURSE
from koppelkans.appraisal.financing.catalogue import holders as catalogue
from koppelkans.appraisal.financing.product import AGAINST
from koppelkans.ground.money import whole_parts

FORMULA = r"K_{ha} = \sum_{t} c_{hat},\quad B_{ha} = \sum_t b_{hat},\quad V_{ha} = \sum_{t} \frac{c_{hat} + b_{hat}}{(1+r)^{t-t_0}},\quad g_{ha} = V_{ha} - V_{h0}"
"""Costs K (below zero), benefits B and present value V of holder h in alternative a; gain g against alternative 0; a gap is a gain below zero."""
KEY = ["case", "alternative", "holder"]


def sum_holders(flows: pd.DataFrame, keys: Mapping[str, str]) -> pd.DataFrame:
    """Return the payments and gains of every holder, per case and alternative; sorted.

    Amounts are in whole euros that add up, per case and alternative, to the rounded sum over all holders; gains are
    rounded from their own sum, so a gain may be a euro off the difference of two rounded worths. A holder that an
    alternative does not know pays and gains nothing there.

    Parameters
    ----------
    flows
        `case`, `alternative`, `holder`, `amount_eur` (over all years: below zero for who pays, above for who gains),
        `side`, `worth_eur` (its present value) and `pm` (amounts that are unknown and not in it).
    keys
        Holder in the catalogue by the name of the party.
    """
    if flows.empty:
        return pd.DataFrame(
            columns=[
                *KEY,
                "party",
                "fund",
                "sort",
                "cost_eur",
                "benefit_eur",
                "net_eur",
                "worth_eur",
                "gain_null_eur",
                "gain_apart_eur",
                "pm",
            ]
        )
    known = flows["amount_eur"].astype("float64").fillna(0.0)
    parts = flows[KEY].assign(
        cost_eur=known.where(flows["side"].eq("cost"), 0.0),
        benefit_eur=known.where(flows["side"].eq("benefit"), 0.0),
        worth_eur=flows["worth_eur"].astype("float64").fillna(0.0),
        pm=flows["pm"],
    )
    summed = (
        parts.groupby(KEY).sum().reindex(_every(flows), fill_value=0).reset_index().sort_values(KEY, ignore_index=True)
    )
    group = summed["case"] + "\n" + summed["alternative"]
    party, purse = party_and_purse(summed["holder"])
    made = summed[KEY].assign(
        party=party,
        fund=purse.mask(purse == NO_PURSE),
        sort=party.map({name: catalogue()[key].sort for name, key in keys.items()}),
    )
    for column in ("cost_eur", "benefit_eur", "worth_eur"):
        made[column] = whole_parts(summed[column], group).astype("int64")
    made["net_eur"] = made["cost_eur"] + made["benefit_eur"]
    before = pd.MultiIndex.from_frame(summed[["case", "holder"]])
    for other in AGAINST:
        base = summed[summed["alternative"] == other].set_index(["case", "holder"])["worth_eur"]
        # From what was not rounded: a holder for whom nothing changes neither gains nor loses a euro by rounding.
        gain = summed["worth_eur"] - base.reindex(before).fillna(0.0).to_numpy()
        made[f"gain_{other}_eur"] = whole_parts(gain, group).astype("int64")
    return made.assign(pm=summed["pm"].astype("int64"))


def party_and_purse(holders: pd.Series) -> tuple[pd.Series, pd.Series]:
    """Return the party of each holder, and its purse where the holder is one purse of a party.

    >>> party, purse = party_and_purse(pd.Series(["gemeente/wegen", "residents"]))
    >>> party.tolist(), purse.isna().tolist()
    (['gemeente', 'residents'], [False, True])
    """
    both = holders.astype("str").str.split(BESIDE, n=1)
    return both.str[0].astype("str"), both.str[1].astype("str")


def gains(table: pd.DataFrame) -> pd.DataFrame:
    """Return the gain of each holder against the null alternative and against apart.

    For every alternative. Unknown amounts count in `pm` of both sides of the comparison.
    """
    parts = []
    for other in AGAINST:
        base = table[table["alternative"] == other].set_index(["case", "holder"])["pm"]
        rest = table[~table["alternative"].isin(AGAINST[: AGAINST.index(other) + 1])]
        before = pd.MultiIndex.from_frame(rest[["case", "holder"]])
        parts.append(
            rest[KEY].assign(
                against=other,
                gain_eur=rest[f"gain_{other}_eur"],
                pm=rest["pm"] + base.reindex(before).fillna(0).astype("int64").to_numpy(),
            )
        )
    return pd.concat(parts, ignore_index=True)


def _every(flows: pd.DataFrame) -> pd.MultiIndex:
    """Return every holder of a case in every alternative of that case."""
    alternatives = flows[["case", "alternative"]].drop_duplicates()
    pairs = alternatives.merge(flows[["case", "holder"]].drop_duplicates(), on="case")
    return pd.MultiIndex.from_frame(pairs[KEY])
