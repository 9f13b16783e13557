"""Work that no clock disturbs, counted on three fixed cases: what continuous integration holds beside work.toml."""

import tempfile
from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from functools import wraps
from pathlib import Path
from typing import Any
from unittest import mock

import highspy
import numpy as np
from shapely import STRtree

import hamlet
import hamlet_plan
import hamlet_programme
import small_problems
from koppelkans.context import read_city, survey
from koppelkans.demo import make_town
from koppelkans.programme import statement
from koppelkans.programme.solve.highs import Effort
from koppelkans.programme.solve_problem import solve_problem
from koppelkans.report.forms.map_page import MAP_PAGE
from koppelkans.report.write import write_form

TABLE = Path(__file__).parent / "golden" / "work.toml"
ROOM = 1.1
"""A count may grow by a tenth before somebody has to say so."""
PATIENT = Effort(seconds=600.0, gap=0.0, seed=1)


@contextmanager
def counted() -> Iterator[Counter[str]]:
    """Count what is asked of the solver and of spatial indexes, and the rows of each statement."""
    counts: Counter[str] = Counter()

    def after(kind: type, name: str, tell: Callable[..., dict[str, int]]) -> Any:  # noqa: ANN401
        plain = getattr(kind, name)

        @wraps(plain)
        def watched(self: object, *given: object, **named: object) -> object:
            made = plain(self, *given, **named)
            counts.update(tell(self, made, *given, **named))
            return made

        return mock.patch.object(kind, name, watched)

    def of_run(solver: highspy.Highs, *_: object) -> dict[str, int]:
        told = solver.getInfo()
        return {
            "solver_runs": 1,
            "solver_iterations": max(0, told.simplex_iteration_count) + max(0, told.ipm_iteration_count),
            "solver_nodes": max(0, told.mip_node_count),
        }

    def of_query(_: object, made: np.ndarray, geometry: object, *_more: object, **_named: object) -> dict[str, int]:
        return {"index_queries": int(np.size(geometry)), "index_pairs": int(np.shape(made)[-1])}

    def of_rows(_: object, made: object, *_more: object, **_named: object) -> dict[str, int]:
        rows: Any = made
        return {"stated_rows": len(rows.upper), "stated_columns": len(rows.cost)}

    with (
        after(highspy.Highs, "run", of_run),
        after(STRtree, "query", of_query),
        after(statement.Statement, "rows", of_rows),
    ):
        yield counts


def of_hamlet() -> dict[str, int]:
    """Return the work of the programme of the hamlet, proven to the end."""
    with counted() as counts:
        hamlet_programme.searched(hamlet.settings(programme={"gap": 0.0}), hamlet.context())
    return dict(counts)


def of_town() -> dict[str, int]:
    """Return the work of reading a town of 100 homes, and what stands in its files."""
    with tempfile.TemporaryDirectory() as folder, counted() as counts:
        town = make_town(Path(folder) / "stad", homes=100, seed=1)
        files = [path for path in town.rglob("*") if path.is_file()]
        made = survey(read_city(town))
    counts.update(files_written=len(files), rows_read=sum(len(getattr(made, name)) for name in made.TABLES))
    return dict(counts)


def of_map() -> dict[str, int]:
    """Return how large the map of the hamlet is."""
    with tempfile.TemporaryDirectory() as folder:
        files = write_form(MAP_PAGE, hamlet_plan.plan(), Path(folder), lang="nl")
        return {"files_written": len(files), "bytes_written": sum(path.stat().st_size for path in files)}


def of_tables() -> dict[str, int]:
    """Return the work of a problem of plain tables: forty works in streets in a row."""
    with counted() as counts:
        solve_problem(small_problems.street(40), effort=PATIENT)
    return dict(counts)


CASES: dict[str, Callable[[], dict[str, int]]] = {
    "hamlet": of_hamlet,
    "town": of_town,
    "tables": of_tables,
    "map": of_map,
}


def grown(held: Mapping[str, int], now: Mapping[str, int]) -> dict[str, tuple[int, int]]:
    """Return the counts that are more than a tenth above what the table holds, or are not in it: held and now."""
    return {name: (held.get(name, 0), found) for name, found in now.items() if found > ROOM * held.get(name, 0)}


def written(found: Mapping[str, Mapping[str, int]]) -> str:
    """Return the table as TOML."""
    head = "# Work on fixed cases; made by `make work`. Who lets a count grow says so in the changelog.\n"
    parts = [
        f"\n[{case}]\n" + "".join(f"{name} = {count}\n" for name, count in sorted(counts.items()))
        for case, counts in found.items()
    ]
    return head + "".join(parts)
