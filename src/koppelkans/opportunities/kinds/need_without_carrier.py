"""Clash: a high need where no street opens in the whole horizon. (nl: behoefte zonder drager)."""

import pandas as pd

from koppelkans.ground.words import number, say
from koppelkans.opportunities.kind import FindKind, KindInputs, together
from koppelkans.opportunities.lookup import look_up
from koppelkans.opportunities.sentences import counted, listed, street
from koppelkans.opportunities.telling import MOST

NOWHERE = ""


def find(ground: KindInputs) -> pd.DataFrame:
    """Return per area and ambition the sections with a high need that no work opens."""
    needs = ground.section_needs
    high = needs[(needs["need_score"] >= ground.part.need_from) & ~needs["section"].isin(ground.openers["section"])]
    place = ground.sections.set_index("section")
    high = high.assign(
        spot=look_up(high["section"], place["area"]).fillna(NOWHERE),
        name=look_up(high["section"], place["name"]),
        points=high["need_score"] * look_up(high["section"], place["length_m"]),
    )
    high["key"] = high["spot"] + ":" + high["ambition"]
    high = high.sort_values(["key", "need_score", "section"], ascending=[True, False, True], ignore_index=True)
    made = high.groupby(["key", "spot", "ambition"], as_index=False).agg(
        sections=("section", list), streets=("name", list), quantity=("section", "size"), highest=("need_score", "max"),
        strength=("points", "sum"),
    )  # fmt: skip
    shapes = look_up(high["section"], place.geometry).to_numpy()
    made = made.assign(
        area=made["spot"].where(made["spot"] != NOWHERE),
        ambitions=[[one] for one in made["ambition"]],
        first_year=ground.years.first,
        last_year=ground.years.last,
        geometry=look_up(made["key"], together(shapes, high["key"])).to_numpy(),
    )
    areas = ground.areas.set_index("area")["name"]
    for lang in ("nl", "en"):
        made[f"why_{lang}"] = [
            say(
                "{area}: the need for {ambition} is high (up to {highest}) in {sections} where no work is planned up to and including {last}: {streets}.",
                lang,
                area=areas.get(spot, spot) if spot != NOWHERE else say("Outside the areas", lang),
                ambition=ground.names.ambitions[lang].get(ambition, ambition),
                highest=number(highest, lang, 1),
                sections=counted(count, "section", "sections", lang),
                last=ground.years.last,
                streets=listed((street(*one, lang) for one in zip(streets, sections, strict=True)), lang, most=MOST),
            )
            for spot, ambition, highest, count, streets, sections in zip(
                made["spot"], made["ambition"], made["highest"], made["quantity"], made["streets"], made["sections"],
                strict=True,
            )
        ]  # fmt: skip
    return made


NEED_WITHOUT_CARRIER = FindKind(
    name="need_without_carrier",
    side="clash",
    nl="behoefte zonder drager",
    en="need without a carrier",
    unit="section",
    formula=r"\text{need}_{as} \ge \text{need\_from} \;\wedge\; \nexists w: w \text{ opens } s",
    meaning="Sections of an area with a high need for an ambition where no work opens the street in the horizon, so nothing can carry it.",
    find=find,
)
