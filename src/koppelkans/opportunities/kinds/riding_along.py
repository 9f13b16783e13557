"""Chance: an ambition with need where a street opens anyway, werk met werk. (nl: meeliften)."""

import pandas as pd

from koppelkans.ground.words import euros, number, say
from koppelkans.opportunities.kind import FindKind, KindInputs
from koppelkans.opportunities.lookup import look_up
from koppelkans.opportunities.sentences import listed, street, years
from koppelkans.opportunities.telling import MOST, who


def find(ground: KindInputs) -> pd.DataFrame:
    """Return per opened section the ambitions with a high need that its works do not meet."""
    left = _left(ground)
    high = left[left["left"] >= ground.part.need_from]
    high = high.sort_values(["section", "left", "ambition"], ascending=[True, False, True])
    weight = ground.ambitions.set_index("ambition")["weight"]
    high = high.assign(points=high["left"] * look_up(high["ambition"], weight))
    asking = high.groupby("section", as_index=False).agg(
        ambitions=("ambition", list), needs=("left", list), quantity=("ambition", "size"), strength=("points", "sum")
    )
    opening = ground.openers.groupby("section", as_index=False).agg(
        works=("work", list), first_year=("earliest_year", "min"), last_year=("latest_year", "max")
    )
    made = asking.merge(opening, on="section")
    place = ground.sections.set_index("section").loc[made["section"]]
    made = made.assign(
        key=made["section"],
        area=place["area"].to_numpy(),
        amount_eur=look_up(made["section"], ground.openings.set_index("section")["opening_eur"]),
        geometry=place.geometry.to_numpy(),
    )
    for lang in ("nl", "en"):
        made[f"why_{lang}"] = [
            say(
                "{street} opens anyway in {years} for {who}. The need here is high for {ambitions}: take it along, then the street need not open for it again ({amount}).",
                lang,
                street=street(name, section, lang),
                years=years(first, last),
                who=who(ground.names, works, lang),
                ambitions=_with_needs(ground, ambitions, needs, lang),
                amount=euros(amount, lang),
            )
            for name, section, first, last, works, ambitions, needs, amount in zip(
                place["name"], made["section"], made["first_year"], made["last_year"], made["works"],
                made["ambitions"], made["needs"], made["amount_eur"], strict=True,
            )
        ]  # fmt: skip
    return made


def _left(ground: KindInputs) -> pd.DataFrame:
    """Return the need per section and ambition that the works in the section leave.

    Formula: need x (1 - min(1, sum over works of effect x quantity in the section)).
    """
    rows = ground.touches.merge(ground.works[["work", "kind", "quantity"]], on="work")
    length = rows["length_m"].astype("float64")
    whole = length.groupby(rows["work"]).transform(lambda part: part.sum(skipna=False))
    count = rows.groupby("work")["section"].transform("size")
    share = (length / whole.where(whole > 0)).fillna(1.0 / count)
    rows = rows.assign(here=rows["quantity"] * share).merge(ground.effects, on="kind")
    met = (rows["here"] * rows["need_per_unit"]).groupby([rows["section"], rows["ambition"]]).sum().rename("met")
    needs = ground.section_needs[ground.section_needs["section"].isin(ground.openers["section"])]
    made = needs.merge(met.reset_index(), on=["section", "ambition"], how="left")
    return made.assign(left=made["need_score"] * (1.0 - made["met"].fillna(0.0).clip(upper=1.0)))


def _with_needs(ground: KindInputs, ambitions: list[str], needs: list[float], lang: str) -> str:
    """Return ambitions in words, each with its need."""
    words = ground.names.ambitions[lang]
    told = [f"{words.get(one, one)} ({number(need, lang, 1)})" for one, need in zip(ambitions, needs, strict=True)]
    return listed(told, lang, most=MOST)


RIDING_ALONG = FindKind(
    name="riding_along",
    side="chance",
    nl="meeliften (werk met werk)",
    en="riding along",
    unit="ambition",
    formula=r"n_{as} \bigl(1 - \min(1, \textstyle\sum_w e_{k(w)a}\, q_{ws})\bigr) \ge \text{need\_from}",
    meaning="A section that opens anyway, with a high need for an ambition that its works do not meet; what is saved is one opening for the ambition alone.",
    find=find,
)
