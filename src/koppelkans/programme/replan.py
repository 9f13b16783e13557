"""Replanning after a change: its price, the works that move, and the fewest promises moved. (nl: verschuiven en herplannen)."""

from dataclasses import dataclass, fields, replace

import numpy as np
import pandas as pd

from koppelkans.ground.errors import KoppelkansError, NoProgrammeError
from koppelkans.programme.change import Change, Cut, Move, Slip, changed, fallen, overturned
from koppelkans.programme.clash_words import clash_words
from koppelkans.programme.constraint import state
from koppelkans.programme.constraints import CONSTRAINTS
from koppelkans.programme.desk import Desk, counted, years_of
from koppelkans.programme.indexed import Floats, Indexed, Mask, Whole, index_problem, positions
from koppelkans.programme.judge import judge
from koppelkans.programme.problem import Problem
from koppelkans.programme.solve.around import PendingChange, settle
from koppelkans.programme.solve.clash import Clash, clashing
from koppelkans.programme.solve.highs import Effort, proven
from koppelkans.programme.statement import SparseRows
from koppelkans.programme.value import Value

EFFORT = Effort(seconds=5.0)
"""Time cap of one search around a change; the searches count nodes and mostly end within a tenth of it."""
STAY_EUR = 1.0
"""Another work moves only where that gains more than this: at equal value everything stays where it is."""
MONEY = ("works_eur", "openings_eur", "joint_eur")
"""Parts of the value that are money; the others are weighed harm."""
WEIGHT = "undone_eur"
"""Part that is the weight of works left undone: no money, and no harm that was weighed."""
MOVED = {
    "work": "str",
    "from_year": "Int64",
    "to_year": "Int64",
    "promised_year": "Int64",
    "promise_moves": "bool",
    "asked": "bool",
}


@dataclass(frozen=True)
class Replanned:
    """The programme after a proposed change, with its price and the works that move.

    Parameters
    ----------
    change
        The change that was asked for.
    weighted_cost_eur
        By how much the weighted cost of the account rises (eur, discounted; negative: it falls): what the search goes by, with
        the weight of what is left undone. No price: that is `money_eur` and `harm_eur`.
    before, after
        The judged values in their parts.
    moved
        Every work whose year changes (work, from_year, to_year, promised_year, promise_moves, asked), sorted; an unknown
        year is left undone. `asked` marks the works that the change names itself.
    fallen
        Works that the change puts outside the years that are planned.
    overturned
        Decisions that do not hold any more by it (work, year, reason, set_by).
    fewest
        Whether it is proven that no programme moves fewer promises.
    verdict
        What the independent judge says of the new programme.
    desk
        The new problem and programme, ready for the next question.
    """

    change: Change
    weighted_cost_eur: float
    before: Value
    after: Value
    moved: pd.DataFrame
    fallen: tuple[str, ...]
    overturned: pd.DataFrame
    fewest: bool
    verdict: pd.DataFrame
    desk: Desk

    @property
    def promises(self) -> pd.DataFrame:
        """Return the works whose promise was kept and is not kept any more."""
        return self.moved[self.moved["promise_moves"]].reset_index(drop=True)

    @property
    def parts(self) -> dict[str, float]:
        """Return the change in each part of the value (eur).

        What joints save counts negative, so that the parts add up to the price.
        """
        sign = {part.name: -1.0 if part.name == "joint_eur" else 1.0 for part in fields(Value)}
        return {name: times * (getattr(self.after, name) - getattr(self.before, name)) for name, times in sign.items()}

    @property
    def money_eur(self) -> float:
        """Return the money in the price: works and openings, less joints (eur, discounted)."""
        return sum(self.parts[name] for name in MONEY)

    @property
    def harm_eur(self) -> float:
        """Return the weighed harm in the price, which nobody pays (eur, discounted).

        Without the weight of works that are left undone: it steers the search, and is no money won or lost.
        """
        return sum(eur for name, eur in self.parts.items() if name not in (*MONEY, WEIGHT))

    @property
    def left_undone(self) -> list[str]:
        """Return the works that the change leaves undone and that had a year."""
        return [str(work) for work in self.moved.loc[self.moved["to_year"].isna(), "work"]]


@dataclass(frozen=True)
class Impossible:
    """A change that no programme can meet, with a smallest set of demands that clash then."""

    problem: Problem
    demands: Clash


def move(desk: Desk, work: str, year: int, *, stay_eur: float = STAY_EUR, lang: str = "en") -> Replanned:
    """Return the programme replanned with a work in a given year; see `replan`."""
    return replan(desk, Move(work, year), stay_eur=stay_eur, lang=lang)


