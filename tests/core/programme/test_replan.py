"""What a change costs and which promises move must be what trying everything finds."""

from dataclasses import replace
from random import Random
from typing import Any

import pandas as pd
import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

import tiny_city
from koppelkans.ground.errors import InputError, NoProgrammeError
from koppelkans.programme.change import Change, Cut, Move, Slip, changed
from koppelkans.programme.desk import Desk, lay_out
from koppelkans.programme.problem import Problem
from koppelkans.programme.replan import cut, move, replan, slip
from koppelkans.programme.solve.highs import Effort
from koppelkans.programme.solve_problem import solve_problem
from koppelkans.programme.value import value_of

LIGHT = settings(
    max_examples=8,
    deadline=None,
    suppress_health_check=list(HealthCheck),
    phases=[Phase.explicit, Phase.generate],
)
Tables = dict[str, Any]


def chosen(programme: pd.DataFrame) -> dict[str, int]:
    return dict(zip(programme["work"], programme["year"].astype(int), strict=True))


def desk_of(tables: Tables) -> Desk | None:
    """Return a proven programme of a drawn city; None where there is none."""
    city = tiny_city.problem(**tables)
    try:
        return lay_out(city, solve_problem(city, effort=Effort(seconds=10)).programme)
    except NoProgrammeError:
        return None


def some_change(desk: Desk, dice: Random) -> Change:
    city = desk.problem
    kinds: list[Change] = [Move(dice.choice(list(city.works["work"])), dice.choice(list(city.horizon.years.tolist())))]
    row = city.funds.sample(1, random_state=dice.randrange(99)).iloc[0]
    kinds.append(Cut(str(row["fund"]), int(row["year"]), float(dice.randint(0, int(row["budget_eur"])))))
    if city.works["owner"].notna().any():
        kinds.append(Slip(dice.choice(sorted(city.works["owner"].dropna())), dice.randint(1, 2)))
    return dice.choice(kinds)


def best_by_trying(desk: Desk, change: Change, after: Problem) -> tuple[int, float] | None:
    """Return the fewest promises that move and the lowest cost with so few, over every programme; None where there is none."""
    before, book = chosen(desk.programme), tiny_city.Book(after)
    kept = {row["work"]: row["year"] for row in book.promises if before.get(row["work"]) == row["year"]}
    named = {change.work} if isinstance(change, Move) else set()
    tried = [
        (sum(trial.get(work) != year for work, year in kept.items() if work not in named), cost)
        for trial in tiny_city.every_programme(after)
        if (cost := book.cost(trial)) is not None
    ]
    return min(tried, default=None)


@LIGHT
@given(tiny_city.cities(must=True), st.randoms(use_true_random=False))
def test_the_fewest_promises_move_and_then_the_value_is_the_best(tables: Tables, dice: Random):
    tables["works"]["owner"] = [dice.choice(["gas", "water"]) for _ in range(len(tables["works"]))]
    desk = desk_of(tables)
    if desk is None:
        return
    change = some_change(desk, dice)
    after = changed(desk.problem, change)
    best = best_by_trying(desk, change, after)
    if best is None:
        with pytest.raises(NoProgrammeError):
            replan(desk, change)
        return
    answer = replan(desk, change, stay_eur=0.0)
    named = {change.work} if isinstance(change, Move) else set()
    assert (~answer.promises["work"].isin(named)).sum() == best[0]
    assert answer.fewest
    assert answer.after.total_eur == pytest.approx(best[1], abs=1e-3)
    told = value_of(after, answer.desk.programme).total_eur - value_of(desk.problem, desk.programme).total_eur
    assert answer.weighted_cost_eur == pytest.approx(told, abs=1e-9)
    assert sum(answer.parts.values()) == pytest.approx(answer.weighted_cost_eur, abs=1e-6)


