"""The futures of a city as its settings ask for."""

from dataclasses import replace

import hamlet
import hamlet_programme
from koppelkans.ground.settings import make_settings
from koppelkans.programme.frame import frame
from koppelkans.programme.futures.ahead import ahead
from koppelkans.programme.futures.sampled import no_futures, odds_of, sampled
from koppelkans.programme.product_futures import FIRMNESS, FUTURES
from koppelkans.programme.solve.highs import Effort
from koppelkans.programme.solve_problem import solve_problem


def test_a_run_samples_as_many_futures_as_the_settings_ask_for():
    walked = hamlet_programme.walked(hamlet.settings())
    part = hamlet.settings(programme={"futures": {"count": 2}}).programme
    problem = frame(*walked, settings=hamlet.settings()).problem
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
    walked = hamlet_programme.walked(settings)
    programme = hamlet_programme.scheduled()
    found = ahead(*walked, programme, settings=settings)
    assert len(found.futures) == 2
    assert found.value["futures"] == 2
    assert found.trace.settings["programme"]["futures"]["count"] == 2
    poor = replace(programme, money=programme.money.assign(budget_eur=0))
    assert ahead(*walked, poor, settings=settings).futures["left_out"].min() > found.futures["left_out"].max()
