"""DATEX II version 3: road works as NDW publishes them from Melvin, XML, also gzipped. (nl: NDW, Melvin).

A row is one record of road works in a situation; closures, diversions and events beside it are counted and left out.
"""

import gzip
import zlib
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO, Any, cast

import numpy as np
import pandas as pd
import shapely
from lxml import etree
from shapely.geometry.base import BaseGeometry

from koppelkans.context.reading.archive import Breaks, features, is_zip, nothing_in
from koppelkans.context.reading.gml import local
from koppelkans.context.reading.reader import Raw, Reader, Things, head
from koppelkans.ground.settings import Source
from koppelkans.ground.words import Phrase

GZIP = b"\x1f\x8b"
MOST_BYTES = 4 * 2**30
"""Unpacked size; the feed of the whole country has some 300 MB."""
WORKS = ("MaintenanceWorks", "ConstructionWorks")
"""Types of records that are road works."""
KINDS = {
    "resurfacingWork": "paving",
    "maintenanceWork": "paving",
    "repairWork": "paving",
    "roadworks": "paving",
    "roadImprovementOrUpgrading": "redesign",
    "roadWideningWork": "redesign",
    "treeAndVegetationCuttingWork": "green",
    "*": "other",
}
"""Kind of road works of DATEX II = kind in the settings (assumed: NDW tells no more of what is done)."""
CERTAIN = {"certain": "vast", "probable": "gepland", "riskOf": "voornemen"}
COLUMNS = ("work", "name", "owner", "kind", "certainty", "start", "end", "situation", "road", "hindrance")
FEWEST = 2
"""Points that make a line."""

_TYPE = "{http://www.w3.org/2001/XMLSchema-instance}type"
_TEXTS = {
    "overallStartTime": "start",
    "overallEndTime": "end",
    "probabilityOfOccurrence": "certainty",
    "roadMaintenanceType": "kind",
    "constructionWorkType": "kind",
    "roadName": "road",
    "hindranceClass": "hindrance",
    "roadworkHindranceClass": "hindrance",
}


def fits(path: Path) -> bool:
    """Tell whether a file is XML of DATEX II version 3, also where it is gzipped."""
    if is_zip(path):
        return False
    try:
        with _opened(path) as stream:
            return b"datex2.eu/schema/3" in stream.read(8_192)
    except (OSError, EOFError, zlib.error):
        return False


def read(path: Path, source: Source) -> Raw:
    """Read every record of road works with its place.

    Raises
    ------
    InputError
        Where the file holds no situation.
    """
    faults: Breaks = []
    rows: list[dict[str, Any]] = []
    others: Counter[str] = Counter()
    with _opened(path) as stream:
        for situation in features(stream, ("situation",), place=(source.path, ""), faults=faults):
            for record in situation.iterchildren("{*}situationRecord"):
                name = record.get(_TYPE, "").rpartition(":")[2]
                if name in WORKS:
                    number = len(rows) + others.total() + 1
                    rows.append(_attributes(record) | {"row": number, "situation": situation.get("id")})
                else:
                    others[Phrase("records that are no road works")] += 1
    if not rows and (faults or not others):
        raise nothing_in(source.path, Phrase("situations of DATEX II"), faults)
    frame = pd.DataFrame(rows, columns=["row", "shape", *COLUMNS])
    shapes: Things = frame["shape"].to_numpy(dtype=object, copy=True)
    return Raw(
        columns=frame[list(COLUMNS)].astype("str").where(frame[list(COLUMNS)].notna()),
        rows=frame["row"].to_numpy(dtype=np.int64),
        total=len(frame) + others.total(),
        geometry=shapes,
        crs=DATEX.crs,
        left_out=dict(others),
        words={"kind": KINDS, "certainty": CERTAIN},
        faults=tuple(faults),
    )


@contextmanager
def _opened(path: Path) -> Iterator[IO[bytes]]:
    """Open a file, unpacked where it is gzipped."""
    if head(path, 2) != GZIP:
        with path.open("rb") as stream:
            yield stream
        return
    with gzip.open(path) as packed:
        yield cast("IO[bytes]", _Bounded(cast("IO[bytes]", packed)))


class _Bounded:
    """A stream that stops where it unpacks to more than any real file."""

    def __init__(self, stream: IO[bytes]) -> None:
        """Keep the stream."""
        self.stream, self.size = stream, 0

    def read(self, size: int = -1) -> bytes:
        """Return the next bytes."""
        part = self.stream.read(size if size >= 0 else MOST_BYTES)
        self.size += len(part)
        if self.size > MOST_BYTES:
            msg = "unpacks to more than 4 GiB"
            raise OSError(msg)
        return part


def _attributes(record: etree._Element) -> dict[str, Any]:
    """Return what a record says, under the names of `COLUMNS`, and its place."""
    made: dict[str, Any] = dict.fromkeys(COLUMNS) | {"work": record.get("id")}
    lines: list[list[tuple[float, float]]] = []
    points: list[tuple[float, float]] = []
    for part in record.iter(etree.Element):
        tag = local(part)
        if tag in _TEXTS and part.text and made[_TEXTS[tag]] is None:
            made[_TEXTS[tag]] = part.text.strip()
        elif tag == "sourceName" and made["owner"] is None:
            made["owner"] = _value(part)
        elif tag == "comment" and made["name"] is None:
            made["name"] = _value(part)
        elif tag in ("posList", "pos"):
            lines.append(_pairs((part.text or "").split()))
        elif tag in ("pointCoordinates", "coordinatesForDisplay"):
            said = {local(one): one.text or "" for one in part.iterchildren(etree.Element)}
            points += _pairs([said.get("latitude", ""), said.get("longitude", "")])
    return made | {"shape": _shape(lines, points)}


def _value(part: etree._Element) -> str | None:
    """Return the text of a value in the first language that it is given in."""
    found = next(part.iter("{*}value"), None)
    return (found.text or "").strip() or None if found is not None else None


def _pairs(texts: list[str]) -> list[tuple[float, float]]:
    """Return longitude and latitude of points; none where one is no number.

    Latitude comes first in DATEX II and last in the lines of some feeds: in the Netherlands it is the larger of the two.
    """
    try:
        numbers = [float(text) for text in texts]
    except ValueError:
        return []
    if len(numbers) % 2:
        return []
    return [(min(pair), max(pair)) for pair in zip(numbers[::2], numbers[1::2], strict=True)]


def _shape(lines: list[list[tuple[float, float]]], points: list[tuple[float, float]]) -> BaseGeometry | None:
    """Return the lines of a record, else its first point; None where it has neither."""
    whole = [line for line in lines if len(line) >= FEWEST]
    if whole:
        return shapely.LineString(whole[0]) if len(whole) == 1 else shapely.MultiLineString(whole)
    spots = points + [line[0] for line in lines if line]
    return shapely.Point(spots[0]) if spots else None


DATEX = Reader(
    name="datex",
    nl="DATEX II v3 (wegwerkzaamheden van NDW en Melvin)",
    en="DATEX II v3 (road works of NDW and Melvin)",
    suffixes=(".xml", ".gz"),
    fits=fits,
    read=read,
    source="NDW, DATEX II version 3 profile for road works (docs.ndw.nu)",
    licence="NDW: open data",
    crs="EPSG:4326",
    promises={
        role: {name: name for name in ("work", "name", "owner", "kind", "certainty", "start", "end")}
        for role in ("plans", "works")
    },
)
