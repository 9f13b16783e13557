"""The figures of each scenario, counted from plain tables at the prices of the programme. (nl: cijfers per scenario)."""

from collections.abc import Sequence

import numpy as np
import pandas as pd

from koppelkans.ground.tables import shape
from koppelkans.programme.clash_words import clash_words
from koppelkans.programme.levels import opening_costs
from koppelkans.programme.problem import Names, Problem
from koppelkans.programme.product import SCENARIO_PARTS, SCENARIO_PLAN, SCENARIO_YEARS, SCENARIOS
from koppelkans.programme.profiles import closed_touches, money_years
from koppelkans.programme.scenarios.compare import Tried
from koppelkans.programme.value import moved_promises, opened_sections

MONEY = (
    "budget_eur",
    "spent_eur",
    "cost_eur",
    "openings_eur",
    "nuisance_eur",
    "quality_eur",
    "risk_eur",
    "weighted_cost_eur",
)


def scenario_table(
    tried: Sequence[Tried], *, base: Problem, funds: Sequence[str] = (), names: Names | None = None
) -> pd.DataFrame:
    """Return one row of figures per scenario (schema SCENARIOS), the programme itself first.

    Formulas, all at the prices of `base`: spent = cost of the works done + their openings; quality = weight of the ambitions
    of the works done; risk = price of late years + risk of the works left undone; none of these two, nor
    the weighted cost, is money that anyone pays.

    Parameters
    ----------
    tried, base
        The scenarios, and the problem at whose prices they are compared.
    funds
        The funds whose budgets are counted; empty: all.
    names
        Words that people use, for demands that clash.
    """
    first = tried[0].programme.set_index("work")["year"]
    rows = [_row(one, base=base, first=first) | _budget(one, funds) | _clash(one, names) for one in tried]
    table = pd.DataFrame(rows)
    table["dominated"] = dominated(table)
    for column in (*MONEY, "weighted_least_eur", "value_eur", "bound_eur"):
        table[column] = table[column].astype("Float64").round().astype("Int64")
    return shape(table, SCENARIOS)


def dominated(table: pd.DataFrame) -> pd.Series:
    """Tell which scenarios are dominated: another spends no more for at least the same quality.

    And it does better in one of both. Pareto dominance over spent_eur (less is better) and quality_eur (more is
    better); where figures are unknown nothing is dominated.
    """
    spent = table["spent_eur"].to_numpy(dtype=float, na_value=np.nan)
    quality = table["quality_eur"].to_numpy(dtype=float, na_value=np.nan)
    no_worse = (spent[:, None] <= spent) & (quality[:, None] >= quality)
    better = (spent[:, None] < spent) | (quality[:, None] > quality)
    return pd.Series((no_worse & better).any(axis=0), index=table.index)


def scenario_plan(tried: Sequence[Tried]) -> pd.DataFrame:
    """Return the year of each work in each scenario (schema SCENARIO_PLAN).

    A work that is not in it is left undone.
    """
    parts = [one.programme[["work", "year"]].assign(scenario=one.scenario.name) for one in tried]
    table = pd.concat(parts, ignore_index=True)
    return shape(table.sort_values(["scenario", "work"]), SCENARIO_PLAN)


def scenario_years(tried: Sequence[Tried], *, base: Problem) -> pd.DataFrame:
    """Return per scenario and year the works, costs and open sections (schema SCENARIO_YEARS)."""
    return shape(pd.concat([_years(one, base) for one in tried if one.here], ignore_index=True), SCENARIO_YEARS)


def scenario_parts(
    tried: Sequence[Tried], *, base: Problem, areas: pd.Series | None = None, lies: pd.DataFrame | None = None
) -> pd.DataFrame:
    """Return per scenario what is done by each party and in each area (schema SCENARIO_PARTS).

    Parameters
    ----------
    tried, base
        The scenarios, and the problem at whose prices they are compared.
    areas
        By section: its area. The cost of a work is spread evenly over its sections; so amounts add up to the whole.
    lies
        Works and the sections where they lie, opened or not (work, section); None: those that they open.
    """
    made = [_parties(one, base) for one in tried if one.here]
    if areas is not None:
        made += [_areas(one, base, areas, lies=base.touches if lies is None else lies) for one in tried if one.here]
    table = pd.concat(made, ignore_index=True)
    for column in ("cost_eur", "nuisance_eur"):
        table[column] = table[column].astype("Float64").round().astype("Int64")
    return shape(table.sort_values(["scenario", "sort", "part"]), SCENARIO_PARTS)


def _row(one: Tried, *, base: Problem, first: pd.Series) -> dict[str, object]:
    """Return the figures of one scenario."""
    scenario = one.scenario
    told = {
        "scenario": scenario.name,
        "role": "base" if one.status == "base" else scenario.role,
        "name_nl": scenario.nl,
        "name_en": scenario.en,
        "quality": scenario.knobs.quality,
        "money": scenario.knobs.money,
        "risk": scenario.knobs.risk,
        "altered": bool(scenario.changes),
        "basis": scenario.basis,
        "status": one.status,
        "faults": one.faults,
    }
    if one.value is None or one.here is None:
        return told
    works, opened, lying = _done(one, base), _opened(one, base), _lying(one, base)
    undone = base.works[~base.works["work"].isin(works["work"])]
    year = one.programme.set_index("work")["year"]
    return told | {
        "cost_eur": works["cost_eur"].sum(),
        "openings_eur": opened["opening_eur"].sum(),
        "spent_eur": works["cost_eur"].sum() + opened["opening_eur"].sum(),
        "nuisance_eur": lying["nuisance_eur"].sum(),
        "quality_eur": works["ambition_eur"].sum(),
        "risk_eur": one.here.late_eur + (undone["undone_eur"] - undone["ambition_eur"]).sum(),
        "weighted_cost_eur": one.here.total_eur,
        "weighted_least_eur": one.here.total_eur - (one.value.total_eur - one.bound_eur) if _own(one) else None,
        "done": len(works),
        "undone": len(undone),
        "changed": int(
            (year.reindex(base.works["work"]).fillna(0) != first.reindex(base.works["work"]).fillna(0)).sum()
        ),
        "moved": len(moved_promises(base, one.programme)),
        "openings": len(opened),
        "open_most": int(lying.groupby("year").size().max()) if len(lying) else 0,
        "value_eur": one.value.total_eur,
        "bound_eur": one.bound_eur,
        "gap": one.gap,
    }


