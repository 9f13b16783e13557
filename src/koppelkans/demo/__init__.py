"""An invented Dutch town of any size, the same for the same seed. (nl: voorbeeldstad)."""

from koppelkans.demo.files import in_town
from koppelkans.demo.make import make_town, refuse_real_city

__all__ = ["in_town", "make_town", "refuse_real_city"]
