"""The door of the weighing, worked out by hand on the hamlet."""

from dataclasses import replace
from pathlib import Path

import numpy as np
import pandas as pd
import pytest

import hamlet
from koppelkans.appraisal import appraise
from koppelkans.ground.errors import SettingError
from koppelkans.ground.settings import GROUNDS, Settings
from koppelkans.ground.shelf import load, save
from koppelkans.ground.tables import shape
from koppelkans.weighing import Weighing, weigh
from koppelkans.weighing.criteria import CRITERIA
from koppelkans.weighing.methods import METHODS


def weighed(settings: Settings | None = None, **changes: object) -> Weighing:
    settings = settings or hamlet.settings()
    town = replace(hamlet.context(), **changes)
    appraisal = appraise(town, hamlet.vision(), hamlet.opportunities(), settings=settings)
    return weigh(town, hamlet.opportunities(), appraisal, settings=settings)


@pytest.fixture(scope="module")
def made() -> Weighing:
    return weighed()


def measures(made: Weighing, criterion: str) -> dict[str, float]:
    rows = made.scores[made.scores["criterion"] == criterion].dropna(subset="measure")
    return dict(zip(rows["work"], rows["measure"], strict=True))


def test_each_ground_has_at_least_two_criteria():
    assert {ground: sum(one.ground == ground for one in CRITERIA) >= 2 for ground in GROUNDS} == dict.fromkeys(
        GROUNDS, True
    )


EVERY = ("w-gas", "w-paving", "w-paving-4", "w-sewer", "w-water-1", "w-water-3")


@pytest.mark.parametrize(
    ("criterion", "wanted"),
    [
        ("need_met", (0, 0.1, 0.1, 0.16, 0, 0)),
        ("ambitions_served", (0, 1, 1, 1, 0, 0)),
        # 0.02 chance in the due year x 1.5 x cost x (0.5 + criticality): sewer 80,000 x 1.1, water 19,000 x 1.2
        ("risk_taken_away", (None, None, None, 2640, 684, 684)),
        ("overdue_years", (None, None, None, 0, 0, 0)),
        ("life_thrown_away", (None, None, None, 0, 0, 0)),
        ("earmarked_share", (0, 1, 1, 1, 0, 0)),
        # S1: 29,700 + trench 2,850 between 2; S2: 59,400 + trench 2,550 between 3
        ("saving_together", (61_950 / 3, 61_950 / 3, 0, 32_550 / 2 + 61_950 / 3, 32_550 / 2, 0)),
        # gas and paving meet the sewer in S2 within their windows; both water and gas meet the sewer
        ("co_payers", (1, 1, 0, 2, 1, 0)),
        # 200 m of net on 100 x 8 m in S1 and in S2, 100 m in S3; paving does not dig
        ("crowded_underground", (0.25, 0, 0, 0.25, 0.25, 0.125)),
        # road 1 of 3, no care, 10 of 40 addresses: 5 x mean(1/3, 0, 1/4); main road with care: 5 x mean(1, 1, 1/4)
        ("passage", (35 / 36, 35 / 36, 35 / 36, 35 / 36, 35 / 36, 3.75)),
        # best year 2028 with a voornemen of 24 months: 12 months from 1 January 2027
        ("readiness", (0, 0, 0, 12, 0, 12)),
        # gas in S2 and water in S1 both want 2030 in West; the sewer (2028) shares its streets with both
        ("parallel_works", (1, 0, 0, 0, 1, 0)),
        # no purse of the hamlet has a deadline
        ("subsidy_lost", (0, 0, 0, 0, 0, 0)),
        ("later_digging", (0, 0, 0, 0, 0, 0)),
        # no year of paving is known; paving itself does not dig
        ("rest_broken", (None, 0, 0, None, None, None)),
        ("upkeep_change", (None, None, None, 0, 0, 0)),
        ("nuisance", (100, 100, 100, 200, 100, 300)),
        # West: 0.8 with level 2 and 0.5 with level 1, weights as in the settings (both 1 x level 2): the mean
        ("quarter_need", (0.65, 0.65, 0.5, 0.65, 0.65, 0.5)),
        # wish-1 lies on the Dorpsstraat (S1, S2); wish-2 on no street
        ("wishes_answered", (1, 1, 0, 1, 1, 0)),
    ],
)
def test_a_criterion_measures_what_the_hand_says(made: Weighing, criterion: str, wanted: tuple[float | None, ...]):
    expected = {work: value for work, value in zip(EVERY, wanted, strict=True) if value is not None}
    assert measures(made, criterion) == pytest.approx(expected)


