"""What everyone may see of other years and scenarios: no hidden work is named, no hidden cost is in a sum. (nl: openbaar programma)."""

import pandas as pd

from koppelkans.programme.constraint import BETWEEN
from koppelkans.programme.other_years import ABOUT
from koppelkans.programme.product import Programme

Tables = dict[str, pd.DataFrame]


def years_without(years: pd.DataFrame, gone: set[str]) -> pd.DataFrame:
    """Return the other years without the names of works that are not shown."""
    hidden = (_is_work(years) & years["about"].isin(gone)) | _is_pair_with(years, gone)
    return years.assign(**{name: years[name].mask(hidden) for name in ("about", "about_name")})


def years_renamed(years: pd.DataFrame, names: pd.DataFrame) -> pd.DataFrame:
    """Return the other years with what may be shown in place of names; `names` has work, name and shown.

    A pair of works is not named at all where one of them may not be.
    """
    shown = years["about"].map(names.set_index("work")["shown"]).where(_is_work(years))
    called = years["about_name"].mask(_is_pair_with(years, set(names["work"])))
    return years.assign(about_name=shown.fillna(called).astype("str"))


def scenarios_unsummed(programme: Programme, works: set[str], parties: set[str], places: pd.DataFrame) -> Tables:
    """Return the tables of the scenarios without the cost of hidden works, and without the parties that hide them.

    Parameters
    ----------
    programme
        With the costs as they are.
    works, parties
        The works whose cost is hidden, and their owners.
    places
        The sections of every work and their area (work, area; a row per section).
    """
    cost = programme.plan.set_index("work")["cost_eur"]
    hidden = programme.scenario_plan[programme.scenario_plan["work"].isin(works)]
    hidden = hidden.assign(off=hidden["work"].map(cost).astype("Float64").fillna(0))
    size = places.groupby("work").size()
    spread = hidden.merge(places.dropna(subset=["area"]), on="work")
    spread["off"] /= spread["work"].map(size).astype("Float64")
    parts = programme.scenario_parts
    parts = parts[~((parts["sort"] == "party") & parts["part"].isin(parties))].reset_index(drop=True)
    by_area = spread.rename(columns={"area": "part"}).assign(sort="area")
    whole = _less(programme.scenarios, hidden, on=["scenario"], columns=("cost_eur", "spent_eur"))
    return {
        "scenarios": whole,
        "scenario_years": _less(programme.scenario_years, hidden, on=["scenario", "year"]),
        "scenario_parts": _less(parts, by_area, on=["scenario", "sort", "part"]),
    }


def _less(
    table: pd.DataFrame, hidden: pd.DataFrame, *, on: list[str], columns: tuple[str, ...] = ("cost_eur",)
) -> pd.DataFrame:
    """Return a table with the hidden amounts taken off."""
    off = hidden.groupby(on)["off"].sum().round().astype("Int64").rename("off").reset_index()
    found = table[on].merge(off, on=on, how="left")["off"].fillna(0)
    return table.assign(**{name: (table[name] - found.to_numpy()).clip(lower=0) for name in columns})


def _is_work(years: pd.DataFrame) -> pd.Series:
    """Tell of which forbidden years the demand is about a work."""
    return years["blocked_by"].map(ABOUT) == "work"


def _is_pair_with(years: pd.DataFrame, works: set[str]) -> pd.Series:
    """Tell of which forbidden years the demand is about a pair that holds one of some works."""
    pairs = years["blocked_by"].map(ABOUT) == "pair"
    parts = years["about"].where(pairs).fillna("").str.split(BETWEEN, regex=False)
    return pairs & parts.map(lambda both: not works.isdisjoint(both)).astype(bool)
