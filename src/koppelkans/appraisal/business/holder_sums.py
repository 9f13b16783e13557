"""Costs and gains of each holder per bundle and city, the municipality per purse. (nl: kosten en baten per houder)."""

from collections.abc import Collection, Sequence

import numpy as np
import pandas as pd

from koppelkans.appraisal.business.codes import coded
from koppelkans.appraisal.business.npv import stream_values
from koppelkans.appraisal.business.product import BESIDE, CITY, NO_PURSE
from koppelkans.appraisal.effects.avoided_failure_risk import AVOIDED_FAILURE_RISK
from koppelkans.appraisal.effects.capital_cost import CAPITAL_COST
from koppelkans.appraisal.effects.digging_damage import DIGGING_DAMAGE
from koppelkans.appraisal.effects.lost_life import LOST_LIFE
from koppelkans.appraisal.effects.opening_cost import OPENING_COST
from koppelkans.appraisal.effects.paving_breach import PAVING_BREACH
from koppelkans.appraisal.effects.residual_value import RESIDUAL_VALUE
from koppelkans.appraisal.effects.shared_trench import SHARED_TRENCH
from koppelkans.appraisal.effects.upkeep_change import UPKEEP_CHANGE
from koppelkans.ground.settings import Fund
from koppelkans.rules.purse_sorts import sort_of
from koppelkans.rules.purses import OWN, who_pays

FORMULA = r"A_{hf} = \sigma_{wft}\, A_h,\quad A_{h-} = \Big(1 - \sum_f \sigma_{wft}\Big) A_h"
"""Part of purse f in the amount A of municipality h for its work w: share sigma by the rules of the purses that still pay in year t; what none pays has a row of its own (-)."""
INVESTED = (CAPITAL_COST.name, OPENING_COST.name, SHARED_TRENCH.name)
LASTING = tuple(
    piece.name
    for piece in (UPKEEP_CHANGE, RESIDUAL_VALUE, LOST_LIFE, AVOIDED_FAILURE_RISK, DIGGING_DAMAGE, PAVING_BREACH)
)
"""Money of the owner of a work: what it invests, which grants may pay too, and what comes with owning it."""
KEY = ["case", "alternative", "holder", "side"]
FIGURES = ["amount_eur", "worth_eur", "pm"]
SPLIT = ["work", "until", "invested"]


def holder_sums(
    streams: pd.DataFrame, rates: pd.Series, shares: pd.DataFrame, *, base_year: int, bundles: Collection[str]
) -> pd.DataFrame:
    """Return what each holder pays and gains per bundle and city, undiscounted and present.

    Sorted.

    Parameters
    ----------
    streams
        `case`, `alternative`, `work`, `effect`, `holder`, `side`, `first`, `last`, `amount` (eur, signed) and `growth`.
    rates
        Discount rate of each stream.
    shares
        What `purse_shares` returns.
    base_year
        Year of the present value.
    bundles
        Cases that are a bundle.
    """
    span, amount = [streams[name] for name in ("first", "last", "growth")], streams["amount"]
    ends, invested = np.union1d(shares["until"].astype("float64"), [np.inf]), streams["effect"].isin(INVESTED)
    texts = {name: coded(streams[name]) for name in (*KEY, "work")}
    made = pd.DataFrame(texts, index=streams.index).assign(
        amount_eur=(amount * stream_values(*span, rate=0.0, base_year=base_year)).fillna(0.0),
        worth_eur=(amount * stream_values(*span, rate=rates, base_year=base_year)).fillna(0.0),
        pm=amount.isna().astype("int64"),
        until=ends[np.searchsorted(ends, streams["last"].to_numpy(dtype=float))],
        invested=invested,
    )
    owned = (invested | streams["effect"].isin(LASTING)) & made["holder"].isin(shares["party"].unique())
    rest, paid = _summed(made[~owned], KEY), _summed(made[owned], [*KEY, *SPLIT])
    parts = pd.concat([rest, _split(paid, shares)], ignore_index=True)
    both = pd.concat([parts[parts["case"].isin(list(bundles))], parts.assign(case=CITY)], ignore_index=True)
    return both.groupby(KEY, as_index=False)[FIGURES].sum()


