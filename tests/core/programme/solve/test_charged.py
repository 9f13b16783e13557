"""Works that are charged for what they open: a model without payments whose programmes can be paid."""

from dataclasses import replace

import numpy as np
import pandas as pd
import pytest

import tiny_city
from koppelkans.programme.constraint import state
from koppelkans.programme.constraints import CONSTRAINTS
from koppelkans.programme.indexed import index_problem
from koppelkans.programme.solve.charged import ChargedRows
from koppelkans.programme.solve.highs import Effort
from koppelkans.programme.solve.incumbent import exact


def charged_street(*, sewer: int, power: int) -> ChargedRows:
    """Return a street of 10 to set up and 100 to pave: a sewer of 50 needs 0.7 of the width, a cable of 20 needs 0.2."""
    city = tiny_city.problem(
        years=1,
        rate=0.0,
        openings_paid=True,
        works=tiny_city.works(
            ("sewer", 2027, 2027, 2027, 50, 0, 0, 500, True, False, False),
            ("cable", 2027, 2027, 2027, 20, 0, 0, 500, True, False, False),
        ),
        sections=tiny_city.sections(("s", 999, 7, 0, 0)).assign(base_eur=10, paving_eur=100),
        touches=pd.DataFrame({"work": ["sewer", "cable"], "section": "s", "share": [0.7, 0.2]}),
        payments=pd.DataFrame({"work": ["sewer", "cable"], "fund": ["sewer", "power"], "share": 1.0}),
        funds=pd.DataFrame(
            [("sewer", 2027, sewer, False), ("power", 2027, power, False)],
            columns=["fund", "year", "budget_eur", "carries_over"],
        ),
    )
    return ChargedRows(state(replace(index_problem(city), together=True), CONSTRAINTS).rows())


@pytest.mark.parametrize(
    ("sewer", "power", "part", "done", "unpaid"),
    [
        (50 + 80, 20 + 30, 1.0, 2, 0),  # each has room for all that it would open alone
        (50 + 80, 20, 1.0, 1, 0),  # the cable has not: it is left out, though the sewer could pay for both
        (50 + 80, 20, 0.0, 2, 0),  # charged nothing both are done, and the sewer pays
        (50 + 62, 20 + 12, 0.4, 2, 2),  # charged in part both fit, but together they lack 6 of the first 30
    ],
)
def test_a_work_is_charged_for_what_it_opens_and_told_where_nobody_pays(
    sewer: int, power: int, part: float, done: int, unpaid: int
):
    charged = charged_street(sewer=sewer, power=power)
    model = charged.without_payments(np.full(charged.rows.choices, part))
    found = exact(model, Effort(seconds=20.0, gap=0.0)).chosen
    assert found is not None
    assert found.sum() == done
    assert charged.unpaid(found).sum() == unpaid
