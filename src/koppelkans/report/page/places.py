"""The places that the map page draws, no finer than a screen shows. (nl: plekken)."""

import geopandas as gpd
import numpy as np
import numpy.typing as npt
import pandas as pd
import shapely

from koppelkans.ground.settings import SYSTEMS
from koppelkans.report.page.pack import rows_of
from koppelkans.report.plan import Plan

MOST_ASSETS = 60_000
"""With more assets than this the map shows them per section and system, for a browser has to hold them all."""
MOST_SHAPES = 60_000
"""With more shapes of topography than this the smallest are left out behind the map."""
BACKDROPS = pd.Series(["other", "green", "water", "road", "building"], dtype="str")
SYSTEM_KEYS = pd.Series(SYSTEMS, dtype="str")
Places = npt.NDArray[np.object_]


def drawn(places: gpd.GeoSeries, tolerance_m: float) -> Places:
    """Return places without bends smaller than the tolerance (m)."""
    return np.asarray(shapely.simplify(places.to_numpy(), tolerance_m), dtype=object)


def along(places: gpd.GeoSeries) -> Places:
    """Return one point per place: points themselves, halfway a line, inside a polygon; none where the place is unknown."""
    whole = np.asarray(places.to_numpy(), dtype=object)
    made = shapely.point_on_surface(whole)
    lines = shapely.get_type_id(whole) == shapely.GeometryType.LINESTRING
    made[lines] = shapely.line_interpolate_point(whole[lines], 0.5, normalized=True)
    return np.asarray(made, dtype=object)


def backdrop(shapes: gpd.GeoDataFrame) -> gpd.GeoDataFrame:
    """Return the topography as polygons with the number of their kind in `BACKDROPS`, the largest `MOST_SHAPES` of them."""
    order = np.argsort(-shapely.area(shapes.geometry.to_numpy()), kind="stable")[:MOST_SHAPES]
    kept = shapes.iloc[np.sort(order)]
    return gpd.GeoDataFrame(
        {"kind": rows_of(kept["kind"], BACKDROPS)}, geometry=drawn(kept.geometry, 0.3), crs=shapes.crs
    )


def assets(plan: Plan, *, kinds: pd.Series) -> gpd.GeoDataFrame:
    """Return the assets with the year in which they are due, or per section and system where there are too many to draw."""
    held = plan.context.assets
    if len(held) > MOST_ASSETS:
        return _rolled(plan)
    sections, parties = plan.context.sections["section"], plan.context.parties["party"]
    shown = pd.DataFrame(
        {
            "kind": rows_of(held["kind"], kinds),
            "owner": rows_of(held["owner"], parties),
            "system": rows_of(held["system"], SYSTEM_KEYS),
            "section": rows_of(held["section"], sections),
            "built": held["built_year"],
            "due": held["due_year"],
            "condition": held["condition"].round(1),
            "material": held["material"],
            "length": held["length_m"].round(),
            "number": held["pieces"],
        }
    )
    return gpd.GeoDataFrame(shown, geometry=drawn(held.geometry, 0.3), crs=held.crs)


def _rolled(plan: Plan) -> gpd.GeoDataFrame:
    """Return per section and system how many assets there are and when the first is due."""
    held, sections = plan.context.assets, plan.context.sections
    some = held[held["section"].notna()]
    made = (
        some.groupby(["section", "system"], sort=True, observed=True)
        .agg(
            kind=("kind", "nunique"),
            built=("built_year", "min"),
            due=("due_year", "min"),
            condition=("condition", "max"),
            length=("length_m", "sum"),
            number=("pieces", "sum"),
        )
        .reset_index()
    )
    shown = pd.DataFrame(
        {
            "kind": -1,
            "owner": -1,
            "system": rows_of(made["system"], SYSTEM_KEYS),
            "section": rows_of(made["section"], sections["section"]),
            "built": made["built"],
            "due": made["due"],
            "condition": made["condition"].round(1),
            "material": pd.Series([None] * len(made), dtype="str"),
            "length": made["length"].round(),
            "number": made["number"],
        }
    )
    nowhere = np.full(len(made), None, dtype=object)  # the page takes the place of the section
    return gpd.GeoDataFrame(shown, geometry=nowhere, crs=sections.crs)
