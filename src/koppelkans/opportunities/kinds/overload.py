"""Clashes: a year in which more money or people are asked than there are. (nl: te veel gevraagd in een jaar)."""

from collections.abc import Callable
from typing import Any

import numpy as np
import pandas as pd

from koppelkans.ground.words import LANGUAGES, euros, number, say
from koppelkans.opportunities.kind import FindKind, KindInputs
from koppelkans.opportunities.sentences import uncounted
from koppelkans.rules.purses import OWN

SLACK = 0.01
"""What is short by a smaller share is no bottleneck (assumption of the project)."""
Write = Callable[[Any, str], str]
HOURS_GIVEN = "{name}: in {year} {need} hours are needed and {has} are there, if every work takes its best year. Short: {gap} hours."
HOURS_ASSUMED = "{name}: in {year} {need} hours are needed, if every work takes its best year. Spread evenly there would be {has} (assumed): {gap} hours too much at once."
MONEY_GIVEN = "{name}: in {year} {need} is needed and {has} is there, if every work takes its best year. Short: {gap}."
MONEY_ASSUMED = "{name}: in {year} {need} is needed, if every work takes its best year. Spread evenly there would be {has} (assumed): {gap} too much at once."


def find_short_crews(ground: KindInputs) -> pd.DataFrame:
    """Return the crews and years short of hours, when works take their best year.

    Works whose hours are unknown are not counted, and the sentence says how many.
    """
    asks = ground.efforts[["work", "crew", "hours"]].merge(ground.works[["work", "best_year"]], on="work")
    asked = asked_per_year(asks.rename(columns={"hours": "need"}), who="crew")
    table = ground.hours.merge(asked, left_on=["crew", "year"], right_on=["crew", "best_year"])
    short = short_years(table.rename(columns={"hours": "has"}), who="crew")
    return told(short, given=HOURS_GIVEN, assumed=HOURS_ASSUMED, write=number)


CREW_OVERLOAD = FindKind(
    name="crew_overload",
    side="clash",
    nl="te weinig mensen in een jaar",
    en="crew overload",
    unit="hour",
    formula=r"\sum_{w: b_w = t} h_{wc} > H_{ct}",
    meaning="A year in which a crew would have to work more hours than it has if every work took its best year.",
    find=find_short_crews,
)


def find_short_funds(ground: KindInputs) -> pd.DataFrame:
    """Return the funds and years short of money, when works take their best year.

    What a fund with carry-over leaves in a year is added to the next; a shortfall is not. Works whose cost is unknown
    are not counted, and the sentence says how many. Own money of an owner that no fund was declared for is left out:
    nothing is known of it.
    """
    declared = ground.payments[~ground.payments["fund"].str.startswith(OWN)]
    paid = declared.merge(ground.works[["work", "cost_eur", "best_year"]], on="work")
    asked = asked_per_year(paid.assign(need=paid["cost_eur"].astype("Float64") * paid["share"]), who="fund")
    table = ground.budgets.merge(asked, left_on=["fund", "year"], right_on=["fund", "best_year"], how="left")
    table = table.sort_values(["fund", "year"], ignore_index=True)
    table["has"] = _available(table.assign(need=table["need"].fillna(0.0).astype("float64")))
    short = short_years(table, who="fund")
    whole = short.assign(amount_eur=short["quantity"].round().astype("int64"))
    return told(whole, given=MONEY_GIVEN, assumed=MONEY_ASSUMED, write=euros)


def _available(table: pd.DataFrame) -> pd.Series:
    """Return what each fund has in each year: its budget, and what is left of earlier years where it carries over."""
    years = np.sort(table["year"].unique())
    funds, codes = np.unique(table["fund"].to_numpy(dtype=object), return_inverse=True)
    at = np.searchsorted(years, table["year"].to_numpy())
    budget, need, has = (np.zeros((len(funds), len(years))) for _ in range(3))
    budget[codes, at], need[codes, at] = table["budget_eur"], table["need"]
    carries = np.zeros(len(funds))
    carries[codes] = table["carries_over"]
    left = np.zeros(len(funds))
    for year in range(len(years)):
        has[:, year] = budget[:, year] + left
        left = np.maximum(has[:, year] - need[:, year], 0.0) * carries
    return pd.Series(has[codes, at], index=table.index)


MONEY_OVERLOAD = FindKind(
    name="money_overload",
    side="clash",
    nl="te weinig geld in een jaar",
    en="money overload",
    unit="eur",
    formula=r"\sum_{w: b_w = t} \sigma_{wf} c_w > B_{ft} + \text{left}_{f,t-1}",
    meaning="A year in which a fund would have to pay more than it has, with what it carries over, if every work took its best year.",
    find=find_short_funds,
)


def asked_per_year(asks: pd.DataFrame, *, who: str) -> pd.DataFrame:
    """Return the demand on each `who` per best year, with its works.

    `need` is what is asked, `unknown` how many of the `works` have no known need. `asks` has `who`, work, best_year
    and need (unknown where it is).
    """
    ordered = asks.sort_values("work").assign(unknown=asks["need"].isna())
    return ordered.groupby([who, "best_year"], as_index=False).agg(
        need=("need", "sum"), works=("work", list), unknown=("unknown", "sum")
    )


def short_years(table: pd.DataFrame, *, who: str) -> pd.DataFrame:
    """Return as finds the rows whose `need` exceeds `has`, with the gap as quantity.

    More by over a hundredth.
    """
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
