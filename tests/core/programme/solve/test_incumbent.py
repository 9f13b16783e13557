import time
from dataclasses import replace

import numpy as np
import pytest
from scipy import sparse

from koppelkans.programme.solve.highs import Effort
from koppelkans.programme.solve.incumbent import Incumbent, exact, gap_of
from koppelkans.programme.statement import SparseRows

BILLION = 1e9


def purse(budget: float) -> SparseRows:
    """Return: take two works of a billion and of 300 euros; the budget is what matters."""
    return SparseRows(
        matrix=sparse.csr_array(np.array([[BILLION, 300.0]])),
        lower=np.array([-np.inf]),
        upper=np.array([budget]),
        cost=np.array([-5.0, -1.0]),
        least=np.zeros(2),
        most=np.ones(2),
        choices=2,
        offset=6.0,
    )


def test_a_budget_is_kept_to_the_euro_where_the_solver_would_let_it_go():
    found = exact(purse(BILLION + 100.0), Effort(seconds=5))
    assert found.chosen is not None
    assert found.chosen.tolist() == [True, False]
    assert found.bound <= 1.0 + 1e-6


def test_only_what_holds_and_is_better_is_taken():
    incumbent = Incumbent(purse(BILLION), deadline=time.monotonic() + 60, goal=0.0, seed=0)
    assert not incumbent.offer(np.array([True, True]))
    assert incumbent.offer(np.array([False, True]))
    assert incumbent.offer(np.array([True, False]))
    assert not incumbent.offer(np.array([False, True]))
    assert incumbent.value == 1.0
    incumbent.prove(0.5)
    incumbent.prove(0.2)
    assert incumbent.gap == 0.5
    assert not incumbent.done
    assert replace(incumbent, goal=0.5).done
    assert replace(incumbent, deadline=0.0).done


@pytest.mark.parametrize(
    ("value", "bound", "gap"), [(10.0, 9.0, 0.1), (10.0, 11.0, 0.0), (0.0, 0.0, 0.0), (0.0, -1.0, np.inf)]
)
def test_the_gap_is_a_share_of_the_value(value: float, bound: float, gap: float):
    assert gap_of(value, bound) == pytest.approx(gap)
