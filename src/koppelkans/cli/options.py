"""Arguments and options that several commands share, told once. (nl: opties)."""

from pathlib import Path
from typing import Annotated, Literal

import typer

from koppelkans.cli.voice import t

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
