"""Visievorming: ambitions stacked per place. (nl: visievorming)."""

from koppelkans.vision.envision import envision
from koppelkans.vision.product import Vision

__all__ = ["Vision", "envision"]
