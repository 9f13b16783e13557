"""Everything as one GeoPackage with the styles of QGIS. (nl: geopackage)."""

import json
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import asdict
from pathlib import Path

import geopandas as gpd
import pandas as pd
import pyogrio

from koppelkans.ground.words import say
from koppelkans.report.contents import portable
from koppelkans.report.form import Form
from koppelkans.report.gis.layers import Layer, layers
from koppelkans.report.gis.project import METADATA, PROJECTS, project, project_name
from koppelkans.report.gis.styles import styles
from koppelkans.report.plan import Plan
from koppelkans.report.scope import scope_words

FILE = "koppelkans.gpkg"
MADE = "2000-01-01T00:00:00.000Z"
"""Date of change in the file: fixed, so that the same plan gives the same bytes."""
WRITING = {"OGR_CURRENT_DATE": MADE, "OGR_SQLITE_SYNCHRONOUS": "OFF"}
"""How GDAL writes here: with the clock standing still, and without waiting for the disk after every table."""
SQL = {"b": "BOOLEAN", "i": "INTEGER", "u": "INTEGER", "f": "REAL", "M": "DATETIME"}
"""Kind of a column = its type in the file; all else is text."""
DATA_COLUMNS = """CREATE TABLE gpkg_data_columns (
    table_name TEXT NOT NULL, column_name TEXT NOT NULL, name TEXT, title TEXT, description TEXT, mime_type TEXT,
    constraint_name TEXT, CONSTRAINT pk_gdc PRIMARY KEY (table_name, column_name),
    CONSTRAINT gdc_tn UNIQUE (table_name, name))"""
"""The table of the standard (its Schema extension) that says what columns are called."""
SCHEMA_EXTENSION = ("gpkg_data_columns", None, "gpkg_schema", "http://www.geopackage.org/spec121/#extension_schema", "read-write")  # fmt: skip
IDENTITY = "INTEGER PRIMARY KEY AUTOINCREMENT NOT NULL"
SPATIAL = {"points": None, "lines": True, "areas": True}
"""Per family whether every geometry becomes a multi-part: a layer holds one type, and streets may be either."""


def write(plan: Plan, folder: Path, lang: str) -> list[Path]:
    """Write every layer and table with the styles of QGIS; an older file is replaced."""
    path = folder / plan.viewer.file(FILE)
    path.unlink(missing_ok=True)
    made = layers(plan, lang)
    # GDAL opens the whole file again for each layer: only what needs it, a place or the file itself, goes that way.
    placed = [layer for layer in made if layer.family] or made[:1]
    with _writing():
        for position, layer in enumerate(placed):
            _put(layer, path, about=_about(plan, lang) if position == 0 else None)
    with closing(sqlite3.connect(path)) as base, base:
        base.execute("PRAGMA synchronous = OFF")
        for layer in made:
            if layer not in placed:
                _put_table(layer, base)
        _put_names(made, base)
        drawn = {layer.name: styles(plan, layer, lang) for layer in made}
        _put_styles(made, drawn, base)
        _put_project(project(plan, made, drawn, path.name, lang), base, lang)
    return [path]


@contextmanager
def _writing() -> Iterator[None]:
    """Let GDAL write as `WRITING` says, and after that as it did."""
    before = {name: pyogrio.get_gdal_config_option(name) for name in WRITING}
    pyogrio.set_gdal_config_options(WRITING)
    try:
        yield
    finally:
        pyogrio.set_gdal_config_options(before)


def _put(layer: Layer, path: Path, *, about: dict[str, str] | None) -> None:
    """Write one layer or table."""
    options = {"IDENTIFIER": layer.title, "DESCRIPTION": layer.about}
    if layer.family and isinstance(layer.frame, gpd.GeoDataFrame):
        options["GEOMETRY_NAME"] = "geometry"
    pyogrio.write_dataframe(
        layer.frame,
        path,
        layer=layer.name,
        driver="GPKG",
        append=path.exists(),
        promote_to_multi=SPATIAL.get(layer.family),
        layer_options=options,
        dataset_metadata=about,
    )


