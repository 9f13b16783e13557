"""Roads, street names, assets and map background from topography (BGT). (nl: topografie)."""

from dataclasses import dataclass, field

import geopandas as gpd
import numpy as np
import pandas as pd
import shapely

ROAD, LABEL = "wegdeel", "openbareruimtelabel"


@dataclass(frozen=True)
class AssetRule:
    """The rule that tells which topography rows are assets of a kind.

    By their class, and words of which one of the columns must hold one, or must not.
    """

    kind: str
    classes: tuple[str, ...]
    columns: tuple[str, ...] = ("plus_type",)
    words: tuple[str, ...] = ()
    never: dict[str, tuple[str, ...]] = field(default_factory=dict)


FOUND = (
    AssetRule("paving", (ROAD,), never={"surface": ("onverhard",)}),
    AssetRule("tree", ("vegetatieobject",), words=("boom",)),
    AssetRule("gully", ("put",), words=("kolk",)),
    AssetRule("manhole", ("put",), words=("inspectie- / rioolput", "rioolput")),
    AssetRule("lighting", ("paal", "mast"), words=("lichtmast",)),
    AssetRule("green", ("begroeidterreindeel",), columns=("function", "surface"), words=("groenvoorziening",)),
    AssetRule("green", ("ondersteunendwegdeel",), columns=("surface",), words=("groenvoorziening",)),
)
"""Assets that stand in the BGT (classes and IMGeo-plus types). Woods, fields and gardens are no green that is renewed."""
BACKDROP_KIND = {
    "pand": "building",
    "gebouw": "building",
    "overigbouwwerk": "building",
    "waterdeel": "water",
    "ondersteunendwaterdeel": "water",
    "water": "water",
    "begroeidterreindeel": "green",
    "groen": "green",
    ROAD: "road",
    "ondersteunendwegdeel": "road",
    "onbegroeidterreindeel": "other",
}
"""What a class is on the map behind the plan."""


def roads_of(topography: pd.DataFrame) -> pd.DataFrame:
    """Return the road parts: polygons of class wegdeel."""
    shapes = topography["geometry"].to_numpy()
    return topography[(topography["class"] == ROAD).to_numpy() & (shapely.get_dimensions(shapes) == 2)]  # noqa: PLR2004


def labels_of(topography: pd.DataFrame) -> pd.DataFrame:
    """Return street names on the map: name and point."""
    found = topography[topography["class"] == LABEL]
    street = found["function"].isna() | (found["function"].str.lower() == "weg")
    points = found.assign(geometry=shapely.centroid(found["geometry"].to_numpy()))
    return points.loc[street, ["name", "geometry"]]


def assets_in(topography: pd.DataFrame, *, known_kinds: set[str]) -> gpd.GeoDataFrame:
    """Return the assets that topography shows, of kinds that no source of assets gives.

    Returns
    -------
    The columns of assets as they arrive; year and condition are unknown.
    """
    parts = [_assets(topography, found) for found in FOUND if found.kind not in known_kinds]
    return pd.concat([part for part in parts if len(part)] or parts[:1] or [_nothing(topography)], ignore_index=True)


def backdrop_of(topography: gpd.GeoDataFrame) -> pd.DataFrame:
    """Return the polygons behind the map: buildings, water, green and roads.

    In order of kind and place.
    """
    kind = topography["class"].map(BACKDROP_KIND)
    flat = shapely.get_dimensions(topography["geometry"].to_numpy()) == 2  # noqa: PLR2004
    found = topography.assign(kind=kind)[kind.notna().to_numpy() & flat]
    shapes = found["geometry"].to_numpy()
    box = shapely.bounds(shapes).reshape(-1, 4)
    size = np.round([shapely.area(shapes), shapely.length(shapes)], 3)
    order = np.lexsort((*size, *box.T[::-1], found["kind"].to_numpy(dtype=str)))
    return found.iloc[order][["kind", "owner", "geometry"]].reset_index(drop=True)


def _assets(topography: gpd.GeoDataFrame, found: AssetRule) -> gpd.GeoDataFrame:
    """Return the rows that are assets of one kind."""
    chosen = topography["class"].isin(found.classes)
    if found.words:
        chosen &= topography[list(found.columns)].isin(found.words).any(axis=1)
    for column, words in found.never.items():
        chosen &= ~topography[column].isin(words)
    rows = topography[chosen]
    made = rows["source"] + "-" + rows["row"].astype("str")
    return rows[["source", "row", "owner", "geometry"]].assign(
        asset=rows["local_id"].fillna(made),
        kind=found.kind,
        material=rows["plus_surface"].where(rows["plus_surface"] != "waardeOnbekend").fillna(rows["surface"]),
    )


def _nothing(topography: gpd.GeoDataFrame) -> gpd.GeoDataFrame:
    """Return no assets."""
    return topography.iloc[:0][["source", "row", "owner", "geometry"]].assign(asset="", kind="", material="")
