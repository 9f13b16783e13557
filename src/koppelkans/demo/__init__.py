"""An invented Dutch town of any size, the same for the same seed. (nl: voorbeeldstad)."""

from koppelkans.demo.make import make_town

__all__ = ["make_town"]
