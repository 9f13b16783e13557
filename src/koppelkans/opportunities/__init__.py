"""Kansen- en knelpuntenkaart: where plans, needs and streets meet, and where they clash. (nl: kansen- en knelpuntenkaart)."""

from koppelkans.opportunities.product import Opportunities
from koppelkans.opportunities.spot import spot

__all__ = ["Opportunities", "spot"]