@LIGHT
@given(tiny_city.cities(must=True), st.randoms(use_true_random=False))
def test_a_slip_never_raises_the_worth(tables: Tables, dice: Random):
    """What a party must do later it could have done later: so nothing is gained over the city in which it may be late.

    Where each delayed work has room within its own window and none is fixed, that is the city as it was.
    """
    tables["works"]["owner"] = [dice.choice(["gas", "water"]) for _ in range(len(tables["works"]))]
    before = tiny_city.problem(**tables)
    party, years = str(dice.choice(list(before.works["owner"]))), dice.randint(1, 2)
    after = changed(before, Slip(party, years))
    theirs = before.works["owner"] == party
    kept = before.fixed["work"].isin(after.works.loc[~theirs, "work"])
    late = {name: after.works[name] for name in ("latest_year", "mandatory")}
    may_be_late = replace(before, works=before.works.assign(**late), fixed=before.fixed[kept].reset_index(drop=True))
    assert (after.works["best_year"] == before.works["best_year"]).all()
    room = before.works["earliest_year"] + years <= before.works["latest_year"]
    if (room | ~theirs).all() and kept.all() and (after.works["mandatory"] == before.works["mandatory"]).all():
        pd.testing.assert_frame_equal(may_be_late.works, before.works)
    slipped = tiny_city.best_by_trying(after)
    if slipped is not None:
        assert slipped >= (tiny_city.best_by_trying(may_be_late) or 0.0) - 1e-6


def test_a_party_that_is_late_pays_for_the_years_after_the_best_year_as_it_was():
    """Gas may start in 2028 and is a year late (2); sewer (2, of the city) waits for it rather than open the street twice (10)."""
    answer = slip(street(budget=(50, 50, 50)), "net", 1)
    assert answer.weighted_cost_eur == 4.0
    assert answer.parts["late_eur"] == 4.0
    assert chosen(answer.desk.programme) == {"gas": 2028, "sewer": 2028, "square": 2028}


def street(
    *, budget: tuple[int, int, int] = (30, 30, 30), promises: pd.DataFrame | None = None, must: bool = False
) -> Desk:
    """Return three works of 20 in one purse: sewer and gas share a street that costs 10 to open, all stand in their best year."""
    rows = tiny_city.works(
        ("gas", 2027, 2027, 2029, 10, 1, 2, 90, True, False, must),
        ("sewer", 2027, 2027, 2029, 20, 1, 2, 90, True, False, must),
        ("square", 2027, 2028, 2029, 20, 1, 2, 90, False, False, must),
    ).assign(owner=["net", "city", "city"])
    city = tiny_city.problem(
        years=3,
        rate=0.0,
        works=rows,
        sections=tiny_city.sections(("s", 8, 2, 0, 0)),
        touches=tiny_city.pairs("work", "section", ("gas", "s"), ("sewer", "s")),
        payments=pd.DataFrame({"work": ["gas", "sewer", "square"], "fund": "f", "share": 1.0}),
        funds=pd.DataFrame({"fund": "f", "year": [2027, 2028, 2029], "budget_eur": budget, "carries_over": False}),
        **({} if promises is None else {"promises": promises}),
    )
    return lay_out(city, pd.DataFrame({"work": ["gas", "sewer", "square"], "year": [2027, 2027, 2028]}))


def test_a_work_that_moves_takes_its_partner_along_where_that_is_cheaper():
    """Sewer a year late costs 2; alone the street opens twice (10); gas along costs 2: 4. The square makes room and goes a year early (1)."""
    answer = move(street(), "sewer", 2028)
    assert answer.weighted_cost_eur == 5.0
    assert answer.moved[["work", "to_year"]].to_numpy().tolist() == [["gas", 2028], ["sewer", 2028], ["square", 2027]]
    assert answer.moved["asked"].tolist() == [False, True, False]
    assert (answer.parts["late_eur"], answer.parts["early_eur"]) == (4.0, 1.0)


def test_a_promise_is_kept_where_it_can_though_that_costs_more():
    """The square is promised in 2028, where 30 is: sewer fits with 10 more, gas does not; so gas stays alone: 2 + 10."""
    promised = pd.DataFrame({"work": ["square"], "year": [2028], "move_eur": [0]})
    answer = move(street(promises=promised, budget=(30, 40, 30)), "sewer", 2028)
    assert answer.weighted_cost_eur == 12.0
    assert answer.promises.empty
    assert answer.fewest


