"""Every command finishes or tells a change that was cut off, before it looks at anything else."""

import json
from inspect import signature
from pathlib import Path

import pytest
from typer.testing import CliRunner

from koppelkans.cli import app
from koppelkans.ground.outputs import NEW, OLD

FIRST = {"why": ["w"], "move": ["w", "2030"], "cut": ["f", "2030", "1"], "slip": ["p", "1"], "again": ["nergens.json"]}
OTHERS = ("new", "check", "solve", "demo", "inspect")
"""Commands that have no output folder of a run; demo has two of its own."""
NAMES = [str(one.name) for one in app.registered_commands]
ASKING = [name for name in NAMES if name not in OTHERS]


def half(out: Path, told: object) -> Path:
    """Leave an output folder as a kill between the two renames does, and return the folder beside it."""
    beside = out.with_name(f".{out.name}.koppelkans")
    for name, text in ((OLD, "oud"), (NEW, "nieuw")):
        (beside / name).mkdir(parents=True)
        (beside / name / "trace.json").write_text(text, encoding="utf-8")
    (beside / "journal.json").write_text(json.dumps(told), encoding="utf-8")
    return beside


def call(name: str, out: Path, city: Path) -> tuple[int, str]:
    """Give a command with its output folder, and return its exit code and what it said."""
    callback = next(one.callback for one in app.registered_commands if one.name == name)
    assert callback is not None
    words = [*([str(city)] if "city_folder" in signature(callback).parameters else []), *FIRST.get(name, [])]
    words += [str(out)] if name in ("open", "reports") else ["--out", str(out)]
    words += ["--no-browser"] if name == "open" else []
    done = CliRunner().invoke(app, [name, *words], env={"COLUMNS": "400"})
    return done.exit_code, done.output


@pytest.fixture
def city(tmp_path: Path) -> Path:
    """Return a city folder that cannot be read."""
    (tmp_path / "stad").mkdir()
    (tmp_path / "stad" / "koppelkans.toml").write_text("[[", encoding="utf-8")
    return tmp_path / "stad"


@pytest.mark.parametrize("name", ASKING)
def test_a_half_folder_is_finished_by_every_command(name: str, city: Path, tmp_path: Path):
    out = tmp_path / "uit"
    beside = half(out, {})
    code, said = call(name, out, city)
    assert code == 1, said
    assert (out / "trace.json").read_text(encoding="utf-8") == "nieuw"
    assert not beside.exists()


@pytest.mark.parametrize("name", ASKING)
def test_a_half_folder_of_a_city_that_changed_since_is_told_by_every_command(name: str, city: Path, tmp_path: Path):
    out = tmp_path / "uit"
    (city / "besluiten.toml").write_text("# van een ander", encoding="utf-8")
    beside = half(out, {"city": str(city), "before": "0" * 64, "after": "1" * 64})
    code, said = call(name, out, city)
    assert code == 1, said
    assert "besluiten.toml" in said
    assert (beside / OLD / "trace.json").read_text(encoding="utf-8") == "oud"


def test_demo_finishes_both_of_its_folders(tmp_path: Path):
    made = [half(tmp_path / name, {}) for name in ("stad", "uit")]
    (tmp_path / ".stad.koppelkans" / NEW / "koppelkans.toml").write_text("[city]", encoding="utf-8")
    done = CliRunner().invoke(app, ["demo", "--out", str(tmp_path), "--homes", "20"])
    assert done.exit_code == 1, "a city of somebody's own is not written over"
    assert not any(beside.exists() for beside in made)
