"""Prices of money, people and streets at which a programme is nearly the best, each work by itself. (nl: marginale prijzen)."""

import numpy as np
from scipy import sparse

from koppelkans.programme.indexed import Floats, Indexed
from koppelkans.programme.solve.blocks import Blocks
from koppelkans.programme.solve.highs import SIZE, loaded
from koppelkans.programme.statement import SparseRows


def marginal(blocks: Blocks, indexed: Indexed, extra: Floats) -> Floats:
    """Return a price (at most 0, eur per unit) for each shared row of the blocks.

    Each work chooses its year by itself, at what that year would cost with all others held, within the money, the hours
    and the streets that all share; what one more unit of a row would save is its price. Any prices give a valid bound
    (`Blocks.ask`); these, measured at 3,800 works, a sharper one than the relaxation of the whole, in a twentieth of its time.

    Parameters
    ----------
    blocks
        The blocks of the model, and its shared rows.
    indexed
        The problem in numbers.
    extra
        What each option would cost with all other works held, against leaving its work undone (eur).
    """
    prices = np.zeros(len(blocks.shared))
    usage = sparse.csr_array(blocks.usage[:, : blocks.rows.choices])
    largest = np.asarray(abs(usage).max(axis=1).toarray()).ravel()
    kept = np.flatnonzero(largest > 0)
    if not len(kept) or not np.abs(extra).max(initial=0.0) > 0:
        return prices
    scale, price = 1.0 / largest[kept], SIZE / np.abs(extra).max()
    count, works = len(extra), len(indexed.problem.works)
    once = sparse.csr_array((np.ones(count), (indexed.option_work, np.arange(count))), shape=(works, count))
    matrix = sparse.csr_array(sparse.vstack([once, sparse.diags_array(scale) @ usage[kept]]))
    alone = SparseRows(
        matrix=matrix,
        lower=np.full(matrix.shape[0], -np.inf),
        upper=np.concatenate([np.ones(works), np.maximum(blocks.capacity[kept], 0.0) * scale]),
        cost=extra * price,
        least=np.zeros(count),
        most=np.ones(count),
        choices=count,
        offset=0.0,
    )
    solver = loaded(alone)
    solver.run()
    solution = solver.getSolution()
    if solution.dual_valid:
        prices[kept] = np.minimum(np.asarray(solution.row_dual)[works:] * scale / price, 0.0)
    return np.nan_to_num(prices)
