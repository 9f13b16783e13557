"""A block brings along what its works that move ask for, and nothing of those that stay."""

import numpy as np
import pandas as pd

import tiny_city
from fanned import fan
from koppelkans.programme.futures.block import block_of, load_of, shift


def test_the_load_is_that_of_the_works_that_move():
    problem = tiny_city.problem(
        works=tiny_city.works(
            ("a", 2027, 2027, 2029, 10, 0, 0, 90, True, False, False),
            ("b", 2027, 2027, 2029, 30, 0, 0, 90, False, True, False),
        ),
        sections=tiny_city.sections(("s", 1, 0, 2, 5), ("t", 1, 0, 2, 5)),
        touches=tiny_city.pairs("work", "section", ("a", "s"), ("b", "s"), ("b", "t")),
        payments=pd.DataFrame({"work": ["a", "b"], "fund": "f", "share": [1.0, 0.5]}),
        funds=pd.DataFrame({"fund": "f", "year": [2027, 2028, 2029], "budget_eur": 100, "carries_over": True}),
        efforts=pd.DataFrame({"work": ["b"], "crew": "c", "hours": [4.0]}),
        crews=pd.DataFrame({"crew": "c", "year": [2027, 2028, 2029], "hours": 8.0}),
        limits=pd.DataFrame({"limit": ["l"], "open_sections": [1]}),
        limit_members=tiny_city.pairs("limit", "section", ("l", "s"), ("l", "t")),
    )
    made = fan(problem)
    block = block_of(made.ground, [0, 1])
    one, both = (load_of(made, block, np.asarray([moves])) for moves in ([True, False], [True, True]))
    assert (one.eur.tolist(), both.eur.tolist()) == ([[10.0]], [[25.0]])
    assert (one.hours.tolist(), both.hours.tolist()) == ([[0.0]], [[4.0]])
    assert both.touches[:, 0].tolist() == [[2, 1], [1, 0], [1, 1]]  # opens, digs, paves in s and t
    shift(made, block, both, np.asarray([1]), sign=1)
    assert made.money[0, 0].tolist() == [100, 175, 275]
    assert made.hours[0, 0].tolist() == [8, 4, 8]
    assert made.room[0, 0].tolist() == [1, -1, 1]
