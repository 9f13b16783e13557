"""The cost game of a bundle: its equal split is the Shapley value and lies in the core; a group that loses is named."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from koppelkans.programme.fair.opening_game import OpeningGame, _by_programming, worst_group
from koppelkans.programme.fair.shapley import fair_shares, groups_of


def game(*pays: tuple[str, float], saves: tuple[tuple[str, float], ...] = ()) -> OpeningGame:
    """Return a game of owners a, b, c ... from which of them need what, and which save what together."""
    owners = sorted({owner for names, _ in (*pays, *saves) for owner in names})
    parts = []
    for terms in (pays, saves):
        parts.append(np.array([sum(1 << owners.index(name) for name in names) for names, _ in terms], dtype=np.int64))
        parts.append(np.array([eur for _, eur in terms], dtype=float))
    return OpeningGame(len(owners), *parts)


@st.composite
def streets(draw: st.DrawFn, *, most: int = 6) -> OpeningGame:
    owners = "abcdefgh"[: draw(st.integers(2, most))]
    some = st.sets(st.sampled_from(owners), min_size=1).map(lambda names: "".join(sorted(names)))
    pays = draw(st.lists(st.tuples(some, st.integers(0, 50)), min_size=1, max_size=6))
    pairs = st.sets(st.sampled_from(owners), min_size=1, max_size=2).map(lambda names: "".join(sorted(names)))
    saves = draw(st.lists(st.tuples(pairs, st.integers(0, 20)), max_size=4))
    return game((owners, 1), *pays, saves=tuple(saves))


def cost_by_hand(street: OpeningGame, group: int) -> float:
    """Return what a group pays, as a clerk would add it up."""
    paid = sum(eur for needs, eur in zip(street.pays.tolist(), street.pays_eur, strict=True) if group & needs)
    return paid - sum(
        eur for both, eur in zip(street.saves.tolist(), street.saves_eur, strict=True) if group & both == both
    )


def test_a_group_pays_each_section_that_any_of_it_needs_and_saves_what_it_has_both_works_of():
    street = game(("a", 5), ("ab", 20), ("bc", 10), saves=(("ac", 4),))
    assert street.costs(groups_of(3)).tolist() == [0, 25, 30, 35, 10, 31, 30, 31]


def test_sections_are_shared_equally_by_who_needs_them():
    # a pays its own 5, half of 20, less half of 4; b half of 20 and half of 10; c half of 10, less half of 4
    assert game(("a", 5), ("ab", 20), ("bc", 10), saves=(("ac", 4),)).equal_split().tolist() == [13, 15, 3]


def test_the_runway_of_an_airport_is_a_street_of_four_sections():
    # Littlechild and Owen (1973), see test_shapley
    assert game(("abcd", 8), ("bcd", 3), ("cd", 2), ("d", 5)).equal_split().tolist() == pytest.approx([2, 3, 4, 9])


@settings(max_examples=50, deadline=None)
@given(streets())
def test_the_equal_split_is_the_shapley_value_and_in_the_core(street: OpeningGame):
    every = groups_of(street.players)
    assert street.costs(every).tolist() == pytest.approx([cost_by_hand(street, group) for group in every])
    shares = street.equal_split()
    assert shares.tolist() == pytest.approx(fair_shares(street.costs, street.players).eur.tolist())
    _, excess = worst_group(street, shares)
    assert excess <= 1e-6  # the game is concave (Shapley 1971): also with savings of pairs
    alone = street.costs(np.left_shift(1, np.arange(street.players)))
    assert (shares <= alone + 1e-9).all()  # nobody pays more than alone


def test_a_group_that_pays_too_much_is_named():
    street = game(("ab", 20), ("c", 6))
    # by head, 26/3 each: a and b pay 17.33 for what costs them 20; c pays 8.67 for 6
    assert worst_group(street, np.full(3, 26 / 3)) == ((2,), pytest.approx(26 / 3 - 6, abs=1e-5))
    # c pays nothing: a and b together pay 26 for what costs them 20
    assert worst_group(street, np.array([12.0, 14.0, 0.0])) == ((0, 1), pytest.approx(6))


@settings(max_examples=25, deadline=None)
@given(streets(), st.lists(st.integers(-5, 30), min_size=8, max_size=8))
def test_linear_programmes_find_the_same_worst_excess_as_looking_at_every_group(street: OpeningGame, paid: list[int]):
    shares = np.asarray(paid[: street.players], dtype=float)
    _, excess = worst_group(street, shares)
    group, found = _by_programming(street, shares)
    assert found == pytest.approx(excess)
    assert 0 < len(group) < street.players
    assert sum(shares[at] for at in group) - cost_by_hand(street, sum(1 << at for at in group)) == pytest.approx(excess)


def test_a_street_of_twenty_owners_is_checked_too():
    names = "abcdefghijklmnopqrst"
    street = game((names, 200), *((names[at : at + 2], 10.0) for at in range(19)))
    group, excess = worst_group(street, street.equal_split())
    # without the last owner, who pays 10 + 5 and adds nothing to the cost, the others pay 15 more: no group gains less
    assert group in (tuple(range(19)), tuple(range(1, 20)))
    assert excess == pytest.approx(-15)
