import re
from decimal import Decimal

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from koppelkans.context.reading.casting import Writing, cast
from koppelkans.context.reading.quantities import numbers, scale_of
from koppelkans.context.reading.roles import ROLES


@pytest.mark.parametrize(
    ("cells", "meant"),
    [
        (["1.250", "1.310,5", "85,5"], [1250.0, 1310.5, 85.5]),
        (["1,250", "1,310.5", "85.5"], [1250.0, 1310.5, 85.5]),
        (["1250.000", "850.000", "99.500"], [1250.0, 850.0, 99.5]),
        (["0.500", "1.250"], [0.5, 1.25]),
        (["1.200.000", "12.300"], [1_200_000.0, 12_300.0]),
        (["12.300", "900"], [12_300.0, 900.0]),
        (["€ 1.250", "€ 2.500,50"], [1250.0, 2500.5]),
        (["$12,997,000.00", "$850,000.00"], [12_997_000.0, 850_000.0]),
        (["1,5 mln", "€ 250k", "2 miljoen"], [1_500_000.0, 250_000.0, 2_000_000.0]),
        (["1'250'000", "1 250"], [1_250_000.0, 1250.0]),
        (["1\u2009250\u2009000", "12\u202f500,50"], [1_250_000.0, 12_500.5]),
        (["1.250.-", "1.250,=", "(1.250,00)", "\u22121.250", "1.250,00-"], [1250.0, 1250.0, -1250.0, -1250.0, -1250.0]),
        (["k€ 12", "M€ 1,5", "€ 1,25M", "12 Tsd. €"], [12_000.0, 1_500_000.0, 1_250_000.0, 12_000.0]),
        (["CHF 1'250.-", "NOK 1 250", "DKK 1.250,00"], [1250.0, 1250.0, 1250.0]),
        (["1.250,00-", "(12.500)", "€ 300,-", "7-"], [-1250.0, -12_500.0, 300.0, -7.0]),
    ],
)
def test_an_amount_is_read_as_its_column_shows(cells: list[str], meant: list[float]):
    found, wrong = numbers(pd.Series(cells), money=True)
    assert found.tolist() == meant
    assert not wrong.any()


def test_a_sign_before_three_digits_is_told_where_nothing_shows_what_it_is():
    found, wrong = numbers(pd.Series(["1.250", "2.340", "7"]), unsure="")
    assert found.isna().tolist() == wrong.tolist() == [True, True, False]
    assert numbers(pd.Series(["1.250", "2.340"]), decimal=",")[0].tolist() == [1250.0, 2340.0]
    assert numbers(pd.Series(["1.250", "2.340"]), decimal=".")[0].tolist() == [1.25, 2.34]


def test_a_column_that_contradicts_itself_does_not_guess():
    found, wrong = numbers(pd.Series(["1.310,5", "1,310.5", "1.250"]), money=True)
    assert found.tolist()[:2] == [1310.5, 1310.5]
    assert wrong.tolist() == [False, False, True]


def test_a_number_that_is_no_text_has_no_thousands():
    cells = pd.Series([Decimal("850.000"), Decimal("1250.500")], dtype=object)
    assert numbers(cells, money=True)[0].tolist() == [850.0, 1250.5]


@pytest.mark.parametrize(
    ("said", "scale"),
    [
        ("Raming (x € 1.000)", 1e3),
        ("Bedragen x €1.000", 1e3),
        ("Raming x 1000", 1e3),
        ("Kosten (k€)", 1e3),
        ("Krediet in duizenden", 1e3),
        ("Kosten (mln)", 1e6),
        ("Kosten x € 1.000.000", 1e6),
        ("Raming", 1.0),
        ("Raming 2028", 1.0),
        ("Makkelijke raming", 1.0),
        ("Raming [1.000 €]", 1e3),
        ("Raming € 1.000,-", 1e3),
        ("Budget EUR'000", 1e3),
        ("Budget (€ 000)", 1e3),
        ("Kosten (Tsd. €)", 1e3),
        ("Budget (thousands)", 1e3),
        ("Kosten 10³ €", 1e3),
        ("Kosten (k)", 1e3),
        ("Kosten in Mio. €", 1e6),
        ("Budget (€ millions)", 1e6),
        ("Kosten x € 100", 1e2),
        ("Bedrag (eurocent)", 1e-2),
        ("Kosten > € 1.000", 1.0),
        ("Krediet 2026/100", 1.0),
        ("Kredietnr 1000", 1.0),
    ],
)
def test_the_unit_stands_in_the_name_of_the_column(said: str, scale: float):
    assert scale_of("cost_eur", said) == scale


@pytest.mark.parametrize(
    ("column", "said", "scale"),
    [
        ("length_m", "lengte_km", 1e3),
        ("length_m", "LENGTE KM", 1e3),
        ("length_m", "lengte in cm", 1e-2),
        ("length_m", "length (ft)", 0.3048),
        ("length_m", "lengte (m)", 1.0),
        ("length_m", "lengte (x 1000 m)", 1e3),
        ("area_m2", "opp_ha", 1e4),
        ("area_m2", "Opp (are)", 1e2),
        ("area_m2", "oppervlakte m2", 1.0),
        ("diameter_mm", "diam_cm", 10.0),
        ("diameter_mm", "diameter in m", 1e3),
        ("diameter_mm", "diameter mm", 1.0),
        ("quantity", "Lengte (km)", 1e3),
        ("quantity", "Hoeveelheid ha", 1e4),
        ("quantity", "lengte_cm", 1e-2),
        ("quantity", "Hoeveelheid", 1.0),
    ],
)
def test_a_unit_needs_no_brackets(column: str, said: str, scale: float):
    assert scale_of(column, said) == scale


