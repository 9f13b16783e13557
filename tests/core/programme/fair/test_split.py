"""The fair split of the bundles of a programme, in whole euros that add up."""

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import tiny_city
from koppelkans.programme.bundles import bundle_of
from koppelkans.programme.fair.shapley import fair_shares
from koppelkans.programme.fair.split import bundle_games, split_bundles
from koppelkans.programme.problem import Problem
from often import few

OWNERS = ["gas", "water", "sewer", "power", "heat"]


def city(
    *touches: tuple[str, str],
    openings: dict[str, float],
    joints: pd.DataFrame | None = None,
    owners: dict[str, str | None] | None = None,
) -> Problem:
    """Return a city in which each work belongs to the owner after which it is called, unless told otherwise."""
    names = sorted({work for work, _ in touches})
    tables = {
        "works": tiny_city.works(
            *((name, 2027, 2027, 2029, 10, 0, 0, 90, True, False, False) for name in names)
        ).assign(owner=[(owners or {}).get(name, name) for name in names]),
        "sections": tiny_city.sections(*((name, eur, 1, 0, 0) for name, eur in openings.items())),
        "touches": tiny_city.pairs("work", "section", *touches),
    }
    return tiny_city.problem(**tables, **({} if joints is None else {"joints": joints}))


def programme(**years: int) -> pd.DataFrame:
    return pd.DataFrame({"work": list(years), "year": list(years.values())}).astype({"work": "str", "year": "int64"})


def rows(problem: Problem, plan: pd.DataFrame, **options: bool) -> list[tuple[object, ...]]:
    table = split_bundles(problem, plan, **options).shares
    return [tuple(row) for row in table[["owner", "apart_eur", "fair_eur", "saving_eur"]].itertuples(index=False)]


def test_each_section_is_paid_by_the_owners_that_need_it_open():
    street = city(("gas", "s"), ("water", "s"), ("water", "t"), ("sewer", "t"), openings={"s": 20, "t": 30})
    assert rows(street, programme(gas=2028, water=2028, sewer=2028)) == [
        ("gas", 20, 10, 10),
        ("sewer", 30, 15, 15),
        ("water", 50, 25, 25),
    ]


def test_the_euros_of_rounding_go_to_the_largest_remainders_and_not_to_who_pays_most():
    sections = [("gas", "s"), ("water", "s"), ("sewer", "s"), ("gas", "u"), ("sewer", "t"), ("water", "t")]
    street = city(*sections, openings={"s": 10, "t": 1, "u": 20})
    shares = {owner: fair for owner, _, fair, _ in rows(street, programme(gas=2028, water=2028, sewer=2028))}
    assert shares == {"gas": 23, "sewer": 4, "water": 4}  # of 23.33, 3.83 and 3.83


def test_works_of_one_owner_already_share_among_themselves():
    street = city(("a", "s"), ("b", "s"), ("gas", "s"), openings={"s": 30}, owners={"a": "city", "b": "city"})
    found = split_bundles(street, programme(a=2028, b=2028, gas=2028))
    assert rows(street, programme(a=2028, b=2028, gas=2028)) == [("city", 30, 15, 15), ("gas", 30, 15, 15)]
    assert found.shares["works"].tolist() == [2, 1]


def test_a_bundle_of_one_owner_has_nothing_to_split_and_no_group_to_name():
    street = city(("a", "s"), ("b", "s"), openings={"s": 30}, owners={"a": "city", "b": "city"})
    found = split_bundles(street, programme(a=2028, b=2028))
    assert rows(street, programme(a=2028, b=2028)) == [("city", 30, 30, 0)]
    assert found.core[["in_core", "worst_group", "worst_excess_eur"]].isna().to_numpy().tolist() == [
        [False, True, True]
    ]


def test_the_group_that_gains_least_is_named():
    street = city(("gas", "s"), ("water", "s"), ("water", "t"), ("sewer", "t"), openings={"s": 20, "t": 30})
    core = split_bundles(street, programme(gas=2028, water=2028, sewer=2028)).core
    # gas gains 10, sewer 15, water 25; gas + water pay 35 for 50 (15), sewer + water 40 for 50 (10), gas + sewer 25 for 50
    assert core.to_dict("records") == [
        {"bundle": "2028-01", "in_core": True, "worst_group": "gas", "worst_excess_eur": -10}
    ]


