"""Rank 10,000 works on 12 criteria under 1,000 weightings; prints seconds, peak memory and the ratio to a plain peer. (nl: meten).

Usage: python benchmarks/weigh_samples.py [--works N] [--criteria N] [--samples N] [--unknown SHARE] [--no-peer]
"""

import argparse
import resource
import sys
import time

import numpy as np
import pandas as pd

from koppelkans.ground.settings import Sensitivity
from koppelkans.weighing.method import USUAL
from koppelkans.weighing.methods import METHODS
from koppelkans.weighing.sampling import WeightDraws, acceptability, sample

SEED = 2026


def invented(works: int, criteria: int, unknown: float) -> np.ndarray:
    """Return scores of works, some of which are unknown."""
    draw = np.random.default_rng(SEED)
    scores = draw.random((works, criteria))
    scores[draw.random(scores.shape) < unknown] = np.nan
    return scores


def peer(scores: np.ndarray, weightings: np.ndarray) -> np.ndarray:
    """Return the ranks as one would write them down: per weighting the weighted mean of what is known, and pandas' rank."""
    table, known = pd.DataFrame(scores), pd.DataFrame(~np.isnan(scores))
    ranks = [
        ((table * weights).sum(axis=1) / (known * weights).sum(axis=1)).round(12).rank(ascending=False, method="min")
        for weights in weightings
    ]
    return np.array(ranks)


def peak_gib() -> float:
    """Return the peak memory of this process (GiB); Linux counts it in KiB, macOS in bytes."""
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return peak / 2**30 if sys.platform == "darwin" else peak / 2**20


def main() -> None:
    """Measure and print."""
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--works", type=int, default=10_000)
    options.add_argument("--criteria", type=int, default=12)
    options.add_argument("--samples", type=int, default=1_000)
    options.add_argument("--unknown", type=float, default=0.1)
    options.add_argument("--no-peer", action="store_true")
    chosen = options.parse_args()
    scores = invented(chosen.works, chosen.criteria, chosen.unknown)
    weights = np.full(chosen.criteria, 1.0 / chosen.criteria)
    names = pd.Index([f"w{at:06}" for at in range(chosen.works)])
    how = Sensitivity(samples=chosen.samples, seed=1)
    before = peak_gib()
    print(
        f"{chosen.works:,} works x {chosen.criteria} criteria x {chosen.samples:,} weightings, before {before:.2f} GiB"
    )
    kept: dict[str, tuple[WeightDraws, float, float]] = {}
    for method in (one for one in METHODS if not one.most):
        start, busy = time.perf_counter(), time.process_time()
        drawn = sample(scores, weights, method, USUAL, how)
        acceptability(names, drawn, top=0.1)
        clock, processor = time.perf_counter() - start, time.process_time() - busy
        kept[method.name] = (drawn, clock, processor)
        print(f"  {method.name}: {clock:.1f} s on the clock, {processor:.1f} s of processor, peak {peak_gib():.2f} GiB")
    if not chosen.no_peer:
        drawn, clock, processor = kept["weighted_sum"]
        start, busy = time.perf_counter(), time.process_time()
        found = peer(scores, drawn.weightings)
        other_clock, other_processor = time.perf_counter() - start, time.process_time() - busy
        same = (found == drawn.ranks).mean()
        print(
            f"  peer, pandas rank per weighting: {other_clock:.1f} s on the clock, {other_processor:.1f} s of processor"
        )
        print(f"  ratio to the peer: clock {clock / other_clock:.2f}, processor {processor / other_processor:.2f}")
        print(f"  ranks that are the same: {100 * same:.4f} %")


if __name__ == "__main__":
    main()
