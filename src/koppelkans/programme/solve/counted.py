"""Which joints a solution counts as saved, so that the judge can look at it. (nl: meegeteld)."""

import numpy as np
import pandas as pd

from koppelkans.programme.coded import Floats, positions
from koppelkans.programme.solve.statement import Statement

HALF = 0.5
"""A choice is made from this level."""


def joined(said: Statement, full: Floats) -> pd.DataFrame:
    """Return the joints whose saving the columns of a solution count (work, other, year): the first work is done, and nothing is missed."""
    coded, joints = said.coded, said.coded.problem.joints
    joint, year = coded.meeting_joint, coded.meeting_year
    first = positions(joints["work"], coded.problem.works["work"])[joint]
    counted = full[said.does[coded.option_of[first, year]]] > HALF
    if "missed" in said.places:
        labels, at, when = said.places["missed"]
        missed = np.zeros((len(joints), len(coded.factors)), dtype=bool)
        missed[at, when] = full[labels] > HALF
        counted &= ~missed[joint, year]
    table = joints.iloc[joint[counted]][["work", "other"]].assign(year=year[counted] + coded.problem.first_year)
    return table.sort_values(["work", "other", "year"], ignore_index=True)
