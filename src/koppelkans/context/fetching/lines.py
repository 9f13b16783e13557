"""Lines of `[[sources]]` for fetched files, put at the end of koppelkans.toml. (nl: bronregels)."""

import json
import tomllib
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

from koppelkans.context.fetching.journal import write_whole
from koppelkans.context.fetching.services import Collection, Service
from koppelkans.ground.errors import Fault, SettingError
from koppelkans.ground.settings import FILE_NAME, make_settings
from koppelkans.ground.words import Phrase


def source_lines(service: Service, one: Collection, *, path: str, name: str) -> str:
    """Return the lines that make a fetched file a source of the city."""
    told = {"name": name, "role": one.role, "path": path, "licence": f"{service.service.upper()}: {service.licence}"}
    lines = [f"{key} = {json.dumps(value, ensure_ascii=False)}" for key, value in told.items()]
    return "\n".join(["[[sources]]", *lines, *one.lines]) + "\n"


def free_name(wanted: str, taken: Iterable[str]) -> str:
    """Return a name for a source that no other has."""
    own = set(taken)
    numbered = (f"{wanted}-{number}" for number in range(2, len(own) + 3))
    return wanted if wanted not in own else next(name for name in numbered if name not in own)


def add_lines(folder: Path, lines: str) -> Path:
    """Put lines at the end of koppelkans.toml; all before it keeps its bytes.

    Raises
    ------
    SettingError
        Where the settings would not be readable with these lines, or would say something else; the file is as it was then.
    """
    path = folder / FILE_NAME
    before = path.read_bytes()
    ending = b"\r\n" if b"\r\n" in before else b"\n"
    gap = b"" if before.endswith(b"\n") or not before else ending
    after = before + gap + ending + lines.encode().replace(b"\n", ending)
    found, there = _sources(before), _sources(after)
    if there is None or found is None or there[: len(found)] != found:
        wanted = Phrase("sources as [[sources]], so that more can be added; add the lines that are shown yourself")
        raise SettingError([Fault(path.name, Phrase("settings to which no source can be added"), wanted, fatal=True)])
    make_settings(tomllib.loads(after.decode("utf-8-sig")))
    write_whole(path, after)
    return path


def _sources(text: bytes) -> list[Mapping[str, Any]] | None:
    """Return the sources in settings; None where these cannot be read."""
    try:
        found = tomllib.loads(text.decode("utf-8-sig")).get("sources", [])
    except (ValueError, RecursionError):
        return None
    return found if isinstance(found, list) else None
