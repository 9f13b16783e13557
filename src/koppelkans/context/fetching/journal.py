"""Pages on disk until all are there, so that a fetch that was killed goes on where it was. (nl: logboek van het ophalen).

A folder per collection: `plan.json` says what was asked, and each page is a file whose first line says where the next
stands and whose other lines hold one feature each. Every file is written beside its place and renamed into it.
"""

import json
import os
import shutil
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from koppelkans.context.fetching.client import same_host
from koppelkans.context.fetching.pages import FeaturePage, FirstPage

PLAN, DRAFT = "plan.json", ".draft"
GOOD_FOR = timedelta(hours=12)
"""Pages older than this are fetched anew: rows of two days do not belong in one file."""


@dataclass(frozen=True, slots=True)
class PageHead:
    """Head of a page: its first page, its address and the next, its CRS and rows."""

    question: int
    url: str
    following: str
    crs: str
    rows: int


@dataclass(frozen=True)
class PageJournal:
    """The pages of one collection so far."""

    folder: Path

    def begun(self, asked: Mapping[str, Any], *, address: str) -> list[FirstPage] | None:
        """Return the first pages of an earlier start of the same; None where it cannot go on.

        Whoever sent the folder may have written in it: pages that lead to another host than `address` are not gone on with.
        """
        try:
            told = json.loads((self.folder / PLAN).read_text(encoding="utf-8"))
            young = datetime.now(tz=UTC) - datetime.fromisoformat(told["begun"]) < GOOD_FOR
            found = [FirstPage(**one) for one in told["questions"]]
            places = [one.url for one in found] + [head.following for head in self.heads() if head.following]
            if young and told["asked"] == json.loads(json.dumps(asked)):
                return found if all(same_host(address, place) for place in places) else None
        except (OSError, ValueError, TypeError, KeyError, AttributeError, RecursionError):
            return None
        return None

    def begun_at(self) -> str:
        """Return the moment of the start; empty where it is not known."""
        try:
            return str(json.loads((self.folder / PLAN).read_text(encoding="utf-8"))["begun"])
        except (OSError, ValueError, TypeError, KeyError, RecursionError):
            return ""

    def begin(self, asked: Mapping[str, Any], questions: Sequence[FirstPage]) -> None:
        """Start anew: nothing but what will be asked."""
        self.drop()
        self.folder.mkdir(parents=True)
        begun = datetime.now(tz=UTC).isoformat()
        told = {"asked": asked, "begun": begun, "questions": [asdict(one) for one in questions]}
        write_whole(self.folder / PLAN, json.dumps(told).encode())

    def add(self, number: int, head: PageHead, page: FeaturePage) -> None:
        """Put a page away, whole or not at all."""
        lines = [json.dumps(asdict(head)), *map(feature_line, page.features)]
        write_whole(self.folder / f"{number:06d}.page", "\n".join(lines).encode("utf-8", "replace") + b"\n")

    def size(self) -> int:
        """Return the bytes of all pages."""
        return sum(path.stat().st_size for path in self.pages())

    def heads(self) -> Iterator[PageHead]:
        """Yield the heads of the pages that are there, in order."""
        for path in self.pages():
            with path.open("rb") as stream:
                yield PageHead(**json.loads(stream.readline()))

    def pages(self) -> list[Path]:
        """Return the files of the pages, in order."""
        return sorted(self.folder.glob("*.page"))

    def drop(self) -> None:
        """Take the folder away."""
        if self.folder.is_dir():
            shutil.rmtree(self.folder)


def feature_line(feature: Mapping[str, Any]) -> str:
    """Return a feature on one line: its id, geometry and properties, and nothing else."""
    kept = {"type": "Feature"} | {
        name: feature.get(name) for name in ("id", "geometry", "properties") if name in feature
    }
    return json.dumps(kept, ensure_ascii=False, separators=(",", ":"), allow_nan=False)


def write_whole(path: Path, content: bytes) -> None:
    """Write a file so that it is there whole, or is as it was."""
    draft = path.with_name(path.name + DRAFT)
    draft.unlink(missing_ok=True)
    with draft.open("xb") as stream:  # a new file: never through a link that stands there
        stream.write(content)
        stream.flush()
        os.fsync(stream.fileno())
    draft.replace(path)
