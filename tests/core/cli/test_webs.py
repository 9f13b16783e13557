"""The ambitiewebs can be drawn from the settings alone, before there is any data."""

import json
import subprocess
import sys
from pathlib import Path

from koppelkans.cli.webs import ambitieweb

CITY = """
[city]
name = "Proef"
[vision]
theme_set = "gww"
[[vision.webs]]
phase = "initiatief"
decided_on = 2026-05-12
decided_by = "raad"
levels = { energie = 2 }
"""


def test_a_city_without_files_gets_its_decided_web(tmp_path: Path):
    (tmp_path / "koppelkans.toml").write_text(CITY, encoding="utf-8")
    command = [
        sys.executable,
        "-m",
        "koppelkans.cli",
        "ambitieweb",
        str(tmp_path),
        "--out",
        str(tmp_path / "uit"),
        "--json",
    ]
    done = subprocess.run(command, capture_output=True, text=True, check=True)
    told = json.loads(done.stdout.splitlines()[-1])
    assert told["reached"] is False
    (drawn,) = [Path(path).read_text(encoding="utf-8") for path in told["files"]]
    assert "Energie: ? van 2" in drawn


def test_the_command_says_what_it_does():
    assert "koppelkans.toml" in str(ambitieweb.__doc__)
