"""Which joints a solution counts as saved, so that the judge can look at it. (nl: meegeteld)."""

import numpy as np
import pandas as pd

from koppelkans.programme.indexed import Floats, positions
from koppelkans.programme.statement import Statement

HALF = 0.5
"""A choice is made from this level."""


def joined(said: Statement, full: Floats) -> pd.DataFrame:
    """Return the joints whose saving the columns of a solution count (work, other, year): the first work is done, and nothing is missed."""
    indexed, joints = said.indexed, said.indexed.problem.joints
    joint, year = indexed.meeting_joint, indexed.meeting_year
    first = positions(joints["work"], indexed.problem.works["work"])[joint]
    counted = full[said.does[indexed.option_of[first, year]]] > HALF
    if "missed" in said.places:
        labels, at, when = said.places["missed"]
        missed = np.zeros((len(joints), len(indexed.factors)), dtype=bool)
        missed[at, when] = full[labels] > HALF
        counted &= ~missed[joint, year]
    table = joints.iloc[joint[counted]][["work", "other"]].assign(year=year[counted] + indexed.problem.first_year)
    return table.sort_values(["work", "other", "year"], ignore_index=True)
