"""Programmeerkamer, programmeren: which work in which year, proven. (nl: programmeren)."""

from koppelkans.programme.product import Programme
from koppelkans.programme.schedule import schedule

__all__ = ["Programme", "schedule"]
