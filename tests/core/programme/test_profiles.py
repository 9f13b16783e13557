import pandas as pd
import pytest

import tiny_city
from koppelkans.ground.errors import InputError
from koppelkans.programme.constraint import state
from koppelkans.programme.constraints import CONSTRAINTS
from koppelkans.programme.constraints.budget import balance
from koppelkans.programme.constraints.crew import load
from koppelkans.programme.desk import lay_out
from koppelkans.programme.futures.firm import not_drawn
from koppelkans.programme.indexed import index_problem
from koppelkans.programme.judge import every_fault
from koppelkans.programme.levels import opening_costs
from koppelkans.programme.problem import Problem
from koppelkans.programme.profiles import money_years, open_years
from koppelkans.programme.quarters import outcome_of
from koppelkans.programme.replan import move
from koppelkans.programme.solve_problem import solve
from koppelkans.programme.tables import money_table, open_table, payments_table
from koppelkans.programme.value import broken_rest, opened_sections, value_of
from koppelkans.programme.why import why

PROFILE = [("long", -1, 0.1, False), ("long", 0, 0.4, True), ("long", 1, 0.5, True)]


def city(profile: list[tuple[str, int, float, bool]] = PROFILE, **tables: pd.DataFrame) -> Problem:
    """Return a street that a work of two years and works of one year open."""
    columns = ["work", "k", "cost_share", "open"]
    rows = [(name, 2027, 2027, 2028, 100, 0, 0, 900, True, True, False) for name in ("long", "short", "other")]
    given = {
        "works": tiny_city.works(*rows).assign(owner="city"),
        "sections": tiny_city.sections(("s", 20, 3, 1, 7)),
        "touches": tiny_city.pairs("work", "section", ("long", "s"), ("short", "s"), ("other", "s")),
        "profile": pd.DataFrame(profile, columns=columns),
    }
    return tiny_city.problem(years=2, rate=0.0, **(given | tables))


def programme(**years: int) -> pd.DataFrame:
    return pd.DataFrame({"work": list(years), "year": list(years.values())}).astype({"work": "str", "year": "int64"})


def test_money_before_the_first_year_falls_in_the_first_year():
    spent = money_years(city(), programme(long=2027))
    assert dict(zip(spent["year"], spent["cost_share"].round(9), strict=True)) == {2027: 0.5, 2028: 0.5}
    later = money_years(city(), programme(long=2028))
    assert dict(zip(later["year"], later["cost_share"], strict=True)) == {2027: 0.1, 2028: 0.4, 2029: 0.5}


def test_open_years_that_follow_on_each_other_are_closed_in_the_last_of_them():
    apart = [*PROFILE, ("long", 3, 0.0, True)]
    found = open_years(city(apart), programme(long=2028))
    assert found[["year", "closes"]].to_numpy().tolist() == [[2028, 2029], [2029, 2029], [2031, 2031]]


def test_works_share_an_opening_where_their_last_open_year_is_the_same():
    together = opening_costs(city(), programme(long=2027, short=2028))
    assert together[["section", "year", "opening_eur"]].to_numpy().tolist() == [["s", 2028, 20]]
    assert opening_costs(city(), programme(long=2027, short=2027))["year"].tolist() == [2027, 2028]


def test_nuisance_counts_once_for_each_year_in_which_a_section_lies_open():
    beside = programme(long=2027, short=2027, other=2028)
    assert opened_sections(city(), beside)["year"].tolist() == [2027, 2028]
    assert value_of(city(), beside).nuisance_eur == 2 * 3


def test_an_opening_is_not_within_its_own_rest_and_that_of_another_counts_in_each_year_of_digging():
    assert broken_rest(city(), programme(long=2027)).empty
    assert broken_rest(city(), programme(short=2027, long=2028))["year"].tolist() == [2028]
    longer = city(sections=tiny_city.sections(("s", 20, 3, 2, 7)))
    assert broken_rest(longer, programme(short=2027, long=2028))["year"].tolist() == [2028, 2029]


def test_limits_count_in_every_open_year_and_after_the_last_one():
    limits = {
        "limits": pd.DataFrame({"limit": ["l"], "open_sections": [0]}),
        "limit_members": tiny_city.pairs("limit", "section", ("l", "s")),
    }
    held = city(**limits)
    told = every_fault(held, outcome_of(held, programme(long=2028)), constraints=CONSTRAINTS)
    assert [line[-5:] for line in told] == [" 2028", " 2029"]


