"""Every command with its arguments, in the order in which a newcomer meets them. (nl: opdrachten)."""

from collections.abc import Callable
from importlib.metadata import version
from pathlib import Path
from typing import Annotated, Literal

import typer

from koppelkans.cli.options import (
    ASK,
    ROOM_BY_ROOM,
    START,
    WALK,
    AsJson,
    By,
    CityFolder,
    How,
    InOneProcess,
    Keep,
    Lang,
    Moved,
    Out,
    Reason,
    RunFolder,
    SourcesFrom,
    Stay,
    Verbose,
    WorkName,
    Written,
    Yes,
    call,
)
from koppelkans.cli.outside import outside
from koppelkans.cli.voice import t

STAY = 1.0
"""Gain above which others move along with a change, where nobody says otherwise (eur)."""
DOORS = {
    "vision": "Visioning: stack the ambitions per place.",
    "context": "Planning context: what is there and what is planned, street by street.",
    "opportunities": "Map of opportunities and bottlenecks.",
    "alignment": "Alignment: who must phone whom about which street.",
    "appraisal": "Costs and benefits, per party.",
    "weighing": "Programme room: weigh on the six grounds.",
    "programme": "Programme room: which work in which year.",
    "account": "Account: every total of the programme under one name.",
    "systems": "A routeboek per vital system.",
    "areas": "Programme table: ten-year programmes per area.",
    "business": "Business cases: what each bundle costs and brings, year by year.",
    "financing": "Who pays, who gains: holders, transfers, purses with their gaps, advances.",
}
"""What each door does; the Dutch stands in the catalogue."""
app = typer.Typer(
    name="koppelkans",
    help=t("Koppelkans brings the plans for a street together: what falls due, who can join whom, what it saves, and in which year it is best done. Start with `koppelkans demo`, then `koppelkans new my-city`."),
    no_args_is_help=True,
    rich_markup_mode="markdown",
    pretty_exceptions_show_locals=False,
)  # fmt: skip


def _show_version(wanted: bool) -> None:  # noqa: FBT001
    """Print the version and stop."""
    if wanted:
        typer.echo(version("koppelkans"))
        raise typer.Exit


@app.callback()
def start(
    *,
    _: Annotated[
        bool, typer.Option("--version", callback=_show_version, is_eager=True, help=t("Show the version and stop."))
    ] = False,
) -> None:
    """Take the options that stand before the command."""


@app.command(
    "demo",
    rich_help_panel=START,
    help=t("Make an invented Dutch town of any size and walk the whole corridor with it."),
)
def _demo(
    *,
    homes: Annotated[int, typer.Option(help=t("Homes in the town."), min=20, max=1_000_000)] = 2000,
    seed: Annotated[
        int, typer.Option(help=t("Another seed gives another town; the same seed the same town."), min=0)
    ] = 1,
    out: Annotated[
        Path,
        typer.Option("--out", "-o", help=t("Folder for the town and the results."), file_okay=False, resolve_path=True),
    ] = Path("demo"),
    lang: Lang = None,
    as_json: AsJson = False,
    verbose: Verbose = False,
) -> None:
    call("corridor.demo", homes=homes, seed=seed, out=out, lang=lang, as_json=as_json, verbose=verbose)


@app.command("new", rich_help_panel=START, help=t("Write a commented koppelkans.toml for your own city."))
def _new(
    folder: Annotated[Path, typer.Argument(help=t("Folder to make."), file_okay=False, resolve_path=True)],
    *,
    name: Annotated[str, typer.Option(help=t("Name of the city, as it stands on reports."))] = "",
    price_year: Annotated[
        int | None, typer.Option(min=1800, max=2200, help=t("Price level of all amounts; asked on a screen."))
    ] = None,
    vat: Annotated[
        Literal["without", "with"] | None,
        typer.Option(help=t("Whether amounts in your files hold VAT; asked on a screen.")),
    ] = None,
    costs: Annotated[
        Literal["investment", "named_direct"] | None,
        typer.Option(help=t("What the cost of a work holds: the investment or only direct costs; asked on a screen.")),
    ] = None,
    as_json: AsJson = False,
) -> None:
    call("folder.new", folder, name=name, price_year=price_year, vat=vat, costs=costs, as_json=as_json)


