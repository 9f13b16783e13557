"""See koppelkans.ground.settings.city."""

import pytest

from koppelkans.ground.errors import SettingError
from koppelkans.ground.settings import make_settings


def keys(caught: pytest.ExceptionInfo[SettingError]) -> set[str]:
    return {fault.column for fault in caught.value.faults}


def test_two_entries_with_one_name_are_told():
    with pytest.raises(SettingError, match="each source once; twice: a"):
        make_settings(
            {"sources": [{"name": "a", "role": "assets", "path": "x"}, {"name": "a", "role": "works", "path": "y"}]}
        )


def test_every_wrong_setting_is_named_with_its_key_at_once():
    with pytest.raises(SettingError) as caught:
        make_settings(
            {
                "city": {"crs": "EPSG:4326"},
                "horizon": {"first": 2030, "last": 2020},
                "sources": [{"name": "a", "role": "asset", "path": "x"}],
                "typo": 1,
            }
        )
    assert keys(caught) == {"city.crs", "horizon", "sources.0.role", "typo"}


@pytest.mark.parametrize("crs", ["EPSG:4326", "EPSG:0", "nergens"])
def test_a_city_is_measured_in_metres(crs: str):
    with pytest.raises(SettingError) as caught:
        make_settings({"city": {"crs": crs}})
    assert keys(caught) == {"city.crs"}


def test_a_horizon_may_be_one_year_and_not_upside_down():
    assert len(make_settings({"horizon": {"first": 2030, "last": 2030}}).years) == 1
    with pytest.raises(SettingError):
        make_settings({"horizon": {"first": 2030, "last": 2029}})
