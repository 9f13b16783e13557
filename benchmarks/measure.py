"""One problem solved by ours and by the plain model, each in a process of its own, and judged. (nl: een opgave meten)."""

import json
import os
import subprocess
import sys
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True)
class Measured:
    """What a program found and proved, its seconds on the clock and of the processor, and its peak memory (GiB)."""

    works: int
    cost: float | None
    bound: float | None
    gap: float | None
    seconds: float
    processor: float
    memory: float


def measured(command: list[str]) -> Measured:
    """Run a program that prints a line of JSON at its end (works, cost_eur, bound_eur, gap)."""
    began = time.perf_counter()
    with tempfile.TemporaryFile("w+") as printed:
        process = subprocess.Popen(command, stdout=printed)
        _, _, used = os.wait4(process.pid, 0)
        seconds = time.perf_counter() - began
        printed.seek(0)
        lines = printed.read().strip().splitlines()
    told = json.loads(lines[-1]) if lines else {}
    cost, bound, gap = (told.get(key) for key in ("cost_eur", "bound_eur", "gap"))
    works = int(told.get("works") or 0)
    return Measured(works, cost, bound, gap, seconds, used.ru_utime + used.ru_stime, used.ru_maxrss / 1024**2)


def ours(problem: Path, programme: Path, *, seconds: float, gap: float) -> Measured:
    """Solve a folder of plain tables by `koppelkans solve`."""
    asked = ["--out", str(programme), "--seconds", str(seconds), "--gap", str(gap)]
    return measured([sys.executable, "-m", "koppelkans.cli", "solve", str(problem), *asked])


def oracle(bench: Path, problem: Path, *, seconds: float, gap: float) -> Measured:
    """Solve a folder of plain tables as one plain model."""
    asked = ["solve", str(problem), "--seconds", str(seconds), "--gap", str(gap)]
    return measured([sys.executable, str(bench / "oracle.py"), *asked])


def judged(bench: Path, problem: Path, programme: Path) -> str:
    """Return how many faults the judge of the bench finds, and its cost."""
    if not programme.exists():
        return "no programme"
    command = [sys.executable, str(bench / "oracle.py"), "judge", str(problem), str(programme)]
    done = subprocess.run(command, check=False, capture_output=True, text=True)
    if not done.stdout.strip():
        return "no programme"
    told = json.loads(done.stdout.strip().splitlines()[-1])
    return f"{told['faults']} faults, {told['cost_eur']:,}" if told["cost_eur"] is not None else str(told["first"])


def heading(what: str) -> str:
    """Return the heading of a table of lines."""
    return f"{what:<28} {'who':<6} {'seconds':>8} {'of processor':>13} {'gap':>9} {'cost':>15} {'bound':>15} {'GiB':>5}  judge"


def line(name: str, who: str, one: Measured, *, faults: str = "", note: str = "") -> str:
    """Return one measurement as a line of a table."""
    gap = "none" if one.gap is None else f"{100 * one.gap:.3f} %"
    cost, bound = ("none" if eur is None else f"{eur:,.0f}" for eur in (one.cost, one.bound))
    return (
        f"{name:<28} {who:<6} {one.seconds:>8.1f} {one.processor:>13.1f} {gap:>9} {cost:>15} {bound:>15} "
        f"{one.memory:>5.2f}  {faults}{note}"
    )
