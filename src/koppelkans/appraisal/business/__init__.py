"""Businesscase: what a bundle costs and brings, year by year, against doing nothing, apart, later, and with more. (nl: businesscase)."""

from koppelkans.appraisal.business.build import build_cases
from koppelkans.appraisal.business.product import Business

__all__ = ["Business", "build_cases"]
