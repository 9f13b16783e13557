"""The figures of scenarios, counted by hand."""

from dataclasses import replace

import pandas as pd

import tiny_city
from koppelkans.programme.change import Knobs
from koppelkans.programme.problem import Problem
from koppelkans.programme.scenarios.compare import BASE, Tried
from koppelkans.programme.scenarios.figures import (
    dominated,
    scenario_parts,
    scenario_plan,
    scenario_table,
    scenario_years,
)
from koppelkans.programme.scenarios.scenario import Scenario, applied
from koppelkans.programme.value import value_of


def city() -> Problem:
    """Return two works in two years: the sewer in sections s and t, the trees in t; the trees were promised for 2027."""
    works = tiny_city.works(
        ("sewer", 2027, 2027, 2028, 20, 0, 4, 90, True, False, False),
        ("trees", 2027, 2027, 2028, 10, 0, 1, 40, True, False, False),
    ).assign(owner=["water", "groen"], ambition_eur=[0, 30])
    return tiny_city.problem(
        years=2,
        rate=0.0,
        works=works,
        sections=tiny_city.sections(("s", 10, 2, 0, 0), ("t", 6, 1, 0, 0)),
        touches=tiny_city.pairs("work", "section", ("sewer", "s"), ("sewer", "t"), ("trees", "t")),
        promises=pd.DataFrame({"work": ["trees"], "year": [2027], "move_eur": [3]}),
        funds=pd.DataFrame(
            [(fund, year, 100, False) for fund in ("city", "water") for year in (2027, 2028)],
            columns=["fund", "year", "budget_eur", "carries_over"],
        ),
    )


def tried(scenario: Scenario, **years: int) -> Tried:
    problem = applied(city(), scenario)
    programme = pd.DataFrame({"work": list(years), "year": list(years.values())}).astype(
        {"work": "str", "year": "int64"}
    )
    value = value_of(problem, programme)
    status = "base" if scenario is BASE else "proven"
    return Tried(scenario, problem, programme, value, value_of(city(), programme), value.total_eur - 1, status, 0)


TOGETHER = tried(BASE, sewer=2027, trees=2027)
LATER = tried(Scenario("later", "later", "later", Knobs(money=0.5), ("city",)), sewer=2028, trees=2028)
RISKY = tried(Scenario("risky", "risky", "risky", Knobs(risk=2.0)), trees=2027)
FIXED = pd.DataFrame({"work": ["sewer"], "year": [2027], "reason": None, "set_by": None}).astype(
    city().fixed.dtypes.to_dict()
)
NONE = Tried(Scenario("none", "geen", "none"), replace(city(), fixed=FIXED), TOGETHER.programme.iloc[:0], None, None, float("nan"), "impossible", 0, (("fixed", "sewer"),))  # fmt: skip


def test_the_row_of_a_scenario_by_hand():
    table = scenario_table(
        [TOGETHER, LATER, RISKY, NONE], base=city(), funds=("city",), names={"work": {"sewer": "Riool"}}
    )
    rows = table.set_index("scenario")
    base, later, risky, none = (rows.loc[name] for name in ("base", "later", "risky", "none"))
    # together in 2027: 20 + 10, openings 10 + 6, nuisance 2 + 1, together 49
    columns = [
        "cost_eur",
        "openings_eur",
        "spent_eur",
        "nuisance_eur",
        "quality_eur",
        "risk_eur",
        "weighted_cost_eur",
        "weighted_least_eur",
    ]
    assert base[columns].tolist() == [30, 16, 46, 3, 30, 0, 49, 48]
    # a year later: late 4 + 1, and the promise of the trees costs 3
    assert later[columns].tolist() == [30, 16, 46, 3, 30, 5, 57, 56]
    assert later[["changed", "moved", "done", "undone", "openings", "open_most"]].tolist() == [2, 1, 2, 0, 2, 2]
    assert later["budget_eur"] == 100
    # only the trees: the risk of the sewer stays, at the price of the programme and not at its own
    assert risky[["spent_eur", "risk_eur", "quality_eur", "changed", "value_eur"]].tolist() == [
        16,
        90,
        30,
        1,
        10 + 6 + 1 + 180,
    ]
    assert pd.isna(risky["weighted_least_eur"])
    assert pd.isna(none[["spent_eur", "value_eur", "gap", "done"]]).all()
    assert none["clash_nl"].startswith("Riool is vastgezet op")
    assert rows["dominated"].tolist() == [True, True, False, False]


def test_a_scenario_is_dominated_by_one_that_spends_less_for_as_much_and_not_by_its_equal():
    table = pd.DataFrame({"spent_eur": [10, 10, 12, 12, None], "quality_eur": [5, 5, 5, 7, None]}).astype("Int64")
    assert dominated(table).tolist() == [False, False, True, False, False]


def test_years_parties_and_areas_add_up_to_the_whole():
    made = [TOGETHER, LATER, NONE]
    years = scenario_years(made, base=city()).set_index(["scenario", "year"])
    assert years.loc[("later", 2027)].tolist() == [0, 0, 0, 0, 0]
    assert years.loc[("later", 2028)].tolist() == [2, 30, 2, 16, 3]
    areas = pd.Series({"s": "Oost", "t": "West"})
    parts = scenario_parts(made, base=city(), areas=areas)
    base = parts[parts["scenario"] == "base"].set_index(["sort", "part"])
    columns = ["done", "undone", "cost_eur", "openings"]
    assert base.loc[("party", "groen"), columns].tolist() == [1, 0, 10, 1]
    assert base.loc[("party", "water"), columns].tolist() == [1, 0, 20, 2]
    assert base.loc[("area", "Oost"), [*columns, "nuisance_eur"]].tolist() == [1, 0, 10, 1, 2]
    assert base.loc[("area", "West"), [*columns, "nuisance_eur"]].tolist() == [2, 0, 20, 1, 1]
    assert base.loc["area"]["cost_eur"].sum() == base.loc["party"]["cost_eur"].sum() == 30


def test_the_plan_names_only_works_that_are_done():
    plan = scenario_plan([TOGETHER, RISKY, NONE])
    assert plan.to_numpy().tolist() == [["base", "sewer", 2027], ["base", "trees", 2027], ["risky", "trees", 2027]]


def test_a_work_counts_in_each_area_where_it_lies_also_where_it_opens_no_street():
    lies = pd.concat([city().touches[["work", "section"]], pd.DataFrame({"work": ["trees"], "section": ["s"]})])
    parts = scenario_parts([TOGETHER], base=city(), areas=pd.Series({"s": "Oost", "t": "West"}), lies=lies)
    found = parts[parts["sort"] == "area"].set_index("part")[["done", "cost_eur", "openings"]]
    assert found.loc["Oost"].tolist() == [2, 15, 1]
    assert found.loc["West"].tolist() == [2, 15, 1]
