"""The scenarios of a city, from its settings to the tables of the programme. (nl: scenario's van de stad)."""

from collections.abc import Callable
from dataclasses import replace

import pandas as pd

from koppelkans.appraisal.product import Appraisal
from koppelkans.context.product import Context
from koppelkans.ground.errors import Fault, InputError, SettingError
from koppelkans.ground.settings import FILE_NAME, Settings
from koppelkans.ground.settings import Scenario as Wanted
from koppelkans.ground.tables import empty
from koppelkans.programme.change import Cut, Move, Slip
from koppelkans.programme.frame import Framed, frame
from koppelkans.programme.knobs import Knobs
from koppelkans.programme.product import Programme
from koppelkans.programme.product_scenarios import SCENARIO_PARTS, SCENARIO_PLAN, SCENARIO_YEARS, SCENARIOS
from koppelkans.programme.scenarios.compare import compare
from koppelkans.programme.scenarios.figures import scenario_parts, scenario_plan, scenario_table, scenario_years
from koppelkans.programme.scenarios.scenario import Avoid, Grant, Scenario, Turned, applied, curve_points
from koppelkans.programme.solve.highs import Effort
from koppelkans.weighing.product import Weighing

Tell = Callable[[str], None]
Tables = dict[str, pd.DataFrame]
SCHEMAS = {
    "scenarios": SCENARIOS,
    "scenario_plan": SCENARIO_PLAN,
    "scenario_years": SCENARIO_YEARS,
    "scenario_parts": SCENARIO_PARTS,
}


def no_scenarios() -> Tables:
    """Return the tables without rows, for a programme that was laid beside nothing."""
    return {name: empty(schema) for name, schema in SCHEMAS.items()}


def scenario_tables(
    framed: Framed,
    programme: pd.DataFrame,
    *,
    settings: Settings,
    areas: pd.Series,
    bound_eur: float,
    tell: Tell = lambda _name: None,
) -> Tables:
    """Return the scenarios of a city solved and counted, as tables of the product.

    Parameters
    ----------
    framed, programme
        The problem of the city, and its programme (work, year).
    settings
        With the scenarios that are asked for.
    areas
        By section: its area.
    bound_eur
        What no programme of the city can beat.
    tell
        Called with the name of each scenario when it is solved.

    Raises
    ------
    SettingError
        Where a scenario names something that does not exist.
    """
    part, problem = settings.programme, framed.problem
    wanted = scenarios_of(settings, framed)
    for at, scenario in enumerate(wanted):
        try:
            applied(problem, scenario)
        except InputError as wrong:
            column = f"programme.scenarios.{at}"
            raise SettingError(
                [
                    Fault(FILE_NAME, fault.found, fault.wanted, column=f"{column}.{fault.column}", fatal=True)
                    for fault in wrong.faults
                ]
            ) from wrong
    effort = Effort(
        seconds=part.compare_seconds, gap=part.compare_gap, nodes=part.nodes, seed=part.seed, threads=part.threads
    )
    tried = compare(problem, programme, wanted, effort=effort, bound_eur=bound_eur, tell=tell)
    return {
        "scenarios": scenario_table(tried, base=problem, funds=own_purses(settings, framed), names=framed.names),
        "scenario_plan": scenario_plan(tried),
        "scenario_years": scenario_years(tried, base=problem),
        "scenario_parts": scenario_parts(tried, base=problem, areas=areas),
    }


def beside(
    context: Context,
    appraisal: Appraisal,
    weighing: Weighing,
    programme: Programme,
    *,
    settings: Settings,
    tell: Tell = lambda _name: None,
) -> Programme:
    """Return a finished programme of a city with the scenarios of the settings laid beside it.

    Raises
    ------
    SettingError
        Where a scenario names something that does not exist.
    """
    framed = as_planned(frame(context, appraisal, weighing, settings=settings), programme)
    years = programme.plan.dropna(subset=["year"])[["work", "year"]].astype({"year": "int64"})
    made = scenario_tables(
        framed,
        years.reset_index(drop=True),
        settings=settings,
        areas=context.sections.set_index("section")["area"],
        bound_eur=float(programme.value["bound_eur"] or float("-inf")),
        tell=tell,
    )
    part = settings.programme.model_copy(update={"compare": True})
    asked = settings.model_copy(update={"programme": part}).model_dump(mode="json")
    return replace(programme, **made, trace=programme.trace.noting(settings=asked))


