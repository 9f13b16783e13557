"""Visievorming: ambitions stacked per place. (nl: visievorming)."""

from typing import TYPE_CHECKING

from koppelkans.ground.doors import open_when_asked

if TYPE_CHECKING:
    from koppelkans.vision.envision import envision as envision
    from koppelkans.vision.product import Vision as Vision

__all__ = list(open_when_asked(__name__, {"envision": "envision", "Vision": "product"}))
