import pandas as pd

from koppelkans.appraisal.financing.picker import fits, seen


def test_signs_are_seen_in_works_and_streets():
    works = pd.DataFrame(
        {
            "case": ["a", "a", "b"],
            "work": ["w1", "w2", "w3"],
            "owner": ["gemeente", "gas", "corp"],
            "party_kind": ["gemeente", "netbeheerder", "corporatie"],
            "kind": ["sewer_gravity", "gas_low", "housing"],
            "system": ["water", "cables_and_pipes", "infrastructure"],
            "digs": [True, True, False],
            "due_year": pd.array([2025, None, None], dtype="Int64"),
        }
    )
    sections = pd.DataFrame(
        {
            "case": ["a", "b"],
            "section": ["S1", "S2"],
            "road_class": ["main", "residential"],
            "again": [True, False],
            "social": [0.2, 0.9],
            "climate": [float("nan"), 0.6],
        }
    )
    made = seen(works, sections, first_year=2027)
    told = {case: {flag for flag in made.columns if made.loc[case, flag]} for case in made.index}
    assert told == {
        "a": {"owners_many", "pipes_many", "urgent", "sewer", "centre", "again"},
        "b": {"redesign", "corporation", "social", "climate"},
    }


def test_what_meets_most_of_its_signs_comes_first_and_says_which():
    flags = pd.DataFrame({"urgent": [True], "pipes_many": [True], "social": [True]}, index=["b-1"])
    made = fits(flags)
    cluster = made[made["what"] == "cluster"].set_index("key")
    assert cluster["rank"].to_dict() == {"renewal": 1, "quarter": 2, "centre": 3, "method": 4}
    assert cluster.loc["renewal", "why_nl"].startswith("vervanging is aan de beurt of te laat; ")
    assert cluster.loc["centre", "why_en"] == "none of its signs is seen"


def test_the_order_of_cases_and_signs_changes_nothing():
    flags = pd.DataFrame({"urgent": [True, False], "gap": [False, True], "redesign": [True, True]}, index=["b", "a"])
    pd.testing.assert_frame_equal(fits(flags), fits(flags.iloc[::-1, ::-1]))
