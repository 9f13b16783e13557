"""Businesscase: costs and benefits of a bundle per year, for every alternative. (nl: businesscase)."""

from typing import TYPE_CHECKING

from koppelkans.ground.doors import open_when_asked

if TYPE_CHECKING:
    from koppelkans.appraisal.business.build import build_cases as build_cases
    from koppelkans.appraisal.business.build import no_cases as no_cases
    from koppelkans.appraisal.business.product import Business as Business

__all__ = list(open_when_asked(__name__, {"build_cases": "build", "no_cases": "build", "Business": "product"}))
