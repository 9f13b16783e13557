from dataclasses import replace

import pandas as pd
import pytest

import hamlet
import hamlet_programme
from koppelkans.context.product import outside_streets
from koppelkans.ground.settings import ProgrammePart
from koppelkans.programme.build_problem import OUTSIDE_HORIZON, OUTSIDE_STREETS, undone_prices, weighed_costs


def test_a_work_of_unknown_cost_is_planned_counts_for_nothing_and_weighs_as_the_median_of_its_kind():
    made = hamlet_programme.problem()
    assert made.outside.empty
    works, hours = made.works.set_index("work"), made.efforts.set_index("work")["hours"]
    assert works["unpriced"][lambda unknown: unknown].index.tolist() == ["w-paving-4"]
    assert (works.loc["w-paving-4", "cost_eur"], hours["w-paving-4"]) == (0, 0)
    score = hamlet_programme.walked(hamlet.settings())[2].ranking.set_index("work").loc["w-paving-4", "board_total"]
    assert works.loc["w-paving-4", "undone_eur"] == round(
        52_000 * 2.0 * (1 + score) + 4_000
    )  # the other paving costs 52,000


@pytest.mark.parametrize(
    ("costs", "weighed"), [([10.0, 30.0, 80.0, None], [10, 30, 80, 30]), ([None] * 4, [100_000] * 4)]
)
def test_an_unknown_cost_weighs_as_the_median_of_all_where_no_work_of_its_kind_has_one(
    costs: list[float | None], weighed: list[float]
):
    works = pd.DataFrame({"kind": ["a", "a", "a", "b"], "cost_eur": pd.array(costs, dtype="Float64")})
    assert weighed_costs(works).tolist() == weighed


def test_a_window_outside_the_horizon_stays_outside():
    made = hamlet_programme.problem(horizon={"first": 2032, "last": 2036})
    assert made.outside.set_index("work").loc["w-gas", "reason"] == OUTSIDE_HORIZON
    assert set(made.works["work"]) == {"w-sewer", "w-water-1", "w-water-3"}


def test_prices_come_from_the_appraisal():
    settings = hamlet.settings()
    town, appraisal, weighing = hamlet_programme.walked(settings)
    made = hamlet_programme.problem()
    sections = made.sections.set_index("section")
    openings = appraisal.openings.set_index("section")
    for column in ("opening_eur", "nuisance_eur", "breach_eur"):
        assert sections[column].to_dict() == openings[column].to_dict()
    assert sections["rest_years"].to_dict() == town.sections.set_index("section")["rest_years"].to_dict()
    works = made.works.set_index("work")
    assert works.loc["w-sewer", "cost_eur"] == 80_000
    worth = appraisal.worths.set_index("work").loc["w-sewer"]
    total = weighing.ranking.set_index("work").loc["w-sewer", "total"]
    wanted = round(worth["apart_eur"] * 2.0 * (1 + total) + worth["worth_eur"])
    assert works.loc["w-sewer", "undone_eur"] == pytest.approx(wanted, abs=1)


def test_leaving_undone_costs_more_for_a_work_that_scores_higher_and_nothing_is_silently_zero():
    works = pd.DataFrame(
        {
            "apart_eur": pd.array([100, 100, 100, None], dtype="Int64"),
            "total": [0.0, 1.0, float("nan"), 0.5],
            "worth_eur": pd.array([0, 7, None, 0], dtype="Int64"),
        }
    )
    prices = undone_prices(works, part=ProgrammePart(undone_factor=2.0, worth_of_score=1.0))
    # the third was not weighed and counts as the mean of the others: 0.5
    assert prices.iloc[:3].tolist() == [200, 407, 300]
    assert pd.isna(prices.iloc[3])


def test_amounts_are_whole_and_add_up_to_the_cost():
    funds = [
        {"fund": "a", "kinds": ["sewer_gravity"], "share": 1 / 3},
        {"fund": "b", "kinds": ["sewer_gravity"], "share": 1 / 3},
        {"fund": "rioolheffing", "kinds": ["sewer_gravity"], "share": 1 / 3},
    ]
    made = hamlet_programme.problem(funds=funds)
    paid = made.payments[made.payments["work"] == "w-sewer"]
    assert (paid["share"] * 80_000).tolist() == pytest.approx([26_667, 26_666, 26_667], abs=1e-9)


def test_a_fixed_year_goes_before_the_window_which_stays_known_so_that_a_move_can_be_priced():
    usual = hamlet_programme.problem()
    before = usual.works.set_index("work").loc["w-gas"]
    made = hamlet_programme.problem(programme={"decisions": [{"work": "w-gas", "year": 2036}]})
    row = made.works.set_index("work").loc["w-gas"]
    assert before["latest_year"] < 2036
    assert (row["earliest_year"], row["latest_year"]) == (before["earliest_year"], 2036)
    assert made.fixed[["work", "year"]].to_numpy().tolist() == [["w-gas", 2036], ["w-paving-4", 2030]]


def test_assumed_money_and_hours_count_a_fixed_work_in_its_year_only():
    town = hamlet.context()
    hit = town.works["work"] == "w-gas"
    narrow = town.works.assign(
        earliest_year=town.works["earliest_year"].mask(hit, 2029), latest_year=town.works["latest_year"].mask(hit, 2029)
    )
    fixed = hamlet_programme.problem(programme={"decisions": [{"work": "w-gas", "year": 2029}]})
    alike = hamlet_programme.problem(replace(town, works=narrow))
    pd.testing.assert_frame_equal(fixed.funds, alike.funds)
    pd.testing.assert_frame_equal(fixed.crews, alike.crews)


