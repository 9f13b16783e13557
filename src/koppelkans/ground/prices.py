"""Amounts brought to the price level of the city. (nl: prijspeil)."""

from koppelkans.ground.settings.figures import Figure


def at_price_year(figure: Figure, *, price_year: int, index: Figure | None) -> float:
    """Return the value of a figure at the price level of `price_year`.

    A figure without a price level is no amount and comes back as it is. The yearly index is itself a figure, so the
    report can say that it was assumed. Formula: value x (1 + index) ** (price_year - figure.price_year).
    """
    if figure.price_year is None or index is None:
        return figure.value
    return float(figure.value * (1.0 + index.value) ** (price_year - figure.price_year))
