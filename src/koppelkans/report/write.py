"""Write every form of report into one folder. (nl: schrijven)."""

import logging
from collections.abc import Callable, Sequence
from pathlib import Path
from time import perf_counter

from koppelkans.report.form import Form
from koppelkans.report.forms import FORMS
from koppelkans.report.legible import legible_plan
from koppelkans.report.plan import Plan
from koppelkans.report.seen_by import EVERYONE, seen_by

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

    `lang` is `nl` or `en`; without it the language of the city. `tell` is called with each form before it is written.
    """
    plan = legible_plan(plan)
    shown, files = seen_by(plan, EVERYONE), []
    for form in forms:
        tell(form)
        files += _written(form, shown if form.public else plan, folder, lang=lang)
    return files


def write_form(form: Form, plan: Plan, folder: Path, *, lang: str | None = None) -> list[Path]:
    """Write one form and log what it took; a public form is handed a plan that `seen_by` cut.

    What no file can hold is put right first (see `legible`), so that a form need not think of it.
    """
    return _written(form, legible_plan(plan), folder, lang=lang)


def _written(form: Form, plan: Plan, folder: Path, *, lang: str | None) -> list[Path]:
    """Write one form of a legible plan."""
    folder.mkdir(parents=True, exist_ok=True)
    start = perf_counter()
    files = form.write(plan, folder, lang or plan.settings.city.lang)
    logger.info("report %s: %d files, %.2f s", form.name, len(files), perf_counter() - start)
    return files
