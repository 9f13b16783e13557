"""One collection from its first page to one whole file. (nl: verzamelen)."""

import hashlib
import json
import os
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

import geopandas as gpd
import numpy as np
import numpy.typing as npt
import shapely
from shapely.geometry.base import BaseGeometry

from koppelkans.context.fetching.client import RefusedError, ServiceClient, short
from koppelkans.context.fetching.journal import DRAFT, PageHead, PageJournal
from koppelkans.context.fetching.pages import CRS84, Box, FirstPage, questions, read_page
from koppelkans.context.fetching.services import Collection, Service
from koppelkans.ground.crs import leave, same_crs
from koppelkans.ground.errors import Fault, InputError
from koppelkans.ground.words import Phrase

MOST_PAGES, MOST_BYTES = 20_000, 10_000_000_000
"""Pages and bytes of one collection: a large city with all its history is a tenth of it."""
DEGREES = (180.0, 90.0)
Progress = Callable[[int, int | None], None]
"""Is told how many rows there are so far, and how many are expected."""


class UntrustedError(InputError):
    """The pages together cannot be all rows, once: none of them is kept."""


@dataclass(frozen=True)
class WantedArea:
    """The area of a fetch: a shape in one CRS, and the code of the municipality where it is one.

    Of a municipality come the things that lie in it (by a point on them), of a box all that it touches.
    """

    shape: BaseGeometry
    crs: str
    code: str = ""

    def box(self, crs: str) -> Box:
        """Return the box around the area in another CRS."""
        left, low, right, high = self._in(crs).bounds
        return (left, low, right, high)

    def holds(self, shapes: npt.NDArray[np.object_], crs: str) -> npt.NDArray[np.bool_]:
        """Tell of each shape whether it belongs to the area; one without a place does."""
        area = self._in(crs)
        shapely.prepare(area)
        at = shapely.point_on_surface(shapes) if self.code else shapes
        nowhere = shapely.is_missing(shapes) | shapely.is_empty(shapes)
        return np.asarray(shapely.intersects(area, at) | nowhere, dtype=bool)

    def _in(self, crs: str) -> BaseGeometry:
        """Return the shape in another CRS."""
        if same_crs(self.crs, crs):
            return self.shape
        return leave(gpd.GeoDataFrame(geometry=[self.shape], crs=self.crs), to=crs).geometry.iloc[0]


@dataclass(frozen=True)
class GatheredFile:
    """A whole file: its rows, those outside the area and those that came twice, and its CRS."""

    rows: int
    outside: int
    doubles: int
    crs: str
    faults: tuple[Fault, ...] = ()


