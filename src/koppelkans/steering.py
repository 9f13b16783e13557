"""Steering of a programme: explain, change, accept and undo. (nl: bijsturen)."""

import json
import re
from collections.abc import Callable
from fnmatch import fnmatchcase
from pathlib import Path
from typing import Any, NamedTuple

import pandas as pd

from koppelkans import flow, programme, report
from koppelkans.ground.errors import Fault, InputError
from koppelkans.ground.outputs import (
    FORMER_TRACE,
    SHELF,
    TRACE,
    UNDO,
    NewDecisions,
    changing,
    files_in,
    link,
    read_whole,
    settle,
    shelved,
    text_of,
)
from koppelkans.ground.settings import DECISIONS_NAME, FILE_NAME
from koppelkans.ground.shelf import load
from koppelkans.ground.spreadsheet import as_meant_in, write_csv
from koppelkans.ground.trace import digest
from koppelkans.ground.words import Phrase
from koppelkans.programme.desk import Desk, lay_out
from koppelkans.programme.problem import PROGRAMME, Problem
from koppelkans.programme.product import Programme
from koppelkans.programme.read_problem import read_problem
from koppelkans.programme.replan import Replanned
from koppelkans.report.plan import Plan

PROGRAMME_FILE = "programme.csv"
"""File with the programme in a folder of plain tables."""
LASTING = "lasting.json"
"""File with the lines that a change added to besluiten.toml, and where that stood: shown, and never followed."""
PLAIN_FILES = (PROGRAMME_FILE, f"{UNDO}/*", *(f"{name}.{end}" for name in Problem.TABLES for end in ("csv", "parquet")))  # fmt: skip
"""Names in a folder of plain tables that a change may write."""
Tell = Callable[[str], None]


def desk_of(out: Path, *, lang: str = "en") -> Desk:
    """Return the programme of a run or plain folder, ready for questions and changes.

    A plain folder has tables and programme.csv.

    Raises
    ------
    InputError
        Where the folder holds neither, or a programme that breaks a demand.
    """
    settle(out, own=shelved)
    return read_whole(out, lambda: _desk(out, lang))


def _desk(out: Path, lang: str) -> Desk:
    """Return the programme of a folder that is whole."""
    if not has_shelf(out):
        return lay_out(read_problem(out), _plain_programme(out), lang=lang)
    made = load(Programme, out / SHELF / "programme", only=("plan", "problem"))
    problem = made.problem
    done = made.plan.dropna(subset=["year"])
    done = done[done["work"].isin(problem.works["work"])]
    bound = made.trace.bound_eur
    known = float("nan") if bound is None else float(bound)
    return lay_out(problem, pd.DataFrame(done[["work", "year"]]), bound_eur=known, lang=lang)


class Keep(NamedTuple):
    """Lines for besluiten.toml, and the city folder to which they go."""

    city: Path
    lines: str


