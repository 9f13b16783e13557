"""Discount rates by year of decision, and the rate of each effect. (nl: discontovoet)."""

import tomllib
from functools import cache
from importlib.resources import files

import pandas as pd

from koppelkans.ground.errors import Fault, SettingError
from koppelkans.ground.settings import FILE_NAME, Figure
from koppelkans.ground.settings.business import BusinessPart

COLUMNS = ["from_year", "rate", "source", "basis"]


@cache
def _book() -> dict[str, list[dict[str, object]]]:
    """Return the table as it was written."""
    text = (files("koppelkans.appraisal.business") / "rates.toml").read_text(encoding="utf-8")
    return tomllib.loads(text)


def rate_table() -> pd.DataFrame:
    """Return the standard discount rates by first year of decision, the oldest first.

    Columns from_year, rate, source and basis.
    """
    return pd.DataFrame(_book()["rates"])[COLUMNS].sort_values("from_year", ignore_index=True)


def rate_of_year(year: int) -> Figure:
    """Return the standard rate for an analysis of which the decision falls in `year`.

    Raises
    ------
    SettingError
        Where the table starts later.
    """
    table = rate_table()
    found = table[table["from_year"] <= year]
    if found.empty:
        first = int(table["from_year"].iloc[0])
        raise SettingError(
            [Fault(FILE_NAME, str(year), f"{first} or later", column="appraisal.business.decision_year", fatal=True)]
        )
    row = found.iloc[-1]
    return Figure(value=float(row["rate"]), unit="share per year, real", source=row["source"], basis=row["basis"])


def rates_of(effects: pd.Series, *, standard: float, part: BusinessPart) -> pd.Series:
    """Return the rate of each effect: the standard, or that of the exception that names it.

    Raises
    ------
    SettingError
        Where two exceptions name one effect; the fault names both.
    """
    named: dict[str, tuple[str, float]] = {}
    for name, exception in part.exceptions.items():
        for effect in exception.effects:
            if effect in named:
                found = f"`{effect}` in `{named[effect][0]}` and in `{name}`"
                raise SettingError(
                    [
                        Fault(
                            FILE_NAME,
                            found,
                            "each effect in one exception",
                            column="appraisal.business.exceptions",
                            fatal=True,
                        )
                    ]
                )
            named[effect] = (name, exception.rate.value)
    values = {effect: rate for effect, (_, rate) in named.items()}
    return effects.map(values).astype("float64").fillna(standard)


def standard_rate(part: BusinessPart, given: Figure) -> Figure:
    """Return the discount rate of the city: that of its year of decision, else the given one."""
    return given if part.decision_year is None else rate_of_year(part.decision_year)
