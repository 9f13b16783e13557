"""Scenarios, changes priced beforehand and sampled futures of a programme. (nl: vooruitblik)."""

from collections.abc import Callable, Collection
from dataclasses import replace

from koppelkans.context.product import Context
from koppelkans.ground.settings import Settings
from koppelkans.programme.futures.firm import not_drawn, try_futures
from koppelkans.programme.product import Programme
from koppelkans.programme.scenarios.tables import beside
from koppelkans.programme.what_if import what_if

EVERY = tuple(Programme.LATER)


def look_ahead(
    context: Context,
    programme: Programme,
    *,
    settings: Settings,
    parts: Collection[str] = EVERY,
    tell: Callable[[str], None] = lambda _: None,
) -> Programme:
    """Return a programme with the scenarios, priced changes and futures that were to come.

    Parameters
    ----------
    context, programme, settings
        What was planned with, and what came out of `schedule`.
    parts
        Which of `scenarios`, `what_if` and `futures` are made; what stands already stays as it is.
    tell
        Called with the name of each part before it is made.

    Raises
    ------
    SettingError
        Where a scenario names something that does not exist.
    """
    for part in [name for name in programme.to_come if name in parts]:
        tell(part)
        if part == "scenarios":
            programme = beside(context, programme, settings=settings)
        elif part == "what_if":
            years = programme.plan.dropna(subset=["year"])[["work", "year"]].astype({"year": "int64"})
            made = what_if(programme.problem, years.reset_index(drop=True), settings=settings)
            to_come = [name for name in programme.to_come if name != part]
            programme = replace(programme, **made, to_come=to_come)
        elif wrong := not_drawn(programme.problem):
            to_come = [name for name in programme.to_come if name != part]
            notes = (*programme.trace.notes, str(wrong))
            programme = replace(programme, trace=programme.trace.noting(notes=notes), to_come=to_come)
        else:
            programme = try_futures(programme, settings=settings)
    return programme