@app.command(
    "inspect",
    rich_help_panel=START,
    help=t("Tell what files are, what is in them and how they are read; with --write make a city folder of them."),
)
def _inspect(
    files: Annotated[
        list[Path], typer.Argument(help=t("Files, or a folder of files."), exists=True, metavar="FILE...")
    ],
    *,
    write: Annotated[
        bool, typer.Option("--write", help=t("Write koppelkans.toml in the folder, where none stands there yet."))
    ] = False,
    overwrite: Annotated[
        bool, typer.Option("--overwrite", help=t("With --write: write over a koppelkans.toml that stands there."))
    ] = False,
    name: Annotated[str, typer.Option(help=t("Name of the city, as it stands on reports."))] = "",
    as_json: AsJson = False,
    verbose: Verbose = False,
) -> None:
    call("inspecting.inspect", files, write=write, overwrite=overwrite, name=name, as_json=as_json, verbose=verbose)


@app.command(
    "check",
    rich_help_panel=START,
    help=t("Read everything and tell what was understood and what was wrong, with file, row and column."),
)
def _check(
    city_folder: CityFolder,
    *,
    out: Annotated[
        Path | None,
        typer.Option(
            "--out",
            "-o",
            help=t("Folder for the rows that were set aside; otherwise the folder `opzij` in the city folder."),
        ),
    ] = None,
    in_one_process: InOneProcess = False,
    sources_from: SourcesFrom = None,
    as_json: AsJson = False,
    verbose: Verbose = False,
) -> None:
    call(
        "folder.check",
        city_folder,
        out=out,
        in_one_process=in_one_process,
        sources_from=sources_from,
        as_json=as_json,
        verbose=verbose,
    )


@app.command(
    "run",
    rich_help_panel=WALK,
    help=t("Walk the whole corridor: from the city's files to programme, map, stadsprogramma and workbook."),
)
def _run(
    city_folder: CityFolder,
    *,
    out: Out,
    lang: Lang = None,
    seconds: Annotated[float | None, typer.Option(help=t("Time limit of the solver, in seconds."), min=0.1)] = None,
    seed: Annotated[int | None, typer.Option(help=t("Seed of the solver."), min=0)] = None,
    known_on: Annotated[
        str | None,
        typer.Option(
            help=t("Assets, inspections, works and wishes as they were known on this day, such as 2010-01-01."),
            metavar="DAY",
        ),
    ] = None,
    in_one_process: InOneProcess = False,
    sources_from: SourcesFrom = None,
    as_json: AsJson = False,
    verbose: Verbose = False,
) -> None:
    call(
        "corridor.run",
        city_folder,
        out=out,
        lang=lang,
        seconds=seconds,
        seed=seed,
        known_on=known_on,
        in_one_process=in_one_process,
        sources_from=sources_from,
        as_json=as_json,
        verbose=verbose,
    )


@app.command(
    "reports",
    rich_help_panel=WALK,
    help=t("Make what a run leaves for later: scenarios, futures, business cases, who pays, and the other reports."),
)
def _reports(
    out: Annotated[
        Path, typer.Argument(help=t("Folder with the results of a run."), file_okay=False, resolve_path=True)
    ],
    *,
    as_json: AsJson = False,
    verbose: Verbose = False,
) -> None:
    call("corridor.reports", out, as_json=as_json, verbose=verbose)


@app.command("open", rich_help_panel=WALK, help=t("Open the map of a run in the browser."))
def _open(
    out: Annotated[
        Path, typer.Argument(help=t("Folder with the results of a run."), file_okay=False, resolve_path=True)
    ],
    *,
    serve: Annotated[
        bool,
        typer.Option("--serve", help=t("Serve the folder on this computer only, instead of opening the file itself.")),
    ] = False,
    port: Annotated[int, typer.Option(help=t("Port of that server; 0 takes a free one."), min=0, max=65535)] = 0,
    browser: Annotated[bool, typer.Option("--browser/--no-browser", help=t("Open the browser."))] = True,
    as_json: AsJson = False,
) -> None:
    call("look.open_map", out, serve=serve, port=port, browser=browser, as_json=as_json)


