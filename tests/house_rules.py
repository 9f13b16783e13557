"""The rules of the house that can be read from the code: each lists what breaks it, so that one test tells all."""

import ast
import re
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

import grimp
import numpy as np
from scipy.sparse import csr_array
from scipy.sparse.csgraph import connected_components

DRAWERS = {"utils", "helpers", "common", "base", "manager", "misc", "core"}
LONGEST_FILE, LONGEST_FUNCTION, LONGEST_FIRST_LINE = 500, 60, 90
PIECES = (
    "readers",
    "kinds",
    "effects",
    "criteria",
    "methods",
    "elicitation",
    "constraints",
    "forms",
    "indicators",
)
WALKERS = re.compile(
    r"\.iterrows\(|\.itertuples\(.*geometry|for \w+ in \w+\.geometry\b|\.geometry\.apply\(|\.apply\(.*axis ?= ?1"
)
PICTURES = re.compile(r"what stands|comes to|tells them apart", re.IGNORECASE)
AFTER_THE_ACCOUNT = ("report/", "cli/", "area/", "steering.py", "flow.py")
MONEY_COLUMN = re.compile(r"[\"'\[]\w*_eur[\"'\]]|\bamounts?\b|\beuros\b")
SUMMED = {"sum", "nansum", "cumsum"}
DUTCH = re.compile(r" *\(nl: [^)]+\)\.?$")


@dataclass(frozen=True)
class Module:
    """One file of the code: where it stands in its package, and what it says."""

    path: Path
    name: str
    text: str

    @cached_property
    def nodes(self) -> list[ast.AST]:
        """Every node of its syntax tree, the module itself first."""
        return list(ast.walk(ast.parse(self.text)))

    @property
    def first_line(self) -> str:
        """The first line of its docstring."""
        return first_line(self.nodes[0])


def read_modules(source: Path) -> list[Module]:
    """Return every module of a package, in the order of their paths."""
    return [
        Module(path, path.relative_to(source).as_posix(), path.read_text(encoding="utf-8"))
        for path in sorted(source.rglob("*.py"))
    ]


def first_line(node: ast.AST) -> str:
    """Return the first line of a docstring; nothing where there is none."""
    return ((ast.get_docstring(node) or "").splitlines() or [""])[0]  # type: ignore[arg-type]


def public(node: ast.AST) -> Iterator[ast.AST]:
    """Return a module with its public classes, functions and methods."""
    yield node
    for part in ast.iter_child_nodes(node):
        if isinstance(part, ast.ClassDef | ast.FunctionDef) and not part.name.startswith("_"):
            yield from public(part) if isinstance(part, ast.ClassDef) else [part]


def long_files(modules: list[Module]) -> list[str]:
    """Return the files that are too long to be one thought."""
    lengths = {module.name: module.text.count("\n") for module in modules}
    return [f"{name}: {lines} lines" for name, lines in lengths.items() if lines > LONGEST_FILE]


def long_functions(modules: list[Module]) -> list[str]:
    """Return the functions that do not fit on a screen."""
    return [
        f"{module.name}: {node.name}: {(node.end_lineno or 0) - node.lineno + 1} lines"
        for module in modules
        for node in module.nodes
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)
        and (node.end_lineno or 0) - node.lineno + 1 > LONGEST_FUNCTION
    ]


def modules_without_dutch(modules: list[Module]) -> list[str]:
    """Return the modules whose first line has no Dutch name."""
    return [f"{module.name}: {module.first_line}" for module in modules if not DUTCH.search(module.first_line)]


def drawers(modules: list[Module]) -> list[str]:
    """Return the modules and folders that are named for the drawer and not for the thing."""
    return [module.name for module in modules if DRAWERS & set(Path(module.name).with_suffix("").parts)]


def frames_without_a_name(modules: list[Module]) -> list[str]:
    """Return where something is called gdf or df."""
    return [
        f"{module.name}: line {node.lineno}"
        for module in modules
        for node in module.nodes
        if (isinstance(node, ast.Name) and node.id in ("gdf", "df"))
        or (isinstance(node, ast.arg) and node.arg in ("gdf", "df"))
    ]


def asserts_prints_and_bare_excepts(modules: list[Module]) -> list[str]:
    """Return where the core asserts, prints, or catches whatever comes."""
    bare = ("Exception", "BaseException")
    return [
        f"{module.name}: line {node.lineno}"
        for module in modules
        for node in module.nodes
        if isinstance(node, ast.Assert)
        or (
            isinstance(node, ast.ExceptHandler)
            and (
                node.type is None or any(isinstance(part, ast.Name) and part.id in bare for part in ast.walk(node.type))
            )
        )
        or (isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "print")
    ]


def other_transformers(modules: list[Module]) -> list[str]:
    """Return the modules that transform coordinates beside the one place where that is done."""
    return [module.name for module in modules if ".to_crs(" in module.text and module.name != "ground/crs.py"]


