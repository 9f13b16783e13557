from dataclasses import replace

import pandas as pd
import pytest

import hamlet
import hamlet_programme
from koppelkans.ground.errors import NoProgrammeError, SettingError
from koppelkans.programme import Programme

EVERYTHING = {"gap": 0.0, "what_if": True}


@pytest.fixture(scope="module")
def programme() -> Programme:
    return hamlet_programme.scheduled(programme=EVERYTHING)


def test_every_work_stands_in_the_plan_with_a_reason_in_both_languages(programme: Programme):
    assert programme.plan["work"].tolist() == sorted(hamlet.context().works["work"])
    assert (programme.plan["why_nl"].str.len() > 20).all()
    assert (programme.plan["why_nl"] != programme.plan["why_en"]).all()


def test_every_demand_is_kept_and_the_gap_is_proven(programme: Programme):
    assert programme.verdict["kept"].all()
    assert programme.value["gap"] == 0.0
    assert programme.value["status"] == "proven"
    assert programme.trace.gap == 0.0
    assert programme.trace.value_eur == programme.value["value_eur"]


def test_money_adds_up(programme: Programme):
    money, payments = programme.money, programme.payments.dropna(subset=["year"])
    works = payments.loc[payments["section"].isna(), "amount_eur"].sum()
    assert works == programme.value["cost_eur"]
    assert money["spent_eur"].sum() == payments["amount_eur"].sum() == works + programme.value["openings_eur"]
    for _, fund in money.groupby("fund"):
        rest = fund["budget_eur"] - fund["spent_eur"]
        left = rest.cumsum() if fund["carries_over"].iloc[0] else rest
        assert fund["left_eur"].tolist() == left.tolist()
        assert (fund["left_eur"] >= 0).all()


def test_openings_nuisance_and_savings_are_those_of_the_tables(programme: Programme):
    openings = hamlet_programme.walked(hamlet.settings())[1].openings
    opened = programme.open.merge(openings, on="section")
    assert programme.value["openings_eur"] == opened["opening_eur"].sum()
    assert programme.value["nuisance_eur"] == opened["nuisance_eur"].sum()
    assert programme.value["saving_eur"] == programme.bundles["saving_eur"].sum()
    assert programme.open["works"].sum() == 7  # six planned works touch seven sections


def test_the_same_seed_gives_the_same_tables_whatever_the_order_of_the_rows(programme: Programme):
    town = hamlet.context()
    turned = replace(
        town,
        works=town.works.iloc[::-1].reset_index(drop=True),
        sections=town.sections.iloc[::-1].reset_index(drop=True),
        touches=town.touches.iloc[::-1].reset_index(drop=True),
    )
    again = hamlet_programme.scheduled(turned, programme=EVERYTHING)
    for name in Programme.TABLES:
        pd.testing.assert_frame_equal(getattr(programme, name), getattr(again, name))
    assert programme.value == again.value


def test_a_fixed_work_stands_in_its_year_and_says_so():
    decision = {"work": "w-water-3", "year": 2027, "reason": "Het plein moet af zijn.", "set_by": "college"}
    made = hamlet_programme.scheduled(programme={"gap": 0.0, "decisions": [decision]})
    row = made.plan.set_index("work").loc["w-water-3"]
    assert row["year"] == 2027
    assert row["why_nl"] == "Vastgezet op 2027: Het plein moet af zijn."


def test_a_fixed_work_that_its_purse_cannot_pay_names_the_two_demands():
    parts = {
        "programme": {"decisions": [{"work": "w-sewer", "year": 2027}]},
        "funds": [{"fund": "rioolheffing", "budget_eur": 30_000}],
    }
    with pytest.raises(NoProgrammeError) as told:
        hamlet_programme.scheduled(**parts)
    assert told.value.clashing == (
        "Rioolheffing heeft in 2027 € 30.000; gevraagd wordt € 80.000",
        "Riool Dorpsstraat is vastgezet op 2027",
    )


def test_hours_that_nobody_gave_are_the_load_and_hold_nothing_back():
    decisions = [{"work": work, "year": 2029} for work in ("w-sewer", "w-paving")]
    parts = {"programme": {"gap": 0.0, "decisions": decisions}, "crews": [{"crew": "civil", "even_factor": 0.1}]}
    made = hamlet_programme.scheduled(**parts)
    assert made.plan.set_index("work")["year"][["w-sewer", "w-paving"]].tolist() == [2029, 2029]
    assert made.load["available_h"].tolist() == made.load["used_h"].tolist()


def test_a_decision_about_an_unknown_work_is_a_fault():
    with pytest.raises(SettingError):
        hamlet_programme.scheduled(programme={"decisions": [{"work": "w-riool", "year": 2030}]})


def test_a_city_without_works_has_an_empty_programme():
    town = hamlet.context()
    bare = replace(
        town, works=town.works.iloc[:0], touches=town.touches.iloc[:0], work_assets=town.work_assets.iloc[:0]
    )
    made = hamlet_programme.scheduled(bare)
    assert made.plan.empty
    assert made.value["value_eur"] == 0
    assert made.verdict["kept"].all()


def test_a_promise_is_kept_where_that_is_cheaper_and_told_where_it_is_not():
    """The sewer stands best in 2030 with gas; promised for 2029 at a price nobody would pay it goes there, for one euro it does not."""
    dear = hamlet_programme.scheduled(
        programme={"gap": 0.0, "promises": [{"work": "w-sewer", "year": 2029, "move_eur": 9_000_000}]}
    )
    assert dear.promises["kept"].all()
    assert "2029" in dear.plan.set_index("work").loc["w-sewer", "why_nl"]
    assert "Dat is het jaar dat is beloofd." in dear.plan.set_index("work").loc["w-sewer", "why_nl"]
    assert dear.value["moved_eur"] == 0
    usual = hamlet_programme.scheduled().plan.set_index("work")["year"]["w-sewer"]
    other = 2029 if usual != 2029 else 2031
    cheap = hamlet_programme.scheduled(
        programme={"gap": 0.0, "promises": [{"work": "w-sewer", "year": other, "move_eur": 1}]}
    )
    assert cheap.promises[["year", "kept"]].to_numpy().tolist() == [[usual, False]]
    assert "die belofte" in cheap.plan.set_index("work").loc["w-sewer", "why_nl"].lower()
    assert cheap.value["moved_eur"] == 1


def test_a_tie_with_a_work_that_is_not_planned_is_noted():
    ties = [{"work": "w-gas", "other": "w-water-3", "same_year": True}]
    out = {"work": "w-water-3", "decision": "out", "reason": "later", "set_by": "college", "set_on": "2026-03-01"}
    made = hamlet_programme.scheduled(programme={"ties": ties}, weighing={"overrules": [out]})
    assert any("Gas Dorpsstraat + Water Kerkweg" in note for note in made.trace.notes)
    assert any("Werken met onbekende kosten: 1." in note for note in made.trace.notes)


def test_scenarios_stand_beside_the_programme_where_the_settings_ask_for_them():
    asked = {"compare": True, "front": [0.9], "scenarios": [{"scenario": "careful", "risk": 2.0}]}
    made = hamlet_programme.scheduled(programme={"gap": 0.0} | asked)
    assert made.scenarios["scenario"].tolist() == ["base", "careful", "money-0.9"]
    assert made.scenarios["value_eur"].iloc[0] == made.value["value_eur"]
    assert made.scenarios["weighted_cost_eur"].iloc[0] <= made.scenarios["weighted_cost_eur"].iloc[2]
    assert hamlet_programme.scheduled().scenarios.empty
