import json
import os
import sqlite3
import sys
import threading
from collections.abc import Callable
from pathlib import Path

import geopandas as gpd
import numpy as np
import pandas as pd
import pytest
from shapely import Point

from koppelkans.context import read_city
from koppelkans.context.readers import READERS
from koppelkans.context.readers.csv import CSV
from koppelkans.context.reading.child import ReadingProcess
from koppelkans.context.reading.handing import pick_up, put_down
from koppelkans.context.reading.opening import reading_process
from koppelkans.context.reading.reader import Apart, Raw, Reader
from koppelkans.ground.errors import Fault, InputError
from koppelkans.ground.settings import Source, make_settings
from koppelkans.ground.words import Phrase

SOURCE = Source(name="s", role="table", path="a.csv")
pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="bounds hold on Linux")


def of_kind(kind: str) -> Callable[[Path, Source], tuple[Reader, Raw]]:
    """Return a reader that goes wrong in one way on the file `bad.csv`."""

    def read(path: Path, source: Source) -> tuple[Reader, Raw]:
        if path.name != "bad.csv":
            return CSV, CSV.read(path, source)
        if kind == "hangs":
            while True:
                pass
        if kind == "swells":
            held = np.ones(2**28)
            return CSV, Raw(pd.DataFrame({"a": held}), rows=held.astype("int64"), total=1)
        if kind == "dies":
            os.abort()
        raise ZeroDivisionError(kind)

    return read


@pytest.mark.parametrize(
    ("kind", "said"),
    [("hangs", "more than 0 s"), ("swells", "more than 256 MB"), ("dies", "SIGABRT"), ("raises", "ZeroDivisionError")],
)
def test_whatever_a_reader_does_is_told_at_its_file_and_the_next_is_read(kind: str, said: str, tmp_path: Path):
    for name in ("a.csv", "bad.csv"):
        (tmp_path / name).write_text("a;b\n1;2\n")
    with ReadingProcess(of_kind(kind), READERS, seconds=0.1, memory_mb=256) as process:
        assert len(process.open(tmp_path / "a.csv", SOURCE)[1].columns) == 1
        with pytest.raises(InputError, match=said) as told:
            process.open(tmp_path / "bad.csv", SOURCE)
        assert told.value.faults[0].where == "a.csv"
        assert told.value.faults[0].fatal
        assert len(process.open(tmp_path / "a.csv", SOURCE)[1].columns) == 1
        assert process.started == (1 if kind == "swells" else 2)
    with pytest.raises(ChildProcessError):
        os.waitpid(-1, os.WNOHANG)


def test_outside_the_main_thread_a_new_process_reads_the_same(tmp_path: Path):
    (tmp_path / "a.csv").write_text("a;b\n1;2\n")
    found: list[Raw] = []

    def read() -> None:
        process = reading_process(30, 1024)
        assert process is not None
        with process:
            found.append(process.open(tmp_path / "a.csv", SOURCE)[1])

    thread = threading.Thread(target=read)
    thread.start()
    thread.join()
    pd.testing.assert_frame_equal(found[0].columns, CSV.read(tmp_path / "a.csv", SOURCE).columns)


def test_what_was_read_comes_over_whole(tmp_path: Path):
    nested = Phrase("{found} in {n} rows", found=Phrase("nothing"), n=3)
    frame = pd.DataFrame(
        {
            "mixed": pd.Series([1, "1", True, None, 2.5, [3]], dtype=object),
            "text": pd.Series(["a", None, "ü", "", " ", "c"], dtype="str"),
            "whole": pd.Series([1, None, 3, 4, 5, 6], dtype="Int64"),
            "yes": pd.Series([True, None, False, True, True, True], dtype="boolean"),
            "day": pd.to_datetime(["2020-01-01", None, "1900-01-01", "2020-06-01", "2020-01-01", "2020-01-01"]),
            "kind": pd.Series(["x", "y", "x", None, "x", "x"], dtype="category"),
            "amount": [1.5, np.nan, np.inf, 0, 1, 2],
        }
    )
    aside = pd.DataFrame(
        {"row": [7], "found": pd.Series([nested], dtype=object), "wanted": pd.Series(["x"], dtype=object)}
    )
    raw = Raw(
        frame, rows=np.arange(6), total=9, crs="EPSG:28992", layers=np.array(list("aabbcc"), dtype=object), left_out={nested: 2},
        apart=(Apart("kind", ("x",), nested, ("assets",)),), words={"kind": {"x": "y"}}, faults=(Fault("f", nested, "w", row=3),), aside=aside,
    )  # fmt: skip
    put_down(CSV, raw, tmp_path / "1")
    reader, other = pick_up(tmp_path / "1", READERS)
    assert reader == CSV
    expected = frame.assign(
        kind=frame["kind"].astype("str"), mixed=pd.Series([1, "1", True, None, 2.5, "3"], dtype=object)
    )
    pd.testing.assert_frame_equal(other.columns, expected, check_column_type=False)
    pd.testing.assert_frame_equal(other.aside, aside, check_column_type=False)
    assert (other.faults, other.apart, other.words, other.left_out) == (raw.faults, raw.apart, raw.words, raw.left_out)
    assert other.faults[0].found.said("nl") == nested.said("nl")  # type: ignore[attr-defined]
    assert "pickle" not in json.dumps((tmp_path / "1").read_text())


def test_a_view_without_an_end_stops_no_other_file(tmp_path: Path):
    gpd.GeoDataFrame({"a": [1]}, geometry=[Point(0, 0)], crs="EPSG:28992").to_file(tmp_path / "a.gpkg", layer="t")
    with sqlite3.connect(tmp_path / "a.gpkg") as base:
        base.execute("CREATE VIEW v AS WITH RECURSIVE c(x) AS (SELECT 1 UNION ALL SELECT x + 1 FROM c) SELECT x FROM c")
        base.execute("INSERT INTO gpkg_contents (table_name, data_type, identifier) VALUES ('v', 'attributes', 'v')")
    base.close()
    (tmp_path / "b.csv").write_text("a;b\n1;2\n")
    sources = [
        {"name": "a", "role": "table", "path": "a.gpkg", "layer": "v"},
        {"name": "b", "role": "table", "path": "b.csv"},
    ]
    city = read_city(tmp_path, settings=make_settings({"sources": sources, "context": {"read_seconds": 0.2}}))
    assert list(city.layers) == ["b"]
    assert [(fault.where, fault.fatal) for fault in city.faults] == [("a.gpkg", True)]
    assert "read_seconds" in city.faults[0].wanted