def cut(desk: Desk, fund: str, year: int, eur: float, *, stay_eur: float = STAY_EUR, lang: str = "en") -> Replanned:
    """Return the programme replanned with so many euros less in a fund and year; see `replan`."""
    return replan(desk, Cut(fund, year, eur), stay_eur=stay_eur, lang=lang)


def slip(desk: Desk, party: str, years: int, *, stay_eur: float = STAY_EUR, lang: str = "en") -> Replanned:
    """Return the programme replanned with all works of a party some years later; see `replan`."""
    return replan(desk, Slip(party, years), stay_eur=stay_eur, lang=lang)


def replan(
    desk: Desk, change: Change, *, effort: Effort = EFFORT, stay_eur: float = STAY_EUR, lang: str = "en"
) -> Replanned:
    """Return the programme after a change, judged from the tables alone.

    Nothing is changed in the desk. First as few promises move as possible, then the value is as good as the search
    around the change finds. Works that the change does not touch keep their year.

    Parameters
    ----------
    desk
        The programme as it stands.
    change
        What changes.
    effort
        Time cap, nodes and seed of each search.
    stay_eur
        Another work moves only where that gains more than this (eur).
    lang
        Language of clashing demands.

    Raises
    ------
    InputError
        Where the change names what does not exist.
    NoProgrammeError
        Where the change cannot be met; it names a smallest set of demands that clash.
    """
    found = attempted(desk, change, effort=effort, stay_eur=stay_eur, lang=lang)
    if isinstance(found, Impossible):
        told = clash_words(found.problem, found.demands, names=desk.problem.names, lang=lang)
        raise NoProgrammeError(told, demands=found.demands)
    return found


def attempted(
    desk: Desk, change: Change, *, effort: Effort = EFFORT, stay_eur: float = STAY_EUR, lang: str = "en"
) -> Replanned | Impossible:
    """Return the programme after a change, or the demands that clash where there is none.

    The programme is found as `replan` does.
    """
    found = tried(desk, change, effort=effort, stay_eur=stay_eur, lang=lang)
    if found is not None:
        return found
    problem = changed(desk.problem, change)
    said = state(index_problem(problem), CONSTRAINTS)
    return Impossible(problem, clashing(said.rows(), said.told))


def tried(
    desk: Desk, change: Change, *, effort: Effort = EFFORT, stay_eur: float = STAY_EUR, lang: str = "en"
) -> Replanned | None:
    """Return the programme after a change as `replan` finds it; None where none was found."""
    problem = changed(desk.problem, change)
    indexed, rows = _stated(desk, problem, change)
    asked = _asked(desk, problem, (indexed, rows), change=change, stay_eur=stay_eur)
    named = _named(problem, change)
    settled = None if asked is None else settle(asked, effort, start=_start(desk, asked, named))
    if settled is None:
        return None
    programme = indexed.programme(np.flatnonzero(settled.chosen)).sort_values("work", ignore_index=True)
    verdict = judge(problem, counted(problem, programme), constraints=CONSTRAINTS, names=desk.problem.names, lang=lang)
    if not verdict["kept"].all():
        msg = f"the judge refuses the new programme: {'; '.join(verdict['first'].dropna())}"
        raise KoppelkansError(msg)
    after = Desk(problem, programme, indexed, rows, settled.chosen, _bound(desk, change))
    moved = _moved(desk, after, named)
    return Replanned(
        change=change,
        weighted_cost_eur=after.value.total_eur - desk.value.total_eur,
        before=desk.value,
        after=after.value,
        moved=moved,
        fallen=tuple(fallen(desk.problem, change)),
        overturned=overturned(desk.problem.fixed.fillna({"reason": "", "set_by": ""}), problem),
        fewest=settled.fewest,
        verdict=verdict,
        desk=after,
    )


def _bound(desk: Desk, change: Change) -> float:
    """Return what no programme can beat after a change: a demand more leaves the bound as it was, later windows do not."""
    lifted = isinstance(change, Move) and (desk.problem.fixed["work"] == change.work).any()
    return float("nan") if lifted or isinstance(change, Slip) else desk.bound_eur


def floor_of(rows: SparseRows) -> float:
    """Return a lower bound on the cost: each choice at its lowest price, without any demand."""
    return proven(rows, np.zeros(len(rows.upper)))[0]


