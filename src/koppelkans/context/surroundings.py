"""Areas, bottlenecks, wishes, addresses and care: what lies around the streets. (nl: omgeving)."""

import geopandas as gpd
import numpy as np
import pandas as pd
import shapely

from koppelkans.context.arrays import pick
from koppelkans.context.city import City
from koppelkans.context.rows import rows_of
from koppelkans.context.streets.assigning import nearest


def counted(city: City, role: str, sections: pd.DataFrame) -> pd.Series:
    """Return how many rows of a role (addresses, care) are nearest to each section; unknown where the city has no such source."""
    if not any(True for _ in city.of_role(role)):
        return pd.Series(pd.NA, index=sections.index, dtype="Int64")
    spots = shapely.point_on_surface(rows_of(city, role).geometry.to_numpy())
    near_m = city.settings.context.sections.near_m
    at = nearest(spots, sections["geometry"].to_numpy(), reach_m=near_m)
    return pd.Series(np.bincount(at[at >= 0], minlength=len(sections)), index=sections.index).astype("Int64")


def areas_of(city: City) -> gpd.GeoDataFrame:
    """Return the areas, each once and with a name, in order of their ids."""
    rows = rows_of(city, "areas")
    whole = rows.sort_values(["area", "source", "row"]).drop_duplicates("area", ignore_index=True)
    return whole.assign(
        name=whole["name"].fillna(whole["area"]), geometry=shapely.make_valid(whole.geometry.to_numpy())
    )


def bottlenecks_of(city: City) -> gpd.GeoDataFrame:
    """Return the bottlenecks that the city knows, in order of their ids."""
    rows = rows_of(city, "bottlenecks")
    return _named(rows, "bottleneck").assign(kind=rows["kind"].fillna(rows["source"])).sort_values("bottleneck")


def wishes_of(city: City, sections: pd.DataFrame, areas: gpd.GeoDataFrame) -> gpd.GeoDataFrame:
    """Return the wishes with the nearest section within reach and the area that they lie in."""
    rows = _named(rows_of(city, "wishes"), "wish")
    spots = shapely.point_on_surface(rows.geometry.to_numpy())
    at = nearest(spots, sections["geometry"].to_numpy(), reach_m=city.settings.context.sections.near_m)
    inside = nearest(spots, areas.geometry.to_numpy(), reach_m=0.001)
    return rows.assign(
        section=pick(sections["section"], at),
        area=pick(areas["area"], inside),
        geometry=spots,
    ).sort_values("wish")


def _named(rows: gpd.GeoDataFrame, identity: str) -> gpd.GeoDataFrame:
    """Return rows whose ids are unique: with their source and row behind those that are not."""
    double = rows[identity].duplicated(keep=False)
    longer = rows[identity] + " (" + rows["source"] + " " + rows["row"].astype("str") + ")"
    return rows.assign(**{identity: rows[identity].where(~double, longer)})
