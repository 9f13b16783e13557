"""Works and wishes as they were known on a day. (nl: peildatum van werken en wensen)."""

from datetime import date

import geopandas as gpd
import pandas as pd

from koppelkans.context.city import City, faults_of
from koppelkans.context.reading.roles import ANNOUNCED, EXECUTED, WITHDRAWN
from koppelkans.ground.errors import Fault
from koppelkans.ground.words import Phrase


def known_then(rows: pd.DataFrame, identity: str, *, day: date | None, first_year: int) -> pd.Series:
    """Tell which rows were known on a day.

    Of the versions of one name that were announced by then the last counts, and only where it was not withdrawn or
    executed by then. What has no day of announcement was always known; it is a version only of what has one. Without a day: the last versions that were not
    withdrawn, and not executed before the first year.

    Parameters
    ----------
    rows
        With `source`, the identity, and `announced`, `withdrawn` and `executed` as days that may be unknown.
    """
    until = None if day is None else pd.Timestamp(day)
    announced = rows[ANNOUNCED]
    known = pd.Series(data=True, index=rows.index) if until is None else ~(announced > until)
    order = rows[known].assign(at=announced[known].fillna(pd.Timestamp(1, 1, 1).as_unit("s")))
    order["alone"] = order["row"].where(order.groupby(["source", identity])[ANNOUNCED].transform("count") == 0, 0)
    last = order.sort_values("at", kind="stable").drop_duplicates(["source", identity, "alone"], keep="last")
    known &= rows.index.isin(last.index)
    if until is None:
        return known & rows[WITHDRAWN].isna() & ~(rows[EXECUTED] < pd.Timestamp(first_year, 1, 1))
    return known & ~(rows[WITHDRAWN] <= until) & ~(rows[EXECUTED] <= until)


def as_then(city: City, rows: gpd.GeoDataFrame, identity: str) -> tuple[gpd.GeoDataFrame, list[Fault]]:
    """Return works or wishes as they were known on the day of the settings, and the faults."""
    day, first = city.settings.context.known_on, city.settings.horizon.first
    known = known_then(rows, identity, day=day, first_year=first)
    made = rows[known].reset_index(drop=True)
    faults = []
    if day is not None:
        for _, part in made[made[ANNOUNCED].isna()].sort_values(["source", "row"]).groupby("source"):
            found = Phrase("{found} in {n} rows", found=Phrase("nothing"), n=len(part))
            wanted = Phrase("a day of announcement; it was counted as known on {day}", day=day.isoformat())
            faults += faults_of(city, part.iloc[:1], found=[found], wanted=wanted, column=ANNOUNCED)
    else:
        gone = rows[rows[WITHDRAWN].notna()]
        for _, part in gone.sort_values(["source", "row"]).groupby("source"):
            found = Phrase("withdrawn: {n}, such as {name}", n=part[identity].nunique(), name=part[identity].iloc[0])
            faults += faults_of(city, part.iloc[:1], found=[found], wanted=Phrase("what is planned; left out"), column=WITHDRAWN)  # fmt: skip
    return made, faults