def _put_table(layer: Layer, base: sqlite3.Connection) -> None:
    """Write one table without places, and name it in the contents of the file."""
    frame = layer.frame.set_axis(pd.RangeIndex(1, len(layer.frame) + 1))
    types = {str(name): SQL.get(getattr(kind, "kind", ""), "TEXT") for name, kind in frame.dtypes.items()}
    moments = {
        name: frame[name].dt.strftime("%Y-%m-%dT%H:%M:%S.000Z") for name, sql in types.items() if sql == SQL["M"]
    }
    frame, key = frame.assign(**moments), "fid" if layer.key else "id"
    frame.to_sql(layer.name, base, index=True, index_label=key, dtype=types | {key: IDENTITY})
    base.execute(
        "INSERT INTO gpkg_contents (table_name, data_type, identifier, description, last_change) VALUES (?, ?, ?, ?, ?)",
        (layer.name, "attributes", layer.title, layer.about, MADE),
    )


def _put_names(made: list[Layer], base: sqlite3.Connection) -> None:
    """Write what each column is called, so that any GIS shows it in the language of the file."""
    base.execute(DATA_COLUMNS)
    base.execute("INSERT INTO gpkg_extensions VALUES (?, ?, ?, ?, ?)", SCHEMA_EXTENSION)
    rows = [
        (layer.name, column, column, layer.names[column])
        for layer in made
        for column in layer.frame.columns
        if column != "geometry" and column in layer.names
    ]
    base.executemany("INSERT INTO gpkg_data_columns (table_name, column_name, name, title) VALUES (?, ?, ?, ?)", rows)


def _put_styles(made: list[Layer], drawn: dict[str, list[tuple[str, str]]], base: sqlite3.Connection) -> None:
    """Write the styles in the table in which QGIS looks for them."""
    rows = [
        {
            "f_table_catalog": "",
            "f_table_schema": "",
            "f_table_name": layer.name,
            "f_geometry_column": "geometry",
            "styleName": name[:30],
            "styleQML": qml,
            "styleSLD": "",
            "useAsDefault": position == 0,
            "description": f"{layer.title}: {name}",
            "owner": "koppelkans",
            "ui": "",
            "update_time": pd.Timestamp(MADE).tz_localize(None),
        }
        for layer in made
        for position, (name, qml) in enumerate(drawn[layer.name])
    ]
    if rows:
        _put_table(Layer("", "layer_styles", "layer_styles", "", pd.DataFrame(rows)), base)


def _put_project(project: bytes, base: sqlite3.Connection, lang: str) -> None:
    """Write the project in the table in which QGIS looks for it, as QGIS does: a zip in hexadecimal letters."""
    base.execute(PROJECTS)
    base.execute("INSERT INTO qgis_projects VALUES (?, ?, ?)", (project_name(lang), METADATA, project.hex()))


def _about(plan: Plan, lang: str) -> dict[str, str]:
    """Return what the file says of itself."""
    city, years = plan.settings.city, plan.settings.horizon
    return {
        "TITLE": say("{city}: city programme {first}-{last}", lang, city=city.name, first=years.first, last=years.last),
        "CIRCLE": f"{plan.viewer.banner(lang)} {scope_words(plan, lang)}".strip(),
        "PRICE_YEAR": str(city.price_year),
        "VERSION": plan.programme.trace.version,
        "TRACE": json.dumps(asdict(portable(plan.programme.trace)), sort_keys=True, ensure_ascii=False),
    }


GEOPACKAGE = Form(
    name="geopackage",
    nl="GeoPackage voor QGIS",
    en="GeoPackage for QGIS",
    reader_nl="gis-specialist, beheerder, ontwerper",
    reader_en="GIS specialist, asset manager, designer",
    format="gpkg",
    files=(FILE,),
    write=write,
    circles=("inside", "public", "party"),
)
