"""A programme planned again in a future, from where it stands: works and bundles move where that gains. (nl: bijstellen)."""

from dataclasses import dataclass

import numpy as np
from scipy import sparse
from scipy.sparse.csgraph import connected_components

from koppelkans.programme.coded import Coded, Floats, Mask, Whole, positions
from koppelkans.programme.futures.board import UNDONE, Board, untied
from koppelkans.programme.futures.room import Offers, make_room
from koppelkans.programme.moves import prices

STAY_EUR = 1.0
"""A work moves only where that gains more than this at least: at equal value everything stays where it is."""
ROUNDS = 40
"""So many rounds at most; mostly nothing gains any more after ten."""
MOST_WORKS = 12
"""Bundles of so many works or fewer move as one."""


@dataclass(frozen=True)
class Near:
    """What works have to do with each other: sections (W x S), and works that share a section, a tie or a joint (W x W)."""

    touches: sparse.csr_array
    works: sparse.csr_array


def adapt(board: Board, *, stay_share: float = 0.0) -> int:
    """Move works, one by one and per bundle, as long as that gains; return the number of moves.

    Each round works out what every other year of every work would cost with all others held and takes the moves that gain
    most, leaving alone, in that round, what lies near a work that moved. Where single works gain nothing any more, bundles
    move to another year as one. Money, hours, limits, ties and decisions hold after every move where they held before.

    Parameters
    ----------
    board
        The programme in the future, without what breaks; it is changed.
    stay_share
        A work leaves the year in which it stands only where that gains more than this share of its cost: it was prepared for
        that year.

    Source: a local search that starts from the present programme (Aarts and Lenstra, 1997, Local search in combinatorial
    optimization); it is no proof of the best.
    """
    near = _near(board.coded)
    start = board.year.copy()
    loath = np.maximum(STAY_EUR, stay_share * board.coded.problem.works["cost_eur"].to_numpy(dtype=float))
    moved = 0
    for _ in range(ROUNDS):
        stay = np.where((start >= 0) & (board.year == start), loath, STAY_EUR)
        offers = _offers(board)
        gained = _works(board, near, offers, stay) or _bundles(board, near, stay)
        gained = gained or _newcomers(board, near)
        gained = gained or make_room(board, offers, near=near.works, stay_eur=stay)
        moved += gained
        if not gained:
            break
    return moved


def _offers(board: Board) -> Offers:
    """Work out what each work would gain elsewhere, with all others held; a tied work is not left out by itself."""
    at, undone = prices(board.coded, board.year)
    count = np.arange(len(board.year))
    done = board.year >= 0
    here = np.where(done, at[count, np.maximum(board.year, 0)], undone)
    gain = np.where(board.allowed & untied(board), here[:, None] - at, -np.inf)
    gain[count[done], board.year[done]] = -np.inf
    return Offers(gain, np.where(done & ~board.must & ~_tied(board.coded), here - undone, -np.inf))


def _works(board: Board, near: Near, offers: Offers, stay: Floats) -> int:
    """Move single works; return how many moved."""
    every = np.column_stack([offers.gain, offers.leave])
    work, year = np.nonzero(every > stay[:, None])
    order = np.lexsort((year, work, -every[work, year]))
    still = np.ones(len(every), dtype=bool)
    moved = 0
    for one, when in zip(work[order].tolist(), year[order].tolist(), strict=True):
        if not still[one]:
            continue
        to = UNDONE if when == every.shape[1] - 1 else when
        if to == UNDONE or board.fits(one, to):
            board.put(one, to)
            still[near.works.indices[near.works.indptr[one] : near.works.indptr[one + 1]]] = False
            moved += 1
    return moved


def _bundles(board: Board, near: Near, stay: Floats) -> int:
    """Move bundles to another year as one; return how many moved."""
    group, size = _groups(board)
    if not size:
        return 0
    gain = _group_gains(board, group, size)
    together = np.bincount(group[group >= 0], weights=stay[group >= 0], minlength=size)
    which, year = np.nonzero(gain > together[:, None])
    order = np.lexsort((year, which, -gain[which, year]))
    still = np.ones(len(board.year), dtype=bool)
    moved = 0
    for one, when in zip(which[order].tolist(), year[order].tolist(), strict=True):
        works = np.flatnonzero(group == one)
        if still[works].all() and _shift(board, works, when, stay_eur=float(together[one])):
            still[near.works[works].indices] = False
            moved += 1
    return moved


def _newcomers(board: Board, near: Near) -> int:
    """Put undone works of one section in a year together, where that pays for them all; return how many sections got works."""
    coded, ground = board.coded, board.ground
    at = np.full(board.allowed.shape, np.inf)
    at[coded.option_work, coded.option_year] = coded.option_eur
    at[~(board.allowed & untied(board))] = np.inf
    waits = board.year[coded.touch_work] < 0
    count = np.bincount(coded.touch_section[waits], minlength=len(board.open))
    still = np.ones(len(board.year), dtype=bool)
    moved = 0
    for section in np.flatnonzero(count > 1).tolist():
        works = board.visits.of(section)
        works = works[(board.year[works] < 0) & still[works]]
        if not 1 < len(works) <= MOST_WORKS:
            continue
        opened = np.unique(np.concatenate([board.touches.of(int(work)) for work in works]))
        price = at[works].sum(axis=0) + ground.opening_eur[opened] @ (board.open[opened] == 0) * coded.factors
        year = int(price.argmin())
        if price[year] < -STAY_EUR and _shift(board, works, year, stay_eur=STAY_EUR):
            still[near.works[works].indices] = False
            moved += 1
    return moved


