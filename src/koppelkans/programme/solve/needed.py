"""Which choices must be made, because a row asks for them; all others may be left out without harm to any demand. (nl: nodig)."""

import numpy as np
from scipy import sparse

from koppelkans.programme.coded import Floats, Mask
from koppelkans.programme.solve.rows import Rows


def needed(rows: Rows, full: Floats, *, wished: Mask) -> Mask:
    """Return the choices that some row may ask for, given what is held in `full` and what is wished besides.

    A choice that is not among them can be left out of any programme that meets every row: it only uses money, hours and
    room, and no row asks for it. So whether a programme exists is settled by the needed choices alone.

    The rule, repeated until nothing is added: where a row must not fall below its lower side and does, or a needed
    choice pulls it down, the choices that lift it are needed; the same for the upper side with the signs turned. A row
    that a column other than a choice takes care of (an opening, a breach) asks for no choice.
    """
    size, count = rows.matrix.shape[1], rows.choices
    up, down = _signs(rows, positive=True), _signs(rows, positive=False)
    found = rows.matrix @ full
    below, above = found < rows.lower - rows.tolerance, found > rows.upper + rows.tolerance
    has_lower, has_upper = np.isfinite(rows.lower), np.isfinite(rows.upper)
    other = np.zeros(size)
    other[count:] = 1.0
    eased_up, eased_down = (down @ other) > 0, (up @ other) > 0
    made = np.zeros(size)
    made[:count] = wished
    while True:
        lifted = ((up @ made) > 0) | above
        pulled = ((down @ made) > 0) | below
        by_upper = (has_upper & lifted & ~eased_up).astype(float)
        by_lower = (has_lower & pulled & ~eased_down).astype(float)
        reached = made + down.T @ by_upper + up.T @ by_lower
        reached[count:] = 0.0
        grown = (reached > 0).astype(float)
        if (grown == made).all():
            return np.asarray(grown[:count] > 0)
        made = grown


def _signs(rows: Rows, *, positive: bool) -> sparse.csr_array:
    """Return where the matrix is positive, or negative, as ones."""
    data = (rows.matrix.data > 0) if positive else (rows.matrix.data < 0)
    made = rows.matrix.copy()
    made.data = data.astype(float)
    return made
