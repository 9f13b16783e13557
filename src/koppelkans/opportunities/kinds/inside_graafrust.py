"""Clash: a street that must be dug while its new paving should be at rest. (nl: graven in graafrust)."""

from typing import Any

import pandas as pd

from koppelkans.ground.words import euros, say
from koppelkans.opportunities.kind import FindKind, KindInputs
from koppelkans.opportunities.lookup import look_up
from koppelkans.opportunities.sentences import street, years
from koppelkans.opportunities.telling import who

FIXED_YEARS = 1
"""A resurfacing has a nearly fixed year when its window is at most this much longer than one year (assumption of the project)."""


def find(ground: KindInputs) -> pd.DataFrame:
    """Return per section and resurfacing the digs that can only fall within its graafrust.

    Rest comes after planned works that resurface in a nearly fixed year, and after paving that was laid shortly before the horizon.
    """
    met = _met(ground)
    group = met.groupby(["section", "label"], as_index=False).agg(
        digs=("work", list),
        first_year=("earliest_year", "min"),
        last_year=("latest_year", "max"),
        resurfacing=("resurfacing", "first"),
        assets=("assets", "first"),
        from_year=("from_year", "first"),
        by_year=("by_year", "first"),
        until=("until", "first"),
    )
    spot = ground.sections.set_index("section").loc[group["section"]]
    breach = look_up(group["section"], ground.openings.set_index("section")["breach_eur"])
    left = group["until"] - group["first_year"] + 1.0
    made = group.assign(
        key=group["section"] + ":" + group["label"],
        works=[
            ([new] if isinstance(new, str) else []) + digs
            for new, digs in zip(group["resurfacing"], group["digs"], strict=True)
        ],
        area=spot["area"].to_numpy(),
        quantity=left,
        amount_eur=breach,
        strength=breach * left,
        geometry=spot.geometry.to_numpy(),
    )
    for lang in ("nl", "en"):
        made[f"why_{lang}"] = [
            _why(ground, row, street(name, row["section"], lang), lang)
            for row, name in zip(made.to_dict("records"), spot["name"], strict=True)
        ]
    return made


def _why(ground: KindInputs, row: dict[str, Any], where: str, lang: str) -> str:
    """Return why, in one language; paving that still has to come leaves a way out."""
    coming = "{street}: new paving in {laid}, so no digging up to and including {until}. But these must dig then: {who}. The damage is {amount}; do it before the paving."
    laid = "{street}: the paving is of {laid}, so no digging up to and including {until}. But these must dig then: {who}. The damage is {amount}."
    return say(
        coming if isinstance(row["resurfacing"], str) else laid,
        lang,
        street=where,
        laid=years(row["from_year"], row["by_year"]),
        until=row["until"],
        who=who(ground.names, row["digs"], lang, when=True),
        amount=euros(row["amount_eur"], lang),
    )


def _met(ground: KindInputs) -> pd.DataFrame:
    """Return each dig inside a rest: section, label and years of the resurfacing, until when it rests, work and its years."""
    rests = pd.concat([_planned(ground), _laid(ground)], ignore_index=True)
    rests["until"] = rests["from_year"] + look_up(rests["section"], ground.sections.set_index("section")["rest_years"])
    digs = ground.openers[ground.openers["work"].isin(ground.works.loc[ground.works["digs"], "work"])]
    met = rests.merge(digs[["section", "work", "earliest_year", "latest_year"]], on="section")
    inside = (met["earliest_year"] > met["by_year"]) & (met["latest_year"] <= met["until"])
    return met[inside & (met["resurfacing"] != met["work"])].sort_values(["section", "label", "work"])


def _planned(ground: KindInputs) -> pd.DataFrame:
    """Return the works that resurface in a nearly fixed year: section, label, resurfacing, assets, from_year, by_year."""
    works = ground.works
    chosen = works.loc[works["resurfaces"] & (works["latest_year"] - works["earliest_year"] <= FIXED_YEARS), "work"]
    rows = ground.openers[ground.openers["work"].isin(chosen)]
    return pd.DataFrame(
        {
            "section": rows["section"],
            "label": rows["work"],
            "resurfacing": rows["work"],
            "assets": [[] for _ in range(len(rows))],
            "from_year": rows["earliest_year"],
            "by_year": rows["latest_year"],
        }
    )


def _laid(ground: KindInputs) -> pd.DataFrame:
    """Return the paving that was laid so shortly ago that its rest reaches into the horizon; its newest year per section."""
    surfacing = ground.prices.loc[ground.prices["resurfaces"] & ~ground.prices["digs"], "kind"]
    assets = ground.assets
    laid = assets[assets["kind"].isin(surfacing) & assets["built_year"].notna() & assets["section"].notna()]
    rest = look_up(laid["section"], ground.sections.set_index("section")["rest_years"])
    fresh = laid[(laid["built_year"] + rest >= ground.years.first) & (laid["built_year"] < ground.years.first)]
    newest = (
        fresh.sort_values(["section", "asset"])
        .groupby("section", as_index=False)
        .agg(assets=("asset", list), by_year=("built_year", "max"))
    )
    return newest.assign(
        label="laid",
        resurfacing=None,
        from_year=newest["by_year"].astype("int64"),
        by_year=newest["by_year"].astype("int64"),
    )


INSIDE_GRAAFRUST = FindKind(
    name="inside_graafrust",
    side="clash",
    nl="graven in graafrust",
    en="dig inside the rest of new paving",
    unit="year",
    formula=r"l_r < e_d \;\wedge\; l_d \le e_r + \text{rest}_s",
    meaning="A dig of which every possible year lies inside the rest (graafrust) after a resurfacing with a nearly fixed year, or after paving that was laid shortly ago.",
    find=find,
)
