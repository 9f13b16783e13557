import pytest

from koppelkans.ground.settings import Figure
from koppelkans.ground.settings.figures import at_price_year

INDEX = Figure(value=0.03, unit="share per year")


def test_an_amount_of_2015_is_indexed_to_2026():
    figure = Figure(value=540, unit="eur/m", price_year=2015)
    assert at_price_year(figure, price_year=2026, index=INDEX) == pytest.approx(540 * 1.03**11)


def test_a_figure_without_price_level_stays_as_it_is():
    assert at_price_year(Figure(value=60, unit="years"), price_year=2026, index=INDEX) == 60


def test_without_an_index_nothing_is_indexed():
    assert at_price_year(Figure(value=540, unit="eur/m", price_year=2015), price_year=2026, index=None) == 540
