"""Programmeertafel: a ten-year programme per area. (nl: programmeertafel)."""

from koppelkans.area.compose import compose
from koppelkans.area.product import Areas

__all__ = ["Areas", "compose"]
