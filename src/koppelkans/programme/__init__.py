"""Programmeerkamer, programmeren: which work in which year, proven. (nl: programmeren)."""

from typing import TYPE_CHECKING

from koppelkans.ground.doors import open_when_asked

if TYPE_CHECKING:
    from koppelkans.programme.ahead import look_ahead as look_ahead
    from koppelkans.programme.futures.firm import try_futures as try_futures
    from koppelkans.programme.product import Programme as Programme
    from koppelkans.programme.scenarios.tables import beside as beside
    from koppelkans.programme.schedule import rescheduled as rescheduled
    from koppelkans.programme.schedule import schedule as schedule

__all__ = list(
    open_when_asked(
        __name__,
        {
            "Programme": "product",
            "schedule": "schedule",
            "rescheduled": "schedule",
            "look_ahead": "ahead",
            "beside": "scenarios.tables",
            "try_futures": "futures.firm",
        },
    )
)
