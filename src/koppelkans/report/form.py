"""What a form of report is: its reader, its format, who may see it, its files. (nl: vorm)."""

from collections.abc import Callable
from dataclasses import dataclass
from fnmatch import fnmatchcase
from pathlib import Path
from typing import Literal, NamedTuple

from koppelkans.report.circle import INSIDE, Circle, Viewer, pattern
from koppelkans.report.plan import Plan

Format = Literal["html", "gpkg", "xlsx", "csv", "pdf", "json", "docx"]


@dataclass(frozen=True)
class Form:
    """One form of report.

    Parameters
    ----------
    name
        Name of its file in `report/forms`.
    nl, en
        Name on screen.
    reader_nl, reader_en
        Who reads it.
    format
        Format of the files.
    circles
        For whom it is written (`inside`, `public`, `party`): `write` of the room hands it the plan as that circle may see it.
    files
        Names of the files that it writes, below the folder of a circle and without the circle in them, with `*` for any
        letters: what a new run takes away.
    first
        True where `run` writes it at once for those inside; all else is written by `reports`.
    write
        Writes the plan into a folder that exists, in a language (`nl` or `en`); returns the files that it wrote.
        Written twice, the same bytes: no clock, no chance, no path of this machine.
    """

    name: str
    nl: str
    en: str
    reader_nl: str
    reader_en: str
    format: Format
    files: tuple[str, ...]
    write: Callable[[Plan, Path, str], list[Path]]
    circles: tuple[Circle, ...] = ("inside",)
    first: bool = False

    @property
    def patterns(self) -> tuple[str, ...]:
        """Return the names of its files inside the output folder, with `*` for any letters."""
        return tuple(pattern(file, circle) for circle in self.circles for file in self.files)


class Output(NamedTuple):
    """One form of report for one viewer."""

    form: Form
    viewer: Viewer

    @property
    def first(self) -> bool:
        """Tell whether `run` writes it at once."""
        return self.form.first and self.viewer == INSIDE

    def writes(self, name: str) -> bool:
        """Tell whether a file in the output folder is one of its files."""
        return any(fnmatchcase(name, f"{self.viewer.folder}/{self.viewer.file(file)}") for file in self.form.files)