def test_a_work_that_opens_no_street_touches_nothing():
    town = hamlet.context()
    works = town.works.copy()
    works.loc[works["work"] == "w-gas", "digs"] = False
    made = hamlet_programme.problem(replace(town, works=works))
    assert "w-gas" not in set(made.touches["work"])


def test_a_place_that_the_board_gave_is_worth_what_the_calculation_gives_that_place():
    usual = hamlet_programme.walked(hamlet.settings())[2].ranking.set_index("work")
    last, first = usual["rank"].idxmax(), usual["rank"].idxmin()
    said = {"work": last, "rank": 1, "reason": "beloofd", "set_by": "college", "set_on": "2026-03-01"}
    settings = hamlet.settings(weighing={"overrules": [said]})
    worth = hamlet_programme.walked(settings)[1].worths.set_index("work").loc[last]
    works = hamlet_programme.problem(weighing={"overrules": [said]}).works.set_index("work")
    wanted = round(worth["apart_eur"] * 2.0 * (1 + usual.loc[first, "total"]) + worth["worth_eur"])
    assert works.loc[last, "undone_eur"] == pytest.approx(wanted, abs=1)


def test_a_duty_with_a_date_ends_the_window_and_a_must_of_the_board_is_a_must():
    said = {"reason": "beloofd", "set_by": "college", "set_on": "2026-03-01"}
    part = {
        "knock_outs": [{"work": "w-sewer", "question": "legal_duty", "by_year": 2029, "reason": "lozingsbesluit"}],
        "overrules": [{"work": "w-gas", "decision": "must"} | said, {"work": "w-water-1", "decision": "out"} | said],
    }
    made = hamlet_programme.problem(weighing=part)
    works = made.works.set_index("work")
    assert works.loc["w-sewer", ["latest_year", "mandatory"]].tolist() == [2029, True]
    assert works.loc["w-gas", "mandatory"]
    assert made.outside.set_index("work").loc["w-water-1", "reason"] == "kept out by the board"


def test_agreements_of_the_city_stand_in_the_problem():
    programme = {
        "ties": [
            {"work": "w-gas", "other": "w-sewer", "at_most_years": 2},
            {"work": "w-gas", "other": "w-water-1", "same_year": True},
        ],
        "promises": [{"work": "w-sewer", "year": 2031}],
        "joints": [{"work": "w-paving", "other": "w-sewer", "saving_eur": 900}],
    }
    out = {"work": "w-water-1", "decision": "out", "reason": "later", "set_by": "college", "set_on": "2026-03-01"}
    problem = hamlet_programme.problem(programme=programme, weighing={"overrules": [out]})
    assert problem.ties.iloc[:, :4].to_numpy().tolist() == [["w-gas", "w-sewer", 0, 2]]
    assert problem.promises.iloc[:, :4].to_numpy().tolist() == [
        ["w-sewer", 2031, 8_000, "assumed"]
    ]  # a tenth of 80,000
    assert problem.joints.iloc[:, :3].to_numpy().tolist() == [["w-paving", "w-sewer", 900]]
    assert problem.untied[["work", "other"]].to_numpy().tolist() == [["w-gas", "w-water-1"]]
    assert set(problem.fund_rules["fund"]) == set(problem.funds["fund"]) - {"own:gas", "own:water"}


def test_the_knobs_turn_budgets_undone_and_late():
    usual = hamlet_programme.problem()
    turned = hamlet_programme.problem(programme={"money": 0.5, "risk": 2.0, "quality": 0.0})
    assert turned.funds["budget_eur"].tolist() == (usual.funds["budget_eur"] / 2).round().tolist()
    works, before = turned.works, usual.works
    risk = before["undone_eur"] - before["ambition_eur"]
    assert works["undone_eur"].tolist() == (2 * risk).tolist()
    assert works["late_eur_per_year"].tolist() == (2 * before["late_eur_per_year"]).tolist()


def test_a_shared_trench_counts_only_where_the_city_wants_it_and_what_was_agreed_goes_first():
    assert hamlet_programme.problem().joints.empty
    agreed = [{"work": "w-gas", "other": "w-sewer", "saving_eur": 1}]
    made = hamlet_programme.problem(programme={"shared_trench": True, "joints": agreed}).joints
    # in S1 lie half the sewer (40,000) and the water main (19,000): of the cheaper one 15 % is soil work in the trench
    assert made.set_index(["work", "other"])["saving_eur"].to_dict() == {
        ("w-gas", "w-sewer"): 1, ("w-sewer", "w-water-1"): 0.15 * 19_000,
    }  # fmt: skip


def test_the_missed_worth_of_ambitions_is_a_part_of_the_price_of_leaving_undone():
    problem = hamlet_programme.problem()
    worths = hamlet_programme.walked(hamlet.settings())[1].worths.set_index("work")["worth_eur"]
    works = problem.works.set_index("work")
    assert works["ambition_eur"].to_dict() == worths.reindex(works.index).fillna(0).astype("float64").to_dict()
    assert (works["ambition_eur"] <= works["undone_eur"]).all()


def test_a_work_in_no_street_stays_outside_with_its_reason():
    context = hamlet.context()
    moved = replace(context, touches=context.touches[context.touches["work"] != "w-gas"])
    made = hamlet_programme.problem(moved)
    assert made.outside.set_index("work").loc["w-gas", "reason"] == OUTSIDE_STREETS
    assert "w-gas" not in set(made.works["work"])
    assert outside_streets(moved) == {"works": 1, "assets": 0, "wishes": 1}
