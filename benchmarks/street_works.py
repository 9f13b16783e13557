"""An invented city of street works as plain tables, for benchmarks: districts of streets with works that nearly meet. (nl: proefstad)."""

import numpy as np
import pandas as pd

from koppelkans.programme.problem import Problem
from koppelkans.programme.read_problem import make_problem

FIRST, YEARS = 2027, 15
STREET = 8
"""Sections of one street; works lie along a street."""
KINDS = {
    "sewer": ("city", 900.0, 0.5, (True, True)),
    "water": ("water", 350.0, 0.7, (True, False)),
    "power": ("grid", 250.0, 0.9, (True, False)),
    "paving": ("city", 500.0, 0.6, (False, True)),
}
"""Owner, price per metre, hours per thousand euros, and whether it digs and leaves new paving."""
SECTION_M = 90.0


def street_works(count: int, *, seed: int = 7, promised: float = 0.05) -> Problem:
    """Return a city of so many works, in which money and hours of an average year just do not suffice for all.

    Works of one street fall due around the same year, so that they can meet; a part of those of the first years is promised.
    """
    draw = np.random.default_rng(seed)
    streets = max(2, count // 4)
    kind = np.array(list(KINDS))[draw.integers(0, len(KINDS), count)]
    street = draw.integers(0, streets, count)
    length = draw.integers(1, STREET + 1, count)
    start = draw.integers(0, STREET - length + 1)
    due = draw.integers(FIRST - 1, FIRST + YEARS, streets)[street] + draw.integers(-2, 3, count)
    room = draw.integers(1, 4, count)
    earliest = np.clip(due - room, FIRST, FIRST + YEARS - 1)
    latest = np.maximum(earliest, due + room)
    price = np.array([KINDS[name][1] for name in kind])
    cost = np.round(price * SECTION_M * length * draw.uniform(0.8, 1.25, count))
    names = np.char.add("W", np.char.zfill(np.arange(count).astype(str), 6))
    works = pd.DataFrame(
        {
            "work": names, "owner": [KINDS[name][0] for name in kind], "earliest_year": earliest, "best_year": due,
            "latest_year": latest, "cost_eur": cost, "early_eur_per_year": np.round(cost * 0.02),
            "late_eur_per_year": np.round(cost * 0.04), "undone_eur": np.round(cost * draw.uniform(1.1, 2.2, count)),
            "digs": [KINDS[name][3][0] for name in kind], "resurfaces": [KINDS[name][3][1] for name in kind],
        }
    )  # fmt: skip
    section = np.array([f"S{at:06}" for at in range(streets * STREET)])
    work, step = np.repeat(np.arange(count), length), np.concatenate([np.arange(many) for many in length])
    tables = {
        "works": works,
        "sections": pd.DataFrame(
            {
                "section": section, "opening_eur": np.round(draw.uniform(8e3, 4e4, len(section))),
                "nuisance_eur": np.round(draw.uniform(1e3, 9e3, len(section))), "rest_years": 5, "breach_eur": 5_000,
            }
        ),
        "touches": pd.DataFrame({"work": names[work], "section": section[street[work] * STREET + start[work] + step]}),
    } | _scarce(works, kind, draw)  # fmt: skip
    districts = np.arange(len(section)) // (STREET * 12)
    tables["limits"] = pd.DataFrame({"limit": [f"D{at}" for at in np.unique(districts)], "open_sections": STREET * 4})
    tables["limit_members"] = pd.DataFrame({"limit": np.char.add("D", districts.astype(str)), "section": section})
    soon = works[(works["best_year"].between(FIRST, FIRST + 2)) & (draw.random(count) < promised * 5)]
    tables["promises"] = pd.DataFrame({"work": soon["work"], "year": soon["best_year"], "move_eur": 2_000})
    return make_problem(tables, first_year=FIRST, years=YEARS, discount_rate=0.0225)


def _scarce(works: pd.DataFrame, kind: np.ndarray, draw: np.random.Generator) -> dict[str, pd.DataFrame]:
    """Return purses and crews that hold in each year 95 % of what an even spread would ask, give or take a tenth."""
    years = np.arange(FIRST, FIRST + YEARS)
    made: dict[str, pd.DataFrame] = {"payments": pd.DataFrame({"work": works["work"], "fund": kind, "share": 1.0})}
    hours = works["cost_eur"] / 1_000 * np.array([KINDS[name][2] for name in kind])
    made["efforts"] = pd.DataFrame({"work": works["work"], "crew": works["owner"], "hours": hours.round()})
    for table, key, by, asked, column in (
        ("funds", "fund", kind, works["cost_eur"], "budget_eur"),
        ("crews", "crew", works["owner"], hours, "hours"),
    ):
        need = asked.groupby(np.asarray(by)).sum() / YEARS
        rows = [
            (name, year, round(0.95 * per * draw.uniform(0.9, 1.1))) for name, per in need.items() for year in years
        ]
        made[table] = pd.DataFrame(rows, columns=[key, "year", column])
    made["funds"]["carries_over"] = made["funds"]["fund"] == "sewer"
    return made
