"""Geometry of rows: from the file, from columns or from another source, in the city CRS. (nl: ligging)."""

import re
from contextlib import suppress
from dataclasses import dataclass

import geopandas as gpd
import numpy as np
import numpy.typing as npt
import pandas as pd
import shapely

from koppelkans.context.reading.mapping import find, missing
from koppelkans.context.reading.quantities import numbers
from koppelkans.context.reading.reader import Raw, Things, unusable
from koppelkans.context.reading.texts import Flags, texts
from koppelkans.context.reading.troubles import Trouble, places
from koppelkans.ground.crs import accuracy_m, arrive, extent, readable_crs, same_crs
from koppelkans.ground.errors import Fault, InputError
from koppelkans.ground.settings import Source
from koppelkans.ground.words import Phrase

WKT_NAMES = ("wkt", "geometry", "geometrie", "geom")
POINT_NAMES = (("x", "y"), ("lon", "lat"), ("longitude", "latitude"))
"""Columns of a table that are taken for its geometry where the settings name none."""
WKB = r"(?:00|01)[0-9A-Fa-f]{40,}"
"""A shape in hexadecimal digits, as databases export it."""
LIKELY_CRS = ("EPSG:28992", "EPSG:4326", "EPSG:3857", "EPSG:25831", "EPSG:25832", "EPSG:31370")
"""Systems in which Dutch files come: RD, longitude and latitude, web maps, UTM, and Belgium."""


@dataclass(frozen=True)
class Placed:
    """The geometry of rows in the CRS of the city, with faults and accuracy.

    None where a row has none that can be used. `accuracy_m` is that of the transformation; None where none was needed
    or it is not known.
    """

    geometry: pd.Series
    troubles: tuple[Trouble, ...] = ()
    faults: tuple[Fault, ...] = ()
    accuracy_m: float | None = None


def has_place(raw: Raw, source: Source) -> bool:
    """Tell whether a source has a geometry, or columns that are taken for it."""
    own = [str(name) for name in raw.columns.columns]
    pairs = any(find(own, one) and find(own, other) for one, other in POINT_NAMES)
    return bool(source.wkt or source.x or source.y or pairs or any(find(own, name) for name in WKT_NAMES)) or (
        raw.geometry is not None
    )


def place(raw: Raw, keep: pd.Index, source: Source, *, crs: str) -> Placed:
    """Return the rows `keep` (positions) of a source in their place in the city's CRS.

    Raises
    ------
    InputError
        Where the source has no geometry, no CRS, or lies elsewhere altogether; the fault says what to set.
    """
    geometry, said, troubles = _locate(raw, keep, source)
    own, faults = _crs_of(source, said, crs)
    strange = geometry.notna() & ~_within(geometry, own)
    _not_elsewhere(geometry, strange, source, own=own, crs=crs)
    moved, accuracy = geometry.mask(strange, None), None
    if not same_crs(own, crs):
        accuracy = accuracy_m(own, crs)
    frame = gpd.GeoDataFrame(geometry=gpd.GeoSeries(moved.to_numpy(dtype=object), index=geometry.index, crs=own))
    arrived = pd.Series(
        arrive(frame, crs=crs, where=source.path, layer=source.layer).geometry.to_numpy(),
        index=geometry.index,
        dtype=object,
    )
    far = arrived.notna() & ~_within(arrived, crs)
    _not_elsewhere(geometry, strange | far, source, own=own, crs=crs)
    outside = [_outside(geometry, strange, own), _outside(geometry, far, crs)]
    return Placed(
        arrived.mask(far, None), tuple(t for t in (*troubles, *outside) if len(t.positions)), faults, accuracy
    )


def _outside(geometry: pd.Series, wrong: pd.Series, area: str) -> Trouble:
    """Return the rows that lie outside the area of a CRS, told by the coordinates that stood in the file."""
    at = places(wrong)
    found = [f"{x:.7g} {y:.7g}" for x, y in _corners(geometry.loc[at])]
    return Trouble(at, found, Phrase("coordinates within the area of {crs}", crs=area), "geometry")


