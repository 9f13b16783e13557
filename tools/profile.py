"""Write the published profile from the code: its JSON Schema, and examples in every form. (nl: profiel)."""

import json
import sys
from datetime import date
from pathlib import Path

import shapely

from koppelkans.context.exchange.exporting import ExportedWorks, write
from koppelkans.context.exchange.planned_work import NAME, PROFILE, VERSION, PlannedWork, schema

FOLDER = Path(__file__).parents[1] / "docs" / "profile"
WORKS = [
    {"work": "riool-2029-014", "name": "Riool Dorpsstraat", "owner": "gemeente", "kind": "sewer_gravity", "imkl_theme": "rioolVrijverval", "measure": "9", "certainty": "gepland", "earliest_year": 2028, "best_year": 2029, "latest_year": 2031, "place_is": "exact", "accuracy_m": 0.5, "quantity": 412.5, "unit": "m", "cost_eur": 330000, "price_year": 2026, "digs": True, "resurfaces": True, "updated": "2026-11-01"},
    {"work": "W-771", "owner": "waterbedrijf", "partners": ["gemeente"], "kind": "water_main", "imkl_theme": "water", "measure": "9", "certainty": "voornemen", "earliest_year": 2028, "latest_year": 2033, "place_is": "sketch", "accuracy_m": 25.0, "visibility": {"certainty": "parties"}, "withheld": ["cost_eur", "price_year"]},
    {"work": "net-12", "owner": "netbeheerder", "imkl_theme": "middenspanning", "measure": "1", "certainty": "wens", "earliest_year": 2030, "place_is": "street", "withheld": ["kind", "cost_eur", "price_year", "name"]},
    {"work": "markt", "name": "Herinrichting Markt", "owner": "gemeente", "kind": "redesign", "certainty": "vast", "fixed_year": 2030, "start": "2030-03-04", "end": "2030-10-18", "place_is": "sketch", "mandatory": False},
]  # fmt: skip
PLACES = [
    shapely.LineString([(180_000.0, 456_000.0), (180_300.0, 456_040.0), (180_410.0, 456_055.0)]),
    shapely.LineString([(180_020.0, 456_006.0), (180_390.0, 456_058.0)]),
    shapely.MultiLineString(
        [[(180_000.0, 456_010.0), (180_200.0, 456_035.0)], [(180_200.0, 456_035.0), (180_215.0, 456_190.0)]]
    ),
    shapely.box(180_400.0, 456_050.0, 180_460.0, 456_110.0),
]
"""Invented works at invented places in RD."""


def main() -> None:
    """Write the schema and the examples."""
    (FOLDER / "examples").mkdir(parents=True, exist_ok=True)
    text = json.dumps(schema(), indent=1, ensure_ascii=False) + "\n"
    (FOLDER / f"{NAME}-{VERSION}.schema.json").write_text(text, encoding="utf-8")
    works = [PlannedWork.model_validate_json(json.dumps({**one, "profile": PROFILE})) for one in WORKS]
    out = ExportedWorks(works, PLACES, "EPSG:28992", 0, "parties")
    for suffix in (".geojson", ".gpkg", ".csv", ".xlsx"):
        path = FOLDER / "examples" / f"{NAME}{suffix}"
        write(out, path, issuer="Gemeente Voorbeeld", licence="CC0-1.0", today=date(2026, 11, 29))
    sys.stdout.write(f"written: {FOLDER}\n")


if __name__ == "__main__":
    main()
