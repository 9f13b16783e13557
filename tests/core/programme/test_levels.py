"""Levels of the opening of a section."""

import pandas as pd

import tiny_city
from koppelkans.programme.levels import levels_of, opening_costs, touch_eur
from koppelkans.programme.problem import Problem


def street() -> Problem:
    """Return a street with three works of two widths, and one with no width of its own."""
    return tiny_city.problem(
        works=tiny_city.works(*((name, 2027, 2027, 2029, 5, 0, 0, 90, True, False, False) for name in ("a", "b", "c"))),
        sections=tiny_city.sections(("s", 1, 7, 0, 0), ("t", 1, 3, 0, 0)).assign(
            base_eur=[10, 40], paving_eur=[100, 0]
        ),
        touches=pd.DataFrame(
            {"work": ["a", "b", "c", "c"], "section": ["s", "s", "s", "t"], "share": [0.7, 0.2, 0.2, 0.5]}
        ),
    )


def test_each_step_of_width_is_a_level_with_what_it_adds():
    city = street()
    levels = levels_of(city)
    assert levels.section.tolist() == [0, 0, 1]
    assert levels.eur(city.sections).round(9).tolist() == [10 + 20, 50, 40]
    assert levels.nuisance(city.sections).tolist() == [7, 0, 3]
    touch, level = levels.needs()
    assert list(zip(touch.tolist(), level.tolist(), strict=True)) == [(0, 0), (0, 1), (1, 0), (2, 0), (3, 2)]


def test_without_shares_a_section_has_one_level_at_its_old_price():
    city = tiny_city.problem(
        works=tiny_city.works(("a", 2027, 2027, 2029, 5, 0, 0, 90, True, False, False)),
        sections=tiny_city.sections(("s", 6, 7, 0, 0), ("t", 8, 3, 0, 0)),
        touches=tiny_city.pairs("work", "section", ("a", "t")),
    )
    levels = levels_of(city)
    assert levels.eur(city.sections).tolist() == [6, 8]
    assert levels.of_touch.tolist() == [1]


def test_an_opening_costs_the_widest_work_of_its_year():
    programme = pd.DataFrame({"work": ["a", "b", "c"], "year": [2027, 2027, 2028]}).astype({"work": "str"})
    costs = opening_costs(street(), programme)
    assert costs[["section", "year", "opening_eur"]].to_numpy().tolist() == [
        ["s", 2027, 80],
        ["s", 2028, 30],
        ["t", 2028, 40],
    ]
    assert touch_eur(street()).tolist() == [80, 30, 30, 40]
