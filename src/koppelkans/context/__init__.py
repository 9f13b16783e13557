"""Planningscontext: what is there and what is planned, street by street. (nl: planningscontext)."""

from typing import TYPE_CHECKING

from koppelkans.ground.doors import open_when_asked

if TYPE_CHECKING:
    from koppelkans.context.city import City as City
    from koppelkans.context.product import Context as Context
    from koppelkans.context.reading.aside import write_aside as write_aside
    from koppelkans.context.reading.read import read_city as read_city
    from koppelkans.context.reading.read import settings_with_amounts as settings_with_amounts
    from koppelkans.context.survey import survey as survey

__all__ = list(
    open_when_asked(
        __name__,
        {
            "City": "city",
            "Context": "product",
            "write_aside": "reading.aside",
            "read_city": "reading.read",
            "settings_with_amounts": "reading.read",
            "survey": "survey",
        },
    )
)
