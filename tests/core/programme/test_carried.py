import hamlet_programme
from koppelkans.programme.carried import decided_of, framed_after
from koppelkans.programme.change import Cut, Move, Slip, changed
from koppelkans.programme.desk import lay_out

DECIDED = {"decisions": [{"work": "w-gas", "year": 2030, "reason": "kermis", "set_by": "college"}]}


def test_a_moved_work_keeps_the_reason_that_was_given_and_loses_the_old_one():
    framed = hamlet_programme.framed(programme=DECIDED)
    after = framed_after(framed, Move("w-gas", 2031, "beloofd", "raad"), framed.problem)
    assert after.decided.fixed.to_numpy().tolist()[0] == ["w-gas", 2031, "beloofd", "raad"]
    assert framed.decided.fixed["year"].tolist()[0] == 2030


def test_a_cut_makes_the_budget_a_given_one():
    framed = hamlet_programme.framed()
    fund, year = framed.budgets[["fund", "year"]].iloc[0]
    after = framed_after(framed, Cut(fund, year, 10), framed.problem).budgets.iloc[0]
    assert (after["budget_eur"], after["basis"]) == (framed.budgets["budget_eur"].iloc[0] - 10, "given")


def test_a_decision_about_a_party_that_slips_moves_along():
    framed = hamlet_programme.framed(programme=DECIDED)
    change = Slip("gas", 1)
    after = framed_after(framed, change, changed(framed.problem, change))
    assert after.decided.fixed.to_numpy().tolist() == [["w-gas", 2031, "kermis", "college"]]


def test_decisions_are_those_about_works_that_are_planned_and_without_reason_in_plain_tables():
    framed = hamlet_programme.framed(programme=DECIDED)
    rows = [("w-gas", 2030)]
    years = type(framed.problem.fixed)(rows, columns=["work", "year"])
    assert decided_of(lay_out(framed.problem, years, framed=framed))["reason"].tolist() == ["kermis"]
    assert decided_of(lay_out(framed.problem, years))["reason"].tolist() == [""]
