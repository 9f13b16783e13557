"""`again` repeats what a trace tells of, and a trace comes from whoever sends it."""

from pathlib import Path

import pytest

from koppelkans import flow
from koppelkans.ground.errors import Fault, InputError
from koppelkans.ground.trace import SourceMark, Trace, digest

TOML = '[city]\nname = "Dorp"\n'


def told(folder: Path, *paths: str, city: Path | None = None, sources_from: tuple[Path, ...] = ()) -> list[Fault]:
    """Return what is told of a trace of these files of long ago."""
    marks = tuple(SourceMark(str(n), path, "0" * 64, "2020-01-01T00:00:00+00:00", 1) for n, path in enumerate(paths))
    trace = folder / "trace.json"
    trace.write_text(Trace(version="0", sources=marks, city_folder=str(folder / "stad")).to_json())
    with pytest.raises(InputError) as caught:
        flow.again(trace, out=folder / "uit", folder=city, sources_from=sources_from)
    return list(caught.value.faults)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Return a folder with a city folder in it, and a file beside that."""
    (tmp_path / "stad").mkdir()
    (tmp_path / "stad" / "koppelkans.toml").write_text(TOML)
    (tmp_path / "stad" / "a.csv").write_text("a\n1\n")
    (tmp_path / "geheim.csv").write_text("a\n1\n")
    (tmp_path / "stad" / "link.csv").symlink_to(tmp_path / "geheim.csv")
    return tmp_path


def test_of_files_outside_the_city_folder_nothing_is_told(folder: Path):
    names = ["../geheim.csv", str(folder / "geheim.csv"), "link.csv", "../niets.csv"]
    faults = told(folder, *names)
    assert [fault.where for fault in faults] == names
    assert len({(fault.found, fault.wanted) for fault in faults}) == 1
    assert digest(folder / "geheim.csv") not in str(faults)


def test_a_changed_file_is_told_with_its_hash_where_it_may_be_read(folder: Path):
    assert [fault.found for fault in told(folder, "a.csv")] == [digest(folder / "stad" / "a.csv")]
    faults = told(folder, "../geheim.csv", sources_from=(folder,))
    assert [fault.found for fault in faults] == [digest(folder / "geheim.csv")]


def test_a_folder_that_is_no_city_folder_is_not_looked_into(folder: Path):
    (fault,) = told(folder, "geheim.csv", city=folder)
    assert fault.found == "no city folder"
    assert "--city" in fault.wanted
