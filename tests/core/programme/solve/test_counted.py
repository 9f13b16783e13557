"""What a solution counts as saved together is read from its columns."""

import numpy as np
import pandas as pd

import tiny_city
from koppelkans.programme.constraint import state
from koppelkans.programme.constraints import CONSTRAINTS
from koppelkans.programme.indexed import index_problem
from koppelkans.programme.solve.search import joined


def test_a_joint_counts_where_the_first_work_is_done_and_nothing_is_missed():
    city = tiny_city.problem(
        years=1,
        works=tiny_city.works(
            ("gas", 2027, 2027, 2027, 10, 0, 0, 90, True, False, False),
            ("water", 2027, 2027, 2027, 10, 0, 0, 90, True, False, False),
        ),
        joints=pd.DataFrame({"work": ["gas"], "other": ["water"], "saving_eur": [4]}),
    )
    said = state(index_problem(city), CONSTRAINTS)
    assert joined(said, np.array([1.0, 1.0, 0.0])).to_dict("records") == [
        {"work": "gas", "other": "water", "year": 2027}
    ]
    assert joined(said, np.array([1.0, 0.0, 1.0])).empty
    assert joined(said, np.array([0.0, 1.0, 0.0])).empty
    untold = state(index_problem(city), [piece for piece in CONSTRAINTS if piece.name != "joint"])
    assert len(joined(untold, np.array([1.0, 0.0]))) == 1
