"""The corridor: the whole process from a city folder to its programme and reports. (nl: doorloop)."""

import logging
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from fnmatch import fnmatchcase
from pathlib import Path
from typing import Any

from pydantic import ValidationError

from koppelkans.account import reckon
from koppelkans.account.product import Account
from koppelkans.alignment import align
from koppelkans.alignment.product import Alignment
from koppelkans.appraisal import appraise
from koppelkans.appraisal.business import Business, build_cases
from koppelkans.appraisal.financing import Financing, finance
from koppelkans.appraisal.product import Appraisal
from koppelkans.area import compose
from koppelkans.area.product import Areas
from koppelkans.context import read_city, survey, write_aside
from koppelkans.context.city import City
from koppelkans.context.product import Context
from koppelkans.ground.errors import Fault, InputError
from koppelkans.ground.outputs import (
    SHELF,
    TRACE,
    UNDO,
    changing,
    files_in,
    read_whole,
    settle,
    shelved,
)
from koppelkans.ground.reach import refuse_outside
from koppelkans.ground.settings import FILE_NAME, Settings, read_settings
from koppelkans.ground.shelf import Product, load, save
from koppelkans.ground.trace import SourceMark, Trace, digest
from koppelkans.ground.words import Phrase
from koppelkans.opportunities import spot
from koppelkans.opportunities.product import Opportunities
from koppelkans.programme import schedule
from koppelkans.programme.futures import firm
from koppelkans.programme.product import Programme
from koppelkans.programme.scenarios.tables import beside
from koppelkans.report import Plan, write
from koppelkans.report.form import Form
from koppelkans.report.forms import FORMS
from koppelkans.systems import chart
from koppelkans.systems.product import Systems
from koppelkans.vision import envision
from koppelkans.vision.product import Vision
from koppelkans.weighing import weigh
from koppelkans.weighing.product import Weighing

OTHER_FOLDERS = ("opzij/", "ambitieweb/")
"""Folders that stand in an output folder beside the shelf and the reports."""

FUTURES = 40
"""Futures that are sampled where nobody says how many."""

log = logging.getLogger(__name__)
Done = Mapping[str, Any]
Tell = Callable[[str], None]


@dataclass(frozen=True)
class Room:
    """One room of the corridor: its name, its noun, which rooms it looks back at, and its door."""

    name: str
    noun: type
    needs: tuple[str, ...]
    door: Callable[[Done, Settings], Product]


ROOMS: tuple[Room, ...] = (
    Room("vision", Vision, ("city",), lambda d, s: envision(d["city"].layers, settings=s, trace=d["city"].trace)),
    Room("context", Context, ("city",), lambda d, _: survey(d["city"])),
    Room("opportunities", Opportunities, ("context", "vision"), lambda d, s: spot(d["context"], d["vision"], settings=s)),
    Room("alignment", Alignment, ("context", "opportunities"), lambda d, s: align(d["context"], d["opportunities"], settings=s)),
    Room("appraisal", Appraisal, ("context", "vision", "opportunities"), lambda d, s: appraise(d["context"], d["vision"], d["opportunities"], settings=s)),
    Room("weighing", Weighing, ("context", "opportunities", "appraisal"), lambda d, s: weigh(d["context"], d["opportunities"], d["appraisal"], settings=s)),
    Room("programme", Programme, ("context", "appraisal", "weighing"), lambda d, s: schedule(d["context"], d["appraisal"], d["weighing"], settings=s)),
    Room("account", Account, ("context", "appraisal", "programme"), lambda d, s: reckon(d["context"], d["appraisal"], d["programme"], settings=s)),
    Room("systems", Systems, ("context", "programme"), lambda d, s: chart(d["context"], d["programme"], settings=s)),
    Room("areas", Areas, ("context", "vision", "opportunities", "appraisal", "programme"), lambda d, s: compose(d["context"], d["vision"], d["opportunities"], d["appraisal"], d["programme"], settings=s)),
    Room("business", Business, ("context", "vision", "opportunities", "appraisal", "programme"), lambda d, s: build_cases(d["context"], d["vision"], d["opportunities"], d["appraisal"], d["programme"], settings=s)),
    Room("financing", Financing, ("context", "opportunities", "appraisal", "programme", "business"), lambda d, s: finance(d["context"], d["opportunities"], d["appraisal"], d["programme"], d["business"], settings=s)),
)  # fmt: skip
"""The rooms in the order of the droomproces; a room needs only rooms before it."""


