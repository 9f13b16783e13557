"""Clash: a crew that would need more hours in a year than it has. (nl: te weinig mensen in een jaar)."""

from typing import Any

import pandas as pd

from koppelkans.ground.words import number, say
from koppelkans.opportunities.kind import Ground, Kind
from koppelkans.opportunities.sentences import uncounted

SLACK = 0.01
"""What is short by a smaller share is no bottleneck (assumption of the project)."""


def find(ground: Ground) -> pd.DataFrame:
    """Return the crews and years in which the works ask more hours than there are when every work takes its best year.

    Works whose hours are unknown are not counted, and the sentence says how many.
    """
    asked = ground.efforts[["work", "crew", "hours"]].merge(ground.works[["work", "best_year"]], on="work")
    asked = asked.sort_values("work").assign(unknown=asked["hours"].isna())
    need = asked.groupby(["crew", "best_year"], as_index=False).agg(
        need=("hours", "sum"), works=("work", list), unknown=("unknown", "sum")
    )
    table = ground.hours.merge(need, left_on=["crew", "year"], right_on=["crew", "best_year"])
    short = table[table["need"] > table["hours"] * (1.0 + SLACK)].sort_values(["crew", "year"], ignore_index=True)
    gap = short["need"] - short["hours"]
    made = short.assign(
        key=short["crew"] + ":" + short["year"].astype("str"),
        first_year=short["year"],
        last_year=short["year"],
        quantity=gap,
        strength=gap,
    )
    for lang in ("nl", "en"):
        made[f"why_{lang}"] = [_why(row, lang) for row in made.to_dict("records")]
    return made


def _why(row: dict[str, Any], lang: str) -> str:
    """Return why, in one language; an assumed capacity is called so."""
    given = "{crew}: in {year} {need} hours are needed and {has} are there, if every work takes its best year. Short: {gap} hours."
    assumed = "{crew}: in {year} {need} hours are needed, if every work takes its best year. Spread evenly there would be {has} (assumed): {gap} hours too much at once."
    told = say(
        given if row["basis"] == "given" else assumed,
        lang,
        crew=row["name"],
        year=row["year"],
        need=number(row["need"], lang),
        has=number(row["hours"], lang),
        gap=number(row["quantity"], lang),
    )
    return told + uncounted(row["unknown"], lang)


CREW_OVERLOAD = Kind(
    name="crew_overload",
    side="clash",
    nl="te weinig mensen in een jaar",
    en="crew overload",
    unit="hour",
    formula=r"\sum_{w: b_w = t} h_{wc} > H_{ct}",
    meaning="A year in which a crew would have to work more hours than it has if every work took its best year.",
    find=find,
)
