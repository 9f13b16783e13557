"""Businesscase: costs and benefits of a bundle per year, for every alternative. (nl: businesscase)."""

from koppelkans.appraisal.business.build import build_cases
from koppelkans.appraisal.business.product import Business

__all__ = ["Business", "build_cases"]
