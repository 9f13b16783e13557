"""From the products of the earlier rooms to the problem that is solved: prices, purses, people, limits, decisions. (nl: opgave opstellen)."""

from collections.abc import Sequence

import numpy as np
import pandas as pd

from koppelkans.appraisal.product import Appraisal
from koppelkans.context.product import Context
from koppelkans.ground.horizon import Horizon
from koppelkans.ground.settings import Fund, ProgrammePart, Settings
from koppelkans.programme.agreed import Agreed, agreed, within
from koppelkans.programme.decisions import Decided, decided
from koppelkans.programme.knobs import Knobs, turn
from koppelkans.programme.lasting import changed_budgets, late_works
from koppelkans.programme.limits import limits_of
from koppelkans.programme.problem import Problem
from koppelkans.programme.read_tables import make_problem
from koppelkans.programme.trenches import trench_savings
from koppelkans.rules.key_figures import key_figure
from koppelkans.rules.openings import opened
from koppelkans.rules.people import who_works, yearly_hours
from koppelkans.rules.purse_sorts import kinds_paid
from koppelkans.rules.purses import who_pays, yearly_budgets
from koppelkans.weighing.product import Weighing

COST_UNKNOWN = "the cost is unknown"
OUTSIDE_HORIZON = "outside the years that are planned"
OUTSIDE_STREETS = "outside every street"


def build_problem(context: Context, appraisal: Appraisal, weighing: Weighing, *, settings: Settings) -> Problem:
    """Build the problem of a city from the products of the earlier rooms.

    Works with an unknown cost, with a window outside the horizon, that lie in no street or that the weighing knocked out stay outside. A work
    opens its sections when it digs or lays new paving. What it costs to leave a work undone follows `undone_prices`, with the
    total of the place that the board gave it.
    """
    years, part = settings.years, settings.programme
    choices = decided(late_works(context.works, part.slips), part.decisions, horizon=years)
    works = _works(context, appraisal, weighing, part=part, choices=choices)
    move_share = key_figure(settings.appraisal.figures, "move_share", price_year=settings.city.price_year)
    agreements = agreed(works, part, move_share=move_share)
    reason = _outside(works, years, placed=context.touches["work"])
    away = reason.notna().to_numpy()
    inside, outside = works[~away].reset_index(drop=True), works[away].assign(reason=reason.to_numpy()[away])
    payments = _amounts(who_pays(works, settings.funds), works)
    drawn = payments[payments["work"].isin(inside["work"])]
    pinned = _pinned(inside, choices.fixed)
    budgets = yearly_budgets(drawn[["work", "fund", "share"]], pinned, settings.funds, years)
    budgets["budget_eur"] = (budgets["budget_eur"] * part.money).round().astype("int64")
    budgets = changed_budgets(budgets, part.budgets)
    efforts = who_works(pinned, settings.crews, settings.kinds)
    limits, members = limits_of(context.sections, context.areas, part=part)
    touches = opened(context.touches, works=inside)
    fixed, excluded = choices.fixed, choices.excluded
    kept, untied = within(agreements, inside["work"])
    streets = context.sections[["section", "name", "rest_years"]]
    promises = agreements.promises
    tables = {
        "works": inside,
        "sections": streets.merge(appraisal.openings, on="section"),
        "touches": touches[touches["work"].isin(inside["work"])][["work", "section"]],
        "payments": drawn[["work", "fund", "share"]],
        "funds": budgets,
        "efforts": efforts[["work", "crew", "hours"]],
        "crews": yearly_hours(efforts, settings.crews, years),
        "limits": limits.rename(columns={"most": "open_sections"}),
        "limit_members": members,
        "fixed": fixed[fixed["work"].isin(inside["work"])],
        "excluded": excluded[excluded["work"].isin(inside["work"])],
        "ties": kept.ties,
        "promises": kept.promises,
        "joints": _joints(kept, inside, touches, appraisal.openings, settings=settings),
        "fund_rules": fund_rules(settings.funds, budgets["fund"]),
        "outside": outside,
        "outside_payments": payments[payments["work"].isin(outside["work"])],
        "outside_promises": promises[promises["work"].isin(outside["work"])],
        "untied": untied,
    }
    rate = settings.appraisal.discount_rate.value
    problem = make_problem(tables, first_year=years.first, years=len(years), discount_rate=rate)
    return turn(problem, Knobs(quality=part.quality, risk=part.risk))


def fund_rules(funds: Sequence[Fund], drawn: pd.Series) -> pd.DataFrame:
    """Return the kinds that each fund among those drawn upon may pay (fund, kind); a fund without rows may pay any."""
    known = set(drawn)
    rows = sorted((purse.fund, kind) for purse in funds if purse.fund in known for kind in kinds_paid(purse) or {})
    return pd.DataFrame(rows, columns=["fund", "kind"]).astype("str")


