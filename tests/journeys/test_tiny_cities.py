"""The first thing a new user tries: a folder with a few streets and one or two works, from `check` to every report."""

import json
from pathlib import Path

import pytest
from typer.testing import CliRunner

from koppelkans.cli import app

TOML = """
[city]
name = "Proefdorp"

[[parties]]
party = "gemeente"
name = "Gemeente Proefdorp"
kind = "gemeente"

[programme.futures]
count = 0

[[sources]]
name = "straten"
role = "sections"
path = "straten.csv"
wkt = "plek"
crs = "EPSG:28992"
columns = { section = "nr", name = "straat" }
"""
WORKS = """
[[sources]]
name = "werken"
role = "works"
path = "werken.csv"
wkt = "plek"
crs = "EPSG:28992"
columns = { work = "nr", earliest_year = "van", latest_year = "tot", kind = "soort" }
constants = { owner = "gemeente" }
"""
STREETS = """nr;straat;plek
W1;Dorpsstraat;LINESTRING (150000 400000, 150200 400000)
W2;Kerkstraat;LINESTRING (150200 400000, 150200 400200)
"""
HEAD = "nr;van;tot;soort;plek\n"
HERE = "G1;2028;2030;paving;LINESTRING (150000 400000, 150200 400000)\n"
THERE = "G2;2029;2031;paving;LINESTRING (150200 400010, 150200 400200)\n"
UNKNOWN = "G3;2028;2030;other;LINESTRING (150000 400000, 150200 400000)\n"


def city(folder: Path, works: str) -> Path:
    """Write a city folder."""
    files = {"koppelkans.toml": TOML + WORKS, "straten.csv": STREETS, "werken.csv": HEAD + works}
    for name, text in files.items():
        (folder / name).write_text(text, encoding="utf-8")
    return folder


def asked(*words: str | Path, code: int = 0) -> dict[str, object]:
    """Ask a command and return what it answers as JSON."""
    done = CliRunner().invoke(app, [*(str(word) for word in words), "--json"])
    assert done.exit_code == code, (done.output, done.exception)
    made: dict[str, object] = json.loads(done.stdout.splitlines()[-1])
    return made


@pytest.mark.parametrize(
    ("works", "planned"),
    [(HERE, 1), (HERE + THERE, 2), (UNKNOWN, 0)],
    ids=["one work", "two works apart", "all costs unknown"],
)
def test_a_tiny_city_runs_to_its_end(works: str, planned: int, tmp_path: Path):
    folder, out = city(tmp_path, works), tmp_path / "uit"
    assert asked("check", folder)["ok"]
    asked("run", folder, "--out", out, "--seconds", "2")
    asked("reports", out)
    names = {path.name for path in out.rglob("*") if path.is_file()}
    assert names >= {"stadsprogramma.pdf", "programma.xlsx", "koppelkans.gpkg", "koppelkans.json", "kaart.html"}
    rows = json.loads((out / "koppelkans.json").read_text(encoding="utf-8"))["programme"]
    assert sum(row["year"] is not None for row in rows["plan"]) == planned
    assert rows["bundles"] == []
    assert asked("why", rows["plan"][0]["work"], "--out", out)["ok"]
    assert asked("split", "--out", out)["ok"]
