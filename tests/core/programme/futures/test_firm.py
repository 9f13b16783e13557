"""A programme in sampled futures, beside owners who plan alone, and as the settings of a city ask."""

from dataclasses import replace
from functools import cache

import numpy as np
import pandas as pd
import pytest

import hamlet
import hamlet_programme
import tiny_city
from koppelkans.ground.settings import make_settings
from koppelkans.programme.futures.draw import Odds, future
from koppelkans.programme.futures.firm import (
    FutureOutcomes,
    Sampling,
    figures,
    imagine,
    no_futures,
    odds_of,
    sampled,
    try_futures,
)
from koppelkans.programme.problem import Problem
from koppelkans.programme.product import FIRMNESS, FUTURES
from koppelkans.programme.solve.highs import Effort
from koppelkans.programme.solve_problem import solve_problem
from koppelkans.programme.value import value_of

ODDS = Odds(1.0, 0.5, {"other": 0.2}, 0.3, 0.1, 0.7)
EFFORT = Effort(seconds=10.0)


def street() -> Problem:
    """Return gas and water in one street, with a purse that just suffices for both."""
    works = tiny_city.works(
        ("g", 2028, 2029, 2031, 20_000, 300, 900, 90_000, True, False, False),
        ("w", 2028, 2030, 2031, 60_000, 300, 900, 200_000, True, False, False),
    ).assign(owner=["gas", "water"])
    return tiny_city.problem(
        years=8,
        works=works,
        sections=tiny_city.sections(("s", 30_000, 1000, 2, 500)),
        touches=tiny_city.pairs("work", "section", ("g", "s"), ("w", "s")),
        payments=pd.DataFrame({"work": ["g", "w"], "fund": "f", "share": 1.0}),
        funds=pd.DataFrame(
            [("f", 2027 + at, 16_000, True) for at in range(8)], columns=["fund", "year", "budget_eur", "carries_over"]
        ),
    )


PROGRAMME = pd.DataFrame({"work": ["g", "w"], "year": [2031, 2031]})


@cache
def imagined(count: int, seed: int = 1) -> FutureOutcomes:
    return imagine(street(), PROGRAMME, sampling=Sampling(count, ODDS, seed=seed), effort=EFFORT)


def test_the_first_futures_are_the_same_however_many_are_drawn():
    few, more = imagined(2), imagined(5)
    pd.testing.assert_frame_equal(few.futures, more.futures.head(2))
    assert not imagined(2, seed=9).futures["value_eur"].equals(few.futures["value_eur"])


def test_what_no_longer_fits_costs_its_undone_price():
    found = imagined(5).futures
    for number, row in enumerate(found.to_dict("records")):
        problem = future(street(), ODDS, seed=1, number=number)
        options = [value_of(problem, PROGRAMME.iloc[list(kept)]).total_eur for kept in ([], [0], [1], [0, 1])]
        assert any(row["value_eur"] == pytest.approx(option) for option in options)
        assert row["replanned_eur"] <= row["value_eur"] + 1e-6
        faults = ["faults", "value_faults", "silo_faults", "silo_replanned_faults"]
        assert [row[name] for name in faults] == [0, 0, 0, 0]


def test_a_future_without_surprises_keeps_everything():
    certain = Odds(0.0, 0.0, {}, 0.0, 0.0, 0.0)
    found = imagine(street(), PROGRAMME, sampling=Sampling(1, certain, stay_share=1.0), effort=EFFORT)
    assert found.futures[["kept_share", "left_out", "silo_left_out"]].to_numpy().tolist() == [[1.0, 0.0, 0.0]]
    assert found.futures["value_eur"].tolist() == [value_of(street(), PROGRAMME).total_eur]
    assert found.firmness["firm"].all()


def test_the_figures_are_means_quantiles_and_a_paired_error():
    found = imagined(5)
    made, table = figures(found), found.futures
    gains = table["silo_eur"] - table["value_eur"]
    assert made["futures"] == 5
    assert made["futures_value_mean_eur"] == round(table["value_eur"].mean())
    assert made["futures_replanned_p10_eur"] == round(np.percentile(table["replanned_eur"], 10))
    assert made["futures_gain_eur"] == round(gains.mean())
    assert made["futures_gain_error_eur"] == round(gains.std() / np.sqrt(5))


def test_one_future_tells_no_error():
    assert figures(replace(imagined(2), futures=imagined(2).futures.head(1)))["futures_gain_error_eur"] is None


def test_progress_is_told_from_start_to_end():
    told: list[tuple[float, str]] = []
    imagine(street(), PROGRAMME, sampling=Sampling(2, ODDS), effort=EFFORT, progress=lambda *step: told.append(step))
    assert told == [(0.0, "silo"), (0.0, "futures"), (1.0, "futures")]


def test_a_run_samples_as_many_futures_as_the_settings_ask_for():
    part = hamlet.settings(programme={"futures": {"count": 2}}).programme
    problem = hamlet_programme.problem()
    programme = solve_problem(problem, effort=Effort(seconds=10.0)).programme
    found = sampled(problem, programme, part=part)
    assert len(found.futures) == 2
    assert found.firmness["work"].tolist() == problem.works["work"].tolist()
    assert found.figures["futures"] == 2
    assert list(found.futures.columns) == list(FUTURES.columns)


def test_thirty_are_sampled_unless_the_city_says_otherwise():
    assert make_settings({"city": {"name": "x"}}).programme.futures.count == 30
    assert no_futures().futures.empty
    assert list(no_futures().firmness.columns) == list(FIRMNESS.columns)


def test_the_odds_are_those_of_the_settings():
    odds = odds_of(
        make_settings(
            {"city": {"name": "x"}, "programme": {"futures": {"due_years": 2, "cost_spread": {"quay": 0.5}}}}
        ).programme.futures
    )
    assert (odds.due_years, odds.cost_spread["quay"], odds.cost_spread["other"]) == (2.0, 0.5, 0.2)


def test_a_finished_programme_is_tried_with_the_budgets_that_it_was_made_with():
    settings = hamlet.settings(programme={"gap": 0.0, "futures": {"count": 2}})
    programme = hamlet_programme.scheduled()
    found = try_futures(programme, settings=settings)
    assert len(found.futures) == 2
    assert found.value["futures"] == 2
    assert found.trace.settings["programme"]["futures"]["count"] == 2
    broke = programme.problem.funds.assign(budget_eur=0.0, basis="given")
    poor = replace(programme, problem=replace(programme.problem, funds=broke))
    assert try_futures(poor, settings=settings).futures["left_out"].min() > found.futures["left_out"].max()