def undone_prices(works: pd.DataFrame, *, part: ProgrammePart) -> pd.Series:
    """Return what it costs to leave each work undone (eur): the risk of not renewing, and the missed worth.

    Formula: apart x undone_factor x (1 + worth_of_score x total of the weighing) + worth of its ambitions, where apart is
    its cost done alone with all its openings, as it would be done after a failure. A work of which nothing is weighed
    counts as the mean work; an unknown worth of ambitions adds nothing. Never below zero.

    Parameters
    ----------
    works
        With the columns apart_eur, total and worth_eur; unknown where the cost is.
    part
        The factors, which are assumptions of the city.
    """
    total = works["total"].astype("float64")
    total = total.fillna(total.mean() if total.notna().any() else 0.0)
    risk = works["apart_eur"].astype("Float64") * part.undone_factor * (1.0 + part.worth_of_score * total)
    return (risk + works["worth_eur"].astype("Float64").fillna(0.0)).clip(lower=0.0).round()


def _works(
    context: Context, appraisal: Appraisal, weighing: Weighing, *, part: ProgrammePart, choices: Decided
) -> pd.DataFrame:
    """Return all works with their prices, in order; a duty with a date ends the window, a decision for a year goes before it."""
    columns = [
        "work",
        "name",
        "owner",
        "kind",
        "earliest_year",
        "best_year",
        "latest_year",
        "digs",
        "resurfaces",
        "mandatory",
    ]
    works = pd.DataFrame(context.works[columns])
    prices = appraisal.worths[["work", "cost_eur", "apart_eur", "early_eur_per_year", "late_eur_per_year", "worth_eur"]]
    ranked = weighing.ranking[["work", "board_total", "knocked_out", "must", "must_by"]]
    ranked = ranked.rename(columns={"board_total": "total"})
    works = works.merge(prices, on="work", how="left").merge(ranked, on="work", how="left")
    works["mandatory"] = works["mandatory"] | works["must"].notna()
    works["undone_eur"] = undone_prices(works, part=part)
    ambition = works["worth_eur"].astype("Float64").fillna(0.0).clip(lower=0.0).round()
    works["ambition_eur"] = ambition.where(ambition < works["undone_eur"].fillna(0.0), works["undone_eur"].fillna(0.0))
    for column in ("early_eur_per_year", "late_eur_per_year"):
        works[column] = works[column].astype("Float64").fillna(0.0)
    last = works["must_by"].astype("Int64").fillna(works["latest_year"])
    works["latest_year"] = np.minimum(works["latest_year"], last).astype("int64")
    works["best_year"] = np.minimum(works["best_year"], works["latest_year"]).astype("int64")
    works = late_works(works, part.slips)
    fixed = works["work"].map(choices.fixed.set_index("work")["year"]).astype("Float64")
    works["earliest_year"] = np.minimum(works["earliest_year"], fixed.fillna(works["earliest_year"])).astype("int64")
    works["latest_year"] = np.maximum(works["latest_year"], fixed.fillna(works["latest_year"])).astype("int64")
    return works.sort_values("work", ignore_index=True)


def _pinned(works: pd.DataFrame, fixed: pd.DataFrame) -> pd.DataFrame:
    """Return works with the year that they are fixed to as their window: money and hours are asked for in no other."""
    year = works["work"].map(fixed.set_index("work")["year"])
    windows = {
        column: works[column].where(year.isna(), year).astype("int64") for column in ("earliest_year", "latest_year")
    }
    return works.assign(**windows)


def _joints(
    kept: Agreed, works: pd.DataFrame, touches: pd.DataFrame, openings: pd.DataFrame, *, settings: Settings
) -> pd.DataFrame:
    """Return what pairs save together: as agreed, and by one trench where that is to be counted and nothing was agreed."""
    if not settings.programme.shared_trench:
        return kept.joints
    share = key_figure(settings.appraisal.figures, "trench_share", price_year=settings.city.price_year)
    openers = touches[touches["work"].isin(works["work"])]
    dug = trench_savings(works, openers, openings, trench_share=share)
    given = {frozenset(pair) for pair in zip(kept.joints["work"], kept.joints["other"], strict=True)}
    fresh = [frozenset(pair) not in given for pair in zip(dug["work"], dug["other"], strict=True)]
    both = pd.concat([kept.joints, dug[fresh]], ignore_index=True)
    return both.sort_values(["work", "other"], ignore_index=True)


def _outside(works: pd.DataFrame, years: Horizon, *, placed: pd.Series) -> pd.Series:
    """Return by work why it is not put to the solver; missing where it is."""
    off = (works["latest_year"] < years.first) | (works["earliest_year"] > years.last)
    reason = works["knocked_out"].astype("object").where(works["knocked_out"].notna(), None)
    reason = reason.where(~off.to_numpy(), OUTSIDE_HORIZON).where(works["cost_eur"].notna().to_numpy(), COST_UNKNOWN)
    reason = reason.where(works["work"].isin(placed).to_numpy(), OUTSIDE_STREETS)
    return pd.Series(reason.to_numpy(), index=works["work"], dtype="str")


def _amounts(payments: pd.DataFrame, works: pd.DataFrame) -> pd.DataFrame:
    """Return payments with whole amounts that add up to the cost, and shares that say exactly those amounts."""
    cost = payments["work"].map(works.set_index("work")["cost_eur"]).astype("Float64")
    until = payments.groupby("work")["share"].cumsum().astype("Float64")
    amount = (until * cost).round() - ((until - payments["share"]) * cost).round()
    exact = (amount / cost.where(cost > 0)).astype("float64")
    return payments.assign(amount_eur=amount.astype("Int64"), share=exact.fillna(payments["share"]))
