"""Windows of works: years from periods, dates and single years, never upside down. (nl: vensters)."""

from collections.abc import Mapping

import pandas as pd

from koppelkans.context.reading.periods import LAST_PLANNED
from koppelkans.context.reading.roles import END, FIXED, PERIOD, START
from koppelkans.context.reading.texts import texts
from koppelkans.context.reading.troubles import Trouble, places
from koppelkans.context.reading.years import Side, days, periods, years
from koppelkans.ground.words import Phrase

FIRST_DAY, LAST_DAY = "first_day", "last_day"
"""Days of a start and an end that are known to the day, beside the years of the window."""
EARLIEST, BEST, LATEST = "earliest_year", "best_year", "latest_year"


def make_windows(frame: pd.DataFrame, theirs: Mapping[str, str]) -> tuple[pd.DataFrame, tuple[Trouble, ...]]:
    """Return works with the known years of their window, without the source columns.

    A year in a column of its own goes before `period`, and `period` before `start` and `end`. What is not known stays
    unknown. A window that ends before it starts is no window: its row is set aside. `first_day` and `last_day` say
    the days, where a start or an end names one.
    """
    made = frame.drop(columns=[name for name in (PERIOD, START, END) if name in frame.columns])
    troubles: list[Trouble] = []
    if PERIOD in frame.columns:
        span, wrong = periods(frame[PERIOD])
        far = (span > LAST_PLANNED).fillna(value=False).any(axis=1)
        span, wrong = span.mask(far), wrong | far.to_numpy(dtype=bool)
        made[EARLIEST] = made[EARLIEST].fillna(span["first"])
        made[LATEST] = made[LATEST].fillna(span["last"])
        troubles.append(
            _unread(
                frame[PERIOD],
                wrong,
                theirs.get(PERIOD, PERIOD),
                Phrase("a period that is understood as a whole, such as 2028-2031 or vanaf 2028"),
            )
        )
    sides: tuple[tuple[str, str, Side, str], ...] = (
        (START, EARLIEST, "first", FIRST_DAY),
        (END, LATEST, "last", LAST_DAY),
    )
    for name, ours, side, day in sides:
        if name in frame.columns:
            found, sentinel, wrong = years(frame[name], side)
            far = (found > LAST_PLANNED).fillna(value=False)
            found, wrong = found.mask(far), wrong | far.to_numpy(dtype=bool)
            made[ours] = made[ours].fillna(found)
            known = days(frame[name])
            own = known.where((known.dt.year.astype("Int64") == made[ours]).fillna(value=False))
            if own.notna().any():  # an empty column says no more than none
                made[day] = own
            label = theirs.get(name, name)
            at = places(pd.Series(sentinel, index=frame.index))
            words = [Phrase("a date that stands for unknown")] * len(at)
            troubles.append(Trouble(at, words, Phrase("a real date; taken as unknown"), label, kept=True, told="once"))
            troubles.append(_unread(frame[name], wrong, label, Phrase("a date or a year")))
    fixed = made[FIXED]
    for ours in (EARLIEST, BEST, LATEST):
        made[ours] = made[ours].fillna(fixed)
    troubles.append(_upside_down(made, theirs))
    return made, tuple(trouble for trouble in troubles if len(trouble.positions))


def _unread(values: pd.Series, wrong: object, label: str, wanted: str) -> Trouble:
    """Return the rows whose period or date cannot be read; they are kept with unknown years."""
    at = places(pd.Series(wrong, index=values.index))
    return Trouble(at, texts(values.loc[at]).tolist(), wanted, label, kept=True)


def _upside_down(made: pd.DataFrame, theirs: Mapping[str, str]) -> Trouble:
    """Return the rows whose years are not in order."""
    first, best, last, fixed = (made[name] for name in (EARLIEST, BEST, LATEST, FIXED))
    wrong = first > last
    for year in (best, fixed):
        wrong = wrong.fillna(value=False) | (year < first).fillna(value=False) | (year > last).fillna(value=False)
    at = places(wrong.fillna(value=False))
    years_of = made.loc[at, [EARLIEST, BEST, LATEST]].astype("str").fillna("?").replace("<NA>", "?")
    found = (years_of[EARLIEST] + " – " + years_of[BEST] + " – " + years_of[LATEST]).tolist()
    label = ", ".join(
        dict.fromkeys(theirs[name] for name in (EARLIEST, BEST, LATEST, FIXED, PERIOD, START, END) if name in theirs)
    )
    return Trouble(at, found, Phrase("a window in order: earliest ≤ best ≤ latest year"), label)
