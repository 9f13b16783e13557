"""The problem of a city, from the products of the earlier rooms. (nl: opgave opstellen)."""

from collections.abc import Sequence
from dataclasses import replace

import numpy as np
import pandas as pd

from koppelkans.appraisal.needs import section_shares
from koppelkans.appraisal.on_top import opening_factor
from koppelkans.appraisal.product import Appraisal
from koppelkans.context.product import Context
from koppelkans.ground.errors import Fault, SettingError
from koppelkans.ground.horizon import Horizon
from koppelkans.ground.settings import FILE_NAME, Fund, Limit, ProgrammePart, Settings
from koppelkans.programme.change import Knobs, turn
from koppelkans.programme.decided import Agreed, Decided, agreed, changed_budgets, decided, late_works, within
from koppelkans.programme.problem import Problem
from koppelkans.programme.read_problem import make_problem
from koppelkans.programme.undone import weighed_at_least
from koppelkans.rules.key_figures import key_figure
from koppelkans.rules.openings import as_wide, opened, opened_shares
from koppelkans.rules.people import who_works, yearly_hours
from koppelkans.rules.purse_sorts import kinds_paid
from koppelkans.rules.purses import who_pays, yearly_budgets
from koppelkans.weighing.product import Weighing

FORMULA = (
    r"J_{w,v} = \sum_{s} \min\Bigl\{T_{ws},\ O_s - \textstyle\sum_{k < w} T_{ks}\Bigr\}^{+},\quad"
    r" T_{ws} = \tau\, c_w\, \ell_{ws} / \ell_w"
)
"""w follows v, the work with the largest trench in section s; the others are counted from large to small, up to one opening."""


def trench_savings(
    works: pd.DataFrame, openers: pd.DataFrame, openings: pd.DataFrame, *, trench_share: float
) -> pd.DataFrame:
    """Return what pairs of works save by sharing a trench in one year (work, other, saving_eur).

    In a section the trench of a work is saved when it is done with the largest one there. Pairs with the largest only: a
    trench that lies beside two others is then saved once. All pairs of a section together save at most one opening, so
    that for no choice of works more is counted than the appraisal counts for the section. Where the largest is done in
    another year, a trench that two smaller ones share is not counted: too little rather than too much.

    Parameters
    ----------
    works
        `work`, `digs` and `cost_eur`; works of unknown cost have no known trench.
    openers
        `work`, `section`, `length_m` (m) of the works that open a section.
    openings
        `section` and `opening_eur`.
    trench_share
        Share of the cost of a work that is soil work in its trench.
    """
    parts = section_shares(openers).merge(works[["work", "digs", "cost_eur"]], on="work")
    parts = parts.merge(openings[["section", "opening_eur"]], on="section")
    cost = parts["cost_eur"].astype("Float64").astype("float64")
    parts["trench"] = trench_share * cost * parts["share"]
    parts = parts[parts["digs"] & parts["length_m"].gt(0) & parts["trench"].gt(0)]
    parts = parts.sort_values(["section", "trench", "work"], ascending=[True, False, True], ignore_index=True)
    by_section = parts.groupby("section")
    largest = by_section.cumcount() == 0
    before = by_section["trench"].cumsum() - parts["trench"] - by_section["trench"].transform("first")
    saved = parts["trench"].clip(upper=parts["opening_eur"] - before).clip(lower=0.0)
    pairs = pd.DataFrame({"work": parts["work"], "other": by_section["work"].transform("first"), "saving_eur": saved})
    pairs = pairs[~largest & saved.gt(0)]
    swapped = pairs["work"] > pairs["other"]
    first, second = pairs["work"].where(~swapped, pairs["other"]), pairs["other"].where(~swapped, pairs["work"])
    total = pairs.assign(work=first, other=second).groupby(["work", "other"], as_index=False)["saving_eur"].sum()
    return total.astype({"work": "str", "other": "str", "saving_eur": "float64"})


OPEN_SHARE = 0.25
"""Share of the sections of an area that may be open at once, where the city gives none (assumed: it holds nothing back)."""
LEAST = 2
"""So many sections of an area may always be open at once (assumed): in a hamlet a share would forbid everything."""


