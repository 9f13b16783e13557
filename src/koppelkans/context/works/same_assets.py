"""Assets of several sources that may be one thing, each pair with a score. (nl: dezelfde assets).

Only an answer of a person makes them one.
"""

from collections.abc import Collection, Mapping

import geopandas as gpd
import numpy as np
import pandas as pd
import shapely

from koppelkans.context.arrays import Floats, Ints, Shapes
from koppelkans.context.city import City, faults_of, rows_of
from koppelkans.context.parties import UNKNOWN_OWNER, alike
from koppelkans.ground.errors import Fault
from koppelkans.ground.overlay import sound
from koppelkans.ground.settings import SAME_NAME, SameAnswer, joined_keys
from koppelkans.ground.words import Phrase

WEIGHTS: Mapping[str, float] = {"place": 0.5, "owner": 0.1, "year": 0.2, "measure": 0.2}
"""What each part weighs in the score (assumed); only things of one kind are compared."""
LEAST = 0.7
"""From this score on two assets are proposed as one (assumed): one place, and nothing known that differs much."""
AROUND_M = 1.0
"""An asset is taken this much wider on all sides before places are compared: two surveys of one pipe differ so much (m, assumed)."""
YEARS_APART, MEASURES_APART = 10.0, 0.25
"""Years and share of the diameter by which two are taken to be different things (assumed)."""
HALF = 0.5
BLOCK, MOST_MET = 2_000, 300_000
"""Assets of which the neighbours are sought at a time, and pairs after which comparing stops, which is told."""
PARTS = tuple(WEIGHTS)
FILLED = ("built_year", "condition", "condition_year", "criticality", "material", "diameter_mm")
"""Columns that the first of joined assets takes from others of its owner where it does not know them."""


def asset_keys(rows: pd.DataFrame) -> pd.Series:
    """Return the source of each asset and its name there."""
    own = [asset.removeprefix(f"{source}:") for asset, source in zip(rows["asset"], rows["source"], strict=True)]
    return pd.Series(list(zip(rows["source"], own, strict=True)), index=rows.index, dtype=object)


def compare_assets(city: City) -> tuple[pd.DataFrame, int]:
    """Return the pairs of assets of different sources that may be one thing.

    And how many assets were not compared. Per pair that waits for an answer: `one`, `other`, `kind`, `score` and its parts `place`, `owner`, `year` and `measure`
    (0-1), best first; every asset stands in one pair of two sources at most.
    """
    rows = rows_of(city, "assets")
    if rows["source"].nunique() < 2:  # noqa: PLR2004
        return _table(rows, np.empty((0, 2), dtype=np.int64), {}), 0
    rows = rows[~(rows.geometry.isna() | rows.geometry.is_empty)].reset_index(drop=True)
    near, left = _neighbours(rows)
    parts = {
        "place": _place(rows.geometry.to_numpy(), near),
        "owner": _owner(rows["owner"], near),
        "year": _apart(rows["built_year"].astype("Float64").to_numpy(dtype=float, na_value=np.nan), near, YEARS_APART),
        "measure": _apart(np.log(rows["diameter_mm"].to_numpy(dtype=float)), near, MEASURES_APART),
    }
    return _table(rows, near, parts, city.settings.context.same_works), left


def joined_assets(city: City, rows: gpd.GeoDataFrame) -> tuple[gpd.GeoDataFrame, list[Fault]]:
    """Return assets with those that were called one made into one, and what is to be told of it.

    That of the source that the settings name first stays, and takes from others of its owner what it does not know.
    """
    first = joined_keys(city.settings.context.same_works)
    if not first or rows.empty:
        return rows, []
    top = asset_keys(rows).map(first)
    order = {source.name: at for at, source in enumerate(city.settings.sources)}
    made = rows.copy()
    gone: dict[int, str] = {}
    for _, part in rows[top.notna()].groupby(top[top.notna()]):
        own = part.iloc[np.argsort([order.get(source, len(order)) for source in part["source"]], kind="stable")]
        same = own[own["owner"] == own["owner"].iloc[0]]
        for name in (one for one in FILLED if one in rows.columns):
            known = same[name].dropna()
            if pd.isna(own[name].iloc[0]) and len(known):
                made.loc[own.index[0], name] = known.iloc[0]
        gone |= dict.fromkeys(own.index[1:], own["asset"].iloc[0])
    lost = rows.loc[list(gone)]
    said = [Phrase("asset {asset}: the same as {other}", asset=asset, other=gone[at]) for at, asset in lost["asset"].items()]  # fmt: skip
    wanted = Phrase("one asset: it was joined, as {file} says", file=SAME_NAME)
    return made.drop(index=list(gone)).reset_index(drop=True), list(faults_of(city, lost, found=said, wanted=wanted))


