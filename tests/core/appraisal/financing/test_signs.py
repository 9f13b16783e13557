import pandas as pd

import hamlet
import hamlet_plan
from koppelkans.appraisal.financing.signs import case_sections, case_works, money_signs


def plan() -> pd.DataFrame:
    return hamlet_plan.programme().plan.dropna(subset=["year"]).astype({"year": "int64"})


def test_works_stand_in_their_bundle_and_in_the_city():
    made = case_works(hamlet.context(), plan(), hamlet.settings().parties)
    assert made.groupby("case")["work"].size().to_dict() == {"b-1": 4, "city": 5, "w-water-3": 1}
    assert made.set_index(["case", "work"]).loc[("b-1", "w-gas"), "party_kind"] == "netbeheerder"


def test_a_street_that_another_party_opens_later_is_seen():
    later = plan()
    later.loc[later["work"] == "w-gas", ["year", "bundle"]] = [2033, None]
    openings = hamlet_plan.appraisal().openings
    made = case_sections(hamlet.context(), hamlet_plan.opportunities(), later, openings).set_index(["case", "section"])
    assert made.loc[("b-1", "S2"), "again"]
    assert not made.loc[("b-1", "S1"), "again"]
    assert not made.loc[("w-gas", "S2"), "again"]


def test_a_party_that_rides_along_is_no_party_that_comes_later():
    openings = hamlet_plan.appraisal().openings
    made = case_sections(hamlet.context(), hamlet_plan.opportunities(), plan(), openings)
    assert not made["again"].any()


def test_signs_of_money_come_from_gaps_grants_losers_and_gains_of_others():
    flags = pd.DataFrame(index=["b-1", "city"])
    covered = pd.DataFrame({"case": ["b-1"], "gap_eur": pd.array([5], dtype="Int64")})
    mix = pd.DataFrame({"case": ["b-1"], "fund": ["klimaat"]})
    purses = pd.DataFrame({"fund": ["klimaat"], "sort": ["subsidie"]})
    bargains = pd.DataFrame(
        {"case": ["b-1"], "alternative": ["together"], "against": ["null"], "feasible": [True], "losers": [1]}
    )
    holders = pd.DataFrame(
        {"case": ["b-1"], "alternative": ["together"], "party": ["gas"], "cost_eur": [0], "gain_null_eur": [9]}
    )
    made = money_signs(flags, covered, mix, purses, bargains, holders)
    assert made.loc["b-1"].to_dict() == {
        "city_wide": False,
        "gap": True,
        "grant": True,
        "losers": True,
        "outside_gain": True,
    }
    assert made.loc["city"].to_dict() == {
        "city_wide": True,
        "gap": True,
        "grant": True,
        "losers": False,
        "outside_gain": False,
    }
