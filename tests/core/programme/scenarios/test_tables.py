"""The scenarios of a city: from its settings, on its own problem, to the tables of its programme."""

import pandas as pd
import pytest

import hamlet
import hamlet_programme
from koppelkans.ground.errors import SettingError
from koppelkans.programme.change import Cut, Move, Slip
from koppelkans.programme.product import Programme
from koppelkans.programme.scenarios.scenario import Avoid, Grant
from koppelkans.programme.scenarios.tables import beside, own_purses, scenarios_of

WANTED = {
    "front": [0.5, 1.0, 1.5],
    "scenarios": [
        {"scenario": "half", "nl": "Half budget", "money": 0.5},
        {
            "scenario": "facts",
            "budgets": [{"fund": "rioolheffing", "year": 2028, "eur": -5}, {"fund": "wegen", "year": 2028, "eur": 7}],
            "slips": [{"party": "gas", "years": 2}],
            "decisions": [{"work": "w-sewer", "year": 2029}, {"work": "w-gas", "not_years": [2030]}],
            "left_out": ["w-paving"],
        },
    ],
}


def test_scenarios_are_read_from_the_settings_with_the_points_of_the_curve_that_they_do_not_hold():
    settings = hamlet.settings(programme=WANTED)
    half, facts, more = scenarios_of(settings, hamlet_programme.problem())
    assert (half.nl, half.en, half.knobs.money, half.basis) == ("Half budget", "Half budget", 0.5, "given")
    assert facts.changes == (
        Slip("gas", 2),
        Cut("rioolheffing", 2028, 5),
        Grant("wegen", 2028, 7),
        Move("w-sewer", 2029),
        Avoid("w-gas", (2030,)),
        Avoid("w-paving"),
    )
    assert (more.role, more.knobs.money) == ("front", 1.5)
    assert half.funds == more.funds


def test_the_knob_of_money_turns_the_purses_of_the_city_and_not_those_of_others():
    settings = hamlet.settings()
    purses = own_purses(settings, hamlet_programme.problem())
    assert purses
    assert not [purse for purse in purses if purse.startswith("own:")]


def test_without_scenarios_of_the_city_each_knob_is_turned_once_as_an_assumption():
    usual = scenarios_of(hamlet.settings(), hamlet_programme.problem())[:3]
    assert [one.basis for one in usual] == ["assumed"] * 3
    assert [(one.knobs.money, one.knobs.quality, one.knobs.risk) for one in usual] == [
        (0.9, 1, 1),
        (1, 1.25, 1),
        (1, 1, 1.5),
    ]


def test_a_party_without_works_to_plan_cannot_be_late_with_them():
    party = {"party": "telecom", "name": "Telecom"}
    late = {"scenarios": [{"scenario": "late", "slips": [{"party": "telecom", "years": 1}]}]}
    settings = hamlet.settings(programme=late, parties=[party])
    assert scenarios_of(settings, hamlet_programme.problem())[0].changes == ()


@pytest.fixture(scope="module")
def laid() -> tuple[Programme, Programme]:
    """Return the programme of the hamlet, and the same with one scenario beside it: the sewer in another year."""
    made = hamlet_programme.scheduled()
    year = int(made.plan.set_index("work").loc["w-sewer", "year"])
    asked = {"front": [], "scenarios": [{"scenario": "moved", "decisions": [{"work": "w-sewer", "year": year - 3}]}]}
    settings = hamlet.settings(programme=asked)
    return made, beside(hamlet_programme.walked(settings)[0], made, settings=settings)


def test_a_scenario_is_laid_beside_the_programme_as_it_stands(laid: tuple[Programme, Programme]):
    made, found = laid
    plan = found.scenario_plan.set_index(["scenario", "work"])["year"]
    assert plan.loc["base"].to_dict() == made.plan.dropna(subset=["year"]).set_index("work")["year"].to_dict()
    assert plan.loc[("moved", "w-sewer")] == plan.loc[("base", "w-sewer")] - 3
    rows = found.scenarios.set_index("scenario")
    assert rows.loc["base", "value_eur"] == made.value["value_eur"]
    assert rows.loc["base", "bound_eur"] == made.value["bound_eur"]
    assert rows.loc["base", "weighted_cost_eur"] < rows.loc["moved", "weighted_cost_eur"] + 1
    assert rows["faults"].tolist() == [0, 0]
    assert set(found.scenario_parts["sort"]) == {"area", "party"}
    assert found.trace.settings["programme"]["compare"] is True


def test_the_programme_itself_stays_as_it_was(laid: tuple[Programme, Programme]):
    made, found = laid
    for name in Programme.TABLES:
        if not name.startswith("scenario"):
            pd.testing.assert_frame_equal(getattr(found, name), getattr(made, name), obj=name)


def test_a_scenario_that_names_what_does_not_exist_is_refused_with_its_place():
    asked = {"scenarios": [{"scenario": "x", "left_out": ["w-sewr"]}]}
    settings = hamlet.settings(programme=asked)
    with pytest.raises(SettingError) as caught:
        beside(hamlet_programme.walked(settings)[0], hamlet_programme.scheduled(), settings=settings)
    (fault,) = caught.value.faults
    assert fault.column == "programme.scenarios.0.work"
    assert "w-sewer" in fault.wanted
