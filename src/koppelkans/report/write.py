"""Write every form of report into one folder. (nl: schrijven)."""

import logging
from collections.abc import Callable, Sequence
from functools import cached_property
from pathlib import Path

from koppelkans.report.form import Form
from koppelkans.report.forms import FORMS
from koppelkans.report.legible import legible_plan
from koppelkans.report.plan import Plan
from koppelkans.report.seen_by import EVERYONE, seen_by
from koppelkans.report.side_by_side import second_process, written

logger = logging.getLogger(__name__)


def write(
    plan: Plan,
    folder: Path,
    *,
    lang: str | None = None,
    forms: Sequence[Form] = FORMS,
    tell: Callable[[Form], None] = lambda _: None,
) -> list[Path]:
    """Write every form into `folder`, made where it is missing, and return the files by form.

    The documents of a larger city are written in a second process beside the others; the files are the same.

    `lang` is `nl` or `en`; without it the language of the city. `tell` is called with each form before it is written.
    """
    with second_process(forms, plan) as other:
        plans = _Plans(legible_plan(plan))
        done: dict[str, list[Path]] = {}
        if other is not None:
            other.give(plans.whole, lang)
        theirs = () if other is None else other.forms
        for form in theirs:
            tell(form)
        for form in forms:
            if form not in theirs:
                tell(form)
                done[form.name] = written(form, plans.of(form), folder, lang=lang)
        done |= {} if other is None else other.take(folder)
    for form in theirs:
        if form.name not in done:
            logger.warning("the second process did not hand over %s; it is written here", form.name)
            done[form.name] = written(form, plans.of(form), folder, lang=lang)
    return [path for form in forms for path in done[form.name]]


class _Plans:
    """A legible plan, whole and as everyone may see it, each made once where it is asked for."""

    def __init__(self, whole: Plan) -> None:
        """Keep the whole plan."""
        self.whole = whole

    @cached_property
    def shown(self) -> Plan:
        """Return what everyone may see."""
        return seen_by(self.whole, EVERYONE)

    def of(self, form: Form) -> Plan:
        """Return the plan that a form may tell of."""
        return self.shown if form.public else self.whole


def write_form(form: Form, plan: Plan, folder: Path, *, lang: str | None = None) -> list[Path]:
    """Write one form and log what it took; a public form is handed a plan that `seen_by` cut.

    What no file can hold is put right first (see `legible`), so that a form need not think of it.
    """
    return written(form, legible_plan(plan), folder, lang=lang)