def test_a_promise_that_cannot_be_kept_is_named():
    promised = pd.DataFrame({"work": ["square", "gas"], "year": [2028, 2027], "move_eur": [3, 0]})
    answer = move(street(promises=promised, must=True), "sewer", 2028)
    assert answer.promises["work"].tolist() == ["square"]
    assert answer.parts["moved_eur"] == 3.0
    assert answer.fewest


def test_a_move_to_its_own_year_costs_nothing_and_moves_nothing():
    answer = move(street(), "sewer", 2027)
    assert answer.weighted_cost_eur == 0.0
    assert answer.moved.empty


def test_a_work_that_was_moved_stays_there_when_another_moves():
    first = move(street(budget=(50, 50, 50)), "sewer", 2029)
    second = move(first.desk, "square", 2027)
    assert chosen(second.desk.programme)["sewer"] == 2029
    assert second.desk.problem.fixed["work"].tolist() == ["sewer", "square"]


def test_a_fixed_work_can_be_moved_and_its_old_year_is_let_go():
    desk = move(street(budget=(50, 50, 50)), "sewer", 2029).desk
    back = move(desk, "sewer", 2027)
    assert back.weighted_cost_eur == -8.0, "gas went along, and two works two years late cost 2 x 2 x 2"
    assert chosen(back.desk.programme) == {"gas": 2027, "sewer": 2027, "square": 2028}


def test_moving_a_fixed_work_names_the_decision_that_it_breaks_and_its_price():
    """Sewer is fixed to 2027, its only year; a year later costs 2, and 10 for a second opening, or 2 for gas that goes along."""
    usual = street(budget=(50, 50, 50))
    works = usual.problem.works.assign(latest_year=[2029, 2027, 2029])
    fixed = pd.DataFrame({"work": ["sewer"], "year": [2027]}).reindex(columns=usual.problem.fixed.columns)
    fixed = fixed.astype(usual.problem.fixed.dtypes.to_dict())
    answer = move(lay_out(replace(usual.problem, works=works, fixed=fixed), usual.programme), "sewer", 2028)
    assert answer.weighted_cost_eur == 4.0
    assert answer.overturned.to_dict("records") == [{"work": "sewer", "year": 2027, "reason": "", "set_by": ""}]
    assert move(answer.desk, "sewer", 2028).overturned.empty


def test_a_year_outside_the_window_clashes_with_the_window():
    desk = street()
    early = desk.problem.works.assign(latest_year=[2027, 2029, 2029])
    narrow = lay_out(replace(desk.problem, works=early), desk.programme)
    with pytest.raises(NoProgrammeError) as problem:
        move(narrow, "gas", 2029)
    assert problem.value.clashing == ("gas is fixed to 2029", "gas may only be done in 2027")


def test_a_cut_moves_what_waits_most_cheaply():
    """20 left in 2027 is not enough for both (30): gas alone a year later costs 2 + 10; both a year later and the square early 5."""
    answer = cut(street(), "f", 2027, 10)
    assert answer.weighted_cost_eur == 5.0
    assert set(answer.moved["work"]) == {"gas", "sewer", "square"}


def test_a_party_that_slips_past_the_last_year_leaves_its_works_undone():
    answer = slip(street(), "net", 3)
    assert answer.fallen == ("gas",)
    assert answer.weighted_cost_eur == 90.0 - 10.0
    assert answer.moved["to_year"].isna().tolist() == [True]


def test_what_does_not_exist_is_refused():
    with pytest.raises(InputError):
        move(street(), "water", 2028)


def test_the_same_change_gives_the_same_answer():
    first, second = move(street(), "sewer", 2028), move(street(), "sewer", 2028)
    pd.testing.assert_frame_equal(first.desk.programme, second.desk.programme)
