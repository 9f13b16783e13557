"""Programmeerkamer, afwegen: works weighed on the six grounds. (nl: afwegen)."""

from typing import TYPE_CHECKING

from koppelkans.ground.doors import open_when_asked

if TYPE_CHECKING:
    from koppelkans.weighing.product import Weighing as Weighing
    from koppelkans.weighing.weigh import weigh as weigh

__all__ = list(open_when_asked(__name__, {"Weighing": "product", "weigh": "weigh"}))
