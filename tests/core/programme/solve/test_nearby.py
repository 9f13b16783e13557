import numpy as np
import pandas as pd

import tiny_city
from koppelkans.programme.desk import lay_out
from koppelkans.programme.solve.around import PendingChange, choices_in, near_works, relief, takes, years_in


def asked(count: int = 60) -> PendingChange:
    """Return many works of 10 in 2027 in a purse of 10 x count, of which the first two share a street."""
    names = [f"w{at:02}" for at in range(count)]
    city = tiny_city.problem(
        years=2,
        rate=0.0,
        works=tiny_city.works(
            *((name, 2027, 2027, 2028, 10, 0, at, 50, True, False, False) for at, name in enumerate(names))
        ),
        sections=tiny_city.sections(("s", 5, 0, 0, 0)),
        touches=tiny_city.pairs("work", "section", ("w00", "s"), ("w01", "s")),
        payments=pd.DataFrame({"work": names, "fund": "f", "share": 1.0}),
        funds=pd.DataFrame({"fund": "f", "year": [2027, 2028], "budget_eur": [10 * count, 50], "carries_over": False}),
    )
    desk = lay_out(city, pd.DataFrame({"work": names, "year": 2027}))
    none = np.full(count, -1, dtype=np.int64)
    price = np.arange(count, dtype=float)
    return PendingChange(
        desk.indexed, desk.rows, desk.chosen, np.zeros(count, dtype=bool), none, price, np.zeros(desk.rows.choices), 1.0
    )


def test_works_in_the_same_street_are_near_and_works_in_the_same_purse_are_not():
    case = asked()
    assert near_works(case, case.chosen, np.array([0])).tolist() == [0, 1]
    assert near_works(case, case.chosen, np.array([7])).tolist() == [7]


def test_a_work_that_wants_the_room_that_is_left_is_near():
    case = asked()
    wish = case.wish.copy()
    wish[case.indexed.option_of[9, 1]] = 5.0
    keen = PendingChange(**{**vars(case), "wish": wish})
    assert near_works(keen, case.chosen, np.array([7])).tolist() == [7, 9]


def test_those_give_way_that_cost_least():
    case = asked()
    upper = case.rows.upper.copy()
    purse = case.rows.by_column[:, [case.indexed.option_of[9, 0]]].indices
    row = [at for at in purse if upper[at] == 600]
    upper[row] = 580
    tight = PendingChange(
        **{
            **vars(case),
            "rows": type(case.rows)(
                **{k: v for k, v in vars(case.rows).items() if k in case.rows.__dataclass_fields__} | {"upper": upper}
            ),
        }
    )
    broken = tight.rows.broken(tight.rows.complete(case.chosen))
    found = relief(tight, case.chosen, broken, np.ones(60, dtype=bool))
    assert found.tolist() == [0, 1, 2, 3, 4, 5]
    assert set(case.indexed.option_work[choices_in(tight.rows, broken)]) == set(range(60))


def test_years_and_promises_are_read_from_the_choices():
    case = asked()
    assert set(years_in(case, case.chosen)) == {0}
    option = np.array([case.indexed.option_of[0, 0], case.indexed.option_of[1, 1], -1])
    assert takes(case.chosen, option).tolist() == [True, False, True]
