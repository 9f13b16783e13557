"""Clash: assets that are due and that nobody has a work for. (nl: achterstallig zonder plan)."""

from typing import Any

import pandas as pd

from koppelkans.ground.words import euros, say
from koppelkans.opportunities.kind import FindKind, KindInputs, together
from koppelkans.opportunities.lookup import look_up
from koppelkans.opportunities.sentences import counted, quantity, street
from koppelkans.opportunities.telling import kind_of_work, party

NOWHERE = ""
NOT_IN_USE = "not_in_use"
MEASURES = {"m": "length_m", "m2": "area_m2", "piece": "pieces"}


def find(ground: KindInputs) -> pd.DataFrame:
    """Return the assets that are due within the horizon without a work, per section and owner.

    And per kind.
    """
    lost = _without_work(ground)
    lost = lost.assign(
        late=ground.years.last - lost["due_year"] + 1,
        risk=(ground.years.last - lost["due_year"] + 1) * lost["criticality"],
    )
    grouped = lost.groupby(["key", "spot", "owner", "kind", "unit"], as_index=False)
    group = grouped.agg(
        assets=("asset", list),
        count=("asset", "size"),
        first_year=("due_year", "min"),
        strength=("risk", "sum"),
    )
    group["quantity"] = grouped["quantity"].sum(min_count=1)["quantity"]
    price = look_up(group["kind"], ground.prices.set_index("kind")["price_eur"])
    place = ground.sections.set_index("section").reindex(group["spot"])
    made = group.assign(
        section=group["spot"].where(group["spot"] != NOWHERE),
        area=place["area"].to_numpy(),
        last_year=ground.years.last,
        amount_eur=(group["quantity"] * price).round().astype("Float64").astype("Int64"),
        geometry=look_up(group["key"], together(lost.geometry.to_numpy(), lost["key"])).to_numpy(),
    )
    for lang in ("nl", "en"):
        made[f"why_{lang}"] = [
            _why(ground, row, name, lang) for row, name in zip(made.to_dict("records"), place["name"], strict=True)
        ]
    return made


def _without_work(ground: KindInputs) -> pd.DataFrame:
    """Return the due assets that no derived work renews and for which their owner plans no work of that kind in the section."""
    due = ground.assets[(ground.assets["due_year"] <= ground.years.last) & (ground.assets["renewal"] != NOT_IN_USE)]
    due = due[~due["asset"].isin(ground.work_assets["asset"])]
    plans = ground.touches.merge(ground.works[["work", "owner", "kind"]], on="work")
    planned = pd.MultiIndex.from_frame(plans[["section", "owner", "kind"]])
    due = due[~pd.MultiIndex.from_frame(due[["section", "owner", "kind"]]).isin(planned)]
    unit = look_up(due["kind"], ground.prices.set_index("kind")["unit"]).fillna("piece")
    measures = {one: due[column].astype("Float64") for one, column in MEASURES.items()}
    amounts = measures["piece"].where(unit == "piece", measures["m"].where(unit == "m", measures["m2"]))
    spot = due["section"].fillna(NOWHERE)
    due = due.assign(unit=unit, quantity=amounts, spot=spot, key=spot + ":" + due["owner"] + ":" + due["kind"])
    return due.sort_values(["key", "asset"], ignore_index=True)


def _why(ground: KindInputs, row: dict[str, Any], name: object, lang: str) -> str:
    """Return why, in one language."""
    late = "{where}: {kind} of {owner} ({much}) is due since {first}, and there is no work for it."
    soon = "{where}: {kind} of {owner} ({much}) is due from {first} on, and there is no work for it."
    known = not pd.isna(row["quantity"])
    told = say(
        late if row["first_year"] < ground.years.first else soon,
        lang,
        where=street(name, row["spot"], lang) if row["spot"] != NOWHERE else say("Outside the sections", lang),
        kind=kind_of_work(ground.names, row["kind"], lang),
        owner=party(ground.names, row["owner"]),
        much=quantity(row["quantity"], row["unit"], lang)
        if known
        else counted(row["count"], "object", "objects", lang),
        first=row["first_year"],
    )
    if pd.isna(row["amount_eur"]):
        return told
    return told + " " + say("Renewal costs about {amount}.", lang, amount=euros(row["amount_eur"], lang))


OVERDUE_WITHOUT_PLAN = FindKind(
    name="overdue_without_plan",
    side="clash",
    nl="achterstallig zonder plan",
    en="due without a plan",
    unit="",
    formula=r"\text{due}_a \le T \;\wedge\; \nexists w: a \in w",
    meaning="Assets that are due before the end of the horizon, that no work renews, and whose owner plans no work of that kind in the section.",
    find=find,
)
