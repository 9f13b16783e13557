"""See koppelkans.ground.settings.figures."""

import pytest

from koppelkans.ground.errors import SettingError
from koppelkans.ground.settings import Figure, make_settings


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


def test_a_range_must_hold_its_value():
    with pytest.raises(SettingError):
        make_settings({"appraisal": {"figures": {"setup_eur": {"low": 9000}}}})


@pytest.mark.parametrize(
    ("given", "told"),
    [
        ({"kinds": {"paving": {"life_years": 0}}}, "`life_years` from 1 to 1000, not 0"),
        ({"kinds": {"paving": {"price": -5}}}, "`price` from 0"),
        ({"kinds": {"paving": {"opened_share": 2.5}}}, "`opened_share` from 0 to 1"),
        (
            {"kinds": {"sewer_gravity": {"materials": {"beton": {"value": 1e9, "unit": "years"}}}}},
            "`materials.beton` from 1",
        ),
        ({"context": {"join_gap_m": float("inf")}}, "finite number"),
        ({"context": {"join_gap_m": 1e9}}, "less than or equal to 1000"),
        ({"programme": {"turns": True}}, "a number for `turns`, not true"),
        ({"programme": {"seed": 10**30}}, "less than or equal to 2147483647"),
    ],
)
def test_a_number_that_means_nothing_is_refused_with_what_is_meant(given: dict[str, object], told: str):
    with pytest.raises(SettingError, match=told):
        make_settings(given)