def _budget(one: Tried, funds: Sequence[str]) -> dict[str, float]:
    """Return the budgets of some funds, or of all, over all years."""
    table = one.problem.funds
    return {"budget_eur": float(table.loc[table["fund"].isin(funds or table["fund"]), "budget_eur"].sum())}


def _clash(one: Tried, names: Names | None) -> dict[str, str | None]:
    """Return the demands that clash in words, where a scenario has no programme."""
    return {
        f"clash_{lang}": "; ".join(clash_words(one.problem, one.clash, names=names, lang=lang)) or None
        for lang in ("nl", "en")
    }


def _own(one: Tried) -> bool:
    """Tell whether a scenario has the prices of the programme itself, so that its bound says how much lower the weighted cost could be."""
    return bool(np.isfinite(one.bound_eur)) and one.scenario.only_money


def _done(one: Tried, base: Problem) -> pd.DataFrame:
    """Return the works that are done with their year."""
    return base.works.merge(one.programme[["work", "year"]], on="work")


def _opened(one: Tried, base: Problem) -> pd.DataFrame:
    """Return the sections that are opened with their year and prices."""
    return opening_costs(base, one.programme)


def _lying(one: Tried, base: Problem) -> pd.DataFrame:
    """Return the sections that lie open with their year and nuisance."""
    lying = opened_sections(base, one.programme)
    return lying.merge(base.sections[["section", "nuisance_eur"]], on="section")


def _years(one: Tried, base: Problem) -> pd.DataFrame:
    """Return the figures of one scenario per year, as far as works run on: works in the year of their start."""
    opened, spent = _opened(one, base).groupby("year"), money_years(base, one.programme)
    spent = spent.merge(base.works[["work", "cost_eur"]], on="work")
    table = pd.DataFrame(index=pd.Index(base.run_on.years, name="year"))
    table["works"] = _done(one, base).groupby("year").size()
    table["cost_eur"] = (spent["cost_eur"] * spent["cost_share"]).groupby(spent["year"]).sum()
    table["openings"], table["openings_eur"] = opened.size(), opened["opening_eur"].sum()
    table["nuisance_eur"] = _lying(one, base).groupby("year")["nuisance_eur"].sum()
    return table.fillna(0.0).round().astype("int64").reset_index().assign(scenario=one.scenario.name)


def _parties(one: Tried, base: Problem) -> pd.DataFrame:
    """Return what each party does; a section that two parties open together counts for both."""
    done = _done(one, base)
    opened = closed_touches(base, one.programme).merge(done[["work", "owner"]], on="work")
    opened = opened.drop_duplicates(["owner", "section", "year"])
    table = pd.DataFrame(index=pd.Index(sorted(base.works["owner"].dropna().unique()), name="part"))
    table["done"], table["cost_eur"] = done.groupby("owner").size(), done.groupby("owner")["cost_eur"].sum()
    table["openings"] = opened.groupby("owner").size()
    table = table.fillna(0.0)
    table["undone"] = base.works.groupby("owner").size() - table["done"]
    counts = dict.fromkeys(("done", "undone", "openings"), "int64")
    return table.astype(counts).reset_index().assign(scenario=one.scenario.name, sort="party", nuisance_eur=pd.NA)


def _areas(one: Tried, base: Problem, areas: pd.Series, *, lies: pd.DataFrame) -> pd.DataFrame:
    """Return what is done in each area, also by works that open no street there; `lies` holds work and section."""
    touches = lies[["work", "section"]].drop_duplicates()
    touches = touches.assign(area=touches["section"].map(areas))
    touches["share"] = 1.0 / touches.groupby("work")["section"].transform("size")
    every = touches.dropna(subset=["area"]).merge(base.works[["work", "cost_eur"]], on="work")
    done = every[every["work"].isin(one.programme["work"])]
    opened, lying = _opened(one, base), _lying(one, base)
    opened["area"], lying["area"] = opened["section"].map(areas), lying["section"].map(areas)
    table = pd.DataFrame(index=pd.Index(sorted(areas.dropna().unique()), name="part"))
    table["done"] = done.groupby("area")["work"].nunique()
    table["cost_eur"] = (done["cost_eur"] * done["share"]).groupby(done["area"]).sum()
    table["openings"] = opened.groupby("area").size()
    table["nuisance_eur"] = lying.groupby("area")["nuisance_eur"].sum()
    table = table.fillna(0.0)
    table["undone"] = every.groupby("area")["work"].nunique().reindex(table.index).fillna(0) - table["done"]
    counts = dict.fromkeys(("done", "undone", "openings"), "int64")
    return table.astype(counts).reset_index().assign(scenario=one.scenario.name, sort="area")