@dataclass
class Gathering:
    """The work on one collection."""

    client: ServiceClient
    service: Service
    collection: Collection
    journal: PageJournal
    tell: Progress = field(default=lambda _rows, _expected: None)

    def gather(self, area: WantedArea | None, code: str, target: Path) -> GatheredFile:
        """Fetch what is not there yet, and make one file of it.

        Parameters
        ----------
        area
            What is wanted; None: all that the service gives for the code.

        Raises
        ------
        InputError
            Where the service does not give all rows. Pages that are there are kept for the next time, unless they cannot be
            all rows, once.
        """
        box = (0.0, 0.0, 0.0, 0.0) if area is None else area.box(self.service.crs)
        asked = {"service": self.service.address, "collection": self.collection.collection, "box": box, "code": code, "page": self.service.page}  # fmt: skip
        found = self.journal.begun(asked, address=self.service.address)
        again = found is not None and bool(self.journal.pages())
        if found is None:
            found = questions(self.client, self.service, self.collection, box, code)
            self.journal.begin(asked, found)
        try:
            self._pages(found)
        except (RefusedError, UntrustedError) as problem:
            if not again:
                if isinstance(problem, UntrustedError):
                    self.journal.drop()
                raise
            found = questions(self.client, self.service, self.collection, box, code)
            self.journal.begin(asked, found)
            self._pages(found)
        try:
            return self._whole(area, target, parts=len(found))
        except UntrustedError:
            self.journal.drop()
            raise

    def _pages(self, found: list[FirstPage]) -> None:
        """Fetch the pages that are not there yet."""
        heads = list(self.journal.heads())
        number, size = len(heads), self.journal.size()
        for at, question in enumerate(found):
            own = [head for head in heads if head.question == at]
            seen, rows = {head.url for head in own}, sum(head.rows for head in own)
            url = own[-1].following if own else question.url
            while url:
                if url in seen or number >= MOST_PAGES:
                    raise self._endless(url)
                seen.add(url)
                reply = self.client.ask(url)
                page, size = read_page(reply, self.service, asked=question), size + len(reply.body)
                if page.following and not page.features:
                    raise self._endless(url)
                if size > MOST_BYTES:
                    raise self._wrong(Phrase("more than {n} GB", n=MOST_BYTES // 10**9))
                rows += len(page.features)
                number += 1
                self.journal.add(number, PageHead(at, url, page.following, page.crs, len(page.features)), page)
                self.tell(sum(head.rows for head in heads if head.question != at) + rows, page.matched)
                self._enough(url, rows, page.matched, last=not page.following)
                url = page.following

    def _enough(self, url: str, rows: int, matched: int | None, *, last: bool) -> None:
        """Refuse more rows than there are, or fewer at the end."""
        if matched is not None and (rows > matched or (last and rows < matched)):
            found = Phrase("{rows} rows, while the service says {n}", rows=rows, n=matched)
            raise UntrustedError(
                [Fault(short(url), found, Phrase("all rows, once; run the same command again"), fatal=True)]
            )

    def _endless(self, url: str) -> UntrustedError:
        """Return the fault that pages lead round or never end."""
        wanted = Phrase("pages that end; name another address: --service name=address")
        return UntrustedError([Fault(short(url), Phrase("a next page again and again"), wanted, fatal=True)])

    def _whole(self, area: WantedArea | None, target: Path, *, parts: int) -> GatheredFile:
        """Make one file of all pages, in their order, each row once, and put it in its place."""
        heads = list(self.journal.heads())
        crs = heads[0].crs if heads else self.service.crs
        if any(head.crs != crs for head in heads):
            raise self._wrong(Phrase("pages in different coordinate systems"))
        rows = outside = doubles = 0
        seen: set[bytes] = set()
        draft = self.journal.folder / (target.name + DRAFT)
        draft.unlink(missing_ok=True)
        with draft.open("xb") as out:
            out.write(_opening(crs))
            for path in self.journal.pages():
                lines = path.read_bytes().splitlines()[1:]
                keys = [self._key(line) for line in lines]
                first = _new(keys, seen)
                inside = self._inside(lines, area, crs)
                doubles += int((~first).sum())
                outside += int((first & ~inside).sum())
                for line in (lines[place] for place in np.flatnonzero(first & inside)):
                    out.write((b",\n" if rows else b"\n") + line)
                    rows += 1
            out.write(b"\n]}\n")
            out.flush()
            os.fsync(out.fileno())
        if doubles and parts == 1 and self._named():
            raise self._wrong(Phrase("{n} rows twice, and so others not at all", n=doubles))
        draft.replace(target)
        return GatheredFile(rows, outside, doubles, crs)

    def _named(self) -> bool:
        """Tell whether the service gives each row an id of its own."""
        path = next(iter(self.journal.pages()))
        lines = path.read_bytes().splitlines()[1:]
        return all(json.loads(line).get("id") is not None for line in lines)

    def _key(self, line: bytes) -> bytes:
        """Return what names a row: its id, else the columns that do, else all of it."""
        told = json.loads(line)
        own = told.get("properties") or {}
        names = [own.get(name) for name in self.collection.identity] if isinstance(own, dict) else []
        named = told.get("id") if told.get("id") is not None else (names if names and all(names) else None)
        text = line if named is None else json.dumps(named).encode()
        return hashlib.blake2b(text, digest_size=16).digest()

    def _inside(self, lines: list[bytes], area: WantedArea | None, crs: str) -> npt.NDArray[np.bool_]:
        """Tell of each row whether it belongs to the area."""
        if not lines:
            return np.zeros(0, dtype=bool)
        shapes = shapely.from_geojson(
            [json.dumps(json.loads(line).get("geometry")) for line in lines], on_invalid="ignore"
        )
        found = shapely.bounds(shapes).reshape(-1, 4)
        if same_crs(crs, CRS84) and (np.nan_to_num(np.abs(found)) > np.array(DEGREES * 2)).any():
            raise self._wrong(Phrase("coordinates that are no degrees, and no word on their coordinate system"))
        return np.ones(len(lines), dtype=bool) if area is None else area.holds(shapes, crs)

    def _wrong(self, found: str) -> UntrustedError:
        """Return the fault that the pages together are not what was asked for."""
        where = f"{self.service.service} {self.collection.collection}"
        return UntrustedError([Fault(where, found, Phrase("all rows, once; run the same command again"), fatal=True)])


def rows_of(path: Path) -> Iterator[bytes]:
    """Yield the features of a file that was gathered, one line each."""
    with path.open("rb") as stream:
        next(stream)
        for line in stream:
            if line.startswith(b"{"):
                yield line.rstrip(b",\n")


def _new(keys: list[bytes], seen: set[bytes]) -> npt.NDArray[np.bool_]:
    """Tell of each key whether it comes for the first time, and remember it."""
    found = np.zeros(len(keys), dtype=bool)
    for at, key in enumerate(keys):
        found[at] = key not in seen
        seen.add(key)
    return found


def _opening(crs: str) -> bytes:
    """Return how a file begins."""
    urn = f"urn:ogc:def:crs:{crs.replace(':', '::')}" if crs.startswith("EPSG") else "urn:ogc:def:crs:OGC:1.3:CRS84"
    told = {"type": "name", "properties": {"name": urn}}
    return b'{"type":"FeatureCollection","crs":' + json.dumps(told).encode() + b',"features":['
