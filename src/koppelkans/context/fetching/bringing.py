"""The door of fetching: what is asked for, from which service, into which file. (nl: ophalen van open data)."""

import json
import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict, dataclass, field, replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import numpy as np
import shapely

from koppelkans.context.fetching.client import ServiceClient
from koppelkans.context.fetching.gathering import GatheredFile, Gathering, WantedArea, rows_of
from koppelkans.context.fetching.journal import PageJournal, write_whole
from koppelkans.context.fetching.pages import Box
from koppelkans.context.fetching.services import Collection, Service, file_name
from koppelkans.ground.errors import Fault, InputError
from koppelkans.ground.outputs import writing_alone
from koppelkans.ground.reach import refuse_outside
from koppelkans.ground.trace import digest
from koppelkans.ground.words import Phrase

FOLDER, PAGES, RECORD = "opgehaald", ".bladzijden", "opgehaald.json"
"""Folder in the city folder with what was fetched; in it pages that are not yet whole, and what came from where and when."""
CODE = re.compile(r"(?:GM)?(\d{4})", re.IGNORECASE)
LONGEST_SIDE_M = 100_000.0
"""Longest side of a box: the longest municipality is some 60 km."""
Tell = Callable[[str, int, int | None], None]


@dataclass(frozen=True)
class FetchOrder:
    """What is to be fetched.

    Parameters
    ----------
    services
        The services that are asked, and all that are known: one of those has the borders.
    municipality, box
        Code of a municipality (`GM0228`), or a box in the CRS of the city.
    crs
        CRS of the city.
    days
        A file that was fetched at most so many days ago is used again.
    offline, again
        Ask no service at all; or fetch again also what is there.
    """

    services: Sequence[Service]
    known: Mapping[str, Service]
    municipality: str = ""
    box: Box | None = None
    crs: str = "EPSG:28992"
    days: float = 30.0
    offline: bool = False
    again: bool = False


@dataclass(frozen=True)
class FetchedFile:
    """One file of the folder: where it came from, when, and how it is now.

    Parameters
    ----------
    state
        `fetched` now, `kept` from before, `old` (kept because the service did not give it now), or `missing`.
    """

    name: str
    service: str
    collection: str
    state: str
    rows: int = 0
    outside: int = 0
    doubles: int = 0
    fetched: str = ""
    sha256: str = ""
    bytes: int = 0
    crs: str = ""
    licence: str = ""
    asked: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True)
class Brought:
    """All files of one fetch, and what was wrong."""

    files: tuple[FetchedFile, ...]
    faults: tuple[Fault, ...]


def wanted_code(told: str) -> str:
    """Return the code of a municipality as registers write it.

    >>> wanted_code("0228"), wanted_code("gm0228")
    ('GM0228', 'GM0228')
    """
    found = CODE.fullmatch(told.strip())
    if found is None:
        raise InputError([Fault("--gemeente", told, Phrase("the code of a municipality, such as GM0228"), fatal=True)])
    return f"GM{found[1]}"


def wanted_box(told: str) -> Box:
    """Return a box from `minx,miny,maxx,maxy` in metres of the CRS of the city."""
    wanted = Phrase("minx,miny,maxx,maxy in metres of the city's coordinate system, at most {n} km wide", n=100)
    try:
        numbers = [float(part) for part in told.split(",")]
    except ValueError:
        numbers = []
    if len(numbers) != 4 or not np.isfinite(numbers).all():  # noqa: PLR2004
        raise InputError([Fault("--bbox", told, wanted, fatal=True)])
    left, low, right, high = numbers
    wide, tall = right - left, high - low
    degrees = max(map(abs, numbers)) <= 180  # noqa: PLR2004
    if not (0 < wide <= LONGEST_SIDE_M and 0 < tall <= LONGEST_SIDE_M) or degrees:
        raise InputError([Fault("--bbox", told, wanted, fatal=True)])
    return left, low, right, high


def bring(
    city: Path, order: FetchOrder, *, client: ServiceClient, tell: Tell = lambda _what, _rows, _expected: None
) -> Brought:
    """Bring open data into the folder `opgehaald`; what fails takes nothing else with it.

    Raises
    ------
    InputError
        Where another fetch is busy in the folder, it leads elsewhere, or the area is not known.
    """
    folder = city / FOLDER
    refuse_outside(folder, FOLDER, (city,))
    folder.mkdir(exist_ok=True)
    with writing_alone(folder / PAGES):
        shelf = FetchShelf(folder, order, client, tell)
        area = shelf.area()
        jobs = [(service, one) for service in order.services for one in service.collections]
        found = [shelf.one(service, one, area) for service, one in jobs]
        return Brought(tuple(found), tuple(shelf.faults))


