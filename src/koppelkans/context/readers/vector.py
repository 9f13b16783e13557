"""Vector files: GeoPackage, GeoJSON, Shapefile (also zipped), FlatGeobuf and GeoParquet. (nl: vectorbestanden)."""

import glob
import json
import logging
import warnings
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

import geopandas as gpd
import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.parquet as pq
import pyogrio
import shapely
from pyogrio.errors import CRSError, DataLayerError, DataSourceError, FeatureError, FieldError, GeometryError
from pyproj.exceptions import CRSError as UnknownCRS
from shapely.errors import GEOSException

from koppelkans.context.reading.archive import guard, is_zip, member_head, names_in
from koppelkans.context.reading.gdal import (
    JSON,
    VectorFormat,
    address,
    format_of,
    is_geojson,
    refers_elsewhere,
    says_incomplete,
    shut,
)
from koppelkans.context.reading.reader import About, Raw, Reader, head, unusable
from koppelkans.ground.errors import Fault, InputError
from koppelkans.ground.settings import Source
from koppelkans.ground.words import Phrase

log = logging.getLogger(__name__)

SUFFIXES = (".gpkg", ".geojson", ".json", ".shp", ".fgb", ".parquet", ".geoparquet")
PARQUET = b"PAR1"
"""First bytes of Parquet."""
CANNOT_OPEN = (
    DataSourceError,
    DataLayerError,
    FeatureError,
    FieldError,
    GeometryError,
    CRSError,
    UnknownCRS,
    GEOSException,
    UnicodeDecodeError,
    LookupError,
)
PARQUET_BROKEN = (pa.ArrowException, OSError, UnknownCRS, GEOSException, LookupError, TypeError, AttributeError)
"""What is raised on a Parquet file that is damaged, or whose geometry is not what it says."""
NO_CRS = ("Undefined", "Unknown")
"""Names that files give to a CRS that they do not know."""


AS_IT_STANDS: Mapping[str, Any] = {"on_invalid": "fix", "datetime_as_string": True}
"""A ring that is open is closed, a shape that cannot be made is missing, a moment keeps its zone."""
DATES_AS_TEXT = {"DATE_AS_STRING": "YES"}
"""Keeps GDAL from taking `30-11-25` in GeoJSON for a day in 1930."""
OPEN_RING = "Non closed ring"
"""How GDAL says that a ring does not end where it begins."""


def fits(path: Path) -> bool:
    """Tell whether a file is a vector file, by its first bytes or as GeoJSON.

    A zip is one where it holds one Shapefile.
    """
    if is_zip(path):
        return len(_shapefiles(path)) == 1
    start = head(path)
    meant = format_of(start)
    return start.startswith(PARQUET) or (meant is not None and (meant not in JSON or is_geojson(start)))


def read(path: Path, source: Source) -> Raw:
    """Read one layer; a shape that cannot be made of its coordinates is missing, its row stays.

    Raises
    ------
    InputError
        Where the file cannot be opened, refers to files or addresses elsewhere, or holds several layers and the settings
        name none.
    """
    if head(path).startswith(PARQUET):
        return _parquet(path, source)
    where, meant = _meant(path, source)
    with shut(), warnings.catch_warnings(record=True) as told:
        warnings.simplefilter("always")
        layer = _layer(where, source)
        try:
            if not meant.before:
                said = pyogrio.read_info(where, layer=layer)
                if said["driver"] != meant.driver:
                    raise _broken(source, Phrase("its first bytes are those of another kind of file"))
                if said["features"] > path.stat().st_size:
                    raise _broken(source, Phrase("it says more rows than it has bytes"))
            frame, faults = _frame(where, layer, _encoding(path, source, meant), source, meant.driver)
        except CANNOT_OPEN as problem:
            raise _broken(source, problem) from problem
    for warning in told:
        log.info("%s: %s", source.path, warning.message)
    short = says_incomplete(path, len(frame)) if meant in JSON else None
    more = [Fault(source.path, short, Phrase("all rows in one file; fetch the rest"), layer)] if short else []
    if any(OPEN_RING in str(warning.message) for warning in told):
        frame = _without_flat(frame)
        found = Phrase("rings that do not end where they begin")
        more.append(Fault(source.path, found, Phrase("closed rings; these were closed"), layer, column="geometry"))
    return replace(_raw(frame), faults=(*faults, *more))