def test_the_crew_is_loaded_by_its_hours_against_those_in_the_window():
    crews = [{"crew": "civil", "hours": {"2028": 100, "2029": 300, "2030": 100, "2031": 100}}]
    found = measures(weighed(hamlet.settings(crews=crews)), "crew_load")
    # paving of 52,000 eur asks 52 hours; 2028-2031 has 600
    assert found["w-paving"] == pytest.approx(52 / 600)


def test_unknown_hours_of_no_crew_and_unknown_cost_stay_unknown(made: Weighing):
    assert "w-paving-4" not in measures(made, "crew_load")
    scores = made.scores.set_index(["work", "criterion"]).loc[("w-paving-4", "crew_load")]
    assert (scores["basis"], scores[["score", "contribution"]].isna().all()) == ("unknown", True)


def test_a_later_work_that_cannot_join_is_later_digging():
    works = hamlet.context().works.assign(
        earliest_year=lambda part: part["earliest_year"].where(part["work"] != "w-gas", 2032),
        best_year=lambda part: part["best_year"].where(part["work"] != "w-gas", 2033),
        latest_year=lambda part: part["latest_year"].where(part["work"] != "w-gas", 2034),
    )
    found = measures(weighed(works=works), "later_digging")
    # gas 2032-2034 is after paving 2028-2031, and 2033 - 2029 is within the 5 years of S2; the sewer (to 2033) can join
    assert (found["w-paving"], found["w-sewer"], found["w-gas"]) == (1, 0, 0)


GRANTS = [
    {"fund": "water", "kinds": ["sewer_gravity"]},
    {"fund": "spuk", "sort": "subsidie", "kinds": ["sewer_gravity", "paving"], "share": 0.3, "last_year": 2028, "most_per_work_eur": 20_000},
    {"fund": "rijk", "sort": "subsidie", "kinds": ["paving"], "share": 0.9, "last_year": 2030},
    {"fund": "altijd", "sort": "subsidie", "kinds": ["gas_low"], "share": 0.5},
    {"fund": "wegen", "sort": "krediet", "kinds": ["gas_low"], "last_year": 2030},
]  # fmt: skip


def test_a_grant_that_lapses_counts_for_what_it_could_still_pay():
    found = measures(weighed(hamlet.settings(funds=GRANTS)), "subsidy_lost")
    # sewer: 30 % of 80,000 is 24,000, at most 20,000; paving from 2028: 30 % + 90 % of 52,000, at most its cost.
    # Gas: a grant without a deadline and a credit are not lost; paving of unknown cost in 2030: the second could pay.
    assert found == {"w-sewer": 20_000, "w-paving": 52_000, "w-gas": 0, "w-water-1": 0, "w-water-3": 0}


def test_a_work_that_is_too_late_for_a_grant_loses_nothing_more():
    late = hamlet.context().works.assign(earliest_year=2031, best_year=2032, latest_year=2034)
    assert set(measures(weighed(hamlet.settings(funds=GRANTS), works=late), "subsidy_lost").values()) == {0}


def test_a_dig_in_the_rest_of_young_paving_is_counted():
    town = hamlet.context()
    laid = town.assets.iloc[[0, 1]].assign(
        asset=["a-paving-1", "a-paving-2"], kind="paving", built_year=pd.array([2023, 2025], dtype="Int64")
    )
    found = measures(weighed(assets=pd.concat([town.assets, laid], ignore_index=True)), "rest_broken")
    # 5 years of rest: S1 until 2028, S2 until 2030. Sewer digs both in 2028, gas S2 in 2030, water S1 in 2030; S3 is unknown
    assert found == {"w-sewer": 2, "w-gas": 1, "w-water-1": 0, "w-paving": 0, "w-paving-4": 0}


