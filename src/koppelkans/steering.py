"""Steering: a programme taken from its folder, asked why, changed and put back, with a way back. (nl: bijsturen)."""

import json
import shutil
import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pandas as pd

from koppelkans import flow
from koppelkans.appraisal.product import Appraisal
from koppelkans.context.product import Context
from koppelkans.ground.errors import Fault, InputError
from koppelkans.ground.settings import DECISIONS_NAME, FILE_NAME, Settings
from koppelkans.ground.shelf import load
from koppelkans.ground.words import Phrase
from koppelkans.programme.desk import Desk, lay_out
from koppelkans.programme.frame import Framed
from koppelkans.programme.problem import PROGRAMME, Problem
from koppelkans.programme.product import Programme
from koppelkans.programme.read_folder import read_problem
from koppelkans.programme.reframe import reframe
from koppelkans.programme.replan import Replanned
from koppelkans.programme.schedule import rescheduled
from koppelkans.programme.shelved import put_framed, take_framed
from koppelkans.report import Plan, write
from koppelkans.weighing.product import Weighing

PROGRAMME_FILE = "programme.csv"
"""File with the programme in a folder of plain tables."""
WRITTEN = "written.json"
"""File with the names of the reports that a change wrote."""
LASTING = "lasting.json"
"""File with the lines that a change added to besluiten.toml, and where that stands."""
Tell = Callable[[str], None]


def desk_of(out: Path, *, lang: str = "en") -> Desk:
    """Take the programme of a run, or of a folder with plain tables and programme.csv, ready for questions and changes.

    Raises
    ------
    InputError
        Where the folder holds neither, or a programme that breaks a demand.
    """
    if not _has_shelf(out):
        return lay_out(read_problem(out), _plain_programme(out), lang=lang)
    programme = load(Programme, out / flow.SHELF / "programme")
    framed = _framed(out, programme)
    done = programme.plan.dropna(subset=["year"])
    done = done[done["work"].isin(framed.problem.works["work"])]
    bound = programme.trace.bound_eur
    known = float("nan") if bound is None else float(bound)
    return lay_out(framed.problem, pd.DataFrame(done[["work", "year"]]), framed=framed, bound_eur=known, lang=lang)


def accept(
    out: Path, answer: Replanned, *, note: str, lines: str = "", city: Path | None = None, tell: Tell = lambda _: None
) -> Path | None:
    """Take a change: the new programme is written in place of the old one, and everything that follows from it.

    Return the file in the city folder that makes it last, where it was asked to.

    Parameters
    ----------
    out
        Folder that `desk_of` was given.
    answer
        What `move`, `cut` or `slip` returned.
    note
        A sentence that says what was changed, for the trace.
    lines
        What `lines_of` returned, to be written to besluiten.toml in the city folder so that the next run keeps to it;
        empty: nothing is written there. Plain tables hold the change themselves.
    city
        City folder, where it has moved since the run.
    tell
        Called with the name of each room that is entered again.

    Raises
    ------
    InputError
        Where the city folder is not there; then nothing was changed.
    """
    if not _has_shelf(out):
        _keep(out, [])
        _write_plain(out, answer.desk)
        return None
    lasting = _lasting_file(out, city) if lines else None
    plan, framed = _plan_after(out, answer, note=note, tell=tell)
    tell("report")
    with tempfile.TemporaryDirectory(dir=out) as fresh:
        names = [path.relative_to(fresh) for path in write(plan, Path(fresh))]
        _keep(out, names)
        put_framed(framed, out / flow.SHELF / flow.PROBLEM)
        flow.put_away(plan, out)
        for name in names:
            (out / name).parent.mkdir(parents=True, exist_ok=True)
            shutil.move(Path(fresh) / name, out / name)
    if lasting is not None:
        _make_last(out, lasting, lines)
    return lasting


def undo(out: Path) -> int:
    """Take back the last change and return how many are left that can be taken back; every file comes back byte for byte.

    Raises
    ------
    InputError
        Where there is nothing to take back.
    """
    kept = _kept(out)
    if not kept:
        raise InputError(
            [Fault(str(out), Phrase("no change"), Phrase("a change taken with move, cut or slip"), fatal=True)]
        )
    last = kept[-1]
    _last_no_more(last / LASTING)
    written = json.loads((last / WRITTEN).read_text(encoding="utf-8"))
    (last / WRITTEN).unlink()
    for path in (*_watched(out), *(out / name for name in written)):
        _remove(path)
    shutil.copytree(last, out, dirs_exist_ok=True)
    shutil.rmtree(last if len(kept) > 1 else out / flow.UNDO)
    return len(kept) - 1


def _plan_after(out: Path, answer: Replanned, *, note: str, tell: Tell) -> tuple[Plan, Framed]:
    """Return the whole plan after a change: earlier rooms as they stand on the shelf, later ones entered again."""
    framed = answer.desk.framed
    if framed is None:
        wanted = Phrase("a change of the programme in this folder")
        raise InputError([Fault(str(out), Phrase("a change of another programme"), wanted, fatal=True)])
    before = load(Programme, out / flow.SHELF / "programme")
    settings = Settings.model_validate(before.trace.settings)
    done: dict[str, Any] = {}
    for room in flow.ROOMS:
        if room.name == "programme":
            tell(room.name)
            done[room.name] = rescheduled(done["context"], answer, before=before, settings=settings, note=note)
        elif "programme" in done:
            tell(room.name)
            done[room.name] = room.door(done, settings)
        else:
            done[room.name] = load(room.noun, out / flow.SHELF / room.name)
    return Plan(settings=settings, **done), framed