def _without_flat(frame: pd.DataFrame) -> pd.DataFrame:
    """Return rows without the areas of no size that come of closing a ring of two points."""
    shapes = frame.geometry.to_numpy(dtype=object, copy=True)
    shapes[(shapely.get_dimensions(shapes) == 2) & (shapely.area(shapes) == 0)] = None  # noqa: PLR2004
    return frame.set_geometry(gpd.GeoSeries(shapes, index=frame.index, crs=frame.crs))


def about(path: Path) -> About:
    """Tell the format, its version and the layers of a vector file.

    Raises
    ------
    InputError
        Where the file cannot be opened.
    """
    start = head(path, 100)
    if start.startswith(PARQUET):
        return _about_parquet(path)
    where, meant = _meant(path, Source(name=path.name, role="table", path=path.name))
    with shut():
        try:
            layers = tuple(str(name) for name, _ in pyogrio.list_layers(where))
        except CANNOT_OPEN as problem:
            raise _broken(Source(name=path.name, role="table", path=path.name), problem) from problem
    return About(
        FORMAT_NAMES.get(meant.driver, meant.driver), _version(start, meant), layers if len(layers) > 1 else ("",)
    )


def _about_parquet(path: Path) -> About:
    """Tell which version of GeoParquet a file is; a plain table has none."""
    try:
        said = (pq.read_schema(path).metadata or {}).get(b"geo", b"{}")
        return About("GeoParquet" if len(said) > len(b"{}") else "Parquet", str(json.loads(said).get("version", "")))
    except (*PARQUET_BROKEN, ValueError) as problem:
        raise _broken(Source(name=path.name, role="table", path=path.name), problem) from problem


def _version(start: bytes, meant: VectorFormat) -> str:
    """Return the version of a format that the first bytes of a file say."""
    if meant.driver == "GPKG":
        number = int.from_bytes(start[60:64], "big")
        old = {b"GP10": "1.0", b"GP11": "1.1"}.get(start[68:72], "")
        return old or (f"{number // 10_000}.{number // 100 % 100}" if number else "")
    if meant.driver == "FlatGeobuf":
        return str(start[3])
    return {"ESRI Shapefile": "1998", "GeoJSON": "RFC 7946"}.get(meant.driver, "")


def _encoding(path: Path, source: Source, meant: VectorFormat) -> str | None:
    """Return the encoding of texts; None where the format or a file beside it says it."""
    if "encoding" in source.model_fields_set or meant.driver != "ESRI Shapefile":
        return source.encoding if "encoding" in source.model_fields_set else None
    names = names_in(path) if is_zip(path) else [one.name for one in path.parent.glob(f"{glob.escape(path.stem)}.*")]
    return None if any(name.lower().endswith(".cpg") for name in names) else source.encoding


def _frame(
    where: str, layer: str, encoding: str | None, source: Source, driver: str
) -> tuple[pd.DataFrame, list[Fault]]:
    """Return the rows of a layer; texts that are not in their encoding are read as cp1252, and that is told."""
    how = {**AS_IT_STANDS, **(DATES_AS_TEXT if driver == "GeoJSON" else {})}
    try:
        return pyogrio.read_dataframe(where, layer=layer, encoding=encoding, **how), []
    except UnicodeDecodeError:
        frame = pyogrio.read_dataframe(where, layer=layer, encoding="cp1252", **how)
        found = Phrase("letters that are not UTF-8")
        return frame, [Fault(source.path, found, Phrase("UTF-8, or `encoding`; read as cp1252"), layer)]


