"""Reading with GDAL: only the driver that is meant, no other file, no address. (nl: GDAL).

GDAL opens a file with whatever driver its content or name fits, and some of these read what the file names: a virtual
layer, a table in a GeoPackage that stands for a file elsewhere, a coordinate system behind an address.
"""

import json
import mmap
import re
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from pathlib import Path

import pyogrio
from pyogrio.util import vsi_path

from koppelkans.ground.words import Phrase


@dataclass(frozen=True, slots=True)
class VectorFormat:
    """Format read with GDAL: driver, first bytes, name endings, prefix that names the driver."""

    driver: str
    start: bytes
    suffixes: tuple[str, ...]
    before: str = ""


GEOPACKAGE = VectorFormat("GPKG", b"SQLite format 3\x00", (".gpkg",))
GEOJSON = VectorFormat("GeoJSON", b"{", (), before="GeoJSON:")
JSON_FG = VectorFormat("JSONFG", b"{", (), before="JSONFG:")
JSON = (GEOJSON, JSON_FG)
FORMATS = (
    GEOPACKAGE,
    VectorFormat("FlatGeobuf", b"fgb\x03", (".fgb",)),
    VectorFormat("ESRI Shapefile", b"\x00\x00\x27\x0a", (".shp",)),
    GEOJSON,
)
SHUT = {
    "GDAL_HTTP_PROXY": "none://nowhere",
    "GDAL_HTTPS_PROXY": "none://nowhere",
    "GDAL_HTTP_MAX_RETRY": "0",
    "GDAL_HTTP_CONNECTTIMEOUT": "1",
    "GDAL_HTTP_TIMEOUT": "1",
    "CPL_VSIL_CURL_ALLOWED_EXTENSIONS": "none",
    "OGR_SQLITE_ALLOW_EXTERNAL_ACCESS": "NO",
    "OGR_SQLITE_LIST_VIRTUAL_OGR": "NO",
    "OGR_SQLITE_LOAD_EXTENSIONS": None,
    "OGR_SQLITE_PRAGMA": None,
    "SQLITE_USE_URI": None,
}
"""What GDAL may do while it reads a file of ours: a proxy of a kind that does not exist leads every address nowhere."""
LONGEST_ENDS = 65_536
"""Bytes at each end of a GeoJSON file in which it says how many rows there are."""
OUTSIDE_ROWS = re.compile(rb'"properties"\s*:\s*\{[^{}]*\}')
"""What stands in a row: none of it is said of the file."""
COUNTED = re.compile(
    rb'"(?:numberMatched|totalFeatures|total(?:_count|Count|Elements|Records|Results)?|count|@odata\.count)"\s*:\s*(\d{1,12})\b'
)
"""Names under which files say how many rows there are in all."""
LONGEST_CRS = 4_096
"""Bytes of a coordinate system in GeoJSON; those in use have 60."""
KNOWN_PLACE = re.compile(rb"\s*:\s*(?:null|\"(?:\[[\w:-]+\]|https?://www\.opengis\.net/def/crs/[\w/.-]+)\")")
"""What may stand behind `coordRefSys` in JSON-FG: a coordinate system by its name at OGC, or a short name."""
CRS_TYPES = {"name", "epsg", "ogc"}
"""Ways to say a coordinate system in GeoJSON 2008 that need nothing from elsewhere; `link` and `url` do."""
KEPT_HERE = re.compile(
    rb"""create\s+(?: (?:table|view|trigger|(?:unique\s+)?index)\b
    | virtual\s+table\s+ (?:"(?:[^"]|"")*"|'[^']*'|`[^`]*`|\[[^\]]*\]|\w+) \s+using\s+ ["'`\[]? (?:rtree|rtree_i32|fts[345]|geopoly)\b )""",
    re.IGNORECASE | re.VERBOSE,
)
"""What SQLite keeps in the file itself, as SQLite writes it down; virtual tables only where they index place or text."""


def format_of(start: bytes) -> VectorFormat | None:
    """Return the format of a file by its first bytes; None where GDAL may not open it."""
    bare = start.removeprefix(b"\xef\xbb\xbf").lstrip()
    if bare.startswith(b"{") and (b"/json-fg" in bare or (b'"coordRefSys"' in bare and b'"place"' in bare)):
        return JSON_FG
    return next((one for one in FORMATS if (bare if one is GEOJSON else start).startswith(one.start)), None)


def is_geojson(start: bytes) -> bool:
    """Tell whether JSON is a GeoJSON collection by its first bytes, and not that of ESRI."""
    esri = b'"esriGeometry' in start or (b'"attributes"' in start and b'"FeatureCollection"' not in start)
    return b'"features"' in start and not esri


