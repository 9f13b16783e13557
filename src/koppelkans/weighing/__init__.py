"""Programmeerkamer, afwegen: works weighed on the six grounds. (nl: afwegen)."""

from koppelkans.weighing.product import Weighing
from koppelkans.weighing.weigh import weigh

__all__ = ["Weighing", "weigh"]
