"""`koppelkans same` lists works that may be one, and keeps what a person answers in samen.toml."""

import json
from functools import partial
from pathlib import Path

import pytest
from typer.testing import CliRunner

from koppelkans.cli import app
from koppelkans.cli.same import text_of_answers
from koppelkans.context import read_city
from koppelkans.context.works.planned_works import gather_works
from koppelkans.ground.settings import RegisteredWork, SameAnswer, read_answers, read_settings

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


def test_proposals_are_listed_and_an_answer_is_kept(city: Path):
    code, answer = told(str(city))
    assert (code, [(pair["one"], pair["other"]) for pair in answer["proposed"]]) == (0, [("eigen:R1", "wior:R1")])
    assert answer["slices"] == [["s2", "wior:R1"]]
    assert not (city / "samen.toml").exists()
    code, answer = told(str(city), "--join", "wior:R1", "eigen:R1")
    assert (code, answer["proposed"]) == (0, [])
    assert [(one.pair, one.same) for one in read_answers(city)] == [((("eigen", "R1"), ("wior", "R1")), True)]


def test_an_answer_that_is_taken_back_leaves_the_same_city(city: Path):
    before = read_settings(city)
    works = [RegisteredWork(source=source, work="R1") for source in ("eigen", "wior")]
    (city / "samen.toml").write_text(
        text_of_answers([SameAnswer(one=works[1], other=works[0], same=True)]), encoding="utf-8"
    )
    rows, _ = gather_works(read_city(city, apart=False))
    assert rows["work"].tolist() == ["eigen:R1", "s2"]
    assert told(str(city), "--forget", "eigen:R1", "wior:R1")[0] == 0
    assert read_settings(city) == before


def test_names_are_written_so_that_they_are_read_again(tmp_path: Path):
    odd = [RegisteredWork(source="a", work=work) for work in ('"\\\n\x7f', "é]= 'x' #")]
    answer = SameAnswer(one=odd[0], other=odd[1], same=False)
    (tmp_path / "samen.toml").write_text(text_of_answers([answer]), encoding="utf-8")
    assert [one.pair for one in read_answers(tmp_path)] == [answer.pair]


@pytest.mark.parametrize("two", [("R9", "s2"), ("s2", "wior:s2")])
def test_what_is_no_pair_of_works_is_told_and_nothing_is_written(city: Path, two: tuple[str, str]):
    code, answer = told(str(city), "--join", *two)
    assert (code, answer["faults"][0]["where"]) == (1, "--join")
    assert not (city / "samen.toml").exists()
