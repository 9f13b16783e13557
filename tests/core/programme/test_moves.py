"""What another year costs and what forbids it must be what the judge finds when the work is really moved."""

from random import Random
from typing import Any

import pandas as pd
import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

import tiny_city
from koppelkans.programme.constraint import Outcome
from koppelkans.programme.constraints import CONSTRAINTS
from koppelkans.programme.moves import moves
from koppelkans.programme.value import broken_rest, opened_sections, value_of
from often import few

LIGHT = settings(
    max_examples=few(10),
    deadline=None,
    suppress_health_check=list(HealthCheck),
    phases=[Phase.explicit, Phase.generate],
)


MONEY = (lambda part: part.works_eur, lambda part: part.openings_eur, lambda part: -part.joint_eur)


@LIGHT
@given(tiny_city.cities(), st.randoms(use_true_random=False))
def test_a_move_costs_what_the_judge_says_and_is_blocked_only_by_what_it_breaks(tables: dict[str, Any], chance: Random):
    city = tiny_city.problem(**tables)
    book = tiny_city.Book(city)
    allowed = [chosen for chosen in tiny_city.every_programme(city) if book.cost(chosen) is not None]
    chosen = chance.choice(allowed)
    programme = pd.DataFrame({"work": list(chosen), "year": list(chosen.values())}).astype({"work": "str", "year": int})
    found = moves(city, programme)
    before = value_of(city, programme)
    for row in found.sample(min(len(found), 4), random_state=chance.randrange(100)).to_dict("records"):
        moved = {**chosen, row["work"]: row["year"]}
        after = pd.DataFrame({"work": list(moved), "year": list(moved.values())}).astype({"work": "str"})
        then = value_of(city, after)
        assert then.total_eur - before.total_eur == pytest.approx(row["extra_eur"], abs=1e-9)
        money = sum(then_part(then) - then_part(before) for then_part in MONEY)
        weight = then.undone_eur - before.undone_eur
        assert row["money_eur"] == pytest.approx(money, abs=1e-9)
        assert row["harm_eur"] == pytest.approx(then.total_eur - before.total_eur - money - weight, abs=1e-9)
        outcome = Outcome(after, opened_sections(city, after), broken_rest(city, after))
        broken = {piece.name for piece in CONSTRAINTS if len(piece.judge(city, outcome))}
        blocked = row["blocked_by"] if isinstance(row["blocked_by"], str) else None
        assert (blocked in broken) if blocked else not broken


def test_a_city_without_touches_purses_or_limits_has_moves_too():
    city = tiny_city.problem(works=tiny_city.works(("a", 2027, 2027, 2028, 10, 0, 3, 20, True, False, False)), rate=0.0)
    found = moves(city, pd.DataFrame({"work": ["a"], "year": [2027]}))
    assert found["extra_eur"].tolist() == [0.0, 3.0]
    assert found["blocked_by"].isna().all()


def test_a_move_names_the_purse_that_forbids_it():
    city = tiny_city.problem(
        years=2,
        works=tiny_city.works(("a", 2027, 2027, 2028, 10, 0, 3, 20, True, False, False)),
        payments=pd.DataFrame({"work": ["a"], "fund": ["f"], "share": [0.5]}),
        funds=pd.DataFrame({"fund": "f", "year": [2027, 2028], "budget_eur": [5, 4], "carries_over": False}),
    )
    found = moves(city, pd.DataFrame({"work": ["a"], "year": [2027]}))
    assert found[["blocked_by", "about"]].iloc[1].tolist() == ["budget", "f"]