def _lasting_file(out: Path, city: Path | None) -> Path:
    """Return besluiten.toml of the city folder."""
    folder = city or Path(load(Programme, out / flow.SHELF / "programme").trace.city_folder)
    if not (folder / FILE_NAME).is_file():
        wanted = Phrase("the city folder, with {name}; say where it is with --city", name=FILE_NAME)
        raise InputError([Fault(str(folder), Phrase("no such file"), wanted, fatal=True)])
    return folder / DECISIONS_NAME


def _make_last(out: Path, file: Path, lines: str) -> None:
    """Add lines behind what stands in a file, and write down which, so that they can be taken back."""
    made = not file.is_file()
    before = "" if made else file.read_text(encoding="utf-8")
    gap = "" if made else "\n" if before.endswith("\n") else "\n\n"
    kept = {"file": str(file), "lines": gap + lines, "made": made}
    (_kept(out)[-1] / LASTING).write_text(json.dumps(kept, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")
    file.write_text(before + gap + lines, encoding="utf-8", newline="\n")


def _last_no_more(kept: Path) -> None:
    """Take lines out of besluiten.toml again; where somebody has changed them since, they are left to that hand."""
    if not kept.is_file():
        return
    told = json.loads(kept.read_text(encoding="utf-8"))
    kept.unlink()
    file = Path(told["file"])
    text = file.read_text(encoding="utf-8") if file.is_file() else ""
    head, found, tail = text.rpartition(told["lines"])
    if found and told["made"] and not head + tail:
        file.unlink()
    elif found:
        file.write_text(head + tail, encoding="utf-8", newline="\n")


def _has_shelf(out: Path) -> bool:
    """Tell whether a folder is that of a run."""
    return (out / flow.SHELF / "programme").is_dir()


def _framed(out: Path, programme: Programme) -> Framed:
    """Return the problem from the shelf; a shelf of an earlier version has none, then it is framed again."""
    folder = out / flow.SHELF / flow.PROBLEM
    if folder.is_dir():
        return take_framed(folder)
    shelf = out / flow.SHELF
    context, appraisal = load(Context, shelf / "context"), load(Appraisal, shelf / "appraisal")
    weighing = load(Weighing, shelf / "weighing")
    settings = Settings.model_validate(programme.trace.settings)
    return reframe(context, appraisal, weighing, programme, settings=settings)


def _plain_programme(out: Path) -> pd.DataFrame:
    """Return the programme of a folder with plain tables."""
    path = out / PROGRAMME_FILE
    if not path.is_file():
        wanted = Phrase("{file} with the columns {names}", file=PROGRAMME_FILE, names=", ".join(PROGRAMME.columns))
        raise InputError([Fault(str(path), Phrase("no such file"), wanted, fatal=True)])
    table = pd.read_csv(path, dtype={"work": "str"})
    if not set(PROGRAMME.columns) <= set(table.columns):
        wanted = Phrase("the columns {names}", names=", ".join(PROGRAMME.columns))
        raise InputError([Fault(PROGRAMME_FILE, ", ".join(table.columns), wanted, fatal=True)])
    return table


def _write_plain(out: Path, desk: Desk) -> None:
    """Write the programme and the tables of the problem that differ from those in the folder."""
    before = read_problem(out)
    for name in Problem.TABLES:
        table = getattr(desk.problem, name)
        if not table.equals(getattr(before, name)):
            old = out / f"{name}.parquet"
            if old.is_file():
                table.to_parquet(old, index=False)
            else:
                table.to_csv(out / f"{name}.csv", index=False, lineterminator="\n")
    desk.programme.to_csv(out / PROGRAMME_FILE, index=False, lineterminator="\n")


def _watched(out: Path) -> list[Path]:
    """Return what a change writes: products from the programme on, the problem and the trace; or the plain tables."""
    if not _has_shelf(out):
        tables = [out / f"{name}{end}" for name in Problem.TABLES for end in (".csv", ".parquet")]
        return [path for path in (*tables, out / PROGRAMME_FILE) if path.is_file()]
    names = [room.name for room in flow.ROOMS]
    names = [*names[names.index("programme") :], flow.PROBLEM]
    paths = [*(out / flow.SHELF / name for name in names), out / "trace.json"]
    return [path for path in paths if path.exists()]


def _keep(out: Path, names: list[Path]) -> None:
    """Copy what a change writes, and the files of these names, to the next folder of what can be taken back."""
    folder = out / flow.UNDO / f"{len(_kept(out)) + 1:04d}"
    folder.mkdir(parents=True)
    for path in (*_watched(out), *(out / name for name in names)):
        to = folder / path.relative_to(out)
        to.parent.mkdir(parents=True, exist_ok=True)
        if path.is_dir():
            shutil.copytree(path, to)
        elif path.is_file():
            shutil.copy2(path, to)
    written = sorted(name.as_posix() for name in names)
    (folder / WRITTEN).write_text(json.dumps(written, indent=1) + "\n", encoding="utf-8")


def _kept(out: Path) -> list[Path]:
    """Return the folders of what can be taken back, the oldest first."""
    return sorted((out / flow.UNDO).iterdir()) if (out / flow.UNDO).is_dir() else []


def _remove(path: Path) -> None:
    """Remove a file or a folder."""
    if path.is_dir():
        shutil.rmtree(path)
    else:
        path.unlink(missing_ok=True)