def _summed(rows: pd.DataFrame, key: Sequence[str]) -> pd.DataFrame:
    """Return the sums per key, its words written out."""
    found = rows.groupby(list(key), observed=True, sort=False)[FIGURES].sum().reset_index()
    return found.astype({name: "str" for name in (*KEY, "work") if name in found.columns})


def _split(paid: pd.DataFrame, shares: pd.DataFrame) -> pd.DataFrame:
    """Return amounts of a municipality as a row per purse; an unknown amount is counted once, where most of it would go.

    What it pays for a work of somebody else is not tied to a purse.
    """
    made = paid.merge(shares.rename(columns={"party": "holder"}), on=[*SPLIT, "holder"], how="left")
    part = made["share"].fillna(1.0)
    return made.assign(
        holder=made["holder"].where(made["purse"].isna(), made["holder"] + BESIDE + made["purse"].fillna("")),
        amount_eur=made["amount_eur"] * part,
        worth_eur=made["worth_eur"] * part,
        pm=made["pm"].where(made["most"].astype("boolean").fillna(value=True).astype(bool), 0),
    )[[*KEY, *FIGURES]]


def purse_shares(works: pd.DataFrame, funds: Sequence[Fund], *, municipalities: Collection[str]) -> pd.DataFrame:
    """Return how purses divide what a municipality pays for its own works, by their rules.

    Not by what they hold. Purses with a deadline pay until it, grants only what is invested; what no purse pays has
    the purse `NO_PURSE`.

    Parameters
    ----------
    works
        `work`, `owner` and `kind`.
    funds
        The purses, of which those count that the programme counts on.
    municipalities
        Parties that are a municipality.

    Returns
    -------
    `work`, `until` (year up to which it holds; infinite for the last), `invested`, `party`, `purse`, `share` (adds up to 1),
    and `most`: true for the largest share.
    """
    own = works.loc[works["owner"].isin(list(municipalities)), ["work", "owner", "kind"]]
    ends = [*sorted({float(fund.last_year) for fund in funds if fund.planned and fund.last_year is not None}), np.inf]
    parts = []
    for until in ends:
        for invested in (True, False):
            paying = [fund for fund in funds if _pays(fund, until, invested=invested)]
            parts.append(_whole(own, who_pays(own, paying, among=funds)).assign(until=until, invested=invested))
    made = pd.concat(parts, ignore_index=True).sort_values(
        [*SPLIT, "share", "purse"], ascending=[True, True, True, False, True], ignore_index=True
    )
    return made.assign(most=~made.duplicated(SPLIT))


def _pays(fund: Fund, until: float, *, invested: bool) -> bool:
    """Tell whether a purse still pays in the years up to `until`, and pays such amounts."""
    sort = sort_of(fund)
    in_time = fund.last_year is None or fund.last_year >= until
    return in_time and (invested or not (sort and sort.gift))


def _whole(works: pd.DataFrame, paid: pd.DataFrame) -> pd.DataFrame:
    """Return the shares of the purses of each work with what no purse pays."""
    declared = paid[~paid["fund"].str.startswith(OWN)].rename(columns={"fund": "purse"})
    left = 1.0 - works["work"].map(declared.groupby("work")["share"].sum()).astype("float64").fillna(0.0)
    none = works[["work"]].assign(purse=NO_PURSE, share=left)
    both = pd.concat([declared, none[none["share"] > 1e-12]], ignore_index=True)  # noqa: PLR2004 -- rounding is no part
    return both.merge(works[["work", "owner"]].rename(columns={"owner": "party"}), on="work")
