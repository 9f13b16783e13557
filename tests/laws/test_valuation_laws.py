"""One value, worked out twice: from plain tables for the judge, and on arrays for statement, other years and futures."""

from random import Random
from typing import Any

import numpy as np
import pandas as pd
import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

import tiny_city
from fanned import fan
from koppelkans.programme.constraint import state
from koppelkans.programme.constraints import CONSTRAINTS
from koppelkans.programme.futures.batch import worth
from koppelkans.programme.indexed import index_problem, positions
from koppelkans.programme.moves import moves
from koppelkans.programme.value import value_of
from often import few

LIGHT = settings(
    max_examples=8,
    deadline=None,
    suppress_health_check=list(HealthCheck),
    phases=[Phase.explicit, Phase.generate],
)


@LIGHT
@given(tiny_city.cities(paid=True), st.randoms(use_true_random=False))
def test_widths_of_openings_are_counted_alike(tables: dict[str, Any], chance: Random):
    valued_alike(tables, chance)


@LIGHT
@given(tiny_city.cities(), st.randoms(use_true_random=False))
def test_statement_other_years_and_futures_say_what_the_tables_say(tables: dict[str, Any], chance: Random):
    valued_alike(tables, chance)


@settings(LIGHT, max_examples=few(5))
@given(tiny_city.cities(long=True, paid=True), st.randoms(use_true_random=False))
def test_works_of_several_years_are_counted_alike(tables: dict[str, Any], chance: Random):
    valued_alike(tables, chance, futures=False)


def valued_alike(tables: dict[str, Any], chance: Random, *, futures: bool = True) -> None:
    city = tiny_city.problem(**tables)
    book = tiny_city.Book(city)
    allowed = [chosen for chosen in tiny_city.every_programme(city) if book.cost(chosen) is not None]
    chosen = chance.choice(allowed)
    programme = pd.DataFrame({"work": list(chosen), "year": list(chosen.values())}).astype({"work": "str", "year": int})
    told = value_of(city, programme).total_eur
    if futures:
        assert worth(fan(city, chosen))[0] == pytest.approx(told, abs=1e-9)
    indexed = index_problem(city)
    assert indexed.undone_eur == pytest.approx(value_of(city, programme.iloc[:0]).total_eur, abs=1e-9)
    if len(indexed.option_work):
        rows = state(indexed, CONSTRAINTS).rows()
        taken = np.zeros(rows.choices, dtype=bool)
        work, year = positions(programme["work"], city.works["work"]), programme["year"].to_numpy() - city.first_year
        taken[indexed.option_of[work, year]] = True
        assert rows.value(rows.complete(taken)) == pytest.approx(told, abs=1e-9)
    for row in moves(city, programme).to_dict("records"):
        moved = {**chosen, row["work"]: row["year"]}
        after = pd.DataFrame({"work": list(moved), "year": list(moved.values())}).astype({"work": "str"})
        assert value_of(city, after).total_eur - told == pytest.approx(row["extra_eur"], abs=1e-9)
