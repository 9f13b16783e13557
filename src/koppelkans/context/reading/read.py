"""The door of reading: a city folder in, its layers and every fault out. (nl: stadsmap lezen)."""

import logging
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import nullcontext
from dataclasses import replace
from datetime import UTC, datetime
from importlib.metadata import version
from pathlib import Path
from typing import Any

import pandas as pd

from koppelkans.context.amounts import with_amounts
from koppelkans.context.city import City
from koppelkans.context.product import UNDERSTOOD
from koppelkans.context.reading.child import ReadingProcess
from koppelkans.context.reading.opening import OpenedFiles, reading_process
from koppelkans.context.reading.roles import BUDGETS, COSTS, ROLES, is_year
from koppelkans.context.reading.understanding import Understood, understand
from koppelkans.ground.errors import Fault
from koppelkans.ground.reach import leads_out
from koppelkans.ground.settings import Settings, Source, read_settings
from koppelkans.ground.tables import shape
from koppelkans.ground.trace import SourceMark, Trace, digest
from koppelkans.ground.words import Phrase

log = logging.getLogger(__name__)

SIDECARS = (".dbf", ".shx", ".prj", ".cpg")
"""Files beside a Shapefile that belong to it."""
YEARS = ("built_year", "earliest_year", "best_year", "latest_year", "year")
"""Columns whose years tell what period a source is about."""


def read_city(
    folder: Path | str,
    *,
    overrides: Mapping[str, Any] | None = None,
    settings: Settings | None = None,
    sources_from: Sequence[Path | str] = (),
    apart: bool = True,
) -> City:
    """Read a city folder: every source that can be read, and every fault of every file at once.

    A row that cannot be used is set aside and told; the others are kept. A file of which nothing can be used is told in a
    fatal fault, and the other files are read all the same.

    Parameters
    ----------
    folder
        Folder with `koppelkans.toml`; paths of sources are taken from it.
    overrides
        Settings over those of the folder, as nested dictionaries.
    settings
        Settings instead of those of the folder, to repeat an earlier run.
    sources_from
        Folders outside the city folder from which sources may be read; settings alone cannot say so, for they come from
        whoever sends the folder.
    apart
        Read files in a process of their own, within the bounds `context.read_seconds` and `context.read_memory_mb`. Only
        who runs it can say no, for the settings come from whoever sends the folder.

    Raises
    ------
    SettingError
        Where `koppelkans.toml` is missing or holds settings that cannot be used.
    """
    began = time.perf_counter()
    folder = Path(folder)
    settings = settings or read_settings(folder, overrides)
    beyond = tuple(Path(one) for one in sources_from)
    with _process(settings, apart=apart) or nullcontext() as process:
        opened = OpenedFiles(folder, beyond, process)
        found = {source.name: understand(source, settings, opened) for source in settings.sources}
    found = _no_identity_twice(found, settings)
    known = [one.accuracy_m for one in found.values() if one.accuracy_m is not None]
    city = City(
        folder=folder,
        settings=settings,
        layers={name: one.frame for name, one in found.items() if one.frame is not None},
        faults=tuple(fault for one in found.values() for fault in one.faults),
        understood=_table(found, settings),
        trace=Trace(
            version=version("koppelkans"),
            settings=settings.model_dump(mode="json"),
            sources=tuple(mark for source in settings.sources for mark in _marks(folder, source, beyond)),
            city_folder=str(folder.resolve()),
            crs_accuracy_m=max(known, default=None),
        ),
        aside={name: one.aside for name, one in found.items() if len(one.aside)},
        left_out={name: one.left_out for name, one in found.items() if one.left_out},
    )
    return _told(with_amounts(city), seconds=time.perf_counter() - began)


