"""Apart and together: a saving comes from quantities, is never negative and never more than the openings."""

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from koppelkans.appraisal.appraise import together

OPENINGS = pd.DataFrame({"section": ["S"], "nuisance_eur": [500]})


def section(*works: tuple[str, bool, float, float], alone: tuple[int, ...] = ()) -> pd.DataFrame:
    """Return what one section of works (owner, digs, cost, length) costs apart and together; alone each opens it at 10,000."""
    names = [f"w{number}" for number in range(len(works))]
    owners, digs, costs, lengths = zip(*works, strict=True)
    table = pd.DataFrame({"work": names, "owner": owners, "digs": digs, "cost_eur": costs})
    alone = list(alone or [10_000] * len(works))
    openers = pd.DataFrame({"work": names, "section": "S", "length_m": lengths, "alone_eur": alone})
    return together(table, openers, OPENINGS, trench_share=0.2)


def test_two_pipes_side_by_side_share_the_trench_of_the_cheaper():
    made = section(("a", True, 20_000.0, 100.0), ("b", True, 8_000.0, 100.0)).iloc[0]
    assert made["apart_eur"] == 2 * 10_000 + 4_000 + 1_600
    assert made["saving_eur"] == 10_000 + 1_600
    assert made["together_eur"] == made["apart_eur"] - made["saving_eur"]


@pytest.mark.parametrize(
    "other", [("b", False, 8_000.0, 100.0), ("b", True, 8_000.0, float("nan")), ("b", True, float("nan"), 100.0)]
)
def test_no_trench_is_shared_where_one_does_not_dig_or_its_length_or_cost_is_unknown(
    other: tuple[str, bool, float, float],
):
    assert section(("a", True, 20_000.0, 100.0), other).iloc[0]["saving_eur"] == 10_000


def test_together_the_street_opens_as_wide_as_the_widest_needs():
    made = section(("a", True, float("nan"), 100.0), ("b", True, 8_000.0, 100.0), alone=(15_000, 6_000)).iloc[0]
    assert (made["apart_eur"], made["saving_eur"]) == (21_000 + 1_600, 6_000)


def test_works_of_one_owner_are_no_bundle_of_parties():
    assert section(("a", True, 20_000.0, 100.0), ("a", True, 8_000.0, 100.0)).empty


def test_a_shared_trench_saves_at_most_one_opening():
    assert section(("a", True, 9e6, 100.0), ("b", True, 8e6, 100.0)).iloc[0]["saving_eur"] == 20_000


WORK = st.tuples(
    st.sampled_from("abc"),
    st.booleans(),
    st.one_of(st.just(float("nan")), st.floats(0, 1e7)),
    st.one_of(st.just(float("nan")), st.floats(0, 500)),
)


@settings(max_examples=60, deadline=None)
@given(st.lists(WORK, min_size=2, max_size=6))
def test_a_saving_is_never_negative_and_never_more_than_the_sum_of_the_openings(
    works: list[tuple[str, bool, float, float]],
):
    made = section(*works)
    assert len(made) == (len({owner for owner, *_ in works}) > 1)
    for row in made.to_dict("records"):
        assert 0 <= row["saving_eur"] <= len(works) * 10_000
        assert row["saving_eur"] == row["apart_eur"] - row["together_eur"]
        assert row["together_eur"] >= 0
