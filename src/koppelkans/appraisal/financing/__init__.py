"""Financiering: payers and gainers, transfers, purses, and advance payments. (nl: wie betaalt, wie profiteert)."""

from typing import TYPE_CHECKING

from koppelkans.ground.doors import open_when_asked

if TYPE_CHECKING:
    from koppelkans.appraisal.financing.finance import finance as finance
    from koppelkans.appraisal.financing.product import Financing as Financing

__all__ = list(open_when_asked(__name__, {"finance": "finance", "Financing": "product"}))
