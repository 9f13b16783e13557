"""Sums without the costs that a party does not share. (nl: sommen zonder verborgen kosten)."""

from dataclasses import replace

import pandas as pd

from koppelkans.context.product import Context
from koppelkans.programme.product import Programme
from koppelkans.report.plan import Plan

Tables = dict[str, pd.DataFrame]


def without_hidden_costs(plan: Plan, works: set[str]) -> Plan:
    """Return the plan with the cost of some works out of its sums: a sum of few tells each."""
    if not works:
        return plan
    programme, areas, years = plan.programme, plan.areas, plan.systems.years
    open_costs = areas.agenda[~areas.agenda["work"].isin(works)].groupby("area")["cost_eur"].sum()
    summary = areas.summary.assign(cost_eur=areas.summary["area"].map(open_costs).fillna(0).astype("int64"))
    hidden = programme.plan[programme.plan["work"].isin(works)].dropna(subset=["year", "cost_eur"])
    hidden = hidden.merge(plan.context.works[["work", "system", "kind"]], on="work")
    off = hidden.groupby(["system", "kind", "year"])["cost_eur"].sum().rename("off").reset_index()
    costs = years.merge(off.astype({"year": "int64"}), on=["system", "kind", "year"], how="left")
    left = (costs["cost_eur"] - costs["off"].fillna(0).astype("int64")).clip(lower=0)
    return replace(
        plan,
        programme=replace(
            programme,
            value=_figures(programme, works),
            **scenarios_without(programme, works, _places(plan.context)),
        ),
        systems=replace(plan.systems, years=years.assign(cost_eur=left.to_numpy())),
        areas=replace(areas, summary=summary),
    )


def _figures(programme: Programme, works: set[str]) -> dict[str, float | int | str | None]:
    """Return the figures of the whole, with the cost of the works that are shown alone."""
    figures, done = programme.value, programme.plan.dropna(subset=["year"])
    if "cost_eur" not in figures:
        return figures
    shown = done.loc[~done["work"].isin(works), "cost_eur"].sum()
    return figures | {"cost_eur": int(shown)}


def _places(context: Context) -> pd.DataFrame:
    """Return the area of each section of each work (work, area)."""
    return context.touches[["work", "section"]].merge(context.sections[["section", "area"]], on="section")[
        ["work", "area"]
    ]


def scenarios_without(programme: Programme, works: set[str], places: pd.DataFrame) -> Tables:
    """Return the tables of the scenarios without the cost of hidden works.

    `places` holds work and area, a row per section of a work.
    """
    cost = programme.plan.set_index("work")["cost_eur"]
    hidden = programme.scenario_plan[programme.scenario_plan["work"].isin(works)]
    hidden = hidden.assign(off=hidden["work"].map(cost).astype("Float64").fillna(0))
    size = places.groupby("work").size()
    spread = hidden.merge(places.dropna(subset=["area"]), on="work")
    spread["off"] /= spread["work"].map(size).astype("Float64")
    parts = programme.scenario_parts
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
