"""A fan of one or more futures without surprises, for the tests of what moves in it."""

import pandas as pd

from koppelkans.programme.constraint import Outcome
from koppelkans.programme.constraints import CONSTRAINTS
from koppelkans.programme.futures.batch import FutureBatch, batch_of, placed, years_of
from koppelkans.programme.judge import judge
from koppelkans.programme.problem import Problem
from koppelkans.programme.value import broken_rest, opened_sections


def fan(problem: Problem, programme: dict[str, int] | None = None) -> FutureBatch:
    """Return the fan of one future that is as was reckoned with, with a programme in it."""
    plan = pd.DataFrame({"work": list(programme or {}), "year": list((programme or {}).values())})
    empty = batch_of(problem, problem, 1)
    return placed(empty, years_of(empty, plan.astype({"work": "str", "year": "int64"})))


def plan(made: FutureBatch, future: int = 0) -> pd.DataFrame:
    """Return the programme of a future."""
    problem, year = made.ground.problem, made.year[future]
    rows = [
        (work, at + problem.first_year)
        for work, at in zip(problem.works["work"], year.tolist(), strict=True)
        if at >= 0
    ]
    return pd.DataFrame(rows, columns=["work", "year"]).astype({"work": "str", "year": "int64"})


def kept(problem: Problem, programme: pd.DataFrame) -> pd.Series:
    """Return per demand whether the judge finds it kept."""
    outcome = Outcome(programme, opened_sections(problem, programme), broken_rest(problem, programme))
    return judge(problem, outcome, constraints=CONSTRAINTS).set_index("demand")["kept"]
