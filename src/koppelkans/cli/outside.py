"""The commands on data of others: fetch, same, export, validate. (nl: van en naar buiten)."""

from pathlib import Path
from typing import Annotated, Literal

import typer

from koppelkans.cli.options import ASK, START, AsJson, CityFolder, FetchFrom, FetchHow, SourcesFrom, Verbose, call
from koppelkans.cli.voice import t

outside = typer.Typer()


@outside.command(
    "fetch",
    rich_help_panel=START,
    help=t("Bring open data (BGT, NWB, BAG, CBS, GWSW, Liander) from its public services into the city folder."),
)
def _fetch(
    city_folder: CityFolder,
    *,
    gemeente: Annotated[
        str, typer.Option(help=t("Code of the municipality, such as GM0228; its border is looked up."))
    ] = "",
    bbox: Annotated[
        str, typer.Option(help=t("Box instead of a municipality: minx,miny,maxx,maxy in metres of the city's system."))
    ] = "",
    only: Annotated[str, typer.Option(help=t("Only these services, with a comma between them: bgt,nwb,bag."))] = "",
    service: Annotated[
        list[str] | None,
        typer.Option(help=t("Another address of a service: bgt=https://…; may be given more than once.")),
    ] = None,
    services: Annotated[
        Path | None, typer.Option(help=t("Table of services of your own, over ours."), exists=True, dir_okay=False)
    ] = None,
    allow_private: Annotated[
        bool, typer.Option("--allow-private", help=t("Also ask services at private addresses, as on your own network."))
    ] = False,
    offline: Annotated[bool, typer.Option("--offline", help=t("Ask nobody: use what was fetched before."))] = False,
    again: Annotated[
        bool, typer.Option("--again", help=t("Fetch again also what is there, over files that were changed."))
    ] = False,
    days: Annotated[float, typer.Option(help=t("Use files again that are at most so many days old."), min=0.0)] = 30.0,
    write: Annotated[
        bool, typer.Option("--write", help=t("Add the sources to koppelkans.toml without asking."))
    ] = False,
    as_json: AsJson = False,
    verbose: Verbose = False,
) -> None:
    where = FetchFrom(gemeente, bbox, only, service or (), services, allow_private)
    how = FetchHow(offline, again, days, write)
    call("fetch.fetch", city_folder, where, how, as_json=as_json, verbose=verbose)


@outside.command(
    "database",
    rich_help_panel=START,
    help=t(
        "Bring tables and views of a PostgreSQL or PostGIS database into the city folder; without tables: list them."
    ),
)
def _database(
    city_folder: CityFolder,
    name: Annotated[str, typer.Argument(help=t("What you call the database, such as beheer."))],
    tables: Annotated[
        list[str] | None, typer.Argument(help=t("Tables or views, such as riool.leidingen."), metavar="TABLE...")
    ] = None,
    *,
    connection: Annotated[
        str,
        typer.Option(
            help=t(
                "Where it is, as postgresql://user@server/database; else in KOPPELKANS_DATABASE_ and its name, in capitals."
            )
        ),
    ] = "",
    write: Annotated[
        bool, typer.Option("--write", help=t("Add the sources to koppelkans.toml without asking."))
    ] = False,
    as_json: AsJson = False,
) -> None:
    call("database.database", city_folder, name, tables or (), connection=connection, write=write, as_json=as_json)


@outside.command(
    "same",
    rich_help_panel=START,
    help=t("Works of several registers that may be one job: list them, join them, keep them apart."),
)
def _same(
    city_folder: CityFolder,
    *,
    join: Annotated[tuple[str, str] | None, typer.Option(help=t("Two works that are one job."), metavar="A B")] = None,
    apart: Annotated[
        tuple[str, str] | None,
        typer.Option(help=t("Two works that are not one job; they are never proposed again."), metavar="A B"),
    ] = None,
    forget: Annotated[
        tuple[str, str] | None, typer.Option(help=t("Take the answer about two works back."), metavar="A B")
    ] = None,
    sources_from: SourcesFrom = None,
    as_json: AsJson = False,
) -> None:
    answer = {"join": join, "apart": apart, "forget": forget}
    call("same.same", city_folder, answer=answer, sources_from=sources_from or (), as_json=as_json)


@outside.command(
    "export",
    rich_help_panel=ASK,
    help=t(
        "Give planned works out in the published profile: GeoJSON, GeoPackage, CSV or XLSX, by the name of the file."
    ),
)
def _export(
    city_folder: CityFolder,
    *,
    out: Annotated[Path, typer.Option("--out", "-o", help=t("File to write."), dir_okay=False, resolve_path=True)],
    owner: Annotated[
        list[str] | None, typer.Option(help=t("Only works of this party; may be given more than once."))
    ] = None,
    audience: Annotated[
        Literal["everyone", "parties", "issuer"],
        typer.Option(
            "--for", help=t("For whom: without what its owners do not share; issuer: all of it, for yourself.")
        ),
    ] = "parties",
    sources_from: SourcesFrom = None,
    as_json: AsJson = False,
) -> None:
    call(
        "exchange.export_works",
        city_folder,
        out=out,
        owners=owner or (),
        audience=audience,
        sources_from=sources_from or (),
        as_json=as_json,
    )


@outside.command("validate", rich_help_panel=ASK, help=t("Check files of planned works against the published profile."))
def _validate(
    files: Annotated[
        list[Path], typer.Argument(help=t("Files in the profile."), exists=True, dir_okay=False, metavar="FILE...")
    ],
    *,
    as_json: AsJson = False,
) -> None:
    call("exchange.validate", files, as_json=as_json)
