"""The command that brings tables of a database into a city folder. (nl: tabellen uit een database)."""

import os
import re
from collections.abc import Sequence
from dataclasses import asdict, replace
from pathlib import Path

from koppelkans.cli.fetch import written
from koppelkans.cli.voice import LANG, Voice, guarded, t
from koppelkans.context.fetching.database import BroughtTable, StoredTable, bring_tables, tables_in
from koppelkans.context.fetching.lines import free_name
from koppelkans.context.inspecting.folder_text import source_text
from koppelkans.context.inspecting.inspect import inspect_files
from koppelkans.ground.errors import Fault, InputError
from koppelkans.ground.settings import read_settings
from koppelkans.ground.words import Phrase, number

VARIABLE = "KOPPELKANS_DATABASE_"
"""Start of the name in the environment that says where a database is."""


def database(
    city_folder: Path, name: str, tables: Sequence[str], *, connection: str, write: bool, as_json: bool
) -> None:
    """List the tables of a database, or bring some of them and propose how they are read."""
    voice = Voice(as_json=as_json)

    def go() -> None:
        where = connection or _from_environment(name)
        settings = read_settings(city_folder)
        if not tables:
            found = tables_in(name, where)
            _tell_stored(voice, found)
            voice.result({"ok": True, "tables": [asdict(one) for one in found]})
            return
        with voice.share(t("Bring tables")) as bar:
            brought = bring_tables(city_folder, name, where, tables, lambda table, rows: bar(None, t("{what}: {n} rows", what=table, n=number(rows, LANG))))  # fmt: skip
        _tell_brought(voice, brought)
        paths = {Path(source.path).as_posix() for source in settings.sources}
        lines = _lines(city_folder, [one for one in brought if one.file not in paths], {source.name for source in settings.sources})  # fmt: skip
        path = written(voice, city_folder, lines, write=write)
        voice.result({"ok": True, "files": [asdict(one) for one in brought], "lines": lines, "written": str(path) if path else None})  # fmt: skip

    guarded(voice, go)


def _from_environment(name: str) -> str:
    """Return where a database is, as the environment says."""
    variable = VARIABLE + re.sub(r"[^A-Za-z0-9]+", "_", name).upper()
    found = os.environ.get(variable, "")
    if not found:
        wanted = Phrase("where the database is, in {variable} or with --connection; never in koppelkans.toml", variable=variable)  # fmt: skip
        raise InputError([Fault(name, Phrase("nothing"), wanted, fatal=True)])
    return found


def _lines(city: Path, brought: Sequence[BroughtTable], taken: set[str]) -> str:
    """Return the lines of sources for tables that no source names yet; a comment for those that can be used for nothing."""
    if not brought:
        return ""
    made = []
    views = inspect_files([city / one.file for one in brought], apart=True)
    for file, one in zip(sorted(views.files, key=lambda view: view.path), sorted(brought, key=lambda one: one.file), strict=True):  # fmt: skip
        for layer in file.layers:
            if layer.source is not None:
                name = free_name(str(layer.source["name"]), taken)
                taken.add(name)
                made.append(source_text(replace(layer, source={**layer.source, "name": name, "path": one.file})) + "\n")
    return "\n".join(made)


def _tell_stored(voice: Voice, found: Sequence[StoredTable]) -> None:
    """Print one line per table."""
    columns = [t("table"), t("rows"), t("shape")]
    rows = [(one.name, number(one.rows, LANG), t("yes") if one.placed else "") for one in found]
    voice.table(t("Tables and views"), columns, rows)


def _tell_brought(voice: Voice, brought: Sequence[BroughtTable]) -> None:
    """Print one line per table that was brought."""
    columns = [t("table"), t("file"), t("rows"), t("system"), t("not brought: may name a person")]
    rows = [(one.name, one.file, number(one.rows, LANG), one.crs or "–", ", ".join(one.personal)) for one in brought]
    voice.table(t("What was brought"), columns, rows)
