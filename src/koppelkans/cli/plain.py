"""The command that solves a folder of plain tables, for who has no city folder. (nl: losse tabellen)."""

import math
import time
from pathlib import Path
from typing import Any

import typer

from koppelkans.cli.voice import CANNOT_USE, LANG, Voice, guarded, t
from koppelkans.ground.outputs import put_in_place
from koppelkans.programme.constraints import CONSTRAINTS
from koppelkans.programme.judge import every_fault
from koppelkans.programme.problem import Problem
from koppelkans.programme.read_problem import read_problem
from koppelkans.programme.solve.highs import Effort, Halt, until_interrupted
from koppelkans.programme.solve_problem import Solved, solve_problem

CENT = 0.01
"""A bound is rounded down to whole euros, but for rounding of less than this."""


def solve(folder: Path, *, out: Path, seconds: float, gap: float, seed: int, as_json: bool, verbose: bool) -> None:
    """Find the best programme of plain tables, write it, and print one line of JSON.

    The line is printed asked for or not.
    """
    voice = Voice(as_json=as_json, verbose=verbose)
    effort = Effort(seconds=seconds, gap=gap, seed=seed, halt=Halt())
    guarded(voice, lambda: _solve(voice, folder, out=out, effort=effort))


def _solve(voice: Voice, folder: Path, *, out: Path, effort: Effort) -> None:
    """Solve a folder; Ctrl-C hands over the best so far, and a programme that the judge faults ends with exit code 1."""
    began = time.perf_counter()
    problem = read_problem(folder)
    with voice.share(t("Programming")) as tell:
        solved = until_interrupted(
            lambda: solve_problem(problem, effort=effort, lang=LANG, progress=tell), effort.halt or Halt()
        )
    put_in_place(out, solved.programme.to_csv(index=False, lineterminator="\n"))
    answer = answered(problem, solved, seconds=time.perf_counter() - began)
    voice.result(answer)
    if answer["faults"]:
        raise typer.Exit(CANNOT_USE)


def answered(problem: Problem, solved: Solved, *, seconds: float) -> dict[str, Any]:
    """Return the answer to plain tables as data, with the cost and faults of the judge.

    The bound is rounded down, so that it holds in whole euros too. Promises that are not kept are listed with their years.
    """
    moved = solved.moved.astype("object").where(solved.moved.notna(), None)
    return {
        "works": len(problem.works),
        "done": len(solved.programme),
        "cost_eur": round(solved.value.total_eur),
        "bound_eur": min(math.floor(solved.bound_eur + CENT), round(solved.value.total_eur)),
        "gap": round(solved.gap, 6),
        "seconds": round(seconds, 1),
        "faults": every_fault(problem, solved.outcome, constraints=CONSTRAINTS, lang=LANG),
        "moved": moved.to_dict("records"),
    }
