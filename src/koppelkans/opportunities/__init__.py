"""Kansen- en knelpuntenkaart: where plans, needs and streets meet, and where they clash. (nl: kansen- en knelpuntenkaart)."""
