"""Speech of the command line: words for people, JSON for programs, exit codes. (nl: stem)."""

import json
import logging
import os
import sys
import unicodedata
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from typing import Any, NoReturn

import typer
from rich.console import Console
from rich.logging import RichHandler
from rich.progress import BarColumn, Progress, SpinnerColumn, TextColumn, TimeElapsedColumn
from rich.table import Table
from rich.text import Text

from koppelkans.ground.errors import Fault, InputError, KoppelkansError, NoProgrammeError
from koppelkans.ground.words import ROOM_WORDS, Phrase, said_again, say

CANNOT_USE = 1
TERMINAL = frozenset({"Cc", "Cf", "Cs", "Zl", "Zp"})
"""Sorts of letters that a terminal obeys instead of shows: escapes, control, direction of writing, halves of letters."""
HARMLESS = frozenset("\n\t\u00ad\u200c\u200d")
"""Of these: end of line, tab, soft hyphen, and what keeps letters apart or together."""
MOST_FAULTS = 40
"""Faults that are printed one by one; the rest is counted, and all stand in the JSON and in the file of rows set aside."""


def screen_language() -> str:
    """Return the language of the screen: English by the user's locale, Dutch otherwise."""
    told = os.environ.get("LC_ALL") or os.environ.get("LC_MESSAGES") or os.environ.get("LANG") or ""
    return "en" if told.lower().startswith("en") else "nl"


LANG = screen_language()
STEPS = ROOM_WORDS | {
    "city": "Read the files",
    "scenarios": "Scenarios",
    "what_if": "Changes priced beforehand",
    "futures": "Sampled futures",
    "report": "Write map and reports",
}
"""Name of each step on screen; the Dutch stands in the catalogue."""


def t(text: str, /, **values: object) -> str:
    """Return `text` in the language of the screen, with its `{named}` places filled in."""
    return say(text, LANG, **values)


