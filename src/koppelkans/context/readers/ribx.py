"""RIBX 1.2 and 1.3: inspections and cleaning of sewers, with a condition per pipe. (nl: RIBX, rioolinspectie).

A record is one inspection of one pipe or manhole. The worst observation of the last inspection of a pipe is its condition,
by the scores in `ribx.toml`; cleaning, and an inspection that stopped early without a defect, say nothing of it.
"""

import tomllib
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache
from importlib.resources import files
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import shapely
from lxml import etree
from shapely.geometry.base import BaseGeometry

from koppelkans.context.reading.archive import Breaks, documents, features, is_zip, member_head, nothing_in
from koppelkans.context.reading.gml import epsg, find_geometry, local, shape_of
from koppelkans.context.reading.reader import Raw, Reader, Things
from koppelkans.context.reading.texts import with_points
from koppelkans.ground.errors import Fault
from koppelkans.ground.settings import Source
from koppelkans.ground.words import Phrase

RECORDS = {"ZB_A": "A", "ZB_G": "G", "ZB_C": "C", "ZB_J": "J"}
"""Record = first letter of its fields: inspection and cleaning of a pipe, inspection and cleaning of a manhole."""
PIPES, INSPECTED = ("ZB_A", "ZB_G"), ("ZB_A",)
OTHERS = ("ZB_B", "ZB_D", "ZB_E", "ZB_F", "ZB_H", "ZB_I")
OBSERVED = ("BA", "BB")
"""How codes of the state of a pipe begin: of its fabric and of its operation; others say what lies where."""
GOOD = 1
COLUMNS = (
    "asset", "kind", "condition", "condition_year", "material", "diameter_mm", "built_year", "length_m", "street", "start", "end",
    "record", "worst",
)  # fmt: skip


@dataclass
class _Inspections:
    """What was gathered of a file: per pipe or manhole its records, what was left out, what no rule knows."""

    rows: dict[tuple[str, str], dict[str, Any]] = field(default_factory=dict)
    left_out: Counter[str] = field(default_factory=Counter)
    strange: Counter[str] = field(default_factory=Counter)
    stopped: int = 0
    total: int = 0


@cache
def rules() -> Mapping[str, Any]:
    """Return what observations say of the condition, as it stands in `ribx.toml`."""
    text = files("koppelkans.context.readers").joinpath("ribx.toml").read_text(encoding="utf-8")
    return tomllib.loads(text)


def fits(path: Path) -> bool:
    """Tell whether a file, or a member of it, is XML of RIBX."""
    suffix = ".ribx" if is_zip(path) else ""
    return any(b"<ZB_" in start and b"<DATA" in start for start in member_head(path, suffix))


def read(path: Path, source: Source) -> Raw:
    """Read every pipe and manhole once, with the condition of its last inspection.

    Raises
    ------
    InputError
        Where no record can be read.
    """
    faults: Breaks = []
    found = _Inspections()
    systems: Counter[str] = Counter()
    for member, stream in documents(path, source.path, ".ribx"):
        tags = (*RECORDS, *OTHERS)
        for record in features(stream, tags, place=(source.path, member), faults=faults):
            found.total += 1
            _gather(found, record, layer=member, systems=systems)
    if not found.rows:
        raise nothing_in(source.path, Phrase("inspections of RIBX"), faults)
    frame = pd.DataFrame(list(found.rows.values()), columns=["row", "layer", "shape", *COLUMNS])
    shapes: Things = frame["shape"].to_numpy(dtype=object, copy=True)
    members = frame["layer"].to_numpy(dtype=object)
    columns = frame[list(COLUMNS)].astype("str").where(frame[list(COLUMNS)].notna())
    return Raw(
        columns=columns.assign(**{name: with_points(columns[name]) for name in ("length_m", "diameter_mm")}),
        rows=frame["row"].to_numpy(dtype=np.int64),
        total=found.total,
        geometry=shapes,
        crs=systems.most_common(1)[0][0] if systems else RIBX.crs,
        layers=members if len(set(members)) > 1 else None,
        left_out=dict(found.left_out),
        words={"material": rules()["materials"]},
        faults=(*faults, *_told(found, source)),
    )


def condition_of(codes: Mapping[tuple[str, str, float], int]) -> tuple[int | None, str]:
    """Return the worst score of observations, and which it was.

    None where no rule knows any of them.

    Parameters
    ----------
    codes
        Code, first characterisation and first quantification (NaN where it has none) = how often.
    """
    scores = [(score, f"{code} {kind}".strip()) for code, kind, much in codes if (score := _score(code, kind, much))]
    return max(scores, default=(None, ""), key=lambda one: one[0] or 0)


def _score(code: str, kind: str, much: float) -> int | None:
    """Return the score of one observation; None where no rule knows it."""
    rule = rules()["codes"].get(code, {})
    steps = [score for least, score in rule.get("from", ()) if much >= least]
    found = rule.get("score") or rule.get("by", {}).get(kind) or (steps[-1] if steps else None)
    return int(found) if found else None


