import numpy as np
import pandas as pd
import pytest

import hamlet
from koppelkans.ground.errors import SettingError
from koppelkans.ground.horizon import Horizon
from koppelkans.ground.settings import Crew
from koppelkans.rules.people import who_works, yearly_hours


def efforts(**changes: object) -> pd.DataFrame:
    rows = {"work": ["a", "b"], "crew": ["civil"] * 2, "hours": [60.0, 40.0], "latest_year": [2036, 2036]}
    return pd.DataFrame(rows | changes)


def test_hours_follow_from_the_cost_and_the_rate_of_the_kind():
    settings = hamlet.settings()
    made = who_works(hamlet.context().works, settings.crews, settings.kinds).set_index("work")
    assert made.loc["w-sewer", "crew"] == "civil"
    assert made.loc["w-sewer", "hours"] == 80.0
    assert np.isnan(made.loc["w-paving-4", "hours"])


def test_a_crew_of_the_owner_goes_before_a_crew_of_any_owner():
    crews = [Crew(crew="any"), Crew(crew="own", owner="water", kinds=["water_main"])]
    made = who_works(hamlet.context().works, crews, hamlet.settings().kinds).set_index("work")["crew"]
    assert made["w-water-1"] == "own"
    assert made["w-gas"] == "any"


def test_a_work_that_no_crew_fits_has_no_row():
    made = who_works(hamlet.context().works, [Crew(crew="green", kinds=["tree"])], hamlet.settings().kinds)
    assert made.empty


def test_without_crews_nobody_works():
    assert who_works(hamlet.context().works, [], hamlet.settings().kinds).empty


def test_even_hours_are_the_need_spread_evenly_times_the_factor_and_at_least_the_largest_work():
    hours = yearly_hours(efforts(), [Crew(crew="civil", even_factor=1.3)], Horizon(2027, 2036))
    assert set(hours["hours"]) == {60.0}
    hours = yearly_hours(efforts(hours=[10.0] * 2), [Crew(crew="civil", even_factor=1.5)], Horizon(2027, 2028))
    assert set(hours["hours"]) == {15.0}
    assert set(hours["basis"]) == {"assumed"}


def test_given_hours_stay_as_given_and_other_years_get_their_mean():
    hours = yearly_hours(efforts(), [Crew(crew="civil", hours={"2027": 10, "2028": 30})], Horizon(2027, 2029))
    assert list(hours["hours"]) == [10.0, 30.0, 20.0]
    assert list(hours["basis"]) == ["given", "given", "assumed"]


def test_hours_below_zero_are_a_fault_with_its_place():
    with pytest.raises(SettingError) as told:
        yearly_hours(efforts(), [Crew(crew="civil", hours=-1.0)], Horizon(2027, 2027))
    assert told.value.faults[0].column == "crews.civil.hours"
