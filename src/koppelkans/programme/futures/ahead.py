"""A finished programme of a city tried in sampled futures. (nl: vooruitblik)."""

from dataclasses import replace

from koppelkans.appraisal.product import Appraisal
from koppelkans.context.product import Context
from koppelkans.ground.settings import Settings
from koppelkans.programme.futures.imagine import Progress
from koppelkans.programme.futures.sampled import sampled
from koppelkans.programme.product import Programme
from koppelkans.programme.reframe import reframe
from koppelkans.weighing.product import Weighing


def ahead(
    context: Context,
    appraisal: Appraisal,
    weighing: Weighing,
    programme: Programme,
    *,
    settings: Settings,
    progress: Progress | None = None,
) -> Programme:
    """Return a finished programme with as many sampled futures as the settings ask for, in place of those that it had."""
    framed = reframe(context, appraisal, weighing, programme, settings=settings)
    years = programme.plan.dropna(subset=["year"])[["work", "year"]].astype({"year": "int64"})
    found = sampled(framed.problem, years.reset_index(drop=True), part=settings.programme, progress=progress)
    known = {name: figure for name, figure in programme.value.items() if not name.startswith(("futures", "firm_"))}
    return replace(
        programme,
        firmness=found.firmness,
        futures=found.futures,
        value=known | found.figures,
        trace=programme.trace.noting(settings=settings.model_dump(mode="json")),
    )
