import pytest

import hamlet
from koppelkans.ground.errors import SettingError
from koppelkans.ground.horizon import Horizon
from koppelkans.ground.settings import Decision
from koppelkans.programme.decided import Decided, decided


def decide(*decisions: Decision) -> Decided:
    return decided(hamlet.context().works, decisions, horizon=Horizon(2027, 2036))


def test_a_work_that_is_certain_with_one_year_is_fixed_to_it():
    assert decide().fixed[["work", "year"]].to_numpy().tolist() == [["w-paving-4", 2030]]


def test_a_decision_goes_before_the_certainty():
    made = decide(Decision(work="w-paving-4", not_years=[2030]))
    assert made.fixed.empty
    assert made.excluded[["work", "year"]].to_numpy().tolist() == [["w-paving-4", 2030]]


def test_a_fixed_year_keeps_its_reason():
    made = decide(Decision(work="w-gas", year=2031, reason="kermis", set_by="college"))
    assert made.fixed.iloc[0].tolist() == ["w-gas", 2031, "kermis", "college"]


@pytest.mark.parametrize(
    ("decision", "column", "wanted"),
    [
        (Decision(work="w-gass", year=2030), "programme.decisions.0.work", "the nearest name is w-gas"),
        (Decision(work="w-gas", year=2050), "programme.decisions.0.year", "a year of 2027-2036"),
        (Decision(work="w-gas", year=2030, not_years=[2030]), "programme.decisions.0.year", "kept out"),
    ],
)
def test_a_decision_that_cannot_be_is_a_fault_with_its_place(decision: Decision, column: str, wanted: str):
    with pytest.raises(SettingError) as told:
        decide(decision)
    (fault,) = told.value.faults
    assert fault.column == column
    assert wanted in fault.wanted


def test_two_decisions_about_one_work_are_a_fault():
    with pytest.raises(SettingError):
        decide(Decision(work="w-gas", year=2030), Decision(work="w-gas", not_years=[2031]))
