"""What a change does to decisions and to what was assumed."""

import hamlet_programme
from koppelkans.programme.change import Cut, Move, Slip, changed

DECIDED = {"decisions": [{"work": "w-gas", "year": 2030, "reason": "kermis", "set_by": "college"}]}


def test_a_moved_work_keeps_the_reason_that_was_given_and_loses_the_old_one():
    problem = hamlet_programme.problem(programme=DECIDED)
    after = changed(problem, Move("w-gas", 2031, "beloofd", "raad"))
    assert after.fixed.to_numpy().tolist() == [["w-gas", 2031, "beloofd", "raad"]]
    assert problem.fixed["year"].tolist() == [2030]


def test_a_cut_makes_the_budget_a_given_one():
    problem = hamlet_programme.problem()
    fund, year, held = problem.funds[["fund", "year", "budget_eur"]].iloc[0]
    after = changed(problem, Cut(fund, year, 10)).funds
    assert after[["budget_eur", "basis"]].iloc[0].tolist() == [held - 10, "given"]
    assert after["basis"].iloc[1:].tolist() == problem.funds["basis"].iloc[1:].tolist()


def test_a_decision_about_a_party_that_slips_moves_along():
    problem = hamlet_programme.problem(programme=DECIDED)
    assert changed(problem, Slip("gas", 1)).fixed.to_numpy().tolist() == [["w-gas", 2031, "kermis", "college"]]