def borrow(raw: Raw, keep: pd.Index, source: Source, *, lent: pd.Series) -> Placed:
    """Return the rows of a table in the place lent by another source.

    They share a key (`lent`, key = geometry).
    """
    if source.join is None:
        return Placed(pd.Series(None, index=keep, dtype=object))
    key = find(raw.columns.columns, source.join.here)
    if key is None:
        raise InputError([missing(source, raw.columns.columns, source.join.here, fatal=True)])
    own = texts(raw.columns.loc[keep, key])
    made = own.map(lent).astype(object)
    folded = pd.Series(lent.to_numpy(), index=_alike(lent.index.to_series()), dtype=object)
    folded = folded[~folded.index.duplicated(keep=False)]
    made = made.where(made.notna(), _alike(own).map(folded))
    made = made.where(made.notna(), None)
    at = places(own.notna() & made.isna())
    wanted = Phrase(
        "a key that stands in `{there}` of source {source}", there=source.join.there, source=source.join.source
    )
    lost = Trouble(at, own.loc[at].tolist(), wanted, key)
    return Placed(made, (lost,) if len(at) else ())


def _alike(keys: pd.Series) -> pd.Series:
    """Return keys without capitals, with one space for white space of any kind."""
    plain = keys.astype("str").str.normalize("NFKC").str.replace(r"[\u200b-\u200d\ufeff\u00ad]", "", regex=True)
    return plain.str.replace(r"\s+", " ", regex=True).str.strip().str.casefold()


def lend(raw: Raw, placed: Placed, source: Source, there: str) -> pd.Series:
    """Return the geometry of a source by one of its columns; rows with the same key become one."""
    column = find(raw.columns.columns, there)
    if column is None:
        raise InputError([missing(source, raw.columns.columns, there, fatal=True)])
    keys = texts(raw.columns.loc[placed.geometry.index, column])
    known = keys.notna() & placed.geometry.notna()
    held = pd.Series(placed.geometry[known].to_numpy(), index=keys[known].to_numpy(), dtype=object)
    again = held.index.duplicated(keep=False)
    if not again.any():
        return held
    joined = held[again].groupby(level=0).agg(lambda same: shapely.union_all(same.to_numpy()))
    return pd.concat([held[~again], joined])


def _locate(raw: Raw, keep: pd.Index, source: Source) -> tuple[pd.Series, str, tuple[Trouble, ...]]:
    """Return geometry as it stands in the file, the CRS that the file says, and what could not be read."""
    wkt, x, y = source.wkt, source.x, source.y
    if not (wkt or x or y) and raw.geometry is None:
        own = [str(name) for name in raw.columns.columns]
        wkt = next((found for name in WKT_NAMES if (found := find(own, name))), "")
        pairs = ((find(own, one), find(own, other)) for one, other in POINT_NAMES)
        x, y = ("", "") if wkt else next(((one, other) for one, other in pairs if one and other), ("", ""))
    if wkt:
        return _from_wkt(raw, keep, source, wkt)
    if x and y:
        return _from_points(raw, keep, source, (x, y))
    if raw.geometry is None:
        found = Phrase("no geometry")
        raise unusable(source.path, found, Phrase("`wkt`, `x` and `y`, or `join` at this source"), layer=source.layer)
    return pd.Series(_empty_is_none(raw.geometry[keep.to_numpy()]), index=keep, dtype=object), raw.crs, ()


def _from_wkt(raw: Raw, keep: pd.Index, source: Source, name: str) -> tuple[pd.Series, str, tuple[Trouble, ...]]:
    """Return geometry from a column of WKT, with the SRID where every row says the same."""
    column = find(raw.columns.columns, name)
    if column is None:
        raise InputError([missing(source, raw.columns.columns, name, fatal=True)])
    own = texts(raw.columns.loc[keep, column])
    shapes, said = shapes_in(own)
    made = pd.Series(_empty_is_none(shapes), index=keep, dtype=object)
    at = places(own.notna() & pd.Series(shapely.is_missing(shapes), index=keep))
    wrong = Trouble(at, own.loc[at].tolist(), Phrase("WKT such as POINT (155000 463000)"), column)
    return made, said or raw.crs, (wrong,)


