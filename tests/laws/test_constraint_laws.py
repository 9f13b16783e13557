"""Laws that every constraint meets, on cities small enough to try everything."""

from dataclasses import replace
from functools import cache
from random import Random
from typing import Any

import pandas as pd
import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

import tiny_city
from koppelkans.ground.errors import NoProgrammeError
from koppelkans.programme.constraint import Outcome
from koppelkans.programme.constraints import CONSTRAINTS
from koppelkans.programme.problem import Problem
from koppelkans.programme.solve.highs import Effort
from koppelkans.programme.solve.search import optimise
from koppelkans.programme.solve_problem import Solved, solve_problem
from koppelkans.programme.value import broken_rest, opened_sections, value_of
from often import few

LIGHT = settings(
    max_examples=few(7),
    deadline=None,
    suppress_health_check=list(HealthCheck),
    phases=[Phase.explicit, Phase.generate],
)
Tables = dict[str, Any]
EXACT = Effort(seconds=20.0, gap=0.0)
PIECES = {piece.name: piece for piece in CONSTRAINTS}
NEWER = [piece for piece in CONSTRAINTS if piece.name not in tiny_city.KNOWN]


def solve(city: Problem) -> Solved:
    return solve_problem(city, effort=EXACT)


def best_cost(city: Problem) -> float:
    """Return the cost of the best programme, as the solver says: that it is what the tables say is a law of its own."""
    answer = optimise(city, CONSTRAINTS, effort=EXACT)
    assert answer is not None
    return answer.value_eur


def outcome(city: Problem, programme: pd.DataFrame) -> Outcome:
    return Outcome(programme, opened_sections(city, programme), broken_rest(city, programme))


def newer_allow(city: Problem, chosen: dict[str, int]) -> bool:
    """Tell whether the judges of constraints that the clerk does not know find nothing."""
    made = outcome(city, table(chosen)) if NEWER else None
    return made is None or all(piece.judge(city, made).empty for piece in NEWER)


def table(chosen: dict[str, int]) -> pd.DataFrame:
    return pd.DataFrame({"work": list(chosen), "year": list(chosen.values())}).astype({"work": "str", "year": "int64"})


def as_in(table: pd.DataFrame, rows: pd.DataFrame) -> pd.DataFrame:
    """Return rows with the columns and types of a table; what they do not say is missing."""
    return rows.reindex(columns=table.columns).astype(table.dtypes.to_dict())


@settings(LIGHT, max_examples=few(12))
@given(tiny_city.cities(must=True))
def test_the_optimum_equals_trying_everything_and_no_judge_faults_it(tables: Tables):
    city = tiny_city.problem(**tables)
    best = tiny_city.best_by_trying(city, allowed=lambda chosen: newer_allow(city, chosen))
    if best is None:
        with pytest.raises(NoProgrammeError):
            solve(city)
        return
    found = solve(city)
    assert found.value.total_eur == pytest.approx(best, abs=1e-6)
    assert found.bound_eur == pytest.approx(best, rel=1e-6, abs=1e-6)
    assert found.verdict["kept"].all(), found.verdict


@settings(LIGHT, max_examples=few(12))
@given(tiny_city.cities(must=True, paid=True))
def test_the_optimum_with_paid_openings_equals_trying_everything(tables: Tables):
    the_optimum_equals_trying_everything(tables)


def the_optimum_equals_trying_everything(tables: Tables) -> None:
    city = tiny_city.problem(**tables)
    best = tiny_city.best_by_trying(city, allowed=lambda chosen: newer_allow(city, chosen))
    if best is None:
        with pytest.raises(NoProgrammeError):
            solve(city)
        return
    found = solve(city)
    assert found.value.total_eur == pytest.approx(best, abs=1e-6)
    assert found.bound_eur <= best + 1e-3
    assert found.verdict["kept"].all(), found.verdict


@settings(LIGHT, max_examples=few(6))
@given(st.booleans().flatmap(lambda paid: tiny_city.cities(must=True, paid=paid, long=True)))
def test_the_optimum_with_works_of_several_years_equals_trying_everything(tables: Tables):
    the_optimum_equals_trying_everything(tables)


@settings(LIGHT, max_examples=few(6))
@given(tiny_city.cities(paid=True, long=True), st.randoms(use_true_random=False))
def test_the_judges_of_works_of_several_years_agree_with_the_clerk(tables: Tables, chance: Random):
    the_judges_agree_with_the_clerk(tables, chance)


@settings(LIGHT, max_examples=few(12))
@given(tiny_city.cities(paid=True), st.randoms(use_true_random=False))
def test_the_judges_of_paid_openings_agree_with_the_clerk(tables: Tables, chance: Random):
    the_judges_agree_with_the_clerk(tables, chance)


