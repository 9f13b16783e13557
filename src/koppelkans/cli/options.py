"""Arguments, options and panels that several commands share, and how a command is loaded. (nl: opties)."""

from collections.abc import Sequence
from importlib import import_module
from pathlib import Path
from typing import Annotated, Any, Literal, NamedTuple

import typer

from koppelkans.cli.voice import t

START, WALK, ASK, ROOM_BY_ROOM = (
    t("Start here"),
    t("From file to programme"),
    t("Ask the programme"),
    t("One room at a time"),
)

CityFolder = Annotated[
    Path,
    typer.Argument(
        help=t("City folder: the folder with koppelkans.toml and your files."),
        exists=True,
        file_okay=False,
        resolve_path=True,
    ),
]
Out = Annotated[
    Path,
    typer.Option(
        "--out", "-o", help=t("Folder for the results; made where it is not there."), file_okay=False, resolve_path=True
    ),
]
AsJson = Annotated[
    bool,
    typer.Option(
        "--json", help=t("End with one line of JSON on standard output; words and progress go to standard error.")
    ),
]
Verbose = Annotated[
    bool,
    typer.Option("--verbose", "-v", help=t("Tell at each door how many rows went in and out and how long it took.")),
]
Lang = Annotated[
    Literal["nl", "en"] | None,
    typer.Option("--lang", help=t("Language of the reports; otherwise the one in koppelkans.toml.")),
]
SourcesFrom = Annotated[
    list[Path] | None,
    typer.Option(
        "--sources-from",
        help=t("Folder outside the city folder from which sources may be read; may be given more than once."),
        exists=True,
        file_okay=False,
        resolve_path=True,
    ),
]
InOneProcess = Annotated[
    bool,
    typer.Option(
        "--in-one-process",
        help=t("Read files in this process, without bounds on time and memory: only for your own files."),
    ),
]
RunFolder = Annotated[
    Path,
    typer.Option(
        "--out",
        "-o",
        help=t("Folder of a run, or a folder with plain tables and programme.csv."),
        file_okay=False,
        resolve_path=True,
    ),
]
Moved = Annotated[
    Path | None, typer.Option(help=t("City folder, where it has moved since."), file_okay=False, resolve_path=True)
]
Written = Annotated[
    Path | None,
    typer.Option(
        help=t("City folder whose besluiten.toml is written."), file_okay=False, exists=True, resolve_path=True
    ),
]
Yes = Annotated[bool, typer.Option("--yes", "-y", help=t("Take the change without asking."))]
Stay = Annotated[
    float, typer.Option("--stay", help=t("Another work moves only where that gains more than this (euros)."), min=0.0)
]
Keep = Annotated[
    bool, typer.Option("--keep", help=t("Make the change last: write it to besluiten.toml, which every run reads."))
]
Reason = Annotated[str, typer.Option(help=t("Why, shown on reports."))]
By = Annotated[str, typer.Option(help=t("Who decided (role)."))]
WorkName = Annotated[str, typer.Argument(help=t("Work, by its key or its name."))]


class How(NamedTuple):
    """How a change is taken: asked or not, lasting, in which folder, and when others move."""

    yes: bool
    keep: bool
    city: Path | None
    stay: float


class FetchFrom(NamedTuple):
    """What is fetched, from where, as it was typed."""

    gemeente: str
    bbox: str
    only: str
    service: Sequence[str]
    services: Path | None
    allow_private: bool


class FetchHow(NamedTuple):
    """How it is fetched: offline, again, how old it may be, and whether sources are added."""

    offline: bool
    again: bool
    days: float
    write: bool


def call(command: str, /, *given: Any, **named: Any) -> None:  # noqa: ANN401
    """Load what a command does (`module.function` in this folder), and do it."""
    module, _, name = command.partition(".")
    getattr(import_module(f"koppelkans.cli.{module}"), name)(*given, **named)
