"""The wishes of a city, placed or not, are counted the same in the answers, the JSON, the workbook, the GIS file and the map."""

import base64
import gzip
import json
import re
from dataclasses import replace
from pathlib import Path

import geopandas as gpd
import openpyxl
import pandas as pd
import pyogrio
import pytest
from shapely import Point

import hamlet
import hamlet_plan
from koppelkans.area import product as tables
from koppelkans.area.answers import answer_wishes, count_answers
from koppelkans.context.product import WISHES
from koppelkans.ground.horizon import Horizon
from koppelkans.ground.tables import shape
from koppelkans.report.forms import FORMS
from koppelkans.report.plan import Plan
from koppelkans.report.write import write_form


@pytest.fixture(scope="module")
def plan() -> Plan:
    """Return the hamlet with a wish of one street, of two, of a misspelt one and of none, the last two without a place."""
    plan = hamlet_plan.plan()
    rows = {
        "wish": ["one", "two", "misspelt", "none"],
        "text": ["Water in de Kerkweg", "De hoek van Dorpsstraat en Kerkweg", "Bomen in de Dorpstraat", "Meer groen"],
        "asks": ["water_main", "when", None, None],
        "section": ["S3", "S2", None, None],
        "area": ["East", "West", None, None],
        "source": "wensen",
    }
    spots = [Point(hamlet.X0 + 300, hamlet.Y0), Point(hamlet.X0 + 200, hamlet.Y0), None, None]
    context = replace(plan.context, wishes=shape(gpd.GeoDataFrame(rows, geometry=spots, crs=hamlet.CRS), WISHES))
    answers = answer_wishes(
        context, plan.vision, plan.programme.plan, settings=plan.settings, years=Horizon(2027, 2036)
    )
    counts = shape(count_answers(answers, context.areas), tables.WISH_COUNTS)
    areas = replace(plan.areas, answers=shape(answers, tables.ANSWERS), wish_counts=counts)
    return replace(plan, context=context, areas=areas)


def test_each_sort_of_wish_has_its_answer_and_its_street(plan: Plan):
    found = plan.areas.answers.set_index("wish")
    assert found["answer"].to_dict() == {"one": "yes", "two": "yes", "misspelt": "to_be_judged", "none": "to_be_judged"}
    assert found["street"].fillna("-").to_dict() == {
        "one": "Kerkweg", "two": "Dorpsstraat, Kerkweg", "misspelt": "-", "none": "-"
    }  # fmt: skip
    assert found.loc["misspelt", "proposed"] == "Dorpsstraat"
    assert found["distance_m"].isna().all()


def test_the_counts_are_read_back_the_same_from_every_file(plan: Plan, tmp_path: Path):
    wanted = plan.areas.answers["answer"].value_counts().to_dict()
    assert sum(wanted.values()) == len(plan.context.wishes) == 4
    names = ("json_export", "workbook", "geopackage", "map_page")
    made = [path for form in FORMS if form.name in names for path in write_form(form, plan, tmp_path)]
    files = {path.suffix: path for path in made if "schema" not in path.name}
    told = json.loads(files[".json"].read_text(encoding="utf-8"))["areas"]
    assert {word: sum(row[word] for row in told["wish_counts"]) for word in wanted} == wanted
    assert sum(row["wishes"] for row in told["wish_counts"]) == 4
    letters = re.search(r'id="facts">([^<]*)<', files[".html"].read_text(encoding="utf-8"))[1]
    shown = json.loads(gzip.decompress(base64.b64decode(letters)))["tables"]["wishes"]["columns"]["answer"]
    listed = shown if isinstance(shown, list) else [shown["texts"][code] for code in shown["at"]]
    assert pd.Series(listed).value_counts().to_dict() == wanted
    answered = [
        layer
        for name, _ in pyogrio.list_layers(files[".gpkg"])
        if {"wish", "answer"} <= set((layer := pyogrio.read_dataframe(files[".gpkg"], layer=name)).columns)
    ]
    assert {len(layer) for layer in answered} == {4}
    book = openpyxl.load_workbook(files[".xlsx"], read_only=True)
    cells = {cell for sheet in book for row in sheet.iter_rows(values_only=True) for cell in row}
    assert set(plan.areas.answers["why_nl"]) <= cells
