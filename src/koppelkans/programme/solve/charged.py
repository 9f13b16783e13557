"""Works charged for what they open as if they paid it themselves: a model without payments. (nl: aangerekend)."""

import logging
from collections.abc import Callable
from concurrent.futures import Executor
from dataclasses import dataclass, replace
from functools import cached_property

import numpy as np
from scipy import sparse

from koppelkans.programme.indexed import Floats, Mask
from koppelkans.programme.solve.course import Rounds
from koppelkans.programme.solve.highs import payable
from koppelkans.programme.solve.improve import Neighbourhoods, improve
from koppelkans.programme.solve.incumbent import Incumbent, lightened
from koppelkans.programme.statement import SparseRows

LOG = logging.getLogger(__name__)
LOOKS = 6
"""So often at the most works are charged anew for what they open; the last time whole, so that all can be paid."""

FIRST, ALL = 0.6, 1.0
"""So much of what a work opens it is charged at first, and where a street could not be paid. Measured at 98 works of our own town: charged
whole 32.1 M, for 0.7 of it 30.4 M with three streets that could not be paid, for 0.5 of it 30.1 M with seven; the best is near 30.2 M."""


@dataclass(frozen=True)
class ChargedRows:
    """A model with payments, and one without, in which works are charged for what they open.

    Each choice is charged a part of all that its purses may pay. Charged whole, every programme of it can be paid: of each opening some work there pays all that it needs.
    """

    rows: SparseRows

    @cached_property
    def _caps(self) -> tuple[Mask, sparse.csr_array]:
        """Return the rows that cap a payment, and which choices (columns) raise the cap of each payment (rows)."""
        rows = self.rows
        paid = sparse.csr_array(rows.matrix[:, rows.payments])
        choices = sparse.csr_array(rows.matrix[:, : rows.choices])
        capped = np.asarray((choices.min(axis=1).toarray().ravel() < 0) & (paid.max(axis=1).toarray().ravel() > 0))
        at = np.flatnonzero(capped)
        size = paid[at].max(axis=1).toarray().ravel()
        climbs = -(sparse.diags_array(1.0 / size) @ choices[at])
        of = sparse.csr_array(paid[at] > 0).astype(float)
        return capped, sparse.csr_array(of.T @ climbs)

    @cached_property
    def _asked(self) -> sparse.csr_array:
        """Return what each choice asks of each purse when it pays all that it may of what it opens."""
        capped, climbs = self._caps
        paid = sparse.csr_array(self.rows.matrix[:, self.rows.payments]).maximum(0.0)
        keep = sparse.diags_array(np.where(capped | self.rows.asks_payment, 0.0, 1.0))
        return sparse.csr_array(keep @ paid @ climbs)

    def without_payments(self, part: Floats) -> SparseRows:
        """Return the model in which each choice is charged so much (0-1) of what its purses may pay."""
        rows = self.rows
        charge = self._asked @ sparse.diags_array(part)
        wide = sparse.csr_array((len(rows.upper), len(rows.cost) - rows.choices))
        most = rows.most.copy()
        most[rows.payments] = 0.0
        return replace(
            rows,
            matrix=sparse.csr_array(rows.matrix + sparse.hstack([charge, wide])),
            upper=np.where(rows.asks_payment, np.inf, rows.upper),
            most=most,
            payments=rows.payments[:0],
        )

    def unpaid(self, chosen: Mask) -> Mask:
        """Return the chosen works' choices that open what no division of money pays."""
        rows = self.rows
        full = payable(rows, rows.complete(chosen))
        short = np.asarray(rows.matrix @ full > rows.upper + rows.tolerance)
        made = np.zeros(rows.choices, dtype=bool)
        if not short.any():
            return made
        lacking = sparse.csr_array(rows.matrix[np.flatnonzero(short)])
        near = np.zeros(len(rows.cost))
        near[np.unique(lacking.indices)] = 1.0
        pays = near[rows.payments] > 0
        _, climbs = self._caps
        made[np.unique(climbs[np.flatnonzero(pays)].indices)] = True
        return np.asarray(made & chosen)


def charge(among: Neighbourhoods, anew: Callable[[Neighbourhoods], None], *, rounds: Rounds, pool: Executor) -> None:
    """Search with works charged for what they open, until all that they open can be paid.

    Works that open what no division of money then pays are charged whole, and parts are planned anew.

    Parameters
    ----------
    among
        The search so far, with payments; bettered in place.
    anew
        Searches a model without payments from nothing.
    rounds, pool
        Rounds of planning anew, and where they go side by side.
    """
    incumbent, works = among.incumbent, among.indexed.option_work
    if not len(incumbent.rows.payments):
        return
    charged = ChargedRows(incumbent.rows)
    shared = np.pad(among.shared, (0, len(incumbent.rows.upper) - len(among.shared)))
    part, held = np.full(incumbent.rows.choices, FIRST), None
    for look in range(LOOKS):
        part = part if look < LOOKS - 1 else np.full(len(part), ALL)
        model = charged.without_payments(part)
        own = Incumbent(model, incumbent.deadline, goal=incumbent.goal, seed=incumbent.seed, halt=incumbent.halt)
        here = Neighbourhoods(own, among.indexed, shared)
        if held is not None and own.offer(lightened(model, held)):
            improve(here, rounds=rounds, pool=pool)
        else:
            anew(here)
        if own.best is None:
            return
        held = own.chosen
        lacking = charged.unpaid(held)
        LOG.info("works charged: value %.0f, %d that cannot be paid", own.value, int(lacking.sum()))
        if not lacking.any():
            incumbent.offer(held)
            return
        part = np.where(np.isin(works, works[lacking]), ALL, part)
