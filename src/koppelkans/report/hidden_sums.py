"""Sums of a plan without what a viewer may not see. (nl: sommen zonder wat verborgen is)."""

from dataclasses import replace

import pandas as pd

from koppelkans.context.product import Context
from koppelkans.programme.product import Programme
from koppelkans.report.plan import Plan

Tables = dict[str, pd.DataFrame]
WEIGHED = ("risk_eur", "weighted_cost_eur", "weighted_least_eur", "value_eur", "bound_eur")
"""Figures of scenarios that count the cost of every work."""
OF_STREETS = ("spent_eur", "openings_eur", "nuisance_eur", "quality_eur", "openings", "open_most")
"""Figures of scenarios that count the streets and ambitions of every work."""


def without_hidden_sums(plan: Plan, *, costly: set[str], gone: set[str], efforts: pd.DataFrame) -> Plan:
    """Return the plan without what some works add to its sums: a sum of few tells each.

    Parameters
    ----------
    costly
        Works of which the cost is hidden; hours that are worked out from a cost tell it too.
    gone
        Works of which the place, window or kind is hidden: they count nowhere.
    efforts
        Hours that each work asks of a crew (work, crew, hours).
    """
    plan = _without_costs(plan, costly) if costly else plan
    programme = plan.programme
    if costly:
        programme = replace(
            programme, load=_hours_left(programme, costly, efforts), scenarios=_unweighed(programme.scenarios)
        )
    return replace(plan, programme=_scenarios_left(programme, gone) if gone else programme)


def _hours_left(programme: Programme, works: set[str], efforts: pd.DataFrame) -> pd.DataFrame:
    """Return the hours of each crew without those of some works; a crew of which no hours are left is not told of."""
    years = programme.plan.loc[programme.plan["work"].isin(works), ["work", "year"]].dropna()
    off = efforts.merge(years, on="work").groupby(["crew", "year"])["hours"].sum()
    load = programme.load
    found = off.reindex(pd.MultiIndex.from_frame(load[["crew", "year"]].astype({"year": "int64"}))).fillna(0.0)
    left = load.assign(used_h=(load["used_h"] - found.to_numpy()).clip(lower=0.0).round(6))
    touched = set(off.index.get_level_values("crew"))
    idle = touched - set(left.loc[left["used_h"] > 0, "crew"])
    return left[~left["crew"].isin(idle)].reset_index(drop=True)


def _unweighed(scenarios: pd.DataFrame) -> pd.DataFrame:
    """Return the scenarios without figures in which costs are weighed with what is no money."""
    return scenarios.assign(**{name: pd.Series(pd.NA, scenarios.index, scenarios[name].dtype) for name in WEIGHED})


def _scenarios_left(programme: Programme, gone: set[str]) -> Programme:
    """Return the scenarios of the works that are seen: which are done, and nothing of streets, which others open too."""
    planned, table = programme.scenario_plan, programme.scenarios
    seen = planned[~planned["work"].isin(gone)]
    base = seen[seen["scenario"] == "base"].set_index("work")["year"]
    asked = programme.plan.loc[programme.plan["outside"].isna(), "work"].isin(gone).sum()
    out = planned[planned["work"].isin(gone)].groupby("scenario").size().reindex(table["scenario"]).fillna(0)
    done = table["done"] - out.astype("int64").to_numpy()
    changed = {
        name: len(base.index.symmetric_difference(part["work"]))
        + int((part["year"].to_numpy() != base.reindex(part["work"]).to_numpy())[part["work"].isin(base.index)].sum())
        for name, part in seen.groupby("scenario")
    }
    counted = {
        "done": done,
        "undone": table["undone"] - int(asked) + out.astype("int64").to_numpy(),
        "changed": table["changed"].where(table["changed"].isna(), table["scenario"].map(changed)).astype("Int64"),
    }
    unknown = {name: pd.Series(pd.NA, table.index, table[name].dtype) for name in OF_STREETS}
    return replace(
        programme,
        scenarios=table.assign(**counted, **unknown),
        scenario_years=programme.scenario_years.iloc[:0],
        scenario_parts=programme.scenario_parts.iloc[:0],
    )


def _without_costs(plan: Plan, works: set[str]) -> Plan:
    """Return the plan with the cost of some works out of its sums."""
    programme, years = plan.programme, plan.systems.years
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
