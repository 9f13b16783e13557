"""Files of planned works against the profile: every fault with its work and field. (nl: toetsen aan het profiel)."""

from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import shapely
from pydantic import ValidationError
from pydantic_core import ErrorDetails

from koppelkans.context.exchange.exporting import FORMS, LAYER
from koppelkans.context.exchange.planned_work import PROFILE, PlannedWork, PlannedWorkCollection
from koppelkans.context.readers import READERS
from koppelkans.context.reading.child import FORK, ReadingProcess
from koppelkans.context.reading.gdal import GEOPACKAGE, format_of
from koppelkans.context.reading.opening import pick
from koppelkans.context.reading.reader import Raw, Reader, head
from koppelkans.ground.errors import Fault, InputError
from koppelkans.ground.settings import Source
from koppelkans.ground.words import Phrase

MOST_BYTES = 256 * 2**20
LONGEST = 80
"""Letters of a wrong value that are told."""
LISTS = ("partners", "withheld")


def check_apart(path: Path, *, seconds: float, memory_mb: int) -> tuple[int, list[Fault]]:
    """Check a file against the profile in a process with bounds on time (s) and memory (MB).

    Raises
    ------
    InputError
        Where the file cannot be read at all, or not within the bounds.
    """
    if not FORK:
        return check_file(path)
    with ReadingProcess(_checked, READERS, seconds, memory_mb) as process:
        raw = process.open(path, Source(name="validate", role="plans", path=str(path)))[1]
    return raw.total, list(raw.faults)


def _checked(path: Path, _source: Source) -> tuple[Reader, Raw]:
    """Return how many works a file has and its faults, as one process hands a table to another."""
    works, faults = check_file(path)
    return READERS[0], Raw(pd.DataFrame(), np.empty(0, dtype=np.int64), works, faults=tuple(faults))


def check_file(path: Path) -> tuple[int, list[Fault]]:
    """Return how many works a file has, and every way in which it is not of the profile.

    Raises
    ------
    InputError
        Where the file cannot be read at all.
    """
    if not path.is_file() or path.stat().st_size > MOST_BYTES:
        wanted = Phrase("a file of at most {n} MB with planned works", n=MOST_BYTES // 2**20)
        raise InputError([Fault(str(path), Phrase("no such file, or a larger one"), wanted, fatal=True)])
    start = head(path).removeprefix(b"\xef\xbb\xbf").lstrip()
    if start.startswith((b"{", b"[")):
        return _json(path)
    if path.suffix.lower() not in FORMS:
        wanted = Phrase("a name that ends in one of: {names}", names=", ".join(FORMS))
        raise InputError([Fault(str(path), path.suffix or Phrase("nothing"), wanted, fatal=True)])
    return _rows(path, layer=LAYER if format_of(start) is GEOPACKAGE else "")


def _json(path: Path) -> tuple[int, list[Fault]]:
    """Check a FeatureCollection."""
    try:
        found = PlannedWorkCollection.model_validate_json(path.read_bytes().removeprefix(b"\xef\xbb\xbf"))
    except ValidationError as problem:
        return 0, [_fault(path, one) for one in problem.errors(include_url=False)]
    faults = []
    shapes = [None if one.geometry is None else one.geometry.model_dump_json() for one in found.features]
    made = shapely.from_geojson(shapes, on_invalid="ignore")
    bounds = shapely.bounds(made).reshape(-1, 4)
    for row, (text, shape, box) in enumerate(zip(shapes, made, bounds, strict=True), start=1):
        if text is not None and (shape is None or shape.is_empty):
            faults.append(
                Fault(
                    str(path),
                    Phrase("coordinates that make no shape"),
                    Phrase("a place in GeoJSON"),
                    row=row,
                    column="geometry",
                )
            )
        elif text is not None and not (abs(box[[0, 2]]) <= 180).all() | (abs(box[[1, 3]]) <= 90).all():  # noqa: PLR2004
            faults.append(
                Fault(
                    str(path),
                    Phrase("coordinates that are no degrees"),
                    Phrase("longitude and latitude"),
                    row=row,
                    column="geometry",
                )
            )
    if found.numberMatched is not None and found.numberMatched > len(found.features):
        words = Phrase("the file says {n} rows, {rows} are in it", n=found.numberMatched, rows=len(found.features))
        faults.append(Fault(str(path), words, Phrase("all rows in one file; fetch the rest")))
    return len(found.features), faults


def _rows(path: Path, *, layer: str) -> tuple[int, list[Fault]]:
    """Check a table: GeoPackage, CSV or workbook."""
    source = Source(name="profile", role="works", path=path.name, layer=layer)
    raw = pick(path, source).read(path, source)
    columns = raw.columns.drop(columns=[name for name in ("wkt", "crs") if name in raw.columns])
    faults = list(raw.faults)
    wanted = Phrase("a column that every work has")
    missing = [name for name in ("work", "owner", "profile") if name not in columns]
    faults += [Fault(str(path), Phrase("no such column"), wanted, layer, column=name, fatal=True) for name in missing]
    if faults:
        return 0, faults
    for row, told in zip(raw.rows.tolist(), columns.to_dict("records"), strict=True):
        try:
            PlannedWork.model_validate(
                {str(name): _cell(str(name), value) for name, value in told.items() if not _empty(value)}, strict=False
            )
        except ValidationError as problem:
            faults += [_fault(path, one, row=int(row)) for one in problem.errors(include_url=False)]
    again = columns["work"][columns["work"].duplicated()]
    rule = Phrase("each work once; twice: {names}", names=", ".join(map(str, again.unique()[:5])))
    return len(columns), faults + (
        [Fault(str(path), Phrase("the same work again"), rule, column="work")] if len(again) else []
    )


def _empty(value: object) -> bool:
    """Tell whether a cell says nothing."""
    return value is None or value == "" or (not isinstance(value, list | dict) and bool(pd.isna(value)))


def _cell(name: str, value: Any) -> Any:  # noqa: ANN401
    """Return a cell as the field that it holds."""
    if name in LISTS:
        return [part.strip() for part in str(value).split(";") if part.strip()]
    if name == "visibility":
        pairs = [part.partition("=") for part in str(value).split(";") if part.strip()]
        return {field.strip(): who.strip() for field, _, who in pairs}
    if name in ("work", "name", "owner", "kind", "measure"):
        return str(value)
    return value


def _fault(path: Path, one: ErrorDetails, *, row: int | None = None) -> Fault:
    """Return a fault of the model with its place in the file."""
    loc = list(one["loc"])
    if loc[:1] == ["features"] and len(loc) > 1 and isinstance(loc[1], int):
        row, loc = loc[1] + 1, loc[2:]
    column = ".".join(str(part) for part in loc if part != "properties")
    context: dict[str, Any] = one.get("ctx", {})
    told = repr(one["input"])
    found: str = told if len(told) <= LONGEST else told[:LONGEST] + "…"
    if one["type"] == "missing":
        return Fault(
            str(path), Phrase("nothing"), Phrase("a value, as {profile} asks", profile=PROFILE), row=row, column=column
        )
    if one["type"] == "rule":
        return Fault(str(path), Phrase("a rule that is broken"), str(context["rule"]), row=row, column=column)
    wanted = Phrase("what {profile} asks: {text}", profile=PROFILE, text=context.get("expected", one["msg"]))
    return Fault(str(path), found, wanted, row=row, column=column)
