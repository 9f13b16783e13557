"""A sampled future follows from seed and number, has the spread that was asked, and leaves alone what is decided."""

import numpy as np
import pandas as pd
import pytest

import tiny_city
from koppelkans.programme.futures.draw import Odds, future
from koppelkans.programme.problem import Problem

STILL = Odds(0.0, 0.0, {}, 0.0, 0.0, 0.0)


def city(count: int = 3, *, years: int = 12, **tables: pd.DataFrame) -> Problem:
    works = tiny_city.works(
        *((f"w{at}", 2030, 2031, 2032, 100, 4, 6, 500, True, False, False) for at in range(count))
    ).assign(kind="sewer_gravity", ambition_eur=100)
    made = {
        "works": works,
        "sections": tiny_city.sections(("s", 50, 5, 2, 9)),
        "funds": pd.DataFrame(
            [("f", 2027 + at, 1000, True) for at in range(years)],
            columns=["fund", "year", "budget_eur", "carries_over"],
        ),
    }
    return tiny_city.problem(years=years, **(made | tables))


def with_odds(**changed: object) -> Odds:
    return Odds(**(vars(STILL) | changed))  # type: ignore[arg-type]


def test_without_any_spread_a_future_is_what_was_reckoned_with():
    problem = city()
    found = future(problem, STILL, seed=1, number=0)
    for name in Problem.TABLES:
        pd.testing.assert_frame_equal(getattr(found, name), getattr(problem, name), check_dtype=False)


def test_the_same_seed_and_number_give_the_same_future_and_others_another():
    odds = Odds(1.0, 0.5, {"other": 0.2}, 0.3, 0.1, 0.7)
    one, again, next_one, other = (
        future(city(), odds, seed=seed, number=number) for seed, number in ((1, 4), (1, 4), (1, 5), (2, 4))
    )
    pd.testing.assert_frame_equal(one.works, again.works)
    pd.testing.assert_frame_equal(one.funds, again.funds)
    assert not one.works["cost_eur"].equals(next_one.works["cost_eur"])
    assert not one.works["cost_eur"].equals(other.works["cost_eur"])


def test_a_window_shifts_as_a_whole_and_stays_within_the_planned_years():
    found = future(city(400), with_odds(due_years=6.0), seed=1, number=0).works
    assert (found["best_year"] - found["earliest_year"] == 1).all()
    assert (found["latest_year"] - found["best_year"] == 1).all()
    assert found["latest_year"].min() >= 2027
    assert found["earliest_year"].max() <= 2038
    assert found["best_year"].nunique() > 5


def test_a_work_that_is_fixed_keeps_its_window():
    problem = city(50, fixed=pd.DataFrame({"work": ["w7"], "year": [2031]}))
    found = future(problem, with_odds(due_years=5.0), seed=1, number=0).works.set_index("work")
    assert found.loc["w7", "best_year"] == 2031
    assert (found["best_year"] != 2031).sum() > 30


def test_works_of_a_kind_shift_together_where_only_the_kind_is_uncertain():
    found = future(city(50), with_odds(due_kind_years=3.0), seed=3, number=0).works
    assert len(set(found["best_year"])) == 1


def test_costs_have_the_spread_that_was_asked_and_their_mean_stays():
    found = future(city(4_000), with_odds(cost_spread={"other": 0.3}), seed=1, number=0).works
    ratio = found["cost_eur"] / 100
    # lognormal with a mean of 1: the mean of 4,000 has a standard error of 0.3 / sqrt(4,000) = 0.005
    assert ratio.mean() == pytest.approx(1.0, abs=0.015)
    assert np.log(ratio).std() == pytest.approx(0.3, abs=0.015)
    # prices go along with the cost; of leaving undone only the risk (500 - 100), not the worth of ambitions (100)
    assert (found["late_eur_per_year"] / 6).tolist() == pytest.approx(ratio.tolist())
    assert found["undone_eur"].tolist() == pytest.approx((100 + 400 * ratio).tolist())


def test_a_kind_may_have_a_spread_of_its_own():
    odds = with_odds(cost_spread={"other": 0.5, "sewer_gravity": 0.0})
    found = future(city(), odds, seed=1, number=0)
    assert found.works["cost_eur"].tolist() == [100.0] * 3
    assert found.sections["opening_eur"].tolist() != [50.0]  # an opening has no kind


def test_what_costs_have_in_common_moves_all_together():
    problem = city(100)
    means = [
        future(problem, with_odds(cost_spread={"other": 0.2}, cost_shared=1.0), seed=1, number=at).works["cost_eur"]
        for at in range(30)
    ]
    assert all(len(set(part)) == 1 for part in means)
    assert np.log([part.iloc[0] / 100 for part in means]).std() == pytest.approx(0.2, abs=0.08)


def test_a_purse_remembers_its_deviation_and_never_holds_less_than_nothing():
    odds = with_odds(budget_spread=0.4, budget_memory=0.9)
    problem = city(1, years=12)
    off = np.array([future(problem, odds, seed=1, number=at).funds["budget_eur"] / 1000 - 1 for at in range(60)])
    assert off.std() == pytest.approx(0.4, abs=0.08)
    assert np.corrcoef(off[:, 3], off[:, 4])[0, 1] == pytest.approx(0.9, abs=0.05)
    assert off.min() >= -1
