"""Places from works: each work has its places, near works have one, and the order of rows changes nothing."""

import geopandas as gpd
import numpy as np
import pytest
import shapely
from hypothesis import given, settings
from hypothesis import strategies as st

import hamlet
import small_city
from koppelkans.context import survey
from koppelkans.context.city import City
from koppelkans.context.streets.work_places import ROUNDED_M, WIDEST, work_places

X, Y = hamlet.X0, hamlet.Y0
PLACE_M = 50.0
FEW, MORE = settings(max_examples=2, deadline=None), settings(max_examples=25, deadline=None)


@st.composite
def many_works(draw: st.DrawFn) -> list[shapely.Geometry]:
    """Draw works near each other and far apart: points, lines and areas, some on top of each other."""
    spot = st.tuples(st.integers(0, 40), st.integers(0, 12)).map(lambda at: (X + 17 * at[0], Y + 19 * at[1]))
    size = st.sampled_from([0, 0, 0, 8, 60, 240])
    made = []
    for (x, y), wide, flat in draw(st.lists(st.tuples(spot, size, st.booleans()), min_size=1, max_size=14)):
        if not wide:
            made.append(shapely.Point(x, y))
        else:
            made.append(shapely.box(x, y, x + wide, y + 6) if flat else shapely.LineString([(x, y), (x + wide, y)]))
    return made


def city(works: list[shapely.Geometry], **parts: object) -> City:
    """Return a city of works of two parties and nothing else."""
    names = [f"w{number:02d}" for number in range(len(works))]
    columns = {
        "work": names, "owner": ["gemeente", "water"] * (len(works) // 2) + ["gemeente"] * (len(works) % 2),
        "kind": ["other"] * len(works), "best_year": [2030] * len(works),
    }  # fmt: skip
    return small_city.city({"register": ("works", small_city.rows(columns, works))}, **parts)


def touched(found: City) -> dict[str, list[str]]:
    """Return the places of each work."""
    made = survey(found)
    names = made.touches.groupby("work")["section"].agg(sorted)
    return {work: names.get(work, []) for work in made.works["work"]}


@FEW
@given(works=many_works(), seed=st.integers(0, 9))
def test_every_work_has_one_set_of_places_whatever_the_order_of_the_rows(works: list[shapely.Geometry], seed: int):
    found = city(works)
    own = touched(found)
    assert len(own) == len(works)
    assert all(own.values())
    assert touched(small_city.shuffled(found, seed)) == own


@MORE
@given(works=many_works(), seed=st.integers(0, 9))
def test_places_do_not_overlap_and_do_not_depend_on_the_order(works: list[shapely.Geometry], seed: int):
    shapes = np.array(works, dtype=object)
    made = work_places(shapes, place_m=PLACE_M)
    ground = made["geometry"].to_numpy()
    assert shapely.area(ground).sum() == pytest.approx(shapely.area(shapely.union_all(ground)), rel=1e-6)
    mixed = work_places(np.random.default_rng(seed).permutation(shapes), place_m=PLACE_M)
    assert shapely.equals(ground, mixed["geometry"].to_numpy()).all()
    assert (made["length_m"] == mixed["length_m"]).all()


def test_works_near_each_other_meet_in_one_place_and_far_ones_do_not():
    own = touched(city([shapely.Point(X, Y), shapely.Point(X + 30, Y), shapely.Point(X + 500, Y)]))
    assert own["w00"] == own["w01"] != own["w02"]


def test_a_long_chain_of_works_is_more_than_one_place():
    works = np.array([shapely.Point(X + 30 * at, Y) for at in range(40)], dtype=object)
    made = work_places(works, place_m=PLACE_M)
    assert len(made) > 8
    assert made["length_m"].max() <= WIDEST * PLACE_M + ROUNDED_M


def test_a_longer_chain_than_is_compared_pair_by_pair_is_cut_first():
    grid = np.mgrid[0:60, 0:60].reshape(2, -1).T * 40.0 + (X, Y)
    made = work_places(shapely.points(grid), place_m=PLACE_M)
    assert 3600 / 9 < len(made) < 3600
    assert made["length_m"].max() <= 2 * WIDEST * PLACE_M


def test_the_place_of_a_party_that_shares_no_place_is_not_drawn():
    parties = [{"party": "gemeente", "name": "Gemeente"}, {"party": "water", "name": "Water", "shares": ["window"]}]
    made = survey(city([shapely.Point(X, Y), shapely.Point(X + 500, Y)], parties=parties))
    assert len(made.sections) == 1
    assert made.touches["work"].tolist() == ["w00"]


def test_a_wide_sketch_lies_in_its_middle():
    made = work_places(np.array([shapely.box(X, Y, X + 5_000, Y + 5_000)], dtype=object), place_m=PLACE_M)
    assert len(made) == 1
    assert made["length_m"].tolist() == [20.0]


def test_without_works_there_are_no_places():
    assert work_places(np.empty(0, dtype=object), place_m=PLACE_M).empty


def test_places_of_a_register_are_named_and_have_a_width():
    made = survey(city([shapely.Point(X, Y)])).sections
    assert isinstance(made, gpd.GeoDataFrame)
    assert made["origin"].tolist() == ["works"]
    assert made["width_basis"].tolist() == ["assumed"]
    assert made["name"].tolist() == ["Plek 1"]
