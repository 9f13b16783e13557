"""Financiering: payers and gainers, transfers, purses, and advance payments. (nl: wie betaalt, wie profiteert)."""

from koppelkans.appraisal.financing.finance import finance
from koppelkans.appraisal.financing.product import Financing

__all__ = ["Financing", "finance"]