def test_contributions_add_up_to_the_total_and_the_weights_to_one(made: Weighing):
    sums = made.scores.groupby("work")["contribution"].sum()
    np.testing.assert_allclose(sums[made.ranking["work"]], made.ranking["total"], atol=1e-12)
    assert made.criteria["weight"].sum() == pytest.approx(1.0)


def test_grounds_weigh_the_same_by_default(made: Weighing):
    assert made.criteria.groupby("ground")["weight"].sum().tolist() == pytest.approx([1 / 6] * 6)


def test_what_is_not_known_is_left_out_of_the_total_and_counted(made: Weighing):
    gas = made.ranking.set_index("work").loc["w-gas"]
    # unknown: three technical criteria (1/6), upkeep and young paving (1/18 each)
    assert gas["known_weight"] == pytest.approx(1 - 1 / 6 - 2 / 18)
    rows = made.scores[made.scores["work"] == "w-gas"].merge(made.criteria[["criterion", "weight"]], on="criterion")
    known = rows.dropna(subset="score")
    assert gas["total"] == pytest.approx((known["score"] * known["weight"]).sum() / known["weight"].sum())


def test_a_column_that_tells_nothing_apart_scores_a_half_for_all(made: Weighing):
    flat = made.scores[made.scores["criterion"] == "later_digging"]
    assert (flat["score"] == 0.5).all()


def test_the_sentence_names_two_criteria_that_lift_and_one_that_presses(made: Weighing):
    sewer = made.ranking.set_index("work").loc["w-sewer"]
    assert sewer["why_nl"] == (
        "Scoort goed op bijdrage aan ambities (0,16 punten) en aantal geholpen ambities (1 ambitie). "
        "Scoort minder op tijd voor voorbereiding (12 maanden te kort). Niet bekend: 6 % van het gewicht."
    )
    assert sewer["why_en"] == (
        "Scores well on need for ambitions met (0.16 points) and ambitions served (1 ambition). "
        "Scores less on time for preparation (12 months short). Not known: 6 % of the weight."
    )
    assert "Niet bekend: 28 % van het gewicht." in made.ranking.set_index("work").loc["w-gas", "why_nl"]


def test_equal_works_share_a_rank():
    works = hamlet.context().works
    twin = works[works["work"] == "w-gas"].assign(work="w-gas-2")
    touches = hamlet.context().touches
    both = weighed(
        works=pd.concat([works, twin], ignore_index=True),
        touches=pd.concat([touches, touches[touches["work"] == "w-gas"].assign(work="w-gas-2")], ignore_index=True),
    )
    rank = both.ranking.set_index("work")["rank"]
    assert rank["w-gas"] == rank["w-gas-2"]
    assert sorted(rank.drop(["w-gas", "w-gas-2"])) == [
        place for place in range(1, 8) if place not in (rank["w-gas"], rank["w-gas"] + 1)
    ]


def test_an_owner_who_names_its_purses_has_none_for_what_they_do_not_cover():
    funds = [
        {"fund": "rioolheffing", "owner": "gemeente"},
        {"fund": "wegen", "kinds": ["bridge"]},
        {"fund": "groen", "kinds": ["green"]},
    ]
    ranking = weighed(hamlet.settings(funds=funds)).ranking.set_index("work")
    out = ranking[ranking["knocked_out"].notna()]
    assert sorted(out.index) == ["w-paving", "w-paving-4"]
    assert (out["knocked_out"] == "no purse may pay for it").all()
    assert out["rank"].min() > ranking.loc[ranking["knocked_out"].isna(), "rank"].max()
    assert weighed().ranking["knocked_out"].isna().all()
    works = hamlet.context().works.assign(mandatory=lambda part: part["work"] == "w-paving")
    bound = weighed(hamlet.settings(funds=funds), works=works).ranking.set_index("work")
    assert bound["knocked_out"].dropna().index.tolist() == ["w-paving-4"]


def test_a_mandatory_work_must_be_done_whatever_its_rank():
    works = hamlet.context().works.assign(mandatory=lambda part: part["work"] == "w-water-3")
    must = weighed(works=works).ranking.set_index("work")["must"]
    assert must.dropna().to_dict() == {"w-water-3": "legal duty, danger or agreement"}


