"""Scenarios: the city with other knobs or facts, planned anew and compared. (nl: scenario's)."""

from koppelkans.programme.scenarios.compare import Tried, compare
from koppelkans.programme.scenarios.scenario import Scenario

__all__ = ["Scenario", "Tried", "compare"]