@dataclass
class FetchShelf:
    """The folder of a fetch while it is filled."""

    folder: Path
    order: FetchOrder
    client: ServiceClient
    tell: Tell
    faults: list[Fault] = field(default_factory=list)

    def area(self) -> WantedArea:
        """Return the area that is asked for.

        Raises
        ------
        InputError
            Where the border of the municipality is not to be had.
        """
        if self.order.box is not None:
            return WantedArea(shapely.box(*self.order.box), self.order.crs)
        code = self.order.municipality
        service = next((one for one in self.order.known.values() if one.border and one.code), None)
        if service is None:
            wanted = Phrase("a service with borders, or a box: --bbox")
            raise InputError([Fault("--gemeente", Phrase("no service with borders"), wanted, fatal=True)])
        border = self.one(service, Collection(collection=service.border, role="areas", by_code=True), None)
        if border.state == "missing":
            raise InputError(self.faults)
        told = [json.loads(row) for row in rows_of(self.folder / border.name)]
        own = [json.dumps(row["geometry"]) for row in told if (row.get("properties") or {}).get(service.code) == code]
        shapes = shapely.from_geojson(own, on_invalid="ignore")
        whole = shapely.union_all(shapely.make_valid(shapes[~shapely.is_missing(shapes)]))
        if shapely.is_empty(whole):
            wanted = Phrase("the code of a municipality of now, such as GM0228")
            raise InputError([Fault("--gemeente", Phrase("no municipality {code}", code=code), wanted, fatal=True)])
        return WantedArea(whole, border.crs, code)

    def one(self, service: Service, one: Collection, area: WantedArea | None) -> FetchedFile:
        """Return one file: kept where it is young enough, else fetched, else as it was."""
        name = file_name(service, one.collection)
        where = list(self.order.box) if self.order.box is not None else self.order.municipality
        empty = FetchedFile(name, service.service, one.collection, "missing", licence=service.licence)
        asked = {"address": service.address, "collection": one.collection, "area": where, "crs": self.order.crs}
        try:
            refuse_outside(self.folder / name, f"{FOLDER}/{name}", (self.folder,))
            before = self._before(empty, asked)
            if before is not None and (self.order.offline or self._young(before)):
                return before
        except InputError as problem:
            self.faults += problem.faults
            return empty
        if self.order.offline:
            wanted = Phrase("a file that was fetched for this area; run the same command without --offline")
            self.faults.append(Fault(f"{FOLDER}/{name}", Phrase("not fetched yet"), wanted, fatal=True))
            return empty
        try:
            return self._fetched(service, one, area, replace(empty, asked=asked))
        except InputError as problem:
            self.faults += problem.faults
            return empty if before is None else replace(before, state="old")

    def _fetched(self, service: Service, one: Collection, area: WantedArea | None, empty: FetchedFile) -> FetchedFile:
        """Fetch one file, put it in its place and write down where it came from."""
        journal = PageJournal(self.folder / PAGES / Path(empty.name).stem)
        refuse_outside(journal.folder, f"{FOLDER}/{PAGES}", (self.folder,))
        path = self.folder / empty.name
        if self._done_with(journal, path):
            journal.drop()

        def told(rows: int, expected: int | None) -> None:
            self.tell(f"{service.service} {one.collection}", rows, expected)

        try:
            made: GatheredFile = Gathering(self.client, service, one, journal, told).gather(
                area, self.order.municipality if self.order.box is None else "", path
            )
        except OSError as problem:
            wanted = Phrase("room and the right to write there; run the same command again")
            raise InputError([Fault(str(path), problem.strerror or str(problem), wanted, fatal=True)]) from problem
        done = replace(
            empty,
            state="fetched",
            rows=made.rows,
            outside=made.outside,
            doubles=made.doubles,
            crs=made.crs,
            fetched=datetime.now(tz=UTC).isoformat(timespec="seconds"),
            sha256=digest(path),
            bytes=path.stat().st_size,
        )
        self._write_down(done)
        journal.drop()
        return done

    def _before(self, empty: FetchedFile, asked: Mapping[str, Any]) -> FetchedFile | None:
        """Return the file of an earlier fetch of the same; None where there is none.

        Raises
        ------
        InputError
            Where a file stands there that was not fetched, or was changed since: it is not written over.
        """
        path = self.folder / empty.name
        if not path.exists() or (self.order.again and not self.order.offline):
            return None
        told = self._record().get(empty.name)
        if told is None or told.get("sha256") != digest(path):
            if PageJournal(self.folder / PAGES / path.stem).pages():
                return None  # killed between the file and its record: its pages are still there
            wanted = Phrase("a file as it was fetched; move it elsewhere, or fetch it anew with --again")
            raise InputError(
                [Fault(f"{FOLDER}/{empty.name}", Phrase("a file that was changed since"), wanted, fatal=True)]
            )
        known = {key: told[key] for key in asdict(empty) if key in told}
        same = told.get("asked") == json.loads(json.dumps(asked))
        return replace(empty, **known, state="kept") if same else None

    def _done_with(self, journal: PageJournal, path: Path) -> bool:
        """Tell whether pages are what was left of a file that is already whole and written down."""
        told = self._record().get(path.name, {})
        begun = journal.begun_at()
        whole = path.exists() and told.get("sha256") == digest(path)
        return bool(begun) and whole and begun[:19] <= str(told.get("fetched", ""))[:19]

    def _young(self, before: FetchedFile) -> bool:
        """Tell whether a file of before is young enough to be used again."""
        try:
            age = datetime.now(tz=UTC) - datetime.fromisoformat(before.fetched)
        except (ValueError, TypeError):
            return False
        return timedelta(0) <= age <= timedelta(days=self.order.days)

    def _record(self) -> dict[str, Any]:
        """Return what was written down of earlier fetches."""
        try:
            told = json.loads((self.folder / RECORD).read_text(encoding="utf-8"))["files"]
        except (OSError, ValueError, TypeError, KeyError, RecursionError):
            return {}
        return {str(name): one for name, one in told.items() if isinstance(one, dict)} if isinstance(told, dict) else {}

    def _write_down(self, done: FetchedFile) -> None:
        """Write down where a file came from, with its date and hash."""
        refuse_outside(self.folder / RECORD, f"{FOLDER}/{RECORD}", (self.folder,))
        kept = {name: value for name, value in asdict(done).items() if name != "state"}
        files = self._record() | {done.name: kept}
        text = json.dumps({"files": dict(sorted(files.items()))}, indent=1, ensure_ascii=False)
        write_whole(self.folder / RECORD, text.encode())
