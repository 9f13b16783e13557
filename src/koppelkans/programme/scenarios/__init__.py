"""Scenarios: the same city with other knobs or other facts, each planned anew and laid beside the programme. (nl: scenario's)."""

from koppelkans.programme.scenarios.compare import Tried, compare
from koppelkans.programme.scenarios.scenario import Scenario

__all__ = ["Scenario", "Tried", "compare"]
