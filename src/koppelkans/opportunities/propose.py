"""Works that are proposed where the need for an ambition is high and nothing serves it. (nl: voorgestelde werken)."""

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
import pandas as pd

from koppelkans.ground.settings import Settings
from koppelkans.ground.words import euros, number, say
from koppelkans.opportunities.kind import KindInputs, together
from koppelkans.opportunities.kinds.need_without_carrier import NOWHERE
from koppelkans.opportunities.lookup import look_up
from koppelkans.opportunities.product import PROPOSALS
from koppelkans.opportunities.sentences import listed, quantity, street
from koppelkans.opportunities.telling import MOST, kind_of_work

THOUSAND = 1000
"""Rough costs are told in whole thousands of euros."""
FORMULA = r"q_{as} = \left(1 - \frac{n_{to}}{n_{as}}\right) / e_{ka}, \qquad k = \arg\max_k e_{ka} / p_k"
"""Quantity per section: need n, effect e of one unit of the kind, price p of one unit, and the need aimed at, n_to."""


def propose(ground: KindInputs, *, settings: Settings) -> pd.DataFrame:
    """Return the proposed works per area and ambition, with their rough cost and partners.

    A section counts where its need is high (`need_from`) and no work in the tables that touches it has an effect on
    the ambition, whether the street opens or not. The kind is the one that meets most need per euro, of those with an
    effect and a price; without a price the one with the largest effect, and without an effect no kind is proposed.
    The quantity brings the need back to `need_to` (`FORMULA`), at most as much as meets it whole.
    """
    lacking = _lacking(ground)
    if lacking.empty:
        return pd.DataFrame(columns=list(PROPOSALS.columns))
    kinds = _kinds(ground)
    lacking = lacking.merge(kinds, on="ambition", how="left")
    part = (1.0 - ground.part.need_to / lacking["need_score"]).clip(lower=0.0)
    amount = part / lacking["need_per_unit"]
    whole = lacking["unit"].eq("piece")
    lacking["amount"] = np.where(whole, np.ceil(amount.round(9)), amount)
    keys = ["key", "spot", "ambition"]
    made = lacking.groupby(keys, as_index=False).agg(
        kind=("kind", "first"), unit=("unit", "first"), price_eur=("price_eur", "first"), names=("name", list),
        ids=("section", list), sections=("section", "size"), need_score=("need_score", "mean"),
        quantity=("amount", lambda parts: parts.sum(skipna=False)),
    )  # fmt: skip
    made["quantity"] = made["quantity"].round()
    rough = (made["quantity"] * made["price_eur"] / THOUSAND).round().clip(lower=1.0) * THOUSAND
    shapes = look_up(lacking["section"], ground.sections.set_index("section").geometry).to_numpy()
    partners = _partners(ground, settings)
    sources = {name: one.price.source for name, one in settings.kinds.items() if one.price}
    made = made.assign(
        proposal=made["key"],
        area=made["spot"].where(made["spot"] != NOWHERE),
        cost_eur=rough.astype("Int64"),
        cost_source=made["kind"].map(sources).where(rough.notna()),
        basis="assumed",
        partners=made["ambition"].map(partners),
        streets=[_streets(*pair, settings.city.lang) for pair in zip(made["names"], made["ids"], strict=True)],
        geometry=look_up(made["key"], together(shapes, lacking["key"])).to_numpy(),
    )
    for lang in ("nl", "en"):
        made[f"why_{lang}"] = [_told(row, ground, lang) for row in made.to_dict("records")]
    return made[list(PROPOSALS.columns)]


def _lacking(ground: KindInputs) -> pd.DataFrame:
    """Return the sections with a high need of which no work has an effect on it, the highest need first."""
    helps = ground.effects.loc[ground.effects["need_per_unit"] > 0, ["ambition", "kind"]]
    served = (
        ground.touches[["work", "section"]]
        .merge(pd.DataFrame(ground.works[["work", "kind"]]), on="work")
        .merge(helps, on="kind")[["section", "ambition"]]
        .drop_duplicates()
    )
    high = ground.section_needs[ground.section_needs["need_score"] >= ground.part.need_from]
    found = high.merge(served.assign(served=True), on=["section", "ambition"], how="left")
    found = found[found["served"].isna()]
    place = ground.sections.set_index("section")
    spot = look_up(found["section"], place["area"]).fillna(NOWHERE)
    found = found.assign(spot=spot, name=look_up(found["section"], place["name"]), key=spot + ":" + found["ambition"])
    return found.sort_values(["key", "need_score", "section"], ascending=[True, False, True], ignore_index=True)


def _kinds(ground: KindInputs) -> pd.DataFrame:
    """Return per ambition the kind that meets most need per euro, with its effect and price per unit."""
    effects = ground.effects.loc[ground.effects["need_per_unit"] > 0, ["ambition", "kind", "need_per_unit"]]
    both = effects.merge(ground.prices[["kind", "unit", "price_eur"]], on="kind")
    both["worth"] = both["need_per_unit"] / both["price_eur"].where(both["price_eur"] > 0)
    order = ["ambition", "worth", "need_per_unit", "kind"]
    ranked = both.sort_values(order, ascending=[True, False, False, True], na_position="last")
    return ranked.drop_duplicates("ambition").drop(columns="worth")


def _partners(ground: KindInputs, settings: Settings) -> Mapping[str, str]:
    """Return per ambition the parties of the city of the kinds that gain by it."""
    lang, parties = settings.city.lang, settings.parties
    found = {
        one.ambition: [
            ground.names.parties.get(each.party, each.party) for each in parties if each.kind in one.partners
        ]
        for one in settings.vision.ambitions
    }
    return {ambition: listed(names, lang) for ambition, names in found.items() if names}


def _streets(names: Sequence[object], sections: Sequence[str], lang: str) -> str:
    """Return the streets of a proposal in words."""
    return listed((street(*one, lang) for one in zip(names, sections, strict=True)), lang, most=MOST)


def _told(row: Mapping[str, Any], ground: KindInputs, lang: str) -> str:
    """Return a proposal in one or two sentences."""
    ambition = ground.names.ambitions[lang].get(str(row["ambition"]), str(row["ambition"]))
    need, streets = number(float(str(row["need_score"])), lang, 1), _streets(row["names"], row["ids"], lang)
    if pd.isna(row["kind"]):
        return say(
            "The need for {ambition} is high ({need}) in {streets}, and nothing serves it. Of no kind of work is it known that it helps: find that out first.",
            lang, ambition=ambition, need=need, streets=streets,
        )  # fmt: skip
    kind = kind_of_work(ground.names, str(row["kind"]), lang)
    amount = quantity(float(str(row["quantity"])), str(row["unit"]), lang)
    told = say(
        "The need for {ambition} is high ({need}) in {streets}, and nothing serves it. Proposal: {kind}, {amount}.",
        lang, ambition=ambition, need=need, streets=streets, kind=kind, amount=amount,
    )  # fmt: skip
    if pd.isna(row["cost_eur"]):
        return told + " " + say("What it costs is unknown.", lang)
    cost = euros(int(str(row["cost_eur"])), lang)
    return told + " " + say("That costs roughly {cost}, an assumption.", lang, cost=cost)