def reported(name: str, forms: Sequence[Form] = FORMS) -> bool:
    """Tell whether a file in the output folder is one of the reports."""
    return any(fnmatchcase(name, file) for form in forms for file in form.files)


def own(name: str) -> bool:
    """Tell whether Koppelkans writes a file of this name in the output folder."""
    return shelved(name) or name.startswith(OTHER_FOLDERS) or reported(name)


def enter(name: str, city: City, *, out: Path) -> Product:
    """Enter one room: take its input from the shelf in `out`, and put its product there.

    Raises
    ------
    InputError
        Where an earlier room was not entered yet; the fault says which.
    """
    room = next(room for room in ROOMS if room.name == name)
    nouns = {room.name: room.noun for room in ROOMS}
    old = (f"{SHELF}/{name}/", *((f"{UNDO}/",) if room.noun is Programme else ()))
    with changing(out, own=own, drop=lambda file: file.startswith(old), city=city.folder) as fresh:
        done = {need: city if need == "city" else load(nouns[need], out / SHELF / need) for need in room.needs}
        product = _timed(room, done, city.settings)
        save(product, fresh / SHELF / name)
    return product


def run(city: City, *, out: Path | None = None, all_reports: bool = True, tell: Tell = lambda _: None) -> Plan:
    """Run the whole process and return the plan; with `out`, write shelf and reports.

    Parameters
    ----------
    city
        What `read_city` returned.
    out
        Folder for the reports and the shelf; None: nothing is written.
    all_reports
        False: only what the room needs at once (map, stadsprogramma, workbook); `write_others` writes the rest.
    tell
        Called with the name of each room before it is entered, and with `report` before the reports are written.

    Raises
    ------
    InputError
        Where the folder holds nothing to plan with; the faults say what was wrong.
    NoProgrammeError
        Where fixed decisions and money cannot hold together.
    """
    if out is None:
        return _walk(city, tell)
    with changing(out, own=own, drop=own, city=city.folder) as fresh:
        plan = _walk(city, tell)
        tell("report")
        put_away(plan, fresh)
        write_aside(city, fresh)
        write(plan, fresh, forms=[form for form in FORMS if all_reports or form.first])
    return plan


def _walk(city: City, tell: Tell) -> Plan:
    """Enter every room, and return the plan."""
    done: dict[str, Any] = {"city": city}
    for room in ROOMS:
        tell(room.name)
        done[room.name] = _timed(room, done, city.settings)
        if room.name == "context":
            _something_to_plan(done["context"], city)
    return Plan(settings=city.settings, **{room.name: done[room.name] for room in ROOMS})


def put_away(plan: Plan, out: Path) -> Trace:
    """Put every product of a plan on the shelf, with one trace of the whole.

    The trace names the hash of each table.
    """
    for room in ROOMS:
        save(getattr(plan, room.name), out / SHELF / room.name)
    tables = {path.relative_to(out).as_posix(): digest(path) for path in sorted((out / SHELF).rglob("*.parquet"))}
    trace = plan.programme.trace.noting(tables=tables)
    (out / "trace.json").write_text(trace.to_json(), encoding="utf-8")
    return trace


def take_up(out: Path) -> Plan:
    """Take a whole plan from the shelf in `out`."""
    settle(out, own=shelved)
    return read_whole(out, lambda: _shelved(out))


