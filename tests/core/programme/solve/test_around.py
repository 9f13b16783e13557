"""The settling itself is held to trying everything in test_replan; here is what only a larger city shows."""

import numpy as np
import pandas as pd

import tiny_city
from koppelkans.programme.desk import Desk, lay_out
from koppelkans.programme.replan import cut, move
from koppelkans.programme.solve.around import PendingChange, settle
from koppelkans.programme.solve.highs import Effort


def city(count: int = 80) -> Desk:
    """Return works of 10 that stand in 2027, where the purse has 10 for each; in 2028 it has room for all, at 1 to 80 each."""
    names = [f"w{at:02}" for at in range(count)]
    problem = tiny_city.problem(
        years=2,
        rate=0.0,
        works=tiny_city.works(
            *((name, 2027, 2027, 2028, 10, 0, 1 + at, 500, True, False, False) for at, name in enumerate(names))
        ),
        payments=pd.DataFrame({"work": names, "fund": "f", "share": 1.0}),
        funds=pd.DataFrame({"fund": "f", "year": [2027, 2028], "budget_eur": 10 * count, "carries_over": False}),
        promises=pd.DataFrame({"work": names[:5], "year": 2027, "move_eur": 0}),
    )
    return lay_out(problem, pd.DataFrame({"work": names, "year": 2027}))


def test_a_cut_takes_the_cheapest_works_that_were_not_promised():
    """Ten works must go; the first five were promised, so w05 to w14 go, at 6 + 7 + ... + 15."""
    answer = cut(city(), "f", 2027, 100)
    assert answer.moved["work"].tolist() == [f"w{at:02}" for at in range(5, 15)]
    assert answer.weighted_cost_eur == sum(range(6, 16))
    assert answer.fewest


def test_where_all_but_the_promised_have_gone_as_few_promises_move_as_can_be():
    answer = cut(city(), "f", 2027, 780)
    assert len(answer.promises) == 3
    assert answer.fewest
    assert answer.promises["work"].tolist() == ["w00", "w01", "w02"], "those that cost least to move"


def test_a_move_far_away_leaves_the_rest_where_it_is():
    assert move(city(), "w70", 2028).moved["work"].tolist() == ["w70"]


def test_what_cannot_be_met_is_no_answer():
    desk = city(3)
    held = np.ones(3, dtype=bool)
    rows = type(desk.rows)(
        **{name: getattr(desk.rows, name) for name in desk.rows.__dataclass_fields__}
        | {"upper": np.minimum(desk.rows.upper, 20.0)}
    )
    none = np.full(3, -1, dtype=np.int64)
    asked = PendingChange(desk.indexed, rows, desk.chosen, held, none, np.zeros(3), np.zeros(rows.choices), 1.0)
    assert settle(asked, Effort(seconds=2), start=np.arange(0)) is None
