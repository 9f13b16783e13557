"""Outcomes, spread, tornado and estimates from the streams of all alternatives. (nl: oordeel over de alternatieven)."""

from dataclasses import dataclass

import numpy as np
import pandas as pd

from koppelkans.appraisal.business.codes import constant, stack
from koppelkans.appraisal.business.footing import Footing
from koppelkans.appraisal.business.montecarlo import CaseDraws, draw_factors, drawn_values, histogram, spread
from koppelkans.appraisal.business.npv import annuity
from koppelkans.appraisal.business.outcome import NULL, outcomes, with_values
from koppelkans.appraisal.business.product import CITY
from koppelkans.appraisal.business.ranges import ranges
from koppelkans.appraisal.business.rates import rates_of
from koppelkans.appraisal.business.sensitivity import (
    RangeBasis,
    as_levers,
    leverage,
    needed_per_year,
    rate_range,
    shifts,
    tornado,
    towards_ends,
)
from koppelkans.appraisal.business.ssk import estimates
from koppelkans.appraisal.business.streams import Span
from koppelkans.appraisal.effects.opening_cost import OPENING_COST
from koppelkans.appraisal.on_top import opening_factor
from koppelkans.ground.settings import AppraisalPart

KEY = ["case", "alternative"]
NEEDED = [*KEY, "effect", "side", "factors", "first", "last", "amount", "growth"]
"""Columns of the streams that the outcomes are made of: a city has a million streams."""


@dataclass(frozen=True)
class Verdict:
    """The results of the streams: tables of outcomes, tornado, SSK estimates and draws."""

    outcomes: pd.DataFrame
    tornado: pd.DataFrame
    estimates: pd.DataFrame
    spreads: pd.DataFrame


def judge_streams(streams: pd.DataFrame, ground: RangeBasis, cases: pd.DataFrame) -> Verdict:
    """Return what the streams come to; the spread and the tornado for bundles and the city only.

    Parameters
    ----------
    streams
        Streams of every case and alternative.
    ground
        What the cases stand on, and the years and rate that they are compared with.
    cases
        The table of cases.
    """
    span, rate, part = ground.span, ground.rate, ground.part
    rates = rates_of(streams["effect"], standard=rate, part=part.business)
    valued = with_values(streams[NEEDED], rates, base_year=span.first)
    made = outcomes(valued, rates, span=span, whole=CITY)
    bundles = cases.loc[cases["what"] == "bundle", "case"].tolist()
    levers = leverage(valued, bundles)
    paged = set(cases.loc[cases["paged"], "case"])
    table = ranges(part.figures, ground.footing.case.kinds, part.business.ssk.phases, part.benefits)
    moved = shifts(ground, table, bundles)
    found = _drawn(as_levers(levers, moved), table, sorted(moved["figure"].unique()), part=part)
    made = made.merge(spread(found), on=KEY, how="left")
    years = annuity(max(span.last - span.first, 1), rate=rate)
    needed = needed_per_year(made["npv_eur"].to_numpy(dtype=float), np.full(len(made), years))
    made["needed_eur_per_year"] = np.where(made["alternative"] == NULL, 0.0, needed)
    shown = levers[levers["case"].isin(paged)]
    by_rate = _by_rate(valued[valued["case"].isin(paged)], valued, rates, span=span, rate=rate, part=part)
    bars = pd.concat([tornado(shown, table, moved[moved["case"].isin(paged)]), by_rate], ignore_index=True)
    estimated = _estimates(streams, ground.footing, paged, part=part)
    return Verdict(made, _widest_first(bars), estimated, histogram(found, paged))


def _drawn(levers: pd.DataFrame, table: pd.DataFrame, moved: list[str], *, part: AppraisalPart) -> CaseDraws:
    """Return the NPV of every draw; `moved` names the figures in which it is in no proportion."""
    business = part.business
    drawn = draw_factors(
        table,
        draws=business.draws,
        seed=business.seed,
        correlation=business.cost_correlation.value,
        tail=business.lognormal_tail.value,
    )
    return drawn_values(levers, pd.concat([drawn, towards_ends(drawn, table, moved)], axis=1))


def _by_rate(
    shown: pd.DataFrame, every: pd.DataFrame, rates: pd.Series, *, span: Span, rate: float, part: AppraisalPart
) -> pd.DataFrame:
    """Return the bars of the discount rate: the NPV with the rate at its low and at its high end, exceptions left alone."""
    if every.empty:
        return pd.DataFrame()
    business = part.business
    both = _with_city(shown, every)
    usual = pd.concat([rates.loc[shown.index], rates], ignore_index=True)
    values = {"npv": _differences(both).rename("npv")}
    for name, other in (("low_eur", business.rate_low.value), ("high_eur", business.rate_high.value)):
        at = usual.where(usual != rate, other)
        values[name] = _differences(with_values(both, at, base_year=span.first)).rename(name)
    made = rate_range(values, value=rate, low=business.rate_low.value, high=business.rate_high.value)
    return made.assign(width=(made["high_eur"] - made["low_eur"]).abs(), source=business.rate_low.source)


def _with_city(shown: pd.DataFrame, every: pd.DataFrame) -> pd.DataFrame:
    """Return the streams of the cases that are shown, and under them all streams as those of the city."""
    return stack([shown, every.assign(case=constant(CITY, len(every)))], list(shown.columns))


def _differences(valued: pd.DataFrame) -> pd.Series:
    """Return the NPV per case and alternative against the null alternative."""
    sums = valued.groupby(KEY, observed=True)["worth"].sum()
    sums.index = pd.MultiIndex.from_arrays([sums.index.get_level_values(name).astype("str") for name in KEY], names=KEY)
    null = sums.xs(NULL, level="alternative") if NULL in sums.index.get_level_values(1) else sums.iloc[:0].droplevel(1)
    others = sums[sums.index.get_level_values("alternative") != NULL]
    return others - null.reindex(others.index.get_level_values("case")).fillna(0.0).to_numpy()


def _widest_first(bars: pd.DataFrame) -> pd.DataFrame:
    """Return the bars per case and alternative, the widest first, numbered from 1."""
    if bars.empty:
        return bars
    order = bars.assign(back=-bars["width"]).sort_values([*KEY, "back", "figure"], ignore_index=True)
    return order.assign(rank=order.groupby(KEY).cumcount() + 1)


def _estimates(streams: pd.DataFrame, footing: Footing, paged: set[str], *, part: AppraisalPart) -> pd.DataFrame:
    """Return the estimates of the alternative together: cost of each work with what it bears of the openings."""
    works = footing.case.works.assign(case=footing.membership["case"].to_numpy())
    works = works[works["origin"] != "extra"]
    first = streams[(streams["alternative"] == "together") & (streams["effect"] == OPENING_COST.name)]
    first = first.assign(work=first["work"].astype("str"))
    first = first[first["first"] == first.groupby("work")["first"].transform("min")]
    opening = -first.groupby("work")["amount"].sum()
    ssk = part.business.ssk
    if ssk.costs_are == "named_direct":
        opening = opening / opening_factor(ssk)
    works = works.assign(cost_eur=works["direct_eur"] + works["work"].map(opening).fillna(0.0))
    both = pd.concat([works[works["case"].isin(paged)], works.assign(case=CITY)])
    return estimates(both[["case", "certainty", "cost_eur"]], ssk.phases, ssk)
