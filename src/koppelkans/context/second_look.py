"""What was read without a fault and yet looks wrong, such as doubles. (nl: tweede blik)."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import combinations

import geopandas as gpd
import numpy as np
import pandas as pd
import shapely
from scipy.spatial import cKDTree

from koppelkans.context.arrays import Floats
from koppelkans.context.city import City, faults_of, rows_of
from koppelkans.context.parties import UNKNOWN_OWNER, alike, spellings
from koppelkans.context.reading import naming
from koppelkans.context.reading.troubles import MOST_TOLD
from koppelkans.context.works.joined_works import with_keys
from koppelkans.context.works.same_assets import asset_keys, compare_assets
from koppelkans.context.works.same_works import SameWorks, compare_registers
from koppelkans.ground.errors import Fault, InputError
from koppelkans.ground.settings import SAME_NAME, Source
from koppelkans.ground.words import Phrase, number

SAME_M = 0.5
"""Two objects of one kind and owner whose boxes differ less than this are one object that stands in two sources (m, assumed)."""
FAR_M = 10_000.0
"""What lies further than this from where most sources of the city lie is in the wrong place or CRS (m, assumed)."""
GROUPS: tuple[tuple[str, ...], ...] = (("assets",), ("works", "plans"))
"""Roles of which the rows are the same sort of thing."""
MOST_COMPARED = 300
"""So many names of owners that nobody declared are compared with each other; more are no list of parties."""
UNKNOWN = naming.UNKNOWN_OWNER
PLACES = ("areas", "sections", "topography", "addresses", "assets", "works", "plans", "wishes")
"""Roles in the order in which they tell where the city lies, where as many sources agree with each."""


@dataclass(frozen=True)
class SecondLook:
    """What was read and yet looks wrong; nothing of it is changed or left out.

    Parameters
    ----------
    same
        Objects that stand in two sources.
    far
        Sources and rows that lie far from the city.
    alike
        Names that may mean one party.
    proposed
        How many works of different sources may be one and wait for an answer.
    slices
        Works of one owner that look like slices of one job.
    """

    same: tuple[Fault, ...]
    far: tuple[Fault, ...]
    alike: tuple[Fault, ...]
    proposed: tuple[Fault, ...] = ()
    slices: tuple[Fault, ...] = ()


def look_again(city: City) -> SecondLook:
    """Return what of a city was read and yet looks wrong."""
    first = tuple(_same(city)), tuple(_far(city)), tuple(_alike(city))
    things = _things(city)
    try:
        works, found = compare_registers(city)
    except InputError:  # more works than one run takes: told where the city is surveyed
        return SecondLook(*first, things)
    return SecondLook(*first, (*_proposed(found), *things), _slices(city, works, found))


def _things(city: City) -> tuple[Fault, ...]:
    """Return one fault where assets of different sources may be one and nobody answered yet."""
    pairs, left = compare_assets(city)
    stopped = Phrase("assets that were not compared, since too many lie in one place: {n}", n=left)
    told = (Fault(SAME_NAME, stopped, Phrase("assets at their own place")),) if left else ()
    if pairs.empty:
        return told
    said = Phrase(
        "assets of two sources that may be one: {n}, such as {one} and {other}",
        n=len(pairs), one=pairs["one"].iloc[0], other=pairs["other"].iloc[0],
    )  # fmt: skip
    wanted = Phrase("an answer to each: `koppelkans same` lists them; until then they count apart")
    return (*told, Fault(SAME_NAME, said, wanted))


def _proposed(found: SameWorks) -> tuple[Fault, ...]:
    """Return one fault where works of different sources may be one and nobody answered yet."""
    left = Phrase("works that were not compared, since too many lie in one place: {n}", n=found.left)
    stopped = (Fault(SAME_NAME, left, Phrase("works at their own place")),) if found.left else ()
    if found.pairs.empty:
        return stopped
    said = Phrase(
        "works of two sources that may be one job: {n}, such as {one} and {other}",
        n=len(found.pairs), one=found.pairs["one"].iloc[0], other=found.pairs["other"].iloc[0],
    )  # fmt: skip
    return (
        *stopped,
        Fault(SAME_NAME, said, Phrase("an answer to each: `koppelkans same` lists them; until then they count apart")),
    )


def _slices(city: City, works: gpd.GeoDataFrame, found: SameWorks) -> tuple[Fault, ...]:
    """Return one fault for each job of which the slices stand as works of their own."""
    sizes = found.slices.groupby("group").size()
    firsts = works.set_index("work").loc[sizes.index[:MOST_TOLD]].reset_index()
    said = [
        Phrase("{n} works of {owner} that touch within weeks, such as {name}", n=int(n), owner=owner, name=work)
        for n, owner, work in zip(sizes, firsts["owner"], firsts["work"], strict=False)
    ]
    wanted = Phrase("one job: `koppelkans same` shows them as one; join them there, or keep them apart")
    return tuple(faults_of(city, firsts, found=said, wanted=wanted))


def _same(city: City) -> Iterator[Fault]:
    """Yield one fault for each two sources and kind of which objects stand in both."""
    sources = {source.name: source for source in city.settings.sources}
    for roles in GROUPS:
        rows = pd.concat([rows_of(city, role) for role in roles], ignore_index=True)
        rows = _unanswered(city, rows)
        name = "asset" if "asset" in rows.columns else "work"
        for kind, part in rows.groupby("kind", sort=True):
            for one, other in combinations([source for source in sources if source in set(part["source"])], 2):
                pairs = _met(part[part["source"] == one], part[part["source"] == other])
                if len(pairs):
                    yield _double(sources, part.loc[pairs[0, 1]], str(kind), pairs=pairs, names=part[name], one=one)


def _unanswered(city: City, rows: gpd.GeoDataFrame) -> gpd.GeoDataFrame:
    """Return the works or assets about which nobody said whether they are one with another."""
    said = {key for answer in city.settings.context.same_works for key in answer.pair}
    if not said:
        return rows
    keys = with_keys(rows)["key"] if "work" in rows.columns else asset_keys(rows)
    return rows[np.array([key not in said for key in keys], dtype=bool)].reset_index(drop=True)


def _met(one: gpd.GeoDataFrame, other: gpd.GeoDataFrame) -> np.ndarray[tuple[int, int], np.dtype[np.int64]]:
    """Return the pairs (index of the one, of the other) of which the boxes are the same, each of the other once."""
    left, right = shapely.bounds(one.geometry.to_numpy()), shapely.bounds(other.geometry.to_numpy())
    far, at = cKDTree(left).query(right, distance_upper_bound=SAME_M, p=np.inf)
    near = np.isfinite(far)
    near[near] = [
        theirs in (UNKNOWN, ours) or ours == UNKNOWN or alike(ours, theirs)
        for ours, theirs in zip(one["owner"].iloc[at[near]], other["owner"][near], strict=True)
    ]
    return np.column_stack([one.index.to_numpy()[at[near]], other.index.to_numpy()[near]]).astype(np.int64)


def _double(
    sources: Mapping[str, Source], row: pd.Series, kind: str, *, pairs: np.ndarray[tuple[int, int], np.dtype[np.int64]], names: pd.Series, one: str
) -> Fault:  # fmt: skip
    """Return the fault that objects of one kind stand in two sources."""
    source = sources[row["source"]]
    found = Phrase(
        "objects that source {source} has too: {n} of kind {kind}, such as {name}",
        source=one, n=len(pairs), kind=kind, name=names[pairs[0, 1]],
    )  # fmt: skip
    wanted = Phrase("each object in one source, otherwise it counts twice; leave it out of one of them (see `only`)")
    return Fault(source.path, found, wanted, source.layer, int(row["row"]))


def _far(city: City) -> Iterator[Fault]:
    """Yield a fault for each source that lies far from the city as a whole, or of which some rows do."""
    sources = [source for source in city.settings.sources if source.role in PLACES]
    spots = {source.name: found for source in sources if len(found := _spots(city, source))}
    if len(spots) < 2:  # noqa: PLR2004 -- with one source nothing tells where the city lies
        return
    boxes = {name: _box(found) for name, found in spots.items()}
    near = {name: sum(_apart(box, other) <= FAR_M for other in boxes.values()) for name, box in boxes.items()}
    placed = [source for source in sources if source.name in spots]
    heart = max(placed, key=lambda source: (near[source.name], -PLACES.index(source.role)))
    for source in placed:
        far = _beyond(spots[source.name], boxes[heart.name])
        if (far > FAR_M).any():
            yield _fault_far(city, source, far, heart)


def _fault_far(city: City, source: Source, far: Floats, heart: Source) -> Fault:
    """Return the fault that a source, or some of its rows, lie far from where the city lies."""
    rows = city.layers[source.name]
    rows = rows[~(rows.geometry.isna() | rows.geometry.is_empty)]
    wrong = np.flatnonzero(far > FAR_M)
    first = rows.iloc[int(wrong[0])]
    km = number(round(float(far[wrong].min()) / 1000), city.settings.city.lang)
    values = {"km": km, "source": heart.name}
    if len(wrong) == len(far):
        found = Phrase("all rows lie {km} km or more from the city (from source {source})", **values)
        wanted = Phrase("data of this city; look at `crs` of this source, and at which file it is")
        return Fault(source.path, found, wanted, source.layer, column="geometry")
    found = Phrase("{n} rows lie {km} km or more from the city (from source {source})", n=len(wrong), **values)
    wanted = Phrase("places in the city; look at the coordinates of these rows, the first of which is named here")
    return Fault(source.path, found, wanted, source.layer, int(first["row"]), "geometry")


def _spots(city: City, source: Source) -> Floats:
    """Return the middle (x, y) of the box of each row that has a place."""
    layer = city.layers.get(source.name)
    if layer is None or not isinstance(layer, gpd.GeoDataFrame):
        return np.empty((0, 2))
    shapes = layer.geometry.to_numpy()
    box = shapely.bounds(shapes[~(shapely.is_missing(shapes) | shapely.is_empty(shapes))])
    made: Floats = (box[:, :2] + box[:, 2:]) / 2
    return made


def _box(spots: Floats) -> Floats:
    """Return the box (x, y, x, y) of most rows: without the outer twentieth on each side."""
    box: Floats = np.concatenate([np.quantile(spots, 0.05, axis=0), np.quantile(spots, 0.95, axis=0)])
    return box


def _apart(one: Floats, other: Floats) -> float:
    """Return how far two boxes lie apart (m)."""
    gap = np.maximum(0.0, np.maximum(one[:2] - other[2:], other[:2] - one[2:]))
    return float(np.hypot(*gap))


def _beyond(spots: Floats, box: Floats) -> Floats:
    """Return how far each point lies from a box (m)."""
    gap = np.maximum(0.0, np.maximum(box[:2] - spots, spots - box[2:]))
    far: Floats = np.hypot(gap[:, 0], gap[:, 1])
    return far


def _alike(city: City) -> Iterator[Fault]:
    """Yield a fault for each two names of owners that may mean one party, of which the city declared one at most."""
    declared = {name: party.party for party in city.settings.parties for name in spellings(party)}
    met = _owners(city)
    strange = [name for name in met if name not in declared and name not in (UNKNOWN, UNKNOWN_OWNER)][:MOST_COMPARED]
    told = 0
    for at, name in enumerate(strange):
        others = [*declared, *strange[:at]]
        like = max((other for other in others if alike(name, other)), key=len, default=None)
        if like is None:
            continue
        source, row = met[name]
        party = declared.get(like, like)
        found = Phrase("party {name}, which looks like {other}", name=name, other=like)
        wanted = Phrase("one name for one party: if they are one, put `{name}` in `aliases` of party {party}", name=name, party=party)  # fmt: skip
        yield Fault(source.path, found, wanted, source.layer, row, "owner")
        told += 1
        if told == MOST_TOLD:
            return


def _owners(city: City) -> dict[str, tuple[Source, int]]:
    """Return every name of an owner as it was read, with the first source and row in which it stands."""
    found: dict[str, tuple[Source, int]] = {}
    for role in (role for roles in GROUPS for role in roles):
        for source, layer in city.of_role(role):
            firsts = layer.dropna(subset=["owner"]).drop_duplicates("owner") if "owner" in layer else layer[:0]
            for name, row in zip(firsts.get("owner", []), firsts.get("row", []), strict=True):
                found.setdefault(str(name).strip(), (source, int(row)))
    return found
