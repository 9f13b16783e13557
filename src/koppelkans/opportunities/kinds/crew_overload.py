"""Clash: a crew that would need more hours in a year than it has. (nl: te weinig mensen in een jaar)."""

import pandas as pd

from koppelkans.ground.words import number
from koppelkans.opportunities.kind import FindKind, KindInputs
from koppelkans.opportunities.overload import asked_per_year, short_years, told

GIVEN = "{name}: in {year} {need} hours are needed and {has} are there, if every work takes its best year. Short: {gap} hours."
ASSUMED = "{name}: in {year} {need} hours are needed, if every work takes its best year. Spread evenly there would be {has} (assumed): {gap} hours too much at once."


def find(ground: KindInputs) -> pd.DataFrame:
    """Return the crews and years in which the works ask more hours than there are when every work takes its best year.

    Works whose hours are unknown are not counted, and the sentence says how many.
    """
    asks = ground.efforts[["work", "crew", "hours"]].merge(ground.works[["work", "best_year"]], on="work")
    asked = asked_per_year(asks.rename(columns={"hours": "need"}), who="crew")
    table = ground.hours.merge(asked, left_on=["crew", "year"], right_on=["crew", "best_year"])
    short = short_years(table.rename(columns={"hours": "has"}), who="crew")
    return told(short, given=GIVEN, assumed=ASSUMED, write=number)


CREW_OVERLOAD = FindKind(
    name="crew_overload",
    side="clash",
    nl="te weinig mensen in een jaar",
    en="crew overload",
    unit="hour",
    formula=r"\sum_{w: b_w = t} h_{wc} > H_{ct}",
    meaning="A year in which a crew would have to work more hours than it has if every work took its best year.",
    find=find,
)
