"""Each alternative runs its own course: years of the works, and streams that name their case."""

import numpy as np
import pytest

import hamlet
import hamlet_plan
from koppelkans.appraisal import appraise
from koppelkans.appraisal.business.courses import courses, of_alternatives, yearly_effects
from koppelkans.appraisal.business.footing import Footing, stand_on
from koppelkans.appraisal.business.product import ALTERNATIVES
from koppelkans.appraisal.business.streams import Span

SETTINGS = hamlet.settings()


@pytest.fixture(scope="module")
def footing() -> Footing:
    town, vision, finds = hamlet.context(), hamlet.vision(), hamlet.opportunities()
    money = appraise(town, vision, finds, settings=SETTINGS)
    return stand_on(town, vision, finds, money, hamlet_plan.programme(), settings=SETTINGS)


def test_nothing_is_done_in_the_null_alternative_and_extras_only_in_extra(footing: Footing):
    years = {course.alternative: course.years for course in courses(footing, first=2027, part=SETTINGS.appraisal)}
    extra = footing.case.works["origin"].eq("extra").to_numpy()
    assert tuple(years) == ALTERNATIVES
    assert np.isnan(years["null"]).all()
    assert np.isnan(years["together"][extra]).all()
    assert not np.isnan(years["extra"]).any()
    assert (years["later"][~extra] - years["together"][~extra] == 5).all()


def test_streams_name_their_case_and_work(footing: Footing):
    made = dict(of_alternatives(footing, Span(2027, 2126, 2127), SETTINGS.appraisal))
    sewer = made["together"][made["together"]["work"] == "w-sewer"]
    assert set(sewer["case"]) == {"b-1"}
    assert set(made["apart"]["alternative"]) == {"apart"}


def test_growth_comes_with_the_effect_that_names_it():
    growths = {effect.name: growth for effect, growth in yearly_effects(SETTINGS.appraisal)}
    assert growths["biodiversity"] == 0.01
    assert growths["upkeep_change"] == 0.0
