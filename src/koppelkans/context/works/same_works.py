"""Works of several registers that may be one job, and slices of one job, each with a score. (nl: hetzelfde werk)."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass

import geopandas as gpd
import numpy as np
import pandas as pd
import shapely

from koppelkans.context.arrays import Flags, Floats, Ints, Shapes
from koppelkans.context.city import City
from koppelkans.context.parties import words_of
from koppelkans.context.works.grouping import Limits, Members, grow
from koppelkans.context.works.planned_works import registered_works
from koppelkans.ground.overlay import sound
from koppelkans.ground.settings import SameAnswer, WorkKind, joined_keys

WEIGHTS: Mapping[str, float] = {"place": 0.4, "period": 0.2, "kind": 0.2, "name": 0.2}
"""What each part weighs in the score (assumed)."""
LEAST = 0.65
"""From this score on two works are proposed as one (assumed): one place, period and kind, and no names that differ."""
AROUND_M = 10.0
"""A work is taken this much wider on all sides before places are compared: registers draw roughly (m, assumed)."""
NEAR_M = 25.0
"""Works further apart than this are not compared (m, assumed)."""
NEAR_DAYS = 366.0
"""Works of which the periods lie further apart than this are not compared (days, assumed)."""
SLICE_M, SLICE_DAYS, JOB_DAYS = 5.0, 42.0, 366.0
"""Slices of one job touch (5 m), follow each other within six weeks and span a year at most (assumed)."""
HALF = 0.5
"""Part of a score where nothing is known of it, or where it is half as it should be."""
NEAR_PLACE = 0.25
"""Score of places that touch and share next to nothing, such as two pieces of one street end to end (assumed)."""
BLOCK = 20
"""Works of which the neighbours are sought at a time, so that memory stays bounded."""
MOST_MET = 300_000
"""Where more pairs of works lie near each other, as in a register with all works on one spot, comparing stops and that is told."""
PARTS = tuple(WEIGHTS)
Key = tuple[str, str]


@dataclass(frozen=True)
class SameWorks:
    """Pairs that may be one work and slices that look like one job; nothing is joined here.

    Parameters
    ----------
    pairs
        Per pair of works of different sources that waits for an answer: `one`, `other`, `score` and its four parts
        `place`, `period`, `kind`, `name` (0-1), and `group`: the first work of those that would become one.
    slices
        `work` and `group`, the first work of its job, of works of one source that look like slices of one job.
    left
        How many works were not compared, since too many lie in one place.
    """

    pairs: pd.DataFrame
    slices: pd.DataFrame
    left: int = 0


def same_works(works: gpd.GeoDataFrame, *, kinds: Mapping[str, WorkKind], answers: Collection[SameAnswer] = ()) -> SameWorks:  # fmt: skip
    """Return which works may be one job, and which are slices of one job.

    Parameters
    ----------
    works
        work, source, key (source and name there), owner, kind, name, earliest_year, latest_year, told, first_day,
        last_day, geometry.
    kinds
        Kinds of one vital system are near each other where the owner is the same.
    answers
        Pairs that were answered are not proposed again, and works that were joined are one.
    """
    rows = works.sort_values("work", ignore_index=True)
    span = _spans(rows)
    code, systems = pd.factorize(rows["kind"].map({name: kind.system for name, kind in kinds.items()}))
    rows = rows.assign(first=span[0], last=span[1], system=np.where(rows["kind"].isin(["other"]), len(systems), code))
    near, left = _neighbours(rows)
    apart = rows["source"].to_numpy()[near[:, 0]] != rows["source"].to_numpy()[near[:, 1]]
    return SameWorks(_proposed(rows, near[apart], list(answers)), _slices(rows, near[~apart], list(answers)), left)


def compare_registers(city: City) -> tuple[gpd.GeoDataFrame, SameWorks]:
    """Return the works of all registers that meet the horizon, and which of them may be one."""
    rows, _ = registered_works(city)
    years = city.settings.horizon
    inside = (rows["latest_year"] >= years.first) & (rows["earliest_year"] <= years.last)
    rows = rows[inside].reset_index(drop=True)
    return rows, same_works(rows, kinds=city.settings.kinds, answers=city.settings.context.same_works)


def _spans(rows: pd.DataFrame) -> tuple[Floats, Floats]:
    """Return the first and last day of each work as a number, from its days or else its years; NaN where none is known."""
    unknown = (rows["told"] == "none").to_numpy()
    made = []
    for day, year, end in (("first_day", "earliest_year", "-01-01"), ("last_day", "latest_year", "-12-31")):
        written = pd.to_datetime(rows[year].astype("Int64").astype("str") + end, format="%Y-%m-%d")
        number = rows[day].fillna(written).astype("datetime64[s]").astype("int64").to_numpy() / 86_400
        made.append(np.where(unknown, np.nan, number))
    return np.fmin(*made), np.fmax(*made)


def _neighbours(rows: gpd.GeoDataFrame) -> tuple[Ints, int]:
    """Return the pairs of works (positions, the lower first) near in place, time and kind, and how many were not compared."""
    shapes = sound(rows.geometry.to_numpy())
    tree = shapely.STRtree(shapes)
    first, last, system = rows["first"].to_numpy(), rows["last"].to_numpy(), rows["system"].to_numpy()
    owner, kind = (pd.factorize(rows[name])[0] for name in ("owner", "kind"))
    other = system.max(initial=0) if (rows["kind"] == "other").any() else -1
    found = [np.empty((0, 2), dtype=np.int64)]
    met = 0
    for start in range(0, len(rows), BLOCK):
        if met > MOST_MET:
            return np.concatenate(found), len(rows) - start
        one, two = tree.query(shapes[start : start + BLOCK], predicate="dwithin", distance=NEAR_M)
        one = one + start
        one, two = one[one < two], two[one < two]
        gap = np.maximum(first[one], first[two]) - np.minimum(last[one], last[two])
        near = (system[one] == system[two]) & (owner[one] == owner[two])
        alike = near | (kind[one] == kind[two]) | (system[one] == other) | (system[two] == other)
        kept = alike & ~(gap > NEAR_DAYS)
        met += int(kept.sum())
        found.append(np.column_stack([one[kept], two[kept]]).astype(np.int64))
    return np.concatenate(found), 0


def _proposed(rows: gpd.GeoDataFrame, pairs: Ints, answers: list[SameAnswer]) -> pd.DataFrame:
    """Return the pairs of different sources with a score that is high enough, each work with one of a source at most."""
    one, two = pairs[:, 0], pairs[:, 1]
    parts = {
        "place": _place(rows.geometry.to_numpy(), one, two),
        "period": _period(rows["first"].to_numpy(), rows["last"].to_numpy(), one, two),
        "kind": _kind(rows["kind"].to_numpy(dtype=object), one, two),
    }
    known = sum(WEIGHTS[name] * part for name, part in parts.items())
    may = known + WEIGHTS["name"] >= LEAST
    one, two, parts = one[may], two[may], {name: part[may] for name, part in parts.items()}
    parts["name"] = _name(rows["name"], one, two)
    score = np.round(sum((WEIGHTS[name] * parts[name] for name in PARTS), np.zeros(len(one))), 6)
    good = np.flatnonzero(score >= LEAST)
    order = good[np.lexsort((two[good], one[good], -score[good]))]
    one, two = one[order], two[order]
    group, waits = _grouped(rows, one, two, answers)
    work = rows["work"].to_numpy(dtype=object)
    table = {"one": work[one], "other": work[two], "score": score[order]}
    table |= {name: np.round(parts[name][order], 6) for name in PARTS}
    made = pd.DataFrame(table).assign(group=work[group[one]])
    return made.astype({"one": "str", "other": "str", "group": "str"})[waits].reset_index(drop=True)


def _grouped(rows: pd.DataFrame, one: Ints, two: Ints, answers: list[SameAnswer]) -> tuple[Ints, Flags]:
    """Return the group of each work, as its lowest position, and which pairs (best first) wait for an answer in one.

    A group has one work of each source, unless a person joined more, and never two that were kept apart.
    """
    keys: list[Key] = rows["key"].tolist()
    at = {key: place for place, key in enumerate(keys)}
    joined = joined_keys(answers)
    group = np.arange(len(rows), dtype=np.int64)
    members = {place: [place] for place in range(len(rows))}
    sources = {place: {key[0]} for place, key in enumerate(keys)}
    kept_apart = {frozenset(at[key] for key in answer.pair) for answer in answers if not answer.same and set(answer.pair) <= set(at)}  # fmt: skip

    def join(low: int, high: int) -> None:
        low, high = min(low, high), max(low, high)
        members[low] += members.pop(high)
        sources[low] |= sources.pop(high)
        group[members[low]] = low

    for key, first in joined.items():
        if key in at and first in at and group[at[key]] != group[at[first]]:
            join(int(group[at[key]]), int(group[at[first]]))
    said = group.copy()
    refused = {frozenset(int(group[place]) for place in pair) for pair in kept_apart}
    for a, b in zip(one.tolist(), two.tolist(), strict=True):
        low, high = int(group[a]), int(group[b])
        if low == high or sources[low] & sources[high]:
            continue
        if not refused or not any(
            frozenset((int(said[x]), int(said[y]))) in refused for x in members[low] for y in members[high]
        ):
            join(low, high)
    waits: Flags = (group[one] == group[two]) & (said[one] != said[two])
    return group, waits


def _place(shapes: Shapes, one: Ints, two: Ints) -> Floats:
    """Return how much two places are one: the mean of the shares of each that the other covers, else by how near they are."""
    used, inverse = np.unique(np.concatenate([one, two]), return_inverse=True)
    own = sound(shapes[used])
    wide = shapely.buffer(own, AROUND_M, cap_style="square", join_style="mitre")
    first, second = inverse[: len(one)], inverse[len(one) :]
    common = shapely.area(shapely.intersection(wide[first], wide[second]))
    with np.errstate(invalid="ignore", divide="ignore"):
        shared = HALF * (common / shapely.area(wide[first]) + common / shapely.area(wide[second]))
    near = NEAR_PLACE * (1.0 - shapely.distance(own[first], own[second]) / NEAR_M)
    made: Floats = np.clip(np.fmax(shared, near), 0.0, 1.0)
    return made


def _period(first: Floats, last: Floats, one: Ints, two: Ints) -> Floats:
    """Return how much two periods are one: the mean of the shares of each in the other, else by how soon they follow."""
    common = np.minimum(last[one], last[two]) - np.maximum(first[one], first[two]) + 1
    shared = HALF * common * (1 / (last[one] - first[one] + 1) + 1 / (last[two] - first[two] + 1))
    soon = HALF * (1 + (common - 1) / NEAR_DAYS)
    made: Floats = np.clip(np.where(common > 0, np.fmin(shared, 1.0), soon), 0.0, 1.0)
    return np.where(np.isnan(common), HALF, made)


def _kind(kinds: Shapes, one: Ints, two: Ints) -> Floats:
    """Return 1 for one kind that is known, else a half: neighbours are of one vital system at least, or unknown."""
    made: Floats = np.where((kinds[one] == kinds[two]) & (kinds[one] != "other"), 1.0, HALF)
    return made


def _name(names: pd.Series, one: Ints, two: Ints) -> Floats:
    """Return how much two names are one: the mean of the shares of the words of each in the other; a half where one has none."""
    code, different = pd.factorize(names)
    words = [frozenset(words_of(str(name))) for name in different] + [frozenset()]
    pairs, inverse = np.unique(np.column_stack([code[one], code[two]]), axis=0, return_inverse=True)
    shares = [_shared(words[left], words[right]) for left, right in pairs.tolist()]
    return np.array(shares, dtype=np.float64)[inverse.reshape(-1)]


def _shared(one: frozenset[str], other: frozenset[str]) -> float:
    """Return the mean of the shares of two sets in each other."""
    if not one or not other:
        return HALF
    common = len(one & other)
    return HALF * (common / len(one) + common / len(other))


def _slices(rows: gpd.GeoDataFrame, pairs: Ints, answers: list[SameAnswer]) -> pd.DataFrame:
    """Return works of one source, owner and kind that touch and follow each other within weeks, as far as days are known."""
    one, two = pairs[:, 0], pairs[:, 1]
    code = rows.groupby(["source", "owner", "kind"], sort=True, dropna=False).ngroup().to_numpy()
    dated = (rows["first_day"].notna() & rows["last_day"].notna()).to_numpy()
    first, last = rows["first"].to_numpy(), rows["last"].to_numpy()
    gap = np.maximum(first[one], first[two]) - np.minimum(last[one], last[two])
    may = (code[one] == code[two]) & dated[one] & dated[two] & (gap <= SLICE_DAYS)
    one, two, gap = one[may], two[may], gap[may]
    shapes = rows.geometry.to_numpy()
    touch = shapely.dwithin(shapes[one], shapes[two], SLICE_M)
    apart = {answer.pair for answer in answers if not answer.same}
    top = joined_keys(answers)
    keys = rows["key"].tolist()
    waits = [
        top.get(keys[a], keys[a]) != top.get(keys[b], keys[b]) and tuple(sorted((keys[a], keys[b]))) not in apart
        for a, b in zip(one.tolist(), two.tolist(), strict=True)
    ]
    kept = touch & np.array(waits, dtype=bool)
    nothing = np.zeros(len(rows))
    links, penalty = np.column_stack([one[kept], two[kept]]), np.maximum(gap[kept], 0.0)
    group = grow(links, Members(first, last, nothing), limits=Limits(years=JOB_DAYS), penalty=penalty)
    many = np.bincount(group, minlength=len(rows))[group] > 1
    work = rows["work"].to_numpy(dtype=object)
    return pd.DataFrame({"work": work[many], "group": work[group[many]]}, dtype="str")
