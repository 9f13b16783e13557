import hashlib
from pathlib import Path

from koppelkans.ground.trace import SourceMark, Trace, digest


def test_a_trace_comes_back_from_json_as_it_was():
    trace = Trace(
        version="1",
        settings={"a": [1, 2]},
        sources=(SourceMark("riool", "riool.csv", "00", "2026-01-01T00:00:00+00:00", 3),),
        seed=4,
        gap=0.001,
        notes=("een", "twee"),
        tables={"x.parquet": "ff"},
    )
    assert Trace.from_json(trace.to_json()) == trace


def test_the_digest_of_a_file_is_its_sha256(tmp_path: Path):
    path = tmp_path / "a.txt"
    path.write_bytes(b"koppelkans")
    assert digest(path) == hashlib.sha256(b"koppelkans").hexdigest()


def test_the_digest_of_a_folder_follows_names_and_not_time(tmp_path: Path):
    (tmp_path / "b").write_bytes(b"2")
    (tmp_path / "a").write_bytes(b"1")
    assert digest(tmp_path) == hashlib.sha256(b"12").hexdigest()
