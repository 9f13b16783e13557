"""Financiering: who pays and who gains, what transfers mend, which purse pays, and what is paid in advance. (nl: wie betaalt, wie profiteert)."""

from koppelkans.appraisal.financing.finance import finance
from koppelkans.appraisal.financing.product import Financing

__all__ = ["Financing", "finance"]