def _groups(board: Board) -> tuple[Whole, int]:
    """Return the bundle of each work (-1: none, too large, or bound to works outside it), and how many there are."""
    works, years = len(board.year), board.open.shape[1]
    done = board.year[board.coded.touch_work] >= 0
    work, section = board.coded.touch_work[done], board.coded.touch_section[done]
    cell = section * years + board.year[work]
    links = sparse.coo_array((np.ones(len(work)), (work, works + cell)), shape=(works + len(board.open) * years,) * 2)
    _, label = connected_components(links, directed=False)
    label = label[:works]
    size = np.bincount(label, minlength=int(label.max(initial=0)) + 1)
    fits = (board.year >= 0) & (size[label] > 1) & (size[label] <= MOST_WORKS)
    bound = _bound_outside(board.coded, label)
    fits &= ~np.isin(label, label[bound])
    names, group = np.unique(label[fits], return_inverse=True)
    made = np.full(works, -1, dtype=np.int64)
    made[fits] = group
    return made, len(names)


def _group_gains(board: Board, group: Whole, count: int) -> Floats:
    """Return about what each bundle would gain in each year (bundles x T): prices of its works and of opening; not graafrust."""
    coded = board.coded
    years = len(coded.factors)
    at = np.full((len(board.year), years), np.inf)
    at[coded.option_work, coded.option_year] = coded.option_eur
    at[~board.allowed] = np.inf
    inside = np.flatnonzero(group >= 0)
    price = np.zeros((count, years))
    np.add.at(price, group[inside], at[inside])
    here = np.zeros(count)
    np.add.at(here, group[inside], at[inside, board.year[inside]])
    opening = board.ground.opening_eur
    touch = group[coded.touch_work] >= 0
    pair = np.unique(group[coded.touch_work[touch]] * len(opening) + coded.touch_section[touch])
    of, section = np.divmod(pair, max(1, len(opening)))
    now = np.zeros(count, dtype=np.int64)
    now[group[inside]] = board.year[inside]
    np.add.at(price, of, opening[section][:, None] * coded.factors * (board.open[section] == 0))
    np.add.at(here, of, opening[section] * coded.factors[now[of]])
    gain = here[:, None] - price
    gain[np.arange(count), now] = -np.inf
    return np.asarray(gain)


def _shift(board: Board, works: Whole, year: int, *, stay_eur: float) -> bool:
    """Move works to a year together where there is room and, graafrust counted, it gains; tell whether it was done."""
    before = board.year[works].copy()
    sections = np.unique(np.concatenate([board.touches.of(int(work)) for work in works]))
    cost = street_costs(board, sections) + _own(board, works)
    for work in works:
        board.put(int(work), UNDONE)
    placed = 0
    for work in works:
        if not board.fits(int(work), year):
            break
        board.put(int(work), year)
        placed += 1
    if placed == len(works) and street_costs(board, sections) + _own(board, works) < cost - stay_eur:
        return True
    for work, when in zip(works, before, strict=True):
        board.put(int(work), int(when))
    return False


def street_costs(board: Board, sections: Whole) -> float:
    """Return what openings and broken graafrust of some sections cost as the board stands (eur, discounted)."""
    ground, factors = board.ground, board.coded.factors
    total = float(ground.opening_eur[sections] @ ((board.open[sections] > 0) @ factors))
    for section in sections.tolist():
        works = board.visits.of(section)
        works = works[board.year[works] >= 0]
        fresh, dug = board.year[works[ground.fresh[works]]], np.unique(board.year[works[ground.digs[works]]])
        if ground.breach_eur[section] and len(fresh) and len(dug):
            waited = dug[:, None] - fresh
            broken = ((waited > 0) & (waited <= ground.rest_years[section])).any(axis=1)
            total += float(ground.breach_eur[section] * factors[dug[broken]].sum())
    return total


def _own(board: Board, works: Whole) -> float:
    """Return the prices of works in their years, without streets."""
    done = works[board.year[works] >= 0]
    return float(board.coded.option_eur[board.coded.option_of[done, board.year[done]]].sum())


def _near(coded: Coded) -> Near:
    """Return which works have to do with each other."""
    problem = coded.problem
    works = len(problem.works)
    touches = sparse.csr_array(
        (np.ones(len(coded.touch_work)), (coded.touch_work, coded.touch_section)), shape=(works, len(problem.sections))
    )
    names = problem.works["work"]
    pairs = [
        tuple(positions(table[side], names) for side in ("work", "other")) for table in (problem.ties, problem.joints)
    ]
    one, other = (np.concatenate([pair[side] for pair in pairs]) for side in (0, 1))
    bound = sparse.csr_array((np.ones(len(one)), (one, other)), shape=(works, works))
    return Near(touches, sparse.csr_array(touches @ touches.T + bound + bound.T + sparse.eye_array(works)))


def _tied(coded: Coded) -> Mask:
    """Tell which works are tied to others."""
    problem = coded.problem
    return np.asarray(
        problem.works["work"].isin(problem.ties["work"]) | problem.works["work"].isin(problem.ties["other"])
    )


def _bound_outside(coded: Coded, label: Whole) -> Whole:
    """Return the works that a tie or a joint binds to a work of another bundle."""
    problem = coded.problem
    found = [np.empty(0, dtype=np.int64)]
    for table in (problem.ties, problem.joints):
        one, other = (positions(table[side], problem.works["work"]) for side in ("work", "other"))
        apart = label[one] != label[other]
        found += [one[apart], other[apart]]
    return np.unique(np.concatenate(found))
