"""All assets of a city in one table, each once, measured on its geometry. (nl: assets)."""

from collections.abc import Mapping

import geopandas as gpd
import numpy as np
import pandas as pd
import shapely

from koppelkans.context.city import City, faults_of, rows_of
from koppelkans.context.inspections import as_known_on, inspected
from koppelkans.context.parties import under_one_name
from koppelkans.context.reading.naming import near_kinds
from koppelkans.context.topography import assets_in
from koppelkans.context.works.same_assets import joined_assets
from koppelkans.ground.errors import Fault
from koppelkans.ground.settings import WorkKind
from koppelkans.ground.words import Phrase

OTHER = "other"
IN_USE = "functional"
"""Status of what is there and in use; assets that are only projected, or out of use, are not renewed."""


def gather_assets(city: City, topography: gpd.GeoDataFrame) -> tuple[gpd.GeoDataFrame, list[Fault]]:
    """Return the assets of all sources and of the topography by id, with the faults.

    Returns
    -------
    The columns of `ASSETS` up to `diameter_mm`, `source`, `geometry`, and `in_use`. Criticality is that of the kind where
    the asset has none. Length (m) and area (m2) are as given, else measured.
    """
    read = rows_of(city, "assets")
    shown = assets_in(topography, known_kinds=set(read["kind"].dropna().unique()))
    both = (
        read
        if shown.empty
        else pd.concat([read, _like(shown, read)], ignore_index=True)
        if len(read)
        else _like(shown, read)
    )
    kinds = city.settings.kinds
    both, strange = known_kinds(city, both, kinds=kinds)
    both, doubles = _once(city, both)
    both, joined = joined_assets(city, both)
    both, seen = inspected(city, both)
    both, undated = as_known_on(city, both)
    both["owner"] = under_one_name(both["owner"], city.settings.parties)
    both["in_use"] = both["status"].fillna(IN_USE) == IN_USE
    both["system"] = both["kind"].map({name: kind.system for name, kind in kinds.items()})
    usual = both["kind"].map({name: kind.criticality for name, kind in kinds.items()})
    both["criticality"] = both["criticality"].fillna(usual)
    both["pieces"] = both["pieces"].fillna(1).astype("int64")
    return _measured(both).sort_values("asset", ignore_index=True), [*strange, *doubles, *joined, *seen, *undated]


def known_kinds(
    city: City, rows: gpd.GeoDataFrame, *, kinds: Mapping[str, WorkKind]
) -> tuple[gpd.GeoDataFrame, list[Fault]]:
    """Return the rows with unknown kinds taken as other, and a fault for each such kind."""
    known = rows["kind"].isin(list(kinds))
    strange = rows.loc[~known, ["source", "row", "kind"]].assign(kind=rows["kind"].fillna("?"))
    told = strange.groupby(["source", "kind"], as_index=False).agg(row=("row", "min"), rows=("row", "size"))
    said = [
        Phrase("kind {kind} in {n} rows", kind=kind, n=n) for kind, n in zip(told["kind"], told["rows"], strict=True)
    ]
    faults = [
        fault
        for at, found in enumerate(said)
        for fault in faults_of(
            city,
            told.iloc[[at]],
            found=[found],
            wanted=Phrase(
                "a kind of the settings; nearest: {names}. Taken as other",
                names=", ".join(near_kinds(str(told["kind"].iloc[at]), kinds)),
            ),
            column="kind",
        )
    ]
    return rows.assign(kind=rows["kind"].where(known, OTHER)), faults


def _like(shown: pd.DataFrame, read: gpd.GeoDataFrame) -> gpd.GeoDataFrame:
    """Return assets of the topography with the columns of assets that were read; what topography does not tell is unknown."""
    missing = {
        name: pd.Series(pd.NA if str(dtype) in ("Int64", "boolean") else np.nan, index=shown.index).astype(dtype)
        for name, dtype in read.dtypes.items()
        if name not in shown.columns
    }
    return gpd.GeoDataFrame(shown.assign(**missing)[list(read.columns)], geometry="geometry", crs=read.crs)


def _once(city: City, rows: gpd.GeoDataFrame) -> tuple[gpd.GeoDataFrame, list[Fault]]:
    """Return each asset once: rows with the same id, kind and geometry are doubles; others with the same id get names of their own."""
    shared = rows["asset"].duplicated(keep=False).to_numpy()
    if not shared.any():
        return rows, []
    same = rows.loc[shared, ["asset", "kind", "source", "row"]]
    same = same.assign(wkb=shapely.to_wkb(shapely.normalize(rows.loc[shared, "geometry"].to_numpy())))
    same = same.sort_values(["asset", "kind", "wkb", "source", "row"])
    again = same.duplicated(["asset", "kind", "wkb"])
    doubles = same[again].sort_values(["source", "row"])
    said = [Phrase("asset {asset} again", asset=asset) for asset in doubles["asset"]]
    faults = faults_of(
        city, doubles, found=said, wanted=Phrase("each asset once; the first row counts"), column="asset"
    )
    left = same[~again]
    left = left[left["asset"].duplicated(keep=False)]
    number = left.groupby("asset").cumcount() + 1
    named = left["asset"] + "#" + number.astype("str")
    kept = rows.drop(index=doubles.index)
    kept.loc[named.index, "asset"] = named
    return kept, faults


def _measured(rows: gpd.GeoDataFrame) -> gpd.GeoDataFrame:
    """Return the rows with length of lines and area of polygons where none was given."""
    shapes = rows.geometry.to_numpy()
    size = shapely.get_dimensions(shapes)
    length = pd.Series(np.where(size == 1, shapely.length(shapes), np.nan), index=rows.index)
    area = pd.Series(np.where(size == 2, shapely.area(shapes), np.nan), index=rows.index)  # noqa: PLR2004
    return rows.assign(length_m=rows["length_m"].fillna(length), area_m2=rows["area_m2"].fillna(area))
