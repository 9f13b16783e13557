import numpy as np
import pandas as pd

import tiny_city
from koppelkans.programme.constraint import state
from koppelkans.programme.constraints import CONSTRAINTS
from koppelkans.programme.indexed import index_problem
from koppelkans.programme.problem import Problem
from koppelkans.programme.statement import needed


def asked_for(city: Problem) -> set[str]:
    """Return the works of which some row may ask a choice."""
    indexed = index_problem(city)
    rows = state(indexed, CONSTRAINTS).rows()
    found = needed(rows, np.zeros(len(rows.cost)), wished=np.zeros(rows.choices, dtype=bool))
    return set(city.works["work"].to_numpy()[indexed.option_work[found]])


def works(*must: str) -> pd.DataFrame:
    return tiny_city.works(
        *((name, 2027, 2027, 2028, 10, 0, 0, 50, True, True, name in must) for name in ("a", "b", "c"))
    )


def test_nothing_is_asked_for_where_nothing_must_be_done():
    assert asked_for(tiny_city.problem(years=2, works=works())) == set()


def test_a_duty_is_asked_for_and_what_it_comes_after():
    ties = pd.DataFrame({"work": ["a"], "other": ["b"], "least_years": [1], "most_years": [None]})
    ties = ties.astype({"most_years": "Int64"})
    assert asked_for(tiny_city.problem(years=2, works=works("a"), ties=ties)) == {"a", "b"}
    assert asked_for(tiny_city.problem(years=2, works=works("b"), ties=ties)) == {"b"}


def test_sharing_a_street_graafrust_or_a_saving_asks_for_nothing():
    joints = pd.DataFrame({"work": ["a", "b"], "other": ["b", "c"], "saving_eur": 5})
    city = tiny_city.problem(
        years=2, works=works("a"), joints=joints, sections=tiny_city.sections(("s", 5, 5, 2, 9)),
        touches=tiny_city.pairs("work", "section", ("a", "s"), ("b", "s"), ("c", "s")),
    )  # fmt: skip
    assert asked_for(city) == {"a"}
