"""Files in the formats of cities and partners, from GeoPackage to CSV and XLSX. (nl: bestanden)."""

import datetime as dt
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import NamedTuple

import geopandas as gpd
import pandas as pd
import pyogrio
import shapely

from koppelkans.ground.crs import leave
from koppelkans.ground.settings import FILE_NAME

MADE_ON = dt.datetime(2026, 1, 5, 12, 0, 0)  # noqa: DTZ001
"""The day on which every invented file says that it was made, so that the same seed gives the same bytes."""


class File(NamedTuple):
    """The file of a layer: its path in the city folder, layer name and point columns.

    The ending tells the format.
    """

    path: str
    layer: str = ""
    points: str = ""
    separator: str = ","


FILES = {
    "wegvakken": File("wegen/wegvakken.gpkg", "wegvakken"),
    "verharding": File("wegen/verharding.gpkg", "verharding"),
    "verlichting": File("wegen/verlichting.csv", points="xy", separator=";"),
    "bruggen": File("wegen/bruggen.geojson"),
    "kademuren": File("wegen/kademuren.gpkg", "kademuren"),
    "strengen": File("riolering/riool.gpkg", "strengen"),
    "putten": File("riolering/riool.gpkg", "putten"),
    "persleiding": File("riolering/riool.gpkg", "persleiding"),
    "bomen": File("groen/bomen.csv", points="wkt"),
    "plantsoen": File("groen/plantsoen.parquet"),
    "waterleiding": File("netten/waterleiding.shp"),
    "gasleiding": File("netten/gasleiding.geojson"),
    "kabels": File("netten/kabels.parquet"),
    "warmtenet": File("netten/warmtenet.gpkg", "trace"),
    "topografie": File("kaart/topografie.fgb"),
    "adressen": File("kaart/adressen.gpkg", "adressen"),
    "buurten": File("kaart/buurten.gpkg", "buurten"),
    "voorzieningen": File("kaart/voorzieningen.geojson"),
    "knelpunten": File("kaart/knelpunten.geojson"),
    "wateroverlast": File("kaart/wateroverlast.gpkg", "wateroverlast"),
    "projecten": File("plannen/projecten.gpkg", "projecten"),
    "waterbedrijf": File("plannen/waterbedrijf.xlsx", "Planning"),
    "netplannen": File("plannen/netbeheerder.geojson"),
    "warmteplan": File("plannen/warmtebedrijf.gpkg", "plannen"),
    "derden": File("plannen/derden.csv", points="wkt", separator=";"),
    "wensen": File("bewoners/wensen.csv", points="lonlat"),
}
"""Every file of the city, by the name of its source."""


def in_town(name: str) -> bool:
    """Tell whether a file in a city folder is called as one of the invented town."""
    return name == FILE_NAME or Path(name).with_suffix("") in {
        Path(file.path).with_suffix("") for file in FILES.values()
    }


def write_files(layers: dict[str, gpd.GeoDataFrame], folder: Path) -> list[str]:
    """Write every layer that has rows, and return the names of those that were written."""
    named = [name for name in FILES if len(layers.get(name, ()))]
    with _one_date():
        for name in named:
            file = FILES[name]
            path = folder / file.path
            path.parent.mkdir(parents=True, exist_ok=True)
            _write(layers[name], path, file)
    return named


def _write(frame: gpd.GeoDataFrame, path: Path, file: File) -> None:
    """Write one layer in the format of its ending."""
    if path.suffix == ".csv":
        _told(frame, file.points).to_csv(path, index=False, sep=file.separator, encoding="utf-8", lineterminator="\n")
    elif path.suffix == ".xlsx":
        _write_workbook(frame, path, file.layer)
    elif path.suffix == ".parquet":
        frame.to_parquet(path, index=False)
    elif path.suffix == ".geojson":
        pyogrio.write_dataframe(leave(frame), path, driver="GeoJSON", RFC7946="YES", COORDINATE_PRECISION=8)
    elif path.suffix == ".shp":
        day = MADE_ON.date().isoformat()
        pyogrio.write_dataframe(frame, path, driver="ESRI Shapefile", encoding="UTF-8", DBF_DATE_LAST_UPDATE=day)
    elif path.suffix == ".fgb":
        pyogrio.write_dataframe(frame, path, driver="FlatGeobuf", geometry_type="Unknown")
    else:
        path_is_there = path.exists()
        pyogrio.write_dataframe(frame, path, driver="GPKG", layer=file.layer, append=path_is_there)


def _told(frame: gpd.GeoDataFrame, how: str) -> pd.DataFrame:
    """Return a table that tells its geometry as WKT, as x and y, or as longitude and latitude; empty where a row has none."""
    plain = pd.DataFrame(frame.drop(columns="geometry"))
    if how == "wkt":
        text = shapely.to_wkt(frame.geometry.to_numpy(), rounding_precision=2)
        return plain.assign(wkt=text)
    points = (leave(frame) if how == "lonlat" else frame).geometry
    names, digits = (("lon", "lat"), 7) if how == "lonlat" else (("x", "y"), 2)
    return plain.assign(**{names[0]: points.x.round(digits), names[1]: points.y.round(digits)})


def _write_workbook(frame: pd.DataFrame, path: Path, sheet: str) -> None:
    """Write a workbook with one sheet and a fixed date of making."""
    with pd.ExcelWriter(path, engine="xlsxwriter") as book:
        frame.to_excel(book, sheet_name=sheet, index=False)
        book.book.set_properties({"created": MADE_ON, "author": "", "title": sheet})


@contextmanager
def _one_date() -> Iterator[None]:
    """Let GDAL write one fixed date while files are made."""
    pyogrio.set_gdal_config_options({"OGR_CURRENT_DATE": MADE_ON.strftime("%Y-%m-%dT%H:%M:%S.000Z")})
    try:
        yield
    finally:
        pyogrio.set_gdal_config_options({"OGR_CURRENT_DATE": None})
