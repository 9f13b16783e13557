from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from koppelkans.ground.errors import SettingError
from koppelkans.ground.settings import GROUNDS, Figure, Settings, default_text, make_settings, read_settings


def keys(caught: pytest.ExceptionInfo[SettingError]) -> set[str]:
    return {fault.column for fault in caught.value.faults}


def test_the_defaults_can_be_used_as_they_are():
    made = make_settings({})
    assert set(made.weighing.weights) == set(GROUNDS)
    assert len(made.kinds) > 10


def test_every_default_figure_has_a_source_and_every_amount_a_price_level():
    def figures(value: object, place: str) -> list[tuple[str, Figure]]:
        if isinstance(value, Figure):
            return [(place, value)]
        parts = (
            value.__dict__.items()
            if hasattr(value, "model_fields_set")
            else value.items()
            if isinstance(value, dict)
            else enumerate(value)
            if isinstance(value, list | tuple)
            else ()
        )
        return [found for name, part in parts for found in figures(part, f"{place}.{name}")]

    found = figures(make_settings({}), "settings")
    assert len(found) > 50
    for place, figure in found:
        assert len(figure.source) > 10, place
        assert figure.source != "koppelkans.toml", place
        if figure.unit.startswith("eur/"):
            assert figure.price_year is not None, place


def test_a_bare_number_of_the_city_becomes_its_own_figure():
    price = make_settings({"kinds": {"gas_low": {"price": 200}}}).kinds["gas_low"].price
    assert price is not None
    assert (price.value, price.source, price.unit) == (200, "koppelkans.toml", "eur/m")


def test_an_entry_with_the_same_name_is_laid_over_the_default_and_a_new_one_comes_behind():
    made = make_settings({"funds": [{"fund": "groen", "budget_eur": 5}, {"fund": "klimaat"}]})
    funds = {fund.fund: fund for fund in made.funds}
    assert funds["groen"].budget_eur == 5
    assert funds["groen"].kinds == ["tree", "green"]
    assert made.funds[-1].fund == "klimaat"


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


def test_weights_must_name_grounds_and_weigh_something():
    for weights in ({"beauty": 1}, dict.fromkeys(GROUNDS, 0), {"technical": -1}):
        with pytest.raises(SettingError):
            make_settings({"weighing": {"weights": weights}})


def test_a_range_must_hold_its_value():
    with pytest.raises(SettingError):
        make_settings({"appraisal": {"figures": {"setup_eur": {"low": 9000}}}})


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
