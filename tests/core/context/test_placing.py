import geopandas as gpd
import numpy as np
import pandas as pd
import pytest
import shapely
from shapely import LineString, Point

from koppelkans.context.reading.placing import Placed, borrow, lend, place
from koppelkans.context.reading.reader import Raw
from koppelkans.ground.errors import Fault, InputError
from koppelkans.ground.settings import Source

RD = "EPSG:28992"
DEGREES = [Point(5.387, 52.155), Point(5.4, 52.16)]


def raw(shapes: list[object] | None = None, crs: str = "", **columns: list[object]) -> Raw:
    """Return what a reader might hand on."""
    count = len(shapes) if shapes is not None else len(next(iter(columns.values())))
    frame = pd.DataFrame(columns, index=pd.RangeIndex(count))
    geometry = None if shapes is None else np.array([*shapes, None], dtype=object)[:-1]
    return Raw(frame, np.arange(1, count + 1), count, geometry=geometry, crs=crs)


def placed(given: Raw, **settings: object) -> Placed:
    """Place everything with these settings of the source."""
    source = Source.model_validate({"name": "s", "role": "addresses", "path": "f.csv", **settings})
    return place(given, given.columns.index, source, crs=RD)


def fault(given: Raw, **settings: object) -> Fault:
    """Return the one fault for which nothing of the source can be used."""
    with pytest.raises(InputError) as caught:
        placed(given, **settings)
    (found,) = caught.value.faults
    assert found.fatal
    return found


def test_degrees_become_metres_and_the_accuracy_is_kept():
    made = placed(raw(DEGREES, "EPSG:4326"))
    # Published (NSGI): the tower of Amersfoort, the origin of RD, lies at 52.155174 N, 5.387206 E.
    assert made.geometry[0].distance(Point(155_000, 463_000)) < 30
    assert made.accuracy_m is not None


def test_what_is_in_the_citys_crs_stays_as_it_is_and_loses_its_height():
    made = placed(raw([LineString([(155_000, 463_000, 1), (155_010, 463_000, 2)])], RD))
    assert made.geometry[0].equals(LineString([(155_000, 463_000), (155_010, 463_000)]))
    assert not made.geometry[0].has_z
    assert made.accuracy_m is None


def test_no_crs_is_a_fault_that_says_what_to_set():
    assert 'crs = "EPSG:28992"' in fault(raw([Point(155_000, 463_000)])).wanted


def test_a_crs_that_does_not_exist_is_a_fault():
    assert fault(raw([Point(155_000, 463_000)]), crs="nergens:1").found == "nergens:1"


@pytest.mark.parametrize(
    ("shapes", "said", "likely"),
    [
        (DEGREES, RD, 'crs = "EPSG:4326"'),
        ([Point(155_000, 463_000)], "EPSG:4326", 'crs = "EPSG:28992"'),
        ([Point(599_700, 6_827_000)], RD, 'crs = "EPSG:3857"'),
        ([Point(663_000, 5_780_000)], RD, 'crs = "EPSG:25831"'),
        ([Point(52.155, 5.387)], "EPSG:4326", "the other way round"),
        ([Point(1e7, 1e7)], RD, "within the area of EPSG:28992"),
    ],
)
def test_a_file_in_another_crs_is_a_fault_that_names_the_likely_one(shapes: list[object], said: str, likely: str):
    assert likely in fault(raw(shapes, said)).wanted


def test_a_place_abroad_is_outside_the_area_of_the_city():
    lyon = fault(raw([Point(4.83, 45.77)], "EPSG:4326"))
    assert lyon.found == "coordinates such as 4.83 45.77, all outside EPSG:28992"
    (trouble,) = placed(raw([*DEGREES, Point(4.83, 45.77)], "EPSG:4326")).troubles
    assert (trouble.positions.tolist(), trouble.found) == ([2], ["4.83 45.77"])
    assert "EPSG:28992" in trouble.wanted


def test_the_settings_go_before_the_file_and_the_difference_is_told():
    made = placed(raw(DEGREES, RD), crs="EPSG:4326")
    assert made.geometry[0].x > 100_000
    assert "the file says EPSG:28992" in made.faults[0].found


def test_one_point_elsewhere_is_set_aside_and_the_others_stay():
    made = placed(raw([Point(155_000, 463_000), Point(0.1, 0.1), Point(float("inf"), 1)], RD))
    (trouble,) = made.troubles
    assert trouble.positions.tolist() == [1, 2]
    assert not trouble.kept
    assert made.geometry[0] is not None


def test_points_come_from_two_columns_with_decimal_comma():
    made = placed(raw(x=["155000,5", "fout", None], y=["463000", "463000", "463000"]), crs=RD, x="x", y="y")
    assert made.geometry[0] == Point(155_000.5, 463_000)
    assert made.geometry[1] is None
    (trouble,) = made.troubles
    assert (trouble.column, trouble.found) == ("x", ["fout"])


@pytest.mark.parametrize("names", [("x", "y"), ("X", "Y"), ("lon", "lat")])
def test_usual_names_of_coordinates_need_no_setting(names: tuple[str, str]):
    values = (["155000"], ["463000"])
    made = placed(raw(**dict(zip(names, values, strict=True))), crs=RD)
    assert made.geometry[0] == Point(155_000, 463_000)