def settings_of(trace: Trace) -> Settings:
    """Return the settings of a run from its trace.

    Raises
    ------
    InputError
        Where they are not those of a run of this version.
    """
    try:
        return Settings.model_validate(trace.settings)
    except ValidationError as problem:
        wanted = Phrase("the settings of a run of this version; run `koppelkans run` again")
        found = "; ".join(f"{'.'.join(map(str, one['loc']))}: {one['msg']}" for one in problem.errors()[:3])
        raise InputError([Fault(TRACE, found, wanted, fatal=True)]) from problem


def _shelved(out: Path) -> Plan:
    """Return the plan on the shelf in a folder that is whole."""
    products: dict[str, Any] = {room.name: load(room.noun, out / SHELF / room.name) for room in ROOMS}
    settings = settings_of(products["programme"].trace)
    return Plan(settings=settings, **products)


def lay_beside(out: Path, *, folder: Path | None = None, tell: Tell = lambda _: None) -> Plan:
    """Solve the scenarios of a finished run, shelve them, and renew the reports that exist.

    The scenarios are those that stand in the city folder now; where that is gone, those of the run.

    Parameters
    ----------
    out
        Folder of a finished run.
    folder
        City folder, where it has moved since.
    tell
        Called with the name of each scenario when it is solved, and with `report` before the reports are written.

    Raises
    ------
    InputError
        Where there is no finished run.
    SettingError
        Where a scenario names something that does not exist.
    """
    with changing(out, own=own, drop=reported, city=folder) as fresh:
        plan = _shelved(out)
        settings = _scenarios_now(plan.settings, folder or Path(plan.programme.trace.city_folder))
        programme = beside(plan.context, plan.programme, settings=settings, tell=tell)
        tell("report")
        return _written_again(plan, programme, out=out, fresh=fresh)


def try_futures(
    out: Path,
    *,
    count: int | None = None,
    seed: int | None = None,
    progress: Callable[[float, str], None] = lambda _share, _step: None,
) -> Plan:
    """Sample futures for a finished run, shelve them, and renew the reports.

    Parameters
    ----------
    out
        Folder of a finished run.
    count
        Futures to sample; where it is None as many as the settings of the run say, or 40 where they say none.
    seed
        Seed of the draw; None: that of the settings.
    progress
        Called with the share that is done and the step: `silo`, `futures` or `report`.

    Raises
    ------
    InputError
        Where there is no finished run.
    """
    with changing(out, own=own, drop=reported) as fresh:
        plan = _shelved(out)
        part = plan.settings.programme
        asked = {"count": count or part.futures.count or FUTURES, "seed": part.futures.seed if seed is None else seed}
        part = part.model_copy(update={"futures": part.futures.model_copy(update=asked)})
        settings = plan.settings.model_copy(update={"programme": part})
        programme = firm.try_futures(plan.programme, settings=settings, progress=progress)
        progress(1.0, "report")
        return _written_again(plan, programme, out=out, fresh=fresh)


def write_others(out: Path, *, tell: Callable[[Form], None] = lambda _: None) -> list[Path]:
    """Write the reports that a finished run left for later, and return the files.

    Raises
    ------
    InputError
        Where there is no finished run.
    """
    others = [form for form in FORMS if not form.first]
    with changing(out, own=own, drop=lambda name: reported(name, others)) as fresh:
        names = [path.relative_to(fresh) for path in write(_shelved(out), fresh, forms=others, tell=tell)]
    return [out / name for name in names]


def standing(out: Path) -> list[Form]:
    """Return the forms that a change writes again: of a run, and others already written."""
    names = list(files_in(out))
    return [form for form in FORMS if form.first or any(reported(name, [form]) for name in names)]


def write_again(out: Path, *, lang: str | None = None) -> list[Path]:
    """Write every report of the products on the shelf in `out` again, and return the files.

    Raises
    ------
    InputError
        Where there is no finished run.
    """
    with changing(out, own=own, drop=reported) as fresh:
        plan = _shelved(out)
        put_away(plan, fresh)
        names = [path.relative_to(fresh) for path in write(plan, fresh, lang=lang)]
    return [out / name for name in names]


