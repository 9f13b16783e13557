import numpy as np
import pytest

from koppelkans.programme.solve.ascent import Master
from koppelkans.programme.solve.highs import Effort
from small_problems import blocks_of, two_streets


def master_of(budget: int) -> Master:
    """Return a master that knows both plans of both streets: nothing, and the work."""
    master = Master(blocks_of(two_streets(budget)))
    assert master.add(np.zeros(2, dtype=bool)) == 2
    assert master.add(np.ones(2, dtype=bool)) == 2
    return master


def test_a_plan_is_added_once():
    assert master_of(10).add(np.array([True, False])) == 0


def test_the_price_of_money_is_what_one_more_euro_brings():
    # With 15 euros one work is done and half of the other: 180 - 1.5 x 75; a euro more does a tenth of a work more.
    found = master_of(15).relax(10.0)
    assert found is not None
    value, prices = found
    assert value == pytest.approx(180 - 1.5 * 75)
    assert prices.tolist() == pytest.approx([-7.5])


@pytest.mark.parametrize(("budget", "done", "value"), [(9, 0, 180.0), (15, 1, 105.0), (21, 2, 30.0)])
def test_whole_plans_never_overdraw(budget: int, done: int, value: float):
    master = master_of(budget)
    chosen = master.whole(Effort(seconds=10), target=-np.inf, start=np.zeros(2, dtype=bool))
    assert chosen is not None
    assert int(chosen.sum()) == done
    rows = master.blocks.rows
    assert rows.value(rows.complete(chosen)) == pytest.approx(value)


def test_the_search_stops_at_a_value_that_is_good_enough():
    master = master_of(21)
    start = np.array([True, False])
    chosen = master.whole(Effort(seconds=10), target=1e9, start=start)
    assert chosen is not None
    assert master.blocks.rows.value(master.blocks.rows.complete(chosen)) <= 1e9
