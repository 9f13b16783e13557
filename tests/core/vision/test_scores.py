"""A value becomes a need of 0 to 1."""

import numpy as np
import pytest

from koppelkans.ground.settings import Need
from koppelkans.vision.envision import need_scores

VALUES = np.array([0.0, 5.0, 10.0, 20.0, np.nan])


def test_the_need_is_straight_between_low_and_high_and_cut_off_outside():
    found = need_scores(VALUES, Need(indicator="x", low=0, high=10))
    assert found[:4].tolist() == [0.0, 0.5, 1.0, 1.0]
    assert np.isnan(found[4])


def test_with_invert_a_high_value_means_little_need():
    assert need_scores(VALUES, Need(indicator="x", low=0, high=10, invert=True))[:4].tolist() == [1.0, 0.5, 0.0, 0.0]


def test_without_bounds_the_lowest_and_highest_found_are_taken():
    assert need_scores(VALUES, Need(indicator="x"))[:4] == pytest.approx([0, 0.25, 0.5, 1])


def test_one_value_for_the_whole_city_does_not_tell_where_the_need_is():
    assert np.isnan(need_scores(np.array([3.0, 3.0]), Need(indicator="x"))).all()


def test_nothing_known_gives_nothing():
    assert np.isnan(need_scores(np.array([np.nan]), Need(indicator="x", low=0, high=1))).all()
