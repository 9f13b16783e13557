from pathlib import Path

import pytest

import hamlet
import hamlet_programme
from koppelkans.context.product import Context
from koppelkans.ground.settings import Settings
from koppelkans.ground.shelf import load, save
from koppelkans.programme import Programme, schedule
from koppelkans.programme.ahead import look_ahead

Stood = tuple[Context, Settings, Programme]


@pytest.fixture(scope="module")
def stood() -> Stood:
    settings = hamlet.settings(programme={"gap": 0.0, "compare": False, "what_if": True, "futures": {"count": 2}})
    context, appraisal, weighing = hamlet_programme.walked(settings)
    return context, settings, schedule(context, appraisal, weighing, settings=settings)


def test_a_part_that_is_to_come_stands_nowhere_on_the_shelf_and_one_that_nobody_asked_for_is_empty(
    stood: Stood, tmp_path: Path
):
    *_, made = stood
    assert made.to_come == ["what_if", "futures"]
    kept = {path.stem for path in save(made, tmp_path).glob("*.parquet")}
    assert kept == set(Programme.TABLES) - {"what_if", "what_if_moves", "firmness", "futures"}
    assert load(Programme, tmp_path).to_come == made.to_come
    assert load(Programme, tmp_path, only=("plan",)).plan.equals(made.plan)
    assert load(Programme, tmp_path, only=()).plan.empty


def test_what_is_to_come_is_made_part_by_part_and_once(stood: Stood):
    context, settings, made = stood
    told: list[str] = []
    part = look_ahead(context, made, settings=settings, parts=["what_if"], tell=told.append)
    assert part.to_come == ["futures"]
    assert len(part.what_if) > 0
    assert part.futures.empty
    whole = look_ahead(context, part, settings=settings, tell=told.append)
    assert whole.to_come == []
    assert len(whole.futures) == 2
    assert whole.what_if is part.what_if
    assert look_ahead(context, whole, settings=settings, tell=told.append) is whole
    assert told == ["what_if", "futures"]
    assert whole.plan.equals(made.plan)
    assert whole.trace.value_eur == made.trace.value_eur