def shapes_in(own: pd.Series) -> tuple[Things, str]:
    """Return the shapes of cells of WKT, GeoJSON or WKB, and the CRS that they say.

    Empty where they say none, or different ones.

    Missing where a cell is none of these, or an arc.
    """
    kind = pd.Series("wkt", index=own.index)
    kind = kind.mask(own.str.startswith("{", na=False), "geojson").mask(own.str.fullmatch(WKB, na=False), "wkb")
    plain = own.str.replace(r"^SRID=\d+;", "", regex=True).astype(object).where(own.notna(), None).to_numpy()
    shapes: Things = np.full(len(own), None, dtype=object)
    for name, read in (("wkt", _of_wkt), ("geojson", _of_geojson), ("wkb", _of_wkb)):
        here = (kind == name).to_numpy()
        if here.any():
            shapes[here] = read(plain[here])
    said = own.str.extract(r"^SRID=(\d+);", expand=False).dropna().astype("int64").tolist()
    numbers_said = {*said, *shapely.get_srid(shapes[shapely.is_geometry(shapes)]).tolist()} - {0}
    if (kind[own.notna()] == "geojson").all() and own.notna().any():
        return shapes, "EPSG:4326"
    return shapes, f"EPSG:{numbers_said.pop()}" if len(numbers_said) == 1 else ""


def _of_geojson(own: Things) -> Things:
    """Return the shapes of GeoJSON, also of one within a feature; missing where it is none."""
    bare = [re.sub(r'^\{.*?"geometry"\s*:\s*(\{.*?\})\s*[,}].*$', r"\1", text) if '"Feature"' in text else text for text in own]  # fmt: skip
    made: Things = shapely.from_geojson(np.array(bare, dtype=object), on_invalid="ignore")
    return made


def _of_wkb(own: Things) -> Things:
    """Return the shapes of WKB in hexadecimal digits; missing where it is none, or an arc."""
    made: Things = np.full(len(own), None, dtype=object)
    for at, text in enumerate(own):
        with suppress(NotImplementedError, shapely.errors.ShapelyError):
            made[at] = shapely.from_wkb(text, on_invalid="ignore")
    return made


def _of_wkt(own: Things) -> Things:
    """Return the shapes of WKT; missing where it is none, or an arc."""
    try:
        made: Things = shapely.from_wkt(own, on_invalid="ignore")
    except NotImplementedError:  # one arc is enough for that
        made = np.full(len(own), None, dtype=object)
        for at, text in enumerate(own):
            with suppress(NotImplementedError):
                made[at] = shapely.from_wkt(text, on_invalid="ignore")
    return made


def _from_points(
    raw: Raw, keep: pd.Index, source: Source, names: tuple[str, str]
) -> tuple[pd.Series, str, tuple[Trouble, ...]]:
    """Return points from two columns."""
    columns = [find(raw.columns.columns, name) for name in names]
    lacking = [name for name, column in zip(names, columns, strict=True) if column is None]
    if lacking:
        raise InputError([missing(source, raw.columns.columns, name, fatal=True) for name in lacking])
    troubles, numbered = [], []
    for column in columns:
        own = raw.columns.loc[keep, column]
        found, wrong = numbers(own)
        at = places(pd.Series(wrong, index=keep))
        troubles.append(Trouble(at, texts(own.loc[at]).tolist(), Phrase("a coordinate"), str(column)))
        numbered.append(found.to_numpy())
    known = np.isfinite(numbered[0]) & np.isfinite(numbered[1])
    made: Things = np.full(len(keep), None, dtype=object)
    made[known] = shapely.points(numbered[0][known], numbered[1][known])
    return pd.Series(made, index=keep, dtype=object), raw.crs, tuple(troubles)