def test_who_set_the_weights_stands_in_the_trace():
    part = {"set_by": "college", "set_on": "2026-03-01"}
    assert weighed(hamlet.settings(weighing=part)).trace.notes == (
        "weighed with weighted_sum; weights set by college on 2026-03-01",
    )


def test_a_criterion_with_weight_zero_is_left_out_and_its_ground_keeps_its_weight():
    made = weighed(hamlet.settings(weighing={"criteria": {"nuisance": 0, "quarter_need": 3}}))
    weights = made.criteria.set_index("criterion")["weight"]
    assert "nuisance" not in weights.index
    assert weights["quarter_need"] == pytest.approx(3 / 4 / 6)
    assert weights["wishes_answered"] == pytest.approx(1 / 4 / 6)


@pytest.mark.parametrize("method", [method.name for method in METHODS])
def test_each_method_can_be_chosen(method: str):
    made = weighed(hamlet.settings(weighing={"method": method}))
    assert made.ranking["total"].between(0, 1).all()
    sums = made.scores.groupby("work")["contribution"].sum()
    np.testing.assert_allclose(sums[made.ranking["work"]], made.ranking["total"], atol=1e-12)


@pytest.mark.parametrize(
    ("part", "place"),
    [
        ({"method": "magic"}, r"weighing\.method"),
        ({"criteria": {"beauty": 1}}, r"weighing\.criteria\.beauty"),
        ({"criteria": {"nuisance": -1}}, r"weighing\.criteria\.nuisance"),
        ({"criteria": {one.name: 0 for one in CRITERIA}}, "no criterion with a weight"),
    ],
)
def test_a_setting_that_cannot_be_used_is_told_with_its_place(part: dict[str, object], place: str):
    with pytest.raises(SettingError, match=place):
        weighed(hamlet.settings(weighing=part))


def test_the_order_of_the_rows_changes_nothing(made: Weighing):
    town = hamlet.context()
    turned = {name: getattr(town, name).iloc[::-1] for name in ("works", "sections", "touches", "assets", "wishes")}
    other = weighed(**turned)
    for name in Weighing.TABLES:
        pd.testing.assert_frame_equal(getattr(other, name), getattr(made, name))


def test_a_city_without_works_has_an_empty_ranking():
    town = hamlet.context()
    made = weighed(**{name: getattr(town, name).iloc[:0] for name in town.TABLES})
    assert made.ranking.empty
    assert made.scores.empty
    assert made.criteria["known"].sum() == 0


def test_the_product_goes_to_the_shelf_and_back(made: Weighing, tmp_path: Path):
    back = load(Weighing, save(made, tmp_path / "weighing"))
    for name, schema in Weighing.TABLES.items():
        pd.testing.assert_frame_equal(shape(getattr(back, name), schema), getattr(made, name))


BOARD = {"reason": "beloofd aan de wijk", "set_by": "college", "set_on": "2026-03-01"}


def test_the_board_may_overrule_and_the_calculated_rank_stays_beside_it(made: Weighing):
    usual = made.ranking.set_index("work")
    last = usual["rank"].idxmax()
    ranking = weighed(hamlet.settings(weighing={"overrules": [{"work": last, "rank": 1} | BOARD]})).ranking.set_index(
        "work"
    )
    assert ranking["rank"].to_dict() == usual["rank"].to_dict()
    assert ranking.loc[last, "board_rank"] == 1
    assert ranking.loc[last, "board_total"] == usual["total"].max()
    assert (ranking["board_rank"] - ranking["rank"]).drop(last).tolist() == [1] * 5
    assert (usual["board_rank"] == usual["rank"]).all()


def test_the_board_can_make_a_must_and_keep_out():
    overrules = [{"work": "w-gas", "decision": "must"} | BOARD, {"work": "w-sewer", "decision": "out"} | BOARD]
    made = weighed(hamlet.settings(weighing={"overrules": overrules}))
    ranking = made.ranking.set_index("work")
    assert ranking["must"].dropna().to_dict() == {"w-gas": "decision of the board"}
    assert ranking["knocked_out"].dropna().to_dict() == {"w-sewer": "kept out by the board"}
    assert made.overrules["reason"].tolist() == ["beloofd aan de wijk"] * 2


