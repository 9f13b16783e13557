"""Each area ranked within itself: own weights, deviation from the city told, nothing else changed."""

import pandas as pd
import pytest

import hamlet
from koppelkans.appraisal import appraise
from koppelkans.ground.errors import SettingError
from koppelkans.ground.settings import GROUNDS
from koppelkans.weighing import Weighing, weigh


def weighed(*areas: dict[str, object]) -> Weighing:
    settings = hamlet.settings(weighing={"areas": list(areas)})
    appraisal = appraise(hamlet.context(), hamlet.vision(), hamlet.opportunities(), settings=settings)
    return weigh(hamlet.context(), hamlet.opportunities(), appraisal, settings=settings)


def only(ground: str) -> dict[str, float]:
    return dict.fromkeys(GROUNDS, 0.0) | {ground: 1.0}


def test_without_own_weights_every_area_has_the_order_of_the_city_among_its_own_works():
    made = weighed()
    assert not made.area_voices["own"].any()
    assert (made.area_ranking["area_rank"] == made.area_ranking["city_rank"]).all()
    city = made.ranking.set_index("work")["rank"]
    for _, rows in made.area_ranking.groupby("area"):
        expected = city.loc[rows["work"]].rank(method="min").astype("int64")
        assert rows["city_rank"].tolist() == expected.tolist()


def test_own_weights_rank_one_area_anew_and_leave_the_city_and_the_other_areas_alone():
    areas = hamlet.context().areas
    code, name = areas["area"].iloc[0], areas["name"].iloc[0]
    made, usual = weighed({"area": name, "weights": only("manageability"), "set_by": "wijkraad"}), weighed()
    pd.testing.assert_frame_equal(made.ranking, usual.ranking)
    other = made.area_ranking["area"] != code
    pd.testing.assert_frame_equal(
        made.area_ranking[other].reset_index(drop=True),
        usual.area_ranking[usual.area_ranking["area"] != code].reset_index(drop=True),
    )
    voice = made.area_voices.set_index("area").loc[code]
    assert (voice["own"], voice["set_by"]) == (True, "wijkraad")
    # a total by one ground alone is the weighted mean of its known scores
    scores = made.scores.merge(made.criteria[["criterion", "ground", "weight"]], on="criterion")
    ground = scores[(scores["ground"] == "manageability") & scores["score"].notna()]
    ground = ground.assign(part=ground["score"] * ground["weight"])
    total = ground.groupby("work")["part"].sum() / ground.groupby("work")["weight"].sum()
    ranked = made.area_ranking[(made.area_ranking["area"] == code)].set_index("work")["total"].dropna()
    known = [work for work in ranked.index if work in total.index]
    assert known
    assert ranked[known].tolist() == pytest.approx(total[known].tolist())


def test_the_weights_of_the_city_given_again_change_nothing():
    code = hamlet.context().areas["area"].iloc[0]
    made = weighed({"area": code, "set_by": "wijkraad"})
    assert made.area_voices.set_index("area").loc[code, "reversals"] == 0
    assert made.area_ranking["criterion"].isna().all()


def test_an_area_that_does_not_exist_or_stands_twice_and_a_lost_criterion_are_told_with_their_place():
    code = hamlet.context().areas["area"].iloc[0]
    with pytest.raises(SettingError) as told:
        weighed({"area": "Wst"}, {"area": code}, {"area": code}, {"area": code, "criteria": {"beauty": 1.0}})
    assert {fault.column for fault in told.value.faults} >= {
        "weighing.areas.0.area", "weighing.areas.2.area", "weighing.areas.3.criteria",
    }  # fmt: skip
