"""Output folders written beside the old one and swapped in whole, with a journal. (nl: hele uitvoer).

Beside `uit` stands `.uit.koppelkans` for as long as a command writes: `lock` (let go by the system when the process ends),
`new` (what is being made), `old` (what stood there) and `journal.json` (the swap has begun). The swap: the old folder is
renamed away, the new one in, besluiten.toml of the city replaced, the journal dropped. Whoever finds a journal finishes
the swap or puts it back; that only ever renames `new`, `old` and the output folder itself, and only ever reads the city.
"""

import errno
import hashlib
import json
import os
import shutil
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import NoReturn, TypeVar

from koppelkans.ground.errors import Fault, InputError, KoppelkansError
from koppelkans.ground.settings import DECISIONS_NAME, FILE_NAME
from koppelkans.ground.words import Phrase

SHELF = "shelf"
"""Folder inside the output folder where every product is put away."""
UNDO = "undo"
"""Folder beside the shelf with what stood there before each change that was taken."""
TRACE, FORMER_TRACE = "intern/trace.json", "trace.json"
"""File with the trace of the whole run, for those inside; where earlier versions put it."""
READ_ME = {"nl": "LEES-MIJ.txt", "en": "READ-ME.txt"}
"""Per language the file that says what each folder holds and for whom it is."""
JOURNAL, LOCK, NEW, OLD = "journal.json", "lock", "new", "old"
MOST_BYTES = 4_000_000
"""A journal, a note of an earlier change or a besluiten.toml that is larger was not written by Koppelkans."""
LEAST_ROOM = 1_000_000
"""Bytes that are free on a disk that is not full."""
DISK = {errno.ENOSPC, errno.EDQUOT, errno.EFBIG, errno.EIO, errno.EROFS, errno.EACCES, errno.EPERM, errno.EBUSY, errno.EXDEV, errno.ENAMETOOLONG, errno.ENOLCK, errno.ENOTDIR, errno.ELOOP}  # fmt: skip
"""What a disk or its rights can refuse; anything else is an error of ours and is not hidden."""
T = TypeVar("T")
Names = Callable[[str], bool]
"""Tells of a path inside the output folder (with `/`) whether it is one of a kind."""


@dataclass(frozen=True)
class NewDecisions:
    """The new besluiten.toml of a city folder that was named or confirmed; None: no such file."""

    city: Path
    before: str | None
    after: str | None

    @property
    def file(self) -> Path:
        """Return the file."""
        return self.city / DECISIONS_NAME


@contextmanager
def changing(
    out: Path,
    *,
    own: Names,
    drop: Names = lambda _name: False,
    city: Path | None = None,
    decided: Callable[[], NewDecisions | None] = lambda: None,
) -> Iterator[Path]:
    """Yield an empty folder that takes the place of the output folder if all goes well.

    Parameters
    ----------
    out
        Output folder; made where it is not there.
    own
        Names that Koppelkans writes; a folder that is not empty and has none of these at its top is refused.
    drop
        Names of which the old file does not come along where the new folder has none. All else does, links as links.
    city
        City folder that is read; it may not stand inside the output folder.
    decided
        Called at the end: what becomes of besluiten.toml.

    Raises
    ------
    InputError
        Where another command is writing there, the folder holds other things, or the disk refuses; nothing was changed then.
    """
    out = out.resolve()
    _refuse_other_folders(out, own, city)
    beside = _beside(out)
    with _InWords(out), _locked(beside) as mine:
        if not mine:
            _refuse(out, Phrase("another command that is writing here"), Phrase("to wait until it is done, and to run this again"))  # fmt: skip
        try:
            _recover(out, beside, city)
            _refuse_links(out, own)
            with _InWords(out):
                (beside / NEW).mkdir()
                yield beside / NEW
                take_along(out, beside / NEW, drop=drop)
                _swap(out, beside, decided())
        finally:
            _clear(beside)


def settle(out: Path, *, own: Names, city: Path | None = None) -> None:
    """Finish or put back a change of an output folder that was cut off.

    Raises
    ------
    InputError
        Where it cannot be told how far the change had come; the fault names the file. And where a file of ours is a link.
    """
    out = out.resolve()
    beside = _beside(out)
    if os.path.lexists(beside):
        with _InWords(out), _locked(beside) as mine:
            if mine:
                try:
                    _recover(out, beside, city)
                finally:
                    _clear(beside)
    _refuse_links(out, own)


