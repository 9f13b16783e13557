"""Names of streets for stretches that were made and have none. (nl: straatnamen)."""

import numpy as np
import pandas as pd
import shapely
from scipy.sparse import coo_array
from scipy.sparse.csgraph import dijkstra

from koppelkans.context.arrays import Floats, Ints, Shapes
from koppelkans.context.streets.assigning import nearest
from koppelkans.context.streets.cutting import meetings, strokes

LEAST_ADDRESSES = 2
LEAST_SHARE = 0.6
"""A stretch bears the street name of its addresses where at least so many, and this share of them, have it (assumed)."""
LABEL_M = 30.0
"""A label on the map names the stretch that is nearest, within this (m)."""
BEND_M = 150.0
"""Turning a right angle counts as so many metres of following a street (assumed)."""
CHANGE_M = 100.0
"""Going on in a road of another class counts as so many metres (assumed)."""
FOLLOW_M = 800.0
"""A name is followed along a street at most so far from where it is known (m, assumed)."""


def street_names(stretches: pd.DataFrame, *, labels: pd.DataFrame, addresses: pd.DataFrame) -> pd.Series:
    """Return the street name of each stretch; unknown where nothing near it has one.

    A name comes from the addresses along a stretch, else from the label that is nearest along the street: straight on
    counts less than round a corner.

    Parameters
    ----------
    stretches
        axis (line) and road_class.
    labels
        name and geometry (points): street names on the map.
    addresses
        position of the stretch (-1 where none), and street.
    """
    own = _of_addresses(addresses, count=len(stretches))
    axes = stretches["axis"].to_numpy()
    known = labels.dropna(subset="name").sort_values("name")
    at = nearest(known["geometry"].to_numpy(), axes, reach_m=LABEL_M)
    known, at = known[at >= 0], at[at >= 0]
    near = shapely.distance(known["geometry"].to_numpy(), axes[at])
    sources = np.r_[np.flatnonzero(own.notna()), len(stretches) + np.arange(len(known))]
    names = np.r_[own.to_numpy(dtype=object), known["name"].to_numpy(dtype=object)]
    if not len(sources):
        return own
    pairs, cost = _links(stretches)
    one = np.r_[pairs[:, 0], at]
    two = np.r_[pairs[:, 1], len(stretches) + np.arange(len(known))]
    graph = coo_array((np.r_[cost, near + 1.0], (one, two)), shape=(len(names), len(names))).tocsr()
    far, _, source = dijkstra(
        graph, directed=False, indices=sources, min_only=True, return_predecessors=True, limit=FOLLOW_M
    )
    reached = np.isfinite(far) & (source >= 0)
    found = np.where(reached, names[np.where(reached, source, 0)], None)[: len(stretches)]
    return pd.Series(found, index=stretches.index).astype("str")


def numbered(stretches: pd.DataFrame, names: pd.Series, *, bare: str = "Strook") -> pd.Series:
    """Return the names, with nameless streets numbered by their area.

    Or else as `bare`. Stretches that run on into each other bear one number. Numbers run from west to east.

    Parameters
    ----------
    stretches
        axis (line) and area_name, with the index 0, 1, 2 … that `names` has.
    """
    axes = stretches["axis"].to_numpy()
    lines = np.flatnonzero(shapely.get_type_id(axes) == shapely.GeometryType.LINESTRING)
    street = np.arange(len(axes))
    street[lines] = lines[strokes(axes[lines])]
    places = np.round(shapely.get_coordinates(shapely.centroid(axes)), 1)
    stem = stretches["area_name"].fillna(bare)
    rows = pd.DataFrame({"stem": stem, "street": street, "x": places[:, 0], "y": places[:, 1]})[names.isna()]
    firsts = rows.sort_values(["x", "y"]).drop_duplicates(["stem", "street"])
    firsts["number"] = firsts.groupby("stem").cumcount() + 1
    number = rows.reset_index().merge(firsts[["stem", "street", "number"]], on=["stem", "street"]).set_index("index")
    return names.fillna(stem + " " + number["number"].astype("str"))


def _of_addresses(addresses: pd.DataFrame, *, count: int) -> pd.Series:
    """Return the street name that most addresses of each stretch have."""
    found = addresses[(addresses["position"] >= 0) & addresses["street"].notna()]
    votes = found.groupby(["position", "street"]).size().rename("votes").reset_index()
    votes["all"] = votes.groupby("position")["votes"].transform("sum")
    enough = votes[(votes["votes"] >= LEAST_ADDRESSES) & (votes["votes"] >= LEAST_SHARE * votes["all"])]
    return enough.set_index("position")["street"].reindex(np.arange(count)).astype("str")


def _links(stretches: pd.DataFrame) -> tuple[Ints, Floats]:
    """Return the stretches that run on into each other, and how many metres of following that counts for."""
    axes: Shapes = stretches["axis"].to_numpy()
    simple = np.flatnonzero(shapely.get_type_id(axes) == shapely.GeometryType.LINESTRING)
    found = meetings(axes[simple])
    one, two = simple[found["one"]], simple[found["two"]]
    length = shapely.length(axes)
    changes = stretches["road_class"].to_numpy()[one] != stretches["road_class"].to_numpy()[two]
    cost = (length[one] + length[two]) / 2 + BEND_M * found["bend"].to_numpy() + CHANGE_M * changes
    links = pd.DataFrame({"one": np.minimum(one, two), "two": np.maximum(one, two), "cost": cost})
    best = links[one != two].groupby(["one", "two"], as_index=False)["cost"].min()
    return best[["one", "two"]].to_numpy(), best["cost"].to_numpy()