def walkers_over_rows(modules: list[Module]) -> list[str]:
    """Return where somebody walks over rows of geometry."""
    return [f"{module.name}: {hit.group()}" for module in modules for hit in WALKERS.finditer(module.text)]


def untold_modules(modules: list[Module], tests: Path) -> list[str]:
    """Return the modules that no test imports or mirrors by name, and that are no piece that the laws meet."""
    files = sorted(tests.rglob("test_*.py"))
    mirrored = {path.stem.removeprefix("test_") for path in files}
    told = {name for path in files for name in named_modules(path.read_text(encoding="utf-8"))}
    return [
        module.name
        for module in modules
        if module.path.name not in ("__init__.py", "product.py")
        and module.path.parent.name not in PIECES
        and not {module.path.stem, f"{module.path.parent.name}_{module.path.stem}"} & mirrored
        and "koppelkans." + module.name.removesuffix(".py").replace("/", ".") not in told
    ]


def named_modules(text: str) -> Iterator[str]:
    """Return what a test imports or names, in dotted form."""
    yield from re.findall(r"koppelkans[\w.]*", text)
    for node in ast.walk(ast.parse(text)):
        if isinstance(node, ast.ImportFrom):
            yield from (f"{node.module}.{part.name}" for part in node.names)


def classes_of_one_name(modules: list[Module]) -> dict[str, list[str]]:
    """Return every name that two classes bear, with the modules where they stand."""
    found = defaultdict(list)
    for module in modules:
        for node in module.nodes:
            if isinstance(node, ast.ClassDef):
                found[node.name].append(module.name)
    return {name: where for name, where in sorted(found.items()) if len(where) > 1}


def classes_named_after_a_folder(modules: list[Module]) -> dict[str, list[str]]:
    """Return every class with the name of a folder where it does not live; the noun of a room lives in its room."""
    folders = {part.replace("_", "") for module in modules for part in Path(module.name).parts[:-1]}
    found = defaultdict(list)
    for module in modules:
        own = {part.replace("_", "") for part in Path(module.name).parts[:-1]}
        for node in module.nodes:
            if isinstance(node, ast.ClassDef) and node.name.lower() in folders - own:
                found[node.name].append(module.name)
    return dict(sorted(found.items()))


def import_circles(package: str) -> list[list[str]]:
    """Return every circle of modules that import each other, those for types only included."""
    graph = grimp.build_graph(package, cache_dir=None)
    names = sorted(graph.modules)
    at = {name: number for number, name in enumerate(names)}
    pairs = np.array(
        [(at[name], at[other]) for name in names for other in graph.find_modules_directly_imported_by(name)], dtype=int
    ).reshape(-1, 2)
    arrows = csr_array((np.ones(len(pairs)), pairs.T), shape=(len(names), len(names)))
    _, circle = connected_components(arrows, connection="strong")
    groups = [[names[place] for place in np.flatnonzero(circle == number)] for number in np.unique(circle)]
    return [group for group in groups if len(group) > 1]


def unclear_first_lines(modules: list[Module]) -> dict[str, str]:
    """Return the first lines of public docstrings that are too long or speak in pictures, and where they stand.

    The Dutch name at the end of the first line of a module is not counted.
    """
    lines = {
        first_line(node): f"{module.name}: {getattr(node, 'name', 'module')}"
        for module in modules
        for node in public(module.nodes[0])
    }
    return {
        line: where
        for line, where in lines.items()
        if len(DUTCH.sub("", line)) > LONGEST_FIRST_LINE or PICTURES.search(line)
    }


def sums_of_money(modules: list[Module]) -> list[str]:
    """Return the functions behind the account that add up money themselves: a total is a figure of the account.

    Found where a sum is taken of a column in euros, or where such a column is aggregated with `"sum"`.
    """
    found = set()
    for module in modules:
        if not module.name.startswith(AFTER_THE_ACCOUNT):
            continue
        for function in (node for node in module.nodes if isinstance(node, ast.FunctionDef)):
            for node in ast.walk(function):
                if _sums_money(node, module.text):
                    found.add(f"{module.name}: {function.name}")
    return sorted(found)


def _sums_money(node: ast.AST, text: str) -> bool:
    """Tell whether a node of the code adds up money."""
    if isinstance(node, ast.Tuple):
        words = [part.value for part in node.elts if isinstance(part, ast.Constant)]
        return "sum" in words and any(str(word).endswith("_eur") for word in words)
    if not isinstance(node, ast.Call):
        return False
    name = node.func.attr if isinstance(node.func, ast.Attribute) else getattr(node.func, "id", "")
    if name not in SUMMED:
        return False
    told = ast.get_source_segment(text, node) or ""
    counts = ".isna()" in told or any(isinstance(part, ast.Compare) for part in ast.walk(node))
    return not counts and bool(MONEY_COLUMN.search(told))
