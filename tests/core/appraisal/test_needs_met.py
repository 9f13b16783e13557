"""Need met per work and ambition, by hand."""

import pandas as pd
import pytest

import hamlet
from koppelkans.appraisal.needs import need_points, needs_met, section_shares


def met(**changes: object) -> pd.DataFrame:
    town = hamlet.context()
    works = town.works.assign(**changes)
    needs = hamlet.opportunities().section_needs
    return needs_met(works, town.touches, needs, vision=hamlet.vision()).set_index(["work", "ambition"])


def test_effect_is_spread_over_the_sections_and_met_where_the_need_is():
    # sewer: 0.001 per m x 200 m, half in each section of need 0.8: 2 x 0.1 x 0.8; points x 0.5 weight x level 2
    assert met().loc[("w-sewer", "biodiversity"), "met"] == pytest.approx(0.16)
    assert met().loc[("w-sewer", "biodiversity"), "points"] == pytest.approx(0.16)
    # paving: 0.0005 x 800 m2 x need 0.5; points x 0.5 weight x level 1
    assert met().loc[("w-paving", "heat_stress"), "points"] == pytest.approx(0.1)


def test_a_section_cannot_be_helped_more_than_fully():
    made = met(quantity=1_000_000.0)
    assert made.loc[("w-sewer", "biodiversity"), "met"] == pytest.approx(2 * 0.8)


def test_unknown_quantity_and_unknown_need_stay_unknown():
    town = hamlet.context()
    assert met(quantity=float("nan"))["met"].isna().all()
    bare = needs_met(town.works, town.touches, hamlet.opportunities().section_needs.iloc[:0], vision=hamlet.vision())
    points = need_points(town.works, bare).set_axis(town.works["work"])
    assert points[["w-sewer", "w-paving"]].isna().all()
    assert (points[["w-gas", "w-water-1"]] == 0).all()  # their kind serves no ambition: that is known


def test_a_work_is_shared_by_length_and_evenly_where_a_length_is_unknown():
    touches = pd.DataFrame(
        {"work": ["a", "a", "b", "b"], "section": list("1212"), "length_m": [30.0, 90.0, 30.0, float("nan")]}
    )
    assert section_shares(touches)["share"].tolist() == [0.25, 0.75, 0.5, 0.5]


def test_a_work_of_no_length_is_shared_evenly():
    touches = pd.DataFrame({"work": ["a", "a"], "section": ["1", "2"], "length_m": [0.0, 0.0]})
    assert section_shares(touches)["share"].tolist() == [0.5, 0.5]
