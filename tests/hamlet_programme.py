"""The hamlet walked up to the programme room: what `schedule` and `build_problem` start from."""

from functools import cache
from hashlib import sha256
from pathlib import Path
from typing import Any

import hamlet
from kept import own, shared
from koppelkans.appraisal import Appraisal, appraise
from koppelkans.context.product import Context
from koppelkans.ground.settings import Settings
from koppelkans.programme import Programme, schedule
from koppelkans.programme.ahead import look_ahead
from koppelkans.programme.build_problem import build_problem
from koppelkans.programme.problem import Problem
from koppelkans.weighing import Weighing, weigh

TOWN = hamlet.context
"""The context of the hamlet as it is: a test may put another in its place, of which nothing is kept."""


def walked(settings: Settings, context: Context | None = None) -> tuple[Context, Appraisal, Weighing]:
    """Return the context, the appraisal and the weighing of the hamlet; worked out once for the same settings."""
    if context is not None or hamlet.context is not TOWN:
        return _walk(settings, context or hamlet.context())
    rooms = settings.model_copy(update={"programme": type(settings.programme)()})  # these rooms lie before it
    appraisal, weighing = _kept_walk(rooms.model_dump_json())
    return hamlet.context(), own(appraisal), own(weighing)


def _walk(settings: Settings, town: Context) -> tuple[Context, Appraisal, Weighing]:
    """Walk there."""
    appraisal = appraise(town, hamlet.vision(), hamlet.opportunities(), settings=settings)
    return town, appraisal, weigh(town, hamlet.opportunities(), appraisal, settings=settings)


@cache
def _kept_walk(chosen: str) -> tuple[Appraisal, Weighing]:
    """Return the appraisal and the weighing with these settings."""
    return _walk(Settings.model_validate_json(chosen), hamlet.context())[1:]


def problem(context: Context | None = None, **parts: Any) -> Problem:  # noqa: ANN401
    """Return the problem of the hamlet; built once for the same settings."""
    settings = hamlet.settings(**parts)
    if context is not None or hamlet.context is not TOWN:
        return build_problem(*walked(settings, context), settings=settings)
    made: Problem = own(_kept_problem(settings.model_dump_json()))
    return made


@cache
def _kept_problem(chosen: str) -> Problem:
    """Return the problem with these settings."""
    settings = Settings.model_validate_json(chosen)
    return build_problem(*walked(settings), settings=settings)


def scheduled(context: Context | None = None, **parts: Any) -> Programme:  # noqa: ANN401
    """Return the programme of the hamlet; made once for the same settings.

    It is proven to the end, and no changes are priced beforehand, unless the settings say otherwise.
    """
    settings = hamlet.settings(**parts | {"programme": {"what_if": False} | parts.get("programme", {"gap": 0.0})})
    if context is not None or hamlet.context is not TOWN:
        return searched(settings, context or hamlet.context())
    made: Programme = own(_kept_search(settings.model_dump_json()))
    return made


def searched(settings: Settings, town: Context) -> Programme:
    """Walk there and search."""
    _, appraisal, weighing = _walk(settings, town)
    return look_ahead(town, schedule(town, appraisal, weighing, settings=settings), settings=settings)


@cache
def _kept_search(chosen: str) -> Programme:
    """Return the programme with these settings, from the other worker where it has made it."""
    name = f"programme-{sha256(chosen.encode()).hexdigest()[:16]}"
    return shared(name, lambda _: searched(Settings.model_validate_json(chosen), hamlet.context()), Path())
