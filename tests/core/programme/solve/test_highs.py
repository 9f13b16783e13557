import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import sparse

from koppelkans.programme.solve.highs import Effort, payable, proven, relax, search
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


def shared_bill(purse: float) -> SparseRows:
    """Return: a choice opens a street (5) that two purses pay, of which the first holds `purse` and the second 4.

    Columns: the choice, the opening that follows from it, and what either purse pays of it (a share of 5).
    """
    return SparseRows(
        matrix=sparse.csr_array(
            np.array([[1.0, -1.0, 0.0, 0.0], [0.0, 1.0, -1.0, -1.0], [0.0, 0.0, 5.0, 0.0], [0.0, 0.0, 0.0, 5.0]])
        ),
        lower=np.full(4, -np.inf),
        upper=np.array([0.0, 0.0, purse, 4.0]),
        cost=np.array([-9.0, 5.0, 0.0, 0.0]),
        least=np.zeros(4),
        most=np.ones(4),
        choices=1,
        offset=0.0,
        payments=np.array([2, 3]),
    )


def test_payments_are_divided_within_the_purses_after_choices_and_what_follows():
    rows = shared_bill(purse=2.0)
    full = rows.complete(np.array([True]))
    assert full.tolist() == [1.0, 1.0, 0.0, 0.0]  # the opening follows from the choice, who pays does not
    paid = payable(rows, full)
    assert paid[:2].tolist() == [1.0, 1.0]
    assert paid[2:].sum() >= 1.0
    assert not rows.broken(paid).any()
    assert payable(rows, rows.complete(np.array([False]))) == pytest.approx(np.zeros(4))


def test_an_opening_that_no_purse_can_pay_is_paid_as_far_as_they_go_and_breaks_its_row_only():
    rows = shared_bill(purse=0.5)
    paid = payable(rows, rows.complete(np.array([True])))
    assert paid[2:] == pytest.approx([0.1, 0.8])
    assert rows.broken(paid).tolist() == [False, True, False, False]


def test_a_free_choice_frees_the_payments_of_what_it_opens():
    rows = shared_bill(purse=2.0)
    part, columns = rows.part(np.array([True]), np.zeros(4))
    assert columns.tolist() == [0, 1, 2, 3]
    assert part.payments.tolist() == [2, 3]


def test_a_search_pays_for_what_it_opens():
    assert search(shared_bill(purse=2.0), Effort(seconds=5)).bound == pytest.approx(-9 + 5)
    assert search(shared_bill(purse=0.5), Effort(seconds=5)).bound == pytest.approx(0.0)
