"""Kosten en baten: cost, saving, benefit and nuisance, per holder. (nl: kosten en baten)."""

from typing import TYPE_CHECKING

from koppelkans.ground.doors import open_when_asked

if TYPE_CHECKING:
    from koppelkans.appraisal.appraise import appraise as appraise
    from koppelkans.appraisal.product import Appraisal as Appraisal

__all__ = list(open_when_asked(__name__, {"appraise": "appraise", "Appraisal": "product"}))