def _stated(desk: Desk, problem: Problem, change: Change) -> tuple[Indexed, SparseRows]:
    """Return the changed problem as rows; a move within the window needs no new statement: the work is held in its year."""
    if isinstance(change, Move):
        fixed = desk.problem.fixed
        same = fixed.loc[fixed["work"] == change.work, "year"].eq(change.year).all()
        work = positions(pd.Series([change.work]), problem.works["work"])[0]
        if same and desk.indexed.option_of[work, change.year - problem.first_year] >= 0:
            return replace(desk.indexed, problem=problem), desk.rows
    indexed = index_problem(problem)
    return indexed, state(indexed, CONSTRAINTS).rows()


def _asked(
    desk: Desk, problem: Problem, stated: tuple[Indexed, SparseRows], *, change: Change, stay_eur: float
) -> PendingChange | None:
    """Return what is asked of the solver; None where a fixed year is no option at all."""
    indexed, rows = stated
    year = desk.year_of.copy()
    held = np.zeros(len(problem.works), dtype=bool)
    work = positions(problem.fixed["work"], problem.works["work"])
    held[work] = True
    year[work] = problem.fixed["year"].to_numpy() - problem.first_year
    option = np.where(year >= 0, indexed.option_of[np.arange(len(year)), np.maximum(year, 0)], -1)
    if (option[work] < 0).any():
        return None
    chosen = np.zeros(rows.choices, dtype=bool)
    chosen[option[option >= 0]] = True
    kept = (desk.promised >= 0) & (desk.promised == desk.year_of)
    promised = np.where(kept, indexed.option_of[np.arange(len(year)), np.maximum(desk.promised, 0)], -1)
    if isinstance(change, Move):
        promised[_named(problem, change)] = -1
    price, wish = _guesses(desk, indexed)
    return PendingChange(indexed, rows, chosen, held, promised, price, wish, stay_eur)


def _guesses(desk: Desk, indexed: Indexed) -> tuple[Floats, Floats]:
    """Return what each work would cost elsewhere at the least, and what each option would gain, with all others held."""
    shape = indexed.option_of.shape
    moves = desk.moves
    work = positions(moves["work"], desk.problem.works["work"])
    year = moves["year"].to_numpy() - desk.problem.first_year
    extra = moves["extra_eur"].to_numpy()
    free = moves["blocked_by"].isna().to_numpy() & (year != desk.year_of[work])
    now = desk.indexed.option_of[np.arange(shape[0]), np.maximum(desk.year_of, 0)]
    price = np.where(desk.year_of >= 0, -desk.indexed.option_eur[now] if len(desk.indexed.option_eur) else 0.0, 0.0)
    np.minimum.at(price, work[free], extra[free])
    gain = np.zeros(shape)
    gain[work, year] = np.maximum(-extra, 0.0)
    return price, gain[indexed.option_work, indexed.option_year]


def _named(problem: Problem, change: Change) -> Whole:
    """Return the works that a change names: the moved one, or those of the party; a budget names none."""
    works = problem.works["work"]
    if isinstance(change, Move):
        return positions(pd.Series([change.work]), works)
    if isinstance(change, Slip):
        theirs = problem.works["owner"].eq(change.party).fillna(value=False).to_numpy(dtype=bool)
        return np.asarray(np.flatnonzero(theirs), dtype=np.int64)
    return np.empty(0, dtype=np.int64)


def _start(desk: Desk, asked: PendingChange, named: Whole) -> Whole:
    """Return the named works that cannot stay where they were."""
    now = years_of(asked.indexed, asked.chosen)
    return np.asarray(named[(now != desk.year_of)[named]], dtype=np.int64)


def _moved(before: Desk, after: Desk, named: Whole) -> pd.DataFrame:
    """Return the works whose year changes (columns `MOVED`)."""
    first = before.problem.first_year
    was, now, promised = before.year_of, after.year_of, before.promised
    at = np.flatnonzero(was != now)
    asked: Mask = np.zeros(len(was), dtype=bool)
    asked[named] = True
    kept = (promised >= 0) & (promised == was)
    table = pd.DataFrame(
        {
            "work": before.problem.works["work"].to_numpy()[at],
            "from_year": _calendar(was[at], first),
            "to_year": _calendar(now[at], first),
            "promised_year": _calendar(promised[at], first),
            "promise_moves": kept[at],
            "asked": asked[at],
        }
    ).astype(MOVED)
    return table.sort_values("work", ignore_index=True)


def _calendar(year: Whole, first: int) -> pd.Series:
    """Return calendar years; unknown where there is none."""
    return pd.Series(year + first, dtype="Int64").mask(year < 0)
