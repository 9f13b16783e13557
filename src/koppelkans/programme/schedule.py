"""The verb of this room: which work in which year, with its proof, its money and the reason. (nl: programmeren)."""

import logging
from dataclasses import replace
from typing import NamedTuple

import pandas as pd

from koppelkans.appraisal.product import Appraisal
from koppelkans.context.product import Context
from koppelkans.ground.settings import ProgrammePart, Settings
from koppelkans.ground.tables import empty, shape
from koppelkans.ground.words import say
from koppelkans.programme.build_problem import build_problem
from koppelkans.programme.bundles import bundle_of, bundle_table
from koppelkans.programme.constraints import CONSTRAINTS
from koppelkans.programme.decided import late_works
from koppelkans.programme.desk import counted, lay_out
from koppelkans.programme.explain import Told, explain
from koppelkans.programme.fair.split import split_bundles
from koppelkans.programme.judge import judge
from koppelkans.programme.left_out import left_out
from koppelkans.programme.levels import opening_costs
from koppelkans.programme.opening_payments import with_openings
from koppelkans.programme.other_years import other_years_table
from koppelkans.programme.problem import Problem, pair_names
from koppelkans.programme.product import BUNDLES, PAYMENTS, PLAN, SPLIT, Programme
from koppelkans.programme.replan import Replanned, floor_of
from koppelkans.programme.solve.highs import Effort
from koppelkans.programme.solve.search import Progress
from koppelkans.programme.solve_problem import Solved, solve_problem
from koppelkans.programme.tables import (
    load_table,
    money_table,
    open_table,
    payments_table,
    promises_table,
    streets_table,
    unpriced,
)
from koppelkans.programme.value import moved_promises, opened_sections
from koppelkans.weighing.product import Weighing

LOG = logging.getLogger(__name__)


def schedule(
    context: Context,
    appraisal: Appraisal,
    weighing: Weighing,
    *,
    settings: Settings,
    progress: Progress | None = None,
) -> Programme:
    """Return the city programme: the best within the time limit, with a proven bound.

    Scenarios, changes priced beforehand and sampled futures are still to come: `look_ahead` makes them.

    Works whose window lies outside the horizon or that were knocked out are not put to the solver
    and stay in the plan with their reason. Budgets, hours and limits that nobody gave hold nothing back.

    Raises
    ------
    SettingError
        Where a decision, budget, crew or limit in the settings cannot be used.
    NoProgrammeError
        Where demands of the city cannot hold together; it names a smallest set of them.
    OutOfTimeError
        Where the time limit passed before there was any programme.
    """
    problem = build_problem(context, appraisal, weighing, settings=settings)
    LOG.info("%d works are put to the solver, %d stay outside", len(problem.works), len(problem.outside))
    solved = _solved(problem, settings, progress)
    LOG.info("programme of %.0f, gap %.4f (%s)", solved.value.total_eur, solved.gap, solved.status)
    told = (*untied_words(problem, lang=settings.city.lang), *_unpriced_words(problem, settings.city.lang))
    late = replace(context, works=late_works(context.works, settings.programme.slips))
    return _product(_Made(late, problem, solved, weighing.ranking), settings=settings, notes=told)


def _unpriced_words(problem: Problem, lang: str) -> tuple[str, ...]:
    """Return how many works of unknown cost are planned, and what they count for."""
    count = len(unpriced(problem))
    text = "Works of unknown cost: {count}. They are planned and count for nothing in the amounts; leaving them undone is weighed as the median work of their kind (assumed)."
    return (say(text, lang, count=count),) if count else ()


def asked_ahead(part: ProgrammePart) -> list[str]:
    """Return the parts that the settings ask to be laid beside the programme once it stands."""
    asked = {"scenarios": part.compare, "what_if": part.what_if, "futures": part.futures.count > 0}
    return [name for name in Programme.LATER if asked[name]]


def untied_words(problem: Problem, *, lang: str) -> tuple[str, ...]:
    """Say which ties are not kept to, because one of the two works is not put to the solver."""
    names = problem.names["pair"]
    text = "{about} are tied, but one of them is not planned; the tie is left out."
    return tuple(say(text, lang, about=names[pair]) for pair in pair_names(problem.untied))


def rescheduled(
    context: Context, answer: Replanned, *, ranking: pd.DataFrame, before: Programme, settings: Settings, note: str
) -> Programme:
    """Return the city programme after a change that was taken; the note joins the trace.

    A bound holds on where only a demand was added; after a slip the sum of the lowest prices is all that is proven, until
    the programme is made anew. Scenarios, sampled futures and changes priced beforehand were laid beside the programme as it
    was: they are still to come.
    """
    desk, lang = answer.desk, settings.city.lang
    bound = desk.bound_eur if desk.bound_eur == desk.bound_eur else floor_of(desk.rows)
    problem = desk.problem
    outcome = counted(problem, desk.programme)
    solved = Solved(
        programme=desk.programme,
        outcome=outcome,
        value=desk.value,
        bound_eur=min(bound, desk.value.total_eur),
        status="changed",
        solver=before.trace.solver,
        verdict=judge(problem, outcome, constraints=CONSTRAINTS, names=problem.names, lang=lang),
        moved=moved_promises(problem, desk.programme),
    )
    windows = desk.problem.works.set_index("work")
    works = context.works.copy()
    for column in ("earliest_year", "best_year", "latest_year"):
        works[column] = works["work"].map(windows[column]).fillna(works[column]).astype(works[column].dtype)
    said = tuple(text for text in before.trace.notes if text not in context.trace.notes)
    made = _product(
        _Made(replace(context, works=works), problem, solved, ranking), settings=settings, notes=(*said, note)
    )
    return replace(made, trace=made.trace.noting(settings=before.trace.settings))


