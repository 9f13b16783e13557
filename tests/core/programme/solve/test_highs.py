import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import sparse

from koppelkans.programme.solve.highs import Effort, proven, relax, search
from koppelkans.programme.statement import SparseRows


def knapsack(limit: float = 5.0, scale: float = 1.0) -> SparseRows:
    """Return: take of three things worth 6, 10 and 12 with weights 1, 2 and 3 at most `limit`; the best of 5 is 22."""
    return SparseRows(
        matrix=sparse.csr_array(np.array([[1.0, 2.0, 3.0]]) * scale),
        lower=np.array([-np.inf]),
        upper=np.array([limit * scale]),
        cost=np.array([-6.0, -10.0, -12.0]) * scale,
        least=np.zeros(3),
        most=np.ones(3),
        choices=3,
        offset=100.0 * scale,
    )


@pytest.mark.parametrize("scale", [1.0, 1e8])
def test_the_best_is_found_at_any_size_of_money(scale: float):
    found = search(knapsack(scale=scale), Effort(seconds=5))
    assert found.finished
    assert found.chosen is not None
    assert found.chosen.tolist() == [False, True, True]
    assert found.bound == pytest.approx(78.0 * scale)


@pytest.mark.parametrize("quick", [True, False])
def test_the_relaxation_bounds_the_best(quick: bool):  # noqa: FBT001
    relaxed = relax(knapsack(), seconds=5, quick=quick)
    assert relaxed.bound == pytest.approx(76.0, abs=1e-4)  # 6 + 10 + two thirds of 12
    assert relaxed.level.sum() == pytest.approx(1 + 1 + 2 / 3, abs=1e-4)
    assert not relaxed.impossible


@given(st.floats(-50, 50))
def test_any_row_price_proves_a_bound(price: float):
    assert proven(knapsack(), np.array([price]))[0] <= 78.0 + 1e-9


def test_what_cannot_be_is_said():
    rows = knapsack()
    forced = SparseRows(rows.matrix, np.array([7.0]), np.array([np.inf]), rows.cost, rows.least, rows.most, 3, 0.0)
    assert search(forced, Effort(seconds=5)).impossible
    assert relax(forced, seconds=5, quick=False).impossible


def test_a_start_is_taken():
    start = np.array([1.0, 1.0, 0.0])
    found = search(knapsack(), Effort(seconds=5, nodes=0, heuristics=False), start=start)
    assert found.chosen is not None
    assert knapsack().value(found.chosen.astype(float)) <= 84.0
