"""What the signs of a case are read from: its works, its streets and its money. (nl: kenmerken van een geval)."""

from collections.abc import Iterable

import pandas as pd

from koppelkans.appraisal.business.product import CITY
from koppelkans.appraisal.financing.costs import case_of
from koppelkans.appraisal.financing.product import AGAINST
from koppelkans.context.product import Context
from koppelkans.ground.settings import Party
from koppelkans.opportunities.product import Opportunities
from koppelkans.rules.openings import opened

NEEDS = {"social": ("participation", "equal_chances", "safety", "health"), "climate": ("heat_stress", "water")}
"""Ambitions in which a need is read."""


def case_works(context: Context, plan: pd.DataFrame, parties: Iterable[Party]) -> pd.DataFrame:
    """Return the works of every case, and of the city as a whole, with what the signs look at.

    Parameters
    ----------
    context
        Works.
    plan
        `work`, `year` and `bundle` of the works that are done.
    parties
        Parties with their kind.
    """
    kinds = {party.party: party.kind for party in parties}
    columns = ["work", "owner", "kind", "system", "digs", "due_year"]
    works = pd.DataFrame(context.works[columns]).merge(plan[["work"]], on="work")
    works["party_kind"] = works["owner"].map(kinds).fillna("other")
    works["case"] = works["work"].map(case_of(plan)).astype("str").fillna(works["work"])
    return pd.concat([works, works.assign(case=CITY)], ignore_index=True)


def case_sections(
    context: Context, opportunities: Opportunities, plan: pd.DataFrame, openings: pd.DataFrame
) -> pd.DataFrame:
    """Return the sections opened per case and by the city, with class, needs and later works.

    `again`: a work of an owner that is not in the case opens the section in a later year of the programme, or is left
    undone with a best year after it.
    """
    openers = opened(context.touches, works=context.works)[["work", "section"]]
    known = pd.DataFrame(context.works[["work", "owner", "best_year"]])
    every = (
        openers[openers["section"].isin(openings["section"])]
        .merge(known, on="work")
        .merge(plan[["work", "year", "bundle"]], on="work", how="left")
    )
    done = every.dropna(subset=["year"])
    cases = done.assign(case=done["bundle"].fillna(done["work"]))[["case", "section", "year", "owner"]]
    pairs = cases.merge(every[["section", "owner", "year", "best_year"]], on="section", suffixes=("", "_other"))
    when = pairs["year_other"].astype("Float64").fillna(pairs["best_year"].astype("Float64"))
    inside = cases[["case", "owner"]].drop_duplicates().assign(joins=True)
    pairs = pairs.assign(later=(when > pairs["year"]).fillna(value=False)).merge(
        inside.rename(columns={"owner": "owner_other"}), on=["case", "owner_other"], how="left"
    )
    pairs["again"] = pairs["later"] & pairs["joins"].isna()
    made = pairs.groupby(["case", "section"], as_index=False)["again"].any()
    made = pd.concat([made, made.assign(case=CITY)], ignore_index=True)
    made = made.merge(pd.DataFrame(context.sections[["section", "road_class"]]), on="section")
    needs = opportunities.section_needs
    for name, ambitions in NEEDS.items():
        largest = needs[needs["ambition"].isin(ambitions)].groupby("section")["need_score"].max()
        made[name] = made["section"].map(largest).astype("float64")
    return made


def money_signs(
    flags: pd.DataFrame,
    covered: pd.DataFrame,
    mix: pd.DataFrame,
    purses: pd.DataFrame,
    bargains: pd.DataFrame,
    holders: pd.DataFrame,
) -> pd.DataFrame:
    """Return the signs with those that are read from money: gap, grant, losers, outside gain."""
    gaps = covered.assign(gap=covered["gap_eur"].fillna(0) > 0)
    grants = mix["fund"].isin(purses.loc[purses["sort"] == "subsidie", "fund"]) if len(purses) else mix["fund"].isna()
    usual = bargains[(bargains["alternative"] == "together") & (bargains["against"] == AGAINST[0])]
    together = holders[holders["alternative"] == "together"]
    together = together.groupby(["case", "party"], as_index=False)[["cost_eur", "gain_null_eur"]].sum()
    free = together[(together["cost_eur"] == 0) & (together["gain_null_eur"] > 0)]
    found = {
        "city_wide": {CITY},
        "gap": _cases(gaps.loc[gaps["gap"], "case"]),
        "grant": _cases(mix.loc[grants, "case"]),
        "losers": set(usual.loc[usual["feasible"] & (usual["losers"] > 0), "case"]),
        "outside_gain": set(free["case"]),
    }
    return flags.assign(**{name: flags.index.isin(list(cases)) for name, cases in found.items()})


def _cases(cases: pd.Series) -> set[str]:
    """Return the cases, with the city where there are any."""
    named = set(cases)
    return named | ({CITY} if named else set())
