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


SINCE = """[[programme.decisions]]
work = "a"
year = 2030
reason = ""

[[programme.decisions]]
work = "a"
year = 2031
reason = "kermis"

[[programme.budgets]]
fund = "f"
year = 2030
eur = -5
"""


def test_what_was_decided_since_goes_before_koppelkans_toml_and_the_last_line_counts(tmp_path: Path):
    own = (
        '[city]\nname = "x"\n[[programme.decisions]]\nwork = "a"\nyear = 2029\nreason = "oud"\nnot_years = [2035]\n'
        '[[programme.decisions]]\nwork = "b"\nyear = 2028\n[[programme.budgets]]\nfund = "f"\nyear = 2030\neur = 1\n'
    )
    (tmp_path / "koppelkans.toml").write_text(own, encoding="utf-8")
    (tmp_path / "besluiten.toml").write_text(SINCE, encoding="utf-8")
    part = read_settings(tmp_path).programme
    assert [(one.work, one.year, one.reason, one.not_years) for one in part.decisions] == [
        ("a", 2031, "kermis", [2035]),
        ("b", 2028, "", []),
    ]
    assert [one.eur for one in part.budgets] == [1, -5]


@pytest.mark.parametrize("text", ["[city]\nname = 'y'\n", "[programme]\nseconds = 1\n", "programme = 3\n"])
def test_other_settings_in_besluiten_toml_are_refused(tmp_path: Path, text: str):
    (tmp_path / "koppelkans.toml").write_text('[city]\nname = "x"\n', encoding="utf-8")
    (tmp_path / "besluiten.toml").write_text(text, encoding="utf-8")
    with pytest.raises(SettingError, match=r"besluiten\.toml: found other settings; wanted only"):
        read_settings(tmp_path)


@pytest.mark.parametrize(
    "text", ["a = " + "9" * 6_000, "a = " + "[" * 3_000 + "]" * 3_000, "a" + ".a" * 3_000 + " = 1"]
)
def test_settings_beyond_reason_are_told(tmp_path: Path, text: str):
    (tmp_path / "koppelkans.toml").write_text(f"{text}\n")
    with pytest.raises(SettingError):
        read_settings(tmp_path)


@pytest.mark.parametrize("work", ["{a = 1}", "[1]", "3"])
def test_a_decision_about_something_that_is_no_work_is_told_in_its_own_file(tmp_path: Path, work: str):
    (tmp_path / "koppelkans.toml").write_text(f'[city]\nname = "x"\n[[programme.decisions]]\nwork = {work}\n')
    with pytest.raises(SettingError) as caught:
        read_settings(tmp_path)
    assert caught.value.faults[0].where == "koppelkans.toml"
    (tmp_path / "besluiten.toml").write_text(f"[[programme.decisions]]\nwork = {work}\n")
    with pytest.raises(SettingError) as caught:
        read_settings(tmp_path)
    assert caught.value.faults[0].where == "besluiten.toml"
