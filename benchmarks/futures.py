"""Try a programme in sampled futures, beside solving each future anew by the plain path. (nl: meten).

Usage: python benchmarks/futures.py [RUN] [--works N] [--count N] [--passes N] [--peer N]

RUN is the folder of a finished run; without it an invented city of street works is made with a programme for it. The peer
solves some of the same futures from the tables, each as a new problem with leaving its year at a price, until it is proven to
be within 0.1 % of the best or has had 60 s on the clock; the excess is how far planning again in the fan lies above what
the peer found.
"""

import argparse
import time
from dataclasses import replace
from pathlib import Path

import numpy as np
import pandas as pd

from koppelkans import flow
from koppelkans.ground.settings import make_settings
from koppelkans.ground.settings.scenario import FuturesPart
from koppelkans.programme.futures.adapt import adapt
from koppelkans.programme.futures.batch import batch_of, placed, worth, years_of
from koppelkans.programme.futures.draw import FutureDraws, come_out, drawn, future
from koppelkans.programme.futures.firm import SILO_GAP, Sampling, figures, imagine, odds_of
from koppelkans.programme.futures.obey import repair
from koppelkans.programme.problem import Problem
from koppelkans.programme.solve.highs import Effort
from koppelkans.programme.solve_problem import solve, solve_problem
from street_works import street_works

PEER = Effort(seconds=60.0, gap=0.001, seed=1)


def main() -> None:
    """Measure and print one table."""
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("run", nargs="?", type=Path)
    asked.add_argument("--works", type=int, default=400)
    asked.add_argument("--count", type=int, default=30)
    asked.add_argument("--passes", type=int, default=1)
    asked.add_argument("--peer", type=int, default=5)
    given = asked.parse_args()
    problem, programme, part = _finished(given.run) if given.run else _invented(given.works)
    sampling = Sampling(given.count, odds_of(part), part.seed, part.firm_share, part.stay_share.value, given.passes)
    began = time.process_time(), time.perf_counter()
    found = imagine(problem, programme, sampling=sampling, effort=Effort(seconds=60.0, gap=SILO_GAP, seed=1))
    spent, clock = time.process_time() - began[0], time.perf_counter() - began[1]
    print(f"{len(problem.works)} works, {given.count} futures: {spent:.1f} s of processor, {clock:.1f} s on the clock")
    made = figures(found)
    print(
        {
            name: made[name]
            for name in ("futures_silo_gap", "futures_gain_replanned_eur", "futures_gain_replanned_error_eur")
        }
    )
    ours, anew, excess = _beside(problem, programme, sampling, given.peer)
    print(
        f"planning again, per future: {ours:.3f} s of processor; solving it anew: {anew:.2f} s; {anew / ours:.0f} times"
    )
    print("above what the peer found (%):", np.round(100 * excess, 2).tolist(), "mean", round(100 * excess.mean(), 2))


def _beside(
    problem: Problem, programme: pd.DataFrame, sampling: Sampling, count: int
) -> tuple[float, float, np.ndarray]:
    """Return the seconds of processor per future of the fan and of the peer, and how far the first lies above the second."""
    came = drawn(problem, sampling.odds, seed=sampling.seed, numbers=range(sampling.count))
    loath = sampling.stay_share * came.dearer * problem.works["cost_eur"].to_numpy(dtype=float)
    fan = batch_of(problem, come_out(problem, came), sampling.count)
    year = years_of(fan, programme)
    stood = placed(fan, year)
    repair(stood)
    began = time.process_time()
    planned = adapt(stood, stay_eur=loath, passes=sampling.passes)
    ours = (time.process_time() - began) / sampling.count
    value = worth(planned) + np.where((year >= 0) & (planned.year != year), loath, 0.0).sum(axis=1)
    began = time.process_time()
    best = [_anew(problem, programme, sampling, came, number) for number in range(min(count, sampling.count))]
    return ours, (time.process_time() - began) / max(1, len(best)), value[: len(best)] / np.asarray(best) - 1.0


def _anew(problem: Problem, programme: pd.DataFrame, sampling: Sampling, came: FutureDraws, number: int) -> float:
    """Return the value that the peer finds in a future, with leaving its year at the price that planning again reckons with."""
    drawn_one = future(problem, sampling.odds, seed=sampling.seed, number=number)
    cost = problem.works["cost_eur"] * came.dearer[number]
    price = pd.Series(sampling.stay_share * cost.to_numpy(), index=problem.works["work"].to_numpy())
    stays = programme.assign(move_eur=programme["work"].map(price))
    stays = stays.assign(basis="assumed", made_to="")
    promises = stays[list(problem.promises.columns)].astype(problem.promises.dtypes.to_dict())
    return solve_problem(replace(drawn_one, promises=promises), effort=PEER).value.total_eur


def _finished(run: Path) -> tuple[Problem, pd.DataFrame, FuturesPart]:
    """Return the problem, the programme and the settings of a finished run."""
    plan = flow.take_up(run)
    years = plan.programme.plan.dropna(subset=["year"])[["work", "year"]].astype({"year": "int64"})
    return plan.programme.problem, years.reset_index(drop=True), plan.settings.programme.futures


def _invented(works: int) -> tuple[Problem, pd.DataFrame, FuturesPart]:
    """Return an invented problem with a programme, and the odds that are assumed by default."""
    problem = street_works(works)
    programme = solve(problem, seconds=30.0, gap=0.01).programme
    return problem, programme, make_settings({"city": {"name": "x"}}).programme.futures


if __name__ == "__main__":
    main()
