"""Where a product comes from, so that a decision can be repeated years later. (nl: spoor)."""

import hashlib
import json
from collections.abc import Iterable
from dataclasses import asdict, dataclass, field, replace
from pathlib import Path
from typing import Any


@dataclass(frozen=True, slots=True)
class SourceMark:
    """A file that was read: its name in the settings, path, hash and last change.

    The change is in ISO 8601, UTC.
    """

    name: str
    path: str
    sha256: str
    modified: str
    bytes: int


@dataclass(frozen=True)
class Trace:
    """The record needed to repeat a product: version, settings, sources, seed and proof."""

    version: str
    settings: dict[str, Any] = field(default_factory=dict)
    sources: tuple[SourceMark, ...] = ()
    city_folder: str = ""
    seed: int | None = None
    solver: str = ""
    value_eur: float | None = None
    bound_eur: float | None = None
    gap: float | None = None
    crs_accuracy_m: float | None = None
    notes: tuple[str, ...] = ()
    tables: dict[str, str] = field(default_factory=dict)

    def noting(self, **changes: Any) -> "Trace":  # noqa: ANN401
        """Return a copy with some fields changed."""
        return replace(self, **changes)

    def to_json(self) -> str:
        """Return the trace as indented JSON with sorted keys."""
        told = vars(self) | {"sources": [asdict(source) for source in self.sources]}
        return json.dumps(told, indent=1, sort_keys=True, ensure_ascii=False) + "\n"

    @classmethod
    def from_json(cls, text: str) -> "Trace":
        """Return the trace that `to_json` wrote."""
        data = json.loads(text)
        marks = tuple(SourceMark(**mark) for mark in data.pop("sources", ()))
        data["notes"] = tuple(data.get("notes", ()))
        return cls(**data, sources=marks)


def digest(path: Path) -> str:
    """Return the SHA-256 of a file, or of all files of a folder in name order."""
    total = hashlib.sha256()
    for part in _files(path):
        with part.open("rb") as stream:
            while chunk := stream.read(1 << 20):
                total.update(chunk)
    return total.hexdigest()


def _files(path: Path) -> Iterable[Path]:
    """Return the file itself, or the files of a folder in name order."""
    return sorted(part for part in path.rglob("*") if part.is_file()) if path.is_dir() else [path]
