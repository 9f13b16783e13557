"""Whatever bytes come, a reader says what it read or what was wrong, within its bounds."""

import random
import sys
from pathlib import Path

import pytest

from koppelkans.context import read_city
from koppelkans.context.reading.opening import reading_process
from koppelkans.ground.errors import InputError
from koppelkans.ground.settings import Source, make_settings
from mutations import mutated
from samples import WRITERS, Pipe

HOSTILE = Path(__file__).parents[3] / "shared" / "cases" / "hostile"
PIPES = [Pipe(f"p{at}", 1960 + at, 100, 3.0 * at) for at in range(3)]
COUNT = 100
STOPPED = ("reader stopped", "s to read", "MB of memory")
"""Words of what only the process around a reader tells: the reader itself should have."""
pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="bounds hold on Linux")


@pytest.mark.parametrize("name", WRITERS)
def test_a_hundred_spoilt_files_raise_nothing_but_told_faults(name: str, tmp_path: Path):
    if name == "orox":
        pytest.importorskip("pyoxigraph", reason="an environment of before Turtle was read")
    source = Source(name="pipes", role="assets", **WRITERS[name][1](tmp_path, PIPES))  # type: ignore[arg-type]
    named = source.model_copy(update={"format": WRITERS[name][0]})
    path = tmp_path / source.path
    whole, rng = path.read_bytes(), random.Random(name)  # noqa: S311  no secret: the same again
    process = reading_process(8, 768)
    assert process is not None
    told = []
    with process:
        for nth in range(COUNT):
            path.write_bytes(mutated(whole, rng))
            try:
                raw = process.open(path, source if nth % 2 else named)[1]
                assert len(raw.columns) == len(raw.rows)
            except InputError as problem:
                told += [(nth, str(fault)) for fault in problem.faults]
    assert not [one for one in told if any(words in one[1] for words in STOPPED)]
    assert process.started == 1


@pytest.mark.parametrize(
    "name",
    [
        "pq_dict",
        "gml_arc1e14",
        "gml_arc1e11x50",
        "gml_arc1e17",
        "xlsx_farrow",
        "xlsx_farcol2",
        "zip_lied",
        "csv_enc_idna",
    ],
)
def test_files_made_to_harm_are_told_and_the_others_are_read(name: str, tmp_path: Path):
    if not HOSTILE.is_dir():
        pytest.skip("the hostile files are not there")
    (found,) = (path for path in (HOSTILE / name).iterdir() if path.stem == "a")
    (tmp_path / found.name).write_bytes(found.read_bytes())
    (tmp_path / "b.csv").write_text("a;b\n1;2\n")
    given = {"format": "bgt"} if found.suffix in (".gml", ".zip") else {"encoding": "idna"} if "idna" in name else {}
    role = "topography" if "format" in given else "table"
    sources = [
        {"name": "a", "role": role, "path": found.name, **given},
        {"name": "b", "role": "table", "path": "b.csv"},
    ]
    city = read_city(tmp_path, settings=make_settings({"sources": sources}))
    assert list(city.layers) == ["b"]
    assert {fault.where for fault in city.faults} == {found.name}
