import ast
from pathlib import Path

import koppelkans.context
from koppelkans.context.reading.reader import head, unusable
from koppelkans.ground.words import Phrase, words

ROOM = Path(koppelkans.context.__file__).parent


def sentences() -> set[str]:
    """Return every sentence that this room tells of a fault."""
    calls = (node for path in ROOM.rglob("*.py") for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))))
    return {
        call.args[0].value
        for call in calls
        if isinstance(call, ast.Call) and isinstance(call.func, ast.Name) and call.func.id == "Phrase"
        if isinstance(call.args[0], ast.Constant) and isinstance(call.args[0].value, str)
    }


def test_every_fault_can_be_told_in_dutch():
    dutch = words("nl")
    known = {message for message in sentences() if (message in dutch._catalog)}  # type: ignore[attr-defined]
    assert len(sentences()) > 90
    assert sentences() - known == set()


def test_an_unusable_file_is_a_fatal_fault_with_its_place():
    (fault,) = unusable("a.gpkg", Phrase("{n} layers", n=3), "one", layer="x", column="y").faults
    assert (fault.where, fault.layer, fault.column, fault.fatal) == ("a.gpkg", "x", "y", True)
    assert isinstance(fault.found, Phrase)
    assert fault.found.said("nl") == "3 lagen"


def test_the_head_of_a_file_is_only_its_head(tmp_path: Path):
    (tmp_path / "a").write_bytes(b"abcdef")
    assert head(tmp_path / "a", 3) == b"abc"
