"""Safe reading of archives and XML: sizes and names are checked before use. (nl: archieven)."""

import lzma
import stat
import struct
import zipfile
import zlib
from collections.abc import Iterable, Iterator
from pathlib import Path, PurePosixPath
from typing import IO

from lxml import etree

from koppelkans.context.reading.reader import head, unusable
from koppelkans.ground.errors import Fault, InputError
from koppelkans.ground.words import Phrase

MOST_MEMBERS = 10_000
"""Members of one archive; a KLIC delivery with its drawings has hundreds, a BGT extract 35."""
MOST_BYTES = 20 * 2**30
"""Unpacked size of one archive; the BGT of the largest Dutch city stays below 8 GiB."""
MOST_RATIO = 200
"""Unpacked against packed size of one member; GML and spreadsheets reach 40, a zip bomb 1,000."""
SMALL_BYTES = 2**20
"""A member below this size may have any ratio: it harms nobody."""

DAMAGED_ZIP = (
    zipfile.BadZipFile,
    zlib.error,
    lzma.LZMAError,
    struct.error,
    EOFError,
    OSError,
    NotImplementedError,
    OverflowError,
    ValueError,
)
"""What is raised on an archive that is cut off, changed, or packed in a way that Python does not know."""

Member = tuple[str, IO[bytes]]
Breaks = list[Fault]
"""Where documents broke off, or were refused."""


def is_zip(path: Path) -> bool:
    """Tell whether a file is a zip archive by its first bytes."""
    return head(path, 4) in (b"PK\x03\x04", b"PK\x05\x06")


def names_in(path: Path) -> tuple[str, ...]:
    """Return the names of the members of an archive; none where it cannot be opened."""
    try:
        with zipfile.ZipFile(path) as archive:
            return tuple(archive.namelist())
    except DAMAGED_ZIP:
        return ()


def member_head(path: Path, suffix: str, size: int = 8_192) -> Iterator[bytes]:
    """Yield the first bytes of every member with that suffix.

    Or of the file itself where it is no archive.
    """
    if not is_zip(path):
        yield head(path, size)
        return
    try:
        with zipfile.ZipFile(path) as archive:
            for info in archive.infolist()[:MOST_MEMBERS]:
                if info.filename.lower().endswith(suffix) and not info.flag_bits & 1:
                    with archive.open(info) as stream:
                        yield stream.read(size)
    except DAMAGED_ZIP:
        return


