"""Records in JSON: a list of objects, a page of a portal, ESRI JSON, or one object per line. (nl: JSON-records)."""

import json
import math
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import shapely

from koppelkans.context.reading.gdal import is_geojson
from koppelkans.context.reading.reader import About, Raw, Reader, Things, head, unusable
from koppelkans.ground.errors import Fault, InputError
from koppelkans.ground.settings import Source
from koppelkans.ground.words import Phrase

MOST_BYTES = 256 * 2**20
"""Size of one file: it is read as a whole, and grows tenfold in memory."""
MOST_COLUMNS = 2_000
DEEPEST = 3
"""Objects within objects whose attributes become columns, with a dot between the names."""
LISTS = ("records", "results", "result", "items", "data", "rows", "features", "value", "docs")
"""Names under which portals put their list of records, the likeliest first."""
WRAPPERS = ("record", "fields", "attributes", "properties", "_source")
"""Names under which a record puts its own attributes."""
LINKS = frozenset({"_links", "links", "bbox", "geometry_name"})
"""What stands in a record about the record."""
SHAPES = frozenset(
    {"Point", "MultiPoint", "LineString", "MultiLineString", "Polygon", "MultiPolygon", "GeometryCollection"}
)
PAIRS = (("lon", "lat"), ("lng", "lat"), ("longitude", "latitude"), ("x", "y"))
COUNTS = ("numberMatched", "totalFeatures", "total_count", "totalCount", "totalElements", "totalRecords", "totalResults", "recordsTotal", "numFound", "nhits", "total", "count", "@odata.count")  # fmt: skip
"""Names under which a page says how many records there are in all."""
FURTHER = ("next", "@odata.nextLink", "nextLink", "next_page", "nextPage", "nextPageToken", "next_cursor", "nextCursor")
"""Names under which a page says where the next one is."""
MORE = ("exceededTransferLimit", "hasMore", "has_more", "truncated")
"""Names under which a page says that there are more records."""
LONGEST_COUNT = 12
LON, LAT = 180.0, 90.0
SPHERE = {102100: 3857, 102113: 3857}
"""Numbers of ESRI for the web map, which EPSG calls otherwise."""

Record = Mapping[str, Any]


def fits(path: Path) -> bool:
    """Tell whether a file holds records in JSON that are no GeoJSON."""
    start = head(path).removeprefix(b"\xef\xbb\xbf").lstrip(b"\x1e \t\r\n")
    if start.startswith(b"["):
        return start[1:].lstrip().startswith(b"{")
    return start.startswith(b"{") and not is_geojson(start)


def read(path: Path, source: Source) -> Raw:
    """Read every record; what is no object is set aside, a shape that cannot be made is missing.

    Raises
    ------
    InputError
        Where the file is no JSON, holds no records, or is larger than can be read at once.
    """
    whole = _parsed(path, source)
    listed, page = _records(whole)
    good = [isinstance(one, Mapping) for one in listed]
    if not any(good):
        raise unusable(source.path, Phrase("no list of records"), Phrase("a list of objects; export it again"))
    flat, shapes = zip(*(_flat(one) for one, fine in zip(listed, good, strict=True) if fine), strict=True)
    columns = pd.DataFrame(list(flat))
    if len(columns.columns) > MOST_COLUMNS:
        found = Phrase("{n} columns", n=len(columns.columns))
        raise unusable(source.path, found, Phrase("at most {most} columns", most=MOST_COLUMNS))
    columns = _dated(columns.map(_plain), page)
    geometry, used = _geometry(shapes)
    rows = np.flatnonzero(good) + 1
    bad = [at + 1 for at, fine in enumerate(good) if not fine]
    aside = {"row": bad, "found": [Phrase("no object")] * len(bad), "wanted": [Phrase("a record")] * len(bad)}
    return Raw(
        columns=columns.drop(columns=[name for name in used if name in columns]),
        rows=rows.astype(np.int64),
        total=len(listed),
        geometry=geometry,
        crs=_crs(page, geometry),
        faults=tuple(_incomplete(page, len(listed), source)),
        aside=pd.DataFrame(aside),
    )


def about(path: Path) -> About:
    """Tell which kind of records these are."""
    start = head(path).removeprefix(b"\xef\xbb\xbf").lstrip()
    esri = b'"esriGeometry' in start or (b'"attributes"' in start and b'"features"' in start)
    return About("ESRI JSON" if esri else "JSON", "RFC 8259")


