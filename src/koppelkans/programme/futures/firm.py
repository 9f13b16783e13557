"""Steady or fragile: what becomes of a programme in sampled futures. (nl: stevig of broos)."""

import logging
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

import numpy as np
import pandas as pd

from koppelkans.ground.errors import Fault, InputError
from koppelkans.ground.settings import FuturesPart, ProgrammePart, Settings
from koppelkans.ground.tables import empty, shape
from koppelkans.ground.words import Phrase
from koppelkans.programme.constraint import Constraint
from koppelkans.programme.constraints import CONSTRAINTS
from koppelkans.programme.futures.adapt import STARTS, adapt
from koppelkans.programme.futures.batch import FutureBatch, batch_of, placed, years_of
from koppelkans.programme.futures.draw import FutureDraws, Odds, come_out, drawn, futures_city
from koppelkans.programme.futures.obey import obeying, repair
from koppelkans.programme.futures.silo import Silo, apart, drawn_apart, silo
from koppelkans.programme.indexed import Floats, Mask, Whole
from koppelkans.programme.problem import Problem
from koppelkans.programme.product import FIRMNESS, FUTURES, Programme
from koppelkans.programme.profiles import works_of_years
from koppelkans.programme.quarters import judged, programme_of, values
from koppelkans.programme.solve.highs import Effort

FUTURE_COLUMNS = {
    "future": "int64", "value_eur": "float64", "replanned_eur": "float64", "silo_eur": "float64",
    "silo_replanned_eur": "float64", "kept_share": "float64", "left_out": "int64", "silo_left_out": "int64",
    "faults": "int64", "value_faults": "int64", "silo_faults": "int64", "silo_replanned_faults": "int64",
}  # fmt: skip
FIRMNESS_COLUMNS = {
    "work": "str", "year": "Int64", "share_kept": "float64", "share_undone": "float64", "firm": "bool", "most_likely_year": "Int64",
}  # fmt: skip
QUANTILES = (10, 50, 90)
CELLS = 4_000_000
"""So many works x years x tries are worked out at once: they must fit in memory."""
Progress = Callable[[float, str], None]


@dataclass(frozen=True)
class FutureOutcomes:
    """What came of a programme in sampled futures.

    Parameters
    ----------
    firmness
        Per work its year, the share of futures in which it keeps that year when all is planned again, the share in which it
        is left undone, whether it is firm, and the year it has most often (unknown: left undone).
    futures
        Per future the value of the programme as it stands (what no longer fits is left out at its undone price) and planned
        again, the same for owners who plan alone, the share of works that keep their year, how many works were left out,
        and how many demands each of the four cannot meet, according to the judge.
    silo
        What the owners plan alone, and how near to the best that is proven to be.
    """

    firmness: pd.DataFrame
    futures: pd.DataFrame
    silo: Silo


@dataclass(frozen=True)
class Sampling:
    """How many futures are drawn, from which odds and seed, and the shares that `adapt` uses.

    `firm_share` is the share of futures from which a work is firm.
    """

    count: int
    odds: Odds
    seed: int = 1
    firm_share: float = 0.9
    stay_share: float = 0.0
    passes: int = 1


