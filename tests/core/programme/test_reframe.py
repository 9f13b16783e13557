import pandas as pd

import hamlet
import hamlet_programme
from koppelkans.programme import schedule
from koppelkans.programme.problem import Problem
from koppelkans.programme.reframe import reframe


def test_the_problem_behind_a_programme_is_the_one_that_was_solved_as_wide_as_it_was_then():
    settings = hamlet.settings(programme={"gap": 0.0})
    walked = hamlet_programme.walked(settings)
    programme = schedule(*walked, settings=settings)
    found = reframe(*walked, programme, settings=settings)
    framed = hamlet_programme.framed(programme={"gap": 0.0})
    for name in Problem.TABLES:
        pd.testing.assert_frame_equal(getattr(found.problem, name), getattr(framed.problem, name))
    wider = programme.money.assign(budget_eur=programme.money["budget_eur"] + 1)
    longer = programme.load.assign(available_h=programme.load["available_h"] + 1)
    changed = type(programme)(**{**vars(programme), "money": wider, "load": longer})
    again = reframe(*walked, changed, settings=settings)
    assert (again.problem.funds["budget_eur"] - framed.problem.funds["budget_eur"] == 1).all()
    assert (again.hours["hours"] - framed.hours["hours"] == 1).all()
