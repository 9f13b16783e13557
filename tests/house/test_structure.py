"""The house keeps its shape: who may know whom, how large rooms are, what things are called."""

import ast
import re
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
SOURCE = ROOT / "src" / "koppelkans"
MODULES = sorted(SOURCE.rglob("*.py"))
DRAWERS = {"utils", "helpers", "common", "base", "manager", "misc", "core"}
LONGEST_FILE, LONGEST_FUNCTION, MOST_ARGUMENTS = 300, 60, 6


def dotted(path: Path) -> str:
    """Return a path as the tests name it."""
    return path.relative_to(ROOT).as_posix()


def tree(path: Path) -> ast.Module:
    """Return the syntax tree of a module."""
    return ast.parse(path.read_text(encoding="utf-8"))


def test_a_room_looks_back_and_never_ahead():
    done = subprocess.run(
        [str(Path(sys.executable).with_name("lint-imports")), "--no-cache"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stdout


@pytest.mark.parametrize("path", MODULES, ids=dotted)
def test_a_module_has_the_size_of_a_room_and_not_of_a_hall(path: Path):
    lines = path.read_text(encoding="utf-8").count("\n")
    assert lines <= LONGEST_FILE, f"{lines} lines"


@pytest.mark.parametrize("path", MODULES, ids=dotted)
def test_a_function_fits_on_a_screen(path: Path):
    long = [
        f"{node.name}: {node.end_lineno - node.lineno + 1} lines"
        for node in ast.walk(tree(path))
        if isinstance(node, ast.FunctionDef) and (node.end_lineno or 0) - node.lineno + 1 > LONGEST_FUNCTION
    ]
    assert not long


@pytest.mark.parametrize("path", MODULES, ids=dotted)
def test_the_first_line_of_a_module_says_what_it_is_in_both_languages(path: Path):
    words = ast.get_docstring(tree(path)) or ""
    assert re.search(r"\(nl: [^)]+\)\.?$", words.splitlines()[0] if words else ""), words.splitlines()[:1]


@pytest.mark.parametrize("path", MODULES, ids=dotted)
def test_a_module_is_named_for_the_thing_and_not_for_the_drawer(path: Path):
    assert not DRAWERS & set(path.relative_to(SOURCE).with_suffix("").parts)


@pytest.mark.parametrize("path", MODULES, ids=dotted)
def test_nothing_is_called_gdf_or_df(path: Path):
    names = {node.id for node in ast.walk(tree(path)) if isinstance(node, ast.Name)} | {
        node.arg for node in ast.walk(tree(path)) if isinstance(node, ast.arg)
    }
    assert not names & {"gdf", "df"}


@pytest.mark.parametrize("path", MODULES, ids=dotted)
def test_the_core_asserts_nothing_catches_no_bare_exception_and_prints_nothing(path: Path):
    found = [
        f"line {node.lineno}"
        for node in ast.walk(tree(path))
        if isinstance(node, ast.Assert)
        or (
            isinstance(node, ast.ExceptHandler)
            and (
                node.type is None
                or (isinstance(node.type, ast.Name) and node.type.id in ("Exception", "BaseException"))
            )
        )
        or (isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "print")
    ]
    assert not found


def test_coordinates_are_transformed_in_one_place_only():
    others = [
        dotted(path)
        for path in MODULES
        if ".to_crs(" in path.read_text(encoding="utf-8") and path != SOURCE / "ground" / "crs.py"
    ]
    assert not others


def test_nobody_walks_over_rows_of_geometry():
    walkers = re.compile(
        r"\.iterrows\(|\.itertuples\(.*geometry|for \w+ in \w+\.geometry\b|\.geometry\.apply\(|\.apply\(.*axis ?= ?1"
    )
    found = [
        f"{dotted(path)}: {hit.group()}"
        for path in MODULES
        for hit in walkers.finditer(path.read_text(encoding="utf-8"))
    ]
    assert not found


@pytest.mark.parametrize(
    "path", [path for path in MODULES if path.name not in ("__init__.py", "product.py")], ids=dotted
)
def test_a_module_is_mirrored_by_a_test_or_its_piece_by_the_laws(path: Path):
    inside = path.relative_to(SOURCE).with_suffix("")
    named = "koppelkans." + ".".join(inside.parts)
    tests = [part.read_text(encoding="utf-8") for part in (ROOT / "tests").rglob("test_*.py")]
    folder = named.rpartition(".")[0]
    name = inside.parts[-1]
    told = any(
        named in text
        or f"from {folder} import {name}" in text
        or re.search(rf"from {re.escape(folder)} import [^\n]*\b{name}\b", text)
        for text in tests
    )
    mirrored = any((ROOT / "tests").rglob(f"test_{name}.py")) or any(
        (ROOT / "tests").rglob(f"test_{inside.parts[-2] if len(inside.parts) > 1 else name}_{name}.py")
    )
    piece = inside.parts[-2] if len(inside.parts) > 1 else ""
    assert (
        told
        or mirrored
        or piece
        in ("readers", "kinds", "effects", "criteria", "methods", "elicitation", "constraints", "forms", "indicators")
    )