def imagine(
    problem: Problem,
    programme: pd.DataFrame,
    *,
    sampling: Sampling,
    effort: Effort,
    progress: Progress | None = None,
) -> FutureOutcomes:
    """Return the outcomes of a programme in sampled futures, beside owners who plan alone.

    The same seed gives the same futures; the first hundred of two hundred are those of one hundred.

    Parameters
    ----------
    problem, programme
        What was reckoned with, and the programme made for it.
    sampling
        Which futures.
    effort
        How hard each owner tries when it plans alone.
    progress
        Called with the share that is done and what is being done.

    Raises
    ------
    InputError
        Where works take several years: for these no futures can be drawn yet.

    Source: Metropolis and Ulam (1949), The Monte Carlo method.
    """
    if wrong := not_drawn(problem):
        raise InputError([wrong])
    tell = progress or (lambda _share, _words: None)
    tell(0.0, "silo")
    alone = silo(problem, effort=effort)
    size = max(1, CELLS // max(1, len(problem.works) * problem.years * len(STARTS)))
    rows, years = [], [np.empty((0, len(problem.works)), dtype=np.int64)]
    for first in range(0, sampling.count, size):
        tell(first / sampling.count, "futures")
        numbers = range(first, min(first + size, sampling.count))
        came = drawn(problem, sampling.odds, seed=sampling.seed, numbers=numbers)
        part, planned = _lived(problem, came, (programme, alone.programme), sampling=sampling)
        rows.append(part.assign(future=np.asarray(numbers, dtype=np.int64) + 1))
        years.append(planned)
    tell(1.0, "futures")
    table = pd.concat(rows, ignore_index=True) if rows else pd.DataFrame(columns=list(FUTURE_COLUMNS))
    table = table[list(FUTURE_COLUMNS)].astype(FUTURE_COLUMNS)
    firm = _firmness(problem, programme, np.concatenate(years), firm_share=sampling.firm_share)
    return FutureOutcomes(firm, table, alone)


def not_drawn(problem: Problem) -> Fault | None:
    """Return why no futures can be drawn for a problem; None where they can."""
    long = works_of_years(problem)
    if not long:
        return None
    wanted = Phrase("works of one year: futures are not drawn yet where works take several years")
    return Fault("profile", ", ".join(long[:3]), wanted, fatal=True)


def figures(imagined: FutureOutcomes) -> dict[str, float | int | str | None]:
    """Return the summary figures: expected value, spread, and the saving of planning together.

    The saving comes with its standard error. The saving is paired: in each future the silo less the programme, so
    that what is the same for both falls away; its standard error is the standard deviation of those differences over
    the square root of their number.
    """
    table = imagined.futures
    made: dict[str, float | int | str | None] = {
        "futures": len(table),
        "firm_works": int(imagined.firmness["firm"].sum()),
        "futures_silo_gap": round(imagined.silo.gap, 6),
    }
    for name in ("value", "replanned", "silo", "silo_replanned"):
        values = table[f"{name}_eur"].to_numpy()
        made[f"futures_{name}_mean_eur"] = _whole(values.mean()) if len(values) else None
        for quantile in QUANTILES:
            made[f"futures_{name}_p{quantile}_eur"] = _whole(np.percentile(values, quantile)) if len(values) else None
    for name, one, other in (
        ("gain", "silo_eur", "value_eur"),
        ("gain_replanned", "silo_replanned_eur", "replanned_eur"),
    ):
        gains = (table[one] - table[other]).to_numpy()
        made[f"futures_{name}_eur"] = _whole(gains.mean()) if len(gains) else None
        error = gains.std(ddof=1) / np.sqrt(len(gains)) if len(gains) > 1 else None
        made[f"futures_{name}_error_eur"] = None if error is None else _whole(error)
    return made


def _whole(amount: float) -> int:
    """Return whole euros."""
    return round(float(amount))


def _lived(
    problem: Problem, came: FutureDraws, programmes: tuple[pd.DataFrame, pd.DataFrame], *, sampling: Sampling
) -> tuple[pd.DataFrame, Whole]:
    """Return what some futures bring to a programme and to that of owners who plan alone, and the years of the first when planned again.

    As they stand the owners are held to purses and crews as a whole; limits on open streets nobody sees, and nothing is
    left out for them: that is in favour of planning alone. Planned again, each keeps to its own part.
    """
    programme, alone = programmes
    whole, count = futures_city(problem, came), came.count
    free = batch_of(problem, come_out(problem, came), count)
    stood = _stood(free, programme)
    loath = _loath(came, problem, sampling.stay_share)
    planned = obeying(stood, adapt(stood, stay_eur=loath, passes=sampling.passes), whole)
    row = {"left_out": len(programme) - _done(stood), "kept_share": _kept(free, programme, planned)}
    row |= _told(whole, stood, name="value", faults="value_faults")
    row |= _told(whole, planned, name="replanned", faults="faults")
    row["replanned_eur"] = np.minimum(row["replanned_eur"], row["value_eur"])
    chance = _stood(free, alone, limits=False)
    row |= _told(whole, chance, name="silo", faults="silo_faults", judges=_seen_alone(problem))
    row["silo_left_out"] = len(alone) - _done(chance)
    own = apart(problem)
    theirs = drawn_apart(came, problem, own)
    apart_stood = _stood(batch_of(own, come_out(own, theirs), count), alone)
    city = futures_city(own, theirs)
    moved = obeying(apart_stood, adapt(apart_stood, stay_eur=loath, passes=sampling.passes), city)
    row |= _told(whole, moved, name="silo_replanned", faults="silo_replanned_faults", city=city)
    return pd.DataFrame(row), planned.year


def _seen_alone(problem: Problem) -> list[Constraint]:
    """Return the constraints that owners keep to who do not see each other: not those on what lies open in all streets."""
    shared = [(piece, piece.capacity(problem) if piece.capacity else None) for piece in CONSTRAINTS]
    return [piece for piece, capacity in shared if capacity is None or capacity.asks == "works"]


def _stood(batch: FutureBatch, programme: pd.DataFrame, *, limits: bool = True) -> FutureBatch:
    """Return a programme as it stands in every future, without what no longer fits."""
    made = placed(batch, years_of(batch, programme))
    repair(made, limits=limits)
    return made


def _loath(came: FutureDraws, problem: Problem, stay_share: float) -> Floats:
    """Return what leaving its year costs each work in each future (F x W, eur)."""
    loath: Floats = stay_share * came.dearer * problem.works["cost_eur"].to_numpy(dtype=float)
    return loath


def _told(
    whole: Problem,
    batch: FutureBatch,
    *,
    name: str,
    faults: str,
    judges: Sequence[Constraint] = CONSTRAINTS,
    city: Problem | None = None,
) -> dict[str, Floats | Whole]:
    """Return the value of each future and how many demands it breaks, both from the plain tables."""
    programme = programme_of(whole, batch.year)
    broken = judged(city or whole, programme, batch.count, constraints=judges).sum(axis=0)
    return {f"{name}_eur": values(whole, programme, batch.count), faults: broken}


def _done(batch: FutureBatch) -> Whole:
    """Return how many works are done in each future."""
    return np.asarray((batch.year >= 0).sum(axis=1), dtype=np.int64)


def _kept(batch: FutureBatch, programme: pd.DataFrame, planned: FutureBatch) -> Floats:
    """Return the share of the works of a programme that have the same year in each future."""
    year = years_of(batch, programme)
    same: Mask = (year >= 0) & (year == planned.year)
    return same.sum(axis=1) / len(programme) if len(programme) else np.ones(batch.count)


def _firmness(problem: Problem, programme: pd.DataFrame, seen: Whole, *, firm_share: float) -> pd.DataFrame:
    """Return how often each work keeps its year; left undone is a year too."""
    works = problem.works["work"]
    year = works.map(programme.set_index("work")["year"]).astype("Int64")
    now = (year - problem.first_year).fillna(-1).to_numpy(dtype=np.int64)
    kept = (seen == now).mean(axis=0) if len(seen) else np.full(len(works), np.nan)
    counts = np.stack([(seen == at).sum(axis=0) for at in range(-1, problem.years)])
    likely = counts.argmax(axis=0) - 1
    table = pd.DataFrame(
        {
            "work": works,
            "year": year,
            "share_kept": kept,
            "share_undone": (seen < 0).mean(axis=0) if len(seen) else np.nan,
            "firm": kept >= firm_share - 1e-9,
            "most_likely_year": pd.array(likely + problem.first_year, dtype="Int64"),
        }
    )
    table.loc[likely < 0, "most_likely_year"] = pd.NA
    return table.astype(FIRMNESS_COLUMNS).sort_values("work", ignore_index=True)


LOG = logging.getLogger(__name__)
AMOUNTS = ("value_eur", "replanned_eur", "silo_eur", "silo_replanned_eur")
SILO_GAP = 0.005
"""What each party plans alone is searched until this near its best (share of the value of all), from the root of the tree alone."""
SECONDS = 60.0
"""Time cap of what the parties plan alone."""


@dataclass(frozen=True)
class FutureTables:
    """The tables of the futures, and the figures of the whole; empty where none were sampled."""

    firmness: pd.DataFrame
    futures: pd.DataFrame
    figures: dict[str, float | int | str | None]


def no_futures() -> FutureTables:
    """Return the empty tables of a programme for which no future was sampled."""
    return FutureTables(empty(FIRMNESS), empty(FUTURES), {})


def sampled(
    problem: Problem, programme: pd.DataFrame, *, part: ProgrammePart, progress: Progress | None = None
) -> FutureTables:
    """Return what becomes of the programme in as many futures as the settings ask for."""
    asked = part.futures
    if not asked.count:
        return no_futures()
    began = time.perf_counter()
    effort = Effort(seconds=SECONDS, gap=SILO_GAP, seed=part.seed)
    sampling = Sampling(asked.count, odds_of(asked), asked.seed, asked.firm_share, asked.stay_share.value, asked.passes)
    found = imagine(problem, programme, sampling=sampling, effort=effort, progress=progress)
    LOG.info("%d futures in %.1f s", asked.count, time.perf_counter() - began)
    whole = found.futures.assign(**{name: found.futures[name].round() for name in AMOUNTS})
    return FutureTables(shape(found.firmness, FIRMNESS), shape(whole, FUTURES), figures(found))


def odds_of(part: FuturesPart) -> Odds:
    """Return the odds that the settings hold."""
    return Odds(
        due_years=part.due_years.value,
        due_kind_years=part.due_kind_years.value,
        cost_spread={kind: figure.value for kind, figure in part.cost_spread.items()},
        cost_shared=part.cost_shared.value,
        budget_spread=part.budget_spread.value,
        budget_memory=part.budget_memory.value,
    )


def try_futures(
    programme: Programme,
    *,
    settings: Settings,
    progress: Progress | None = None,
) -> Programme:
    """Return a finished programme with futures sampled as the settings ask.

    They take the place of those that it had.
    """
    years = programme.plan.dropna(subset=["year"])[["work", "year"]].astype({"year": "int64"})
    found = sampled(programme.problem, years.reset_index(drop=True), part=settings.programme, progress=progress)
    known = {name: figure for name, figure in programme.value.items() if not name.startswith(("futures", "firm_"))}
    return replace(
        programme,
        firmness=found.firmness,
        futures=found.futures,
        value=known | found.figures,
        trace=programme.trace.noting(settings=settings.model_dump(mode="json")),
        to_come=[name for name in programme.to_come if name != "futures"],
    )