def read_whole(out: Path, read: Callable[[], T]) -> T:
    """Return what is read in an output folder, again if it was swapped meanwhile.

    Nothing is taken from two folders, and who only reads needs no right to write.
    """
    while True:
        seen = _standing(out)
        try:
            made = read()
        except (InputError, OSError):
            if _standing(out) == seen:
                raise
            continue
        if _standing(out) == seen:
            return made


def _standing(out: Path) -> tuple[int, int] | None:
    """Return what tells a folder from one that took its place; None where there is none."""
    with suppress(FileNotFoundError):
        found = out.stat()
        return found.st_dev, found.st_ino
    return None


def shelved(name: str) -> bool:
    """Tell whether commands read a file of this name in an output folder."""
    return name in (TRACE, FORMER_TRACE, *READ_ME.values()) or name.startswith((f"{SHELF}/", f"{UNDO}/"))


def link(source: Path, target: Path) -> None:
    """Link a file to a second place, or copy it where the disk has no hard links."""
    target.parent.mkdir(parents=True, exist_ok=True)
    try:
        os.link(source, target, follow_symlinks=False)
    except OSError:
        shutil.copy2(source, target, follow_symlinks=False)


def put_in_place(file: Path, text: str) -> None:
    """Write one file whole or not at all.

    Raises
    ------
    InputError
        Where the disk refuses; then the file is as it was.
    """
    with _InWords(file):
        file.parent.mkdir(parents=True, exist_ok=True)
        draft = file.with_name(f".{file.name}.koppelkans")
        try:
            draft.write_bytes(text.encode("utf-8"))
            _to_disk(draft)
            draft.replace(file)
        finally:
            draft.unlink(missing_ok=True)


def files_in(folder: Path) -> Iterator[str]:
    """Yield the names of all files below a folder, sorted, with `/`; links are not followed."""
    for path in sorted(folder.iterdir()) if folder.is_dir() else ():
        if _is_folder(path):
            yield from (f"{path.name}/{name}" for name in files_in(path))
        else:
            yield path.name


def take_along(out: Path, new: Path, *, drop: Names = lambda _name: False) -> None:
    """Link files of the old folder into the new one, except those written anew or dropped."""
    for name in files_in(out):
        if not drop(name) and not os.path.lexists(new / name):
            link(out / name, new / name)
    for folder, inner, files in os.walk(out):
        if not inner and not files:
            (new / Path(folder).relative_to(out)).mkdir(parents=True, exist_ok=True)


def text_of(file: Path) -> str | None:
    """Return the text of a small file; None where there is none.

    Raises
    ------
    InputError
        Where it is a link, no file, too large, or no text.
    """
    if not os.path.lexists(file):
        return None
    wanted = Phrase("a file of text of at most {most} bytes, and no link", most=MOST_BYTES)
    if file.is_symlink() or not file.is_file() or file.stat().st_size > MOST_BYTES:
        _refuse(file, Phrase("something else"), wanted)
    try:
        return file.read_bytes().decode("utf-8")
    except UnicodeDecodeError:
        _refuse(file, Phrase("letters that are no UTF-8"), wanted)


def _swap(out: Path, beside: Path, decided: NewDecisions | None) -> None:
    """Put the new folder in place of the old one, and the new besluiten.toml in place of the old one."""
    waiting = None if decided is None else decided.city / f".{DECISIONS_NAME}.koppelkans"
    if decided is not None and waiting is not None:
        waiting.unlink(missing_ok=True)
        waiting.write_bytes((decided.after or "").encode("utf-8"))
        _to_disk(waiting)
    for name in files_in(beside / NEW):
        _to_disk(beside / NEW / name)
    try:
        _write_journal(beside, decided)
        if os.path.lexists(out):
            shutil.copymode(out, beside / NEW)
            out.rename(beside / OLD)
        (beside / NEW).rename(out)
        if decided is not None and waiting is not None:
            if text_of(decided.file) != decided.before:
                _refuse(decided.file, Phrase("a file that was changed meanwhile"), Phrase("to run this again"))
            if decided.after is None:
                decided.file.unlink()
            else:
                waiting.replace(decided.file)
    except (OSError, InputError):
        _put_back(out, beside)
        (beside / JOURNAL).unlink(missing_ok=True)
        raise
    finally:
        if waiting is not None:
            waiting.unlink(missing_ok=True)
    (beside / JOURNAL).unlink()


