"""The vision projected on the sections: need per ambition and street. (nl: visie op de wegvakken)."""

import geopandas as gpd
import numpy as np
import pandas as pd
import shapely

from koppelkans.ground.overlay import POLYGONS, overlaps, size, sound


def project(needs: gpd.GeoDataFrame, sections: gpd.GeoDataFrame, *, near_m: float) -> pd.DataFrame:
    """Return the need per section and ambition: per origin the mean weighed by overlap, then the mean over the origins.

    The overlap is m of a line section and m2 of a polygon section, so a place that is cut in two counts the same.
    A place that is a line or a point reaches `near_m` around it. `known_share` is the share of the section that the
    places of one origin cover, of the origin that covers most. A section without any place has no row: unknown, not zero.

    Formula: need_s = mean over origins o of (sum_p |s ∩ p| need_p / sum_p |s ∩ p|).

    Parameters
    ----------
    needs
        ambition, origin, need_score and geometry, as `Vision.needs`.
    sections
        section and geometry.
    """
    columns = ["section", "ambition", "need_score", "known_share"]
    if needs.empty or sections.empty:
        return pd.DataFrame(
            {name: pd.Series([], dtype="str" if name in columns[:2] else "float64") for name in columns}
        )
    shapes = sound(sections.geometry.to_numpy())
    code, places = pd.factorize(shapely.to_wkb(needs.geometry.to_numpy()))
    found = overlaps(shapes, _reaching(shapely.from_wkb(np.asarray(places)), near_m))
    pair = pd.DataFrame({"at": found.one, "place": found.other, "weight": found.measure})
    rows = needs[["ambition", "origin", "need_score"]].assign(place=code)
    joined = pair.merge(rows, on="place")
    joined["points"] = joined["weight"] * joined["need_score"]
    per_origin = joined.groupby(["at", "ambition", "origin"], as_index=False)[["weight", "points"]].sum()
    per_origin["need_score"] = (per_origin["points"] / per_origin["weight"]).clip(0.0, 1.0)
    per_origin["known_share"] = (per_origin["weight"] / size(shapes)[per_origin["at"].to_numpy()]).clip(upper=1.0)
    made = per_origin.groupby(["at", "ambition"], as_index=False).agg(
        need_score=("need_score", "mean"), known_share=("known_share", "max")
    )
    made["section"] = sections["section"].to_numpy()[made["at"].to_numpy()]
    return made.sort_values(["section", "ambition"], ignore_index=True)[columns]


def _reaching(places: np.ndarray, near_m: float) -> np.ndarray:
    """Return the places as areas: those that are a line or a point with the reach around them."""
    flat = sound(places)
    areas = np.isin(shapely.get_type_id(flat), POLYGONS)
    flat[~areas] = shapely.buffer(flat[~areas], near_m)
    return flat
