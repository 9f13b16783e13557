"""Openings that the purses pay: cases worked by hand, and the same answers as the judge of the bench where it is present."""

import importlib.util
import json
from dataclasses import replace
from pathlib import Path
from random import Random
from tempfile import TemporaryDirectory
from types import ModuleType
from typing import Any

import numpy as np
import pandas as pd
import pytest
from hypothesis import HealthCheck, Phase, assume, given, settings
from hypothesis import strategies as st

import tiny_city
from koppelkans.programme.constraint import Outcome
from koppelkans.programme.constraints import CONSTRAINTS
from koppelkans.programme.constraints.paid_opening import unpaid
from koppelkans.programme.problem import Problem
from koppelkans.programme.solve.highs import Effort
from koppelkans.programme.solve_problem import solve_problem
from koppelkans.programme.value import broken_rest, opened_sections, value_of
from often import few

LIGHT = settings(
    max_examples=few(5),
    deadline=None,
    suppress_health_check=list(HealthCheck),
    phases=[Phase.explicit, Phase.generate],
)
ORACLE = Path(__file__).parents[2].parent / "shared" / "bench" / "oracle.py"
TABLES = ("works", "sections", "touches", "payments", "funds", "efforts", "crews", "limits", "limit_members")


def oracle() -> ModuleType:
    """Return the judge of the bench, or skip the test by its name."""
    if not ORACLE.exists():
        pytest.skip(f"{ORACLE.name} of the bench is not here")
    spec = importlib.util.spec_from_file_location("oracle", ORACLE)
    assert spec is not None
    assert spec.loader is not None
    made = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(made)
    return made


def street(*, sewer: int, power: int, years: int = 1, carries: bool = False) -> Problem:
    """Return a street of 10 to set up and 100 to pave, with a sewer of 50 (0.7 of the width) and a cable of 20 (0.2)."""
    span = range(2027, 2027 + years)
    funds = [(fund, year, eur, carries) for fund, eur in (("sewer", sewer), ("power", power)) for year in span]
    return tiny_city.problem(
        years=years,
        rate=0.0,
        openings_paid=True,
        works=tiny_city.works(
            ("sewer", 2027, 2027, span[-1], 50, 0, 0, 500, True, False, False),
            ("cable", 2027, 2027, span[-1], 20, 0, 0, 500, True, False, False),
        ),
        sections=tiny_city.sections(("s", 999, 7, 0, 0)).assign(base_eur=10, paving_eur=100),
        touches=pd.DataFrame({"work": ["sewer", "cable"], "section": "s", "share": [0.7, 0.2]}),
        payments=pd.DataFrame({"work": ["sewer", "cable"], "fund": ["sewer", "power"], "share": 1.0}),
        funds=pd.DataFrame(funds, columns=["fund", "year", "budget_eur", "carries_over"]),
    )


def both(year: int = 2027) -> pd.DataFrame:
    return pd.DataFrame({"work": ["sewer", "cable"], "year": [2027, year]}).astype({"work": "str"})


def lacks(city: Problem, programme: pd.DataFrame) -> dict[int, float]:
    return unpaid(city, programme).set_index("year")["eur"].round(6).to_dict()


def test_an_opening_costs_its_set_up_and_the_widest_work_there():
    value = value_of(street(sewer=999, power=999), both())
    assert value.openings_eur == 10 + 100 * 0.7
    assert value.nuisance_eur == 7


def test_two_openings_each_cost_their_own_width():
    value = value_of(street(sewer=999, power=999, years=2), both(2028))
    assert value.openings_eur == 2 * 10 + 100 * 0.7 + 100 * 0.2


@pytest.mark.parametrize(
    ("sewer", "power", "lacking"),
    [
        (50 + 80, 20, 0),  # the sewer alone needs, and may pay, all 80
        (50 + 50, 20 + 30, 0),  # the cable pays the 30 that it needs too
        (50 + 49, 20 + 30, 1),  # above its width the cable pays nothing
        (50 + 49, 20 + 999, 1),  # however much it has
        (50 + 60, 20 + 15, 5),
    ],
)
def test_nobody_pays_for_width_that_he_does_not_need(sewer: int, power: int, lacking: float):
    found = lacks(street(sewer=sewer, power=power), both())
    assert found == ({2027: lacking} if lacking else {})


def test_what_is_left_pays_a_later_opening_only_where_it_carries_over():
    later = pd.DataFrame({"work": ["cable"], "year": [2028]})
    kept, lost = (street(sewer=0, power=25, years=2, carries=carries) for carries in (True, False))
    assert lacks(kept, later) == {}
    assert lacks(lost, later) == {2028: 25}


