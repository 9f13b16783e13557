"""What every alternative stands on: works with their case, and what each bears of its openings."""

import pandas as pd
import pytest

import hamlet
import hamlet_plan
from koppelkans.appraisal import appraise
from koppelkans.appraisal.business.alternatives import PARTS
from koppelkans.appraisal.business.footing import Footing, stand_on

EXTRAS = [{"kind": "tree", "per_100m": {"value": 4, "unit": "piece/100 m"}}]


@pytest.fixture(scope="module")
def footing() -> Footing:
    settings = hamlet.settings(appraisal={"business": {"extras": EXTRAS}})
    town, vision, finds = hamlet.context(), hamlet.vision(), hamlet.opportunities()
    money = appraise(town, vision, finds, settings=settings)
    return stand_on(town, vision, finds, money, hamlet_plan.programme(), settings=settings)


def test_works_and_extras_stand_in_the_order_of_their_case(footing: Footing):
    assert footing.membership["work"].tolist() == footing.case.works["work"].tolist()
    extra = footing.membership[footing.membership["work"].str.endswith("+tree")]
    assert dict(zip(extra["case"], extra["year"], strict=True)) == {"b-1": 2030, "w-water-3": 2028}


def test_a_work_that_is_left_undone_is_in_no_case(footing: Footing):
    assert "w-paving-4" not in set(footing.case.works["work"])


def test_what_is_shared_adds_up_to_the_openings(footing: Footing):
    years = pd.Series(2030.0, index=footing.case.works["work"])
    shared, alone = footing.bears(years, shared=True), footing.bears(years, shared=False)
    assert shared["digs_count"].sum() == pytest.approx(3.0)  # S1, S2 and S3
    assert alone["digs_count"].sum() == 6.0
    pd.testing.assert_frame_equal(alone[list(PARTS)], footing.alone)


def test_the_shares_of_the_payers_add_up_to_one(footing: Footing):
    assert footing.case.payers.groupby("work")["share"].sum().tolist() == pytest.approx([1.0] * 7)
