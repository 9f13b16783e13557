"""A work outside its window or its fixed year is not put into a future."""

import pandas as pd

import tiny_city
from fanned import fan, plan
from koppelkans.programme.futures.placed import years_of
from koppelkans.programme.problem import Problem


def street(**tables: pd.DataFrame) -> Problem:
    """Return two works in one street, both allowed in three years."""
    made = {
        "works": tiny_city.works(*((name, 2027, 2027, 2029, 10, 0, 1, 90, True, False, False) for name in "ab")),
        "sections": tiny_city.sections(("s", 20, 0, 0, 0)),
        "touches": tiny_city.pairs("work", "section", ("a", "s"), ("b", "s")),
    }
    return tiny_city.problem(**(made | tables))


def test_a_work_outside_its_window_or_its_fixed_year_is_not_put_there():
    years = {"a": 2030, "b": 2028}
    assert plan(fan(street(), years))["work"].tolist() == ["b"]
    fixed = street(fixed=pd.DataFrame({"work": ["b"], "year": [2029]}))
    assert plan(fan(fixed, years)).empty
    assert fan(fixed, years).ground.must.tolist() == [False, True]


def test_a_programme_is_the_same_in_every_future():
    empty = fan(street())
    assert years_of(empty, pd.DataFrame({"work": ["b", "z"], "year": [2029, 2027]})).tolist() == [[-1, 2]]