def _meant(path: Path, source: Source) -> tuple[str, VectorFormat]:
    """Return how GDAL is told to open a file, and the one format that it is to find.

    Raises
    ------
    InputError
        Where the file starts as another kind, has a name that leads elsewhere, or refers to files or addresses elsewhere.
    """
    start, name, where = head(path), path.name, ""
    if is_zip(path):
        guard(path, source.path)
        inside = _shapefiles(path)
        if len(inside) != 1:
            raise _broken(source, Phrase("Shapefiles in the zip: {n}", n=len(inside)))
        name, where = inside[0], f"/vsizip/{{{path.absolute()}}}/{inside[0]}"
        start = next(member_head(path, ".shp"), b"")
    meant = format_of(start)
    if meant is None:
        raise _broken(source, Phrase("its first bytes are those of another kind of file"))
    if meant.suffixes and not name.lower().endswith(meant.suffixes):
        (suffix,) = meant.suffixes
        found = Phrase("it is {driver}, but its name does not end in {suffix}", driver=meant.driver, suffix=suffix)
        raise _broken(source, found)
    elsewhere = None if where else refers_elsewhere(path, meant)
    if elsewhere is not None:
        raise _broken(source, elsewhere)
    return where or address(path, meant), meant


def _parquet(path: Path, source: Source) -> Raw:
    """Read a Parquet file, with geometry where it is GeoParquet."""
    try:
        return _raw(gpd.read_parquet(path))
    except PARQUET_BROKEN as problem:
        raise _broken(source, problem) from problem
    except ValueError:  # geopandas says so where the file has no geometry: then it is a plain table
        try:
            return _raw(pd.read_parquet(path))
        except (*PARQUET_BROKEN, ValueError) as problem:
            raise _broken(source, problem) from problem


def _raw(frame: pd.DataFrame) -> Raw:
    """Return what was read, without its geometry column among the attributes."""
    spatial = isinstance(frame, gpd.GeoDataFrame) and frame.active_geometry_name is not None
    columns = pd.DataFrame(frame.drop(columns=frame.active_geometry_name) if spatial else frame).reset_index(drop=True)
    columns.columns = columns.columns.astype(str)
    crs = ""
    if spatial and frame.crs is not None and not frame.crs.name.startswith(NO_CRS):
        authority = frame.crs.to_authority()
        crs = ":".join(authority) if authority else frame.crs.to_wkt()
    return Raw(
        columns=columns,
        rows=np.arange(1, len(columns) + 1, dtype=np.int64),
        total=len(columns),
        geometry=frame.geometry.to_numpy(dtype=object) if spatial else None,
        crs=crs,
    )


def _layer(where: str, source: Source) -> str:
    """Return the layer to read: the one that the settings name, or the only one."""
    try:
        layers = {str(name): kind for name, kind in pyogrio.list_layers(where)}
    except CANNOT_OPEN as problem:
        raise _broken(source, problem) from problem
    listed = ", ".join(layers)
    if source.layer:
        if source.layer not in layers:
            wanted = Phrase("one of the layers in the file: {layers}", layers=listed)
            raise unusable(source.path, Phrase("no such layer"), wanted, layer=source.layer)
        return source.layer
    spatial = [name for name, kind in layers.items() if kind is not None] or list(layers)
    if len(spatial) != 1:
        wanted = Phrase("`layer` at this source, one of: {layers}", layers=listed)
        raise unusable(source.path, Phrase("{n} layers", n=len(spatial)), wanted)
    return spatial[0]


def _broken(source: Source, problem: Exception | Phrase) -> InputError:
    """Return the error that a file cannot be opened."""
    why = problem if isinstance(problem, Phrase) else str(problem).split(";", maxsplit=1)[0]
    found = Phrase("a file that cannot be opened: {problem}", problem=why)
    wanted = Phrase("a whole GeoPackage, GeoJSON, Shapefile, FlatGeobuf or GeoParquet; save it again")
    return unusable(source.path, found, wanted, layer=source.layer)


def _shapefiles(path: Path) -> list[str]:
    """Return the Shapefiles in an archive."""
    return [name for name in names_in(path) if name.lower().endswith(".shp")]


FORMAT_NAMES = {"GPKG": "GeoPackage", "ESRI Shapefile": "Shapefile", "JSONFG": "JSON-FG"}
VECTOR = Reader(
    name="vector",
    nl="GeoPackage, GeoJSON, Shapefile, FlatGeobuf, GeoParquet",
    en="GeoPackage, GeoJSON, Shapefile, FlatGeobuf, GeoParquet",
    suffixes=SUFFIXES,
    fits=fits,
    read=read,
    source="OGC 12-128r19 (GeoPackage), RFC 7946 (GeoJSON), Esri Shapefile 1998, flatgeobuf.org 3, geoparquet.org 1.1",
    about=about,
)