def test_wkt_may_carry_its_crs():
    made = placed(raw(wkt=["SRID=28992;POINT (155000 463000)", "SRID=28992;POINT (155001 463000)"]))
    assert made.geometry[1] == Point(155_001, 463_000)


def test_wkt_that_cannot_be_read_is_told_with_its_column():
    (trouble,) = placed(raw(geom=["POINT (155000 463000)", "POINT (1"]), crs=RD).troubles
    assert (trouble.column, trouble.found, trouble.kept) == ("geom", ["POINT (1"], False)


@pytest.mark.parametrize("settings", [{"wkt": "vorm"}, {"x": "oost", "y": "b"}])
def test_a_column_of_coordinates_that_is_not_there_is_a_fault(settings: dict[str, str]):
    assert fault(raw(a=["1"], b=["2"]), crs=RD, **settings).found == "no such column"


def test_a_table_without_place_is_a_fault_that_says_what_to_set():
    assert "`join`" in fault(raw(a=["1"]), crs=RD).wanted


def test_a_table_borrows_its_place_by_a_key_and_rows_with_one_key_lie_together():
    join = {"source": "lines", "here": "leiding", "there": "id"}
    there = raw([LineString([(155_000, 463_000), (155_010, 463_000)]), LineString([(155_010, 463_000), (155_020, 463_000)]), Point(155_000, 463_000)], RD, id=["1", "1", "2"])  # fmt: skip
    lines = Source.model_validate({"name": "lines", "role": "table", "path": "l.gpkg"})
    source = Source.model_validate({"name": "s", "role": "assets", "path": "f.csv", "join": join})
    here = raw(leiding=[2.0, 1.0, 9.0])
    lent = lend(there, place(there, there.columns.index, lines, crs=RD), lines, "id")
    made = borrow(here, here.columns.index, source, lent=lent)
    assert shapely.length(made.geometry[1]) == 20
    assert made.geometry[0] == Point(155_000, 463_000)
    (trouble,) = made.troubles
    assert trouble.positions.tolist() == [2]
    assert "source lines" in trouble.wanted


def test_a_key_that_is_not_there_is_a_fault_in_either_file():
    lines = Source.model_validate({"name": "lines", "role": "table", "path": "l.gpkg"})
    there = raw([Point(155_000, 463_000)], RD, id=["1"])
    with pytest.raises(InputError, match="no such column"):
        lend(there, place(there, there.columns.index, lines, crs=RD), lines, "sleutel")
    join = {"source": "lines", "here": "weg", "there": "id"}
    source = Source.model_validate({"name": "s", "role": "assets", "path": "f.csv", "join": join})
    with pytest.raises(InputError, match="no such column"):
        borrow(raw(leiding=["1"]), pd.RangeIndex(1), source, lent=pd.Series(dtype=object))


def test_empty_shapes_are_missing():
    made = placed(raw([Point(), Point(155_000, 463_000)], RD))
    assert gpd.GeoSeries(made.geometry).isna().tolist() == [True, False]


def test_an_arc_in_a_cell_is_told_at_its_row():
    made = placed(
        raw(geom=["CIRCULARSTRING (1 1, 2 2, 3 1)", "POINT (155000 463000)", "CURVEPOLYGON EMPTY"]), crs=RD, wkt="geom"
    )
    assert made.geometry.notna().tolist() == [False, True, False]
    assert made.troubles[0].positions.tolist() == [0, 2]


def test_kilometres_look_like_kilometres():
    told = fault(raw(x=["155,1", "155,2"], y=["463,0", "463,1"]), crs=RD)
    assert "kilometres" in str(told.wanted)


def test_a_key_is_the_same_in_capitals_and_with_other_spaces():
    lent = pd.Series([Point(1, 1), Point(2, 2)], index=["Kerk straat", "Dorp"], dtype=object)
    source = Source.model_validate(
        {"name": "s", "role": "works", "path": "f", "join": {"source": "o", "here": "k", "there": "k"}}
    )
    given = raw(k=["KERK\u00a0 straat", "dorp ", "Dorp", "Elders"])
    made = borrow(given, given.columns.index, source, lent=lent)
    assert made.geometry.notna().tolist() == [True, True, True, False]


@pytest.mark.parametrize("form", ["geojson", "feature", "wkb", "ewkb", "ewkt"])
def test_a_cell_may_hold_geojson_or_wkb_too(form: str):
    point = Point(5.387, 52.155) if form == "wkb" else Point(155_000, 463_000)
    json = '{"type":"Point","coordinates":[5.387,52.155]}'
    cell = {
        "geojson": json,
        "feature": f'{{"type":"Feature","properties":{{}},"geometry":{json}}}',
        "wkb": point.wkb_hex,
        "ewkb": shapely.to_wkb(shapely.set_srid(point, 28992), hex=True, include_srid=True),
        "ewkt": f"SRID=28992;{point.wkt}",
    }[form]
    made = placed(raw(geom=[cell, None]), wkt="geom", **({"crs": "EPSG:4326"} if form == "wkb" else {}))
    assert made.geometry[0].distance(Point(155_000, 463_000)) < 30
    assert made.geometry[1] is None


def test_a_cell_with_half_a_shape_is_told_at_its_row():
    made = placed(raw(geom=["POINT (155000 463000)", '{"type":"Point","coord', "0101000000FF"]), crs=RD, wkt="geom")
    assert made.geometry.notna().tolist() == [True, False, False]
    assert made.troubles[0].positions.tolist() == [1, 2]
