"""Two works that save together do so only in the same year, and only once. (nl: gezamenlijk voordeel)."""

import numpy as np
import pandas as pd

from koppelkans.programme.constraint import Constraint, Outcome, faults, never_blocked
from koppelkans.programme.indexed import positions
from koppelkans.programme.problem import Problem, pair_names
from koppelkans.programme.statement import Statement, total
from koppelkans.programme.value import joined_works


def tell(said: Statement) -> None:
    """State which joint savings are missed: the first work is done in a year without the other.

    The price of the first work counts the saving already.
    """
    indexed, joints = said.indexed, said.indexed.problem.joints
    joint, year = indexed.meeting_joint, indexed.meeting_year
    first, other = (positions(joints[side], indexed.problem.works["work"])[joint] for side in ("work", "other"))
    missed = said.add("missed", indexed.meeting_eur, joint, year)
    row = np.arange(len(joint))
    one = total(said.does[indexed.option_of[first, year]], by=row, rows=len(row))
    both = total(said.does[indexed.option_of[other, year]], by=row, rows=len(row))
    said.demand(JOINT.name, one - both - total(missed, by=row, rows=len(row)), "<=", 0.0)


def judge(problem: Problem, outcome: Outcome) -> pd.DataFrame:
    """Name the pairs whose joint saving is counted wrongly: too often or not at all."""
    if outcome.joined is None:
        return faults(pair_names(problem.joints.iloc[:0]))
    must = joined_works(problem, outcome.programme)[["work", "other", "year"]]
    both = must.merge(outcome.joined, on=["work", "other", "year"], how="outer", indicator="found")
    wrong = both[both["found"] != "both"]
    return faults(pair_names(wrong), year=wrong["year"])


JOINT = Constraint(
    name="joint",
    nl="gezamenlijk voordeel",
    en="saving together",
    formula=r"m_{w,v,t} \ge x_{w,t} - x_{v,t}"
    r" \qquad \text{where } m \text{ costs what } w \text{ and } v \text{ save together in year } t \text{, and } x_{w,t} \text{ counts it as saved}",
    about="pair",
    demand="what {about} save together",
    fault="what {about} save together in {year} is not counted right",
    tell=tell,
    judge=judge,
    blocked=never_blocked,
)