def settings_with_amounts(folder: Path, *, sources_from: Sequence[Path | str] = ()) -> Settings:
    """Return the settings of a city folder with what its budgets and real costs say.

    No other file of the folder is read.
    """
    settings = read_settings(folder)
    amounts = [source for source in settings.sources if source.role in (BUDGETS, COSTS)]
    if not amounts:
        return settings
    lending = {source.join.source for source in amounts if source.join is not None}
    needed = [source for source in settings.sources if source in amounts or source.name in lending]
    part = settings.model_copy(update={"sources": needed})
    return read_city(folder, settings=part, sources_from=sources_from).settings.model_copy(
        update={"sources": settings.sources}
    )


def _process(settings: Settings, *, apart: bool) -> ReadingProcess | None:
    """Return the process that reads the files; None where they are read in this one."""
    part = settings.context
    return reading_process(part.read_seconds, part.read_memory_mb) if apart else None


def _told(city: City, *, seconds: float) -> City:
    """Say in the log what was read, and return it."""
    rows = {name: len(layer) for name, layer in city.layers.items()}
    log.info("read %s: %.2f s, rows %s, faults %d", city.folder, seconds, rows, len(city.faults))
    return city


def _no_identity_twice(found: Mapping[str, Understood], settings: Settings) -> dict[str, Understood]:
    """Return the sources with every identity once per role: of two the same, the later gets its source's name in front."""
    made = dict(found)
    for role, table in ROLES.items():
        taken: list[pd.Series] = []
        for source in (one for one in settings.sources if one.role == role and table.identity):
            frame = made[source.name].frame
            if frame is None:
                continue
            own = frame[table.identity]
            again = own.isin(pd.concat(taken)) if taken else own.isna()
            if again.any():
                renamed = frame.assign(**{table.identity: own.mask(again, source.name + ":" + own)})
                words = Phrase(
                    "names that another source has too: {n}, such as {name}",
                    n=int(again.sum()),
                    name=own[again].iloc[0],
                )
                wanted = Phrase("names that stand once; `{source}:` was put before them", source=source.name)
                told = Fault(source.path, words, wanted, source.layer, column=table.identity)
                made[source.name] = replace(made[source.name], frame=renamed, faults=(*made[source.name].faults, told))
                own = renamed[table.identity]
            taken.append(own)
    return made


def _table(found: Mapping[str, Understood], settings: Settings) -> pd.DataFrame:
    """Return what was read from each source."""
    return shape(pd.DataFrame([_line(source, found[source.name]) for source in settings.sources]), UNDERSTOOD)


def _line(source: Source, one: Understood) -> dict[str, object]:
    """Return what was read from one source."""
    line: dict[str, object] = {
        "source": source.name,
        "role": source.role,
        "where": source.path,
        "rows": one.rows,
        "read": 0 if one.frame is None else len(one.frame),
        "set_aside": one.set_aside,
        "left_out": sum(one.left_out.values()),
        "licence": one.licence or None,
    }
    columns = [name for name in YEARS if name in ROLES[source.role].columns and is_year(name)]
    if one.frame is not None and columns:
        years = one.frame[columns]
        line["unknown_years"] = int(years.isna().all(axis=1).sum())
        if years.notna().any(axis=None):
            line |= {"first_year": int(years.min().min()), "last_year": int(years.max().max())}
    return line


def _marks(folder: Path, source: Source, beyond: Sequence[Path]) -> Iterator[SourceMark]:
    """Yield name, hash, last change and size of each file of a source that is there and may be read.

    A file outside the city folder keeps the path by which the settings name it.
    """
    path = folder / source.path
    if leads_out(path, (folder, *beyond)):
        return
    beside = [path.with_suffix(suffix) for suffix in SIDECARS] if path.suffix.lower() == ".shp" else []
    for part in (path, *beside):
        if part.is_file():
            facts = part.stat()
            when = datetime.fromtimestamp(facts.st_mtime, tz=UTC).isoformat(timespec="seconds")
            named = (Path(source.path).parent / part.name).as_posix()
            yield SourceMark(source.name, named, digest(part), when, facts.st_size)
