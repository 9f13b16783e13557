"""Afstemmen: who shares which window, and who must phone whom. (nl: afstemmen)."""

from koppelkans.alignment.align import align
from koppelkans.alignment.product import Alignment

__all__ = ["Alignment", "align"]
