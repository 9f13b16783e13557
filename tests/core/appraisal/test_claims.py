"""No benefit is counted twice: claims are checked, and points drop out where euros are known."""

import pandas as pd
import pytest

import hamlet
from koppelkans.appraisal import appraise
from koppelkans.appraisal.claims import check_claims, priced_points, served
from koppelkans.ground.errors import SettingError
from koppelkans.ground.settings import Figure
from koppelkans.ground.settings.business import Benefit

HEAT = Benefit(holder="residents", kinds=["tree", "green"], claims=["less heat"], serves=["heat_stress"])
FIGURE = Figure(value=2.0, unit="eur/m2/year", source="test")


def test_two_effects_that_claim_one_benefit_are_named_both():
    other = Benefit(holder="residents", kinds=["green"], claims=["less heat", "more nature"])
    with pytest.raises(SettingError, match="`less heat` claimed by `heat` and by `shade`"):
        check_claims({"heat": HEAT, "shade": other})


def test_the_same_claim_for_other_kinds_of_work_is_no_double_count():
    check_claims({"heat": HEAT, "pavement": Benefit(holder="residents", kinds=["paving"], claims=["less heat"])})


def test_the_defaults_claim_every_benefit_once():
    check_claims(hamlet.settings().appraisal.benefits)


def test_points_drop_out_only_where_the_euros_are_known():
    claims = served({"heat": HEAT}, {"heat_green": FIGURE})
    assert claims.to_dict("records") == [{"ambition": "heat_stress", "kind": "green", "effect": "heat"}]
    met = pd.DataFrame(
        {"work": ["g", "g", "t"], "ambition": ["heat_stress", "water", "heat_stress"], "points": [0.5, 0.25, 1.0]}
    )
    works = pd.DataFrame({"work": ["g", "t"], "kind": ["green", "tree"]})
    assert priced_points(met, works, claims).to_dict() == {"g": 0.5}


def test_a_benefit_in_euros_takes_the_place_of_its_points_in_the_amounts():
    # paving meets 0.1 points of heat stress = 4,000 eur; with 2 eur per m2 and year for paving that is counted in euros
    benefits = {"heat": {"kinds": ["paving"]}}
    figures = {"heat_paving": {"value": 2.0, "unit": "eur/m2/year", "source": "test"}}

    def worth(**appraisal: object) -> pd.Series:
        settings = hamlet.settings(appraisal={"benefits": benefits} | appraisal)
        made = appraise(hamlet.context(), hamlet.vision(), hamlet.opportunities(), settings=settings).amounts
        return made[made["work"] == "w-paving"].set_index("effect")["amount_eur"]

    assert worth()["ambition_worth"] == 4_000
    assert pd.isna(worth()["heat"])
    known = worth(figures=figures, discount_rate=0.0)
    assert known["ambition_worth"] == 0
    assert known["heat"] == 2 * 800 * 10