def _parsed(path: Path, source: Source) -> object:
    """Return what a file says: one value, or the list of its lines."""
    if path.stat().st_size > MOST_BYTES:
        found = Phrase("a file of {n} MB", n=path.stat().st_size // 2**20)
        raise unusable(source.path, found, Phrase("at most {n} MB of JSON records; export them as CSV", n=MOST_BYTES // 2**20))  # fmt: skip
    try:
        text = path.read_text(encoding="utf-8-sig").replace("\x1e", "")
        try:
            return json.loads(text)
        except json.JSONDecodeError as problem:
            lines = [line.strip() for line in text.split("\n") if line.strip()]
            if problem.msg != "Extra data" or not all(line.startswith("{") for line in lines):
                raise
            return [_of_line(line) for line in lines]
    except (ValueError, RecursionError) as problem:
        raise _no_json(source, problem) from problem


def _of_line(line: str) -> object:
    """Return what one line says; the line itself where it is no JSON."""
    try:
        return json.loads(line)
    except ValueError:
        return line


def _no_json(source: Source, problem: Exception) -> InputError:
    """Return the error that a file is no JSON."""
    found = Phrase("no JSON: {problem}", problem=str(problem)[:80])
    return unusable(source.path, found, Phrase("a whole JSON file; export it again"))


def _records(whole: object) -> tuple[Sequence[Any], Record]:
    """Return the list of records, and what the page around it says."""
    if isinstance(whole, list):
        return whole, {}
    if not isinstance(whole, Mapping):
        return [], {}
    found = _list_in(whole)
    if not found:
        found = next((inner for one in whole.values() if isinstance(one, Mapping) and (inner := _list_in(one))), [])
    return found, whole


def _list_in(page: Record) -> Sequence[Any]:
    """Return the list of objects in a page: under a usual name, else the longest."""
    lists = {name: one for name, one in page.items() if isinstance(one, list) and any(isinstance(r, Mapping) for r in one)}  # fmt: skip
    usual = next((lists[name] for name in LISTS if name in lists), None)
    return usual if usual is not None else max((lists[name] for name in lists if name not in LINKS), key=len, default=[])  # fmt: skip


def _flat(record: Record) -> tuple[dict[str, Any], dict[str, Any]]:
    """Return the attributes of a record, and what in it may be a shape, each by name."""
    attributes: dict[str, Any] = {}
    shapes: dict[str, Any] = {}
    for name, value in _unwrapped(record, 0):
        if _is_shape(value):
            shapes[name] = value
        else:
            attributes.setdefault(name, value)
    return attributes, shapes


def _unwrapped(record: Record, depth: int, before: str = "") -> Iterator[tuple[str, Any]]:
    """Yield the attributes of a record: of an object within it by both names."""
    inside = [name for name in WRAPPERS if not before and isinstance(record.get(name), Mapping)]
    for name in inside:
        yield from _unwrapped(record[name], depth)
    for name, value in record.items():
        if name in inside or name in LINKS or (name == "type" and value == "Feature"):
            continue
        if isinstance(value, Mapping) and value and not _is_shape(value) and depth < DEEPEST:
            yield from _unwrapped(value, depth + 1, f"{before}{name}.")
        else:
            yield f"{before}{name}", value


def _is_shape(value: object) -> bool:
    """Tell whether a value is a place: GeoJSON, also as text or in a feature, ESRI, or a pair of coordinates."""
    if isinstance(value, str):
        return value.startswith('{"') and '"coordinates"' in value
    if not isinstance(value, Mapping):
        return False
    kind = value.get("type")
    if kind == "Feature":
        return _is_shape(value.get("geometry"))
    esri = any(isinstance(value.get(name), list) for name in ("rings", "paths", "points"))
    return (kind in SHAPES and "coordinates" in value) or esri or _pair(value) is not None


def _pair(value: Record) -> tuple[float, float] | None:
    """Return two coordinates that stand alone in an object; None where they do not."""
    for one, other in PAIRS:
        if one in value and other in value and len(value) <= DEEPEST + 1:
            try:
                x, y = float(value[one]), float(value[other])
            except (TypeError, ValueError, OverflowError):
                return None
            return (x, y) if math.isfinite(x) and math.isfinite(y) else None
    return None


def _geometry(shapes: Iterable[Mapping[str, Any]]) -> tuple[Things | None, set[str]]:
    """Return the shape of each record, from the name that gives most, and the names that held shapes."""
    own = list(shapes)
    names = Counter(name for one in own for name in one)
    if not names:
        return None, set()
    made = {name: np.array([_shape(one.get(name)) for one in own], dtype=object) for name in names}
    worth = {name: (int(shapely.get_dimensions(one).max()), int(shapely.is_geometry(one).sum())) for name, one in made.items()}  # fmt: skip
    best: Things = made[max(worth, key=lambda name: worth[name])].copy()
    for name in sorted(worth, key=lambda name: worth[name], reverse=True):
        lacking = ~shapely.is_geometry(best)
        best[lacking] = made[name][lacking]
    return best, set(names)


def _shape(value: Any) -> shapely.Geometry | None:  # noqa: ANN401
    """Return a place as a shape; None where it cannot be made."""
    if isinstance(value, Mapping) and value.get("type") == "Feature":
        return _shape(value.get("geometry"))
    if isinstance(value, str):
        return _made_of(value)
    if not isinstance(value, Mapping):
        return None
    if value.get("type") in SHAPES:
        return _made_of(json.dumps(value))
    pair = _pair(value)
    return shapely.Point(pair) if pair is not None else _of_esri(value)


def _made_of(text: str) -> shapely.Geometry | None:
    """Return the shape of a GeoJSON text."""
    return shapely.from_geojson(text, on_invalid="ignore")


def _of_esri(value: Record) -> shapely.Geometry | None:
    """Return the shape of ESRI: points, paths, or rings of which those within another are holes."""
    try:
        if "rings" in value:
            rings = [shapely.LinearRing([point[:2] for point in ring]) for ring in value["rings"]]
            return shapely.build_area(shapely.GeometryCollection(rings))
        if "paths" in value:
            return shapely.MultiLineString([[point[:2] for point in path] for path in value["paths"]])
        return shapely.MultiPoint([point[:2] for point in value.get("points", [])])
    except (ValueError, TypeError, IndexError, OverflowError, shapely.errors.GEOSException):
        return None


def _crs(page: Record, geometry: Things | None) -> str:
    """Return the coordinate system: what the page says, else longitude and latitude where all are such."""
    if geometry is None:
        return ""
    said = page.get("spatialReference")
    number = said.get("latestWkid", said.get("wkid")) if isinstance(said, Mapping) else None
    if isinstance(number, int):
        return f"EPSG:{SPHERE.get(number, number)}"
    named = page.get("crs")
    inner = named.get("properties") if isinstance(named, Mapping) else None
    if isinstance(inner, Mapping) and isinstance(inner.get("name"), str):
        return str(inner["name"])
    bounds = shapely.total_bounds(geometry)
    round_earth = np.abs(bounds) <= np.array([LON, LAT, LON, LAT])
    return "EPSG:4326" if round_earth.all() else ""


def _dated(columns: pd.DataFrame, page: Record) -> pd.DataFrame:
    """Return the columns with the moments of ESRI, in milliseconds since 1970, as moments."""
    fields = page.get("fields")
    dates = [one.get("name") for one in fields if isinstance(one, Mapping) and one.get("type") == "esriFieldTypeDate"] if isinstance(fields, list) else []  # fmt: skip
    made = {str(name): columns[name].map(_moment) for name in dates if name in columns}
    return columns.assign(**made)


def _moment(value: object) -> object:
    """Return milliseconds since 1970 as a moment in UTC; other values as they are."""
    if not isinstance(value, int | float) or isinstance(value, bool) or not math.isfinite(value):
        return value
    try:
        return (datetime(1970, 1, 1, tzinfo=UTC) + timedelta(milliseconds=value)).isoformat(timespec="seconds")
    except OverflowError:
        return value


def _plain(value: object) -> object:
    """Return one value as it fits in a cell: a list with commas, an object as text."""
    if isinstance(value, list) and not any(isinstance(one, list | dict) for one in value):
        return ", ".join(str(one) for one in value if one is not None) or None
    return json.dumps(value, ensure_ascii=False) if isinstance(value, list | dict) else value


def _incomplete(page: Record, rows: int, source: Source) -> Iterator[Fault]:
    """Yield the fault that the page says that there are more records than are in it."""
    parts = [page, *(one for one in page.values() if isinstance(one, Mapping))]
    most = max((_count(part.get(name)) for part in parts for name in COUNTS), default=0)
    links = page.get("links")
    further = isinstance(links, list) and any(isinstance(one, Mapping) and one.get("rel") == "next" for one in links)
    further |= any(part.get(name) for part in parts for name in FURTHER)
    found = None
    if most > rows:
        found = Phrase("the file says {n} rows, {rows} are in it", n=most, rows=rows)
    elif any(part.get(name) is True for part in parts for name in MORE):
        found = Phrase("the file says that there are more rows than it was allowed to hold")
    elif further:
        found = Phrase("the file says that there is a next page")
    if found is not None:
        yield Fault(source.path, found, Phrase("all rows in one file; fetch the rest"), source.layer)


def _count(said: object) -> int:
    """Return the number of records that a page says, plain or in an object; 0 where it says none."""
    inner = said.get("value") if isinstance(said, Mapping) else said
    text = str(inner) if isinstance(inner, int | str) and not isinstance(inner, bool) else ""
    return int(text) if text.isascii() and text.isdigit() and len(text) <= LONGEST_COUNT else 0


JSON_RECORDS = Reader(
    name="json_records",
    nl="JSON-records (lijst, bladzijde van een portaal, ESRI JSON, NDJSON)",
    en="JSON records (list, page of a portal, ESRI JSON, NDJSON)",
    suffixes=(".json", ".ndjson", ".jsonl", ".geojsonl", ".geojsons", ".geojsonseq"),
    fits=fits,
    read=read,
    about=about,
    source="RFC 8259 (JSON), RFC 7946 (GeoJSON shapes), ESRI REST API FeatureSet, ndjson.org 1.0",
)