@LIGHT
@given(tiny_city.cities(), st.randoms(use_true_random=False))
def test_the_judges_agree_with_the_clerk_on_any_programme(tables: Tables, chance: Random):
    the_judges_agree_with_the_clerk(tables, chance)


def the_judges_agree_with_the_clerk(tables: Tables, chance: Random) -> None:
    city = tiny_city.problem(**tables)
    book = tiny_city.Book(city)
    programmes = list(tiny_city.every_programme(city))
    for chosen in chance.sample(programmes, min(3, len(programmes))):
        programme = table(chosen)
        made = outcome(city, programme)
        kept = all(piece.judge(city, made).empty for piece in CONSTRAINTS if piece not in NEWER)
        cost = book.cost(chosen)
        assert kept == (cost is not None), chosen
        if cost is not None:
            assert value_of(city, programme).total_eur == pytest.approx(cost, abs=1e-9)


@LIGHT
@given(tiny_city.cities(), st.data())
def test_one_demand_more_never_lowers_the_cost(tables: Tables, data: st.DataObject):
    city = tiny_city.problem(**tables)
    free = best_cost(city)
    work = data.draw(st.sampled_from(list(city.works["work"])))
    year = data.draw(st.integers(city.horizon.first, city.horizon.last))
    other = data.draw(st.sampled_from(list(city.works["work"])))
    tie = pd.DataFrame({"work": [work], "other": [other], "least_years": [0], "most_years": [0]})
    tighter = {
        "ties": as_in(city.ties, tie).query("work != other"),
        "promises": pd.DataFrame({"work": [work], "year": [year], "move_eur": [3.0]}).astype({"work": "str"}),
        "fund_rules": pd.DataFrame({"fund": ["f0"], "kind": ["sewer"]}).astype("str"),
        "excluded": pd.DataFrame({"work": [work], "year": [year]}).astype({"work": "str"}),
        "funds": city.funds.assign(budget_eur=city.funds["budget_eur"] // 2),
        "crews": city.crews.assign(hours=city.crews["hours"] - city.crews["hours"].clip(upper=1)),
        "limits": city.limits.assign(open_sections=(city.limits["open_sections"] - 1).clip(lower=0)),
    }
    name = data.draw(st.sampled_from(sorted(tighter)))
    changed = tighter[name]
    if name in ("excluded", "ties", "promises", "fund_rules"):
        keys = list(Problem.TABLES[name].key)
        changed = pd.concat([getattr(city, name), changed], ignore_index=True).drop_duplicates(keys)
    assert best_cost(replace(city, **{name: changed})) >= free - 1e-6


@LIGHT
@given(tiny_city.cities(), st.sampled_from([0.5, 3.0, 1e6]))
def test_scaling_all_money_scales_the_value(tables: Tables, factor: float):
    city = tiny_city.problem(**tables)

    def scaled(frame: pd.DataFrame) -> pd.DataFrame:
        return frame.assign(**{name: frame[name] * factor for name in frame if "_eur" in name})

    priced = ("works", "sections", "funds", "promises", "joints")
    dearer = replace(city, **{name: scaled(getattr(city, name)) for name in priced})
    small, large = best_cost(city), best_cost(dearer)
    assert large == pytest.approx(small * factor, rel=1e-6, abs=1e-6)


@LIGHT
@given(tiny_city.cities(), st.randoms(use_true_random=False))
def test_the_order_of_rows_changes_nothing(tables: Tables, chance: Random):
    city = tiny_city.problem(**tables)
    turned = {
        name: frame.sample(frac=1, random_state=chance.randrange(1000)) if isinstance(frame, pd.DataFrame) else frame
        for name, frame in tables.items()
    }
    assert best_cost(tiny_city.problem(**turned)) == pytest.approx(best_cost(city), abs=1e-6)


@LIGHT
@given(tiny_city.cities())
def test_a_section_in_two_halves_of_half_the_price_changes_nothing(tables: Tables):
    city = tiny_city.problem(**tables)
    if not city.limit_members.empty:
        city = replace(city, limit_members=city.limit_members.iloc[:0])
    halves = city.sections.assign(**{name: city.sections[name] / 2 for name in city.sections if "_eur" in name})
    again = halves.assign(section=halves["section"] + "'")
    touches = pd.concat([city.touches, city.touches.assign(section=city.touches["section"] + "'")], ignore_index=True)
    split = replace(city, sections=pd.concat([halves, again], ignore_index=True), touches=touches)
    assert best_cost(split) == pytest.approx(best_cost(city), abs=1e-6)


@LIGHT
@given(tiny_city.cities())
def test_the_bound_is_never_above_the_best_that_trying_everything_finds(tables: Tables):
    city = tiny_city.problem(**tables)
    best = tiny_city.best_by_trying(city, allowed=lambda chosen: newer_allow(city, chosen))
    assert best is not None  # nothing done breaks no demand: nothing is mandatory or fixed
    found = solve_problem(city, effort=Effort(seconds=20.0, gap=0.5, turns=1))
    assert found.bound_eur <= best + 1e-6
    assert found.value.total_eur >= best - 1e-6


def wanting() -> Problem:
    """Return a city in which every demand stands in the way of what would be cheapest: left untold, it is broken."""
    alone = ("once", "excluded", "fixed", "rule", "budget1", "budget2", "crew1", "crew2", "limit1", "limit2")
    rows = [(name, 2027, 2027, 2028, 10, 0, 5, 100, True, False, False) for name in alone]
    rows += [
        ("fresh", 2027, 2027, 2027, 10, 0, 0, 100, False, True, False),
        ("dig", 2028, 2028, 2028, 10, 0, 0, 100, True, False, False),
        ("must", 2027, 2027, 2028, 50, 0, 0, 1, False, False, True),
    ]
    apart = [("same1", "same2"), ("joint1", "joint2")]
    for first, second in apart:
        rows.append((first, 2027, 2027, 2028, 10, 0, 50, 100, False, False, False))
        rows.append((second, 2027, 2028, 2028, 10, 50, 0, 100, False, False, False))
    rows += [(name, 2027, 2027, 2028, 10, 0, 5, 100, False, False, False) for name in ("later", "sooner")]
    years, works = [2027, 2028], tiny_city.works(*rows)
    ties = pd.DataFrame(
        {"work": ["same1", "later"], "other": ["same2", "sooner"], "least_years": [0, 1], "most_years": [0, None]}
    )
    return tiny_city.problem(
        years=2,
        rate=0.0,
        works=works.assign(kind="gas"),
        sections=tiny_city.sections(("s", 5, 0, 3, 5), ("t", 5, 0, 3, 5), ("u", 5, 0, 3, 5)),
        touches=tiny_city.pairs("work", "section", ("fresh", "s"), ("dig", "s"), ("limit1", "t"), ("limit2", "u")),
        funds=pd.DataFrame(
            {"fund": ["f", "f", "g", "g"], "year": years * 2, "budget_eur": [10, 0, 99, 99], "carries_over": True}
        ),
        payments=tiny_city.pairs("work", "fund", ("budget1", "f"), ("budget2", "f"), ("rule", "g")).assign(share=1.0),
        fund_rules=tiny_city.pairs("fund", "kind", ("g", "sewer")),
        crews=pd.DataFrame({"crew": "c", "year": years, "hours": 3}),
        efforts=pd.DataFrame({"work": ["crew1", "crew2"], "crew": "c", "hours": 2}),
        limits=pd.DataFrame({"limit": ["l"], "open_sections": [1]}),
        limit_members=tiny_city.pairs("limit", "section", ("l", "t"), ("l", "u")),
        fixed=tiny_city.pairs("work", "year", ("fixed", 2028)),
        excluded=tiny_city.pairs("work", "year", ("excluded", 2027)),
        ties=ties.astype({"least_years": "Int64", "most_years": "Int64"}),
        joints=pd.DataFrame({"work": ["joint1"], "other": ["joint2"], "saving_eur": [20]}),
    )


def shared_opening() -> Problem:
    """Return a street that two works open, with just enough in their purses for the works without the opening."""
    return tiny_city.problem(
        years=1,
        openings_paid=True,
        works=tiny_city.works(*((name, 2027, 2027, 2027, 10, 0, 0, 90, True, False, False) for name in ("a", "b"))),
        sections=tiny_city.sections(("s", 4, 1, 0, 0)),
        touches=tiny_city.pairs("work", "section", ("a", "s"), ("b", "s")),
        payments=tiny_city.pairs("work", "fund", ("a", "f"), ("b", "g")).assign(share=1.0),
        funds=tiny_city.pairs("fund", "year", ("f", 2027), ("g", 2027)).assign(budget_eur=10, carries_over=False),
    )


@pytest.mark.parametrize("left_out", sorted(tiny_city.KNOWN))
def test_a_demand_that_the_solver_was_not_told_is_caught_by_its_judge(left_out: str):
    city = shared_opening() if left_out == "paid_opening" else wanting()
    told = [piece for piece in CONSTRAINTS if piece.name in tiny_city.KNOWN and piece.name != left_out]
    answer = optimise(city, told, effort=EXACT)
    assert answer is not None
    assert len(PIECES[left_out].judge(city, answer.outcome)) >= 1


def test_told_everything_the_solver_breaks_nothing_there():
    assert solve(wanting()).verdict["kept"].all()


@cache
def sabotaged() -> dict[str, tuple[Problem, Outcome]]:
    """Return for each constraint a city and an outcome that breaks it: moved, overspent, or not counted."""
    years = [tiny_city.FIRST, tiny_city.FIRST + 1]
    city = tiny_city.problem(
        years=2,
        works=tiny_city.works(
            ("a", 2027, 2027, 2028, 10, 0, 0, 100, True, True, True),
            ("b", 2027, 2027, 2027, 10, 0, 0, 100, True, False, False),
            ("c", 2027, 2027, 2027, 10, 0, 0, 100, False, False, False),
        ),
        sections=tiny_city.sections(("s", 5, 0, 3, 5), ("t", 5, 0, 3, 5)),
        touches=tiny_city.pairs("work", "section", ("a", "s"), ("b", "s"), ("b", "t")),
        funds=pd.DataFrame({"fund": "f", "year": years, "budget_eur": [15, 0], "carries_over": True}),
        payments=pd.DataFrame({"work": ["a", "b"], "fund": "f", "share": 1.0}),
        crews=pd.DataFrame({"crew": "c", "year": years, "hours": [3, 3]}),
        efforts=pd.DataFrame({"work": ["a", "b"], "crew": "c", "hours": 2}),
        limits=pd.DataFrame({"limit": ["l"], "open_sections": [1]}),
        limit_members=tiny_city.pairs("limit", "section", ("l", "s"), ("l", "t")),
        fixed=tiny_city.pairs("work", "year", ("a", 2027)),
        excluded=tiny_city.pairs("work", "year", ("b", 2028)),
        joints=pd.DataFrame({"work": ["a"], "other": ["b"], "saving_eur": [3]}),
    )
    tied = pd.DataFrame({"work": ["b"], "other": ["c"], "least_years": [0], "most_years": [0]})
    ordered = replace(city, ties=tied.assign(other="a", most_years=pd.array([None], dtype="Int64"), least_years=1))
    rule = tiny_city.pairs("fund", "kind", ("f", "sewer"))
    ruled = replace(city, works=city.works.assign(kind=["sewer", "gas", "green"]), fund_rules=rule)
    good = outcome(city, table({"a": 2027}))
    late = outcome(city, table({"a": 2027, "b": 2028}))
    both = outcome(city, table({"a": 2027, "b": 2027}))
    return {
        "once": (city, outcome(city, pd.concat([good.programme, good.programme.assign(year=2028)]))),
        "opening": (city, replace(good, opened=good.opened.iloc[:0])),
        "rest": (city, replace(late, broken=late.broken.iloc[:0])),
        "budget": (city, both),
        "paid_opening": (replace(city, openings_paid=True), both),
        "crew": (city, both),
        "limit": (city, both),
        "fixed": (city, outcome(city, table({"a": 2028}))),
        "joint": (city, replace(late, joined=city.joints.assign(year=2027))),
        "together": (replace(city, ties=as_in(city.ties, tied)), late),
        "after": (ordered, both),
        "purse_rule": (ruled, both),
        "excluded": (city, late),
        "mandatory": (city, outcome(city, table({"b": 2027}))),
    }


@pytest.mark.parametrize("name", sorted(tiny_city.KNOWN))
def test_sabotage_of_a_constraint_is_caught_by_its_judge(name: str):
    city, broken = sabotaged()[name]
    assert len(PIECES[name].judge(city, broken)) >= 1
    sound = outcome(city, table({"a": 2027}))
    assert PIECES[name].judge(city, sound).empty


APART = ("together", "after", "purse_rule", "paid_opening")
"""Constraints whose sabotage has a city of its own; all others share one."""


@cache
def outcomes_of(name: str) -> list[Outcome]:
    city, _ = sabotaged()[name]
    return [outcome(city, table(chosen)) for chosen in tiny_city.every_programme(city)]


def every_outcome(name: str) -> list[Outcome]:
    """Return what every programme of the sabotaged city comes to, worked out once per city."""
    return outcomes_of(name if name in APART else "once")


@pytest.mark.parametrize("name", sorted(PIECES))
def test_a_judge_faults_some_outcome_and_not_every_outcome(name: str):
    city, broken = sabotaged().get(name, sabotaged()["once"])
    found = [len(PIECES[name].judge(city, one)) for one in [*every_outcome(name), broken]]
    assert max(found) > 0
    assert min(found) == 0


def test_a_work_outside_its_window_is_caught():
    city, _ = sabotaged()["once"]
    found = PIECES["once"].judge(city, outcome(city, table({"a": 2027, "b": 2028})))
    assert found.to_dict("records")[0] | {"amount": 0} == {"about": "b", "year": 2028, "amount": 0}


def test_every_constraint_says_what_it_is():
    for piece in CONSTRAINTS:
        assert piece.nl
        assert piece.en
        assert piece.formula.strip()
        assert "{about}" in piece.demand
        assert "{about}" in piece.fault
        assert piece.tell.__doc__
        assert piece.judge.__doc__
    assert len(PIECES) == len(CONSTRAINTS)
