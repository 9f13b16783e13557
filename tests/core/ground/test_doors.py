import subprocess
import sys

import pytest

from koppelkans import alignment, programme

LOADED = """
import sys
from koppelkans.context.product import Context
from koppelkans.programme.product import Programme
assert "koppelkans.context.reading.read" not in sys.modules, "who needs a noun does not load the verb"
assert "koppelkans.programme.schedule" not in sys.modules
import koppelkans.alignment.align
from koppelkans.alignment import Alignment, align
assert callable(align), "a verb is a verb, also where its module was loaded first under the same name"
assert Alignment.__name__ == "Alignment"
"""
QUICK = """
import sys
import koppelkans.cli.steer
heavy = {"altair", "openpyxl", "xlsxwriter", "pyogrio", "koppelkans.report.write", "koppelkans.context.reading.read"}
assert not heavy & set(sys.modules), heavy & set(sys.modules)
"""


@pytest.mark.parametrize("script", [LOADED, QUICK], ids=["rooms", "why and move"])
def test_no_more_is_loaded_than_is_asked_for(script: str):
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr


def test_a_room_names_its_doors_and_no_others():
    assert {"look_ahead", "schedule", "Programme"} <= set(programme.__all__)
    assert alignment.align is alignment.align
    with pytest.raises(AttributeError, match="has no attribute 'nothing'"):
        alignment.nothing  # noqa: B018
