import pandas as pd
import pytest

import hamlet_programme
from koppelkans.ground.errors import SettingError
from koppelkans.ground.settings import BudgetChange, Delay
from koppelkans.programme.decided import changed_budgets, late_works

BUDGETS = pd.DataFrame(
    {"fund": ["f", "f"], "year": [2027, 2028], "budget_eur": [100, 50], "basis": ["given", "assumed"]}
)


def test_budgets_add_up_and_never_fall_below_zero():
    changes = [
        BudgetChange(fund="f", year=2027, eur=-30),
        BudgetChange(fund="f", year=2027, eur=-20),
        BudgetChange(fund="f", year=2028, eur=-80),
    ]
    made = changed_budgets(BUDGETS, changes)
    assert made["budget_eur"].tolist() == [50, 0]
    assert made["basis"].tolist() == ["given", "given"]
    assert BUDGETS["budget_eur"].tolist() == [100, 50]


def test_every_change_that_names_what_is_not_there_is_told_at_once():
    changes = [BudgetChange(fund="g", year=2027, eur=1), BudgetChange(fund="f", year=2050, eur=1)]
    with pytest.raises(SettingError) as caught:
        changed_budgets(BUDGETS, changes)
    assert [(fault.column, fault.wanted) for fault in caught.value.faults] == [
        ("programme.budgets.0.fund", "a fund that exists; the nearest name is f"),
        ("programme.budgets.1.year", "a year in which f has a budget"),
    ]


def test_a_late_party_starts_later_in_the_problem_of_the_city_and_slips_add_up():
    """Gas lies in 2029-2031 with its best year 2030: two years late it has 2031 left, three years late it comes in 2032."""
    late = [{"party": "gas", "years": 1}, {"party": "gas", "years": 1}]
    window = ["earliest_year", "best_year", "latest_year"]
    works = hamlet_programme.problem(programme={"slips": late}).works.set_index("work")
    assert works.loc["w-gas", window].tolist() == [2031, 2030, 2031]
    works = hamlet_programme.problem(programme={"slips": [*late, late[0]]}).works.set_index("work")
    assert works.loc["w-gas", window].tolist() == [2032, 2030, 2032]


def test_a_decision_about_a_late_party_stands_and_its_window_makes_room():
    part = {"slips": [{"party": "gas", "years": 1}], "decisions": [{"work": "w-gas", "year": 2029}]}
    problem = hamlet_programme.problem(programme=part)
    assert problem.fixed[["work", "year"]].to_numpy().tolist() == [["w-gas", 2029], ["w-paving-4", 2030]]
    assert problem.works.set_index("work").loc["w-gas", "earliest_year"] == 2029


def test_the_budget_of_the_city_is_less_in_its_problem():
    given = {"funds": [{"fund": "rioolheffing", "budget_eur": 90_000}]}
    usual = hamlet_programme.problem(**given).funds
    at = int((usual["fund"] == "rioolheffing").to_numpy().argmax())
    fund, year, held = usual.loc[at, ["fund", "year", "budget_eur"]]
    less = [{"fund": fund, "year": year, "eur": -7}]
    made = hamlet_programme.problem(**given, programme={"budgets": less}).funds
    wanted = usual["budget_eur"].mask(usual.index == at, held - 7)
    assert made["budget_eur"].tolist() == wanted.tolist()


def test_a_change_of_a_budget_that_nobody_gave_is_refused():
    none = BUDGETS.assign(basis="assumed")
    with pytest.raises(SettingError, match="none was given"):
        changed_budgets(none, [BudgetChange(fund="f", year=2027, eur=-30)])


def test_a_party_that_is_not_there_is_refused():
    works = pd.DataFrame({"owner": ["gas"], "earliest_year": [2027], "latest_year": [2028]})
    with pytest.raises(SettingError, match="the nearest name is gas"):
        late_works(works, [Delay(party="gass", years=1)])
