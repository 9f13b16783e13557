import numpy as np
import pandas as pd
import pytest

import tiny_city
from koppelkans.programme.indexed import index_problem
from koppelkans.programme.value import value_of


def city(**tables: pd.DataFrame):
    return tiny_city.problem(
        works=tiny_city.works(
            ("a", 2027, 2028, 2028, 100, 3, 5, 400, True, False, False),
            ("b", 2029, 2029, 2035, 50, 0, 7, 90, True, True, False),
        ),
        sections=tiny_city.sections(("s", 20, 4, 2, 30), ("t", 10, 2, 2, 30)),
        touches=tiny_city.pairs("work", "section", ("a", "s"), ("b", "s")),
        **tables,
    )


def test_options_are_the_years_of_the_window_within_the_horizon():
    indexed = index_problem(city())
    assert indexed.option_of.tolist() == [[0, 1, -1], [-1, -1, 2]]
    assert indexed.programme(np.array([1, 2])).to_dict("list") == {"work": ["a", "b"], "year": [2028, 2029]}


def test_only_sections_that_some_work_can_open_in_a_year_are_openings():
    indexed = index_problem(city())
    assert indexed.opening_of.tolist() == [[0, 1, 2], [-1, -1, -1]]


def test_a_fixed_year_outside_the_window_is_an_option_too():
    indexed = index_problem(city(fixed=tiny_city.pairs("work", "year", ("a", 2029))))
    assert indexed.option_of[0].tolist() == [0, 1, 2]


def test_the_price_of_an_option_is_what_it_adds_to_leaving_undone():
    problem = city()
    indexed = index_problem(problem)
    done = value_of(problem, indexed.programme(np.array([0])))
    streets = done.openings_eur + done.nuisance_eur
    assert done.total_eur - streets == pytest.approx(indexed.undone_eur + indexed.option_eur[0])
