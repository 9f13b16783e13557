import ast
import importlib
import inspect
import json
import subprocess
import sys
from importlib.metadata import version

import pytest
import typer.main

from koppelkans.cli import commands, outside
from koppelkans.cli.commands import DOORS, STAY, app
from koppelkans.flow import ROOMS
from koppelkans.programme.replan import STAY_EUR

NAMES = list(typer.main.get_command(app).commands)  # type: ignore[attr-defined]


def test_there_is_one_command_per_door_in_the_order_of_the_corridor():
    rooms = [room.name for room in ROOMS]
    assert [name for name in NAMES if name in rooms] == rooms
    assert list(DOORS) == rooms


def test_what_a_newcomer_needs_stands_first():
    assert NAMES[:4] == ["demo", "new", "inspect", "check"]
    assert {"run", "open", "again", "report"} <= set(NAMES)


def test_koppelkans_cli_can_be_run_as_a_module_and_tells_its_version():
    """`koppelkans.cli.__main__` is the same as the command."""
    done = subprocess.run(
        [sys.executable, "-m", "koppelkans.cli", "--version"], capture_output=True, text=True, check=True
    )
    assert done.stdout.strip() == version("koppelkans")


LOADED = """
import json, sys
from koppelkans.cli import app
try:
    app(sys.argv[1:])
except SystemExit as end:
    print(json.dumps([end.code, sorted(sys.modules)]))
"""


@pytest.mark.parametrize(
    ("words", "code"),
    [
        (["--help"], 0),
        (["run", "--help"], 0),
        (["run", "/nergens", "--out", "uit"], 2),
        (["move", "werk", "geen-jaar", "--out", "uit"], 2),
        (["dans"], 2),
    ],
    ids=["help", "help of one", "no folder", "no year", "no command"],
)
def test_help_and_a_refused_command_load_no_room_and_no_library_of_tables_or_solver(words: list[str], code: int):
    done = subprocess.run([sys.executable, "-c", LOADED, *words], capture_output=True, text=True, check=True)
    found, modules = json.loads(done.stdout.splitlines()[-1])
    assert found == code
    rooms = {name for name in modules if name.startswith("koppelkans.")}
    assert {name.split(".")[1] for name in rooms} <= {"cli", "ground"}
    heavy = {"pandas", "numpy", "geopandas", "shapely", "pyogrio", "pandera", "pyarrow", "scipy", "altair", "highspy"}
    heavy |= {"openpyxl", "xlsxwriter", "typst", "lxml", "pyproj", "polars", "httpx"}
    assert not heavy & {name.split(".")[0] for name in modules}


def test_every_command_calls_a_function_that_takes_what_it_hands_on():
    made = [ast.parse(inspect.getsource(module)) for module in (commands, outside)]
    calls = [node for tree in made for node in ast.walk(tree) if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "call"]  # fmt: skip
    for node in calls:
        place, *given = node.args
        assert isinstance(place, ast.Constant)
        module, _, name = str(place.value).partition(".")
        does = getattr(importlib.import_module(f"koppelkans.cli.{module}"), name)
        inspect.signature(does).bind(*given, **{str(one.arg): one.value for one in node.keywords})
    assert len(calls) == len(NAMES) - len(DOORS) + 1
    assert STAY == STAY_EUR
