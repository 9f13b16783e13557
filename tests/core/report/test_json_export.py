"""Everything as JSON: valid against its own schema, unknown as null, places in longitude and latitude."""

import json
from dataclasses import replace
from pathlib import Path

import jsonschema
import numpy as np
import pytest
import shapely

import hamlet_plan
from koppelkans.ground.trace import SourceMark, Trace
from koppelkans.report.contents import contents, portable, products
from koppelkans.report.forms.json_export import JSON_EXPORT, json_schema
from koppelkans.report.plan import Plan

TEXT = 'Kerk/straat "Oost" \\ aan het\nwater\u2028én <b>meer</b> ☂'


@pytest.fixture(scope="module")
def plan() -> Plan:
    return hamlet_plan.plan()


def written(plan: Plan, folder: Path, lang: str = "nl") -> dict:
    path, _ = JSON_EXPORT.write(plan, folder, lang)
    return json.loads(path.read_text(encoding="utf-8"))


def test_the_file_holds_to_its_own_schema(plan: Plan, tmp_path: Path):
    made = written(plan, tmp_path)
    schema = json.loads((tmp_path / made["$schema"]).read_text(encoding="utf-8"))
    jsonschema.Draft202012Validator.check_schema(schema)
    jsonschema.Draft202012Validator(schema).validate(made)


def test_the_schema_refuses_what_the_tables_refuse(plan: Plan, tmp_path: Path):
    judge = jsonschema.Draft202012Validator(json_schema(plan))
    made = written(plan, tmp_path)
    made["context"]["works"][0]["certainty"] = "misschien"
    made["programme"]["plan"][0]["year"] = "2030"
    del made["weighing"]["ranking"][0]["rank"]
    assert len(list(judge.iter_errors(made))) == 3


def test_every_table_of_every_room_is_there_with_all_its_rows(plan: Plan, tmp_path: Path):
    made = written(plan, tmp_path)
    counts = {(content.room, content.name): len(content.frame) for content in contents(plan)}
    assert counts == {key: len(made[key[0]][key[1]]) for key in counts}
    assert len(counts) > 40
    assert all("trace" in made[room] for room in products(plan))


def test_unknown_is_null_and_whole_numbers_stay_whole(plan: Plan, tmp_path: Path):
    made = written(plan, tmp_path)
    last = made["programme"]["plan"][-1]
    assert (last["work"], last["year"], last["bundle"], last["cost_eur"]) == ("w-paving-4", None, None, None)
    assert made["programme"]["plan"][0]["year"] == 2030
    assert made["context"]["assets"][5]["length_m"] is None
    assert made["context"]["works"][0]["digs"] is True


def test_places_are_geojson_in_longitude_and_latitude(plan: Plan, tmp_path: Path):
    made = written(plan, tmp_path)["context"]["sections"][0]["geometry"]
    assert made["type"] == "LineString"
    # 150,000 400,000 in RD, by the formulas of Schreutelkamp and Strang van Hees
    assert made["coordinates"][0] == pytest.approx([5.31505, 51.58889], abs=2e-5)


def test_a_find_without_a_place_has_none(plan: Plan, tmp_path: Path):
    finds = plan.opportunities.finds
    nowhere = finds.set_geometry(np.array([None, shapely.Point(150_000, 400_000)], dtype=object), crs=finds.crs)
    made = written(replace(plan, opportunities=replace(plan.opportunities, finds=nowhere)), tmp_path)
    assert [find["geometry"] is None for find in made["opportunities"]["finds"]] == [True, False]


def test_any_text_comes_out_as_it_went_in(plan: Plan, tmp_path: Path):
    sections = plan.context.sections.assign(name=TEXT)
    made = written(replace(plan, context=replace(plan.context, sections=sections)), tmp_path)
    assert {section["name"] for section in made["context"]["sections"]} == {TEXT}


def test_a_figure_that_is_no_number_is_unknown(plan: Plan, tmp_path: Path):
    odd = replace(plan.programme, value={"value_eur": float("nan"), "solver": "HiGHS"})
    made = written(replace(plan, programme=odd), tmp_path)
    assert made["programme"]["value"] == {"value_eur": None, "solver": "HiGHS"}


def test_written_twice_the_files_have_the_same_bytes(plan: Plan, tmp_path: Path):
    (tmp_path / "again").mkdir()
    pairs = zip(JSON_EXPORT.write(plan, tmp_path, "nl"), JSON_EXPORT.write(plan, tmp_path / "again", "nl"), strict=True)
    assert all(one.read_bytes() == other.read_bytes() for one, other in pairs)


def test_the_trace_goes_along_without_folders_of_this_machine(plan: Plan, tmp_path: Path):
    trace = written(plan, tmp_path)["programme"]["trace"]
    assert trace["solver"] == "HiGHS"
    assert trace["sources"][0]["path"] == "riool.gpkg"
    assert "/home/" not in (tmp_path / "koppelkans-intern.json").read_text(encoding="utf-8")


def test_a_path_within_the_city_folder_stays_in_the_trace():
    mark = SourceMark("riool", "bron/riool.gpkg", "0" * 64, "2026-05-01T12:00:00+00:00", 1)
    assert portable(Trace("1", sources=(mark,), city_folder="/somewhere")) == Trace("1", sources=(mark,))
