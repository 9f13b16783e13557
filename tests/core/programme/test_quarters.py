"""Futures beside each other as the quarters of a city are valued and judged as each of them by itself."""

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import tiny_city
from fanned import kept
from koppelkans.programme.constraints import CONSTRAINTS
from koppelkans.programme.futures.draw import Odds, drawn, future, futures_city
from koppelkans.programme.quarters import judged, programme_of, quarter, values
from koppelkans.programme.value import value_of

ODDS = Odds(1.0, 0.5, {"other": 0.3}, 0.3, 0.2, 0.5)


@settings(max_examples=4, deadline=None)
@given(tiny_city.cities(must=True), st.data())
def test_value_and_faults_are_those_of_each_future_by_itself(tables: dict[str, object], data: st.DataObject):
    problem = tiny_city.problem(**tables)  # type: ignore[arg-type]
    count = 3
    city = futures_city(problem, drawn(problem, ODDS, seed=5, numbers=range(count)))
    cells = [[data.draw(st.integers(-1, problem.years - 1)) for _ in problem.works["work"]] for _ in range(count)]
    years = np.asarray(cells)
    programme = programme_of(city, years)
    found, broken = values(city, programme, count), judged(city, programme, count, constraints=CONSTRAINTS).sum(axis=0)
    for number in range(count):
        alone = future(problem, ODDS, seed=5, number=number)
        done = np.flatnonzero(years[number] >= 0)
        own = pd.DataFrame(
            {"work": problem.works["work"].to_numpy()[done], "year": years[number][done] + problem.first_year}
        )
        own = own.astype({"work": "str"})
        assert found[number] == pytest.approx(value_of(alone, own).total_eur)
        assert (broken[number] == 0) == kept(alone, own).all()


def test_a_quarter_taken_out_of_the_city_is_the_future_by_itself():
    problem = tiny_city.problem(
        works=tiny_city.works(("a", 2027, 2027, 2029, 1, 0, 0, 9, True, False, False)),
        sections=tiny_city.sections(("s", 1, 0, 0, 0)),
        touches=tiny_city.pairs("work", "section", ("a", "s")),
    )
    city = futures_city(problem, drawn(problem, ODDS, seed=1, numbers=range(3)))
    alone = future(problem, ODDS, seed=1, number=2)
    mine = quarter(city, 2, 3)
    assert mine.works["work"].tolist() == ["2\na"]
    assert mine.works["cost_eur"].tolist() == alone.works["cost_eur"].tolist()
    assert mine.touches.to_dict("records") == [{"work": "2\na", "section": "2\ns", "share": 1.0}]
