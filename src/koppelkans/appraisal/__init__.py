"""Kosten en baten: cost, saving, benefit and nuisance, per holder. (nl: kosten en baten)."""

from koppelkans.appraisal.appraise import appraise
from koppelkans.appraisal.product import Appraisal

__all__ = ["Appraisal", "appraise"]
