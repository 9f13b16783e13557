"""The verb of this room: the programme of the city, told per area. (nl: gebiedsprogramma opstellen)."""

from dataclasses import replace

import pandas as pd

from koppelkans.account.product import Account
from koppelkans.appraisal.product import Appraisal
from koppelkans.area import product as tables
from koppelkans.area.agenda import make_agenda, spread
from koppelkans.area.answers import answer_wishes, count_answers
from koppelkans.area.holders import area_money, sum_holders
from koppelkans.area.product import Areas
from koppelkans.area.scopes import scopes_of
from koppelkans.area.stack import Helpers, make_stack, placed_in
from koppelkans.area.web import make_web
from koppelkans.context.product import Context
from koppelkans.ground.horizon import Horizon
from koppelkans.ground.settings import Settings
from koppelkans.ground.tables import shape
from koppelkans.opportunities.product import Opportunities
from koppelkans.programme.product import Programme
from koppelkans.vision.product import Vision


def compose(  # noqa: PLR0913 -- it looks back at six rooms
    context: Context,
    vision: Vision,
    opportunities: Opportunities,
    appraisal: Appraisal,
    programme: Programme,
    account: Account,
    *,
    settings: Settings,
) -> Areas:
    """Make the programme of every area for the first `settings.area.years` years of the horizon.

    Without areas the whole city is one area with the name of the city. What lies outside every area stands in the city
    programme only; the trace counts it. Wishes are answered with the whole programme.

    Raises
    ------
    SettingError
        Where a decided ambitieweb names an area or a work that does not exist, or `area.themes` a theme.
    """
    years = Horizon(settings.years.first, min(settings.years.first + settings.area.years - 1, settings.years.last))
    areas = _areas(context, settings.city.name)
    homes = _homes(context, areas)
    shares = spread(context, areas=areas)
    agenda = make_agenda(context, programme.plan, shares=shares, years=years, decisions=settings.programme.decisions)
    answers = answer_wishes(context, vision, programme.plan, settings=settings, years=years)
    if "geometry" not in areas.columns:
        answers = answers.assign(area=areas["area"].iloc[0])
    money = area_money(account, years=years, city=None if "geometry" in areas.columns else settings.city.name)
    scopes = scopes_of(
        context, plan=programme.plan, agenda=agenda, areas=areas, homes=homes, decisions=settings.vision.webs
    )
    web = make_web(vision, opportunities, needs_met=appraisal.needs_met, scopes=scopes, themes=settings.area.themes)
    summary = _summary(areas, years, agenda=agenda, money=money)
    summary = _openings(summary, programme.open, homes)
    placed = placed_in(context.sections, areas, homes=homes, shares=_everywhere(shares, context))
    helpers = _helpers(context, vision, appraisal, programme)
    stack = make_stack(vision, opportunities, placed, helpers, need_from=settings.opportunities.need_from)
    outside = sorted(set(programme.plan.loc[programme.plan["year"].notna(), "work"]) - set(shares["work"]))
    note = (f"{len(outside)} works of the programme lie outside every area",) if outside else ()
    return Areas(
        summary=shape(summary, tables.SUMMARY),
        agenda=shape(agenda, tables.AGENDA),
        web=shape(web, tables.WEB),
        answers=shape(answers, tables.ANSWERS),
        wish_counts=shape(count_answers(answers, areas), tables.WISH_COUNTS),
        holders=shape(sum_holders(appraisal, agenda=agenda, savings=money), tables.HOLDERS),
        stack=shape(stack, tables.STACK),
        trace=programme.trace.noting(notes=(*programme.trace.notes, *note)),
    )


def _helpers(context: Context, vision: Vision, appraisal: Appraisal, programme: Programme) -> Helpers:
    """Return the works that have an effect on an ambition, with the need that they meet and their year."""
    effects = vision.effects.loc[vision.effects["need_per_unit"] > 0, ["ambition", "kind"]]
    pairs = pd.DataFrame(context.works[["work", "kind"]]).merge(effects, on="kind").drop(columns="kind")
    met = pairs.merge(appraisal.needs_met[["work", "ambition", "met"]], on=["work", "ambition"], how="left")
    return Helpers(met.merge(programme.plan[["work", "year"]], on="work", how="left"), context.touches)


def _everywhere(shares: pd.DataFrame, context: Context) -> pd.DataFrame:
    """Return the shares of the works per area, with works outside every area too: they count for the city only."""
    return shares.merge(context.works[["work"]], on="work", how="right")


def _areas(context: Context, city: str) -> pd.DataFrame:
    """Return the areas in name order; without any, the city itself, which has no polygon."""
    if context.areas.empty:
        return pd.DataFrame({"area": [city], "name": [city]}).astype("str")
    return context.areas[["area", "name", "geometry"]].sort_values("area", ignore_index=True)


def _homes(context: Context, areas: pd.DataFrame) -> pd.DataFrame:
    """Return the area of each section that lies in a known one."""
    homes = pd.DataFrame(context.sections[["section", "area"]])
    if "geometry" not in areas.columns:
        return homes.assign(area=areas["area"].iloc[0])
    return homes[homes["area"].isin(areas["area"])]


def _summary(areas: pd.DataFrame, years: Horizon, *, agenda: pd.DataFrame, money: pd.DataFrame) -> pd.DataFrame:
    """Count works, bundles and euros per area."""
    counts = {
        "works": agenda.groupby("area")["work"].nunique(),
        "bundles": agenda.dropna(subset=["bundle"]).groupby("area")["bundle"].nunique(),
        "investment_eur": money.groupby("area")["investment_eur"].sum(),
        "saving_eur": money.groupby("area")["saving_eur"].sum(),
    }
    found = {name: areas["area"].map(column).fillna(0).astype("int64") for name, column in counts.items()}
    return pd.DataFrame(
        {"area": areas["area"], "name": areas["name"], "first_year": years.first, "last_year": years.last}
    ).assign(**found)


def as_seen(areas: Areas, programme: Programme, context: Context, account: Account, *, city: str) -> Areas:
    """Return areas with works, bundles, openings and money as a circle sees them."""
    if areas.summary.empty:
        return areas
    table, agenda = _areas(context, city), areas.agenda
    years = Horizon(int(areas.summary["first_year"].min()), int(areas.summary["last_year"].max()))
    money = area_money(account, years=years, city=None if "geometry" in table.columns else city)
    summary = _openings(_summary(table, years, agenda=agenda, money=money), programme.open, _homes(context, table))
    saved = money.dropna(subset=["owner"]).set_index(["area", "owner"])["saving_eur"].clip(lower=0)
    held = areas.holders.set_index(["area", "holder"]).index
    holders = areas.holders.assign(saving_eur=saved.reindex(held).fillna(0).astype("int64").to_numpy())
    return replace(areas, summary=shape(summary, tables.SUMMARY), holders=shape(holders, tables.HOLDERS))


def _openings(summary: pd.DataFrame, opened: pd.DataFrame, homes: pd.DataFrame) -> pd.DataFrame:
    """Count the sections opened in the years of the summary, and how many it would be if each work opened its own."""
    first, last = summary["first_year"].min(), summary["last_year"].max()
    inside = opened[opened["year"].between(first, last)].merge(homes, on="section")
    per = inside.groupby("area")["works"].agg(openings="size", apart_openings="sum")
    found = {name: summary["area"].map(per[name]).fillna(0).astype("int64") for name in per.columns}
    return summary.assign(**found)
