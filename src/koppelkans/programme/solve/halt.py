"""The wish to stop, which every running solver hears: what was found so far is handed over. (nl: ophouden)."""

import math
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor, wait
from dataclasses import dataclass, field
from threading import Event
from typing import TypeVar

import highspy

Made = TypeVar("Made")
SLOW = 3
"""A bound that hardly rises at so many looks in a row has stalled."""
LOOK = 0.2
"""Seconds after which the thread that waits looks whether Ctrl-C was pressed: a longer wait may sleep through it."""


@dataclass(frozen=True)
class Halt:
    """Whether somebody asked to stop; once asked, it stays so."""

    _asked: Event = field(default_factory=Event)

    @property
    def asked(self) -> bool:
        """Tell whether somebody asked to stop."""
        return self._asked.is_set()

    def ask(self) -> None:
        """Ask to stop, from any thread."""
        self._asked.set()

    def heard_by(self, highs: highspy.Highs) -> None:
        """Have a solver look now and then whether it was asked to stop."""

        def look(event: highspy.highs.HighsCallbackEvent) -> None:
            if self.asked:
                event.interrupt()

        for moment in (highs.cbMipInterrupt, highs.cbSimplexInterrupt, highs.cbIpmInterrupt):
            moment.subscribe(look)


@dataclass
class Stall:
    """Ends a search whose bound hardly rises any more: counted in looks of the solver, so that it ends at the same place each time."""

    share: float
    last: float = -math.inf
    slow: int = 0

    def sees(self, bound: float) -> bool:
        """Take in the bound of one look; tell whether it rose by less than `share` of itself for the third time in a row."""
        if not math.isfinite(bound) or abs(bound) >= highspy.kHighsInf:
            return False
        rose = bound - self.last
        self.slow = self.slow + 1 if rose <= self.share * abs(bound) else 0
        self.last = max(self.last, bound)
        return self.slow >= SLOW

    def watches(self, highs: highspy.Highs) -> None:
        """Have a solver ask at each look whether to go on."""

        def look(event: highspy.highs.HighsCallbackEvent) -> None:
            if self.sees(event.data_out.mip_dual_bound):
                event.interrupt()

        highs.cbMipInterrupt.subscribe(look)


def until_interrupted(job: Callable[[], Made], halt: Halt) -> Made:
    """Do a job in a thread of its own and return what it returns; Ctrl-C asks it to stop and to hand over what it has.

    The solver runs outside Python, where Ctrl-C is not heard until it is over; the thread that waits here hears it.
    """
    with ThreadPoolExecutor(max_workers=1) as apart:
        done = apart.submit(job)
        while not done.done():
            try:
                wait([done], timeout=LOOK)
            except KeyboardInterrupt:
                halt.ask()
        return done.result()
