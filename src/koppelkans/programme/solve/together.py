"""What cannot be done at all within a shared row, and what cannot be done together. (nl: niet samen)."""

import logging
from collections.abc import Iterator
from dataclasses import dataclass, replace
from itertools import combinations

import numpy as np
from scipy import sparse

from koppelkans.programme.indexed import Floats, Mask, Whole
from koppelkans.programme.solve.highs import Relaxation, relax
from koppelkans.programme.solve.incumbent import Incumbent
from koppelkans.programme.statement import SparseRows

LOG = logging.getLogger(__name__)
RISES = 5e-4
"""The relaxation is asked no more where its bound rises by less than this share: at 407 works the first two times bring 0.3 %, all later
ones 0.03 % (measured)."""
TAKEN = 1e-6
"""A choice counts as taken by the relaxation from this level."""
OVER = 0.02
"""How far the relaxation must go beyond a set for that to be worth a row."""
SEEDS = 16
"""Choices from which a set is grown, per shared row."""

WIDEST, DEEPEST = 12, 3
"""Choices in a set that is widened, and choices of it that do not go together, at the most: all its parts are looked at."""

Set = tuple[tuple[int, ...], int]
"""Choices, and how many of them can be done at the most."""


@dataclass(frozen=True)
class Asked:
    """What choices ask of the rows that they share.

    Only of those in which they add up, by themselves and by what they open.

    An opening counts where a choice makes it follow in a row of their own; what follows in another way counts for nothing, so
    that no more is asked than there is: what does not fit here never does.

    Parameters
    ----------
    own, opens
        What a choice (column) asks of a row itself (R x K), and what each opening asks of it (R x F).
    opened
        Which choice makes which opening follow (F x K).
    room
        How much there is in each row.
    """

    own: sparse.csr_array
    opens: sparse.csr_array
    opened: sparse.csr_array
    room: Floats

    def alone(self) -> sparse.csr_array:
        """Return what each choice asks of each row (R x K)."""
        return sparse.csr_array(self.own + self.opens @ self.opened)

    def row(self, at: int, levels: Floats) -> "_Row":
        """Return one shared row with the choices that ask of it, the most taken first."""
        weight = self.opens[[at]].toarray().ravel()
        openings = np.flatnonzero(weight)
        own, opened = self.own[[at]], self.opened[openings]
        choices = np.union1d(own.indices, opened.indices).astype(np.int64)
        choices = choices[np.argsort(-levels[choices], kind="stable")]
        room = float(self.room[at] + _rounding(self.room)[at])
        asks = own[:, choices].toarray().ravel()
        return _Row(choices, asks, opened[:, choices].toarray().T * weight[openings], room, levels[choices])


@dataclass(frozen=True)
class _Row:
    """A shared row: its choices, what each asks by itself and for each opening, the room, and how far each is taken."""

    choices: Whole
    own: Floats
    opens: Floats
    room: float
    level: Floats

    @property
    def alone(self) -> Floats:
        """Return what each asks without the others."""
        return np.asarray(self.own + self.opens.sum(axis=1))

    def fits(self, some: list[int]) -> bool:
        """Tell whether some choices fit together: what they open alike counts once."""
        return float(self.own[some].sum() + self.opens[some].max(axis=0, initial=0.0).sum()) <= self.room


def asked_of(rows: SparseRows, shared: Mask) -> Asked:
    """Return what choices ask of the shared rows."""
    row, column, factor = rows.defining
    plain = (np.diff(rows.matrix.indptr)[row] == 2) & (rows.upper[row] == 0.0)  # noqa: PLR2004 -- a choice and what follows
    row, column, factor = row[plain], column[plain], factor[plain]
    entries = rows.matrix[row].tocoo()
    at = entries.row[entries.col < rows.choices]
    choice, weight = entries.col[entries.col < rows.choices], entries.data[entries.col < rows.choices]
    whole = weight >= factor[at]
    opened = sparse.csr_array(
        (np.ones(whole.sum()), (column[at][whole] - rows.choices, choice[whole])),
        shape=(len(rows.cost) - rows.choices, rows.choices),
    )
    opened.data = np.minimum(opened.data, 1.0)
    adds = rows.matrix.min(axis=1).toarray().ravel() >= 0
    kept = np.flatnonzero(shared & adds & ~np.isfinite(rows.lower) & np.isfinite(rows.upper))
    part = sparse.csr_array(rows.matrix[kept])
    return Asked(
        sparse.csr_array(part[:, : rows.choices]), sparse.csr_array(part[:, rows.choices :]), opened, rows.upper[kept]
    )


def possible(rows: SparseRows, shared: Mask) -> SparseRows:
    """Return the model without choices that ask more by themselves than there is.

    Such as a work that opens more streets of a district than may lie open in a year: the relaxation would do half of it. In our
    own towns that is most of what the cuts of the solver bring (407 works: bound 32.61 to 34.38 M, 689 works 63.10 to 71.59 M).
    """
    asked = asked_of(rows, shared)
    alone = asked.alone().tocoo()
    over = alone.data > asked.room[alone.row] + _rounding(asked.room)[alone.row]
    most = rows.most.copy()
    most[alone.col[over]] = rows.least[alone.col[over]]
    LOG.info("%d choices fit nowhere", int((most < rows.most).sum()))
    return replace(rows, most=most)


