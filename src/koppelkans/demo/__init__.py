"""An invented Dutch town of any size, the same for the same seed. (nl: voorbeeldstad)."""

from typing import TYPE_CHECKING

from koppelkans.ground.doors import open_when_asked

if TYPE_CHECKING:
    from koppelkans.demo.files import in_town as in_town
    from koppelkans.demo.make import make_town as make_town
    from koppelkans.demo.make import refuse_real_city as refuse_real_city

__all__ = list(open_when_asked(__name__, {"in_town": "files", "make_town": "make", "refuse_real_city": "make"}))
