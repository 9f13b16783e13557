"""How fast a moved work is answered, and why, in a city of thousands of works. (nl: meten van bijsturen).

Usage: python benchmarks/replan.py [FOLDER] [--works N] [--moves N] [--seconds S]

FOLDER holds plain tables and, where there is one, programme.csv; without it the invented city of street_works.py is used. Where there is no
programme, one is made first. Every answer is a programme that was judged from the tables; a move that cannot be is answered with the clash.
"""

import argparse
import time
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pandas as pd

import koppelkans as kk
from street_works import street_works

SEED = 2026


def timed(asked: Callable[[], object]) -> tuple[float, float, bool]:
    """Return seconds on the clock and of the processor, and whether there was an answer other than a clash."""
    clock, busy = time.perf_counter(), time.process_time()
    try:
        asked()
    except kk.NoProgrammeError:
        return time.perf_counter() - clock, time.process_time() - busy, False
    return time.perf_counter() - clock, time.process_time() - busy, True


def table(name: str, times: list[tuple[float, float, bool]]) -> None:
    """Print the middle, the 95th of a hundred and the slowest."""
    clock, busy = (np.array([row[at] for row in times]) for at in (0, 1))
    met = sum(row[2] for row in times)
    shown = " ".join(f"{np.percentile(clock, at):.2f}" for at in (50, 95, 100))
    shown += " | " + " ".join(f"{np.percentile(busy, at):.2f}" for at in (50, 95, 100))
    print(f"{name:<34} p50 p95 most: clock {shown} processor (s); {met} of {len(times)} could be", flush=True)


def laid_out(folder: Path | None, works: int, seconds: float) -> kk.Desk:
    """Return the city with its programme on the desk."""
    problem = street_works(works) if folder is None else kk.read_problem(folder)
    given = (
        None
        if folder is None
        else next((folder / name for name in ("programme.csv", "_programme.csv") if (folder / name).is_file()), None)
    )
    if given is not None:
        return kk.lay_out(problem, pd.read_csv(given, dtype={"work": "str"}))
    solved = kk.solve(problem, seconds=seconds, gap=0.005)
    print(f"made a programme: gap {solved.gap:.4f}", flush=True)
    return kk.lay_out(problem, solved.programme, bound_eur=solved.bound_eur)


def main() -> None:
    """Measure."""
    asked = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    asked.add_argument("folder", type=Path, nargs="?")
    asked.add_argument("--works", type=int, default=3_796)
    asked.add_argument("--moves", type=int, default=50)
    asked.add_argument("--seconds", type=float, default=60.0)
    given = asked.parse_args()
    desk = laid_out(given.folder, given.works, given.seconds)
    first = timed(lambda: kk.lay_out(desk.problem, desk.programme))
    print(f"{len(desk.problem.works)} works, {len(desk.programme)} done; laid out in {first[0]:.1f} s", flush=True)
    draw = np.random.default_rng(SEED)
    options = desk.moves
    other = options[
        options["year"].to_numpy() != options["work"].map(desk.programme.set_index("work")["year"]).to_numpy()
    ]
    drawn = other.iloc[draw.integers(0, len(other), given.moves)]
    moved = [timed(lambda row=row: kk.move(desk, row.work, int(row.year))) for row in drawn.itertuples()]
    table("a moved work", moved)
    free = int(drawn["blocked_by"].isna().sum())
    print(f"{free} of the moves were free, the others had to make room", flush=True)
    table("why, all else held", [timed(lambda work=work: kk.why(desk, work)) for work in drawn["work"]])
    table(
        "why, all else planned anew",
        [timed(lambda work=work: kk.why(desk, work, reoptimise=True)) for work in drawn["work"][:15]],
    )
    year = int(desk.problem.first_year) + 2
    budget = desk.problem.funds[desk.problem.funds["year"] == year].iloc[0]
    for share in (0.05, 0.2):
        less = round(float(budget["budget_eur"]) * share)
        table(f"a budget cut by {share:.0%}", [timed(lambda less=less: kk.cut(desk, str(budget["fund"]), year, less))])
    owner = str(desk.problem.works["owner"].dropna().mode().iloc[0])
    table(f"{owner} slips a year", [timed(lambda: kk.slip(desk, owner, 1))])


if __name__ == "__main__":
    main()
