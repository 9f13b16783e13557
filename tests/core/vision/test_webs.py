"""Every web is kept as it was decided, phase by phase, and what differs from the generic web has a reason."""

import pandas as pd
import pytest

from koppelkans.ground.errors import SettingError
from koppelkans.ground.settings import make_settings
from koppelkans.ground.trace import Trace
from koppelkans.vision import envision

CITY = {"phase": "initiatief", "decided_on": "2026-01-02", "decided_by": "raad", "levels": {"Energie": 2, "water": 1}}
LATER = {"phase": "ontwerp", "decided_on": "2027-01-02", "decided_by": "raad", "levels": {"water": 3}}
SQUARE = {"of": "project", "place": "Plein", "works": ["w1"], "phase": "initiative", "decided_on": "2026-06-02", "decided_by": "college", "reason": "kans", "levels": {"water": 3, "Investeringen": 1}}  # fmt: skip


def webs(*decisions: dict[str, object], theme_set: str = "gww", **vision: object) -> pd.DataFrame:
    """Return the webs of a city with these decisions."""
    own = {"theme_set": theme_set, "webs": list(decisions)} | vision
    settings = make_settings({"city": {"name": "x"}, "vision": own})
    return envision({}, settings=settings, trace=Trace(version="test")).webs


def told(place: str, *decisions: dict[str, object], **vision: object) -> str:
    """Return what was wanted at a place of the settings."""
    with pytest.raises(SettingError) as problem:
        webs(*decisions, **vision)
    return next(fault.wanted for fault in problem.value.faults if fault.column == place)


def test_a_theme_that_a_decision_does_not_name_keeps_its_level():
    made = webs(CITY, LATER)
    water = made[made["theme"] == "water"]
    energy = made[made["theme"] == "energy"]
    assert water[["decided_on", "earlier_level", "level", "stated"]].astype(object).where(water.notna(), None)[["decided_on", "earlier_level", "level", "stated"]].to_numpy().tolist() == [["2026-01-02", None, 1, True], ["2027-01-02", 1, 3, True]]  # fmt: skip
    assert energy["level"].tolist() == [2, 2]
    assert energy["stated"].tolist() == [True, False]
    assert made.loc[made["theme"] == "investments", "level"].isna().all()


def test_a_project_is_compared_with_the_generic_web_of_that_day():
    again = SQUARE | {"phase": "design", "decided_on": "2027-06-02", "levels": {"water": 3}}
    made = webs(CITY, LATER, SQUARE, again)
    water = made[(made["of"] == "project") & (made["theme"] == "water")]
    # in 2026 the city wanted 1 everywhere, in 2027 it wanted 3
    assert water["generic_level"].tolist() == [1, 3]
    assert water["deviation"].tolist() == [2, 0]
    # nobody decided on investments for the city, and no ambition counts for it: no deviation can be known
    money = made[(made["of"] == "project") & (made["theme"] == "investments")]
    assert money["deviation"].isna().all()
    assert made.loc[made["of"] == "city", "deviation"].isna().all()


def test_before_the_city_decided_the_ambitions_are_the_generic_web():
    # well-being counts health (level 1) and heat (level 2 by default): the highest is 2
    made = webs(SQUARE | {"levels": {"welzijn": 1}})
    assert made.loc[made["theme"] == "wellbeing", ["generic_level", "deviation"]].to_numpy().tolist() == [[2, -1]]


def test_every_name_that_does_not_exist_is_told_with_the_nearest():
    assert "`Energie`" in told("vision.webs.0.levels.enrgie", CITY | {"levels": {"enrgie": 2}})
    assert "`ontwerp`" in told("vision.webs.0.phase", CITY | {"phase": "ontwrp"})


@pytest.mark.parametrize("level", [-1, 4, 1.5])
def test_a_level_outside_0_to_3_is_refused_with_its_place(level: float):
    with pytest.raises(SettingError) as problem:
        webs(CITY | {"levels": {"water": level}})
    assert problem.value.faults[0].column == "vision.webs.0.levels.water"


def test_phases_do_not_go_back_in_time():
    back = LATER | {"decided_on": "2025-12-31"}
    assert told("vision.webs.0.phase", CITY, back) == "phases in order of time"
    assert (
        told("vision.webs.1.decided_on", CITY, LATER | {"decided_on": "2026-01-02"}) == "one decision per web and day"
    )


def test_another_level_than_the_generic_one_needs_a_reason():
    assert (
        told("vision.webs.1.reason", CITY, SQUARE | {"reason": ""})
        == "a reason for a level that is not the generic one"
    )
    same = SQUARE | {"reason": "", "levels": {"water": 1}}
    assert len(webs(CITY, same)) == 24


def test_a_project_names_its_works_and_the_city_no_place():
    assert told("vision.webs.0.works", SQUARE | {"works": []}) == "the works of the project"
    assert told("vision.webs.0.place", CITY | {"place": "Plein"}) == "no place: the city is the place"
    assert told("vision.webs.0.place", SQUARE | {"place": ""}) == "the name of an area or a project"


def test_the_generic_web_and_the_ambitions_say_the_same():
    other = told("vision.ambitions.heat_stress.level", CITY | {"levels": {"hitte": 3}}, theme_set="ambitions")
    assert other.startswith("level 3")
    own = [{"ambition": "heat_stress", "level": 3}]
    assert len(webs(CITY | {"levels": {"hitte": 3}}, theme_set="ambitions", ambitions=own)) == 14


def test_a_city_has_its_own_phases():
    phases = [{"phase": "dream", "nl": "droom", "en": "dream"}, {"phase": "do", "nl": "doen", "en": "do"}]
    made = webs(CITY | {"phase": "Droom"}, LATER | {"phase": "do"}, phases=phases)
    assert made[["phase_nl", "phase_order"]].drop_duplicates().to_numpy().tolist() == [["droom", 1], ["doen", 2]]


def test_without_decisions_there_is_no_history():
    assert webs().empty