def _crs_of(source: Source, said: str, crs: str) -> tuple[str, tuple[Fault, ...]]:
    """Return the CRS of a source: what the settings say goes before what the file says, and is told where they differ."""
    if source.crs and not readable_crs(source.crs):
        raise unusable(source.path, source.crs, Phrase("a CRS such as EPSG:28992"), layer=source.layer, column="crs")
    if not source.crs and not said:
        wanted = Phrase('`crs = "{crs}"` at this source, or the CRS that it is in', crs=crs)
        raise unusable(source.path, Phrase("no coordinate system"), wanted, layer=source.layer)
    if said and not readable_crs(said):
        if not source.crs:
            wanted = Phrase('a CRS that is known; or `crs = "{crs}"` at this source', crs=crs)
            raise unusable(source.path, said[:40], wanted, layer=source.layer, column="crs")
        return source.crs, ()
    if source.crs and said and not same_crs(source.crs, said):
        words = Phrase("the file says {said}, the settings say {crs}", said=said[:40], crs=source.crs)
        told = Fault(source.path, words, Phrase("one CRS; that of the settings is taken"), source.layer, column="crs")
        return source.crs, (told,)
    return source.crs or said, ()


def _within(geometry: pd.Series, crs: str) -> Flags:
    """Return which shapes lie in the area that a CRS is meant for; missing ones do not."""
    box = extent(crs) or (-np.inf, -np.inf, np.inf, np.inf)
    bounds = shapely.bounds(geometry.to_numpy(dtype=object))
    with np.errstate(invalid="ignore"):
        inside: Flags = ((bounds[:, :2] >= box[:2]) & (bounds[:, 2:] <= box[2:])).all(axis=1)
    inside &= np.isfinite(bounds).all(axis=1)
    return inside


def _not_elsewhere(geometry: pd.Series, strange: pd.Series, source: Source, *, own: str, crs: str) -> None:
    """Stop where every shape lies outside the area of the CRS: the file is in another one."""
    filled = geometry.notna()
    if not filled.any() or not strange[filled].all():
        return
    x, y = np.median(_corners(geometry[filled]), axis=0)
    area = own if not _within(geometry[filled], own).any() else crs
    found = Phrase("coordinates such as {x} {y}, all outside {crs}", x=f"{x:.7g}", y=f"{y:.7g}", crs=area)
    likely = next((name for name in (crs, *LIKELY_CRS) if not same_crs(name, own) and _fits(x, y, name, crs)), "")
    if likely:
        wanted = Phrase('`crs = "{crs}"` at this source: the coordinates look like that', crs=likely)
    elif _fits(y, x, own, crs) or _fits(y, x, "EPSG:4326", crs):
        wanted = Phrase("x before y, or longitude before latitude: the coordinates look the other way round")
    elif any(_fits(x * times, y * times, own, crs) for times in (1e3, 1e-3)):
        wanted = Phrase("coordinates in metres: these look like kilometres or millimetres")
    else:
        wanted = Phrase("coordinates within the area of {crs}", crs=area)
    raise unusable(source.path, found, wanted, layer=source.layer, column="geometry")


def _fits(x: float, y: float, name: str, crs: str) -> bool:
    """Tell whether a point, taken to be in one CRS, lies in the area of the city's."""
    one = pd.Series([shapely.Point(x, y)], dtype=object)
    if not _within(one, name)[0]:
        return False
    try:
        moved = arrive(gpd.GeoDataFrame(geometry=one.to_numpy(), crs=name), crs=crs, where="")
    except InputError:
        return False
    return bool(_within(pd.Series(moved.geometry.to_numpy(), dtype=object), crs)[0])


def _corners(geometry: pd.Series) -> npt.NDArray[np.float64]:
    """Return the lower left corner of each shape."""
    found: npt.NDArray[np.float64] = shapely.bounds(geometry.to_numpy(dtype=object))[:, :2]
    return found


def _empty_is_none(shapes: Things) -> Things:
    """Return shapes with the empty ones missing."""
    made = shapes.copy()
    made[shapely.is_empty(made)] = None
    return made
