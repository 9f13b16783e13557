"""Open data: tables as CSV and GeoJSON with a licence and what each column means. (nl: open data)."""

import json
from collections.abc import Mapping
from html import escape
from pathlib import Path
from typing import Any

import geopandas as gpd
import pandas as pd
import pyogrio

from koppelkans.ground.crs import leave
from koppelkans.ground.tables import GEOMETRY, NUMBER, TEXT, WHOLE, WHOLE_OR_UNKNOWN, YES_NO, Column, Schema
from koppelkans.ground.words import say
from koppelkans.report.form import Form
from koppelkans.report.plain_page import plain_page
from koppelkans.report.plan import Plan
from koppelkans.report.scope import scope_words
from koppelkans.report.table import tables, words_of

FOLDER, INDEX, PACKAGE, COLUMNS, GEOPACKAGE = "opendata", "opendata.html", "datapackage.json", "kolommen.csv", "koppelkans.gpkg"  # fmt: skip
FILES = {
    "werken": "context.works",
    "programma": "programme.plan",
    "straten": "context.sections",
    "werken-per-straat": "context.touches",
    "openingen": "programme.open",
    "bundels": "programme.bundles",
    "gebieden": "context.areas",
    "gebieden-samengevat": "areas.summary",
    "ambities-per-gebied": "areas.stack",
    "wensen-per-gebied": "areas.wish_counts",
    "rekening": "account.figures",
    "rekening-per-jaar": "account.years",
}
"""Name of the file = table; what people wrote themselves and whom to phone stands in none of them."""
ADDED = {"context.works": ("programme.plan", ("year", "bundle"))}
"""Columns of another table that stand in the file too, so that one file says what happens when."""
LICENCES = {
    "CC-BY-4.0": "https://creativecommons.org/licenses/by/4.0/deed.nl",
    "CC0-1.0": "https://creativecommons.org/publicdomain/zero/1.0/deed.nl",
}
TYPES = {TEXT: "string", WHOLE: "integer", WHOLE_OR_UNKNOWN: "integer", NUMBER: "number", YES_NO: "boolean"}
PLACES = {"driver": "GeoJSON", "RFC7946": "YES", "COORDINATE_PRECISION": "7", "WRITE_NAME": "NO"}


def write(plan: Plan, folder: Path, lang: str) -> list[Path]:
    """Write each table as CSV, those with a place as GeoJSON too, and what they mean."""
    (folder / FOLDER).mkdir(parents=True, exist_ok=True)
    named = plan.viewer.file
    paths, dictionary, resources = [], [], []
    for name, table in FILES.items():
        frame, columns = _table(plan, table)
        bare = pd.DataFrame(frame.drop(columns="geometry", errors="ignore"))
        csv = folder / FOLDER / named(f"{name}.csv")
        bare.to_csv(csv, index=False, encoding="utf-8", lineterminator="\r\n")
        paths.append(csv)
        resources.append(_resource(csv.name, table, columns, lang))
        dictionary += _told(name, columns, bare, lang)
        if isinstance(frame, gpd.GeoDataFrame):
            geojson = folder / FOLDER / named(f"{name}.geojson")
            pyogrio.write_dataframe(leave(frame), geojson, **PLACES)
            paths.append(geojson)
            resources.append({"name": f"{name}-geojson", "path": geojson.name, "format": "geojson", "title": tables()[table].called(lang)})  # fmt: skip
    resources.append({"name": "geopackage", "path": f"../{named(GEOPACKAGE)}", "format": "gpkg", "title": say("Everything for GIS, with styles for QGIS", lang)})  # fmt: skip
    columns_file, package = folder / FOLDER / named(COLUMNS), folder / FOLDER / named(PACKAGE)
    pd.DataFrame(dictionary).to_csv(columns_file, index=False, encoding="utf-8", lineterminator="\r\n")
    package.write_text(json.dumps(_package(plan, resources, lang), ensure_ascii=False, indent=1) + "\n", encoding="utf-8", newline="\n")  # fmt: skip
    index = folder / named(INDEX)
    index.write_text(_page(plan, resources, dictionary, lang), encoding="utf-8", newline="\n")
    return [index, *paths, columns_file, package]


def _table(plan: Plan, table: str) -> tuple[pd.DataFrame, dict[str, Column]]:
    """Return a table as it goes out, in the order of its key, with its columns."""
    room, _, name = table.partition(".")
    schema: Schema = tables()[table]
    frame = getattr(getattr(plan, room), name).sort_values([*schema.key], ignore_index=True)
    columns = dict(schema.columns)
    if table in ADDED:
        other, more = ADDED[table]
        room, _, name = other.partition(".")
        rows = getattr(getattr(plan, room), name).set_index([*schema.key])
        frame = frame.assign(**{one: rows[one].reindex(frame[schema.key[0]]).array for one in more})
        columns |= {one: tables()[other].columns[one] for one in more}
    return frame, columns


