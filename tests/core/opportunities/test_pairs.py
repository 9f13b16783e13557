"""Pairs of works in one street, and where their windows meet."""

import hamlet
from koppelkans.opportunities.pairs import openers, pairs

CONTEXT = hamlet.context()
ROWS = openers(CONTEXT.works, CONTEXT.touches)


def test_openers_are_the_works_that_dig_or_resurface_with_their_certainty():
    assert ROWS[ROWS["section"] == "S2"]["work"].tolist() == ["w-gas", "w-paving", "w-sewer"]
    assert ROWS.set_index("work").loc["w-paving-4", "certainty"] == 1.0


def test_a_pair_is_of_two_owners_the_first_in_order_first():
    made = pairs(ROWS, most_years=0)
    assert made[["section", "owner", "other_owner"]].to_numpy().tolist() == [
        ["S1", "gemeente", "water"],
        ["S2", "gas", "gemeente"],
        ["S2", "gas", "gemeente"],
    ]


def test_windows_that_meet_have_no_gap_and_windows_that_miss_have_the_years_in_between():
    late = ROWS.copy()
    late.loc[late["work"] == "w-water-1", ["earliest_year", "latest_year"]] = [2036, 2038]
    row = pairs(late, most_years=3).set_index("section").loc["S1"]
    assert row[["gap_years", "first_year", "last_year"]].tolist() == [3, 2033, 2036]
    assert "S1" not in set(pairs(late, most_years=2)["section"])


def test_no_rows_give_no_pairs():
    assert pairs(ROWS[:0], most_years=5).empty
