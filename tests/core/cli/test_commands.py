import subprocess
import sys
from importlib.metadata import version

import typer.main

from koppelkans.cli.commands import DOORS, app
from koppelkans.flow import ROOMS

NAMES = list(typer.main.get_command(app).commands)  # type: ignore[attr-defined]


def test_there_is_one_command_per_door_in_the_order_of_the_corridor():
    rooms = [room.name for room in ROOMS]
    assert [name for name in NAMES if name in rooms] == rooms
    assert list(DOORS) == rooms


def test_what_a_newcomer_needs_stands_first():
    assert NAMES[:3] == ["demo", "new", "check"]
    assert {"run", "open", "again", "report"} <= set(NAMES)


def test_koppelkans_cli_can_be_run_as_a_module_and_tells_its_version():
    """`koppelkans.cli.__main__` is the same as the command."""
    done = subprocess.run(
        [sys.executable, "-m", "koppelkans.cli", "--version"], capture_output=True, text=True, check=True
    )
    assert done.stdout.strip() == version("koppelkans")
