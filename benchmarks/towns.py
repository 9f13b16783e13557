"""Our own towns to 1 %, ours beside plain HiGHS on one thread. (nl: meten van eigen plaatsen).

Usage: python benchmarks/towns.py BENCH [--towns NAME ...] [--gap G] [--seconds S ...] [--no-peer]

BENCH is a folder with `oracle.py` (which solves plain tables as one plain model, and judges a programme) and `towns/NAME`, the problems of the
invented town of the demo as plain tables: 407, 689 and 1,916 works that touch up to 17 sections, with its hours, limits and purses. Each is
solved by `koppelkans solve` and by the plain model in the same time, each in a process of its own, one after the other; the judge of the bench
recomputes the cost of ours. The goals are 1 % in 60, 60 and 120 s on two cores, and nowhere behind the plain model.
"""

import argparse
import tempfile
from pathlib import Path

from measure import heading, judged, line, oracle, ours

TOWNS = {"homes_2000": 60.0, "homes_4000": 60.0, "homes_10000": 120.0}
"""The towns, and the seconds that each may take."""


def main() -> None:
    ask = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    ask.add_argument("bench", type=Path)
    ask.add_argument("--towns", nargs="*", default=list(TOWNS))
    ask.add_argument("--gap", type=float, default=0.01)
    ask.add_argument("--seconds", type=float, help="instead of the time of each town")
    ask.add_argument("--no-peer", action="store_true", help="only ours")
    opt = ask.parse_args()
    print(heading("town"))
    with tempfile.TemporaryDirectory() as folder:
        for name in opt.towns:
            problem, programme = opt.bench / "towns" / name, Path(folder) / f"{name}.csv"
            seconds = opt.seconds or TOWNS.get(name, 60.0)
            mine = ours(problem, programme, seconds=seconds, gap=opt.gap)
            town = f"{name} ({mine.works} works)"
            print(line(town, "ours", mine, faults=judged(opt.bench, problem, programme)), flush=True)
            if not opt.no_peer:
                plain = oracle(opt.bench, problem, seconds=seconds, gap=opt.gap)
                note = "ours is behind" if mine.gap is None or (plain.gap is not None and mine.gap > plain.gap) else ""
                print(line("", "plain", plain, note=note), flush=True)


if __name__ == "__main__":
    main()
