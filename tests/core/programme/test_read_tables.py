import numpy as np
import pandas as pd
import pytest

import tiny_city
from koppelkans.ground.errors import InputError
from koppelkans.programme.problem import Problem
from koppelkans.programme.read_problem import make_problem

WORK = ("a", 2027, 2027, 2028, 10, 0, 0, 20, True, False, False)


def faults(**tables: pd.DataFrame) -> list[tuple[str, str, int | None]]:
    with pytest.raises(InputError) as told:
        tiny_city.problem(**tables)
    return [(fault.where, fault.column, fault.row) for fault in told.value.faults]


def test_only_works_are_needed():
    city = tiny_city.problem(works=tiny_city.works(WORK))
    assert len(city.sections) == 0
    assert city.horizon.last == 2029


def test_names_may_be_numbers_and_yes_may_be_one():
    works = tiny_city.works(WORK).assign(work=[7], digs=[1], resurfaces=["False"]).drop(columns="mandatory")
    touches = tiny_city.pairs("work", "section", (7, 3))
    city = tiny_city.problem(works=works, sections=tiny_city.sections((3, 1, 1, 0, 1)), touches=touches)
    assert list(city.touches["work"]) == ["7"]
    assert city.works[["digs", "resurfaces", "mandatory"]].to_numpy().tolist() == [[True, False, False]]


def test_every_fault_is_told_at_once_with_its_place():
    works = tiny_city.works(WORK, WORK).astype({"cost_eur": "object"})
    works.loc[0, "cost_eur"] = "a lot"
    touches = tiny_city.pairs("work", "section", ("a", "nowhere"))
    assert faults(works=works, touches=touches) == [
        ("works", "cost_eur", 1),
        ("works", "work", 2),
        ("touches", "section", 1),
    ]


@pytest.mark.parametrize(
    ("column", "value"),
    [
        ("cost_eur", -1),
        ("cost_eur", np.inf),
        ("undone_eur", np.nan),
        ("earliest_year", 2027.5),
        ("digs", "perhaps"),
        ("work", None),
    ],
)
def test_a_value_that_cannot_be_is_a_fault(column: str, value: object):
    works = tiny_city.works(WORK).astype({column: "object"})
    works.loc[0, column] = value
    assert faults(works=works) == [("works", column, 1)]


def test_a_window_upside_down_and_a_mandatory_work_outside_the_years_are_faults():
    upside_down = ("a", 2028, 2027, 2027, 10, 0, 0, 20, True, False, False)
    outside = ("b", 2040, 2040, 2041, 10, 0, 0, 20, True, False, True)
    assert faults(works=tiny_city.works(upside_down, outside)) == [
        ("works", "latest_year", 1),
        ("works", "earliest_year", 2),
    ]


def test_a_fund_needs_every_year_and_one_rule():
    funds = pd.DataFrame({"fund": "f", "year": [2027, 2028], "budget_eur": 5, "carries_over": [True, False]})
    works = tiny_city.works((*WORK[:3], 2029, *WORK[4:]))
    payments = tiny_city.pairs("work", "fund", ("a", "f")).assign(share=0.5)
    assert faults(works=works, funds=funds, payments=payments) == [
        ("funds", "year", None),
        ("funds", "carries_over", None),
    ]


def test_a_fixed_year_outside_the_horizon_is_a_fault():
    fixed = tiny_city.pairs("work", "year", ("a", 2050))
    assert faults(works=tiny_city.works(WORK), fixed=fixed) == [("fixed", "year", 1)]


def test_a_missing_column_and_an_unknown_table_are_faults():
    works = tiny_city.works(WORK).drop(columns="cost_eur")
    assert faults(works=works, wishes=pd.DataFrame()) == [("wishes", "", None), ("works", "cost_eur", None)]


def test_many_faults_of_one_column_are_counted():
    works = pd.concat([tiny_city.works(WORK)] * 30, ignore_index=True)
    works["work"] = [f"w{at}" for at in range(30)]
    works["cost_eur"] = -1
    assert len(faults(works=works)) == 21


def test_no_year_at_all_is_a_fault():
    with pytest.raises(InputError):
        make_problem({"works": tiny_city.works(WORK)}, first_year=2027, years=0, discount_rate=0.0)


def test_every_table_of_a_problem_has_its_schema():
    city = tiny_city.problem(works=tiny_city.works(WORK))
    for name, schema in Problem.TABLES.items():
        assert list(getattr(city, name).columns) == list(schema.columns)