@app.command(
    "scenarios",
    rich_help_panel=WALK,
    help=t(
        "Lay scenarios beside the programme of a run: other knobs, budgets and parties, each planned anew and proven."
    ),
)
def _scenarios(
    *,
    out: Annotated[
        Path,
        typer.Option("--out", "-o", help=t("Folder with the results of a run."), file_okay=False, resolve_path=True),
    ],
    city: Moved = None,
    as_json: AsJson = False,
    verbose: Verbose = False,
) -> None:
    call("alternatives.scenarios", out=out, city=city, as_json=as_json, verbose=verbose)


@app.command(
    "again",
    rich_help_panel=WALK,
    help=t("Repeat a run from its trace.json, years later too, and tell whether the same came out."),
)
def _again(
    trace: Annotated[Path, typer.Argument(help=t("trace.json of an earlier run."), dir_okay=False, resolve_path=True)],
    *,
    out: Out,
    city: Moved = None,
    sources_from: SourcesFrom = None,
    as_json: AsJson = False,
    verbose: Verbose = False,
) -> None:
    call("corridor.again", trace, out=out, city=city, sources_from=sources_from, as_json=as_json, verbose=verbose)


@app.command(
    "split",
    rich_help_panel=ASK,
    help=t("Who saves what: what each party pays for opening in each bundle, apart and together."),
)
def _split(
    bundle: Annotated[
        str | None, typer.Argument(help=t("Bundle, as it is called in the programme (2029-01); left out: the largest."))
    ] = None,
    *,
    out: Out,
    as_json: AsJson = False,
) -> None:
    call("split.split", bundle, out=out, as_json=as_json)


@app.command(
    "rank",
    rich_help_panel=ASK,
    help=t("What weighs most in one area: its works ranked within the area, by its own weights where it has them."),
)
def _rank(
    area: Annotated[
        str | None, typer.Argument(help=t("Area, by its name or code; left out: every area in short."))
    ] = None,
    *,
    out: Out,
    as_json: AsJson = False,
) -> None:
    call("rank.rank", area, out=out, as_json=as_json)


@app.command(
    "solve",
    rich_help_panel=WALK,
    help=t("From plain tables (CSV or Parquet) to the best programme, without a city folder."),
)
def _solve(
    folder: Annotated[
        Path,
        typer.Argument(help=t("Folder with works.csv, the other tables and problem.json."), resolve_path=True),
    ],
    *,
    out: Annotated[
        Path,
        typer.Option(
            "--out", "-o", help=t("CSV file for the programme: work, year."), dir_okay=False, resolve_path=True
        ),
    ],
    seconds: Annotated[float, typer.Option(help=t("Time limit of the solver, in seconds."), min=0.1)] = 120.0,
    gap: Annotated[
        float, typer.Option(help=t("Stop when the programme is proven to be this near the best (share)."), min=0.0)
    ] = 0.001,
    seed: Annotated[int, typer.Option(help=t("Seed of the solver."), min=0)] = 1,
    as_json: AsJson = True,
    verbose: Verbose = False,
) -> None:
    call("plain.solve", folder, out=out, seconds=seconds, gap=gap, seed=seed, as_json=as_json, verbose=verbose)


@app.command(
    "why",
    rich_help_panel=ASK,
    help=t("Why a work stands in its year: what every other year costs, what forbids it, and with whom it goes."),
)
def _why(
    work: WorkName,
    *,
    out: RunFolder,
    reoptimise: Annotated[
        bool, typer.Option("--reoptimise", help=t("Also plan everything else anew around each other year."))
    ] = False,
    as_json: AsJson = False,
) -> None:
    call("steer.why", work, out=out, reoptimise=reoptimise, as_json=as_json)


@app.command(
    "move",
    rich_help_panel=ASK,
    help=t("Move a work to another year: first the price and what moves with it, then the change."),
)
def _move(
    work: WorkName,
    year: Annotated[int, typer.Argument(help=t("Year that it goes to."))],
    *,
    out: RunFolder,
    yes: Yes = False,
    keep: Keep = False,
    reason: Reason = "",
    by: By = "",
    city: Written = None,
    stay: Stay = STAY,
    as_json: AsJson = False,
) -> None:
    call("steer.move", work, year, out=out, how=How(yes, keep, city, stay), reason=reason, by=by, as_json=as_json)


