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


def test_even_hours_hold_the_largest_work_on_top_of_the_even_spread():
    # 100 hours over ten years times 1.3 is 13 a year, and the largest work asks 60
    hours = yearly_hours(efforts(), [Crew(crew="civil", even_factor=1.3)], Horizon(2027, 2036))
    assert set(hours["hours"]) == {73.0}
    hours = yearly_hours(efforts(hours=[10.0] * 2), [Crew(crew="civil", even_factor=1.5)], Horizon(2027, 2028))
    assert set(hours["hours"]) == {25.0}
    assert set(hours["basis"]) == {"assumed"}


@pytest.mark.parametrize("seed", range(20))
def test_with_even_hours_every_work_fits_within_its_window(seed: int):
    rng = np.random.default_rng(seed)
    count = int(rng.integers(1, 12))
    works = efforts(
        work=[f"w{at}" for at in range(count)],
        crew=["civil"] * count,
        hours=rng.integers(1, 100, count).astype(float),
        latest_year=rng.integers(2027, 2031, count),
    )
    hours = yearly_hours(works, [Crew(crew="civil", even_factor=1.0)], Horizon(2027, 2030))["hours"].iloc[0]
    year, used = 2027, 0.0
    for size, latest in works.sort_values("latest_year")[["hours", "latest_year"]].itertuples(index=False):
        year, used = (year + 1, size) if used + size > hours else (year, used + size)
        assert year <= latest


def test_without_work_no_hours_are_assumed():
    none = efforts().assign(hours=np.nan)
    assert set(yearly_hours(none, [Crew(crew="civil")], Horizon(2027, 2028))["hours"]) == {0.0}


def test_given_hours_stay_as_given_and_other_years_get_their_mean():
    hours = yearly_hours(efforts(), [Crew(crew="civil", hours={"2027": 10, "2028": 30})], Horizon(2027, 2029))
    assert list(hours["hours"]) == [10.0, 30.0, 20.0]
    assert list(hours["basis"]) == ["given", "given", "assumed"]


def test_hours_below_zero_are_a_fault_with_its_place():
    with pytest.raises(SettingError) as told:
        yearly_hours(efforts(), [Crew(crew="civil", hours=-1.0)], Horizon(2027, 2027))
    assert told.value.faults[0].column == "crews.civil.hours"
