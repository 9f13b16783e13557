import gzip
from pathlib import Path

import pytest
import shapely

from koppelkans.context.readers.datex import DATEX
from koppelkans.context.reading.opening import pick
from koppelkans.context.reading.reader import Raw
from koppelkans.ground.errors import InputError
from koppelkans.ground.settings import Source
from samples import DATEX_NAMES, DATEX_WORK

POINT = (
    "<loc:pointCoordinates><loc:latitude>52.1</loc:latitude><loc:longitude>5.3</loc:longitude></loc:pointCoordinates>"
)
LINE = "<loc:gmlLineString><loc:posList>{}</loc:posList></loc:gmlLineString>"


def feed(inner: str) -> bytes:
    """Return a feed with one situation."""
    text = f'<d2:payload {DATEX_NAMES}><sit:situation id="NDW1">{inner}</sit:situation></d2:payload>'
    return gzip.compress(text.encode())


def read(folder: Path, content: bytes) -> Raw:
    """Return what the reader makes of a feed."""
    (folder / "feed.xml.gz").write_bytes(content)
    assert pick(folder / "feed.xml.gz", Source(name="s", role="plans", path="feed.xml.gz")) is DATEX
    return DATEX.read(folder / "feed.xml.gz", Source(name="s", role="plans", path="feed.xml.gz"))


def record(place: str, kind: str = "MaintenanceWorks") -> str:
    """Return one record with a place."""
    return f'<sit:situationRecord xsi:type="sit:{kind}" id="r">{place}</sit:situationRecord>'


def test_road_works_are_plans_and_what_goes_with_them_is_counted(tmp_path: Path):
    work = DATEX_WORK.format(asset="w1", year=2028, corners="52.1 5.3 52.2 5.4")
    raw = read(tmp_path, feed(work + record(POINT, "RoadOrCarriagewayOrLaneManagement")))
    row = raw.columns.iloc[0]
    assert row[["work", "owner", "kind", "certainty", "situation"]].tolist() == [
        "w1",
        "Waterbedrijf",
        "roadworks",
        "certain",
        "NDW1",
    ]
    assert row["start"].startswith("2028-05-01")
    assert (raw.total, sum(raw.left_out.values())) == (2, 1)


@pytest.mark.parametrize(
    ("place", "shape"),
    [
        (POINT, shapely.Point(5.3, 52.1)),
        (LINE.format("52.1 5.3 52.2 5.4"), shapely.LineString([(5.3, 52.1), (5.4, 52.2)])),
        (LINE.format("5.3 52.1 5.4 52.2"), shapely.LineString([(5.3, 52.1), (5.4, 52.2)])),
        (LINE.format("52.1 5.3 52.2 5.4") + POINT, shapely.LineString([(5.3, 52.1), (5.4, 52.2)])),
        (LINE.format("52.1 5.3"), shapely.Point(5.3, 52.1)),
        (LINE.format("52.1 5.3 north"), None),
        ("", None),
    ],
)
def test_a_place_is_a_line_or_a_point_with_longitude_first(tmp_path: Path, place: str, shape: shapely.Geometry | None):
    assert read(tmp_path, feed(record(place))).geometry.tolist() == [shape]  # type: ignore[union-attr]


def test_a_feed_that_breaks_off_is_told(tmp_path: Path):
    whole = feed(record(POINT) + "</sit:situation><sit:situation>" + record(POINT) * 2_000)
    raw = read(tmp_path, whole[: len(whole) // 2])
    assert len(raw.columns) == 1
    assert raw.faults
    with pytest.raises(InputError):
        read(tmp_path, feed("")[:-9] + b"\x00" * 9)
