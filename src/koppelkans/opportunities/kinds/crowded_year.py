"""Clash: a year in which too much of an area would be open. (nl: te veel tegelijk open)."""

import numpy as np
import pandas as pd

from koppelkans.ground.words import number, say
from koppelkans.opportunities.kind import FindKind, KindInputs, together
from koppelkans.opportunities.lookup import look_up
from koppelkans.opportunities.sentences import counted, listed, street
from koppelkans.opportunities.telling import MOST

ALWAYS = 2
"""So many open sections are never too many, however small the area (assumption of the project)."""


def find(ground: KindInputs) -> pd.DataFrame:
    """Return the areas and years with too many streets open, when works take their best year.

    Too many is more than the share allowed.
    """
    place = ground.sections.set_index("section")
    rows = ground.openers.assign(area=look_up(ground.openers["section"], place["area"]))
    rows = rows[rows["area"].notna() & rows["best_year"].between(ground.years.first, ground.years.last)]
    rows = rows.assign(key=rows["area"] + ":" + rows["best_year"].astype("str"))
    spots = rows.drop_duplicates(["key", "section"])
    spots = spots.assign(name=look_up(spots["section"], place["name"])).sort_values(
        ["key", "section"], ignore_index=True
    )
    made = spots.groupby(["key", "area", "best_year"], as_index=False).agg(
        sections=("section", list), streets=("name", list), quantity=("section", "size")
    )
    made["whole"] = look_up(made["area"], place.groupby("area").size()).astype("int64")
    limit = np.maximum(ALWAYS, np.floor(ground.part.open_share * made["whole"] + 1e-9))
    made = made[made["quantity"] > limit].reset_index(drop=True)
    works = rows.sort_values("work").groupby("key")["work"].agg(lambda names: list(dict.fromkeys(names)))
    shapes = look_up(spots["section"], place.geometry).to_numpy()
    made = made.assign(
        works=[works[key] for key in made["key"]],
        first_year=made["best_year"],
        last_year=made["best_year"],
        strength=made["quantity"] / made["whole"],
        geometry=look_up(made["key"], together(shapes, spots["key"])).to_numpy(),
    )
    areas = ground.areas.set_index("area")["name"]
    for lang in ("nl", "en"):
        made[f"why_{lang}"] = [
            say(
                "{area}: in {year} {open} of {whole} would be open at once ({share} %), if every work takes its best year. At most {limit} % is wanted. It concerns {streets}.",
                lang,
                area=areas.get(area, area),
                year=year,
                open=number(count, lang),
                whole=counted(whole, "section", "sections", lang),
                share=number(100.0 * count / whole, lang),
                limit=number(100.0 * ground.part.open_share, lang),
                streets=listed((street(*one, lang) for one in zip(streets, sections, strict=True)), lang, most=MOST),
            )
            for area, year, count, whole, streets, sections in zip(
                made["area"], made["best_year"], made["quantity"], made["whole"], made["streets"], made["sections"],
                strict=True,
            )
        ]  # fmt: skip
    return made


CROWDED_YEAR = FindKind(
    name="crowded_year",
    side="clash",
    nl="te veel tegelijk open",
    en="crowded year",
    unit="section",
    formula=r"n_{at} > \max(2, \text{open\_share} \cdot n_a)",
    meaning="A year in which more than the allowed share of the sections of an area would be open if every work took its best year.",
    find=find,
)