def _written_again(plan: Plan, programme: Programme, *, out: Path, fresh: Path) -> Plan:
    """Write a plan with another programme and all its reports, and return that plan as it came from the shelf."""
    put_away(replace(plan, programme=programme), fresh)
    plan = _shelved(fresh)
    write(plan, fresh, forms=standing(out))
    return plan


def again(
    trace_file: Path,
    *,
    out: Path,
    folder: Path | None = None,
    sources_from: Sequence[Path] = (),
    tell: Tell = lambda _: None,
) -> tuple[Plan, list[str]]:
    """Repeat the run of a trace, and return the plan and the tables that differ.

    Parameters
    ----------
    trace_file
        `trace.json` of an earlier run.
    out
        Folder for the repeated run.
    folder
        City folder, where it has moved since.
    sources_from
        Folders outside the city folder from which sources may be read.

    Raises
    ------
    InputError
        Where the trace names no city folder, or a source is missing or has changed since; each is named with the hash that
        is wanted. Of a file outside the city folder nothing is told.
    """
    settle(trace_file.parent, own=shelved)
    if not trace_file.is_file():
        raise InputError(
            [Fault(str(trace_file), Phrase("no such file"), Phrase("trace.json of an earlier run"), fatal=True)]
        )
    trace = Trace.from_json(trace_file.read_text(encoding="utf-8"))
    where = folder or Path(trace.city_folder)
    if not (where / FILE_NAME).is_file():
        wanted = Phrase("the city folder of then, with {name}; where it has moved: `--city`", name=FILE_NAME)
        raise InputError([Fault(str(where), Phrase("no city folder"), wanted, fatal=True)])
    changed = [fault for mark in trace.sources for fault in _changed(mark, where, sources_from)]
    if changed:
        raise InputError(changed)
    settings = settings_of(trace)
    plan = run(read_city(where, settings=settings, sources_from=sources_from), out=out, tell=tell)
    fresh = Trace.from_json((out / "trace.json").read_text(encoding="utf-8")).tables
    return plan, sorted(
        name for name in trace.tables.keys() | fresh.keys() if trace.tables.get(name) != fresh.get(name)
    )


def _changed(mark: SourceMark, folder: Path, sources_from: Sequence[Path]) -> Iterator[Fault]:
    """Yield the fault that a source is not the file of then; of one that may not be read only that."""
    path = folder / mark.path
    try:
        refuse_outside(path, mark.path, (folder, *sources_from))
    except InputError as problem:
        yield from problem.faults
        return
    found = digest(path) if path.is_file() else Phrase("no such file")
    if found != mark.sha256:
        yield Fault(mark.path, found, Phrase("the file of then, SHA-256 {mark}", mark=mark.sha256), fatal=True)


def _scenarios_now(settings: Settings, folder: Path) -> Settings:
    """Return the settings of a run with the scenarios that its city folder asks for now."""
    if not (folder / FILE_NAME).is_file():
        return settings
    now = read_settings(folder).programme
    asked = {name: getattr(now, name) for name in ("scenarios", "front", "compare_gap", "compare_seconds")}
    return settings.model_copy(update={"programme": settings.programme.model_copy(update=asked)})


def _timed(room: Room, done: Done, settings: Settings) -> Product:
    """Go through one door and log rows and seconds."""
    began = time.perf_counter()
    product = room.door(done, settings)
    rows = {name: len(getattr(product, name)) for name in room.noun.TABLES}  # type: ignore[attr-defined]
    log.info("%s: %.2f s, rows %s", room.name, time.perf_counter() - began, rows)
    return product


def _something_to_plan(context: Context, city: City) -> None:
    """Stop where there is no street, or no work in any: everything after it would be empty."""
    if context.touches.empty:
        least = "no works" if context.works.empty else "no work that lies in a street"
        found = Phrase("no streets" if context.sections.empty else least)
        wanted = Phrase("at least one source with assets, works or plans that falls due within the horizon, and streets or networks to place them on")  # fmt: skip
        raise InputError([*city.faults, Fault(str(city.folder), found, wanted, fatal=True)])
