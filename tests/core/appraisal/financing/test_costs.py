import pandas as pd

import hamlet
import hamlet_plan
from koppelkans.appraisal.financing.costs import case_of, opening_parts, to_be_paid


def test_an_opening_is_split_evenly_in_whole_euros_over_the_works_that_share_it():
    openers = pd.DataFrame({"work": ["a", "b", "c", "a"], "section": ["S1", "S1", "S1", "S2"]})
    openings = pd.DataFrame({"section": ["S1", "S2"], "opening_eur": [20_000, 500]})
    plan = pd.DataFrame({"work": ["a", "b", "c"], "year": [2030, 2030, 2030]})
    parts = opening_parts(openers, openings, plan)
    assert parts.sum() == 20_500
    assert parts.to_dict() == {"a": 6_667 + 500, "b": 6_666, "c": 6_667}


def test_works_of_other_years_open_for_themselves():
    openers = pd.DataFrame({"work": ["a", "b"], "section": ["S1", "S1"]})
    openings = pd.DataFrame({"section": ["S1"], "opening_eur": [20_000]})
    plan = pd.DataFrame({"work": ["a", "b"], "year": [2030, 2031]})
    assert opening_parts(openers, openings, plan).to_dict() == {"a": 20_000, "b": 20_000}


def test_the_hamlet_pays_for_its_works_and_their_openings():
    # Dorpsstraat 2030: S1 sewer and water, S2 sewer, paving and gas at 20,000 each; Kerkweg 2028: S3 at 30,000
    done = hamlet_plan.programme()
    made = to_be_paid(hamlet.context(), hamlet_plan.appraisal(), done.plan, with_openings=True).set_index("work")
    assert made["opening_eur"].to_dict() == {
        "w-gas": 6_667,
        "w-paving": 6_666,
        "w-sewer": 16_667,
        "w-water-1": 10_000,
        "w-water-3": 30_000,
    }
    assert made.loc["w-sewer", "wanted_eur"] == 96_667
    bare = to_be_paid(hamlet.context(), hamlet_plan.appraisal(), done.plan, with_openings=False)
    assert bare["wanted_eur"].tolist() == bare["cost_eur"].tolist()


def test_a_work_that_goes_in_no_bundle_is_its_own_case():
    plan = pd.DataFrame({"work": ["a", "b"], "bundle": ["b-1", None]})
    assert case_of(plan).to_dict() == {"a": "b-1"}
