"""A programme as a board on which works are moved: what is left in purses and crews, and which sections are open. (nl: planbord)."""

from dataclasses import dataclass, replace
from functools import cached_property
from itertools import pairwise

import numpy as np
import pandas as pd

from koppelkans.programme.coded import Coded, Floats, Mask, Whole, budgets, code, positions, yearly
from koppelkans.programme.constraints.purse_rule import unpayable
from koppelkans.programme.moves import ROUNDING_EUR, ROUNDING_H
from koppelkans.programme.problem import Problem
from koppelkans.programme.tied import forbidden_years

UNDONE = -1


@dataclass(frozen=True)
class Ground:
    """What a section costs (S): one opening with its nuisance, a broken graafrust and how long that lasts; and what works do (W)."""

    opening_eur: Floats
    breach_eur: Floats
    rest_years: Whole
    digs: Mask
    fresh: Mask


@dataclass(frozen=True)
class Links:
    """Per work (W) the rows of another table that belong to it: `rows[start[w]:start[w + 1]]`."""

    start: Whole
    rows: Whole

    def of(self, work: int) -> Whole:
        """Return the rows of one work."""
        return self.rows[self.start[work] : self.start[work + 1]]

    @cached_property
    def lists(self) -> list[list[int]]:
        """Return the rows of every work as plain lists, which are quicker to walk through one by one."""
        edges, rows = self.start.tolist(), self.rows.tolist()
        return [rows[first:last] for first, last in pairwise(edges)]


@dataclass
class Board:
    """The year of each work (counted from the first; -1 undone) and what is left beside it; moved by `put` alone.

    `touches` has the sections of each work, `visits` the works of each section, `members` the limits of each section,
    `inside` the sections of each limit.
    `allowed` (W x T) says in which years a work may be done by itself: its window, decisions and the rules of purses.
    `money` (purse x T) is what is left per year, or up to that year where it carries over; `hours` (crew x T); `open`
    (S x T) counts works per open section; `count` (limit x T) open sections per limit.
    """

    coded: Coded
    ground: Ground
    year: Whole
    allowed: Mask
    must: Mask
    money: Floats
    carries: Mask
    hours: Floats
    open: Whole
    count: Whole
    pays: Links
    payer: Whole
    pay_fund: Whole
    pay_eur: Floats
    asks: Links
    asker: Whole
    ask_crew: Whole
    ask_h: Floats
    touches: Links
    visits: Links
    members: Links
    inside: Links
    most: Whole

    @property
    def programme(self) -> pd.DataFrame:
        """Return the works that are done with their year, sorted."""
        done = np.flatnonzero(self.year >= 0)
        table = pd.DataFrame(
            {
                "work": self.coded.problem.works["work"].to_numpy()[done],
                "year": self.year[done] + self.coded.problem.first_year,
            }
        )
        return table.astype({"work": "str", "year": "int64"}).sort_values("work", ignore_index=True)

    def put(self, work: int, year: int) -> None:
        """Put a work in a year, or leave it undone (-1), and keep what is left up to date."""
        for at, sign in ((int(self.year[work]), 1.0), (year, -1.0)):
            if at >= 0:
                self._pay(work, at, sign)
        self.year[work] = year

    def fits(self, work: int, year: int) -> bool:
        """Tell whether purses, crews and limits have room for a work in another year, once it has left where it is."""
        here = int(self.year[work])
        for row in self.pays.lists[work]:
            fund, eur = self.pay_fund[row], self.pay_eur[row]
            left = self.money[fund]
            if not self.carries[fund]:
                enough = left[year] >= eur - ROUNDING_EUR
            elif here < 0:
                enough = left[year:].min() >= eur - ROUNDING_EUR
            else:
                until = max(year, here)
                enough = left[until:].min() >= -ROUNDING_EUR and left[year:until].min(initial=eur) >= eur - ROUNDING_EUR
            if not enough:
                return False
        for row in self.asks.lists[work]:
            if self.hours[self.ask_crew[row], year] < self.ask_h[row] - ROUNDING_H:
                return False
        fresh: dict[int, int] = {}
        for section in self.touches.lists[work]:
            if not self.open[section, year]:
                for limit in self.members.lists[section]:
                    fresh[limit] = fresh.get(limit, 0) + 1
        return all(self.count[limit, year] + more <= self.most[limit] for limit, more in fresh.items())

    def _pay(self, work: int, year: int, sign: float) -> None:
        """Give back (1) or take (-1) what a work uses in a year."""
        for row in self.pays.lists[work]:
            fund = self.pay_fund[row]
            if self.carries[fund]:
                self.money[fund, year:] += sign * self.pay_eur[row]
            else:
                self.money[fund, year] += sign * self.pay_eur[row]
        for row in self.asks.lists[work]:
            self.hours[self.ask_crew[row], year] += sign * self.ask_h[row]
        step = -int(sign)
        for section in self.touches.lists[work]:
            before = self.open[section, year]
            self.open[section, year] = before + step
            if before == 0 or before + step == 0:
                for limit in self.members.lists[section]:
                    self.count[limit, year] += step


