"""The verb: the business case of every bundle, every work that goes alone, and the city. (nl: businesscases maken)."""

from logging import getLogger
from time import perf_counter

import numpy as np
import pandas as pd

from koppelkans.appraisal.business.codes import constant, stack
from koppelkans.appraisal.business.courses import courses, run, stand_of
from koppelkans.appraisal.business.extras import ORIGIN
from koppelkans.appraisal.business.flows import flows
from koppelkans.appraisal.business.footing import Footing, PlannedProgramme, stand_on
from koppelkans.appraisal.business.holder_sums import holder_sums, purse_shares
from koppelkans.appraisal.business.product import (
    CASES,
    CITY,
    ESTIMATES,
    FLOWS,
    HOLDER_SUMS,
    OUTCOMES,
    SPREADS,
    TORNADO,
    Business,
)
from koppelkans.appraisal.business.rates import rates_of, standard_rate
from koppelkans.appraisal.business.sensitivity import RangeBasis
from koppelkans.appraisal.business.streams import COLUMNS, Span
from koppelkans.appraisal.business.verdict import judge_streams
from koppelkans.appraisal.product import Appraisal
from koppelkans.context.product import Context
from koppelkans.ground.settings import Settings
from koppelkans.ground.tables import empty, shape
from koppelkans.opportunities.product import Opportunities
from koppelkans.vision.product import Vision

LOG = getLogger(__name__)
STREAMS = [*COLUMNS, "case", "work", "alternative"]
SHOWN = ["case", "alternative", "effect", "holder", "side", "first", "last", "amount", "growth", "basis", "source"]
"""Columns of the streams, and of those that the cash flows are made of."""


def build_cases(
    context: Context,
    vision: Vision,
    opportunities: Opportunities,
    appraisal: Appraisal,
    programme: PlannedProgramme,
    *,
    settings: Settings,
) -> Business:
    """Return the business case of every bundle, every single work, and the city as their sum.

    Raises
    ------
    SettingError
        Where a key figure that is needed has no value; the fault names its key.
    """
    start = perf_counter()
    if programme.plan["year"].notna().sum() == 0:
        return no_cases(programme, settings=settings)
    footing = stand_on(context, vision, opportunities, appraisal, programme, settings=settings)
    part, first = settings.appraisal, settings.years.first
    business = part.business
    rate = standard_rate(business, part.discount_rate).value
    span = Span(first, first + business.years - 1, first + business.growth_years, rate if business.perpetuity else None)
    cases = list_cases(footing, context, programme, settings=settings)
    standing = stand_of(footing, first=first, part=part)
    made_courses = courses(footing, first=first, part=part)
    every = stack([run(footing, course, standing, span) for course in made_courses], STREAMS)
    paged = set(cases.loc[cases["paged"], "case"])
    seen = every[SHOWN]
    whole = seen.assign(case=constant(CITY, len(seen)))
    shown = stack([seen[seen["case"].isin(paged)], whole], SHOWN)
    verdict = judge_streams(every, RangeBasis(footing, made_courses, span, rate, part, standing), cases)
    made = Business(
        cases=shape(cases, CASES),
        flows=shape(flows(shown), FLOWS),
        holder_sums=shape(_held(every, footing, cases, rate=rate, settings=settings), HOLDER_SUMS),
        outcomes=shape(verdict.outcomes, OUTCOMES),
        tornado=shape(verdict.tornado, TORNADO),
        spreads=shape(verdict.spreads, SPREADS),
        estimates=shape(verdict.estimates, ESTIMATES),
        rate=rate,
        base_year=first,
        trace=programme.trace,
    )
    LOG.info("%d business cases, %d streams in %.1f s", len(cases), len(every), perf_counter() - start)
    return made


def no_cases(programme: PlannedProgramme, *, settings: Settings) -> Business:
    """Return the product without a case: nothing is planned, or the cases are still to come."""
    tables = {name: empty(schema) for name, schema in Business.TABLES.items()}
    rate = settings.appraisal.discount_rate.value
    return Business(**tables, rate=rate, base_year=settings.years.first, trace=programme.trace)


def _held(
    streams: pd.DataFrame, footing: Footing, cases: pd.DataFrame, *, rate: float, settings: Settings
) -> pd.DataFrame:
    """Return what each holder pays and gains in every bundle and in the city, the municipality per purse."""
    named = {party.party for party in settings.parties if party.kind == "gemeente"} or {"gemeente"}
    return holder_sums(
        streams,
        rates_of(streams["effect"], standard=rate, part=settings.appraisal.business),
        purse_shares(footing.case.works, settings.funds, municipalities=named),
        base_year=settings.years.first,
        bundles=set(cases.loc[cases["what"] == "bundle", "case"]),
    )


def list_cases(footing: Footing, context: Context, programme: PlannedProgramme, *, settings: Settings) -> pd.DataFrame:
    """Return the table of cases: the city, then the bundles and single works by name."""
    found = footing.membership[footing.case.works["origin"].ne(ORIGIN).to_numpy()]
    cases = found.groupby("case", as_index=False).agg(works=("work", "size"), year=("year", "min"))
    bundles = programme.bundles.set_index("bundle")
    names = bundles["name"].to_dict() | context.works.set_index("work")["name"].to_dict()
    cases["what"] = np.where(cases["case"].isin(bundles.index), "bundle", "work")
    cases["name"] = cases["case"].map(names).astype("str").fillna(cases["case"])
    cases["area"] = cases["case"].map(bundles["area"].to_dict())
    size = cases["case"].map(bundles["saving_eur"].to_dict()).astype("float64").where(cases["what"] == "bundle")
    largest = size.dropna().sort_values(ascending=False, kind="stable").index[: settings.appraisal.business.most_cases]
    cases["paged"] = cases.index.isin(largest)
    whole = pd.DataFrame(
        {"case": [CITY], "what": ["city"], "name": [settings.city.name], "works": [len(found)], "paged": [True]}
    )
    return pd.concat([whole, cases], ignore_index=True)
