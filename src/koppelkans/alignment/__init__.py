"""Afstemmen: who shares which window, and who must phone whom. (nl: afstemmen)."""

from typing import TYPE_CHECKING

from koppelkans.ground.doors import open_when_asked

if TYPE_CHECKING:
    from koppelkans.alignment.align import align as align
    from koppelkans.alignment.product import Alignment as Alignment

__all__ = list(open_when_asked(__name__, {"align": "align", "Alignment": "product"}))
