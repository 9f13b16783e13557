"""Vitale systemen: a routeboek per system. (nl: vitale systemen)."""

from typing import TYPE_CHECKING

from koppelkans.ground.doors import open_when_asked

if TYPE_CHECKING:
    from koppelkans.systems.chart import chart as chart
    from koppelkans.systems.product import Systems as Systems

__all__ = list(open_when_asked(__name__, {"chart": "chart", "Systems": "product"}))
