"""A work is found by what people call it, and more that may be meant are listed."""

import pandas as pd
import pytest

import hamlet
import hamlet_plan
import tiny_city
from koppelkans.ground.errors import InputError
from koppelkans.programme.problem import Problem
from koppelkans.programme.spoken import fund_meant, outside_meant, party_meant, work_meant

PLAN = pd.DataFrame({"work": ["a", "b"], "year": [2027, 2028]})


def city() -> Problem:
    rows = ((key, 2027, 2027, 2028, 10, 0, 0, 50, True, False, False) for key in ("a", "b", "c-1"))
    works = tiny_city.works(*rows).assign(name=["Riool Dorpsstraat", "Riool Kerkpad", "Gas Élisabethlaan"])
    places = tiny_city.sections(("s0", 1, 1, 0, 0), ("s1", 1, 1, 0, 0)).assign(name=["Dorpsstraat", "Kerkpad"])
    return tiny_city.problem(
        years=2,
        works=works.assign(owner=["Gemeente", "Gemeente", "Lage Venen"]),
        sections=places,
        touches=tiny_city.pairs("work", "section", ("a", "s0"), ("b", "s1"), ("c-1", "s0")),
        payments=pd.DataFrame({"work": ["a", "b"], "fund": ["f", "g"], "share": 1.0}),
        funds=pd.DataFrame({"fund": ["f", "g"] * 2, "year": [2027, 2027, 2028, 2028], "budget_eur": 99, "carries_over": True, "name": ["Rioolheffing", "Krediet wegen"] * 2}),
    )  # fmt: skip


@pytest.mark.parametrize(
    ("text", "work"),
    [
        ("a", "a"), ("C-1", "c-1"), ("c 1", "c-1"), ("riool dorpsstraat", "a"), ("elisabeth", "c-1"),
        ("riool dorps", "a"), ("Kerkpad", "b"), ("gas DORPSSTRAAT", "c-1"),
    ],
)  # fmt: skip
def test_a_work_is_found_by_key_name_and_street_as_people_say_them(text: str, work: str):
    assert work_meant(city(), PLAN, text) == work


@pytest.mark.parametrize("text", ["water", "straat", "riool molenweg", "", "…"])
def test_what_nobody_is_called_stays_as_it_was_typed(text: str):
    assert work_meant(city(), PLAN, text) == text


def test_more_that_may_be_meant_are_listed_with_key_year_and_street():
    with pytest.raises(InputError) as refused:
        work_meant(city(), PLAN, "dorpsstraat")
    told = str(refused.value)
    assert "2 may be meant" in told
    assert "a: Riool Dorpsstraat, 2027, Dorpsstraat" in told
    assert "c-1: Gas Élisabethlaan, –, Dorpsstraat" in told


def test_funds_and_parties_are_found_alike():
    assert fund_meant(city(), "krediet") == "g"
    assert party_meant(city(), "lage venen") == "Lage Venen"
    assert party_meant(city(), "L. Venen") == "Lage Venen"


def outside(text: str) -> str | None:
    """Return what a text means in the hamlet, of which the water in the Dorpsstraat was not put to the solver."""
    plan = hamlet_plan.programme().plan.set_index("work", drop=False)
    plan["outside"] = plan["outside"].mask(plan["work"] == "w-water-1", "cost_unknown")
    return outside_meant(plan, hamlet.context(), text)


def test_a_work_that_was_never_planned_is_found_by_key_by_name_and_by_street_as_one_that_was():
    name = hamlet.context().works.set_index("work").loc["w-water-1", "name"]
    assert [outside(text) for text in ("w-water-1", name, name.upper(), "water dorps")] == ["w-water-1"] * 4
    assert outside("w-sewer") is None
    assert outside("niets") is None


def test_more_that_may_be_meant_are_listed_with_key_year_and_street_where_one_was_never_planned():
    with pytest.raises(InputError) as told:
        outside("Dorpsstraat")
    (fault,) = told.value.faults
    assert "w-water-1" in fault.wanted
    assert "w-sewer" in fault.wanted
    assert "2030, Dorpsstraat" in fault.wanted
    assert outside("kerkweg water") is None
