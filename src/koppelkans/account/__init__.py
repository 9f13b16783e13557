"""Every total of the programme under one name, and what it adds up from. (nl: rekening)."""

from typing import TYPE_CHECKING

from koppelkans.ground.doors import open_when_asked

if TYPE_CHECKING:
    from koppelkans.account.product import Account as Account
    from koppelkans.account.reckon import reckon as reckon

__all__ = list(open_when_asked(__name__, {"Account": "product", "reckon": "reckon"}))