def test_budgets_and_hours_run_on_at_the_mean_of_the_planned_years_unless_those_years_are_named():
    funds = pd.DataFrame({"fund": "f", "year": [2027, 2028], "budget_eur": [60, 30], "carries_over": False})
    paid = {"payments": pd.DataFrame({"work": ["long"], "fund": "f", "share": 1.0}), "funds": funds}
    left = balance(city(**paid), programme(long=2028))
    assert left[["year", "spent_eur", "left_eur"]].to_numpy().tolist() == [
        [2027, 10, 50],
        [2028, 40, -10],
        [2029, 50, -5],
    ]
    named = pd.concat([funds, funds.iloc[[1]].assign(year=2029, budget_eur=80)])
    assert balance(city(**(paid | {"funds": named})), programme(long=2028))["left_eur"].tolist() == [50, -10, 30]
    crews = {
        "crews": pd.DataFrame({"crew": "c", "year": [2027, 2028], "hours": [2, 4]}),
        "efforts": pd.DataFrame({"work": ["long"], "crew": "c", "hours": 10}),
    }
    used = load(city(**crews), programme(long=2028))
    assert used[["available_h", "used_h"]].to_numpy().tolist() == [[2, 1], [4, 4], [3, 5]]


def test_payments_and_money_follow_the_profile_in_whole_euros_that_add_up():
    funds = pd.DataFrame({"fund": "f", "year": [2027, 2028], "budget_eur": [60, 60], "carries_over": False})
    paid = city(payments=pd.DataFrame({"work": ["long"], "fund": "f", "share": 0.995}), funds=funds)
    rows = payments_table(paid, programme(long=2028))
    assert rows["year"].tolist() == [2027, 2028, 2029]
    assert rows["amount_eur"].sum() == 100
    assert money_table(paid, rows)["spent_eur"].tolist() == rows["amount_eur"].tolist()
    assert open_table(paid, programme(long=2028, short=2028))["works"].tolist() == [2, 1]


def test_the_search_spreads_a_work_that_no_single_year_can_pay():
    funds = pd.DataFrame({"fund": "f", "year": [2027, 2028], "budget_eur": [50, 50], "carries_over": False})
    paid = {"payments": pd.DataFrame({"work": ["long"], "fund": "f", "share": 1.0}), "funds": funds}
    solved = solve(city(**paid))
    assert dict(zip(solved.programme["work"], solved.programme["year"], strict=True))["long"] == 2027
    assert solved.verdict["kept"].all()
    alone = solve(city([("long", 0, 1.0, True)], **paid))
    assert "long" not in set(alone.programme["work"])


@pytest.mark.parametrize(
    ("profile", "column"),
    [
        ([("long", 0, 0.4, True), ("long", 1, 0.5, True)], "cost_share"),
        ([("long", -1, 0.5, True), ("long", 0, 0.5, True)], "open"),
        ([("long", 0, 1.0, True), ("long", 0, 0.0, True)], "work, k"),
        ([("nobody", 0, 1.0, True)], "work"),
        ([("long", 99, 1.0, True)], "k"),
    ],
)
def test_a_profile_that_cannot_be_is_refused(profile: list[tuple[str, int, float, bool]], column: str):
    with pytest.raises(InputError) as told:
        city(profile)
    assert {(fault.where, fault.column) for fault in told.value.faults} == {("profile", column)}


def test_futures_are_not_drawn_where_works_take_several_years():
    assert not_drawn(city([("long", 0, 1.0, True)])) is None
    assert "long" in str(not_drawn(city()))


def test_the_reason_of_a_work_of_several_years_names_them_and_who_closes_the_street_with_it():
    held = city()
    told = why(lay_out(held, programme(long=2027, short=2028)), "long")
    assert told.partners == ("short",)
    assert "Het duurt meerdere jaren: 2027-2028. De straat gaat één keer open, samen met short." in told.nl
    assert "It takes several years: 2027-2028. Its street opens once, together with short." in told.en


def test_profiles_of_one_year_state_the_same_rows_as_none():
    plain, told = (city(profile) for profile in ([], [("long", 0, 1.0, True), ("short", 0, 1.0, True)]))
    one, other = (state(index_problem(made), CONSTRAINTS).rows() for made in (plain, told))
    assert (one.matrix != other.matrix).nnz == 0
    for name in ("lower", "upper", "cost"):
        assert getattr(one, name).tolist() == getattr(other, name).tolist()
    assert "lies_open" not in state(index_problem(plain), CONSTRAINTS).places
    assert "lies_open" in state(index_problem(city()), CONSTRAINTS).places


def test_moving_a_work_of_several_years_keeps_every_demand():
    funds = pd.DataFrame({"fund": "f", "year": [2027, 2028], "budget_eur": [60, 60], "carries_over": False})
    held = city(payments=pd.DataFrame({"work": ["long"], "fund": "f", "share": 1.0}), funds=funds)
    solved = solve(held)
    answer = move(lay_out(held, solved.programme), "long", 2028)
    years = answer.desk.programme.set_index("work")["year"]
    assert years["long"] == 2028
    assert every_fault(held, outcome_of(held, answer.desk.programme), constraints=CONSTRAINTS) == []
