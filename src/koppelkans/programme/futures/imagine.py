"""The programme in many sampled futures: what stays where it is, what it is worth, and what planning alone would be. (nl: verkennen)."""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
import pandas as pd

from koppelkans.programme.constraint import Outcome
from koppelkans.programme.constraints import CONSTRAINTS
from koppelkans.programme.futures.adapt import adapt
from koppelkans.programme.futures.board import board_of, copied
from koppelkans.programme.futures.draw import Odds, future
from koppelkans.programme.futures.repair import repair
from koppelkans.programme.futures.silo import apart, silo
from koppelkans.programme.judge import judge
from koppelkans.programme.problem import Problem
from koppelkans.programme.solve.highs import Effort
from koppelkans.programme.value import broken_rest, opened_sections, value_of

FUTURE_COLUMNS = {
    "future": "int64", "value_eur": "float64", "replanned_eur": "float64", "silo_eur": "float64",
    "silo_replanned_eur": "float64", "kept_share": "float64", "left_out": "int64", "silo_left_out": "int64", "faults": "int64",
}  # fmt: skip
FIRMNESS_COLUMNS = {
    "work": "str", "year": "Int64", "share_kept": "float64", "share_undone": "float64", "firm": "bool", "most_likely_year": "Int64",
}  # fmt: skip
QUANTILES = (10, 50, 90)
Progress = Callable[[float, str], None]


@dataclass(frozen=True)
class Imagined:
    """What came of a programme in sampled futures.

    Parameters
    ----------
    firmness
        Per work its year, the share of futures in which it keeps that year when all is planned again, the share in which it
        is left undone, whether it is firm, and the year it has most often (unknown: left undone).
    futures
        Per future the value of the programme as it stands (what no longer fits is left out at its undone price) and planned
        again, the same for owners who plan alone, the share of works that keep their year, how many works were left out,
        and how many demands the programme that was planned again cannot meet, according to the judge.
    silo
        What the owners plan alone (work, year).
    """

    firmness: pd.DataFrame
    futures: pd.DataFrame
    silo: pd.DataFrame


@dataclass(frozen=True)
class Sampling:
    """How many futures are drawn, with which odds and seed; the share from which a work is firm, and that of `adapt`."""

    count: int
    odds: Odds
    seed: int = 1
    firm_share: float = 0.9
    stay_share: float = 0.0


def imagine(
    problem: Problem,
    programme: pd.DataFrame,
    *,
    sampling: Sampling,
    effort: Effort,
    progress: Progress | None = None,
) -> Imagined:
    """Return what becomes of a programme in sampled futures, beside what owners plan who do not see each other.

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

    Source: Metropolis and Ulam (1949), The Monte Carlo method.
    """
    tell = progress or (lambda _share, _words: None)
    tell(0.0, "silo")
    silos = silo(problem, effort=effort)
    rows, years = [], []
    for number in range(sampling.count):
        tell(number / sampling.count, "futures")
        drawn = future(problem, sampling.odds, seed=sampling.seed, number=number)
        row, planned = _lived(drawn, programme, silos, stay_share=sampling.stay_share)
        rows.append({"future": number + 1} | row)
        years.append(planned)
    tell(1.0, "futures")
    seen = np.asarray(years, dtype=np.int64).reshape(len(rows), len(problem.works))
    table = pd.DataFrame(rows, columns=list(FUTURE_COLUMNS)).astype(FUTURE_COLUMNS)
    return Imagined(_firmness(problem, programme, seen, firm_share=sampling.firm_share), table, silos)


def figures(imagined: Imagined) -> dict[str, float | int | str | None]:
    """Return the figures of the whole: expected value and spread, and what planning together saves with its standard error.

    The saving is paired: in each future the silo less the programme, so that what is the same for both falls away; its
    standard error is the standard deviation of those differences over the square root of their number.
    """
    table = imagined.futures
    made: dict[str, float | int | str | None] = {
        "futures": len(table),
        "firm_works": int(imagined.firmness["firm"].sum()),
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
    problem: Problem, programme: pd.DataFrame, silos: pd.DataFrame, *, stay_share: float
) -> tuple[dict[str, float | int], np.ndarray]:
    """Return what one future brings, and the year of each work when all is planned again (counted from the first; -1 undone)."""
    board = board_of(problem, programme)
    repair(board)
    stood = board.programme
    row: dict[str, float | int] = {
        "value_eur": value_of(problem, stood).total_eur,
        "left_out": len(programme) - len(stood),
    }
    again = copied(board)
    adapt(again, stay_share=stay_share)
    planned = again.programme
    row["replanned_eur"] = min(value_of(problem, planned).total_eur, row["value_eur"])
    row["kept_share"] = _kept(programme, planned)
    row["faults"] = _faults(problem, planned)
    kept, moved = _alone(problem, silos, stay_share=stay_share)
    row["silo_eur"] = value_of(problem, kept).total_eur
    row["silo_left_out"] = len(silos) - len(kept)
    row["silo_replanned_eur"] = value_of(problem, moved).total_eur
    return row, again.year


def _alone(problem: Problem, silos: pd.DataFrame, *, stay_share: float) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Return what the owners' own programmes become as they stand, and when each plans again alone.

    As they stand they are held to purses and crews as a whole; limits on open streets nobody sees, and nothing is left out
    for them: that is in favour of the silo.
    """
    board = board_of(problem, silos)
    repair(board, limits=False)
    moved = board_of(apart(problem), silos)
    repair(moved)
    adapt(moved, stay_share=stay_share)
    return board.programme, moved.programme


def _kept(programme: pd.DataFrame, planned: pd.DataFrame) -> float:
    """Return the share of the works of a programme that have the same year in another."""
    return len(programme.merge(planned, on=["work", "year"])) / len(programme) if len(programme) else 1.0


def _faults(problem: Problem, programme: pd.DataFrame) -> int:
    """Return how many demands a programme breaks, according to the judge."""
    outcome = Outcome(programme, opened_sections(problem, programme), broken_rest(problem, programme))
    return int(judge(problem, outcome, constraints=CONSTRAINTS)["faults"].sum())


def _firmness(problem: Problem, programme: pd.DataFrame, seen: np.ndarray, *, firm_share: float) -> pd.DataFrame:
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