def test_of_an_opening_a_purse_pays_its_share_of_the_work_and_nobody_the_rest():
    city = street(sewer=0, power=20 * 0.25 + 30 * 0.25)
    shared = city.payments.assign(share=0.25)
    part = replace(city, payments=shared)
    assert lacks(part, both().iloc[1:]) == {}
    poor = replace(part, funds=city.funds.assign(budget_eur=5 + 7))
    assert lacks(poor, both().iloc[1:]) == {2027: 0.5}


@pytest.mark.parametrize(("sewer", "lacking"), [(50 + 15 + 50, 0), (50 + 15 + 49, 1), (50 + 9, 56)])
def test_the_silence_of_one_owner_does_not_pay_for_another(sewer: int, lacking: float):
    city = street(sewer=sewer, power=0)
    city = replace(city, works=city.works.assign(owner=["gemeente", "netbeheerder"]))
    city = replace(city, funds=city.funds.assign(basis=["given", "assumed"]))
    assert lacks(city, both()) == ({2027: lacking} if lacking else {})  # half of the 30 that both need, all of the rest


@LIGHT
@given(tiny_city.cities(paid=True))
def test_the_search_keeps_what_the_judge_asks_where_a_purse_has_no_budget(tables: dict[str, Any]):
    city = tiny_city.problem(**tables)
    rich = city.funds["budget_eur"].mask(city.funds["fund"] == "f0", 1_000)
    city = replace(city, funds=city.funds.assign(basis=np.where(rich == 1_000, "assumed", "given"), budget_eur=rich))
    city = replace(city, works=city.works.assign(owner=[f"o{at % 2}" for at in range(len(city.works))]))
    solved = solve_problem(city, effort=Effort(seconds=20.0, gap=0.0))
    assert solved.verdict["kept"].all()
    book = tiny_city.Book(replace(city, openings_paid=False))
    for chosen in tiny_city.every_programme(city):
        cost = book.cost(chosen)
        if cost is not None and cost < solved.value.total_eur - 1e-6:
            programme = pd.DataFrame({"work": list(chosen), "year": list(chosen.values())})
            assert len(unpaid(city, programme.astype({"work": "str", "year": "int64"}))), chosen


def covered(tables: dict[str, Any]) -> dict[str, Any]:
    """Return a city in which every work is paid in full: the judge of the bench knows no other."""
    works = tables["works"]["work"]
    payments = tables["payments"].assign(share=1.0).drop_duplicates("work")
    rest = pd.DataFrame({"work": works[~works.isin(payments["work"])], "fund": "f1", "share": 1.0})
    kept = {name: tables[name] for name in (*TABLES, "years", "rate", "openings_paid")}
    return kept | {"payments": pd.concat([payments, rest], ignore_index=True)}


def written(city: Problem, folder: Path) -> None:
    """Write a problem as the bench has it."""
    for name in TABLES:
        getattr(city, name).to_csv(folder / f"{name}.csv", index=False)
    facts = {"first_year": city.first_year, "years": city.years, "discount_rate": city.discount_rate}
    (folder / "problem.json").write_text(json.dumps(facts | {"openings_paid": city.openings_paid}))


@LIGHT
@given(tiny_city.cities(paid=True), st.randoms(use_true_random=False))
def test_our_judges_say_what_the_judge_of_the_bench_says(tables: dict[str, Any], chance: Random):
    bench, city = oracle(), tiny_city.problem(**covered(tables))
    assume(all(len(getattr(city, name)) for name in TABLES))  # it does not read empty tables
    large = {name: getattr(city, name).copy() for name in TABLES}  # the bench forgives euros, so these are thousands
    for table in large.values():
        for column in table.columns[table.columns.str.contains("_eur")]:
            table[column] = table[column] * 1000.0
    city = replace(city, **large)
    first = city.first_year
    with TemporaryDirectory() as folder:
        written(city, Path(folder))
        for _ in range(2):
            chosen = {
                work: first + chance.randrange(city.years) for work in city.works["work"] if chance.random() < 0.8
            }
            if not city.touches["work"].isin(chosen).any():
                continue  # nor a year without an opening
            programme = pd.DataFrame({"work": list(chosen), "year": list(chosen.values())}, dtype=object)
            programme = programme.astype({"work": "str", "year": "int64"})
            total, told = bench.judge(Path(folder), programme)
            outcome = Outcome(programme, opened_sections(city, programme), broken_rest(city, programme))
            ours = [piece.name for piece in CONSTRAINTS if len(piece.judge(city, outcome))]
            assert bool(told) == bool(ours), (told, ours)
            if not any("window" in fault for fault in told):
                assert value_of(city, programme).total_eur == pytest.approx(total, abs=1e-3)
