"""Small problems to 0.1 %, ours beside plain HiGHS on one thread. (nl: meten van kleine opgaven).

Usage: python benchmarks/small_problems.py BENCH [--seeds N ...] [--tight T ...] [--sections S ...] [--gap G] [--seconds S] [--no-peer]

BENCH is a folder with `make_problem.py` (which writes a problem as plain tables) and `oracle.py` (which solves it as one plain model, and
judges a programme). For every seed and tightness a problem of 160 to 600 works is made; `koppelkans solve` and the plain model then solve it,
each in a process of its own, one after the other, and the judge of the bench recomputes the cost of ours. One line per problem, and which of
them miss the goal: at most 1.1 times the plain model plus 2 s, and at most 0.01 % dearer. Times are those of the whole process.
"""

import argparse
import subprocess
import sys
import tempfile
from pathlib import Path

from measure import Measured, heading, judged, line, oracle, ours

SLOWER, SECONDS_MORE = 1.1, 2.0
"""At most so many times the time of the plain model, and so many seconds more."""
DEARER = 1e-4
"""At most this share above the cost of the plain model."""


def made(bench: Path, folder: Path, *, sections: int, seed: int, tight: float) -> Path:
    """Write a problem of the bench as plain tables and return its folder."""
    out = folder / f"seed{seed}_tight{tight:g}"
    asked = ["--sections", str(sections), "--seed", str(seed), "--tight", str(tight), "--out", str(out)]
    subprocess.run([sys.executable, str(bench / "make_problem.py"), *asked], check=True, stdout=subprocess.DEVNULL)
    return out


def misses(mine: Measured, plain: Measured) -> str:
    """Return which goals a problem misses, in words; empty where it misses none."""
    found = []
    if mine.seconds > SLOWER * plain.seconds + SECONDS_MORE:
        found.append("slower")
    if mine.cost is None or (plain.cost is not None and mine.cost > plain.cost * (1 + DEARER)):
        found.append("dearer")
    return ", ".join(found)


def main() -> None:
    ask = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    ask.add_argument("bench", type=Path)
    ask.add_argument("--seeds", nargs="*", type=int, default=list(range(1, 11)))
    ask.add_argument("--tight", nargs="*", type=float, default=[0.3, 1.08])
    ask.add_argument("--sections", nargs="*", type=int, default=[220, 250, 280, 310, 340, 370, 400, 440, 480, 520])
    ask.add_argument("--gap", type=float, default=0.001)
    ask.add_argument("--seconds", type=float, default=120)
    ask.add_argument("--no-peer", action="store_true", help="only ours")
    opt = ask.parse_args()
    print(heading("problem"))
    with tempfile.TemporaryDirectory() as folder:
        for at, seed in enumerate(opt.seeds):
            sections = opt.sections[at % len(opt.sections)]
            for tight in opt.tight:
                problem = made(opt.bench, Path(folder), sections=sections, seed=seed, tight=tight)
                programme = problem / "programme.csv"
                mine = ours(problem, programme, seconds=opt.seconds, gap=opt.gap)
                name = f"{problem.name} ({mine.works} works)"
                print(line(name, "ours", mine, faults=judged(opt.bench, problem, programme)), flush=True)
                if not opt.no_peer:
                    plain = oracle(opt.bench, problem, seconds=opt.seconds, gap=opt.gap)
                    print(line("", "plain", plain, note=misses(mine, plain)), flush=True)


if __name__ == "__main__":
    main()
