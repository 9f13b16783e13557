"""The hamlet walked up to the programme room: what `schedule` and `build_problem` start from."""

from typing import Any

import hamlet
from koppelkans.appraisal import Appraisal, appraise
from koppelkans.context.product import Context
from koppelkans.ground.settings import Settings
from koppelkans.programme import Programme, schedule
from koppelkans.programme.ahead import look_ahead
from koppelkans.programme.build_problem import build_problem
from koppelkans.programme.problem import Problem
from koppelkans.weighing import Weighing, weigh


def walked(settings: Settings, context: Context | None = None) -> tuple[Context, Appraisal, Weighing]:
    """Return the context, the appraisal and the weighing of the hamlet."""
    town, finds = context or hamlet.context(), hamlet.opportunities()
    appraisal = appraise(town, hamlet.vision(), finds, settings=settings)
    return town, appraisal, weigh(town, finds, appraisal, settings=settings)


def problem(context: Context | None = None, **parts: Any) -> Problem:  # noqa: ANN401
    """Return the problem of the hamlet."""
    settings = hamlet.settings(**parts)
    return build_problem(*walked(settings, context), settings=settings)


def scheduled(context: Context | None = None, **parts: Any) -> Programme:  # noqa: ANN401
    """Return the programme of the hamlet, proven to the end unless the settings say otherwise."""
    settings = hamlet.settings(**({"programme": {"gap": 0.0}} | parts))
    town, appraisal, weighing = walked(settings, context)
    return look_ahead(town, schedule(town, appraisal, weighing, settings=settings), settings=settings)
