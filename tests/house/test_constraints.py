"""What a constraint means stands in its piece: nothing outside its folder knows one by its name."""

import ast
from collections.abc import Iterator
from pathlib import Path

from koppelkans.programme.constraints import CONSTRAINTS
from koppelkans.programme.problem import Problem

SOURCE = Path(__file__).parents[2] / "src" / "koppelkans"
PIECES = "koppelkans.programme.constraints"
TABLES = {*Problem.TABLES, *(column for schema in Problem.TABLES.values() for column in schema.columns)}
NAMES = {piece.name for piece in CONSTRAINTS}
LOOKED_AT = {"constraint", "demand", "blocked_by", "kind", "sort", "name"}
"""What a name of a constraint would be compared with."""
READ = {"programme/tables.py": {"load", "open_counts"}}
"""Tables of the product that a piece works out itself and hands on: hours and open streets per year."""


OTHERWISE = {"cli/split.py": "a split is apart or together", "programme/futures/draw.py": "formulas of what is drawn"}
"""Where such a word means something else."""


def modules() -> Iterator[tuple[str, ast.Module]]:
    """Yield every module of the programme outside the pieces, and of the rooms that read it."""
    for path in sorted([*SOURCE.glob("programme/**/*.py"), *SOURCE.glob("cli/**/*.py"), *SOURCE.glob("*.py")]):
        if path.parent.name != "constraints" and path.relative_to(SOURCE).as_posix() not in OTHERWISE:
            yield path.relative_to(SOURCE).as_posix(), ast.parse(path.read_text(encoding="utf-8"))


def words(node: ast.AST) -> set[str]:
    """Return the strings in a piece of code."""
    return {part.value for part in ast.walk(node) if isinstance(part, ast.Constant) and isinstance(part.value, str)}


def named(node: ast.AST) -> set[str]:
    """Return the names and columns that a piece of code speaks of."""
    called = {part.id for part in ast.walk(node) if isinstance(part, ast.Name)}
    called |= {part.attr for part in ast.walk(node) if isinstance(part, ast.Attribute)}
    return called | words(node)


def found(tree: ast.Module, allowed: set[str]) -> Iterator[str]:
    """Yield what in a module knows a constraint by its name."""
    for node in ast.walk(tree):
        if isinstance(node, ast.ImportFrom) and (node.module or "").startswith(f"{PIECES}."):
            yield from (f"imports {alias.name}" for alias in node.names if alias.name not in allowed)
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and node.value in NAMES - TABLES:
            yield f"line {node.lineno}: {node.value!r}"
        if isinstance(node, ast.Compare) and words(node) & NAMES and named(node) & LOOKED_AT:
            yield f"line {node.lineno}: compares with {sorted(words(node) & NAMES)}"


def test_nothing_outside_its_folder_knows_a_constraint_by_its_name():
    assert not [f"{name}: {fault}" for name, tree in modules() for fault in found(tree, READ.get(name, set()))]


def test_a_constraint_that_is_known_by_its_name_is_seen():
    tree = ast.parse('from koppelkans.programme.constraints.crew import load\nx = {"budget": 1}\ny = kind == "fixed"')
    assert len(list(found(tree, set()))) == len(tree.body)
