import pandas as pd

import tiny_city
from koppelkans.programme.constraint import Outcome, faults
from koppelkans.programme.constraints import CONSTRAINTS
from koppelkans.programme.judge import fault_words, judge
from koppelkans.programme.value import broken_rest, opened_sections

PIECES = {piece.name: piece for piece in CONSTRAINTS}


def test_a_year_over_budget_is_named_in_words():
    city = tiny_city.problem(
        years=1,
        works=tiny_city.works(("a", 2027, 2027, 2027, 1500, 0, 0, 9000, True, False, False)),
        payments=pd.DataFrame({"work": ["a"], "fund": ["f"], "share": [1.0]}),
        funds=pd.DataFrame({"fund": ["f"], "year": [2027], "budget_eur": [250], "carries_over": [False]}),
    )
    programme = pd.DataFrame({"work": ["a"], "year": [2027]}).astype({"work": "str"})
    outcome = Outcome(programme, opened_sections(city, programme), broken_rest(city, programme))
    verdict = judge(city, outcome, constraints=CONSTRAINTS, names={"fund": {"f": "Riool"}}, lang="nl").set_index(
        "demand"
    )
    assert verdict.loc["budget", ["kept", "faults", "first"]].tolist() == [
        False,
        1,
        "Riool staat in 2027 1.250 euro rood",
    ]
    assert verdict.drop("budget")["kept"].all()


def test_faults_come_in_order():
    found = faults(pd.Series(["b", "a"]), year=pd.Series([2028, 2027]), amount=pd.Series([1.0, 2.0]))
    assert found["about"].tolist() == ["a", "b"]
    assert fault_words(PIECES["budget"], found) == [
        "a is overdrawn in 2027 by 2 euros",
        "b is overdrawn in 2028 by 1 euros",
    ]
