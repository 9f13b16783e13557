"""Inspections joined to assets, and assets as they were known on a day. (nl: inspecties en peildatum)."""

from collections.abc import Iterator

import geopandas as gpd
import pandas as pd

from koppelkans.context.city import City, faults_of, rows_of
from koppelkans.context.reading.roles import INSPECTIONS
from koppelkans.context.reading.texts import texts
from koppelkans.ground.errors import Fault
from koppelkans.ground.words import Phrase


def inspected(city: City, assets: gpd.GeoDataFrame) -> tuple[gpd.GeoDataFrame, list[Fault]]:
    """Return assets with the condition of their last inspection, and the faults.

    An inspection belongs to the assets whose `asset`, else whose `reference`, it names. The last year counts, an unknown
    year as the earliest; of two in one year the worst. A condition that the asset itself has of a later year stays.
    """
    rows = _until_known(city, rows_of(city, INSPECTIONS))
    known = rows[rows["condition"].notna()]
    named = known.assign(key=_key(known["asset"]), year=known["condition_year"].astype("Float64").fillna(-1))
    last = named.sort_values(["key", "year", "condition"]).drop_duplicates("key", keep="last").set_index("key")
    keys = _key(assets["asset"])
    keys = keys.where(keys.isin(last.index), _key(assets["reference"]))
    found = keys.isin(last.index)
    lost = named[~named["key"].isin(keys[found])]
    own = assets["condition_year"].astype("Float64").fillna(-1)
    newer = found & (assets["condition"].isna() | (keys.map(last["year"]).astype("Float64") >= own))
    made = assets.assign(
        condition=assets["condition"].mask(newer, keys.map(last["condition"]).astype("float64")),
        condition_year=assets["condition_year"].mask(newer, keys.map(last["condition_year"]).astype("Int64")),
    )
    return made, list(_told(city, lost, Phrase("an asset with that name"), "asset"))


def as_known_on(city: City, assets: gpd.GeoDataFrame) -> tuple[gpd.GeoDataFrame, list[Fault]]:
    """Return the assets as they were known on the day `known_on`, and the faults.

    An asset counts from its year of laying up to the year before it was removed. One whose year of laying is not known
    counts, and that is told per source. Without `known_on` an asset that was removed before the first year of the horizon
    counts no more.
    """
    day = city.settings.context.known_on
    removed = assets["removed_year"]
    if day is None:
        return assets[~(removed <= city.settings.horizon.first).fillna(value=False)].reset_index(drop=True), []
    laid = assets["built_year"]
    there = ~(laid > day.year).fillna(value=False) & ~(removed <= day.year).fillna(value=False)
    made = assets[there].reset_index(drop=True)
    unsure = ~(made["condition_year"] <= day.year).fillna(value=False)
    made = made.assign(condition=made["condition"].mask(unsure), condition_year=made["condition_year"].mask(unsure))
    wanted = Phrase("a year of laying; it was counted as there on {day}", day=day.isoformat())
    return made, list(_told(city, made[made["built_year"].isna()], wanted, "built_year"))


def _until_known(city: City, rows: gpd.GeoDataFrame) -> pd.DataFrame:
    """Return the inspections that were done by the day `known_on`; without it all."""
    day = city.settings.context.known_on
    return rows if day is None else rows[(rows["condition_year"] <= day.year).fillna(value=False)]


def _key(names: pd.Series) -> pd.Series:
    """Return names as they are compared: without capitals and outer spaces; missing stays missing."""
    return texts(names).str.casefold()


def _told(city: City, rows: pd.DataFrame, wanted: str, column: str) -> Iterator[Fault]:
    """Yield once per source how many rows are meant, with the first of them."""
    own = rows[rows["source"].isin([source.name for source in city.settings.sources])]
    for _, part in own.sort_values(["source", "row"]).groupby("source"):
        found = Phrase("{found} in {n} rows", found=Phrase("nothing"), n=len(part))
        if column == "asset":
            found = Phrase("inspections of assets that are not there: {n}, such as {name}", n=len(part), name=part["asset"].iloc[0])  # fmt: skip
        yield from faults_of(city, part.iloc[:1], found=[found], wanted=wanted, column=column)
