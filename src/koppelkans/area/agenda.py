"""Which works come to which area in which year, and how firm that is. (nl: agenda)."""

from collections.abc import Iterable

import geopandas as gpd
import numpy as np
import pandas as pd

from koppelkans.context.product import Context
from koppelkans.ground.horizon import Horizon
from koppelkans.ground.money import whole_euros
from koppelkans.ground.settings import Decision


def spread(context: Context, *, areas: pd.DataFrame) -> pd.DataFrame:
    """Return the share (0-1) of each work in each known area, by its sections.

    Columns area, work and share. A work that opens no section lies in the area with the middle of its geometry. Parts
    outside every area are left out. Where there is one area and no polygon, the city itself is the area and
    everything lies in it.
    """
    if "geometry" not in areas.columns:
        return pd.DataFrame({"area": areas["area"].iloc[0], "work": context.works["work"], "share": 1.0})
    placed = context.touches.merge(context.sections[["section", "area"]], on="section", how="left")
    placed["share"] = 1.0 / placed.groupby("work")["section"].transform("size")
    loose = context.works[~context.works["work"].isin(placed["work"])]
    pieces = [placed[["area", "work", "share"]], _by_middle(loose, areas)]
    every = pd.concat([piece for piece in pieces if len(piece)] or pieces, ignore_index=True)
    known = every[every["area"].isin(areas["area"])]
    shares = known.groupby(["area", "work"], as_index=False)["share"].sum()
    return shares.assign(share=np.minimum(shares["share"].round(9), 1.0))


def make_agenda(
    context: Context, plan: pd.DataFrame, *, shares: pd.DataFrame, years: Horizon, decisions: Iterable[Decision]
) -> pd.DataFrame:
    """Return the works of the programme per area within `years`, with their share of the cost."""
    done = plan.loc[
        plan["year"].between(years.first, years.last).fillna(value=False), ["work", "year", "bundle", "cost_eur"]
    ]
    agenda = shares.merge(done, on="work").merge(context.works[["work", *_CERTAIN]], on="work")
    fixed = {decision.work for decision in decisions if decision.year is not None}
    without_room = (agenda["certainty"] == "vast") & (agenda["earliest_year"] == agenda["latest_year"])
    return agenda.assign(
        cost_eur=whole_euros(agenda["cost_eur"].astype("Float64") * agenda["share"]).to_numpy(),
        firm=agenda["work"].isin(fixed) | without_room,
    ).sort_values(["area", "work"], ignore_index=True)


_CERTAIN = ("certainty", "earliest_year", "latest_year")


def _by_middle(works: gpd.GeoDataFrame, areas: pd.DataFrame) -> pd.DataFrame:
    """Return the area of each work by a point inside its geometry; the first area where two overlap."""
    placed = works[~(works.geometry.is_empty | works.geometry.isna())]
    points = gpd.GeoDataFrame({"work": placed["work"]}, geometry=placed.geometry.representative_point(), crs=works.crs)
    polygons = gpd.GeoDataFrame(areas[["area", "geometry"]], geometry="geometry", crs=works.crs)
    found = gpd.sjoin(points, polygons, predicate="intersects").sort_values(["work", "area"]).drop_duplicates("work")
    return pd.DataFrame({"area": found["area"], "work": found["work"], "share": 1.0}).astype(
        {"area": "str", "work": "str"}
    )
