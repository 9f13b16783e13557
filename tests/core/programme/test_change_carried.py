"""What a change does to decisions and to what was assumed."""

import pytest

import hamlet_programme
from koppelkans.ground.errors import InputError
from koppelkans.programme.change import Cut, Move, Slip, changed

DECIDED = {"decisions": [{"work": "w-gas", "year": 2030, "reason": "kermis", "set_by": "college"}]}


def test_a_moved_work_keeps_the_reason_that_was_given_and_loses_the_old_one():
    problem = hamlet_programme.problem(programme=DECIDED)
    after = changed(problem, Move("w-gas", 2031, "beloofd", "raad"))
    assert after.fixed.to_numpy().tolist()[0] == ["w-gas", 2031, "beloofd", "raad"]
    assert problem.fixed["year"].tolist() == [2030, 2030]


def test_nothing_is_cut_of_a_budget_that_nobody_gave():
    problem = hamlet_programme.problem()
    fund, year = problem.funds[["fund", "year"]].iloc[0]
    with pytest.raises(InputError) as told:
        changed(problem, Cut(fund, year, 10))
    assert told.value.faults[0].column == "fund"


def test_a_decision_about_a_party_that_slips_moves_along():
    problem = hamlet_programme.problem(programme=DECIDED)
    assert changed(problem, Slip("gas", 1)).fixed.to_numpy().tolist()[0] == ["w-gas", 2031, "kermis", "college"]
