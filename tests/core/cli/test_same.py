"""`koppelkans same` lists works that may be one, and keeps what a person answers in samen.toml."""

import json
from functools import partial
from pathlib import Path

import pytest
from typer.testing import CliRunner

from koppelkans.cli import app
from koppelkans.context import read_city
from koppelkans.context.works.planned_works import gather_works
from koppelkans.ground.settings import read_answers, read_settings

SETTINGS = """[city]
name = "Proef"
[horizon]
first = 2027
last = 2036
[[sources]]
name = "eigen"
role = "works"
path = "eigen.csv"
crs = "EPSG:28992"
[[sources]]
name = "wior"
role = "plans"
path = "wior.csv"
crs = "EPSG:28992"
"""
HEAD = "work;name;owner;kind;start;end;wkt\n"
LINE = "LINESTRING (150000 400000, 150100 400000)"


@pytest.fixture
def city(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setattr("koppelkans.cli.same.read_city", partial(read_city, apart=False))
    (tmp_path / "koppelkans.toml").write_text(SETTINGS, encoding="utf-8")
    own = f"R1;Riool Kerkweg;gemeente;sewer_gravity;2030-02-01;2030-06-01;{LINE}\n"
    (tmp_path / "eigen.csv").write_text(HEAD + own, encoding="utf-8")
    other = [
        f"R1;Kerkweg;gemeente;sewer_gravity;01-02-2030;01-05-2030;{LINE}\n",
        "s2;;gemeente;sewer_gravity;2030-05-20;2030-07-01;LINESTRING (150100 400000, 150160 400000)\n",
    ]
    (tmp_path / "wior.csv").write_text(HEAD + "".join(other), encoding="utf-8")
    return tmp_path


def told(*given: str) -> tuple[int, dict]:
    done = CliRunner().invoke(app, ["same", *given, "--json"])
    return done.exit_code, json.loads(done.stdout.splitlines()[-1])


def works(city: Path) -> list[str]:
    return gather_works(read_city(city, apart=False))[0]["work"].tolist()


def test_proposals_are_listed_joined_and_taken_back(city: Path):
    before, settings = works(city), read_settings(city)
    code, answer = told(str(city))
    assert (code, [(pair["one"], pair["other"]) for pair in answer["proposed"]]) == (0, [("eigen:R1", "wior:R1")])
    assert answer["slices"] == [["s2", "wior:R1"]]
    assert not (city / "samen.toml").exists()

    code, answer = told(str(city), "--join", "wior:R1", "eigen:R1")
    assert (code, answer["proposed"]) == (0, [])
    assert works(city) == ["eigen:R1", "s2"]

    assert told(str(city), "--apart", "eigen:R1", "wior:R1")[0] == 0
    assert [one.same for one in read_answers(city)] == [False]
    assert works(city) == before

    assert told(str(city), "--forget", "eigen:R1", "wior:R1")[0] == 0
    assert (works(city), read_settings(city)) == (before, settings)
    assert told(str(city), "--forget", "eigen:R1", "wior:R1")[0] == 1


@pytest.mark.parametrize("two", [("R9", "s2"), ("s2", "wior:s2")])
def test_what_is_no_pair_of_works_is_told_and_nothing_is_written(city: Path, two: tuple[str, str]):
    code, answer = told(str(city), "--join", *two)
    assert (code, answer["faults"][0]["where"]) == (1, "--join")
    assert not (city / "samen.toml").exists()
