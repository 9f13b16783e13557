"""See koppelkans.ground.settings.whole."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from koppelkans.ground.errors import SettingError
from koppelkans.ground.settings import GROUNDS, Settings, default_text, make_settings, read_settings


def test_the_defaults_can_be_used_as_they_are():
    made = make_settings({})
    assert set(made.weighing.weights) == set(GROUNDS)
    assert len(made.kinds) > 10


def test_a_folder_without_settings_says_how_to_make_them(tmp_path: Path):
    with pytest.raises(SettingError, match="koppelkans new"):
        read_settings(tmp_path)


def test_toml_that_is_broken_is_told_with_its_line(tmp_path: Path):
    (tmp_path / "koppelkans.toml").write_text("[city\nname = 1", encoding="utf-8")
    with pytest.raises(SettingError, match="line 1"):
        read_settings(tmp_path)


def test_the_command_line_goes_over_the_file_and_the_file_over_the_defaults(tmp_path: Path):
    (tmp_path / "koppelkans.toml").write_text('[city]\nname = "A"\nlang = "nl"\n', encoding="utf-8")
    made = read_settings(tmp_path, {"city": {"lang": "en"}})
    assert (made.city.name, made.city.lang, made.city.crs) == ("A", "en", "EPSG:28992")


@given(st.permutations(list(GROUNDS)))
def test_settings_come_back_from_their_own_dump(order: list[str]):
    made = make_settings({"weighing": {"weights": {ground: index + 1.0 for index, ground in enumerate(order)}}})
    assert Settings.model_validate(made.model_dump(mode="json")) == made


def test_the_text_of_the_defaults_says_where_numbers_come_from():
    assert default_text().count("source =") > 50


def test_a_figure_with_a_value_of_its_own_takes_only_its_unit_from_the_default():
    figures = {"travel_delay_eur": {"value": 500}, "digging_damage_eur": 2000, "paving_eur_per_m2": {"high": 120}}
    made = make_settings({"appraisal": {"figures": figures}}).appraisal.figures
    own, bare, wider = (made[name] for name in figures)
    assert (own.value, own.unit, own.price_year, own.low, own.high) == (500, "eur/open day", None, None, None)
    assert own.source == bare.source == "koppelkans.toml"
    assert (bare.value, bare.high, bare.basis) == (2000, None, "assumed")
    # only another end of the range: still the number of the default
    assert (wider.value, wider.low, wider.high, wider.price_year) == (60, 47, 120, 2026)
