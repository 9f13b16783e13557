"""Proefdorp: a city folder of two streets and a few works, and what the commands make of it."""

import json
import shutil
from pathlib import Path

from typer.testing import CliRunner

from koppelkans.cli import app
from koppelkans.flow import LATER

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
WISHES = """
[[sources]]
name = "wensen"
role = "wishes"
path = "wensen.csv"
wkt = "plek"
crs = "EPSG:28992"
columns = { text = "wens" }
"""
STREETS = """nr;straat;plek
W1;Dorpsstraat;LINESTRING (150000 400000, 150200 400000)
W2;Kerkstraat;LINESTRING (150200 400000, 150200 400200)
"""
HEAD = "nr;van;tot;soort;plek\n"
HERE = "G1;2028;2030;paving;LINESTRING (150000 400000, 150200 400000)\n"
THERE = "G2;2029;2031;paving;LINESTRING (150200 400010, 150200 400200)\n"
FAR = {
    "point": "F1;2028;2030;lighting;POINT (160000 410000)\n",
    "line": "F2;2028;2030;paving;LINESTRING (160000 410000, 160100 410000)\n",
    "area": "F3;2028;2030;paving;POLYGON ((160000 410000, 160100 410000, 160100 410100, 160000 410000))\n",
}
ALONG = "G4;2028;2032;sewer_gravity;LINESTRING (150000 400000, 150200 400000)\n"
"""Meets the first in its street: both can open it once."""
UNKNOWN = "G3;2028;2030;other;LINESTRING (150000 400000, 150200 400000)\n"


def city(folder: Path, works: str, *, wishes: str = "") -> Path:
    """Write a city folder."""
    files = {"koppelkans.toml": TOML + WORKS + (WISHES if wishes else ""), "straten.csv": STREETS, "werken.csv": HEAD + works}  # fmt: skip
    for name, text in (files | ({"wensen.csv": "wens;plek\n" + wishes} if wishes else {})).items():
        (folder / name).write_text(text, encoding="utf-8")
    return folder


def asked(*words: str | Path, code: int = 0) -> dict[str, object]:
    """Ask a command and return what it answers as JSON."""
    done = CliRunner().invoke(app, [*(str(word) for word in words), "--json"])
    assert done.exit_code == code, (done.output, done.exception)
    made: dict[str, object] = json.loads(done.stdout.splitlines()[-1])
    return made


def looking_ahead(folder: Path) -> Path:
    """Write a city of which all that comes later is asked for: scenarios, changes priced beforehand, futures, cases."""
    made = city(folder, HERE + THERE + ALONG)
    toml = made / "koppelkans.toml"
    beside = "[programme]\ncompare = true\nscenarios = []\nfront = [0.9]\n\n[programme.futures]\ncount = 2"
    plain = toml.read_text(encoding="utf-8")
    toml.write_text(plain.replace("[programme.futures]\ncount = 0", beside), encoding="utf-8")
    return made


def files(out: Path) -> dict[str, bytes]:
    """Return every file in a folder."""
    return {path.relative_to(out).as_posix(): path.read_bytes() for path in out.rglob("*") if path.is_file()}


def walk(root: Path) -> Path:
    """Return a folder with such a city (`stad`), what `run` made of it (`eerst`), and that with `reports` (`heel`)."""
    (root / "stad").mkdir()
    folder = looking_ahead(root / "stad")
    assert asked("run", folder, "--out", root / "eerst")["to_come"] == [*LATER]
    shutil.copytree(root / "eerst", root / "heel")
    asked("reports", root / "heel")
    return root


def copied(made: Path, root: Path) -> Path:
    """Return a copy of an output folder, to change."""
    return Path(shutil.copytree(made, root / "uit"))
