"""A future that was planned into a broken demand is planned anew around it, and one that holds stays as it is."""

import numpy as np
import pandas as pd

import tiny_city
from fanned import fan, kept, plan
from koppelkans.programme.futures.obey import obeying
from koppelkans.programme.futures.placed import placed
from koppelkans.programme.problem import Problem
from koppelkans.programme.quarters import quarters


def street() -> Problem:
    """Return two works of 10, one purse with 10 a year, and 5 a year for being late."""
    rows = [(name, 2027, 2027, 2029, 10, 0, 5, 900, True, False, False) for name in "ab"]
    return tiny_city.problem(
        rate=0.0,
        works=tiny_city.works(*rows),
        payments=pd.DataFrame({"work": ["a", "b"], "fund": "f", "share": 1.0}),
        funds=pd.DataFrame({"fund": "f", "year": [2027, 2028, 2029], "budget_eur": 10, "carries_over": False}),
    )


def test_what_a_judge_faults_is_planned_anew_at_its_best():
    problem = street()
    stood = fan(problem, {"a": 2027, "b": 2029})
    made = obeying(stood, placed(stood, np.asarray([[0, 0]])), quarters(problem, 1))
    assert kept(problem, plan(made)).all()
    assert sorted(plan(made)["year"]) == [2027, 2028]  # one of them waits a year, which is better than two


def test_what_holds_is_left_as_it_is():
    problem = street()
    stood = fan(problem, {"a": 2027, "b": 2029})
    planned = placed(stood, np.asarray([[0, 1]]))
    assert obeying(stood, planned, quarters(problem, 1)) is planned
