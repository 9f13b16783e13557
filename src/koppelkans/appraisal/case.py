"""Gather what the effects are computed on: the works, each done alone. (nl: uitgangspunt)."""

import pandas as pd

from koppelkans.appraisal.effect import Case
from koppelkans.context.product import Context
from koppelkans.ground.settings import Fund, Settings
from koppelkans.rules.openings import openers_alone
from koppelkans.rules.purses import OWN, who_pays


def gather(
    context: Context, *, openings: pd.DataFrame, points: pd.Series, settings: Settings, priced: pd.Series | None = None
) -> Case:
    """Return the case of a city: its works with costs, lifetimes, openings and need met.

    `points` is the need met per work, by work name, `priced` the part counted in euros by itself.
    """
    kinds = settings.kinds
    works = pd.DataFrame(context.works.drop(columns="geometry")).sort_values("work", ignore_index=True)
    lives = {name: kind.life_years.value for name, kind in kinds.items() if kind.life_years}
    renewable = [name for name, kind in kinds.items() if kind.renewable]
    openers = openers_alone(
        context.touches, works=context.works, openings=openings, kinds=kinds, figures=settings.appraisal.figures
    )
    streets = opening_sums(openers, openings)
    works = works.merge(streets, on="work", how="left")
    works["opens"] = works["digs"] | works["resurfaces"]
    sums = ["sections", "opening_eur", "open_days", "address_days", "breach_eur"]
    works[sums] = works[sums].where(works["opens"], 0.0)
    works["cost_eur"] = works["cost_eur"].astype("Float64").astype("float64")
    works["due_year"] = works["due_year"].astype("Float64").astype("float64")
    works["life_years"] = works["kind"].map(lives).astype("float64")
    works["renewable"] = works["kind"].isin(renewable)
    works["points"] = works["work"].map(points).astype("float64")
    counted = 0.0 if priced is None else works["work"].map(priced).astype("float64").fillna(0.0)
    works["points_left"] = works["points"] - counted
    return Case(
        works=works,
        payers=payers(works, settings.funds),
        kinds=kinds,
        figures=settings.appraisal.figures,
        price_year=settings.city.price_year,
        rate=settings.appraisal.discount_rate.value,
        years=len(settings.years),
        benefits=settings.appraisal.benefits,
    )


def opening_sums(openers: pd.DataFrame, openings: pd.DataFrame) -> pd.DataFrame:
    """Return per work the cost, nuisance, breach and address-days of its openings.

    Over all sections that it opens, each as wide as it needs it (`alone_eur` of the openers). Address-days are unknown where those of one section are; `nuisance_eur` counts
    the known ones.
    """
    columns = ["section", "nuisance_eur", "open_days", "address_days", "breach_eur"]
    joined = openers[["work", "section", "alone_eur"]].merge(openings[columns], on="section")
    grouped = joined.rename(columns={"alone_eur": "opening_eur"}).groupby("work")
    made = grouped[["opening_eur", "nuisance_eur", "open_days", "breach_eur"]].sum()
    made["sections"] = grouped.size().astype("float64")
    whole = grouped["address_days"].count() == grouped.size()
    made["address_days"] = grouped["address_days"].sum().where(whole)
    return made.reset_index()


def payers(works: pd.DataFrame, funds: list[Fund]) -> pd.DataFrame:
    """Return the parties that pay each work, with their share.

    They are the owners of its purses; what no purse pays is for the owner of the work.
    """
    owners = {fund.fund: fund.owner for fund in funds if fund.owner}
    paid = who_pays(works, funds).merge(works[["work", "owner"]], on="work")
    own = paid["fund"].str.removeprefix(OWN).where(paid["fund"].str.startswith(OWN))
    paid["holder"] = paid["fund"].map(owners).astype("str").fillna(own).fillna(paid["owner"])
    rest = works[["work", "owner"]].rename(columns={"owner": "holder"})
    rest["share"] = 1.0 - works["work"].map(paid.groupby("work")["share"].sum()).astype("float64").fillna(0.0)
    parts = pd.concat([paid[["work", "holder", "share"]], rest[rest["share"] > 1e-12]])  # noqa: PLR2004
    return parts.groupby(["work", "holder"], as_index=False)["share"].sum()
