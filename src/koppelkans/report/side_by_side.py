"""Write some forms in a second process, beside the others. (nl: naast elkaar).

The second process writes nothing where the reports come: it hands the files back, so that a run that is killed
leaves what it always leaves.
"""

import logging
import os
import pickle
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path
from time import perf_counter
from typing import NamedTuple

from koppelkans.report.circle import Viewer
from koppelkans.report.form import Form, Output
from koppelkans.report.forms import FORMS
from koppelkans.report.plan import Plan
from koppelkans.report.seen_by import seen_by

LEAST_WORKS = 150
"""Works from which a second process pays: below it, the forms are written before it has started."""
OWN = logging.getLogger("koppelkans")
logger = logging.getLogger(__name__)


class Handed(NamedTuple):
    """Files per output (path below the folder, content) and log lines of a second process."""

    files: list[list[tuple[str, bytes]]]
    records: list[logging.LogRecord]


class SecondProcess:
    """A process that has started, and writes the forms that it is given."""

    def __init__(self, outputs: Sequence[Output]) -> None:
        """Start it: it loads what it needs while the plan is made ready."""
        self.outputs = tuple(outputs)
        command = [sys.executable, "-P", "-c", f"from {__name__} import main; main()"]
        self.process = subprocess.Popen(  # noqa: S603 -- this very Python, and no word of a user
            command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL
        )

    def give(self, plan: Plan, lang: str | None) -> None:
        """Give it a legible plan."""
        if self.process.stdin is not None:
            with suppress(OSError), self.process.stdin as pipe:
                pickle.dump(
                    (plan, lang, [(form.name, viewer) for form, viewer in self.outputs]),
                    pipe,
                    protocol=pickle.HIGHEST_PROTOCOL,
                )

    def take(self, folder: Path) -> dict[Output, list[Path]]:
        """Put the files in `folder` and return them per output.

        Nothing where the process ended without handing them over.
        """
        answer = b"" if self.process.stdout is None else self.process.stdout.read()
        if self.process.wait():
            return {}
        handed: Handed = pickle.loads(answer)  # noqa: S301 -- from our own process, through a pipe
        for record in handed.records:
            logging.getLogger(record.name).handle(record)
        return {
            output: [_put(folder / file, content) for file, content in files]
            for output, files in zip(self.outputs, handed.files, strict=True)
        }


@contextmanager
def second_process(outputs: Sequence[Output], plan: Plan) -> Iterator[SecondProcess | None]:
    """Start a second process for the documents among the outputs; None where it would not pay."""
    theirs = [output for output in outputs if output.form.format == "pdf"]
    if not (theirs and len(theirs) < len(outputs) and _pays(plan)):
        yield None
        return
    made = SecondProcess(theirs)
    with made.process:
        try:
            yield made
        finally:
            made.process.kill()


def _pays(plan: Plan) -> bool:
    """Tell whether there is a second core, enough to write, and a Python that can be started."""
    cores = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
    return cores > 1 and len(plan.context.works) >= LEAST_WORKS and Path(sys.executable).stem.startswith("python")


def _put(path: Path, content: bytes) -> Path:
    """Write a file, with its folder, and return it."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content)
    return path


class CutPlans:
    """A legible plan as each viewer may see it, made once where it is asked for."""

    def __init__(self, whole: Plan, lang: str | None = None) -> None:
        """Keep the whole plan, and the language of the reports."""
        self.whole, self.lang = whole, lang
        self._cut: tuple[Viewer, Plan] | None = None

    def of(self, viewer: Viewer) -> Plan:
        """Return the plan of a viewer; the last one is kept for the outputs that follow."""
        if self._cut is None or self._cut[0] != viewer:
            self._cut = (viewer, seen_by(self.whole, viewer, lang=self.lang))
        return self._cut[1]


def written(form: Form, plan: Plan, folder: Path, *, lang: str | None) -> list[Path]:
    """Write one form of a legible plan and log what it took."""
    folder.mkdir(parents=True, exist_ok=True)
    start = perf_counter()
    files = form.write(plan, folder, lang or plan.settings.city.lang)
    logger.info("report %s: %d files, %.2f s", form.name, len(files), perf_counter() - start)
    return files


class _Kept(logging.Handler):
    """Keeps what is logged, with its words filled in, for the process that asked."""

    def __init__(self) -> None:
        """Start with nothing."""
        super().__init__()
        self.records: list[logging.LogRecord] = []

    def emit(self, record: logging.LogRecord) -> None:
        """Keep one line."""
        record.msg, record.args, record.exc_info = record.getMessage(), (), None
        self.records.append(record)


def main() -> None:
    """Write the forms that are asked on standard input and hand them over on standard output."""
    with os.fdopen(os.dup(1), "wb") as answer:
        os.dup2(2, 1)  # what a library prints does not come between
        kept = _Kept()
        OWN.addHandler(kept)
        OWN.setLevel(logging.INFO)
        plan, lang, asked = pickle.load(sys.stdin.buffer)  # noqa: S301 -- from the process that started this one
        forms, plans = {form.name: form for form in FORMS}, CutPlans(plan, lang)
        with tempfile.TemporaryDirectory() as name:
            folder = Path(name)
            made = [written(forms[name], plans.of(one), folder / one.folder, lang=lang) for name, one in asked]
            files = [[(path.relative_to(folder).as_posix(), path.read_bytes()) for path in paths] for paths in made]
        pickle.dump(Handed(files, kept.records), answer, protocol=pickle.HIGHEST_PROTOCOL)
