"""Which reader takes a file, and the file as that reader hands it on. (nl: openen van bestanden)."""

import gzip
import os
import sys
import zlib
from dataclasses import dataclass, field
from difflib import get_close_matches
from pathlib import Path

from koppelkans.context.readers import READERS
from koppelkans.context.reading.archive import is_zip, names_in
from koppelkans.context.reading.child import BOUNDED, ReadingProcess, serve
from koppelkans.context.reading.layouts import laid_out
from koppelkans.context.reading.reader import Raw, Reader, head, unusable
from koppelkans.ground.errors import InputError
from koppelkans.ground.reach import refuse_outside
from koppelkans.ground.settings import Source
from koppelkans.ground.words import Phrase

GZIP, MOST_LOOKED = b"\x1f\x8b", 256
"""First bytes of a gzip, and bytes in it that are looked at."""
MOST_NAMES = 8
"""Members of an archive that are named in one fault."""


@dataclass
class OpenedFiles:
    """Files that were opened, so that one that several sources use is read once.

    Files of `folder` may be read, and those of the folders `sources_from`. They are read in `process` where it is given.
    """

    folder: Path
    sources_from: tuple[Path, ...] = ()
    process: ReadingProcess | None = None
    opened: dict[tuple[str, ...], tuple[Reader, Raw] | InputError] = field(default_factory=dict)

    def open(self, source: Source) -> tuple[Reader, Raw]:
        """Return the reader that takes the file of a source, and what it read.

        Raises
        ------
        InputError
            Where the file lies outside the folders that may be read, is missing, empty, of no known format, or cannot be
            read.
        """
        path = self.folder / source.path
        refuse_outside(path, source.path, (self.folder, *self.sources_from))
        key = (str(path), source.format, source.layer, source.encoding, source.delimiter)
        if key not in self.opened:
            try:
                self.opened[key] = self.process.open(path, source) if self.process else open_here(path, source)
            except InputError as problem:
                self.opened[key] = problem
        found = self.opened[key]
        if isinstance(found, InputError):
            raise found
        return found


def open_here(path: Path, source: Source) -> tuple[Reader, Raw]:
    """Return the reader that takes a file, and what it read, in this process.

    Raises
    ------
    InputError
        Where the file is missing, empty, of no known format, or cannot be read.
    """
    try:
        reader = pick(path, source)
        return laid_out(reader, reader.read(path, source), source)
    except OSError as problem:
        found = Phrase("a file that cannot be opened: {problem}", problem=problem.strerror or str(problem))
        raise unusable(source.path, found, Phrase("a file that can be read")) from problem


def reading_process(seconds: float, memory_mb: int) -> ReadingProcess | None:
    """Return a process that reads files within bounds of time (s) and memory (MB).

    It is not yet started. None where the system cannot bound one.
    """
    return ReadingProcess(open_here, READERS, seconds, memory_mb) if BOUNDED else None


def serve_here() -> None:
    """Read files for another process, which asks on standard input and hears on standard output."""
    with os.fdopen(os.dup(1), "wb") as answer:
        os.dup2(2, 1)  # nothing that a library says comes between the answers
        serve(open_here, sys.stdin.buffer, answer)


def pick(path: Path, source: Source, readers: tuple[Reader, ...] = READERS) -> Reader:
    """Return the reader of a file: the one that the settings name, else the first that fits.

    Raises
    ------
    InputError
        Where the file is missing or empty, or no reader takes it.
    """
    if not path.is_file():
        raise _not_there(path, source)
    if path.stat().st_size == 0:
        raise unusable(
            source.path, Phrase("an empty file (0 bytes)"), Phrase("a file with data; fetch or save it again")
        )
    if source.format != "auto":
        named = next((reader for reader in readers if reader.name == source.format), None)
        if named is None:
            wanted = Phrase("auto, or one of: {readers}", readers=", ".join(reader.name for reader in readers))
            raise unusable(source.path, source.format, wanted, column="format")
        return named
    fitting = next((reader for reader in readers if reader.fits(path)), None)
    if fitting is None and not is_zip(path) and not _packs_something_else(path):
        fitting = next((reader for reader in readers if path.suffix.lower() in reader.suffixes), None)
    if fitting is None:
        known = ", ".join(dict.fromkeys(suffix for reader in readers for suffix in reader.suffixes))
        raise unusable(source.path, _what(path), Phrase("one of: {suffixes}", suffixes=known))
    return fitting


def _packs_something_else(path: Path) -> bool:
    """Tell whether a file is a whole gzip of something that is no XML."""
    if not head(path).startswith(GZIP):
        return False
    try:
        with gzip.open(path) as stream:
            return not stream.read(MOST_LOOKED).lstrip(b"\xef\xbb\xbf \t\r\n").startswith(b"<")
    except (OSError, EOFError, zlib.error):
        return False


def _not_there(path: Path, source: Source) -> InputError:
    """Return the error that a file is missing, with the name that is most like it."""
    if path.is_dir():
        return unusable(source.path, Phrase("a folder"), Phrase("a file in it"))
    there = sorted(part.name for part in path.parent.iterdir() if part.is_file()) if path.parent.is_dir() else []
    near = get_close_matches(path.name, there, n=1)
    if near:
        return unusable(
            source.path, Phrase("no such file"), Phrase("a file that is there; nearest: {name}", name=near[0])
        )
    return unusable(source.path, Phrase("no such file"), Phrase("a file in the city folder, or a path from it"))


def _what(path: Path) -> str:
    """Return what a file is that no reader takes."""
    if head(path).startswith(GZIP):
        return Phrase("a gzip of something else; unpack it first")
    if not is_zip(path):
        return Phrase("a file of another kind ({suffix})", suffix=path.suffix or "–")
    names = names_in(path)
    listed = ", ".join(names[:MOST_NAMES]) + (" …" if len(names) > MOST_NAMES else "")
    return Phrase("a zip of something else: {names}", names=listed or "–")
