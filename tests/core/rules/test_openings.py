"""Opening costs, worked out by hand on the hamlet."""

import pandas as pd
import pytest

import hamlet
from koppelkans.appraisal.product import OPENINGS
from koppelkans.ground.errors import SettingError
from koppelkans.ground.settings import AppraisalPart
from koppelkans.ground.tables import shape
from koppelkans.rules.openings import opened, opening_costs


def costs(sections: pd.DataFrame, **figures: object) -> pd.DataFrame:
    appraisal = hamlet.settings(appraisal={"figures": figures}).appraisal
    return opening_costs(sections, appraisal=appraisal, price_year=2026).set_index("section")


def test_a_residential_street_of_100_m_costs_what_the_hand_says():
    # 8,000 set-up; 25 x 100 x 1 traffic; 60 x 0.40 x 800 paving; 10 days x 10 addresses x 6 x 1 nuisance; 40 x 800 breach
    first = costs(hamlet.context().sections).loc["S1"]
    assert first[["setup_eur", "traffic_eur", "paving_eur", "opening_eur"]].tolist() == [8000, 2500, 19200, 29700]
    assert first[["nuisance_eur", "breach_eur", "open_days"]].tolist() == [600, 32000, 10.0]
    assert first["nuisance_basis"] == "derived"


def test_a_main_road_has_three_times_the_traffic_and_the_nuisance():
    main = costs(hamlet.context().sections).loc["S3"]
    assert (main["traffic_eur"], main["nuisance_eur"]) == (7500, 1800)


def test_unknown_addresses_are_told_and_not_counted():
    sections = hamlet.context().sections.assign(addresses=pd.array([None, 10, 10, 10], dtype="Int64"))
    made = costs(sections)
    assert (made.loc["S1", "nuisance_eur"], made.loc["S1", "nuisance_basis"]) == (0, "unknown")
    assert made.loc["S2", "nuisance_basis"] == "derived"


def test_an_unmeasured_street_takes_the_assumed_width_of_its_road_class():
    sections = hamlet.context().sections.assign(width_m=float("nan"), paved_m2=float("nan"))
    made = costs(sections)
    assert made.loc["S1", "paving_eur"] == 60 * 0.40 * 100 * 8
    assert made.loc["S3", "paving_eur"] == 60 * 0.40 * 100 * 14


def test_amounts_come_at_the_price_level_of_the_city():
    appraisal = hamlet.settings().appraisal
    later = opening_costs(hamlet.context().sections, appraisal=appraisal, price_year=2028)
    assert later["setup_eur"].tolist() == [round(8000 * 1.03**2)] * 4


def test_the_order_of_the_sections_changes_nothing():
    sections = hamlet.context().sections
    pd.testing.assert_frame_equal(costs(sections), costs(sections.iloc[::-1]))


def test_the_columns_are_those_of_the_openings_table():
    made = opening_costs(hamlet.context().sections, appraisal=hamlet.settings().appraisal, price_year=2026)
    assert list(made.columns) == list(OPENINGS.columns)
    pd.testing.assert_frame_equal(shape(made, OPENINGS), made)


def test_a_missing_key_figure_is_named():
    with pytest.raises(SettingError, match=r"appraisal\.figures\.days_per_100m"):
        opening_costs(
            hamlet.context().sections,
            appraisal=AppraisalPart(traffic={"main": 1, "residential": 1}, width_m={"main": 1, "residential": 1}),
            price_year=2026,
        )


def test_every_road_class_without_a_factor_is_named():
    appraisal = hamlet.settings().appraisal.model_copy(update={"traffic": {"path": 0.5}})
    with pytest.raises(SettingError, match=r"appraisal\.traffic\.main(.|\n)*appraisal\.traffic\.residential"):
        opening_costs(hamlet.context().sections, appraisal=appraisal, price_year=2026)


def test_a_city_without_sections_has_no_openings():
    made = opening_costs(hamlet.context().sections.iloc[:0], appraisal=hamlet.settings().appraisal, price_year=2026)
    assert shape(made, OPENINGS).empty


def test_a_lamp_post_opens_no_street():
    town = hamlet.context()
    works = town.works.assign(resurfaces=town.works["resurfaces"] & (town.works["work"] != "w-paving"))
    assert sorted(opened(town.touches, works=works)["work"].unique()) == [
        "w-gas",
        "w-paving-4",
        "w-sewer",
        "w-water-1",
        "w-water-3",
    ]
