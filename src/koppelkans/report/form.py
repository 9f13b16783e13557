"""What a form of report is: its reader, its format, who may see it, its files. (nl: vorm)."""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from koppelkans.report.plan import Plan

Format = Literal["html", "gpkg", "xlsx", "csv", "pdf", "json"]


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
    public
        True where residents may see it: `write` of the room then hands it the plan without personal data and without
        what other parties do not share.
    files
        Names of the files that it writes, below the folder, with `*` for any letters: what a new run takes away.
    first
        True where `run` writes it at once; the others are written by `reports`.
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
    public: bool
    files: tuple[str, ...]
    write: Callable[[Plan, Path, str], list[Path]]
    first: bool = False
