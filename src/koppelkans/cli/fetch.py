"""The command that brings open data of public services into a city folder. (nl: ophalen)."""

import sys
from collections.abc import Callable, Sequence
from dataclasses import asdict
from pathlib import Path

import typer

from koppelkans.cli.options import FetchFrom, FetchHow
from koppelkans.cli.voice import CANNOT_USE, LANG, Voice, fault_data, guarded, t
from koppelkans.context.fetching.addresses import CheckedTransport
from koppelkans.context.fetching.bringing import (
    FOLDER,
    Brought,
    FetchedFile,
    FetchOrder,
    bring,
    wanted_box,
    wanted_code,
)
from koppelkans.context.fetching.client import ServiceClient
from koppelkans.context.fetching.lines import add_lines, free_name, source_lines
from koppelkans.context.fetching.services import Service, chosen, known_services
from koppelkans.ground.errors import Fault, InputError
from koppelkans.ground.settings import FILE_NAME, Settings, read_settings
from koppelkans.ground.words import Phrase, number


def fetch(
    city_folder: Path,
    where: FetchFrom,
    how: FetchHow,
    *,
    as_json: bool,
    verbose: bool,
) -> None:
    """Fetch open data into the city folder, tell what came, and add the sources where asked."""
    voice = Voice(as_json=as_json, verbose=verbose)

    def go() -> None:
        settings = read_settings(city_folder)
        known = known_services(where.services, where.service)
        order = _order(where, how, known, settings)
        client = ServiceClient(CheckedTransport(allow_private=where.allow_private))
        with voice.share(t("Fetch open data")) as bar:
            brought = bring(
                city_folder, order, client=client, tell=lambda what, rows, expected: _tell(bar, what, rows, expected)
            )
        _tell_files(voice, brought, known)
        if brought.faults:
            voice.faults(brought.faults)
        lines = _lines(brought.files, known, settings)
        path = written(voice, city_folder, lines, write=how.write)
        voice.result(
            {
                "ok": not brought.faults,
                "files": [asdict(one) for one in brought.files],
                "lines": lines,
                "written": str(path) if path else None,
                "faults": [fault_data(fault) for fault in brought.faults],
            }
        )
        if brought.faults:
            raise typer.Exit(CANNOT_USE)

    guarded(voice, go)


def _order(where: FetchFrom, how: FetchHow, known: dict[str, Service], settings: Settings) -> FetchOrder:
    """Return what was typed as an order."""
    if not where.gemeente and not where.bbox:
        wanted = Phrase("--gemeente GM0228, or --bbox minx,miny,maxx,maxy")
        raise InputError([Fault("--gemeente", Phrase("nothing"), wanted, fatal=True)])
    return FetchOrder(
        services=chosen(known, where.only),
        known=known,
        municipality=wanted_code(where.gemeente) if where.gemeente else "",
        box=wanted_box(where.bbox) if where.bbox else None,
        crs=settings.city.crs,
        days=how.days,
        offline=how.offline,
        again=how.again,
    )


def _tell(bar: Callable[[float | None, str], None], what: str, rows: int, expected: int | None) -> None:
    """Move the bar of one collection."""
    share = None if not expected else min(1.0, rows / expected)
    bar(share, t("{what}: {n} rows", what=what, n=number(rows, LANG)))


def _tell_files(voice: Voice, brought: Brought, known: dict[str, Service]) -> None:
    """Print one line per file."""
    states = {
        "fetched": t("fetched"),
        "kept": t("kept"),
        "old": t("kept, for it could not be fetched now"),
        "missing": t("missing"),
    }
    columns: dict[str, Callable[[FetchedFile], str]] = {
        t("service"): lambda one: known[one.service].nl if LANG == "nl" else known[one.service].en,
        t("file"): lambda one: one.name,
        t("how"): lambda one: states[one.state],
        t("rows"): lambda one: "–" if one.state == "missing" else number(one.rows, LANG),
        t("outside the area"): lambda one: number(one.outside, LANG) if one.outside else "",
        t("twice"): lambda one: number(one.doubles, LANG) if one.doubles else "",
        t("on"): lambda one: one.fetched[:10],
    }
    told = {name: [cell(one) for one in brought.files] for name, cell in columns.items()}
    shown = {name: cells for name, cells in told.items() if any(cells)}
    voice.table(t("What was fetched"), shown, zip(*shown.values(), strict=True))


def _lines(files: Sequence[FetchedFile], known: dict[str, Service], settings: Settings) -> str:
    """Return the lines of sources for the files that have rows and are in no source yet."""
    paths = {Path(source.path).as_posix() for source in settings.sources}
    names, found = {source.name for source in settings.sources}, []
    for one in files:
        path = f"{FOLDER}/{one.name}"
        if one.state == "missing" or not one.rows or path in paths:
            continue
        service = known[one.service]
        collection = next(part for part in service.collections if part.collection == one.collection)
        name = free_name(Path(one.name).stem.replace("_", "-"), names)
        names.add(name)
        found.append(source_lines(service, collection, path=path, name=name))
    return "\n".join(found)


def written(voice: Voice, city: Path, lines: str, *, write: bool) -> Path | None:
    """Add lines of sources to koppelkans.toml where that is asked for or agreed; else show them."""
    if not lines:
        voice.words(t("koppelkans.toml names all of it already, or there is nothing in it."))
        return None
    agreed = write
    if not write:
        voice.words(t("Lines for {name}, so that these files are read:", name=FILE_NAME))
        voice.words(lines)
        if not voice.as_json and sys.stdin.isatty():
            agreed = typer.confirm(t("Add these lines at the end of {name}?", name=FILE_NAME), default=False)
    if not agreed:
        voice.words(t("Nothing was changed in {name}. The same command with --write adds these lines.", name=FILE_NAME))
        return None
    path = add_lines(city, lines)
    voice.words(t("Added at the end of {path}. Next: `koppelkans check {folder}`.", path=path, folder=city))
    return path
