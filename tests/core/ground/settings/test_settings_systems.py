"""Settings of the routeboek: principles and order by default, decisions of the city by hand."""

import pytest

from koppelkans.ground.errors import SettingError
from koppelkans.ground.settings import SYSTEMS, make_settings

CITY = {"city": {"name": "Gehucht"}}


def test_every_system_has_principles_with_a_source_and_the_order_names_every_kind_once():
    made = make_settings(CITY)
    assert {one.system for one in made.systems.principles} == set(SYSTEMS)
    assert all(one.nl and one.en and one.source for one in made.systems.principles)
    assert sorted(made.systems.order) == sorted(made.kinds)


def test_a_decided_course_names_who_and_when():
    course = {"system": "water", "course": "on_time", "decided_by": "raad", "decided_on": "2026-05-12"}
    assert make_settings(CITY | {"systems": {"decided": [course]}}).systems.decided[0].course == "on_time"
    with pytest.raises(SettingError) as told:
        make_settings(CITY | {"systems": {"decided": [course | {"course": "faster"}]}})
    assert told.value.faults[0].column == "systems.decided.0.course"