def as_planned(framed: Framed, programme: Programme) -> Framed:
    """Return the problem with the budgets, hours and limits that the programme was made with.

    They are wider than those of the settings where assumptions stood in the way of what must be done.
    """
    money = programme.money[["fund", "year", "budget_eur"]]
    hours = programme.load[["crew", "year", "available_h"]].rename(columns={"available_h": "hours"})
    limits = programme.streets[["limit", "most"]].drop_duplicates().rename(columns={"most": "open_sections"})
    problem = framed.problem
    return replace(
        framed,
        problem=replace(
            problem,
            funds=_laid_over(problem.funds, money, on=["fund", "year"]),
            crews=_laid_over(problem.crews, hours, on=["crew", "year"]),
            limits=_laid_over(problem.limits, limits, on=["limit"]),
        ),
    )


def _laid_over(table: pd.DataFrame, values: pd.DataFrame, *, on: list[str]) -> pd.DataFrame:
    """Return a table with the values of another one, in the same order and types."""
    (column,) = set(values.columns) - set(on)
    merged = table[on].merge(values, on=on, how="left")[column]
    return table.assign(
        **{column: merged.fillna(table[column].reset_index(drop=True)).astype(table[column].dtype).to_numpy()}
    )


def scenarios_of(settings: Settings, framed: Framed) -> tuple[Scenario, ...]:
    """Return the scenarios that the settings ask for, and the points of the curve of money that they do not hold yet."""
    purses = own_purses(settings, framed)
    idle = {party.party for party in settings.parties} - set(framed.problem.works["owner"])
    named = tuple(_scenario(wanted, purses, idle=idle) for wanted in settings.programme.scenarios)
    held = {one.knobs.money for one in named if one.funds == purses and one.only_money}
    return (*named, *curve_points([at for at in settings.programme.front if at not in held], funds=purses))


def own_purses(settings: Settings, framed: Framed) -> tuple[str, ...]:
    """Return the funds of the city itself, which the knob of money turns; none where the city holds no fund.

    A fund that was declared belongs to the city when it names no owner or a municipality: the council does not decide on
    the money of others.
    """
    city = {party.party for party in settings.parties if party.kind == "gemeente"}
    own = {fund.fund for fund in settings.funds if not fund.owner or fund.owner in city}
    return tuple(sorted(own & set(framed.problem.funds["fund"])))


def _scenario(wanted: Wanted, purses: tuple[str, ...], *, idle: set[str]) -> Scenario:
    """Return a scenario of the settings; a party that exists but has no works to plan cannot be late with them."""
    changes: list[Turned] = [Slip(slip.party, slip.years) for slip in wanted.slips if slip.party not in idle]
    for budget in wanted.budgets:
        sort = Grant if budget.eur >= 0 else Cut
        changes.append(sort(budget.fund, budget.year, abs(budget.eur)))
    for decision in wanted.decisions:
        if decision.year is not None:
            changes.append(Move(decision.work, decision.year))
        if decision.not_years:
            changes.append(Avoid(decision.work, tuple(decision.not_years)))
    changes += [Avoid(work) for work in wanted.left_out]
    return Scenario(
        name=wanted.scenario,
        nl=wanted.nl or wanted.scenario,
        en=wanted.en or wanted.nl or wanted.scenario,
        knobs=Knobs(wanted.quality, wanted.money, wanted.risk),
        funds=tuple(wanted.funds) or purses,
        changes=tuple(changes),
        basis=wanted.basis,
    )
