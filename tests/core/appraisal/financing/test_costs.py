import pandas as pd

import hamlet
import hamlet_plan
from koppelkans.appraisal.financing.costs import case_of, to_be_paid
from koppelkans.rules.openings import openers_alone


def paid(*, with_openings: bool = True) -> pd.DataFrame:
    settings, town = hamlet.settings(), hamlet.context()
    openers = openers_alone(
        town.touches, works=town.works, openings=hamlet_plan.appraisal().openings, kinds=settings.kinds,
        figures=settings.appraisal.figures,
    )  # fmt: skip
    works = pd.DataFrame(town.works[["work", "owner", "kind", "certainty", "origin"]])
    plan = hamlet_plan.programme().plan
    return to_be_paid(plan, works, openers, ssk=settings.appraisal.business.ssk, with_openings=with_openings)


def test_the_hamlet_pays_for_its_works_and_their_openings():
    # Dorpsstraat 2030: S1 sewer and water half each; S2 half for gas, half for sewer and paving of the municipality, at
    # 20,000 each; Kerkweg 2028: S3 at 30,000
    made = paid().set_index("work")
    assert made["opening_eur"].to_dict() == {
        "w-gas": 10_000,
        "w-paving": 5_000,
        "w-sewer": 15_000,
        "w-water-1": 10_000,
        "w-water-3": 30_000,
    }
    assert made.loc["w-sewer", "wanted_eur"] == 95_000
    bare = paid(with_openings=False)
    assert bare["wanted_eur"].tolist() == bare["cost_eur"].tolist()


def test_a_work_that_goes_in_no_bundle_is_its_own_case():
    plan = pd.DataFrame({"work": ["a", "b"], "bundle": ["b-1", None]})
    assert case_of(plan).to_dict() == {"a": "b-1"}
