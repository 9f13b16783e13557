"""Every total of the programme under one name, and what it adds up from. (nl: rekening)."""

from koppelkans.account.product import Account
from koppelkans.account.reckon import reckon

__all__ = ["Account", "reckon"]
