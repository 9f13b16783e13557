"""Programming problems for the tests of the search: a few streets worked out by hand, and streets in a row."""

import numpy as np
import pandas as pd

import tiny_city
from koppelkans.programme.constraint import state
from koppelkans.programme.constraints import CONSTRAINTS
from koppelkans.programme.indexed import index_problem
from koppelkans.programme.problem import Problem
from koppelkans.programme.solve.decompose import Blocks, shared_rows, split
from tiny_city import pairs, problem, sections, works


def blocks_of(city: Problem) -> Blocks:
    said = state(index_problem(city), CONSTRAINTS)
    return split(said.rows(), shared_rows(said, CONSTRAINTS))


def two_streets(budget: int) -> Problem:
    """Return two streets with one work each, that share only a purse; each costs 10 and 90 when left undone."""
    return problem(
        years=1,
        rate=0.0,
        works=works(*((name, 2027, 2027, 2027, 10, 0, 0, 90, True, False, False) for name in ("a", "b"))),
        sections=sections(("s", 4, 1, 0, 0), ("t", 4, 1, 0, 0)),
        touches=pairs("work", "section", ("a", "s"), ("b", "t")),
        payments=pairs("work", "fund", ("a", "f"), ("b", "f")).assign(share=1.0),
        funds=pairs("fund", "year", ("f", 2027)).assign(budget_eur=budget, carries_over=False),
    )


def street(works: int = 40, *, seed: int = 1, years: int = 8) -> Problem:
    """Return a city of streets in a row with works of four owners on them."""
    chance = np.random.default_rng(seed)
    sections = works
    opens = chance.integers(2027, 2027 + years - 3, works)
    first = chance.integers(0, sections - 2, works)
    rows = pd.DataFrame({"work": [f"w{at}" for at in range(works)], "earliest_year": opens})
    rows["best_year"], rows["latest_year"] = opens + 1, opens + chance.integers(2, 4, works)
    rows["cost_eur"] = chance.integers(20_000, 200_000, works)
    rows["early_eur_per_year"], rows["late_eur_per_year"] = rows["cost_eur"] // 50, rows["cost_eur"] // 30
    rows["undone_eur"] = rows["cost_eur"] * 3
    rows["digs"], rows["resurfaces"] = chance.random(works) < 0.7, chance.random(works) < 0.4
    owner = chance.choice(["sewer", "gas", "water", "roads"], works)
    touches = pd.DataFrame(
        {"work": np.repeat(rows["work"], 2), "section": np.repeat(first, 2) + np.tile([0, 1], works)}
    )
    yearly = rows["cost_eur"].groupby(owner).sum() * 3 // years
    funds = pd.DataFrame([(fund, 2027 + year, amount, 1) for fund, amount in yearly.items() for year in range(years)])
    places = [(at, *chance.integers(10_000, 60_000, 2), 3, 40_000) for at in range(sections)]
    return tiny_city.problem(
        years=years,
        works=rows,
        sections=tiny_city.sections(*places),
        touches=touches,
        payments=pd.DataFrame({"work": rows["work"], "fund": owner, "share": 1.0}),
        funds=funds.set_axis(["fund", "year", "budget_eur", "carries_over"], axis=1),
    )
