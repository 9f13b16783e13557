"""Records in JSON, as portals, ESRI and registers write them; each file is invented."""

import json
from pathlib import Path

import pytest

from koppelkans.context.readers.json_records import JSON_RECORDS
from koppelkans.context.reading.opening import pick
from koppelkans.context.reading.reader import Raw
from koppelkans.ground.errors import InputError
from koppelkans.ground.settings import Source

SOURCE = Source(name="plan", role="works", path="plan.json")
SPOT = {"type": "Point", "coordinates": [5.1, 52.1]}


def read(folder: Path, content: object) -> Raw:
    """Write content as a file, and return what the reader that takes it makes of it."""
    path = folder / "plan.json"
    path.write_text(content if isinstance(content, str) else json.dumps(content), encoding="utf-8")
    assert pick(path, SOURCE) is JSON_RECORDS
    return JSON_RECORDS.read(path, SOURCE)


@pytest.mark.parametrize(
    "content",
    [
        [{"nr": "a", "plek": SPOT}],
        {"records": [{"record": {"id": "7", "fields": {"nr": "a", "plek": SPOT}}}]},
        {"result": {"total": 1, "records": [{"nr": "a", "plek": SPOT}]}},
        {"results": [{"nr": "a", "plek": {"type": "Feature", "geometry": SPOT}, "punt": {"lon": 5.2, "lat": 52.2}}]},
        [{"nr": "a", "plek": json.dumps(SPOT)}],
        [{"nr": "a", "plek": {"lon": "5.1", "lat": 52.1}}],
        (
            '{"nr": "a", "plek": {"type": "Point", "coordinates": [5.1, 52.1]}}\n'
            '{"nr": "b", "plek": {"type": "Point", "coordinates": [5.1, 52.1]}}\n'
        ),
        {
            "geometryType": "esriGeometryPoint",
            "spatialReference": {"wkid": 4326},
            "features": [{"attributes": {"nr": "a"}, "geometry": {"x": 5.1, "y": 52.1}}],
        },
    ],
)
def test_a_record_has_its_attributes_and_its_place_whatever_is_around_it(tmp_path: Path, content: object):
    raw = read(tmp_path, content)
    assert raw.columns["nr"].iloc[0] == "a"
    assert (raw.geometry[0].x, raw.geometry[0].y) == (5.1, 52.1)
    assert raw.crs == "EPSG:4326"
    assert not raw.faults


def test_the_shape_that_says_most_goes_before_a_point(tmp_path: Path):
    area = {"type": "Polygon", "coordinates": [[[5, 52], [5.1, 52], [5.1, 52.1], [5, 52]]]}
    raw = read(tmp_path, [{"punt": SPOT, "vlak": area}, {"punt": SPOT, "vlak": None}])
    assert [shape.geom_type for shape in raw.geometry] == ["Polygon", "Point"]
    assert list(raw.columns) == []


def test_a_hole_and_a_moment_of_esri_are_read(tmp_path: Path):
    rings = [[[0, 0], [0, 9], [9, 9], [9, 0], [0, 0]], [[3, 3], [6, 3], [6, 6], [3, 6], [3, 3]]]
    fields = [{"name": "start", "type": "esriFieldTypeDate"}]
    features = [{"attributes": {"start": 1830297600000}, "geometry": {"rings": rings}}]
    page = {"spatialReference": {"wkid": 102100}, "fields": fields, "features": features, "exceededTransferLimit": True}
    raw = read(tmp_path, page)
    assert raw.geometry[0].area == 81 - 9
    assert raw.columns["start"].tolist() == ["2028-01-01T00:00:00+00:00"]
    assert raw.crs == "EPSG:3857"
    assert "more rows" in raw.faults[0].found


def test_coordinates_that_are_no_degrees_have_no_system_until_someone_says_it(tmp_path: Path):
    assert read(tmp_path, [{"plek": {"type": "Point", "coordinates": [150000, 400000]}}]).crs == ""


def test_a_page_that_says_that_there_is_more_is_told(tmp_path: Path):
    assert "38" in read(tmp_path, {"total_count": 38, "records": [{"nr": "a"}]}).faults[0].found
    further = {"links": [{"rel": "next", "href": "x"}], "items": [{"nr": "a"}]}
    assert "next page" in read(tmp_path, further).faults[0].found


def test_what_is_no_object_is_set_aside_and_the_rest_read(tmp_path: Path):
    raw = read(tmp_path, [{"nr": "a"}, 7, {"nr": "b"}])
    assert raw.rows.tolist() == [1, 3]
    assert raw.aside["row"].tolist() == [2]
    assert raw.geometry is None


@pytest.mark.parametrize("content", ['[{"nr": "a"', '{"kop": 1}', "[" + '{"a":' * 3000, '[{"a": 1}] en nog wat'])
def test_what_holds_no_records_is_told(tmp_path: Path, content: str):
    path = tmp_path / "plan.json"
    path.write_text(content, encoding="utf-8")
    with pytest.raises(InputError):
        JSON_RECORDS.read(path, SOURCE)


@pytest.mark.parametrize(
    "page",
    [
        {"@odata.count": 50},
        {"@odata.nextLink": "https://x/2"},
        {"count": 50, "next": None},
        {"next": "https://x?page=2"},
        {"page": {"totalElements": 50}},
        {"meta": {"total_count": "50"}},
        {"_links": {"next": {"href": "https://x"}}},
        {"hits": {"total": {"value": 50}}},
        {"has_more": True},
        {"nextPageToken": "abc"},
    ],
)
def test_a_page_of_any_portal_that_says_that_there_is_more_is_told(tmp_path: Path, page: dict[str, object]):
    raw = read(tmp_path, {"items": [{"nr": "a"}], **page})
    assert len(raw.faults) == 1
    assert str(raw.faults[0].wanted) == "all rows in one file; fetch the rest"
    whole = {"items": [{"nr": "a"}], "count": 1, "next": None, "meta": {"total": 1}, "has_more": False}
    assert not read(tmp_path, whole).faults


def test_a_line_that_breaks_off_takes_no_other_with_it(tmp_path: Path):
    raw = read(tmp_path, '\x1e{"nr": "a"}\n\x1e{"nr": "b"}\n\x1e{"nr": "c')
    assert raw.columns["nr"].tolist() == ["a", "b"]
    assert (raw.total, raw.aside["row"].tolist()) == (3, [3])


@pytest.mark.parametrize("content", ["[]", "[1, 2]", '["Dorpsstraat", null]', '{"records": [3]}'])
def test_a_list_without_a_single_record_is_told(tmp_path: Path, content: str):
    path = tmp_path / "plan.json"
    path.write_text(content, encoding="utf-8")
    with pytest.raises(InputError, match="no list of records"):
        JSON_RECORDS.read(path, SOURCE)