def limits_of(sections: pd.DataFrame, areas: pd.DataFrame, *, part: ProgrammePart) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Return the limits on open sections, and the sections that each limit counts.

    Columns are limit, most and basis, and limit and section, both in order. Each area has a limit: `open_share` of its
    sections, rounded up, and at least two; assumed where the city gave no share. A limit of the city with the name of an area takes its
    place, and counts the sections of that area where it names none.

    Raises
    ------
    SettingError
        For each limit that counts nothing or sections that do not exist.
    """
    faults: list[Fault] = []
    called = _limit_called(areas)
    inside = sections[sections["area"].notna()]
    members = pd.DataFrame(
        {"limit": inside["area"].map(called).astype("str").fillna(inside["area"]), "section": inside["section"]}
    )
    count = members.groupby("limit").size()
    share, basis = (OPEN_SHARE, "assumed") if part.open_share is None else (part.open_share, "given")
    most = np.maximum(LEAST, np.ceil(count * share - 1e-9)).astype("int64")
    limits = pd.DataFrame({"limit": count.index, "most": most.to_numpy(), "basis": basis})
    for at, limit in enumerate(part.limits):
        own = _members(limit, sections, members, key=f"programme.limits.{at}", faults=faults)
        limits = limits[limits["limit"] != limit.limit]
        given = pd.DataFrame({"limit": [limit.limit], "most": [limit.open_sections], "basis": ["given"]})
        limits = pd.concat([limits, given], ignore_index=True)
        members = pd.concat([members[members["limit"] != limit.limit], own], ignore_index=True)
    if faults:
        raise SettingError(faults)
    limits = limits.astype({"limit": "str", "most": "int64", "basis": "str"}).sort_values("limit", ignore_index=True)
    members = members.astype("str").sort_values(["limit", "section"], ignore_index=True)
    return limits, members


def _members(
    limit: Limit, sections: pd.DataFrame, members: pd.DataFrame, *, key: str, faults: list[Fault]
) -> pd.DataFrame:
    """Return the sections that a limit of the city counts; what is wrong is added to the faults."""
    lost = sorted(set(limit.sections) - set(sections["section"]))
    faults += [Fault(FILE_NAME, name, "a section that exists", column=f"{key}.sections", fatal=True) for name in lost]
    if limit.sections:
        return pd.DataFrame({"limit": limit.limit, "section": sorted(set(limit.sections))})
    same = members[members["limit"] == limit.limit]
    if same.empty:
        wanted = "sections, or the name of an area"
        faults.append(Fault(FILE_NAME, f"limit {limit.limit} without sections", wanted, column=key, fatal=True))
    return same


def _limit_called(areas: pd.DataFrame) -> dict[str, str]:
    """Return the name of each area; areas that share a name keep their own mark behind it."""
    double = areas["name"].duplicated(keep=False)
    names = areas["name"].where(~double, areas["name"] + " (" + areas["area"] + ")")
    return dict(zip(areas["area"], names, strict=True))


WEIGHT_EUR = 100_000.0
"""What leaving a work of unknown cost undone is weighed by, where the cost of no work is known (assumed)."""
OUTSIDE_HORIZON = "outside the years that are planned"
OUTSIDE_STREETS = "outside every street"


def build_problem(context: Context, appraisal: Appraisal, weighing: Weighing, *, settings: Settings) -> Problem:
    """Build the problem of a city from the products of the earlier rooms.

    Works with a window outside the horizon, that lie in no street or that the weighing knocked out stay outside. A work of
    unknown cost is planned: it counts as 0 in money and hours, is marked as unpriced, and in weights as `weighed_costs`. A work
    opens its sections when it digs or lays new paving, as wide as its kind takes up (`opened_shares`). What it costs to leave a work undone follows `undone_prices`, with the
    total of the place that the board gave it, and is at least its dearest year alone (`weighed_at_least`). Budgets, hours and
    limits that nobody gave stand in it as assumed: they are a load to be shown, and hold nothing back. With the setting
    `openings_paid` the openings, with what the city declared on top, must fit in the purses too.
    """
    years, part = settings.years, settings.programme
    choices = decided(late_works(context.works, part.slips), part.decisions, horizon=years)
    works = _works(context, appraisal, weighing, part=part, choices=choices)
    move_share = key_figure(settings.appraisal.figures, "move_share", price_year=settings.city.price_year)
    agreements = agreed(works.assign(cost_eur=weighed_costs(works)), part, move_share=move_share)
    reason = _outside(works, years, placed=context.touches["work"])
    away = reason.notna().to_numpy()
    inside, outside = works[~away].reset_index(drop=True), works[away].assign(reason=reason.to_numpy()[away])
    payments = _amounts(who_pays(works, settings.funds), works)
    inside = inside.assign(
        unpriced=inside["cost_eur"].isna(), cost_eur=inside["cost_eur"].astype("Float64").fillna(0.0)
    )
    drawn = payments[payments["work"].isin(inside["work"])]
    pinned = _pinned(inside, choices.fixed)
    ssk, shared = settings.appraisal.business.ssk, drawn[["work", "fund", "share"]]
    budgets = yearly_budgets(shared, pinned, settings.funds, years, vat=ssk.vat.value)
    budgets = changed_budgets(_turned(budgets, part.money), part.budgets)
    efforts = who_works(pinned, settings.crews, settings.kinds)
    limits, members = limits_of(context.sections, context.areas, part=part)
    touches = opened(context.touches, works=inside, shares=opened_shares(settings.kinds, settings.appraisal.figures))
    kept, untied = within(agreements, inside["work"])
    streets = context.sections[["section", "name", "rest_years"]]
    promises = agreements.promises
    tables = {
        "works": inside,
        "sections": streets.merge(_priced(appraisal.openings), on="section"),
        "touches": touches[touches["work"].isin(inside["work"])][["work", "section", "share"]],
        "payments": shared,
        "funds": budgets,
        "efforts": efforts.loc[efforts["hours"].notna(), ["work", "crew", "hours"]],
        "crews": yearly_hours(efforts, settings.crews, years),
        "limits": limits.rename(columns={"most": "open_sections"}),
        "limit_members": members,
        "fixed": choices.fixed[choices.fixed["work"].isin(inside["work"])],
        "excluded": choices.excluded[choices.excluded["work"].isin(inside["work"])],
        "ties": kept.ties,
        "promises": kept.promises,
        "joints": _joints(kept, inside, touches, as_wide(appraisal.openings, touches), settings=settings),
        "fund_rules": fund_rules(settings.funds, budgets["fund"]),
        "outside": outside,
        "outside_payments": payments[payments["work"].isin(outside["work"])],
        "outside_promises": promises[promises["work"].isin(outside["work"])],
        "untied": untied,
    }
    rate = settings.appraisal.discount_rate.value
    problem = make_problem(
        tables, first_year=years.first, years=len(years), discount_rate=rate, openings_paid=part.openings_paid
    )
    problem = replace(problem, opening_factor=opening_factor(ssk))
    return weighed_at_least(turn(problem, Knobs(quality=part.quality, risk=part.risk)))


def _priced(openings: pd.DataFrame) -> pd.DataFrame:
    """Return openings with set-up and traffic as their base, and paving over the whole width."""
    return openings.assign(base_eur=openings["setup_eur"] + openings["traffic_eur"], paving_eur=openings["paved_eur"])


def _turned(budgets: pd.DataFrame, money: float) -> pd.DataFrame:
    """Return budgets with the money knob of the board turned.

    Where no budget was given less money is a ceiling on the even spread of the need, which the board then gave.
    """
    made = budgets.assign(budget_eur=(budgets["budget_eur"] * money).round().astype("int64"))
    return made.assign(basis="given") if money < 1.0 else made


def fund_rules(funds: Sequence[Fund], drawn: pd.Series) -> pd.DataFrame:
    """Return the kinds of work that each fund may pay (fund, kind).

    Only funds that are drawn upon; a fund without rows may pay any kind.
    """
    known = set(drawn)
    rows = sorted((purse.fund, kind) for purse in funds if purse.fund in known for kind in kinds_paid(purse) or {})
    return pd.DataFrame(rows, columns=["fund", "kind"]).astype("str")


def undone_prices(works: pd.DataFrame, *, part: ProgrammePart) -> pd.Series:
    """Return the price of leaving each work undone (eur): its risk and its missed worth.

    Formula: apart x undone_factor x (1 + worth_of_score x total of the weighing) + worth of its ambitions, where apart is
    its cost done alone with all its openings, as it would be done after a failure. A work of which nothing is weighed
    counts as the mean work; an unknown worth of ambitions adds nothing. Never below zero.

    Parameters
    ----------
    works
        With the columns apart_eur, total and worth_eur.
    part
        The factors, which are assumptions of the city.
    """
    total = works["total"].astype("float64")
    total = total.fillna(total.mean() if total.notna().any() else 0.0)
    risk = works["apart_eur"].astype("Float64") * part.undone_factor * (1.0 + part.worth_of_score * total)
    return (risk + works["worth_eur"].astype("Float64").fillna(0.0)).clip(lower=0.0).round()


def weighed_costs(works: pd.DataFrame) -> pd.Series:
    """Return the cost of each work (eur) in weights: an unknown one is the median of its kind.

    Else of all works, else `WEIGHT_EUR`.

    >>> weighed_costs(pd.DataFrame({"kind": ["a", "a", "b"], "cost_eur": [10.0, None, None]})).tolist()
    [10.0, 10.0, 10.0]
    """
    cost = works["cost_eur"].astype("Float64").astype("float64")
    found = cost.fillna(cost.groupby(works["kind"].astype("str")).transform("median"))
    return found.fillna(cost.median() if cost.notna().any() else WEIGHT_EUR)


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
    apart = works["apart_eur"].astype("Float64").astype("float64").fillna(weighed_costs(works))
    works["undone_eur"] = undone_prices(works.assign(apart_eur=apart), part=part)
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
    reason = reason.where(~off.to_numpy(), OUTSIDE_HORIZON)
    reason = reason.where(works["work"].isin(placed).to_numpy(), OUTSIDE_STREETS)
    return pd.Series(reason.to_numpy(), index=works["work"], dtype="str")


def _amounts(payments: pd.DataFrame, works: pd.DataFrame) -> pd.DataFrame:
    """Return payments with whole amounts that add up to the cost, and shares that say exactly those amounts."""
    cost = payments["work"].map(works.set_index("work")["cost_eur"]).astype("Float64")
    until = payments.groupby("work")["share"].cumsum().astype("Float64")
    amount = (until * cost).round() - ((until - payments["share"]) * cost).round()
    exact = (amount / cost.where(cost > 0)).astype("float64")
    return payments.assign(amount_eur=amount.astype("Int64"), share=exact.fillna(payments["share"]))
