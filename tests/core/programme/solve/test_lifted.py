import numpy as np
from scipy import sparse

from koppelkans.programme.solve.highs import Lifted
from koppelkans.programme.statement import SparseRows


def rows() -> SparseRows:
    """Return x + y >= 2, x + y <= 1.5 and x + y <= 5 for x and y between 0 and 1; the first two clash."""
    return SparseRows(
        matrix=sparse.csr_array(np.ones((3, 2))),
        lower=np.array([2.0, -np.inf, -np.inf]),
        upper=np.array([np.inf, 1.5, 5.0]),
        cost=np.zeros(2),
        least=np.zeros(2),
        most=np.ones(2),
        choices=2,
        offset=0.0,
    )


def test_a_proof_names_the_rows_that_clash_and_no_others():
    found = Lifted(rows()).proof(np.zeros(3, dtype=bool))
    assert found is not None
    assert found.tolist() == [True, True, False]


def test_lifting_a_row_of_the_proof_makes_it_possible_and_putting_it_back_does_not():
    solver = Lifted(rows())
    assert solver.proof(np.array([False, True, False])) is None
    assert solver.proof(np.array([True, False, False])) is None
    assert solver.proof(np.zeros(3, dtype=bool)) is not None
