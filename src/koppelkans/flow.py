"""The corridor: the whole process from a city folder to its programme and reports. (nl: doorloop)."""

import logging
import time
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from fnmatch import fnmatchcase
from pathlib import Path
from typing import Any

from pydantic import ValidationError

from koppelkans import (
    account,
    alignment,
    appraisal,
    area,
    context,
    opportunities,
    programme,
    report,
    systems,
    vision,
    weighing,
)
from koppelkans.account.product import Account
from koppelkans.alignment.product import Alignment
from koppelkans.appraisal import business, financing
from koppelkans.appraisal.business.product import Business
from koppelkans.appraisal.financing.product import Financing
from koppelkans.appraisal.product import Appraisal
from koppelkans.area.product import Areas
from koppelkans.context.city import City
from koppelkans.context.product import Context
from koppelkans.ground.errors import Fault, InputError
from koppelkans.ground.outputs import SHELF, TRACE, UNDO, changing, files_in, read_whole, settle, shelved
from koppelkans.ground.reach import refuse_outside
from koppelkans.ground.settings import FILE_NAME, Settings, read_settings
from koppelkans.ground.shelf import Product, load, save
from koppelkans.ground.tables import empty
from koppelkans.ground.trace import SourceMark, Trace, digest
from koppelkans.ground.words import Phrase
from koppelkans.opportunities.product import Opportunities
from koppelkans.programme.product import Programme
from koppelkans.report.circle import CIRCLE_FOLDERS, FOLDERS, FORMER
from koppelkans.report.form import Output
from koppelkans.report.plan import Plan
from koppelkans.report.read_me import put_read_me
from koppelkans.systems.product import Systems
from koppelkans.vision.product import Vision
from koppelkans.weighing.product import Weighing

OTHER_FOLDERS = ("opzij/", "intern/opzij/", "ambitieweb/")
"""Folders that stand in an output folder beside the shelf and the reports."""

FUTURES = 40
"""Futures that are sampled where nobody says how many."""

log = logging.getLogger(__name__)
Done = Mapping[str, Any]
Tell = Callable[[str], None]


@dataclass(frozen=True)
class Room:
    """One room of the corridor: its name, its noun, which rooms it looks back at, and its door.

    A room with a `blank` (its product without rows) is entered later, by `reports`.
    """

    name: str
    noun: type
    needs: tuple[str, ...]
    door: Callable[[Done, Settings], Product]
    blank: Callable[[Done, Settings], Product] | None = None

    @property
    def later(self) -> bool:
        """Tell whether `run` leaves this room to `reports`; until then its product stands nowhere."""
        return self.blank is not None


ROOMS: tuple[Room, ...] = (
    Room("vision", Vision, ("city",), lambda d, s: vision.envision(d["city"].layers, settings=s, trace=d["city"].trace)),
    Room("context", Context, ("city",), lambda d, _: context.survey(d["city"])),
    Room("opportunities", Opportunities, ("context", "vision"), lambda d, s: opportunities.spot(d["context"], d["vision"], settings=s)),
    Room("alignment", Alignment, ("context", "opportunities"), lambda d, s: alignment.align(d["context"], d["opportunities"], settings=s)),
    Room("appraisal", Appraisal, ("context", "vision", "opportunities"), lambda d, s: appraisal.appraise(d["context"], d["vision"], d["opportunities"], settings=s)),
    Room("weighing", Weighing, ("context", "opportunities", "appraisal"), lambda d, s: weighing.weigh(d["context"], d["opportunities"], d["appraisal"], settings=s)),
    Room("programme", Programme, ("context", "appraisal", "weighing"), lambda d, s: programme.schedule(d["context"], d["appraisal"], d["weighing"], settings=s)),
    Room("account", Account, ("context", "appraisal", "programme"), lambda d, s: account.reckon(d["context"], d["appraisal"], d["programme"], settings=s)),
    Room("systems", Systems, ("context", "programme"), lambda d, s: systems.chart(d["context"], d["programme"], settings=s)),
    Room("areas", Areas, ("context", "vision", "opportunities", "appraisal", "programme", "account"), lambda d, s: area.compose(d["context"], d["vision"], d["opportunities"], d["appraisal"], d["programme"], d["account"], settings=s)),
    Room("business", Business, ("context", "vision", "opportunities", "appraisal", "programme"), lambda d, s: business.build_cases(d["context"], d["vision"], d["opportunities"], d["appraisal"], d["programme"], settings=s), lambda d, s: business.no_cases(d["programme"], settings=s)),
    Room("financing", Financing, ("context", "opportunities", "appraisal", "programme", "business"), lambda d, s: financing.finance(d["context"], d["opportunities"], d["appraisal"], d["programme"], d["business"], settings=s), lambda d, _: Financing(**{name: empty(schema) for name, schema in Financing.TABLES.items()}, trace=d["programme"].trace)),
)  # fmt: skip
"""The rooms in the order of the droomproces; a room needs only rooms before it, and the later ones come last."""

