"""Vitale systemen: a routeboek per system. (nl: vitale systemen)."""

from koppelkans.systems.chart import chart
from koppelkans.systems.product import Systems

__all__ = ["Systems", "chart"]