def test_a_must_of_the_board_goes_before_a_knock_out():
    answers = [{"work": "w-gas", "question": "place", "reason": "bouwplaats"}]
    overrules = [{"work": "w-gas", "decision": "must"} | BOARD]
    ranking = weighed(hamlet.settings(weighing={"knock_outs": answers, "overrules": overrules})).ranking.set_index(
        "work"
    )
    assert pd.isna(ranking.loc["w-gas", "knocked_out"])
    assert ranking.loc["w-gas", "rank"] == 6


def test_a_veto_puts_out_with_its_reason_and_a_duty_has_its_date():
    part = {
        "value_functions": {
            "nuisance": {"veto": 250, "unit": "adresdagen", "shape": "threshold", "points": [[100, 1.0]]}
        },
        "knock_outs": [{"work": "w-sewer", "question": "legal_duty", "by_year": 2030, "reason": "lozingsbesluit"}],
    }
    made = weighed(hamlet.settings(weighing=part))
    ranking = made.ranking.set_index("work")
    # the main road has 300 address-days
    assert ranking["knocked_out"].dropna().to_dict() == {"w-water-3": "worse than the veto of a criterion"}
    assert ranking["must_by"].dropna().to_dict() == {"w-sewer": 2030}
    told = made.knock_outs.set_index("work")["reason_nl"]
    assert told["w-water-3"] == "hinder voor bewoners: 300 adresdagen, veto bij 250 adresdagen"
    scores = made.scores[made.scores["criterion"] == "nuisance"].set_index("work")["score"]
    assert scores[["w-gas", "w-sewer"]].tolist() == [1, 0]
    row = made.criteria.set_index("criterion").loc["nuisance"]
    assert row[["shape", "veto", "high"]].tolist() == ["threshold", 250, 100]


def test_groups_are_heard_and_the_tree_of_the_city_carries_the_weights():
    part = {
        "nodes": [{"node": "street", "under": "liveability", "nl": "De straat", "weight": 2, "criteria": ["nuisance"]}],
        "groups": [
            {"group": "roads", "kind": "department", "weights": {"technical": 1, "feasibility": 1}},
            {"group": "people", "kind": "residents", "elicited": {"grounds": {"how": "swing", "points": POINTS}}},
        ],
    }
    made = weighed(hamlet.settings(weighing=part))
    tree = made.tree.set_index("node")
    assert tree.loc["nuisance", "weight"] == pytest.approx(1 / 6 * 2 / 4)
    assert made.criteria.set_index("criterion")["weight"].to_dict() == pytest.approx(
        tree.loc[tree["part"] == "criterion", "weight"].to_dict()
    )
    assert made.groups["group"].tolist() == ["roads", "people"]
    assert made.answers[["whose", "asked"]].to_numpy().tolist() == [["people", "swing"]]
    assert 0 <= made.agreement["kendall_w"] <= 1
    assert len(made.group_pairs) == 3


POINTS = {"ambitions": 80, "technical": 0, "financing": 20, "feasibility": 10, "manageability": 10, "liveability": 100}


def test_the_ranking_is_tried_under_a_thousand_weightings(made: Weighing):
    assert made.sampled == {"asked": 1000, "drawn": 1000, "works": 6}
    table = made.acceptability
    assert table["first_share"].sum() == pytest.approx(1.0)
    assert (table["best_rank"] <= table["low_rank"]).all()
    assert (table["low_rank"] <= table["high_rank"]).all()
    assert (table["high_rank"] <= table["worst_rank"]).all()


def test_each_neighbour_flips_where_the_table_says(made: Weighing):
    row = made.flips.dropna(subset="criterion").iloc[0]
    weights = made.criteria.set_index("criterion")["weight"]
    now = weights[row["criterion"]]
    moved = weights * (1 - row["flip_weight"]) / (1 - now)
    moved[row["criterion"]] = row["flip_weight"]
    scores = made.scores.pivot_table(index="work", columns="criterion", values="score").loc[
        [row["work"], row["other_work"]]
    ]
    known = scores.notna().mul(moved)
    totals = scores.mul(moved).sum(axis=1) / known.sum(axis=1)
    assert totals.iloc[0] == pytest.approx(totals.iloc[1], abs=1e-9)
