"""Split every bundle of a city of thousands of works, with the core check, beside plain Python over all orders. (nl: meten).

Usage: python benchmarks/split.py [--works N]

An invented grid of sections; works of seven owners open one to four neighbouring sections in a year drawn near each other. The
peer walks through every order of arrival (itertools.permutations) for the bundles of at most seven owners.
"""

import argparse
import time
from itertools import permutations

import numpy as np
import pandas as pd

from koppelkans.programme.fair.opening_game import OpeningGame, worst_group
from koppelkans.programme.fair.shapley import fair_shares
from koppelkans.programme.fair.split import Split, bundle_games, split_bundles
from koppelkans.programme.problem import Problem
from koppelkans.programme.read_problem import make_problem

OWNERS = np.array(["city", "water", "gas", "power", "heat", "telecom", "board"])
SEED, YEARS, FIRST = 2026, 15, 2027


def city(count: int) -> tuple[Problem, pd.DataFrame]:
    """Return a city with so many works, and a programme in which works near each other often share a year."""
    draw = np.random.default_rng(SEED)
    sections = max(10, round(count * 1.1))
    works = pd.DataFrame(
        {
            "work": np.char.add("w", np.arange(count).astype(str)), "owner": OWNERS[draw.integers(0, len(OWNERS), count)],
            "earliest_year": FIRST, "best_year": FIRST, "latest_year": FIRST + YEARS - 1, "cost_eur": 100_000,
            "early_eur_per_year": 1, "late_eur_per_year": 1, "undone_eur": 300_000, "digs": True, "resurfaces": False,
        }
    )  # fmt: skip
    start, length = draw.integers(0, sections, count), draw.integers(1, 5, count)
    touches = [
        (at, (first + step) % sections)
        for at, (first, many) in enumerate(zip(start, length, strict=True))
        for step in range(many)
    ]
    pairs = np.asarray(touches)
    tables = {
        "works": works,
        "sections": pd.DataFrame(
            {"section": np.arange(sections), "opening_eur": draw.integers(20_000, 120_000, sections), "nuisance_eur": 0, "rest_years": 5, "breach_eur": 0}
        ),
        "touches": pd.DataFrame({"work": works["work"].to_numpy()[pairs[:, 0]], "section": pairs[:, 1]}),
    }  # fmt: skip
    year = FIRST + ((start // 12) + draw.integers(0, 2, count)) % YEARS
    programme = pd.DataFrame({"work": works["work"], "year": year})
    return make_problem(tables, first_year=FIRST, years=YEARS, discount_rate=0.0225), programme


def by_orders(problem: Problem, programme: pd.DataFrame) -> dict[tuple[str, str], float]:
    """Return the share of each owner of each bundle by walking through all orders, in plain Python."""
    made = {}
    for name, (owners, game) in bundle_games(problem, programme).items():
        terms = list(zip(game.pays.tolist(), game.pays_eur.tolist(), strict=True))
        made |= {(name, owner): eur for owner, eur in zip(owners, shares_by_orders(len(owners), terms), strict=True)}
    return made


def shares_by_orders(owners: int, terms: list[tuple[int, float]]) -> list[float]:
    """Return the share of each owner of one bundle, from every order in which they can arrive."""
    paid, orders = [0.0] * owners, 0
    for order in permutations(range(owners)):
        orders += 1
        left = terms
        for owner in order:
            paid[owner] += sum(eur for needs, eur in left if needs >> owner & 1)
            left = [(needs, eur) for needs, eur in left if not needs >> owner & 1]
    return [amount / orders for amount in paid]


def one_street(owners: int) -> str:
    """Measure one bundle of many owners: all groups at once beside all orders in plain Python."""
    draw = np.random.default_rng(SEED)
    masks = draw.integers(1, 1 << owners, 40)
    game = OpeningGame(owners, masks, draw.integers(1, 100, 40).astype(float), masks[:0], np.zeros(0))
    start = time.perf_counter()
    shares = fair_shares(game.costs, owners)
    worst_group(game, shares.eur)
    own = time.perf_counter() - start
    start = time.perf_counter()
    peer = shares_by_orders(owners, list(zip(game.pays.tolist(), game.pays_eur.tolist(), strict=True)))
    slow = time.perf_counter() - start
    off = float(np.abs(shares.eur - peer).max())
    return f"one bundle of {owners} owners: {1000 * own:.1f} ms; peer {slow:.2f} s, {slow / own:.0f} times as long; difference {off:.1e} euro"


def check(found: Split, peer: dict[tuple[str, str], float]) -> float:
    """Return the largest difference between the two (eur); shares are whole euros, so below one."""
    own = found.shares.set_index(["bundle", "owner"])["fair_eur"]
    return float(max(abs(own[key] - amount) for key, amount in peer.items()))


def main() -> None:
    """Measure and print."""
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--works", type=int, default=3_796)
    problem, programme = city(options.parse_args().works)
    start = time.perf_counter()
    found = split_bundles(problem, programme)
    own = time.perf_counter() - start
    start = time.perf_counter()
    peer = by_orders(problem, programme)
    slow = time.perf_counter() - start
    sizes = found.shares.groupby("bundle")["owner"].size().value_counts().sort_index().to_dict()
    print(f"{len(problem.works):,} works, {len(found.core):,} bundles, owners per bundle {sizes}")
    print(f"  fair split of all bundles with the core check: {own:.2f} s")
    print(f"  peer, plain Python over all orders, no core check: {slow:.2f} s, {slow / own:.1f} times as long")
    print(f"  largest difference {check(found, peer):.2f} euro (shares are whole euros)")
    print(f"  {one_street(8)}")
    print(f"  every bundle in the core: {bool(found.core['in_core'].all())}")


if __name__ == "__main__":
    main()
