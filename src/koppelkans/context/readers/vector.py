"""Vector files: GeoPackage, GeoJSON, Shapefile (also zipped), FlatGeobuf and GeoParquet. (nl: vectorbestanden)."""

import logging
import warnings
from pathlib import Path

import geopandas as gpd
import numpy as np
import pandas as pd
import pyarrow as pa
import pyogrio
from pyogrio.errors import CRSError, DataLayerError, DataSourceError, FeatureError, FieldError, GeometryError

from koppelkans.context.reading.archive import guard, is_zip, member_head, names_in
from koppelkans.context.reading.reader import Raw, Reader, head, unusable
from koppelkans.ground.errors import InputError
from koppelkans.ground.settings import Source
from koppelkans.ground.words import Phrase

log = logging.getLogger(__name__)

SUFFIXES = (".gpkg", ".geojson", ".json", ".shp", ".fgb", ".parquet", ".geoparquet")
STARTS = (b"SQLite format 3", b"fgb\x03", b"PAR1", b"\x00\x00\x27\x0a")
"""First bytes of GeoPackage, FlatGeobuf, Parquet and Shapefile."""
CANNOT_OPEN = (
    DataSourceError,
    DataLayerError,
    FeatureError,
    FieldError,
    GeometryError,
    CRSError,
    UnicodeDecodeError,
)
NO_CRS = ("Undefined", "Unknown")
"""Names that files give to a CRS that they do not know."""


def fits(path: Path) -> bool:
    """Tell whether a file is a vector file, by its first bytes or as GeoJSON; a zip where it holds one Shapefile."""
    if is_zip(path):
        return len(_shapefiles(path)) == 1
    start = head(path)
    return start.startswith(STARTS) or (_is_json(start) and b'"features"' in start)


def read(path: Path, source: Source) -> Raw:
    """Read one layer; a shape that cannot be made of its coordinates is missing, its row stays.

    Raises
    ------
    InputError
        Where the file cannot be opened, or holds several layers and the settings name none.
    """
    start, where = head(path), str(path)
    if start.startswith(b"PAR1"):
        return _parquet(path, source)
    if is_zip(path):
        guard(path, source.path)
        where = f"/vsizip/{path}/{_shapefiles(path)[0]}"
        start = next(member_head(path, ".shp"))
    if not start.startswith(STARTS) and not _is_json(start):
        # GDAL would look at the content and open other kinds too, some of which fetch files from elsewhere.
        raise _broken(source, Phrase("its first bytes are those of another kind of file"))
    layer = _layer(where, source)
    with warnings.catch_warnings(record=True) as told:
        warnings.simplefilter("always")
        try:
            frame = pyogrio.read_dataframe(
                where,
                layer=layer,
                encoding=source.encoding if source.encoding.lower() not in ("utf-8", "utf8") else None,
                on_invalid="ignore",
                datetime_as_string=True,
            )
        except CANNOT_OPEN as problem:
            raise _broken(source, problem) from problem
    for warning in told:
        log.info("%s: %s", source.path, warning.message)
    return _raw(frame)


def _parquet(path: Path, source: Source) -> Raw:
    """Read a Parquet file, with geometry where it is GeoParquet."""
    try:
        return _raw(gpd.read_parquet(path))
    except (pa.ArrowException, OSError) as problem:
        raise _broken(source, problem) from problem
    except ValueError:  # geopandas says so where the file has no geometry: then it is a plain table
        try:
            return _raw(pd.read_parquet(path))
        except (pa.ArrowException, OSError) as problem:
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
    except DataSourceError as problem:
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


def _is_json(start: bytes) -> bool:
    """Tell whether the first bytes are those of a JSON object."""
    return start.removeprefix(b"\xef\xbb\xbf").lstrip().startswith(b"{")


def _shapefiles(path: Path) -> list[str]:
    """Return the Shapefiles in an archive."""
    return [name for name in names_in(path) if name.lower().endswith(".shp")]


VECTOR = Reader(
    name="vector",
    nl="GeoPackage, GeoJSON, Shapefile, FlatGeobuf, GeoParquet",
    en="GeoPackage, GeoJSON, Shapefile, FlatGeobuf, GeoParquet",
    suffixes=SUFFIXES,
    fits=fits,
    read=read,
    source="OGC 12-128r19 (GeoPackage), RFC 7946 (GeoJSON), Esri Shapefile 1998, flatgeobuf.org 3, geoparquet.org 1.1",
)
