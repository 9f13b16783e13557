"""Kansen- en knelpuntenkaart: where plans, needs and streets meet, and where they clash. (nl: kansen- en knelpuntenkaart)."""

from typing import TYPE_CHECKING

from koppelkans.ground.doors import open_when_asked

if TYPE_CHECKING:
    from koppelkans.opportunities.product import Opportunities as Opportunities
    from koppelkans.opportunities.spot import spot as spot

__all__ = list(open_when_asked(__name__, {"Opportunities": "product", "spot": "spot"}))