def _write_journal(beside: Path, decided: NewDecisions | None) -> None:
    """Write down, all at once, that the swap begins."""
    told = {} if decided is None else {"city": str(decided.city), "before": _mark(decided.before), "after": _mark(decided.after)}  # fmt: skip
    draft = beside / f"{JOURNAL}.draft"
    draft.write_text(json.dumps(told, indent=1) + "\n", encoding="utf-8")
    _to_disk(draft)
    draft.replace(beside / JOURNAL)


def _recover(out: Path, beside: Path, city: Path | None) -> None:
    """Finish a swap that was cut off, or put it back where besluiten.toml was not replaced yet."""
    told = _journal(beside)
    if told is not None:
        forward = True
        if told:
            file = (city or Path(told["city"])) / DECISIONS_NAME
            mark = _mark(text_of(file))
            if mark not in (told["before"], told["after"]):
                wanted = Phrase("this file as it was before the change in {out} that was cut off, or after it", out=out)
                _refuse(file, Phrase("other text") if mark else Phrase("no such file"), wanted)
            forward = mark == told["after"]
        if forward and _is_folder(beside / NEW):
            if os.path.lexists(out):
                out.rename(beside / OLD)
            (beside / NEW).rename(out)
        elif not forward:
            _put_back(out, beside)
        (beside / JOURNAL).unlink()
    _clear_folders(beside)


def _put_back(out: Path, beside: Path) -> None:
    """Put the old folder back, where it had been renamed away."""
    came = not _is_folder(beside / NEW)
    if came and os.path.lexists(out):
        out.rename(beside / NEW)
    if _is_folder(beside / OLD):
        (beside / OLD).rename(out)


def _journal(beside: Path) -> dict[str, str] | None:
    """Return what the journal tells; None where there is none."""
    text = text_of(beside / JOURNAL)
    if text is None:
        return None
    try:
        told = json.loads(text)
    except (ValueError, RecursionError):
        told = None
    keys = {"city", "before", "after"}
    if not isinstance(told, dict) or (told and set(told) != keys) or not all(isinstance(one, str) for one in told.values()):  # fmt: skip
        wanted = Phrase("the journal of a change that was cut off; look into this folder, and remove it")
        _refuse(beside / JOURNAL, Phrase("something else"), wanted)
    return told


def _refuse_other_folders(out: Path, own: Names, city: Path | None) -> None:
    """Refuse a folder that is not ours to replace."""
    wanted = Phrase("an empty folder, a new one, or one that Koppelkans wrote")
    if city is not None and city.resolve().is_relative_to(out):
        _refuse(out, Phrase("the city folder, or a folder around it"), wanted)
    if out in (Path.home(), *Path.home().parents) or out.is_mount():
        _refuse(out, Phrase("the folder of a person or of a disk"), wanted)
    if Path.cwd().is_relative_to(out):
        _refuse(out, Phrase("the folder that you stand in"), Phrase("the command given from another folder; this one is replaced"))  # fmt: skip
    if os.path.lexists(out) and not out.is_dir():
        _refuse(out, Phrase("a file"), wanted)
    if (out / FILE_NAME).exists() and not own(FILE_NAME):
        _refuse(out, Phrase("a city folder"), wanted)
    there = [one.name for one in out.iterdir()] if out.is_dir() else []
    if there and not any(own(name) or own(f"{name}/") for name in there):
        _refuse(out, Phrase("a folder with other things"), wanted)


def _refuse_links(out: Path, own: Names, at: str = "") -> None:
    """Refuse files and folders of ours that are links: what stands elsewhere is not the output folder's."""
    for path in sorted((out / at).iterdir()) if _is_folder(out / at) else ():
        name = f"{at}{path.name}"
        if path.is_symlink() and (own(name) or own(f"{name}/")):
            _refuse(path, Phrase("a link"), Phrase("the file or folder itself, as Koppelkans wrote it"))
        if own(f"{name}/"):
            _refuse_links(out, own, f"{name}/")


def _is_folder(path: Path) -> bool:
    """Tell whether a path is a folder itself, and no link to one."""
    return path.is_dir() and not path.is_symlink()


