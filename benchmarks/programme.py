"""How soon a programme is proven, beside the plain model in one solver, on problems of any size. (nl: meten van programmeren).

Usage: python benchmarks/programme.py [FOLDER ...] [--works N ...] [--gap G ...] [--seconds S] [--peer ORACLE] [--peer-seconds S]

Each FOLDER holds plain tables (see docs/how-to/solve-plain-tables.md); without any, the invented city of street_works.py is used with
--works (default 1150 and 3800). Every problem is solved by `koppelkans solve` in a process of its own, once per --gap, so that the time holds
everything from reading the tables to writing the programme, and the memory is that of the whole process. The peer is the same model handed
to HiGHS as it stands; or, with --peer, a program of your own that takes `solve FOLDER --seconds S --gap G` and `judge FOLDER PROGRAMME`
and prints a line of JSON. Both run in the same run, one after the other.
"""

import argparse
import json
import os
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from koppelkans.programme.constraint import state
from koppelkans.programme.constraints import CONSTRAINTS
from koppelkans.programme.indexed import index_problem
from koppelkans.programme.problem import Problem
from koppelkans.programme.read_problem import read_problem
from koppelkans.programme.solve.highs import Effort, search
from koppelkans.programme.solve.incumbent import gap_of
from street_works import street_works


def measured(command: list[str]) -> tuple[dict[str, object], float, float]:
    """Return what a command printed as its last line of JSON, its seconds on the clock and its peak memory (GiB)."""
    began = time.perf_counter()
    with tempfile.TemporaryFile("w+") as printed:
        process = subprocess.Popen(command, stdout=printed)
        _, _, used = os.wait4(process.pid, 0)
        seconds = time.perf_counter() - began
        printed.seek(0)
        lines = printed.read().strip().splitlines()
    return (json.loads(lines[-1]) if lines else {}), seconds, used.ru_maxrss / 1024**2


def written(works: int, folder: Path) -> Path:
    """Write an invented problem as plain tables and return its folder."""
    problem = street_works(works)
    folder.mkdir(parents=True)
    for name in Problem.TABLES:
        getattr(problem, name).to_csv(folder / f"{name}.csv", index=False)
    told = {"first_year": problem.first_year, "years": problem.years, "discount_rate": problem.discount_rate}
    (folder / "problem.json").write_text(json.dumps(told))
    return folder


def plain(folder: Path, *, gap: float, seconds: float) -> dict[str, object]:
    """Return what HiGHS finds on the model as it stands, in one run."""
    rows = state(index_problem(read_problem(folder)), CONSTRAINTS).rows()
    found = search(rows, Effort(seconds=seconds, gap=gap))
    value = rows.value(rows.complete(found.chosen)) if found.chosen is not None else float("inf")
    return {"cost_eur": value, "bound_eur": found.bound, "gap": gap_of(value, found.bound)}


def shown(who: str, told: dict[str, object], seconds: float, memory: float | None) -> None:
    """Print a line."""
    gap = told.get("gap")
    known = (
        "no programme"
        if gap is None
        else f"value {told['cost_eur']:>14,.0f}  bound {told['bound_eur']:>14,.0f}  gap {gap:.5f}"
    )
    peak = "" if memory is None else f"  peak {memory:.2f} GiB"
    print(f"  {who:<24} {known}  {seconds:6.1f} s{peak}", flush=True)


def compared(folder: Path, *, gaps: list[float], seconds: float, peer: Path | None, peer_seconds: float) -> None:
    """Solve one folder for each gap, and let the peer try once at the smallest."""
    print(f"{folder}:", flush=True)
    out = Path(tempfile.mkdtemp()) / "programme.csv"
    ours = 0.0
    for gap in gaps:
        command = [sys.executable, "-m", "koppelkans.cli", "solve", str(folder), "--out", str(out)]
        told, ours, memory = measured([*command, "--seconds", str(seconds), "--gap", str(gap)])
        shown(f"koppelkans, gap {gap:g}", told, ours, memory)
        if told.get("faults"):
            print(f"  faults: {told['faults']}")
    if peer is None:
        began = time.perf_counter()
        shown("plain HiGHS", plain(folder, gap=gaps[-1], seconds=peer_seconds), time.perf_counter() - began, None)
    else:
        judged, _, _ = measured([sys.executable, str(peer), "judge", str(folder), str(out)])
        print(f"  the judge of the peer: {judged}")
        asked = ["solve", str(folder), "--seconds", str(peer_seconds), "--gap", str(gaps[-1])]
        told, theirs, memory = measured([sys.executable, str(peer), *asked])
        shown("peer", told, theirs, memory)
        print(f"  time of ours / time of the peer: {ours / theirs:.2f}", flush=True)


def main() -> None:
    ask = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    ask.add_argument("folders", nargs="*", type=Path)
    ask.add_argument("--works", nargs="*", type=int, default=[1150, 3800])
    ask.add_argument("--gap", nargs="*", type=float, default=[0.005, 0.001])
    ask.add_argument("--seconds", type=float, default=120)
    ask.add_argument("--peer", type=Path)
    ask.add_argument("--peer-seconds", type=float, default=120)
    opt = ask.parse_args()
    with tempfile.TemporaryDirectory() as made:
        folders = opt.folders or [written(works, Path(made) / f"{works}-works") for works in opt.works]
        for folder in folders:
            compared(folder, gaps=opt.gap, seconds=opt.seconds, peer=opt.peer, peer_seconds=opt.peer_seconds)


if __name__ == "__main__":
    main()
