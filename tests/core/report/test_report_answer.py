"""The answer in one look, counted by hand on the hamlet, and the names that things have on reports."""

from dataclasses import replace

import pandas as pd

import hamlet_plan
from koppelkans.report.answer import answer, trace_hash
from koppelkans.report.names import called, fund_names, listed, many, span, streets_of


def test_the_answer_of_the_hamlet_adds_up():
    found = answer(hamlet_plan.plan())
    assert (found.works, found.planned, found.undone, found.outside) == (6, 5, 0, 1)
    assert (found.openings, found.apart) == (3, 6)
    assert (found.bundles, found.saving_eur, found.nuisance_saved_eur) == (1, 60_000, 1_800)
    assert found.cost_eur == 80_000 + 52_000 + 19_000 + 19_000 + 17_000
    assert (found.unpriced, found.gap, found.faults, found.calls) == (0, 0.00164, 0, 2)


def test_a_work_that_was_weighed_and_left_is_undone_and_not_outside():
    plan = hamlet_plan.plan()
    years = plan.programme.plan["year"].mask(plan.programme.plan["work"] == "w-gas")
    left = replace(plan, programme=replace(plan.programme, plan=plan.programme.plan.assign(year=years)))
    assert (answer(left).planned, answer(left).undone, answer(left).outside) == (4, 1, 1)


def test_another_seed_gives_another_hash():
    plan = hamlet_plan.plan()
    other = replace(plan, programme=replace(plan.programme, trace=plan.programme.trace.noting(seed=2)))
    assert len(trace_hash(plan)) == 64
    assert trace_hash(plan) != trace_hash(other)


def test_own_money_carries_the_name_of_its_party():
    names = fund_names(hamlet_plan.plan(), "nl")
    assert names["own:gas"] == "Eigen geld van Netbeheerder"
    assert names["rioolheffing"] == "Rioolheffing"


def test_years_stand_as_people_write_them():
    assert span(2029, 2031) == "2029–2031"
    assert span(2029.0, 2029.0) == "2029"
    assert span(2029, None) == "2029"
    assert span(float("nan"), None) == "–"


def test_a_long_list_says_how_many_more_there_are():
    assert listed(["a", "b", "c"], most=2, lang="nl") == "a, b en nog 1"
    assert listed(["a", "b"], most=2, lang="en") == "a, b"


def test_an_unknown_key_is_a_dash_and_a_strange_one_itself():
    assert called(pd.Series(["gas", None, "other"]), {"gas": "Netbeheerder"}) == ["Netbeheerder", "–", "other"]


def test_the_streets_of_a_work_are_those_it_opens():
    streets = streets_of(hamlet_plan.plan().context)
    assert streets["w-sewer"] == "Dorpsstraat"
    assert streets["w-water-3"] == "Kerkweg"


def test_one_is_told_in_the_singular():
    assert many(1, "in one bundle", "in {count} bundles", "nl") == "in één bundel"
    assert many(1_200, "in one bundle", "in {count} bundles", "nl") == "in 1.200 bundels"
