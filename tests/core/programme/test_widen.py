from dataclasses import replace

import hamlet_programme
from koppelkans.programme.widen import widened


def test_what_the_city_gave_is_never_widened():
    made = hamlet_programme.problem(funds=[{"fund": "rioolheffing", "budget_eur": 10}])
    same, notes = widened(made, [("budget", "rioolheffing"), ("fixed", "w-sewer")], lang="nl")
    assert notes == ()
    assert same is made


def test_an_assumed_budget_becomes_enough_for_all_its_works():
    made = hamlet_programme.problem()
    wider, notes = widened(made, [("budget", "own:water")], lang="nl")
    assert set(wider.funds.set_index("fund").loc["own:water", "budget_eur"]) == {38_000}
    assert notes == (
        "Het aangenomen budget van Eigen middelen water was te klein voor wat gedaan moet worden. Het is verruimd.",
    )
    assert widened(wider, [("budget", "own:water")], lang="nl")[1] == ()


def test_an_assumed_limit_is_lifted_and_assumed_hours_are_enough():
    made = hamlet_programme.problem()
    wider, notes = widened(made, [("limit", "West"), ("crew", "pipes")], lang="nl")
    assert wider.crews.set_index("crew").loc["pipes", "hours"].max() == 55.0
    assert len(notes) == 1  # the limit of two already holds both sections of West


def test_a_limit_below_its_sections_is_lifted():
    made = hamlet_programme.problem(programme={"open_share": 0.01})
    lower = replace(made, limits=made.limits.assign(open_sections=1))
    wider, notes = widened(lower, [("limit", "West")], lang="nl")
    assert wider.limits.set_index("limit").loc["West", "open_sections"] == 2
    assert len(notes) == 1