def test_what_two_works_save_together_is_shared_by_their_owners():
    joint = pd.DataFrame({"work": ["gas", "gas"], "other": ["water", "sewer"], "saving_eur": [6, 8]})
    street = city(("gas", "s"), ("water", "s"), ("sewer", "t"), openings={"s": 20, "t": 5}, joints=joint)
    # sewer opens t alone that year: it is in no bundle, and what it saves with gas is outside the bundle
    assert rows(street, programme(gas=2028, water=2028, sewer=2028)) == [("gas", 20, 7, 13), ("water", 20, 7, 13)]


def test_what_an_owner_saves_with_itself_is_its_own():
    joint = pd.DataFrame({"work": ["a"], "other": ["b"], "saving_eur": [6]})
    street = city(
        ("a", "s"), ("b", "s"), ("gas", "s"), openings={"s": 30}, owners={"a": "city", "b": "city"}, joints=joint
    )
    assert rows(street, programme(a=2028, b=2028, gas=2028)) == [("city", 24, 9, 15), ("gas", 30, 15, 15)]


def test_nuisance_counts_only_when_asked():
    street = city(("gas", "s"), ("water", "s"), openings={"s": 20})
    assert rows(street, programme(gas=2028, water=2028), nuisance=True) == [("gas", 21, 11, 10), ("water", 21, 10, 11)]


def test_an_owner_that_is_not_known_stays_unknown():
    street = city(("gas", "s"), ("x", "s"), openings={"s": 20}, owners={"x": None})
    owners = split_bundles(street, programme(gas=2028, x=2028)).shares["owner"]
    assert sorted(owners.isna().tolist()) == [False, True]


def test_no_programme_has_nothing_to_split():
    street = city(("gas", "s"), ("water", "s"), openings={"s": 20})
    found = split_bundles(street, programme())
    assert found.shares.empty
    assert found.core.empty
    assert bundle_games(street, programme()) == {}


@st.composite
def towns(draw: st.DrawFn) -> tuple[Problem, pd.DataFrame]:
    """Draw works of five owners in five sections, with openings to the cent, and what pairs save."""
    count = draw(st.integers(2, 7))
    names = [f"w{at}" for at in range(count)]
    owners = {name: draw(st.sampled_from(OWNERS)) for name in names}
    sections = ["s", "t", "u", "v"]
    touches = [(name, section) for name in names for section in draw(st.sets(st.sampled_from(sections), min_size=1))]
    openings = {section: draw(st.integers(0, 5000)) / 100 for section in sections}
    pairs = draw(st.lists(st.tuples(st.sampled_from(names), st.sampled_from(names)), max_size=3, unique=True))
    saved = [(one, other, draw(st.integers(0, 900)) / 100) for one, other in pairs if one < other]
    joints = pd.DataFrame(saved, columns=["work", "other", "saving_eur"])
    years = {name: draw(st.sampled_from([2027, 2028])) for name in names}
    return city(*touches, openings=openings, owners=owners, joints=joints), programme(**years)


@settings(max_examples=few(10), deadline=None)
@given(towns())
def test_whole_euros_add_up_and_nobody_pays_more_than_apart(town: tuple[Problem, pd.DataFrame]):
    problem, plan = town
    found = split_bundles(problem, plan)
    games = bundle_games(problem, plan)
    assert set(games) == set(bundle_of(problem, plan))
    assert found.core["in_core"].all()
    assert (found.shares["saving_eur"] >= 0).all()
    for name, (owners, game) in games.items():
        rows = found.shares[found.shares["bundle"] == name]
        everything = float(game.costs(np.array([2 ** len(owners) - 1]))[0])
        assert rows["fair_eur"].sum() == pytest.approx(everything, abs=0.500001)
        exact = fair_shares(game.costs, len(owners)).eur
        assert (np.abs(rows["fair_eur"].to_numpy() - exact) < 1 + 1e-6).all()


@settings(max_examples=few(5), deadline=None)
@given(towns(), st.randoms(use_true_random=False))
def test_the_order_of_rows_changes_nothing(town: tuple[Problem, pd.DataFrame], chance: "object"):
    problem, plan = town
    order = list(range(len(plan)))
    chance.shuffle(order)  # type: ignore[attr-defined]
    one, other = split_bundles(problem, plan), split_bundles(problem, plan.iloc[order].reset_index(drop=True))
    pd.testing.assert_frame_equal(one.shares, other.shares)
    pd.testing.assert_frame_equal(one.core, other.core)