def guard(path: Path, where: str) -> list[zipfile.ZipInfo]:
    """Return the members of an archive after measuring them, in the order of their names.

    Raises
    ------
    InputError
        Where it is damaged, locked, or unpacks to more than any real file of its kind.
    """
    try:
        with zipfile.ZipFile(path) as archive:
            members = sorted((info for info in archive.infolist() if not info.is_dir()), key=lambda info: info.filename)
    except DAMAGED_ZIP as problem:
        raise _damaged(where) from problem
    if any(info.compress_size > path.stat().st_size for info in members):
        raise _damaged(where)
    whole = sum(info.file_size for info in members)
    bombs = [m for m in members if m.file_size > SMALL_BYTES and m.file_size > MOST_RATIO * max(m.compress_size, 1)]
    found = ""
    if len(members) > MOST_MEMBERS:
        found = Phrase("members in one archive: {n}", n=len(members))
    elif bombs or whole > MOST_BYTES:
        size = max(whole // 2**20, 1)
        found = Phrase("an archive that unpacks to {n} MB from {packed} kB", n=size, packed=path.stat().st_size // 1024)
    elif any(info.flag_bits & 1 for info in members):
        found = Phrase("an archive with a password")
    elif any(_climbs(info.filename) for info in members):
        found = Phrase("an archive with paths outside itself")
    elif any(stat.S_ISLNK(info.external_attr >> 16) for info in members):
        found = Phrase("an archive with links in it")
    if found:
        raise unusable(where, found, Phrase("an archive as the register delivers it"))
    return members


def documents(path: Path, where: str, suffix: str) -> Iterator[Member]:
    """Yield name and stream of every member with that suffix, in name order.

    Or of the file itself where it is no archive.
    """
    if not is_zip(path):
        with path.open("rb") as stream:
            yield "", stream
        return
    members = guard(path, where)
    try:
        with zipfile.ZipFile(path) as archive:
            for info in members:
                if info.filename.lower().endswith(suffix):
                    with archive.open(info) as member:
                        yield info.filename, member
    except DAMAGED_ZIP as problem:
        raise _damaged(where) from problem


def features(
    stream: IO[bytes], tags: tuple[str, ...], *, place: tuple[str, str], faults: Breaks
) -> Iterator[etree._Element]:
    """Yield every element with one of the tags, until the document ends or breaks off.

    Where it breaks off, `faults` tells it. No entity is expanded, no file or address is fetched, and a document with
    a DOCTYPE is refused: GML has none.

    Parameters
    ----------
    tags
        Local names.
    place
        File and member, for the fault.
    """
    where, layer = place
    count = 0
    try:
        start = stream.read(4_096)
        if b"<!DOCTYPE" in start or b"<!ENTITY" in start:
            faults.append(_bomb(where, layer))
            return
        walk = etree.iterparse(
            _Rejoined(start, stream),
            events=("end",),
            tag=[f"{{*}}{tag}" for tag in tags],
            resolve_entities=False,
            no_network=True,
            load_dtd=False,
            huge_tree=False,
            remove_comments=True,
            remove_pis=True,
        )
        for _, element in walk:
            if not count and element.getroottree().docinfo.internalDTD is not None:
                faults.append(_bomb(where, layer))
                return
            count += 1
            yield element
            element.clear(keep_tail=False)
            while element.getprevious() is not None and (parent := element.getparent()) is not None:
                del parent[0]
    except (etree.XMLSyntaxError, *DAMAGED_ZIP) as problem:
        first = str(problem).split("\n", maxsplit=1)[0].partition(" (<string>")[0]
        found = Phrase("the document breaks off after feature {n}: {problem}", n=count, problem=first)
        faults.append(Fault(where, found, Phrase("whole XML; what stood before the break was read"), layer))


def declaring(path: Path, members: Iterable[zipfile.ZipInfo]) -> Iterator[str]:
    """Yield the names of XML documents in an archive that declare a DOCTYPE."""
    with zipfile.ZipFile(path) as archive:
        for info in members:
            if info.filename.lower().endswith((".xml", ".rels")):
                with archive.open(info) as stream:
                    opened = etree.iterparse(
                        stream,
                        events=("start",),
                        resolve_entities=False,
                        no_network=True,
                        load_dtd=False,
                        huge_tree=False,
                    )
                    _, root = next(opened)
                    if root.getroottree().docinfo.internalDTD is not None:
                        yield info.filename


class _Rejoined:
    """A stream of which the start was read already."""

    def __init__(self, start: bytes, rest: IO[bytes]) -> None:
        """Keep the start."""
        self.start, self.rest = start, rest

    def read(self, size: int = -1) -> bytes:
        """Return the start first, then the rest."""
        if self.start:
            start, self.start = self.start, b""
            return start
        return self.rest.read(size)


def _damaged(where: str) -> InputError:
    """Return the error that an archive is damaged."""
    return unusable(where, Phrase("a damaged zip archive"), Phrase("a whole one; fetch it again"))


def _bomb(where: str, layer: str) -> Fault:
    """Return the fault that a document declares entities."""
    return Fault(
        where, Phrase("XML with a DOCTYPE, which may be a bomb"), Phrase("XML without DOCTYPE, as GML has"), layer
    )


def _climbs(name: str) -> bool:
    """Tell whether the name of a member leads outside the archive."""
    path = PurePosixPath(name.replace("\\", "/"))
    return path.is_absolute() or ".." in path.parts or ":" in path.parts[0]


def nothing_in(where: str, wanted: str, faults: Breaks) -> InputError:
    """Return the error that a document held nothing to read, with what was wrong in it."""
    told = [Fault(fault.where, fault.found, fault.wanted, fault.layer, fatal=True) for fault in faults]
    return InputError(told or [Fault(where, Phrase("no features"), wanted, fatal=True)])
