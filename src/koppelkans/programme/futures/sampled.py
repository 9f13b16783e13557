"""The sampled futures of a city's programme, as its settings ask for. (nl: toekomsten van het programma)."""

import logging
import time
from dataclasses import dataclass

import pandas as pd

from koppelkans.ground.settings import FuturesPart, ProgrammePart
from koppelkans.ground.tables import empty, shape
from koppelkans.programme.futures.draw import Odds
from koppelkans.programme.futures.imagine import Progress, Sampling, figures, imagine
from koppelkans.programme.problem import Problem
from koppelkans.programme.product_futures import FIRMNESS, FUTURES
from koppelkans.programme.solve.highs import Effort

LOG = logging.getLogger(__name__)
AMOUNTS = ("value_eur", "replanned_eur", "silo_eur", "silo_replanned_eur")
SILO_GAP = 0.005
"""What each party plans alone is searched until this near its best (share of the value of all), from the root of the tree alone."""
SECONDS = 60.0
"""Time cap of what the parties plan alone."""


@dataclass(frozen=True)
class Sampled:
    """The tables of the futures, and the figures of the whole; empty where none were sampled."""

    firmness: pd.DataFrame
    futures: pd.DataFrame
    figures: dict[str, float | int | str | None]


def no_futures() -> Sampled:
    """Return what stands there where no future was sampled."""
    return Sampled(empty(FIRMNESS), empty(FUTURES), {})


def sampled(
    problem: Problem, programme: pd.DataFrame, *, part: ProgrammePart, progress: Progress | None = None
) -> Sampled:
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
    return Sampled(shape(found.firmness, FIRMNESS), shape(whole, FUTURES), figures(found))


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