@contextmanager
def _locked(beside: Path) -> Iterator[bool]:
    """Yield whether the folder is ours to write; the system lets go of the lock when the process ends, however it ends."""
    handle = -1
    while handle < 0:
        if beside.is_symlink() or (beside.exists() and not beside.is_dir()):
            _refuse(beside, Phrase("something else"), Phrase("the folder in which a change is made; remove this"))
        beside.mkdir(parents=True, exist_ok=True)
        with suppress(FileNotFoundError):
            handle = os.open(beside / LOCK, os.O_RDWR | os.O_CREAT | getattr(os, "O_NOFOLLOW", 0), 0o600)
            mine = _lock(handle)
            if mine and not _same(handle, beside / LOCK):
                os.close(handle)
                handle = -1
    try:
        yield mine
    finally:
        os.close(handle)


@contextmanager
def writing_alone(folder: Path) -> Iterator[None]:
    """Keep other commands out of a folder while something is written there.

    Raises
    ------
    InputError
        Where another command is writing there, or the disk refuses.
    """
    with _InWords(folder), _locked(folder) as mine:
        if not mine:
            _refuse(folder, Phrase("another command that is writing here"), Phrase("to wait until it is done, and to run this again"))  # fmt: skip
        yield


def _same(handle: int, path: Path) -> bool:
    """Tell whether an opened file still stands at its path."""
    try:
        return os.path.samestat(os.fstat(handle), path.stat(follow_symlinks=False))
    except FileNotFoundError:
        return False


if sys.platform == "win32":
    import msvcrt

    def _lock(handle: int) -> bool:
        """Lock an opened file, unless another process has."""
        try:
            msvcrt.locking(handle, msvcrt.LK_NBLCK, 1)
        except OSError:
            return False
        return True

else:
    import fcntl

    def _lock(handle: int) -> bool:
        """Lock an opened file, unless another process has."""
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            return False
        return True


def _clear(beside: Path) -> None:
    """Take away the folder beside the output folder, unless a swap waits in it."""
    if not (beside / JOURNAL).exists():
        _clear_folders(beside)
        with suppress(OSError):
            (beside / f"{JOURNAL}.draft").unlink(missing_ok=True)
            (beside / LOCK).unlink(missing_ok=True)
            beside.rmdir()


def _clear_folders(beside: Path) -> None:
    """Take away what a swap left, or what never came to one."""
    for name in (NEW, OLD):
        if (beside / name).is_symlink():
            (beside / name).unlink()
        shutil.rmtree(beside / name, ignore_errors=True)


class _InWords:
    """Tells what the disk refuses as a fault with its place, also where a library hides it behind an error of its own."""

    def __init__(self, out: Path) -> None:
        """Keep the folder that is written."""
        self.out = out

    def __enter__(self) -> None:
        """Begin."""

    def __exit__(self, _kind: object, problem: BaseException | None, _trace: object) -> None:
        """Raise in words what the disk refused."""
        if problem is None or isinstance(problem, KoppelkansError | KeyboardInterrupt):
            return
        refused = isinstance(problem, OSError) and problem.errno in DISK
        if refused or _room(self.out) < LEAST_ROOM:
            where, found = str(getattr(problem, "filename", None) or self.out), getattr(problem, "strerror", None)
            wanted = Phrase("a disk with room for the output, beside {out} too, and the right to write there; nothing was changed", out=self.out)  # fmt: skip
            raise InputError([Fault(where, found or Phrase("a full disk"), wanted, fatal=True)]) from problem


def _room(out: Path) -> int:
    """Return the bytes that are free where a folder is written."""
    there = next(part for part in out.parents if part.is_dir())
    return shutil.disk_usage(there).free


def _beside(out: Path) -> Path:
    """Return the folder in which a change is made."""
    return out.parent / f".{out.name}.koppelkans"


def _mark(text: str | None) -> str:
    """Return the hash of a text; empty where there is no file."""
    return "" if text is None else hashlib.sha256(text.encode("utf-8")).hexdigest()


def _to_disk(file: Path) -> None:
    """Have a file written to the disk itself, so that a swap after it never brings in half a file."""
    if not file.is_symlink() and file.is_file():
        handle = os.open(file, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)


def _refuse(where: Path, found: Phrase, wanted: Phrase) -> NoReturn:
    """Stop with one fault."""
    raise InputError([Fault(str(where), found, wanted, fatal=True)])
