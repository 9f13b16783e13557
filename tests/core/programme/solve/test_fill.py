"""A programme filled up one work at a time, worked out by hand and held against every row."""

import time
from typing import Any

import numpy as np
import pandas as pd
from hypothesis import HealthCheck, Phase, given, settings

import tiny_city
from koppelkans.programme.constraint import state
from koppelkans.programme.constraints import CONSTRAINTS
from koppelkans.programme.indexed import index_problem
from koppelkans.programme.solve.dive import dive
from koppelkans.programme.solve.improve import relaxed
from koppelkans.programme.solve.incumbent import Incumbent, filled
from koppelkans.programme.value import value_of


def test_the_most_gainful_work_comes_first_and_the_next_only_where_it_fits_and_pays():
    """The purse holds 30. Sewer gains most (90 - 20 - 15 of opening); gas (10) still fits and opens the same street; heat (10) does not fit; park fits no gain: 5 to do, 4 to leave."""
    city = tiny_city.problem(
        years=1,
        rate=0.0,
        works=tiny_city.works(
            ("gas", 2027, 2027, 2027, 10, 0, 0, 20, True, False, False),
            ("heat", 2027, 2027, 2027, 10, 0, 0, 19, True, False, False),
            ("park", 2027, 2027, 2027, 5, 0, 0, 14, True, False, False),
            ("sewer", 2027, 2027, 2027, 20, 0, 0, 90, True, False, False),
        ),
        sections=tiny_city.sections(("s", 15, 0, 0, 0), ("t", 10, 0, 0, 0)),
        touches=tiny_city.pairs("work", "section", ("gas", "s"), ("sewer", "s"), ("park", "t")),
        payments=tiny_city.pairs("work", "fund", ("gas", "f"), ("heat", "f"), ("sewer", "f")).assign(share=1.0),
        funds=pd.DataFrame({"fund": ["f"], "year": [2027], "budget_eur": [30], "carries_over": [False]}),
    )
    indexed = index_problem(city)
    rows = state(indexed, CONSTRAINTS).rows()
    made = filled(rows, np.zeros(rows.choices, dtype=bool))
    assert indexed.programme(np.flatnonzero(made))["work"].tolist() == ["gas", "sewer"]
    assert filled(rows, made).tolist() == made.tolist()


@settings(
    max_examples=10, deadline=None, suppress_health_check=list(HealthCheck), phases=[Phase.explicit, Phase.generate]
)
@given(tiny_city.cities())
def test_what_is_filled_up_or_dived_for_holds_and_costs_no_more_than_what_there_was(tables: dict[str, Any]):
    city = tiny_city.problem(**tables)
    indexed = index_problem(city)
    rows = state(indexed, CONSTRAINTS).rows()
    made = filled(rows, np.zeros(rows.choices, dtype=bool))
    full = rows.complete(made)
    assert not rows.broken(full).any()
    assert rows.value(full) <= indexed.undone_eur + 1e-9
    assert abs(value_of(city, indexed.programme(np.flatnonzero(made))).total_eur - rows.value(full)) < 1e-6
    incumbent = Incumbent(rows, time.monotonic() + 60, goal=0.0, seed=1)
    incumbent.offer(made)
    before = incumbent.value
    relaxed(incumbent)
    better = dive(incumbent, indexed.option_work)
    assert better == (incumbent.value < before)
    assert incumbent.best is None or not rows.broken(incumbent.best).any()