LATER = (*Programme.LATER, *(room.name for room in ROOMS if room.later))
"""Parts of a plan that `run` leaves to `reports`, in the order in which they are made."""


def reported(name: str) -> bool:
    """Tell whether a file in the output folder is one of the reports, of whatever circle."""
    return any(fnmatchcase(name, file) for file in (*FORMER, *(one for form in report.FORMS for one in form.patterns)))


def own(name: str) -> bool:
    """Tell whether Koppelkans writes a file of this name in the output folder."""
    return shelved(name) or name.startswith(OTHER_FOLDERS) or name in CIRCLE_FOLDERS or reported(name)


def enter(name: str, folder: Path, *, out: Path, sources_from: Sequence[Path] = ()) -> Product:
    """Enter one room: take its input from the shelf in `out`, and put its product there.

    Raises
    ------
    InputError
        Where an earlier room was not entered yet; the fault says which.
    """
    room = next(room for room in ROOMS if room.name == name)
    city = context.read_city(folder, sources_from=sources_from) if "city" in room.needs else None
    settings = context.settings_with_amounts(folder, sources_from=sources_from) if city is None else city.settings
    nouns, unfit = {room.name: room.noun for room in ROOMS}, ROOMS[ROOMS.index(room) + 1 :]
    old = (f"{SHELF}/{name}/", *((f"{UNDO}/",) if room.noun is Programme else ()))
    old += tuple(f"{SHELF}/{after.name}/" for after in unfit if after.later)
    with changing(out, own=own, drop=lambda file: file.startswith(old), city=folder) as fresh:
        done = {need: city if need == "city" else load(nouns[need], out / SHELF / need) for need in room.needs}
        product = _timed(room, done, settings)
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
        False: only what the room needs at once (map, stadsprogramma, workbook); `write_others` makes what is `LATER` and
        writes the other reports.
    tell
        Called with the name of each room and part before it is made, and with `report` before the reports are written.

    Raises
    ------
    InputError
        Where the folder holds nothing to plan with; the faults say what was wrong.
    NoProgrammeError
        Where fixed decisions and money cannot hold together.
    """
    return _run(city, out, parts=LATER if all_reports else (), tell=tell)


def _run(city: City, out: Path | None, *, parts: Collection[str], tell: Tell) -> Plan:
    """Walk the corridor, of what is later only some parts, and write it where a folder is given."""
    if out is None:
        return _walk(city, parts, tell)
    with changing(out, own=own, drop=own, city=city.folder) as fresh:
        plan = _walk(city, parts, tell)
        tell("report")
        put_away(plan, fresh)
        context.write_aside(city, fresh / FOLDERS["inside"])
        report.write(_shelved(fresh), fresh, outputs=fitting(plan))
    return plan


def _walk(city: City, parts: Collection[str], tell: Tell) -> Plan:
    """Enter every room, of what is later only some parts, and return the plan."""
    done: dict[str, Any] = {"city": city}
    for room in ROOMS:
        if not room.later:
            tell(room.name)
            done[room.name] = _timed(room, done, city.settings)
        if room.name == "context":
            _something_to_plan(done["context"], city)
    return gathered(done, city.settings, parts=parts, tell=tell)


def gathered(done: Done, settings: Settings, *, parts: Collection[str] = (), tell: Tell = lambda _: None) -> Plan:
    """Return the plan of rooms that were entered, with these later parts made too.

    What is not made stands in `to_come`.
    """
    made, waiting = dict(done), []
    made["programme"] = programme.look_ahead(
        made["context"], made["programme"], settings=settings, parts=parts, tell=tell
    )
    for room in ROOMS:
        if room.blank is None or room.name in made:
            continue
        if room.name in parts:
            tell(room.name)
            made[room.name] = _timed(room, made, settings)
        else:
            waiting.append(room.name)
            made[room.name] = room.blank(made, settings)
    products = {room.name: made[room.name] for room in ROOMS}
    return Plan(settings=settings, **products, to_come=(*made["programme"].to_come, *waiting))


def fitting(plan: Plan) -> list[Output]:
    """Return the outputs that can be written of a plan; without its later parts the first."""
    return [output for output in report.outputs_of(plan) if output.first or not plan.to_come]


def put_away(plan: Plan, out: Path) -> Trace:
    """Put every product that was made on the shelf, with one trace of the whole.

    The trace names the hash of each table.
    """
    for room in ROOMS:
        if room.name not in plan.to_come:
            save(getattr(plan, room.name), out / SHELF / room.name)
    tables = {path.relative_to(out).as_posix(): digest(path) for path in sorted((out / SHELF).rglob("*.parquet"))}
    trace = plan.programme.trace.noting(tables=tables)
    (out / TRACE).parent.mkdir(parents=True, exist_ok=True)
    (out / TRACE).write_text(trace.to_json(), encoding="utf-8")
    put_read_me(plan, out)
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
    done, settings = _taken(out)
    return gathered(done, settings)


def _taken(out: Path) -> tuple[dict[str, Any], Settings]:
    """Return the products on the shelf in a folder that is whole, and their settings."""
    done: dict[str, Any] = {
        room.name: load(room.noun, out / SHELF / room.name)
        for room in ROOMS
        if not room.later or (out / SHELF / room.name).is_dir()
    }
    return done, settings_of(done["programme"].trace)


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
        made = programme.beside(plan.context, plan.programme, settings=settings, tell=tell)
        tell("report")
        return _written_again(plan, made, out=out, fresh=fresh)


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
        made = programme.try_futures(plan.programme, settings=settings, progress=progress)
        progress(1.0, "report")
        return _written_again(plan, made, out=out, fresh=fresh)


def write_others(
    out: Path, *, tell: Tell = lambda _: None, wrote: Callable[[float, Output], None] = lambda *_: None
) -> list[Path]:
    """Make what a finished run left for later, and write the other reports.

    Where anything was still to come, the first reports are written again too, for they tell of it.

    Parameters
    ----------
    out
        Folder of a finished run.
    tell
        Called with the name of each room and part before it is made.
    wrote
        Called with the share that is done and each output before it is written.

    Raises
    ------
    InputError
        Where there is no finished run.
    """
    kept: list[Output] = []
    with changing(
        out, own=own, drop=lambda name: reported(name) and not any(one.writes(name) for one in kept)
    ) as fresh:
        done, settings = _taken(out)
        whole = gathered(done, settings)
        if whole.to_come:
            put_away(gathered(done, settings, parts=LATER, tell=tell), fresh)
        else:
            kept += [one for one in fitting(whole) if one.first and any(map(one.writes, files_in(out)))]
        plan = _shelved(fresh if (fresh / SHELF).is_dir() else out)
        asked = [one for one in fitting(plan) if one not in kept]
        begun = iter(range(len(asked)))
        made = report.write(plan, fresh, outputs=asked, tell=lambda one: wrote(next(begun) / len(asked), one))
        names = [path.relative_to(fresh) for path in made]
    return [out / name for name in names]


def standing(out: Path, plan: Plan) -> list[Output]:
    """Return the outputs that a change of the plan writes again."""
    names = list(files_in(out))
    return [one for one in fitting(plan) if one.first or any(map(one.writes, names))]


def write_again(out: Path, *, lang: str | None = None) -> list[Path]:
    """Write every report of the products on the shelf again, and return the files.

    Raises
    ------
    InputError
        Where there is no finished run.
    """
    with changing(out, own=own, drop=reported) as fresh:
        plan = _shelved(out)
        put_away(plan, fresh)
        names = [path.relative_to(fresh) for path in report.write(plan, fresh, lang=lang, outputs=fitting(plan))]
    return [out / name for name in names]


def _written_again(plan: Plan, programme: Programme, *, out: Path, fresh: Path) -> Plan:
    """Write a plan with another programme and all its reports, and return that plan as it came from the shelf."""
    waiting = [name for name in plan.to_come if name not in Programme.LATER]
    put_away(replace(plan, programme=programme, to_come=(*programme.to_come, *waiting)), fresh)
    plan = _shelved(fresh)
    report.write(plan, fresh, outputs=standing(out, plan))
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
    inside = trace_file.parent.name == FOLDERS["inside"]
    settle(trace_file.parent.parent if inside else trace_file.parent, own=shelved)
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
    city = context.read_city(where, settings=settings, sources_from=sources_from)
    plan = _run(city, out, parts=_parts_of(trace), tell=tell)
    fresh = Trace.from_json((out / TRACE).read_text(encoding="utf-8")).tables
    return plan, sorted(
        name for name in trace.tables.keys() | fresh.keys() if trace.tables.get(name) != fresh.get(name)
    )


def _parts_of(trace: Trace) -> list[str]:
    """Return what of all that is later was made when a trace was written."""
    tables = Programme.LATER
    files = {part: [f"{SHELF}/programme/{name}.parquet" for name in tables.get(part, ())] for part in LATER}
    return [part for part in LATER if any(name in files[part] or name.startswith(f"{SHELF}/{part}/") for name in trace.tables)]  # fmt: skip


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
