import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from koppelkans.context.works.grouping import Limits, Members, components, grow

CHAIN = np.array([[0, 1], [1, 2], [2, 3], [3, 4]])


def members(years: list[int], runs: list[int]) -> Members:
    return Members(np.array(years, dtype=float), np.array(years, dtype=float), np.array(runs, dtype=float))


def test_neighbours_within_the_years_join_and_others_stay_apart():
    found = grow(CHAIN, members([2027, 2028, 2035, 2036, 2029], [0] * 5), limits=Limits(years=5))
    assert found.tolist() == [0, 0, 2, 2, 4]


def test_the_nearest_in_time_join_first():
    # 2027-2031 and 2031-2033 both fit in five years, all three do not: the pair with two years between goes first.
    found = grow(np.array([[0, 1], [1, 2]]), members([2027, 2031, 2033], [0] * 3), limits=Limits(years=5))
    assert found.tolist() == [0, 1, 1]


def test_no_group_runs_longer_than_the_limit():
    found = grow(CHAIN, members([2030] * 5, [100] * 5), limits=Limits(run_m=250))
    assert max(np.bincount(found)) == 2


def test_a_lower_penalty_joins_first():
    found = grow(
        np.array([[0, 1], [1, 2]]),
        members([2030] * 3, [100] * 3),
        limits=Limits(run_m=200),
        penalty=np.array([1.0, 0.0]),
    )
    assert found.tolist() == [0, 1, 1]


def test_only_short_ones_join_where_one_of_both_must_be_short():
    found = grow(CHAIN, members([0] * 5, [100, 10, 100, 100, 20]), limits=Limits(short_m=50))
    assert found[0] != found[2] or found[2] != found[3]
    assert found[1] in (found[0], found[2])
    assert found[4] == found[3]


def test_a_million_links_in_one_chain_take_few_rounds():
    count = 200_000
    chain = np.column_stack([np.arange(count - 1), np.arange(1, count)])
    assert not components(chain, count=count).any()


def test_what_has_no_neighbours_stays_alone():
    assert components(np.empty((0, 2), dtype=int), count=3).tolist() == [0, 1, 2]


@settings(max_examples=60, deadline=None)
@given(
    years=st.lists(st.integers(2027, 2041), min_size=1, max_size=12),
    links=st.lists(st.tuples(st.integers(0, 11), st.integers(0, 11)), max_size=30),
    span=st.integers(0, 8),
    longest=st.integers(50, 400),
)
def test_groups_keep_the_limits_and_no_pair_that_could_join_is_left_apart(
    years: list[int], links: list[tuple[int, int]], span: int, longest: int
):
    count = len(years)
    pairs = np.array([pair for pair in links if max(pair) < count], dtype=np.int64).reshape(-1, 2)
    own = members(years, [60] * count)
    found = grow(pairs, own, limits=Limits(years=span, run_m=longest))
    for group in np.unique(found):
        inside = own.low[found == group]
        if len(inside) > 1:
            assert inside.max() - inside.min() <= span
            assert 60 * len(inside) <= longest
    for one, two in pairs:
        if found[one] != found[two]:
            both = np.isin(found, [found[one], found[two]])
            assert own.low[both].max() - own.low[both].min() > span or 60 * both.sum() > longest
