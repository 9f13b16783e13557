"""The problem of a city put away as plain tables, so that a question or a change need not frame it anew. (nl: opgave op de plank)."""

import json
from pathlib import Path

import pandas as pd

from koppelkans.ground.errors import Fault, InputError
from koppelkans.ground.words import Phrase
from koppelkans.programme.agreed import Agreed
from koppelkans.programme.decisions import Decided
from koppelkans.programme.frame import Framed
from koppelkans.programme.problem import Problem
from koppelkans.programme.read_folder import FACTS, read_problem

AROUND = "around"
"""Folder for what stands around the problem; beside it lie the tables that `koppelkans solve` reads."""
NAMES = "names.json"
AROUND_TABLES = (
    "works", "payments", "budgets", "hours", "limits", "fixed", "excluded", "ties", "promises", "joints",
)  # fmt: skip
"""What stands in that folder."""


def put_framed(framed: Framed, folder: Path) -> Path:
    """Write the problem as Parquet tables with its problem.json, and what stands around it in a folder of its own.

    Written twice, the same bytes. The folder can be read with `read_problem` and solved with `koppelkans solve`.
    """
    (folder / AROUND).mkdir(parents=True, exist_ok=True)
    problem = framed.problem
    for name in Problem.TABLES:
        getattr(problem, name).to_parquet(folder / f"{name}.parquet", index=False)
    facts = {"first_year": problem.first_year, "years": problem.years, "discount_rate": problem.discount_rate}
    _write(folder / FACTS, facts)
    for name, table in _around(framed).items():
        table.to_parquet(folder / AROUND / f"{name}.parquet", index=False)
    _write(folder / AROUND / NAMES, {"names": framed.names, "untied": framed.untied})
    return folder


def take_framed(folder: Path) -> Framed:
    """Take up what `put_framed` wrote.

    Raises
    ------
    InputError
        Where the folder does not hold it.
    """
    around = folder / AROUND
    if not (around / NAMES).is_file():
        wanted = Phrase("the problem of a run, put there by `koppelkans run`; run again")
        raise InputError([Fault(str(folder), Phrase("no problem"), wanted, fatal=True)])
    tables = {path.stem: pd.read_parquet(path) for path in sorted(around.glob("*.parquet"))}
    lacking = sorted(set(AROUND_TABLES) - set(tables))
    if lacking:
        wanted = Phrase("every table of the problem of a run of this version; run `koppelkans run` again")
        raise InputError(
            [
                Fault(str(around), Phrase("no table {name}", name=name), wanted, layer=name, fatal=True)
                for name in lacking
            ]
        )
    works = tables["works"].set_index("work")
    words = json.loads((around / NAMES).read_text(encoding="utf-8"))
    return Framed(
        problem=read_problem(folder),
        outside=works["outside"],
        costs=works["cost_eur"],
        payments=tables["payments"],
        budgets=tables["budgets"],
        hours=tables["hours"],
        limits=tables["limits"],
        decided=Decided(tables["fixed"], tables["excluded"]),
        agreed=Agreed(tables["ties"], tables["promises"], tables["joints"]),
        untied=tuple(words["untied"]),
        names=words["names"],
    )


def _around(framed: Framed) -> dict[str, pd.DataFrame]:
    """Return what stands around the problem as tables."""
    works = pd.DataFrame({"outside": framed.outside, "cost_eur": framed.costs}).rename_axis("work").reset_index()
    return {
        "works": works,
        "payments": framed.payments,
        "budgets": framed.budgets,
        "hours": framed.hours,
        "limits": framed.limits,
        "fixed": framed.decided.fixed,
        "excluded": framed.decided.excluded,
        "ties": framed.agreed.ties,
        "promises": framed.agreed.promises,
        "joints": framed.agreed.joints,
    }


def _write(path: Path, data: object) -> None:
    """Write JSON with sorted keys."""
    path.write_text(json.dumps(data, indent=1, sort_keys=True, ensure_ascii=False) + "\n", encoding="utf-8")
