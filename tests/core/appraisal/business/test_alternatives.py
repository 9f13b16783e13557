"""Which work in which year, and what part of an opening it bears, by hand."""

import numpy as np
import pandas as pd
import pytest

import hamlet
import hamlet_plan
from koppelkans.appraisal.business.alternatives import members, opening_parts, years_of
from koppelkans.rules.openings import openers_alone, opening_costs

YEARS = pd.Series({"w-sewer": 2030.0, "w-paving": 2030.0, "w-gas": 2030.0, "w-water-1": 2031.0})


def parts(*, shared: bool) -> pd.DataFrame:
    town = hamlet.context()
    settings = hamlet.settings()
    openings = opening_costs(town.sections, appraisal=settings.appraisal, price_year=2026)
    openers = openers_alone(
        town.touches, works=town.works, openings=openings, kinds=settings.kinds, figures=settings.appraisal.figures
    ).merge(town.works[["work", "owner"]], on="work")
    return opening_parts(openers, openings, YEARS, shared=shared, ssk=settings.appraisal.business.ssk)


def test_a_bundle_is_a_case_and_a_work_alone_is_its_own():
    made = members(hamlet_plan.programme().plan, hamlet.context().works)
    assert dict(zip(made["work"], made["case"], strict=True)) == {
        "w-gas": "b-1",
        "w-paving": "b-1",
        "w-sewer": "b-1",
        "w-water-1": "b-1",
        "w-water-3": "w-water-3",
    }  # the work that is left undone stands in none


def test_owners_in_one_section_and_year_share_one_opening_and_so_do_the_works_of_one_owner():
    made = parts(shared=True)
    assert made.loc["w-gas", "setup_eur"] == pytest.approx(8_000 / 2)  # with sewer and paving of one owner in S2
    assert made.loc["w-sewer", "setup_eur"] == pytest.approx(8_000 + 8_000 / 4)  # alone in S1: water comes a year later
    assert made.loc["w-gas", ["setup_eur", "traffic_eur", "paving_eur"]].sum() == pytest.approx(29_700 / 2)
    assert made.loc["w-water-1", "setup_eur"] == 8_000
    assert made["digs_count"].sum() == pytest.approx(3.0)  # S1 twice, S2 once


def test_apart_each_work_opens_its_sections_by_itself():
    made = parts(shared=False)
    assert made.loc["w-sewer", ["setup_eur", "address_days"]].tolist() == [16_000, 200]
    assert made["digs_count"].sum() == 5


def test_what_has_no_year_opens_nothing():
    assert "w-water-3" not in parts(shared=True).index


def test_the_years_of_each_alternative():
    works, planned = pd.DataFrame({"best_year": [2025, 2033]}), pd.Series([2030.0, np.nan])

    def years(alternative: str) -> list[float]:
        return years_of(works, planned, alternative=alternative, first=2027, later_years=5).tolist()

    assert np.isnan(years("null")).all()
    assert years("apart") == [2027, 2033]
    assert years("together") == pytest.approx([2030, np.nan], nan_ok=True)
    assert years("later")[0] == 2035
    assert years("extra")[0] == 2030
