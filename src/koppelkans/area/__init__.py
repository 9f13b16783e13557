"""Programmeertafel: a ten-year programme per area. (nl: programmeertafel)."""

from typing import TYPE_CHECKING

from koppelkans.ground.doors import open_when_asked

if TYPE_CHECKING:
    from koppelkans.area.compose import compose as compose
    from koppelkans.area.product import Areas as Areas

__all__ = list(open_when_asked(__name__, {"compose": "compose", "Areas": "product"}))
