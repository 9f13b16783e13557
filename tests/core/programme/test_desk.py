from dataclasses import replace

import pandas as pd
import pytest

import tiny_city
from koppelkans.ground.errors import InputError
from koppelkans.programme.desk import lay_out
from koppelkans.programme.problem import Problem


def city() -> Problem:
    return tiny_city.problem(
        years=2,
        rate=0.0,
        works=tiny_city.works(
            ("a", 2027, 2027, 2028, 10, 0, 3, 20, True, False, False),
            ("b", 2027, 2027, 2028, 10, 0, 3, 20, True, False, False),
        ),
        payments=pd.DataFrame({"work": ["a", "b"], "fund": "f", "share": 1.0}),
        funds=pd.DataFrame({"fund": "f", "year": [2027, 2028], "budget_eur": [10, 10], "carries_over": False}),
        promises=pd.DataFrame({"work": ["a", "b"], "year": [2028, 2030], "move_eur": 1}),
    )


def test_a_desk_knows_years_promises_value_and_gap():
    desk = lay_out(city(), pd.DataFrame({"work": ["a"], "year": [2028]}), bound_eur=20.0)
    assert desk.year_of.tolist() == [1, -1]
    assert desk.promised.tolist() == [1, -1], "2030 is not planned"
    assert desk.value.total_eur == 10 + 3 + 20 + 1
    assert desk.gap == pytest.approx(14 / 34)


def test_a_gap_without_a_bound_is_unknown():
    assert pd.isna(lay_out(city(), pd.DataFrame({"work": ["a"], "year": [2028]})).gap)


def test_a_programme_that_breaks_a_demand_is_refused_with_the_reason():
    with pytest.raises(InputError) as problem:
        lay_out(city(), pd.DataFrame({"work": ["a", "b"], "year": 2027}))
    assert "f is overdrawn in 2027 by 10 euros" in str(problem.value)


def test_a_desk_without_anything_to_choose_is_a_desk_too():
    late = tiny_city.works(("a", 2040, 2040, 2041, 10, 0, 3, 20, True, False, False))
    desk = lay_out(tiny_city.problem(works=late), pd.DataFrame({"work": [], "year": []}))
    assert desk.value.total_eur == 20
    assert desk.rows.choices == 0


def test_a_work_is_found_by_its_key_and_by_a_name_that_is_its_own():
    named, double = (
        lay_out(replace(city(), works=city().works.assign(name=names)), pd.DataFrame({"work": ["a"], "year": [2028]}))
        for names in (["Riool", "Gas"], ["Riool", "Riool"])
    )
    assert [named.work_called(text) for text in ("a", "riool", "Water")] == ["a", "a", "Water"]
    with pytest.raises(InputError, match="2 may be meant"):
        double.work_called("Riool")