@app.command(
    "cut",
    rich_help_panel=ASK,
    help=t("Cut the budget of a fund in a year: first the price, then the change."),
    context_settings={"ignore_unknown_options": True},  # so that -5 is read as an amount, and refused as one
)
def _cut(
    fund: Annotated[str, typer.Argument(help=t("Fund, as it is called in the table money."))],
    year: Annotated[int, typer.Argument(help=t("Year of the budget."))],
    eur: Annotated[float, typer.Argument(help=t("Euros that the budget of that year is less."))],
    *,
    out: RunFolder,
    yes: Yes = False,
    keep: Keep = False,
    city: Written = None,
    stay: Stay = STAY,
    as_json: AsJson = False,
) -> None:
    call("steer.cut", fund, year, eur, out=out, how=How(yes, keep, city, stay), as_json=as_json)


@app.command(
    "slip", rich_help_panel=ASK, help=t("Let all works of a party come years later: first the price, then the change.")
)
def _slip(
    party: Annotated[str, typer.Argument(help=t("Party, as the owner of works is called."))],
    years: Annotated[int, typer.Argument(help=t("Years that all its works come later."))],
    *,
    out: RunFolder,
    yes: Yes = False,
    keep: Keep = False,
    city: Written = None,
    stay: Stay = STAY,
    as_json: AsJson = False,
) -> None:
    call("steer.slip", party, years, out=out, how=How(yes, keep, city, stay), as_json=as_json)


@app.command("undo", rich_help_panel=ASK, help=t("Take back the last move, cut or slip."))
def _undo(*, out: RunFolder, city: Written = None, as_json: AsJson = False) -> None:
    call("steer.undo", out=out, city=city, as_json=as_json)


@app.command(
    "futures",
    rich_help_panel=ASK,
    help=t("Steady or fragile: sample futures, tell which works keep their year and what planning together saves."),
)
def _futures(
    *,
    out: Out,
    count: Annotated[
        int | None, typer.Option(help=t("Futures to sample; otherwise as many as koppelkans.toml says, or 40."), min=2)
    ] = None,
    seed: Annotated[int | None, typer.Option(help=t("Another seed draws other futures."), min=0)] = None,
    as_json: AsJson = False,
    verbose: Verbose = False,
) -> None:
    call("futures.futures", out=out, count=count, seed=seed, as_json=as_json, verbose=verbose)


def entering(room: str) -> Callable[..., None]:
    """Return the command that enters one room."""

    def enter(
        city_folder: CityFolder,
        *,
        out: Out,
        sources_from: SourcesFrom = None,
        as_json: AsJson = False,
        verbose: Verbose = False,
    ) -> None:
        call("corridor.enter", room, city_folder, out=out, sources_from=sources_from, as_json=as_json, verbose=verbose)

    return enter


app.add_typer(outside)
for door, words in DOORS.items():
    app.command(door, rich_help_panel=ROOM_BY_ROOM, help=t(words))(entering(door))


@app.command(
    "report", rich_help_panel=ROOM_BY_ROOM, help=t("Write map, tables and documents of the products on the shelf.")
)
def _report(
    city_folder: CityFolder,
    *,
    out: Out,
    lang: Lang = None,
    sources_from: SourcesFrom = None,
    as_json: AsJson = False,
    verbose: Verbose = False,
) -> None:
    call(
        "corridor.report", city_folder, out=out, lang=lang, sources_from=sources_from, as_json=as_json, verbose=verbose
    )


@app.command(
    "ambitieweb",
    rich_help_panel=ROOM_BY_ROOM,
    help=t("Draw the ambitiewebs as pictures: as decided, and with a run also what the works reach."),
)
def _ambitieweb(city_folder: CityFolder, *, out: Out, lang: Lang = None, as_json: AsJson = False) -> None:
    call("webs.ambitieweb", city_folder, out=out, lang=lang, as_json=as_json)
