"""The scenarios of a city, from its settings to the tables of the programme. (nl: scenario's van de stad)."""

from collections.abc import Callable, Sequence
from dataclasses import replace

import pandas as pd

from koppelkans.context.product import Context
from koppelkans.ground.errors import Fault, InputError, SettingError
from koppelkans.ground.settings import FILE_NAME, ScenarioPart, Settings
from koppelkans.programme.change import Cut, Knobs, Move, Slip
from koppelkans.programme.problem import Problem
from koppelkans.programme.product import Programme
from koppelkans.programme.scenarios.compare import Tried, compare
from koppelkans.programme.scenarios.figures import scenario_parts, scenario_plan, scenario_table, scenario_years
from koppelkans.programme.scenarios.scenario import Avoid, Grant, Scenario, Turned, applied, curve_points
from koppelkans.programme.solve.highs import Effort

Tell = Callable[[str], None]
Tables = dict[str, pd.DataFrame]


def try_scenarios(
    problem: Problem,
    programme: pd.DataFrame,
    *,
    settings: Settings,
    bound_eur: float,
    tell: Tell = lambda _name: None,
) -> list[Tried]:
    """Return the programme of a city and its scenarios, solved and judged.

    Parameters
    ----------
    problem, programme
        The problem of the city, and its programme (work, year).
    settings
        With the scenarios that are asked for.
    bound_eur
        What no programme of the city can beat.
    tell
        Called with the name of each scenario when it is solved.

    Raises
    ------
    SettingError
        Where a scenario names something that does not exist.
    """
    part = settings.programme
    wanted = scenarios_of(settings, problem)
    for at, scenario in enumerate(wanted):
        try:
            applied(problem, scenario)
        except InputError as wrong:
            place = f"programme.scenarios.{at}"
            raise SettingError(
                [
                    Fault(FILE_NAME, fault.found, fault.wanted, column=f"{place}.{fault.column}", fatal=True)
                    for fault in wrong.faults
                ]
            ) from wrong
    effort = Effort(seconds=part.compare_seconds, gap=part.compare_gap, turns=part.turns, seed=part.seed)
    return compare(problem, programme, wanted, effort=effort, bound_eur=bound_eur, tell=tell)


def scenario_tables(
    tried: Sequence[Tried], *, problem: Problem, settings: Settings, areas: pd.Series, lies: pd.DataFrame
) -> Tables:
    """Return solved scenarios as tables of the product.

    `areas` gives the area of each section, `lies` where works lie.
    """
    return {
        "scenarios": scenario_table(tried, base=problem, funds=own_purses(settings, problem), names=problem.names),
        "scenario_plan": scenario_plan(tried),
        "scenario_years": scenario_years(tried, base=problem),
        "scenario_parts": scenario_parts(tried, base=problem, areas=areas, lies=lies),
    }


def beside(
    context: Context,
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
    years = programme.plan.dropna(subset=["year"])[["work", "year"]].astype({"year": "int64"})
    tried = try_scenarios(
        programme.problem,
        years.reset_index(drop=True),
        settings=settings,
        bound_eur=float(programme.value["bound_eur"] or float("-inf")),
        tell=tell,
    )
    areas = context.sections.set_index("section")["area"]
    made = scenario_tables(tried, problem=programme.problem, settings=settings, areas=areas, lies=context.touches)
    part = settings.programme.model_copy(update={"compare": True})
    asked = settings.model_copy(update={"programme": part}).model_dump(mode="json")
    to_come = [name for name in programme.to_come if name != "scenarios"]
    return replace(programme, **made, trace=programme.trace.noting(settings=asked), to_come=to_come)


def scenarios_of(settings: Settings, problem: Problem) -> tuple[Scenario, ...]:
    """Return the scenarios that the settings ask for, and the missing points of the money curve."""
    purses = own_purses(settings, problem)
    idle = {party.party for party in settings.parties} - set(problem.works["owner"])
    named = tuple(_scenario(wanted, purses, idle=idle) for wanted in settings.programme.scenarios)
    held = {one.knobs.money for one in named if one.funds == purses and one.only_money}
    return (*named, *curve_points([at for at in settings.programme.front if at not in held], funds=purses))


def own_purses(settings: Settings, problem: Problem) -> tuple[str, ...]:
    """Return the funds of the city itself, which the money knob turns.

    None where the city holds no fund. A fund that was declared belongs to the city when it names no owner or a
    municipality: the council does not decide on the money of others.
    """
    city = {party.party for party in settings.parties if party.kind == "gemeente"}
    own = {fund.fund for fund in settings.funds if not fund.owner or fund.owner in city}
    return tuple(sorted(own & set(problem.funds["fund"])))


def _scenario(wanted: ScenarioPart, purses: tuple[str, ...], *, idle: set[str]) -> Scenario:
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
