"""Spoil samples of every format at random and read them: nothing but told faults may come of it.

    python tools/fuzz_readers.py --count 5000 --seed 1 [--reader csv] [--real ../shared/data]

Every reader gets `--count` spoilt files, made of the tiny samples of the tests and, with `--real`, of real files below 1 MB.
Files on which a reader stopped, hung or swelled are kept in `--keep` and end it with code 1.
"""

import argparse
import hashlib
import random
import resource
import sys
import time
from collections import Counter
from pathlib import Path
from tempfile import TemporaryDirectory

sys.path.insert(0, str(Path(__file__).parents[1] / "tests"))
from koppelkans.context.reading.opening import reading_process
from koppelkans.ground.errors import InputError
from koppelkans.ground.settings import Source
from mutations import mutated
from samples import WRITERS, Pipe

MOST_REAL = 2**20
STOPPED = ("reader stopped", "s to read", "MB of memory")
PIPES = [Pipe(f"p{at}", 1960 + at, 100, 3.0 * at) for at in range(3)]


def seeds_of(name: str, folder: Path, real: Path | None) -> tuple[Source, list[bytes]]:
    """Return how files of a format are read, and what they are made of."""
    source = Source(name="pipes", role="assets", **WRITERS[name][1](folder, PIPES))
    own = [(folder / source.path).read_bytes()]
    suffix = Path(source.path).suffix
    found = sorted(real.rglob(f"*{suffix}")) if real else []
    return source, own + [path.read_bytes() for path in found if 0 < path.stat().st_size < MOST_REAL]


def tried(name: str, *, count: int, seed: int, real: Path | None, keep: Path) -> Counter[str]:
    """Read so many spoilt files of a format, and return how often what came of it."""
    came: Counter[str] = Counter()
    rng = random.Random(f"{seed} {name}")  # noqa: S311  no secret: the same again
    process = reading_process(8, 768)
    if process is None:
        sys.exit("no process can be bounded here")
    with TemporaryDirectory() as made, process:
        source, wholes = seeds_of(name, Path(made), real)
        named = source.model_copy(update={"format": WRITERS[name][0]})
        path = Path(made) / source.path
        for _ in range(count):
            content = mutated(rng.choice(wholes), rng)
            path.write_bytes(content)
            try:
                raw = process.open(path, rng.choice((source, named)))[1]
                came["read with faults" if raw.faults or len(raw.aside) else "read"] += 1
            except InputError as problem:
                said = next(
                    (str(fault.found) for fault in problem.faults if any(one in str(fault) for one in STOPPED)), ""
                )
                came[said or "told"] += 1
                if said:
                    keep.mkdir(parents=True, exist_ok=True)
                    mark = hashlib.sha256(content).hexdigest()[:8]
                    (keep / f"{name}-{mark}{Path(source.path).suffix}").write_bytes(content)
    return came


def main() -> None:
    """Try every reader, or the one that is asked for."""
    ask = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    ask.add_argument("--count", type=int, default=5_000)
    ask.add_argument("--seed", type=int, default=1)
    ask.add_argument("--reader", choices=list(WRITERS))
    ask.add_argument("--real", type=Path)
    ask.add_argument("--keep", type=Path, default=Path("fuzzed"))
    given = ask.parse_args()
    bad = 0
    for name in [given.reader] if given.reader else WRITERS:
        began = time.time()
        came = tried(name, count=given.count, seed=given.seed, real=given.real, keep=given.keep)
        most = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss // 1024
        print(f"{name}: {time.time() - began:.0f} s, children up to {most} MB, {dict(came.most_common())}", flush=True)
        bad += sum(count for what, count in came.items() if what not in ("read", "read with faults", "told"))
    sys.exit(1 if bad else 0)


if __name__ == "__main__":
    main()
