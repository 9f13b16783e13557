"""The board knows what is left in purses and crews and which streets are open, whatever is put where."""

import pandas as pd
from hypothesis import given, settings
from hypothesis import strategies as st

import tiny_city
from koppelkans.programme.constraint import Outcome
from koppelkans.programme.constraints import CONSTRAINTS
from koppelkans.programme.futures.board import Board, board_of, copied, untied
from koppelkans.programme.judge import judge
from koppelkans.programme.problem import Problem
from koppelkans.programme.value import broken_rest, opened_sections

NONE = pd.DataFrame({"work": pd.Series([], dtype="str"), "year": pd.Series([], dtype="int64")})
ROOM = ("budget", "crew", "limit")


def broken(problem: Problem, board: Board) -> set[str]:
    """Return the demands that the judge finds broken."""
    plan = board.programme
    outcome = Outcome(plan, opened_sections(problem, plan), broken_rest(problem, plan))
    pieces = [piece for piece in CONSTRAINTS if piece.name in {*ROOM, "once", "excluded"}]
    verdict = judge(problem, outcome, constraints=pieces)
    return set(verdict.loc[~verdict["kept"], "demand"])


@settings(max_examples=8, deadline=None)
@given(tiny_city.cities(), st.data())
def test_room_is_where_the_judge_finds_nothing_broken(tables: dict[str, object], data: st.DataObject):
    problem = tiny_city.problem(**tables)  # type: ignore[arg-type]
    board = board_of(problem, NONE)
    for _ in range(data.draw(st.integers(1, 5))):
        work = data.draw(st.integers(0, len(problem.works) - 1))
        years = [at for at in range(problem.years) if board.allowed[work, at] and at != board.year[work]]
        if not years:
            continue
        year = data.draw(st.sampled_from(years))
        fits = board.fits(work, year)
        trial = copied(board)
        trial.put(work, year)
        assert fits == (not broken(problem, trial) & set(ROOM))
        if fits:
            board.put(work, year)
    assert not broken(problem, board)


@settings(max_examples=5, deadline=None)
@given(tiny_city.cities(), st.data())
def test_what_is_put_and_taken_away_leaves_everything_as_it_was(tables: dict[str, object], data: st.DataObject):
    problem = tiny_city.problem(**tables)  # type: ignore[arg-type]
    empty = board_of(problem, NONE)
    board = copied(empty)
    for _ in range(6):
        work = data.draw(st.integers(0, len(problem.works) - 1))
        board.put(work, data.draw(st.integers(-1, problem.years - 1)))
    for work in range(len(problem.works)):
        board.put(work, -1)
    assert abs(board.money - empty.money).max(initial=0.0) < 1e-9
    assert abs(board.hours - empty.hours).max(initial=0.0) < 1e-9
    assert board.open.tolist() == empty.open.tolist()
    assert board.count.tolist() == empty.count.tolist()


def street(**tables: pd.DataFrame) -> Problem:
    """Return two works in one street, both allowed in three years."""
    made = {
        "works": tiny_city.works(*((name, 2027, 2027, 2029, 10, 0, 1, 90, True, False, False) for name in "ab")),
        "sections": tiny_city.sections(("s", 20, 0, 0, 0)),
        "touches": tiny_city.pairs("work", "section", ("a", "s"), ("b", "s")),
    }
    return tiny_city.problem(**(made | tables))


def test_a_work_outside_its_window_or_its_fixed_year_is_not_put_on_the_board():
    plan = pd.DataFrame({"work": ["a", "b"], "year": [2030, 2028]})
    assert board_of(street(), plan).programme["work"].tolist() == ["b"]
    fixed = street(fixed=pd.DataFrame({"work": ["b"], "year": [2029]}))
    assert board_of(fixed, plan).programme.empty
    assert board_of(fixed, plan).must.tolist() == [False, True]


def test_ties_forbid_years_from_both_sides():
    tied = street(ties=pd.DataFrame({"work": ["a"], "other": ["b"], "least_years": [1], "most_years": [1]}))
    board = board_of(tied, pd.DataFrame({"work": ["b"], "year": [2028]}))
    assert untied(board).tolist() == [[False, False, True], [True, True, True]]