def board_of(problem: Problem, programme: pd.DataFrame) -> Board:
    """Return the board of a programme; works that may not be done in their year are left undone, whatever else it breaks.

    Purses, crews and limits may be overdrawn: what is left is then below zero.
    """
    coded = code(problem)
    board = _empty(coded)
    inside = programme[programme["work"].isin(problem.works["work"])]
    inside = inside[inside["year"].between(problem.horizon.first, problem.horizon.last)]
    work = positions(inside["work"], problem.works["work"])
    year = inside["year"].to_numpy() - problem.first_year
    for at, when in zip(work[board.allowed[work, year]], year[board.allowed[work, year]], strict=True):
        board.put(int(at), int(when))
    return board


def copied(board: Board) -> Board:
    """Return a board that can be moved apart from this one."""
    return replace(
        board, year=board.year.copy(), money=board.money.copy(), hours=board.hours.copy(),
        open=board.open.copy(), count=board.count.copy(),
    )  # fmt: skip


def untied(board: Board) -> Mask:
    """Tell in which years (W x T) no tie forbids a work, with all others held."""
    problem = board.coded.problem
    free = np.ones(board.allowed.shape, dtype=bool)
    if problem.ties.empty:
        return free
    work, other = (positions(problem.ties[side], problem.works["work"]) for side in ("work", "other"))
    rows, forbidden, _ = forbidden_years(problem, board.year, work=work, other=other)
    np.logical_and.at(free, rows, ~forbidden)
    return free


def _empty(coded: Coded) -> Board:
    """Return the board on which nothing is done."""
    problem = coded.problem
    works, years = problem.works, problem.years
    allowed = coded.option_of >= 0
    shut = problem.excluded[problem.excluded["year"].between(problem.horizon.first, problem.horizon.last)]
    allowed[positions(shut["work"], works["work"]), shut["year"].to_numpy() - problem.first_year] = False
    allowed[unpayable(problem)] = False
    fixed = positions(problem.fixed["work"], works["work"])
    allowed[fixed] &= np.arange(years) == (problem.fixed["year"].to_numpy() - problem.first_year)[:, None]
    must = works["mandatory"].to_numpy().copy()
    must[fixed] = True
    names, money, carries = budgets(problem)
    crews, hours = yearly(problem, problem.crews, key="crew", value="hours")
    payer, asker = positions(problem.payments["work"], works["work"]), positions(problem.efforts["work"], works["work"])
    section = positions(problem.limit_members["section"], problem.sections["section"])
    limit = positions(problem.limit_members["limit"], problem.limits["limit"])
    sections = problem.sections
    touches, visits = _links(coded.touch_work, len(works)), _links(coded.touch_section, len(sections))
    members, inside = _links(section, len(sections)), _links(limit, len(problem.limits))
    return Board(
        coded=coded,
        ground=Ground(
            (sections["opening_eur"] + sections["nuisance_eur"]).to_numpy(dtype=float),
            sections["breach_eur"].to_numpy(dtype=float),
            sections["rest_years"].to_numpy(),
            works["digs"].to_numpy(),
            works["resurfaces"].to_numpy(),
        ),
        year=np.full(len(works), UNDONE, dtype=np.int64),
        allowed=allowed,
        must=must,
        money=np.where(carries[:, None], money.cumsum(axis=1), money),
        carries=carries,
        hours=hours,
        open=np.zeros((len(sections), years), dtype=np.int64),
        count=np.zeros((len(problem.limits), years), dtype=np.int64),
        pays=_links(payer, len(works)),
        payer=payer,
        pay_fund=positions(problem.payments["fund"], names),
        pay_eur=works["cost_eur"].to_numpy()[payer] * problem.payments["share"].to_numpy(),
        asks=_links(asker, len(works)),
        asker=asker,
        ask_crew=positions(problem.efforts["crew"], crews),
        ask_h=problem.efforts["hours"].to_numpy(),
        touches=replace(touches, rows=coded.touch_section[touches.rows]),
        visits=replace(visits, rows=coded.touch_work[visits.rows]),
        inside=replace(inside, rows=section[inside.rows]),
        members=replace(members, rows=limit[members.rows]),
        most=problem.limits["open_sections"].to_numpy(),
    )


def _links(owner: Whole, count: int) -> Links:
    """Return the rows of each owner."""
    order = np.argsort(owner, kind="stable")
    return Links(np.searchsorted(owner[order], np.arange(count + 1)), order.astype(np.int64))