def accept(
    out: Path,
    answer: Replanned,
    *,
    note: str,
    keep: Keep | None = None,
    since: str = "",
    tell: Tell = lambda _: None,
) -> Path | None:
    """Accept a change: write the new programme in place of the old one, and what follows.

    Return the file in the city folder that makes it last, where it was asked to.

    Parameters
    ----------
    out
        Folder that `desk_of` was given.
    answer
        What `move`, `cut` or `slip` returned.
    note
        A sentence that says what was changed, for the trace.
    keep
        What `lines_of` returned, to be written to besluiten.toml in a city folder so that the next run keeps to it; None:
        nothing is written there. Plain tables hold the change themselves.
    since
        What `mark_of` returned before the question was asked; empty: whatever stands there now is changed.
    tell
        Called with the name of each room that is entered again.

    Raises
    ------
    InputError
        Where the city folder is not there, somebody else changed the programme since, or the output cannot be written; then
        nothing was changed.
    """
    settle(out, own=shelved)
    kind = RUN if has_shelf(out) else PLAIN
    decided = _longer(keep) if keep is not None and kind is RUN else None
    city = None if keep is None else keep.city
    drop = kind.changes if kind is RUN else lambda _name: False
    with changing(out, own=kind.own, drop=drop, city=city, decided=lambda: decided) as fresh:
        if since and mark_of(out) != since:
            wanted = Phrase("the programme that this change was asked of; ask again")
            raise InputError([Fault(str(out), Phrase("a programme that was changed meanwhile"), wanted, fatal=True)])
        kept = fresh / UNDO / f"{max([0, *_kept(out)]) + 1:04d}"
        for name in filter(kind.changes, files_in(out)):
            link(out / name, kept / name)
        if decided is not None:
            added = (decided.after or "")[len(decided.before or "") :]
            told = Lasting(str(decided.file), added, made=decided.before is None)._asdict()
            (kept / LASTING).write_text(json.dumps(told, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")
        if kind is PLAIN:
            _write_plain(out, fresh, answer.desk)
        else:
            plan = _plan_after(out, answer, note=note, tell=tell)
            tell("report")
            flow.put_away(plan, fresh)
            report.write(plan, fresh, outputs=flow.standing(out, plan))
    return None if decided is None else decided.file


def undo(out: Path, *, city: Path | None = None) -> int:
    """Undo the last change and return how many are left.

    Every file comes back byte for byte. Lines that the change added to besluiten.toml are taken out of the file in
    `city`, and of no other. Where that file no longer has them, somebody else took them in hand, and it is left as it
    is.

    Raises
    ------
    InputError
        Where there is nothing to take back, or the output cannot be written; then nothing was changed.
    """
    settle(out, own=shelved, city=city)
    kind = RUN if has_shelf(out) else PLAIN
    last, decided = "", None
    with changing(
        out,
        own=kind.own,
        drop=lambda name: kind.changes(name) or name.startswith(f"{last}/"),
        city=city,
        decided=lambda: decided,
    ) as fresh:
        kept = _kept(out)
        if not kept:
            wanted = Phrase("a change taken with move, cut or slip")
            raise InputError([Fault(str(out), Phrase("no change"), wanted, fatal=True)])
        last = f"{UNDO}/{max(kept):04d}"
        decided = None if city is None else _shorter(city, lasting_of(out))
        for name in filter(kind.changes, files_in(out / last)):
            link(out / last / name, fresh / name)
    return len(kept) - 1


class Lasting(NamedTuple):
    """Lines that a change added to besluiten.toml, its path then, and whether it was new."""

    file: str
    lines: str
    made: bool


def lasting_of(out: Path) -> Lasting | None:
    """Return what the last change wrote in a city folder; None where it wrote nothing there.

    The file is for a person to look at: nothing is done there before a person says so.

    Raises
    ------
    InputError
        Where the note about it is not one that a change wrote.
    """
    kept = _kept(out)
    note = out / UNDO / f"{max([0, *kept]):04d}" / LASTING
    text = text_of(note) if kept else None
    if text is None:
        return None
    try:
        told = json.loads(text)
    except (ValueError, RecursionError):
        told = None
    shapes = {"file": str, "lines": str, "made": bool}
    if (
        isinstance(told, dict)
        and {name: type(value) for name, value in told.items()} == shapes
        and told["lines"].strip()
    ):
        return Lasting(**told)
    wanted = Phrase("lines for {name}, as a change wrote them", name=DECISIONS_NAME)
    raise InputError([Fault(str(note), Phrase("something else"), wanted, fatal=True)])


def mark_of(out: Path) -> str:
    """Return the hashes by which a programme in a folder is recognised later."""
    names = filter(_plain_changes, files_in(out)) if not has_shelf(out) else [TRACE, FORMER_TRACE]
    return " ".join(digest(out / name) for name in names if (out / name).is_file())


def _plan_after(out: Path, answer: Replanned, *, note: str, tell: Tell) -> Plan:
    """Return the plan after a change: what comes before the programme as it stands, what follows from it made anew.

    What was still to come stays so.
    """
    before = load(Programme, out / SHELF / "programme")
    if set(before.problem.works["work"]) != set(answer.desk.problem.works["work"]):
        wanted = Phrase("a change of the programme in this folder")
        raise InputError([Fault(str(out), Phrase("a change of another programme"), wanted, fatal=True)])
    settings = flow.settings_of(before.trace)
    done: dict[str, Any] = {}
    stood = [part for part in Programme.LATER if part not in before.to_come]
    for room in flow.ROOMS:
        if room.later:
            stood += [room.name] if (out / SHELF / room.name).is_dir() else []
        elif room.name == "programme":
            tell(room.name)
            done[room.name] = programme.rescheduled(
                done["context"],
                answer,
                ranking=done["weighing"].ranking,
                before=before,
                settings=settings,
                note=note,
            )
        elif "programme" in done:
            tell(room.name)
            done[room.name] = room.door(done, settings)
        else:
            done[room.name] = load(room.noun, out / SHELF / room.name)
    return flow.gathered(done, settings, parts=stood, tell=tell)


def _decisions(city: Path) -> str | None:
    """Return the text of besluiten.toml in a city folder; None where there is none."""
    if not (city / FILE_NAME).is_file():
        wanted = Phrase("the city folder, with {name}; say where it is with --city", name=FILE_NAME)
        raise InputError([Fault(str(city), Phrase("no such file"), wanted, fatal=True)])
    return text_of(city / DECISIONS_NAME)


def _longer(keep: Keep) -> NewDecisions:
    """Return besluiten.toml with lines behind what stands in it, after an empty line."""
    before = _decisions(keep.city)
    gap = "" if not before else "\n" if before.endswith("\n") else "\n\n"
    return NewDecisions(keep.city, before, (before or "") + gap + keep.lines)


def _shorter(city: Path, lasting: Lasting | None) -> NewDecisions | None:
    """Return besluiten.toml without the lines that a change added; None where they do not stand in it any more."""
    before = _decisions(city)
    if lasting is None or before is None or lasting.lines not in before:
        return None
    head, _, tail = before.rpartition(lasting.lines)
    return NewDecisions(city, before, None if lasting.made and not head + tail else head + tail)


def has_shelf(out: Path) -> bool:
    """Tell whether a folder is that of a run."""
    return (out / SHELF / "programme").is_dir()


def _plain_programme(out: Path) -> pd.DataFrame:
    """Return the programme of a folder with plain tables."""
    path = out / PROGRAMME_FILE
    if not path.is_file():
        wanted = Phrase("{file} with the columns {names}", file=PROGRAMME_FILE, names=", ".join(PROGRAMME.columns))
        raise InputError([Fault(str(path), Phrase("no such file"), wanted, fatal=True)])
    table = as_meant_in(pd.read_csv(path, dtype={"work": "str"}))
    if not set(PROGRAMME.columns) <= set(table.columns):
        wanted = Phrase("the columns {names}", names=", ".join(PROGRAMME.columns))
        raise InputError([Fault(PROGRAMME_FILE, ", ".join(table.columns), wanted, fatal=True)])
    return table


def _write_plain(out: Path, fresh: Path, desk: Desk) -> None:
    """Write the programme and the tables of the problem that differ from those in the folder."""
    before = read_problem(out)
    for name in Problem.TABLES:
        table = getattr(desk.problem, name)
        if not table.equals(getattr(before, name)):
            if (out / f"{name}.parquet").is_file():
                table.to_parquet(fresh / f"{name}.parquet", index=False)
            else:
                write_csv(table, fresh / f"{name}.csv")
    write_csv(desk.programme, fresh / PROGRAMME_FILE)


def _changes(name: str) -> bool:
    """Tell whether a change writes a file in the folder of a run: products from the programme on, trace and reports."""
    rooms = [room.name for room in flow.ROOMS]
    later = rooms[rooms.index("programme") :]
    return flow.reported(name) or name in (TRACE, FORMER_TRACE) or name.startswith(tuple(f"{SHELF}/{room}/" for room in later))  # fmt: skip


def _plain_own(name: str) -> bool:
    """Tell whether a file in a folder of plain tables is one that Koppelkans reads or writes."""
    return any(fnmatchcase(name, file) for file in PLAIN_FILES)


def _plain_changes(name: str) -> bool:
    """Tell whether a change may write a file in a folder of plain tables."""
    return _plain_own(name) and "/" not in name


class _Kind(NamedTuple):
    """A kind of folder with a programme: which names in it are ours, and which of these a change may write."""

    own: Callable[[str], bool]
    changes: Callable[[str], bool]


RUN, PLAIN = _Kind(flow.own, _changes), _Kind(_plain_own, _plain_changes)


def _kept(out: Path) -> list[int]:
    """Return the numbers of the changes that can be taken back."""
    folder = out / UNDO
    return [int(one.name) for one in folder.iterdir() if re.fullmatch(r"\d{4,9}", one.name)] if folder.is_dir() else []