@contextmanager
def shut() -> Iterator[None]:
    """Keep GDAL from addresses and other files while something is read."""
    before = {name: pyogrio.get_gdal_config_option(name) for name in SHUT}
    pyogrio.set_gdal_config_options(SHUT)
    try:
        yield
    finally:
        pyogrio.set_gdal_config_options(before)


def address(path: Path, meant: VectorFormat) -> str:
    """Return how GDAL is told to open a file."""
    return f"{meant.before}{path.absolute()}"


def refers_elsewhere(path: Path, meant: VectorFormat) -> Phrase | None:
    """Return what in a file refers to another file or an address, or hides that; None: nothing."""
    where = address(path, meant)
    if vsi_path(where) != where:
        return Phrase("a path with ! or ; in it, which stands for another file")
    if meant in JSON:
        return _json_refers(path)
    return _sqlite_refers(path) if meant is GEOPACKAGE else None


def _json_refers(path: Path) -> Phrase | None:
    """Return what in GeoJSON refers to an address: a coordinate system as a link, at whatever depth."""
    with path.open("rb") as stream, mmap.mmap(stream.fileno(), 0, access=mmap.ACCESS_READ) as text:
        if re.search(rb"\\u00(4[1-9a-f]|5[0-9a]|6[1-9a-f]|7[0-9a])", text, re.IGNORECASE):
            return Phrase("plain letters written as codes, which hides what stands there")
        for hit in re.finditer(rb"[\"']crs[\"']", text, re.IGNORECASE):
            if _crs_refers(text[hit.end() : hit.end() + LONGEST_CRS].lstrip()):
                return Phrase("a coordinate system that must be fetched from an address")
        for hit in re.finditer(rb"[\"']coordRefSys[\"']", text, re.IGNORECASE):
            if not KNOWN_PLACE.match(text[hit.end() : hit.end() + LONGEST_CRS]):
                return Phrase("a coordinate system that must be fetched from an address")
    return None


def _crs_refers(after: bytes) -> bool:
    """Tell whether what follows the word `crs` is, or may be, a coordinate system by address."""
    if after[:1] in (b",", b"}", b"]"):
        return False
    value = after[1:].lstrip()
    if after[:1] != b":" or not value.startswith(b"{"):
        return after[:1] != b":" or value.startswith(b"/")
    pairs: list[tuple[str, object]] = []
    try:
        json.JSONDecoder(object_pairs_hook=pairs.extend).raw_decode(value.decode(errors="replace"))
    except (json.JSONDecodeError, RecursionError):
        return True
    kinds = {str(kind).lower() for name, kind in pairs if name.lower() == "type"}
    return not kinds <= CRS_TYPES


def says_incomplete(path: Path, rows: int) -> Phrase | None:
    """Return what a GeoJSON file says of rows that are not in it; None: nothing."""
    with path.open("rb") as stream:
        start = stream.read(LONGEST_ENDS)
        stream.seek(max(len(start), path.stat().st_size - LONGEST_ENDS))
        ends = OUTSIDE_ROWS.sub(b"", start + b"\n" + stream.read())
    counts = [int(number) for number in COUNTED.findall(ends)]
    if counts and max(counts) > rows:
        return Phrase("the file says {n} rows, {rows} are in it", n=max(counts), rows=rows)
    if re.search(rb'"(?:exceededTransferLimit|hasMore|has_more|truncated)"\s*:\s*true', ends):
        return Phrase("the file says that there are more rows than it was allowed to hold")
    if re.search(rb'"rel"\s*:\s*"next"|"(?:@odata\.nextLink|next(?:Page|_page|Link)?)"\s*:\s*"(?:https?:|[/?])', ends):
        return Phrase("the file says that there is a next page")
    return None


def _sqlite_refers(path: Path) -> Phrase | None:
    """Return what in a GeoPackage refers elsewhere: a virtual table over a file, or a journal that was not worked off."""
    journal, log = path.with_name(f"{path.name}-journal"), path.with_name(f"{path.name}-wal")
    if journal.is_file() and journal.stat().st_size:
        return Phrase("it was not closed well: {name} lies beside it", name=journal.name)
    how = "mode=ro" if log.is_file() else "mode=ro&immutable=1"
    try:
        with closing(sqlite3.connect(f"{path.absolute().as_uri()}?{how}", uri=True)) as base:
            base.text_factory = bytes
            base.execute("PRAGMA writable_schema=ON")  # a table that SQLite here does not know is no reason to stop
            stated = [bytes(sql) for (sql,) in base.execute("SELECT CAST(sql AS BLOB) FROM sqlite_master") if sql]
    except sqlite3.Error as problem:
        return Phrase("damaged: {problem}", problem=str(problem))
    if all(KEPT_HERE.match(sql) for sql in stated):
        return None
    return Phrase("a table that stands for a file elsewhere")
