"""A year in which more is asked than there is, of money or of people. (nl: te veel gevraagd in een jaar)."""

from collections.abc import Callable
from typing import Any

import pandas as pd

from koppelkans.ground.words import LANGUAGES, say
from koppelkans.opportunities.sentences import uncounted

SLACK = 0.01
"""What is short by a smaller share is no bottleneck (assumption of the project)."""
Write = Callable[[Any, str], str]


def asked_per_year(asks: pd.DataFrame, *, who: str) -> pd.DataFrame:
    """Return what is asked of each `who` in each best year: `need`, the `works`, and how many of these are `unknown`.

    `asks` has `who`, work, best_year and need (unknown where it is).
    """
    ordered = asks.sort_values("work").assign(unknown=asks["need"].isna())
    return ordered.groupby([who, "best_year"], as_index=False).agg(
        need=("need", "sum"), works=("work", list), unknown=("unknown", "sum")
    )


def short_years(table: pd.DataFrame, *, who: str) -> pd.DataFrame:
    """Return the rows where `need` is more than `has` (more than a hundredth more), as finds, the gap as their quantity."""
    over = (table["need"] > table["has"] * (1.0 + SLACK)).fillna(value=False)
    short = table[over].sort_values([who, "year"], ignore_index=True)
    gap = short["need"].astype("float64") - short["has"].astype("float64")
    return short.assign(
        key=short[who] + ":" + short["year"].astype("str"),
        first_year=short["year"],
        last_year=short["year"],
        quantity=gap,
        strength=gap,
    )


def told(finds: pd.DataFrame, *, given: str, assumed: str, write: Write) -> pd.DataFrame:
    """Return the finds with why, in both languages; what is assumed is called so.

    `given` and `assumed` are sentences with the places `{name}`, `{year}`, `{need}`, `{has}` and `{gap}`; `write`
    writes an amount in a language.
    """
    made = finds
    for lang in LANGUAGES:
        made = made.assign(
            **{f"why_{lang}": [_why(row, given, assumed, write, lang) for row in finds.to_dict("records")]}
        )
    return made


def _why(row: dict[str, Any], given: str, assumed: str, write: Write, lang: str) -> str:
    """Return why, in one language."""
    sentence = say(
        given if row["basis"] == "given" else assumed,
        lang,
        name=row["name"],
        year=row["year"],
        need=write(row["need"], lang),
        has=write(row["has"], lang),
        gap=write(row["quantity"], lang),
    )
    return sentence + uncounted(row["unknown"], lang)