def _gather(found: _Inspections, record: etree._Element, *, layer: str, systems: Counter[str]) -> None:
    """Put a record with those of the same pipe or manhole; the last inspection counts, of one day the worst."""
    name = local(record)
    if name in OTHERS:
        found.left_out[Phrase("records that are no pipe or manhole")] += 1
        return
    row = _attributes(record, name, systems) | {"row": found.total, "layer": layer}
    if name in INSPECTED:
        row |= _judged(found, record)
    key = ("pipe" if name in PIPES else "manhole", row["asset"] or f"#{found.total}")
    before = found.rows.get(key)
    if before is None:
        found.rows[key] = row
        return
    found.left_out[Phrase("more records of the same pipe or manhole")] += 1
    when, then = (str(one["condition_year"] or "") for one in (row, before))
    later = row["condition"] and (when > then or (when == then and row["condition"] > (before["condition"] or 0)))
    chosen, other = (row, before) if later else (before, row)
    found.rows[key] = {ours: value if value is not None else other[ours] for ours, value in chosen.items()} | {"row": before["row"]}  # fmt: skip


def _attributes(record: etree._Element, name: str, systems: Counter[str]) -> dict[str, Any]:
    """Return what a record says of its pipe or manhole, under the names of `COLUMNS`."""
    first = RECORDS[name]
    said = {local(part): (part.text or "").strip() or None for part in record.iterchildren(etree.Element)}
    made: dict[str, Any] = dict.fromkeys(COLUMNS)
    made |= {"asset": said.get(f"{first}AA"), "record": name, "street": said.get(f"{first}AJ")}
    made |= {"shape": None, "kind": "manhole"}
    if name in PIPES:
        made |= {"kind": "sewer_gravity", "start": said.get(f"{first}AD"), "end": said.get(f"{first}AF")}
        made |= {"length_m": said.get(f"{first}BQ"), "material": said.get(f"{first}CD")}
        made |= {"diameter_mm": said.get(f"{first}CC") or said.get(f"{first}CB")}
        year = said.get(f"{first}CN")
        made["built_year"] = None if year == "0" else year
        ends = [_point(record, f"{first}{end}", systems) for end in ("AE", "AG")]
        if all(ends):
            made["shape"] = shapely.LineString([end.coords[0] for end in ends if end is not None])
    else:
        made["shape"] = _point(record, f"{first}AB", systems)
    return made


def _point(record: etree._Element, tag: str, systems: Counter[str]) -> BaseGeometry | None:
    """Return the point in a field; None where there is none."""
    holder = next(record.iterchildren(f"{{*}}{tag}", tag), None)
    geometry = None if holder is None else find_geometry(holder)
    if geometry is None or local(geometry) != "Point":
        return None
    systems[epsg(geometry) or RIBX.crs] += 1
    return shape_of(geometry)


def _judged(found: _Inspections, record: etree._Element) -> dict[str, Any]:
    """Return the condition that an inspection of a pipe found."""
    codes: Counter[tuple[str, str, float]] = Counter()
    stopped = False
    for one in record.iterchildren("ZC"):
        said = {local(part): (part.text or "").strip() for part in one.iterchildren(etree.Element)}
        code = said.get("A", "")
        stopped |= code in rules()["aborted"]
        if code.startswith(OBSERVED) and code not in rules()["silent"]:
            much = pd.to_numeric(said.get("D", "").replace(",", "."), errors="coerce")
            codes[(code, said.get("B", ""), float(much))] += 1
    for (code, kind, much), count in codes.items():
        if _score(code, kind, much) is None:
            found.strange[f"{code} {kind}".strip()] += count
    worst, which = condition_of(codes)
    found.stopped += stopped
    if worst is None and not codes and not stopped:
        worst = GOOD
    day = record.findtext("ABF")
    return {"condition": worst, "worst": which or None, "condition_year": day if worst else None}


def _told(found: _Inspections, source: Source) -> list[Fault]:
    """Return what was assumed, what no rule knew, and how many inspections stopped early."""
    faults = []
    if any(row["condition"] for row in found.rows.values()):
        scores = Phrase("observations of EN 13508-2")
        faults.append(
            Fault(source.path, scores, Phrase("condition scores; read by ribx.toml (assumed)"), column="condition")
        )
    if found.stopped:
        early = Phrase("inspections that stopped early: {n}", n=found.stopped)
        faults.append(Fault(source.path, early, Phrase("whole inspections; the score is of what was seen")))
    for code, count in sorted(found.strange.items()):
        words = Phrase("{found} in {n} rows", found=code, n=count)
        faults.append(Fault(source.path, words, Phrase("a code that ribx.toml has a score for; it says nothing here"), column="condition"))  # fmt: skip
    return faults


RIBX = Reader(
    name="ribx",
    nl="RIBX 1.2 en 1.3 (rioolinspectie)",
    en="RIBX 1.2 and 1.3 (inspection of sewers)",
    suffixes=(".ribx", ".zip"),
    fits=fits,
    read=read,
    source="Stichting RIONED, RibX 1.2 and 1.3, with the codes of EN 13508-2",
    crs="EPSG:28992",
    promises={
        "assets": {
            name: name
            for name in (
                "asset",
                "kind",
                "condition",
                "condition_year",
                "material",
                "diameter_mm",
                "built_year",
                "length_m",
            )
        },
        "inspections": {name: name for name in ("asset", "condition", "condition_year")},
    },
)
