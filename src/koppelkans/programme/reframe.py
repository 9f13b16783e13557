"""The problem behind a programme that stands on the shelf: framed again, with the assumptions as they were widened then. (nl: opgave terughalen)."""

from dataclasses import replace

import pandas as pd

from koppelkans.appraisal.product import Appraisal
from koppelkans.context.product import Context
from koppelkans.ground.settings import Settings
from koppelkans.programme.frame import Framed, frame
from koppelkans.programme.product import Programme
from koppelkans.weighing.product import Weighing


def reframe(
    context: Context, appraisal: Appraisal, weighing: Weighing, programme: Programme, *, settings: Settings
) -> Framed:
    """Return the problem that a programme answers.

    What purses and crews held and what limits allowed is taken from the programme itself, because an assumption that
    stood in the way of what must be done was widened when it was made.
    """
    framed = frame(context, appraisal, weighing, settings=settings)
    budgets = _as_then(framed.budgets, programme.money, keys=["fund", "year"], column="budget_eur")
    hours = _as_then(framed.hours, programme.load, keys=["crew", "year"], now="hours", column="available_h")
    most = programme.streets.drop_duplicates("limit")
    limits = _as_then(framed.limits, most, keys=["limit"], column="most")
    problem = replace(
        framed.problem,
        funds=_taken(framed.problem.funds, budgets),
        crews=_taken(framed.problem.crews, hours),
        limits=_taken(framed.problem.limits, limits.rename(columns={"most": "open_sections"})),
    )
    return replace(framed, problem=problem, budgets=budgets, hours=hours, limits=limits)


def _as_then(
    table: pd.DataFrame, then: pd.DataFrame, *, keys: list[str], column: str, now: str | None = None
) -> pd.DataFrame:
    """Return a table with the amounts that the programme had; rows that the programme does not tell of stay."""
    own = now or column
    held = table[keys].merge(then[[*keys, column]], on=keys, how="left")[column]
    held.index = table.index
    return table.assign(**{own: held.fillna(table[own]).astype(table[own].dtype)})


def _taken(table: pd.DataFrame, source: pd.DataFrame) -> pd.DataFrame:
    """Return the rows of a source in the columns, types and order of a table of the problem."""
    return source[list(table.columns)].astype(table.dtypes.to_dict())