class Voice:
    """Speaks to a person on the screen, or with `--json` to a program on standard output."""

    def __init__(self, *, as_json: bool, verbose: bool = False) -> None:
        """Words go to standard error as soon as JSON goes to standard output."""
        self.as_json = as_json
        self.console = Console(stderr=as_json, highlight=False)
        self.errors = Console(stderr=True, highlight=False)
        if verbose:
            logging.getLogger("pyogrio").setLevel(logging.WARNING)
            told = RichHandler(console=self.errors, show_path=False)
            told.setFormatter(_Safe("%(message)s"))
            logging.basicConfig(level=logging.INFO, handlers=[told], force=True)

    def words(self, text: str, style: str = "") -> None:
        """Print a line for people as it is, without markup and without moving the terminal."""
        self.console.print(Text(safe(text), style=style))

    def table(self, title: str, columns: Iterable[str], rows: Iterable[Iterable[object]]) -> None:
        """Print a table for people."""
        table = Table(title=Text(safe(title)), title_justify="left", header_style="bold", pad_edge=False)
        for column in columns:
            table.add_column(Text(safe(column)), overflow="fold")
        for row in rows:
            table.add_row(*[Text(safe(str(cell)).replace("\n", "\\n")) for cell in row])
        self.console.print(table)

    def result(self, data: Mapping[str, Any]) -> None:
        """Print the one line of JSON, where it was asked for."""
        if self.as_json:
            told = json.dumps(data, ensure_ascii=False, default=str)
            sys.stdout.write("".join(json.dumps(one)[1:-1] if _obeyed(one) else one for one in told) + "\n")
            sys.stdout.flush()

    def faults(self, faults: Iterable[Fault], *, title: str = "") -> None:
        """Print faults as a table, the fatal ones first, without empty columns."""
        told = sorted(faults, key=lambda fault: not fault.fatal)
        columns = [t("where"), t("layer"), t("row"), t("column"), t("found"), t("wanted")]
        rows = [
            (
                in_words(f.where),
                f.layer,
                "" if f.row is None else f.row,
                f.column,
                in_words(f.found),
                in_words(f.wanted),
            )
            for f in told[:MOST_FAULTS]
        ]
        said = [at for at, name in enumerate(columns) if name in columns[-2:] or any(row[at] != "" for row in rows)]
        told_rows = [[row[at] for at in said] for row in rows]
        self.table(title or t("What was wrong, with its place"), [columns[at] for at in said], told_rows)
        if len(told) > MOST_FAULTS:
            self.words(
                t(
                    "… and {more} more; all of them stand in the file of rows set aside and in --json.",
                    more=len(told) - MOST_FAULTS,
                )
            )

    def fail(self, problem: KoppelkansError) -> NoReturn:
        """Tell what is wrong and what to do, and stop with exit code 1."""
        if isinstance(problem, InputError):
            self.faults(problem.faults)
            self._warn(t("This cannot be used yet. Mend what is named above and run the same command again."))
        elif isinstance(problem, NoProgrammeError):
            self._warn(t("No programme meets these demands together:"))
            for demand in problem.clashing:
                self._warn(f"- {demand}", style="")
            self._warn(t("Change one of them, or let it go."), style="")
        else:
            self._warn(str(problem))
        demands = getattr(problem, "demands", ())
        faults = [fault_data(fault) for fault in getattr(problem, "faults", ())]
        self.result(
            {
                "ok": False,
                "error": type(problem).__name__,
                "message": str(problem),
                "faults": faults,
                "clashing": list(getattr(problem, "clashing", ())),
                "demands": [{"constraint": constraint, "about": about} for constraint, about in demands],
            }
        )
        raise typer.Exit(CANNOT_USE)

    def _warn(self, text: str, style: str = "bold red") -> None:
        """Print a line of what went wrong."""
        self.errors.print(Text(safe(text), style=style))

    @contextmanager
    def share(self, what: str, total: float | None = 1.0) -> Iterator[Callable[[float | None, str], None]]:
        """Show a progress bar; the yielded function takes a share and words."""
        columns = (SpinnerColumn(), _what(), BarColumn(), TimeElapsedColumn())
        with Progress(*columns, console=self.errors, transient=False) as bar:
            task = bar.add_task(safe(what), total=total)

            def tell(done: float | None, words: str = "") -> None:
                bar.update(task, description=safe(words or what), completed=None if done is None else min(1.0, done))

            yield tell
            bar.update(task, completed=total)

    @contextmanager
    def steps(self, total: int) -> Iterator[Callable[[str], None]]:
        """Show a progress bar that moves one step at each call of the yielded function.

        It is called with the name of the step.
        """
        counted = TextColumn("{task.completed:.0f}/{task.total:.0f}")
        columns = (SpinnerColumn(), _what(), BarColumn(), counted, TimeElapsedColumn())
        with Progress(*columns, console=self.errors, transient=False) as bar:
            task = bar.add_task(t("Start"), total=total)
            begun = False

            def tell(step: str) -> None:
                nonlocal begun
                bar.update(task, description=t(STEPS[step]), advance=1 if begun else 0)
                begun = True

            yield tell
            bar.update(task, description=t("Done"), completed=total)


class _Safe(logging.Formatter):
    """Writes a line of the log so that a terminal only shows it."""

    def format(self, record: logging.LogRecord) -> str:
        """Return the line."""
        return safe(super().format(record))


def _what() -> TextColumn:
    """Return the column of a bar that says what is done."""
    return TextColumn("{task.description:<34}", markup=False)


def in_words(text: str) -> str:
    """Return a sentence of ours in the language of the screen; other text as it is.

    It is what was found or wanted in a fault.
    """
    return text.said(LANG) if isinstance(text, Phrase) else said_again(text, LANG)


def safe(text: str) -> str:
    """Return text with every letter that a terminal obeys written out as its number."""
    return "".join(ascii(one)[1:-1] if _obeyed(one) else one for one in text)


def _obeyed(letter: str) -> bool:
    """Tell whether a terminal obeys a letter instead of showing it."""
    return letter not in HARMLESS and unicodedata.category(letter) in TERMINAL


def fault_data(fault: Fault) -> dict[str, object]:
    """Return a fault as plain data."""
    return {
        "where": fault.where,
        "layer": fault.layer,
        "row": fault.row,
        "column": fault.column,
        "found": fault.found,
        "wanted": fault.wanted,
        "fatal": fault.fatal,
    }


def guarded(voice: Voice, action: Callable[[], None]) -> None:
    """Run an action; an error that Koppelkans raised on purpose becomes words and exit code 1."""
    try:
        action()
    except KoppelkansError as problem:
        voice.fail(problem)