@pytest.mark.parametrize("cell", ["1.250.00", "1,25,000", "1.2.3", "1..5", "12 34", "1 2", "1.250*", "12%", "1.200 - 1.500", "2 x 12.300", "PM"])  # fmt: skip
def test_a_cell_that_is_no_whole_number_is_flagged_and_never_squeezed_into_one(cell: str):
    found, wrong = numbers(pd.Series([cell, "12,5"]), money=True)
    assert wrong.tolist() == [True, False]
    assert found.isna().tolist() == [True, False]


def test_a_thousand_beside_cells_with_one_decimal_is_no_single_euro():
    found, wrong = numbers(pd.Series(["1.250", "850", "99.5"]), money=True)
    assert wrong.tolist() == [True, False, False]
    assert found.tolist()[1:] == [850.0, 99.5]


def test_units_in_cells_are_read_where_the_column_measures_something():
    frame = pd.DataFrame({"asset": list("abc"), "owner": "x", "kind": "k", "diameter_mm": ["300 mm", "30 cm", "400"], "length_m": ["1,2 km", "80 m", "12"]})  # fmt: skip
    made, troubles = cast(frame, ROLES["assets"], {})
    assert made["diameter_mm"].tolist() == [300.0, 300.0, 400.0]
    assert made["length_m"].tolist() == [1200.0, 80.0, 12.0]
    assert not troubles


@pytest.mark.parametrize(
    ("label", "cells", "amounts", "told"),
    [
        ("Kosten (€/m)", ["450", "500"], [None, None], "prices per unit, as the name of the column says"),
        ("Raming", ["$ 1,250.00", "€ 12,50"], [1250, 12], "amounts in another currency"),
        ("Kosten (NOK)", ["1250", "12"], [1250, 12], "amounts in another currency"),
        ("Raming incl. btw", ["121", "242"], [121, 242], "amounts with VAT, as the name of the column says"),
        ("Raming", ["0.25", "0.5"], [None, None], "0.25"),
    ],
)
def test_what_is_no_amount_in_euros_of_a_whole_work_is_told(
    label: str, cells: list[str], amounts: list[int | None], told: str
):
    frame = pd.DataFrame({"work": ["a", "b"], "owner": "x", "kind": "k", "cost_eur": cells})
    made, (trouble,) = cast(frame, ROLES["works"], {"cost_eur": label})
    assert made["cost_eur"].astype(object).where(made["cost_eur"].notna(), None).tolist() == amounts
    assert str(trouble.found[0]) == told


def test_an_amount_in_thousands_becomes_euros_and_is_told_once():
    frame = pd.DataFrame({"work": ["a", "b"], "owner": "x", "kind": "k", "cost_eur": ["1.250", "85,5"]})
    made, (told,) = cast(frame, ROLES["works"], {"cost_eur": "Raming (x € 1.000)"})
    assert made["cost_eur"].tolist() == [1_250_000, 85_500]
    assert told.told == "once"
    made, troubles = cast(frame, ROLES["works"], {"cost_eur": "Raming"}, writing=Writing({"cost_eur": "x 1000"}))
    assert made["cost_eur"].tolist() == [1_250_000, 85_500]
    assert not troubles


def dutch(number: float) -> str:
    """Return a number as Dutch people write it."""
    return f"{number:,.2f}".translate(str.maketrans(",.", ".,"))


@given(st.lists(st.integers(0, 10**11).map(lambda cents: cents / 100), min_size=1))
def test_what_was_written_is_read_back_in_dutch_and_in_english(amounts: list[float]):
    for cells in (
        [dutch(one) for one in amounts],
        [f"{one:,.2f}" for one in amounts],
        [f"€ {dutch(one)}" for one in amounts],
    ):
        found, wrong = numbers(pd.Series(cells), money=True)
        assert not wrong.any()
        assert found.tolist() == pytest.approx(amounts)


@given(st.lists(st.text(max_size=20), min_size=1))
def test_any_text_is_a_number_or_flagged(cells: list[str]):
    found, wrong = numbers(pd.Series(cells, dtype="str"), money=True)
    for cell, number, bad in zip(cells, found, wrong, strict=True):
        assert bad == (bool(cell.strip()) and pd.isna(number))
        assert pd.isna(number) or re.search(r"\d", cell)


@pytest.mark.parametrize(("unit", "told"), [("x 1OOO", True), ("bananen", True), ("€", False), ("(EUR)", False)])
def test_a_unit_that_is_not_known_is_told_and_not_passed_over(unit: str, told: bool):  # noqa: FBT001
    frame = pd.DataFrame({"work": ["a"], "owner": "x", "kind": "k", "cost_eur": ["1250,5"]})
    made, troubles = cast(frame, ROLES["works"], {"cost_eur": "Raming"}, writing=Writing({"cost_eur": unit}))
    assert made["cost_eur"].tolist() == [1250]
    assert [str(one.found[0]) for one in troubles] == ([f"a unit that is not known: {unit}"] if told else [])