def _resource(file: str, table: str, columns: Mapping[str, Column], lang: str) -> dict[str, Any]:
    """Return one file of the data package, with its fields."""
    schema = tables()[table]
    fields = [
        {"name": name, "type": TYPES[column.dtype], "title": column.heading(lang), "description": column.told(lang)}
        for name, column in columns.items()
        if column.dtype != GEOMETRY
    ]
    return {
        "name": file.removesuffix(".csv"), "path": file, "format": "csv", "encoding": "utf-8", "title": schema.called(lang),
        "description": schema.told(lang), "schema": {"fields": fields, "primaryKey": list(schema.key)},
    }  # fmt: skip


def _told(file: str, columns: Mapping[str, Column], frame: pd.DataFrame, lang: str) -> list[dict[str, str]]:
    """Return what each column of a file means, its unit, and what its codes stand for."""
    rows = []
    for name, column in columns.items():
        if column.dtype == GEOMETRY:
            continue
        codes: Mapping[str, str] = {}
        if isinstance(column.codes, Mapping):
            codes = words_of(column, frame[name], names={}, lang=lang)
        rows.append(
            {
                "file": file,
                "column": name,
                "heading": column.heading(lang),
                "meaning": column.told(lang),
                "type": TYPES[column.dtype],
                "unit": column.unit,
                "codes": "; ".join(f"{code} = {word}" for code, word in codes.items()),
            }
        )
    return rows


def _package(plan: Plan, resources: list[dict[str, Any]], lang: str) -> dict[str, Any]:
    """Return the description of the whole set, as a Frictionless data package."""
    licence, sources = plan.settings.report.licence, plan.context.understood
    given = {"name": licence} | ({"path": LICENCES[licence]} if licence in LICENCES else {})
    known = sources[["source", "licence"]].dropna().drop_duplicates().sort_values("source")
    return {
        "name": "koppelkans-openbaar",
        "title": _title(plan, lang),
        "description": " ".join(_about(plan, lang)),
        "licenses": [given],
        "sources": [{"title": f"{source} ({words})"} for source, words in known.itertuples(index=False)],
        "resources": resources,
    }


def _title(plan: Plan, lang: str) -> str:
    """Return what the set is called."""
    years = plan.settings.years
    return say("Open data of the city programme {city} {first}–{last}", lang, city=plan.settings.city.name, first=years.first, last=years.last)  # fmt: skip


def _about(plan: Plan, lang: str) -> list[str]:
    """Return what a reader must know before the first row."""
    return [
        f"{plan.viewer.banner(lang)} {scope_words(plan, lang)}".strip(),
        say("Amounts are in whole euros at the price level of {year}. An empty cell is unknown or not public, never zero.", lang, year=plan.settings.city.price_year),
        say("GeoJSON is in longitude and latitude (WGS 84).", lang),
    ]  # fmt: skip


def _page(plan: Plan, resources: list[dict[str, Any]], dictionary: list[dict[str, str]], lang: str) -> str:
    """Return the page that says what there is, under which licence, and what each column means."""
    licence = plan.settings.report.licence
    link = f'<a href="{LICENCES[licence]}">{escape(licence)}</a>' if licence in LICENCES else escape(licence)
    body = [f"<h1>{escape(_title(plan, lang))}</h1>", *(f"<p>{escape(text)}</p>" for text in _about(plan, lang))]
    body += [f"<p>{escape(say('Licence:', lang))} {link}</p>", f"<h2>{escape(say('Files', lang))}</h2><ul>"]
    body += [f'<li><a href="{FOLDER}/{one["path"]}">{escape(one["path"].rpartition("/")[2])}</a> {escape(one["title"])}' for one in resources]  # fmt: skip
    body.append("</ul>")
    for file in FILES:
        body.append(f"<h2>{file}</h2><ul>")
        body += [
            f"<li><b>{escape(row['column'])}</b> {escape(row['meaning'])}"
            + (f" ({row['unit']})" if row["unit"] else "")
            for row in dictionary
            if row["file"] == file
        ]
        body.append("</ul>")
    return plain_page(_title(plan, lang), body, lang=lang)


OPEN_DATA = Form(
    name="open_data",
    nl="open data",
    en="open data",
    reader_nl="inwoners, journalisten, onderzoekers en ontwikkelaars",
    reader_en="residents, journalists, researchers and developers",
    format="csv",
    files=(INDEX, f"{FOLDER}/*.csv", f"{FOLDER}/*.geojson", f"{FOLDER}/*.json"),
    write=write,
    circles=("public",),
)