class _Made(NamedTuple):
    """What the product is made from."""

    context: Context
    problem: Problem
    solved: Solved
    ranking: pd.DataFrame


def _solved(problem: Problem, settings: Settings, progress: Progress | None) -> Solved:
    """Solve the problem of a city with the effort that its settings allow."""
    part = settings.programme
    effort = Effort(seconds=part.seconds, gap=part.gap, turns=part.turns, seed=part.seed, prices=True)
    return solve_problem(problem, effort=effort, names=problem.names, lang=settings.city.lang, progress=progress)


def _product(made: _Made, *, settings: Settings, notes: tuple[str, ...]) -> Programme:
    """Return the product with all its tables."""
    problem, solved = made.problem, made.solved
    programme = solved.programme
    ssk = settings.appraisal.business.ssk
    payments = with_openings(problem, programme, payments_table(problem, programme), ssk=ssk)
    streets = pd.DataFrame(made.context.sections[["section", "name", "area"]])
    desk = lay_out(problem, programme)
    moved = desk.moves
    split = split_bundles(problem, programme)
    bundles = shape(bundle_table(problem, programme, streets=streets).merge(split.core, on="bundle"), BUNDLES)
    value = _value(made, bundles=bundles)
    missing = left_out(desk, ranking=made.ranking)
    table = missing["left_out"]
    never = frozenset(table.loc[table["sort"] == "never", "work"])
    trace = made.context.trace
    return Programme(
        plan=_plan(made, moved, never=never),
        bundles=bundles,
        split=shape(split.shares, SPLIT),
        open=open_table(problem, programme),
        money=money_table(problem, payments, scarce=solved.scarce),
        load=load_table(problem, programme, scarce=solved.scarce),
        streets=streets_table(problem, programme, scarce=solved.scarce),
        payments=shape(payments.sort_values(["work", "section", "fund"]), PAYMENTS),
        other_years=other_years_table(moved, names=problem.names),
        promises=promises_table(problem, programme),
        verdict=_with_unpaid_openings(solved, problem, lang=settings.city.lang),
        **missing,
        **{name: empty(Programme.TABLES[name]) for names in Programme.LATER.values() for name in names},
        problem=problem,
        value=value,
        trace=trace.noting(
            seed=settings.programme.seed,
            solver=solved.solver,
            value_eur=float(value["value_eur"] or 0),
            bound_eur=float(value["bound_eur"] or 0),
            gap=solved.gap,
            notes=(*trace.notes, *notes),
        ),
        to_come=asked_ahead(settings.programme),
    )


def _with_unpaid_openings(solved: Solved, problem: Problem, *, lang: str) -> pd.DataFrame:
    """Return the verdict with the openings that purses cannot pay, also where the search was not asked to see to that."""
    asked = replace(problem, openings_paid=True)
    return judge(asked, solved.outcome, constraints=CONSTRAINTS, names=problem.names, lang=lang)


def _plan(made: _Made, moved: pd.DataFrame, *, never: frozenset[str]) -> pd.DataFrame:
    """Return every work with its year and the reason, sorted by work."""
    problem, solved = made.problem, made.solved
    columns = ["work", "name", "earliest_year", "best_year", "latest_year", "certainty"]
    rows = pd.DataFrame(made.context.works[columns]).sort_values("work", ignore_index=True)
    rows["outside"] = rows["work"].map(problem.outside.set_index("work")["reason"])
    rows["year"] = rows["work"].map(solved.programme.set_index("work")["year"]).astype("Int64")
    rows["bundle"] = rows["work"].map(bundle_of(problem, solved.programme))
    rows["shift_years"] = rows["year"] - rows["best_year"]
    cost = pd.concat(
        [table.set_index("work")["cost_eur"].astype("Int64") for table in (problem.works, problem.outside)]
    )
    rows["cost_eur"] = rows["work"].map(cost.mask(cost.index.isin(unpriced(problem))))
    told = Told(rows, moved, problem, solved.gap, never)
    return shape(rows.assign(why_nl=explain(told, lang="nl"), why_en=explain(told, lang="en")), PLAN)


def _value(made: _Made, *, bundles: pd.DataFrame) -> dict[str, float | int | str | None]:
    """Return the figures of the whole: value and bound discounted, the other amounts as they are spent."""
    solved, problem = made.solved, made.problem
    opened = opening_costs(problem, solved.programme)
    lying = opened_sections(problem, solved.programme).merge(problem.sections, on="section")
    done = problem.works[problem.works["work"].isin(solved.programme["work"])]
    return {
        "value_eur": round(solved.value.total_eur),
        "bound_eur": min(round(solved.bound_eur), round(solved.value.total_eur)),
        "gap": round(solved.gap, 6),
        "cost_eur": round(done["cost_eur"].sum()),
        "openings_eur": round(opened["opening_eur"].sum()),
        "nuisance_eur": round(lying["nuisance_eur"].sum()),
        "saving_eur": int(bundles["saving_eur"].sum()),
        "undone_eur": round(solved.value.undone_eur),
        "moved_eur": round(solved.value.moved_eur),
        "joint_eur": round(solved.value.joint_eur),
        "done": len(done),
        "undone": len(problem.works) - len(done),
        "outside": len(problem.outside),
        "openings": len(opened),
        "bundles": len(bundles),
        "status": solved.status,
        "solver": solved.solver,
    }
