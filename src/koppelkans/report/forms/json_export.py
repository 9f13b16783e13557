"""Everything as one JSON file, with its JSON Schema. (nl: alles als JSON)."""

import json
import math
from dataclasses import asdict, fields
from pathlib import Path
from typing import Any, TextIO

import geopandas as gpd
import numpy as np
import pandas as pd
import shapely

from koppelkans.ground.crs import leave
from koppelkans.ground.shelf import Product
from koppelkans.ground.tables import GEOMETRY, NUMBER, TEXT, WHOLE, WHOLE_OR_UNKNOWN, YES_NO, Column, Schema
from koppelkans.report.circle import INSIDE
from koppelkans.report.contents import contents, portable, products
from koppelkans.report.form import Form
from koppelkans.report.plan import Plan
from koppelkans.report.scope import scope_words

FILE, SCHEMA_FILE = "koppelkans.json", "koppelkans.schema.json"
DECIMALS = 7
"""Decimals of longitude and latitude: 1 cm."""
TYPES = {TEXT: "string", WHOLE: "integer", WHOLE_OR_UNKNOWN: "integer", NUMBER: "number", YES_NO: "boolean"}


def write(plan: Plan, folder: Path, lang: str) -> list[Path]:
    """Write the plan as JSON, and its JSON Schema.

    Unknown is null, places are GeoJSON in longitude and latitude.
    """
    path, schema_path = (folder / plan.viewer.file(file) for file in (FILE, SCHEMA_FILE))
    with path.open("w", encoding="utf-8", newline="\n") as stream:
        stream.write(f'{{\n"$schema": {json.dumps(schema_path.name)},\n"about": {_plain(_about(plan, lang))},\n')
        shown = None if plan.viewer == INSIDE else {"city", "horizon"}
        stream.write(f'"settings": {_plain(plan.settings.model_dump(mode="json", include=shown))}')
        for room, product in products(plan).items():
            stream.write(f',\n"{room}": {{\n')
            _write_product(product, stream)
            stream.write("\n}")
        stream.write("\n}\n")
    schema_path.write_text(json.dumps(json_schema(plan), indent=1, ensure_ascii=False) + "\n", "utf-8", newline="\n")
    return [path, schema_path]


def json_schema(plan: Plan) -> dict[str, Any]:
    """Return the JSON Schema (2020-12) of the file, made of the schemas of the tables."""
    rooms: dict[str, Any] = {}
    for content in contents(plan):
        room = rooms.setdefault(
            content.room, {"type": "object", "properties": {"trace": {"type": "object"}}, "required": ["trace"]}
        )
        room["properties"][content.name] = _table_schema(content.schema)
        room["required"].append(content.name)
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "Koppelkans plan",
        "description": "Ambitions, context, opportunities, costs, weighing and programme of a city. Unknown is null.",
        "type": "object",
        "properties": {
            "$schema": {"type": "string"},
            "about": {"type": "object"},
            "settings": {"type": "object"},
            **rooms,
        },
        "required": ["about", "settings", *rooms],
        "$defs": {
            "geometry": {
                "description": "GeoJSON geometry (RFC 7946), longitude and latitude",
                "type": "object",
                "properties": {
                    "type": {"type": "string"},
                    "coordinates": {"type": "array"},
                    "geometries": {"type": "array"},
                },
                "required": ["type"],
            }
        },
    }


def _about(plan: Plan, lang: str) -> dict[str, Any]:
    """Return what the reader must know before the first row."""
    city, years = plan.settings.city, plan.settings.horizon
    return {
        "circle": plan.viewer.circle,
        "circle_words": plan.viewer.banner(lang),
        "not_in_totals": scope_words(plan, lang) or None,
        "city": city.name,
        "first_year": years.first,
        "last_year": years.last,
        "price_year": city.price_year,
        "coordinates": "longitude, latitude (WGS 84)",
        "lang": lang,
        "version": plan.programme.trace.version,
    }


def _write_product(product: Product, stream: TextIO) -> None:
    """Write one product: its tables one row per line, its plain fields, and its trace.

    What is made of tables itself, as the problem that a programme answers, stays on the shelf: its rows are in the other rooms.
    """
    for part in fields(product):  # type: ignore[arg-type]
        value = getattr(product, part.name)
        if isinstance(value, pd.DataFrame):
            stream.write(f'"{part.name}": [\n' + ",\n".join(_rows(value)) + "\n],\n")
        elif part.name != "trace" and not hasattr(value, "TABLES"):
            stream.write(f'"{part.name}": {_plain(value)},\n')
    stream.write(f'"trace": {_plain(asdict(portable(product.trace)))}')


def _rows(table: pd.DataFrame) -> list[str]:
    """Return each row of a table as a JSON object."""
    if table.empty:
        return []
    bare = table.drop(columns="geometry") if isinstance(table, gpd.GeoDataFrame) else table
    text = pd.DataFrame(bare).to_json(orient="records", lines=True, force_ascii=False, double_precision=15)
    rows: list[str] = text.replace("\\/", "/").strip("\n").split("\n")
    if not isinstance(table, gpd.GeoDataFrame):
        return rows
    places = leave(table).geometry.to_numpy()
    rounded = shapely.transform(places, lambda points: np.round(points, DECIMALS))
    written = [place or "null" for place in shapely.to_geojson(rounded)]
    return [f'{row[:-1]},"geometry":{place}}}' for row, place in zip(rows, written, strict=True)]


def _table_schema(schema: Schema) -> dict[str, Any]:
    """Return the JSON Schema of one table."""
    return {
        "description": schema.meaning,
        "type": "array",
        "items": {
            "type": "object",
            "properties": {name: _column_schema(column) for name, column in schema.columns.items()},
            "required": list(schema.columns),
            "additionalProperties": False,
        },
    }


def _column_schema(column: Column) -> dict[str, Any]:
    """Return the JSON Schema of one column."""
    made: dict[str, Any] = {"description": column.meaning}
    if column.dtype == GEOMETRY:
        place = {"$ref": "#/$defs/geometry"}
        return made | (place if column.known else {"anyOf": [place, {"type": "null"}]})
    kind = TYPES[column.dtype]
    made["type"] = kind if column.known else [kind, "null"]
    if column.one_of:
        made["enum"] = [*column.one_of] if column.known else [*column.one_of, None]
    limits = {"minimum": column.least, "maximum": column.most}
    return made | {name: limit for name, limit in limits.items() if limit is not None}


def _plain(value: object) -> str:
    """Return plain values as JSON; a number that is not a number is unknown."""
    return json.dumps(_known(value), ensure_ascii=False, allow_nan=False)


def _known(value: object) -> object:
    """Return plain values with None for every number that is not finite."""
    if isinstance(value, dict):
        return {key: _known(part) for key, part in value.items()}
    if isinstance(value, list | tuple):
        return [_known(part) for part in value]
    return None if isinstance(value, float) and not math.isfinite(value) else value


JSON_EXPORT = Form(
    name="json_export",
    nl="alles als JSON",
    en="everything as JSON",
    reader_nl="ontwikkelaar, onderzoeker, gegevensbeheerder",
    reader_en="developer, researcher, data steward",
    format="json",
    files=(FILE, SCHEMA_FILE),
    write=write,
    circles=("inside", "public"),
)
