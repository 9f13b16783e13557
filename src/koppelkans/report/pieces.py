"""Streets of one name told apart, and the pieces of each street. (nl: stukken straat)."""

from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

import geopandas as gpd
import numpy as np
import pandas as pd
import shapely
from scipy.sparse import coo_array
from scipy.sparse.csgraph import connected_components

from koppelkans.ground.words import say

ANOTHER_STREET_M = 250.0
"""Pieces of one name that lie farther from all others than this are another street of that name."""
MEETS_M = 1.0
"""Pieces that lie this near each other meet."""
MOST_MET = 2
"""Streets that are named with a piece."""


def streets_apart(sections: gpd.GeoDataFrame) -> list[tuple[str, pd.DataFrame]]:
    """Return each street, name and rows, in order of name; two far apart are two."""
    found: list[tuple[str, pd.DataFrame]] = []
    for name, part in sections.dropna(subset=["name"]).groupby("name", sort=True):
        found += [(str(name), part[groups]) for groups in _groups(part.geometry)]
    return found


def _groups(places: gpd.GeoSeries) -> Iterator[Sequence[bool]]:
    """Yield which pieces of one name belong together, in the order of their first piece."""
    near = shapely.STRtree(places.to_numpy()).query(places.to_numpy(), predicate="dwithin", distance=ANOTHER_STREET_M)
    pairs = coo_array((np.ones(near.shape[1], dtype=bool), (near[0], near[1])), shape=(len(places), len(places)))
    count, group = connected_components(pairs, directed=False)
    yield from (group == at for at in range(count))


class Piece(NamedTuple):
    """A piece of a street: its number from one end to the other, and the streets that it meets."""

    nth: int
    meets: tuple[str, ...]


def pieces_of(sections: gpd.GeoDataFrame, streets: Sequence[pd.DataFrame]) -> dict[str, Piece]:
    """Return the number of each piece in its street, and the first streets that it meets."""
    places, keys, names = sections.geometry.to_numpy(), sections["section"].to_numpy(), sections["name"].to_numpy()
    one, other = shapely.STRtree(places).query(places, predicate="dwithin", distance=MEETS_M)
    pairs = pd.DataFrame({"section": keys[one], "own": names[one], "met": names[other]}).dropna()
    pairs = pairs[pairs["own"] != pairs["met"]].drop_duplicates().sort_values(["section", "met"])
    met = pairs.groupby("section")["met"].agg(list).to_dict()
    return {
        section: Piece(nth, tuple(met.get(section, [])[:MOST_MET]))
        for part in streets
        for nth, section in enumerate(_in_line(part), start=1)
    }


def _in_line(part: pd.DataFrame) -> list[str]:
    """Return the pieces of a street from one end to the other, the western end first."""
    middle = shapely.get_coordinates(shapely.centroid(part["geometry"].to_numpy()))
    off = middle - middle.mean(axis=0)
    along = off @ np.linalg.svd(off, full_matrices=False)[2][0]
    order = pd.DataFrame({"along": np.round(along, 2), "x": middle[:, 0], "section": part["section"].to_numpy()})
    west = order.sort_values("along")["x"]
    ordered = order.sort_values(["along", "section"], ascending=[bool(west.iloc[0] <= west.iloc[-1]), True])
    return [str(section) for section in ordered["section"]]


def told_pieces(pieces: Iterable[Piece], whole: int, lang: str) -> str:
    """Return in which pieces of a street something is; empty where it is in all of them."""
    numbers = [str(nth) for nth in sorted({piece.nth for piece in pieces})]
    if len(numbers) == whole:
        return ""
    return f" {say('and', lang)} ".join([", ".join(numbers[:-1]), numbers[-1]] if len(numbers) > 1 else numbers)
