"""Financing: payers and gainers, transfers, purses, advances and fitting models. (nl: financieren)."""

from logging import getLogger
from time import perf_counter

import pandas as pd

from koppelkans.appraisal.business.footing import PlannedProgramme
from koppelkans.appraisal.business.product import CITY, Business
from koppelkans.appraisal.financing.capital import LoanTerms, charges
from koppelkans.appraisal.financing.catalogue import holder_keys
from koppelkans.appraisal.financing.costs import case_of, to_be_paid
from koppelkans.appraisal.financing.holders import gains, party_and_purse, sum_holders
from koppelkans.appraisal.financing.mix import allocate, coverage
from koppelkans.appraisal.financing.picker import fits, seen
from koppelkans.appraisal.financing.prefinancing import loan_table, loans_of, schedules
from koppelkans.appraisal.financing.product import Financing
from koppelkans.appraisal.financing.purse_money import holder_of, purse_table, purses_of
from koppelkans.appraisal.financing.signs import case_sections, case_works, money_signs
from koppelkans.appraisal.financing.transfers import bargain
from koppelkans.appraisal.product import Appraisal
from koppelkans.context.product import Context
from koppelkans.ground.settings import FinancingPart, Settings
from koppelkans.ground.tables import shape
from koppelkans.opportunities.product import Opportunities
from koppelkans.rules.openings import openers_alone
from koppelkans.rules.purse_sorts import sort_of

LOG = getLogger(__name__)
USUAL_YEARS = 30
"""Years over which a kind without a term of its own is written off (Vught 2023: roads 30)."""


def finance(
    context: Context,
    opportunities: Opportunities,
    appraisal: Appraisal,
    programme: PlannedProgramme,
    business: Business,
    *,
    settings: Settings,
) -> Financing:
    """Return who pays and gains in every bundle and the city, and the purses that pay.

    Raises
    ------
    SettingError
        Where a budget names a year that is none, or is below zero, and where a facility names a section that is not there.
    """
    start, part = perf_counter(), settings.appraisal.financing
    held = business.holder_sums
    parties, _ = party_and_purse(held["holder"])
    holders = sum_holders(held, holder_keys(sorted(parties.unique()), settings.parties))
    bargains, transfers = bargain(gains(holders))
    openers = _openers(context, appraisal.openings, settings)
    wanted = _wanted(context, programme.plan, openers, settings=settings)
    purses = purses_of(settings, wanted, _charged(programme.payments, with_openings=part.with_openings))
    paid = allocate(wanted, purses, years=settings.years.years.tolist())
    table = purse_table(purses, paid, wanted, years=settings.years)
    covered = coverage(wanted, paid, purses, bases=table.set_index("fund")["basis"])
    owners = holder_of(purses)
    mix = paid.merge(wanted[["work", "case", "year", "owner", "kind"]], on="work")
    mix["holder"] = mix["fund"].map(owners).astype("str").fillna(mix["owner"])
    mix["basis"] = mix["fund"].map(table.set_index("fund")["basis"])
    credit = {purse.fund.fund for purse in purses if (sort := sort_of(purse.fund)) and sort.capital}
    plan = programme.plan.dropna(subset=["year"]).astype({"year": "int64"})
    openings = openers[["work", "section"]].merge(plan[["work", "year"]], on="work")
    loans = loans_of(
        part.facilities, opened=openings, sections=set(context.sections["section"]), cases=dict(case_of(plan).items()),
        rate=part.interest.value, first_year=settings.years.first,
    )  # fmt: skip
    advances, repayments = schedules(loans)
    named = set(business.cases.loc[business.cases["paged"], "case"])
    flags = seen(
        case_works(context, plan, settings.parties), case_sections(context, opportunities, plan, appraisal.openings),
        first_year=settings.years.first,
    )  # fmt: skip
    flags = money_signs(flags, covered, mix, table, bargains, holders)
    made = Financing(
        **shaped(
            {
                "holders": holders, "bargains": bargains, "transfers": transfers, "purses": table, "mix": mix,
                "coverage": covered, "charges": charges(mix[mix["fund"].isin(credit)], terms_of(part)),
                "loans": loan_table(loans), "advances": advances, "repayments": repayments,
                "fits": fits(flags[flags.index.isin(named | {CITY})]),
            }
        ),
        trace=programme.trace,
    )  # fmt: skip
    LOG.info("%d works paid from %d purses in %.1f s", len(wanted), len(purses), perf_counter() - start)
    return made


def _openers(context: Context, openings: pd.DataFrame, settings: Settings) -> pd.DataFrame:
    """Return the works that open each section, each as wide as it needs it."""
    kinds, figures = settings.kinds, settings.appraisal.figures
    return openers_alone(context.touches, works=context.works, openings=openings, kinds=kinds, figures=figures)


def _wanted(context: Context, plan: pd.DataFrame, openers: pd.DataFrame, *, settings: Settings) -> pd.DataFrame:
    """Return what has to be paid for each work that is done."""
    works = pd.DataFrame(context.works[["work", "owner", "kind", "certainty", "origin"]])
    part = settings.appraisal
    return to_be_paid(plan, works, openers, ssk=part.business.ssk, with_openings=part.financing.with_openings)


def _charged(payments: pd.DataFrame, *, with_openings: bool) -> pd.DataFrame:
    """Return what the programme charges purses for the works that are done (work, fund, amount_eur)."""
    done = payments[payments["year"].notna() & payments["amount_eur"].notna()]
    return done if with_openings else done[done["section"].isna()]


def terms_of(part: FinancingPart) -> LoanTerms:
    """Return how credits are written off."""
    years = {kind: figure.value for kind, figure in part.depreciation_years.items()}
    lag = 1 if part.first_charge == "next_year" else 0
    return LoanTerms(years=years, usual_years=USUAL_YEARS, rate=part.interest.value, method=part.depreciation, lag=lag)


def shaped(tables: dict[str, pd.DataFrame]) -> dict[str, pd.DataFrame]:
    """Return the tables in the shape of their schemas, sorted by their keys."""
    made = {}
    for name, schema in Financing.TABLES.items():
        table = tables[name]
        made[name] = shape(table.sort_values(list(schema.key), ignore_index=True) if len(table) else table, schema)
    return made
