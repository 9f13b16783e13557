"""Write forms of report, for every circle in a folder of its own. (nl: schrijven)."""

import logging
from collections.abc import Callable, Sequence
from pathlib import Path

from koppelkans.report.circle import EVERYONE, INSIDE, Viewer
from koppelkans.report.form import Form, Output
from koppelkans.report.forms import FORMS
from koppelkans.report.legible import legible_plan
from koppelkans.report.plan import Plan
from koppelkans.report.side_by_side import CutPlans, second_process, written

logger = logging.getLogger(__name__)


def viewers(plan: Plan) -> list[Viewer]:
    """Return for whom outputs are made.

    Those inside, everyone, and each declared party but the municipality.
    """
    parties = [one for one in plan.settings.parties if one.kind != "gemeente"]
    return [INSIDE, EVERYONE, *(Viewer("party", one.party, one.name) for one in parties)]


def outputs_of(plan: Plan, forms: Sequence[Form] = FORMS) -> list[Output]:
    """Return every form for every viewer that it is written for, viewer by viewer."""
    return [Output(form, viewer) for viewer in viewers(plan) for form in forms if viewer.circle in form.circles]


def write(
    plan: Plan,
    folder: Path,
    *,
    lang: str | None = None,
    outputs: Sequence[Output] | None = None,
    tell: Callable[[Output], None] = lambda _: None,
) -> list[Path]:
    """Write outputs, each in the folder of its circle, and return the files.

    `folder` is made where it is missing; without `outputs` all are written.

    The documents of a larger city are written in a second process beside the others; the files are the same.

    `lang` is `nl` or `en`; without it the language of the city. `tell` is called with each output before it is written.
    """
    asked = outputs_of(plan) if outputs is None else outputs
    with second_process(asked, plan) as other:
        plans = CutPlans(legible_plan(plan), lang)
        done: dict[Output, list[Path]] = {}
        if other is not None:
            other.give(plans.whole, lang)
        theirs = () if other is None else other.outputs
        for output in theirs:
            tell(output)
        for output in asked:
            if output not in theirs:
                tell(output)
                done[output] = written(output.form, plans.of(output.viewer), folder / output.viewer.folder, lang=lang)
        done |= {} if other is None else other.take(folder)
    for output in theirs:
        if output not in done:
            logger.warning("the second process did not hand over %s; it is written here", output.form.name)
            done[output] = written(output.form, plans.of(output.viewer), folder / output.viewer.folder, lang=lang)
    return [path for output in asked for path in done[output]]


def write_form(form: Form, plan: Plan, folder: Path, *, lang: str | None = None) -> list[Path]:
    """Write one form of a plan that was cut for its viewer, and log what it took.

    What no file can hold is put right first (see `legible`), so that a form need not think of it.
    """
    return written(form, legible_plan(plan), folder, lang=lang)