def tightened(incumbent: Incumbent, shared: Mask) -> None:
    """Relax without what cannot be done at all or together.

    What the relaxation takes of that stands in rows after those that there were, until its bound rises no more. The prices of
    the rows are those of the model as it was: what is left out or added takes a part of what a limit is worth. The levels
    are of the middle of what is best, not of a corner: begun there a dive ends some 4 % better (measured at 407 and 689 works).
    """
    relaxation = Relaxation(incumbent.rows, seed=incumbent.seed, halt=incumbent.halt)
    found = relaxation.solved(incumbent.left)
    incumbent.prove(found.bound, found.prices)
    LOG.info("bound of the relaxation %.0f", found.bound)
    relaxation.keep_to(possible(incumbent.rows, shared))
    count = len(incumbent.rows.upper)
    _told(incumbent, relaxation, asked_of(incumbent.rows, shared))
    incumbent.rows = relaxation.rows
    if incumbent.prices is not None:
        incumbent.prices = np.pad(incumbent.prices, (0, len(incumbent.rows.upper) - count))
    inner = relax(incumbent.rows, seconds=incumbent.left, seed=incumbent.seed, halt=incumbent.halt)
    incumbent.levels = inner.level[: incumbent.rows.choices]


def _told(incumbent: Incumbent, relaxation: Relaxation, asked: Asked) -> None:
    """Tell a relaxation what it takes that cannot be done together, until its bound rises no more."""
    known: set[Set] = set()
    rises = True
    while rises and incumbent.left > 0:
        before, found = incumbent.bound, relaxation.solved(incumbent.left)
        incumbent.prove(found.bound)
        rises = not known or incumbent.bound - before >= RISES * abs(incumbent.bound)
        LOG.info("bound of the relaxation %.0f, with %d sets that do not go together", found.bound, len(known))
        levels = found.level[: incumbent.rows.choices]
        fresh = [one for one in dict.fromkeys(not_together(asked, levels)) if one not in known]
        if not fresh:
            break
        known.update(fresh)
        most = np.array([most for _, most in fresh], dtype=float)
        relaxation.add(_rows(fresh, len(incumbent.rows.cost)), most)


def not_together(asked: Asked, levels: Floats) -> Iterator[Set]:
    """Yield sets of choices of which the relaxation takes more than can be done."""
    alone = asked.alone()
    for at, room in enumerate(asked.room.tolist()):
        span = slice(alone.indptr[at], alone.indptr[at + 1])
        taken = levels[alone.indices[span]] > TAKEN
        if alone.data[span][taken].sum() <= room:
            continue
        row = asked.row(at, levels)
        for inside, most in (*_one_of(row), *_too_many(row)):
            if row.level[inside].sum() > most + OVER:
                yield tuple(sorted(row.choices[inside].tolist())), most


def _one_of(row: _Row) -> Iterator[tuple[list[int], int]]:
    """Yield sets of which no two choices go together, grown from each of those that are taken most."""
    needs = row.alone
    seeds = min(SEEDS, int((row.level > TAKEN).sum()))
    if not seeds or needs.max() + needs[:seeds].max() <= row.room:
        return
    apart = np.array(
        [
            row.own + row.own[one] + np.maximum(row.opens, row.opens[one]).sum(axis=1) > row.room
            for one in range(len(needs))
        ]
    )
    for seed in range(seeds):
        inside, may = [seed], apart[seed].copy()
        may[seed] = False
        while may.any():
            one = int(np.argmax(may))
            inside.append(one)
            may &= apart[one]
            may[one] = False
        yield inside, 1


def _too_many(row: _Row) -> Iterator[tuple[list[int], int]]:
    """Yield a set of three choices and more that do not fit, and do without any one of them; widened where that is exact."""
    inside = _grown(row)
    for one in reversed(inside):
        rest = [other for other in inside if other != one]
        if not row.fits(rest):
            inside = rest
    if len(inside) > 2:  # noqa: PLR2004 -- two that do not go together are found above
        yield _widened(row, inside), len(inside) - 1


def _grown(row: _Row) -> list[int]:
    """Return choices that do not fit together, little left out of each for what it adds; empty where all that is taken fits."""
    inside: list[int] = []
    opened, asked = np.zeros(row.opens.shape[1]), 0.0
    price = np.where(row.level > TAKEN, 1.0 - row.level + OVER, np.inf)
    while asked <= row.room:
        adds = row.own + np.maximum(row.opens - opened, 0.0).sum(axis=1)
        worth = np.where(adds > 0, price / np.where(adds > 0, adds, 1.0), np.inf)
        one = int(np.argmin(worth))
        if not np.isfinite(worth[one]):
            return []
        inside.append(one)
        price[one] = np.inf
        opened = np.maximum(opened, row.opens[one])
        asked += float(adds[one])
    return sorted(inside)


def _widened(row: _Row, inside: list[int]) -> list[int]:
    """Return a set with more choices of which still no more can be done than before."""
    size, made = len(inside), list(inside)
    if not row.opens.any():
        most = row.own[inside].max()
        return [*made, *[one for one in np.flatnonzero(row.own >= most).tolist() if one not in made]]
    if size > DEEPEST:
        return made
    for one in range(len(row.choices)):
        if len(made) >= WIDEST:
            break
        if one not in made and not any(row.fits([one, *some]) for some in combinations(made, size - 1)):
            made.append(one)
    return made


def _rounding(room: Floats) -> Floats:
    """Return what counts as rounding."""
    return np.asarray(1e-6 * np.maximum(1.0, np.abs(room)))


def _rows(sets: list[Set], columns: int) -> sparse.csr_array:
    """Return sets as rows of the model."""
    start = np.concatenate([[0], np.cumsum([len(some) for some, _ in sets])])
    column = np.array([choice for some, _ in sets for choice in some], dtype=np.int64)
    return sparse.csr_array((np.ones(len(column)), column, start), shape=(len(sets), columns))