def _neighbours(rows: gpd.GeoDataFrame) -> tuple[Ints, int]:
    """Return the pairs of assets (positions, the lower first) of one kind and two sources that lie at one place."""
    shapes = sound(rows.geometry.to_numpy())
    source, kind = (pd.factorize(rows[name])[0] for name in ("source", "kind"))
    tree = shapely.STRtree(shapes)
    found, met = [np.empty((0, 2), dtype=np.int64)], 0
    for start in range(0, len(rows), BLOCK):
        if met > MOST_MET:
            return np.concatenate(found), len(rows) - start
        one, two = tree.query(shapes[start : start + BLOCK], predicate="dwithin", distance=AROUND_M)
        one = one + start
        kept = (one < two) & (source[one] != source[two]) & (kind[one] == kind[two])
        met += int(kept.sum())
        found.append(np.column_stack([one[kept], two[kept]]).astype(np.int64))
    return np.concatenate(found), 0


def _place(shapes: Shapes, pairs: Ints) -> Floats:
    """Return how much two places are one: the mean of the shares of each, a little wider, in the other."""
    wide = [shapely.buffer(sound(shapes[pairs[:, side]]), AROUND_M, cap_style="flat") for side in (0, 1)]
    dots = [shapely.is_empty(one) for one in wide]  # a point has no flat end
    wide = [np.where(dot, shapely.buffer(sound(shapes[pairs[:, side]]), AROUND_M), one) for side, (dot, one) in enumerate(zip(dots, wide, strict=True))]  # fmt: skip
    common = shapely.area(shapely.intersection(*wide))
    made: Floats = np.clip(HALF * (common / shapely.area(wide[0]) + common / shapely.area(wide[1])), 0.0, 1.0)
    return made


def _owner(owners: pd.Series, pairs: Ints) -> Floats:
    """Return 1 for one owner, a half where one is not known, 0 for two."""
    own = owners.fillna(UNKNOWN_OWNER).astype("str").to_numpy()
    names = {(one, two) for one, two in zip(own[pairs[:, 0]], own[pairs[:, 1]], strict=True)}
    score = {pair: HALF if UNKNOWN_OWNER in pair else float(pair[0] == pair[1] or alike(*pair)) for pair in names}
    return np.array([score[own[one], own[two]] for one, two in pairs.tolist()], dtype=np.float64)


def _apart(values: Floats, pairs: Ints, most: float) -> Floats:
    """Return how near two values are: 1 the same, 0 from `most` on, a half where one is not known."""
    gap = np.abs(values[pairs[:, 0]] - values[pairs[:, 1]])
    return np.where(np.isnan(gap), HALF, np.clip(1.0 - gap / most, 0.0, 1.0))


def _table(
    rows: pd.DataFrame, pairs: Ints, parts: Mapping[str, Floats], answers: Collection[SameAnswer] = ()
) -> pd.DataFrame:
    """Return the pairs that score enough and wait for an answer, best first, each asset once per other source."""
    score = np.round(sum((WEIGHTS[name] * parts[name] for name in parts), np.zeros(len(pairs))), 6)
    top, apart = joined_keys(list(answers)), {one.pair for one in answers if not one.same}
    keys, source = asset_keys(rows).tolist(), rows["source"].tolist()
    taken: set[tuple[int, str]] = set()
    kept: list[int] = []
    for at in np.lexsort((pairs[:, 1], pairs[:, 0], -score)).tolist():
        one, two = pairs[at].tolist()
        sides = {(one, source[two]), (two, source[one])}
        first, second = keys[one], keys[two]
        said = tuple(sorted((first, second))) in apart or top.get(first, first) == top.get(second, second)
        if score[at] < LEAST or taken & sides:
            continue
        taken |= sides
        kept += [] if said else [at]
    names = rows["asset"].to_numpy(dtype=object)
    made = {"one": names[pairs[kept, 0]], "other": names[pairs[kept, 1]], "kind": rows["kind"].to_numpy(dtype=object)[pairs[kept, 0]], "score": score[kept]}  # fmt: skip
    made |= {name: np.round(parts[name][kept], 6) for name in parts} if parts else dict.fromkeys(PARTS, np.empty(0))
    return pd.DataFrame(made).astype({"one": "str", "other": "str", "kind": "str"})
