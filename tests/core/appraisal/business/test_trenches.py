"""A shared trench is saved once, by those who share it; worked out by hand."""

import pandas as pd
import pytest

from koppelkans.appraisal.business.footing import trench_parts

# the example of the page on costs and benefits: sewer 40,000 and gas 17,000 in one section; trenches 6,000 and 2,550
WORKS = pd.DataFrame({"work": ["gas", "paving", "sewer"], "digs": [True, False, True], "trench_eur": [2_550.0, 7_800.0, 6_000.0]})  # fmt: skip
OPENERS = pd.DataFrame({"work": ["gas", "paving", "sewer"], "section": "S", "length_m": 100.0})
OPENINGS = pd.DataFrame({"section": ["S"], "opening_eur": [29_700]})


def saved(years: dict[str, float], opening: int = 29_700) -> dict[str, float]:
    parts = trench_parts(WORKS, OPENERS, OPENINGS.assign(opening_eur=opening), pd.Series(years))
    euros = parts * WORKS.set_index("work")["trench_eur"].reindex(parts.index)
    return euros.to_dict()


def test_the_smaller_trench_is_saved_and_split_in_proportion():
    found = saved({"gas": 2030, "sewer": 2030, "paving": 2030})
    assert found == pytest.approx({"gas": 2_550 * 2_550 / 8_550, "sewer": 2_550 * 6_000 / 8_550})
    assert sum(found.values()) == pytest.approx(2_550)


def test_never_more_than_one_opening_is_saved():
    assert sum(saved({"gas": 2030, "sewer": 2030}, opening=1_000).values()) == pytest.approx(1_000)


def test_works_in_other_years_or_undone_share_nothing():
    assert sum(saved({"gas": 2031, "sewer": 2030}).values()) == 0.0
    assert sum(saved({"gas": 2030, "sewer": float("nan")}).values()) == 0.0
