"""Looking at files that nobody configured: what they are, and how they are read. (nl: bestanden bekijken)."""

import os
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import nullcontext
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import geopandas as gpd
import numpy as np
import shapely

from koppelkans.context.inspecting.dictionary import words_of
from koppelkans.context.inspecting.joining import joins
from koppelkans.context.inspecting.proposing import Proposal, propose, raw_kinds
from koppelkans.context.inspecting.systems import box_of, city_system, middle, within
from koppelkans.context.reading.opening import OpenedFiles, pick, reading_process
from koppelkans.context.reading.reader import About, Raw
from koppelkans.context.reading.roles import ROLES, is_year
from koppelkans.context.reading.understanding import Understood, understand
from koppelkans.ground.errors import Fault, InputError
from koppelkans.ground.settings import FILE_NAME, Settings, Source, make_settings
from koppelkans.ground.words import Phrase

MOST_FILES = 500
"""Files of a folder that are looked at."""
BESIDE = (
    ".dbf",
    ".shx",
    ".cpg",
    ".prj",
    ".sbn",
    ".sbx",
    ".qix",
    ".pgw",
    ".tfw",
    ".wld",
    ".qml",
    ".gpkg-wal",
    ".gpkg-shm",
    ".xsd",
)
"""Endings of files that belong to another, or say how it is drawn."""
OWN = frozenset(
    {FILE_NAME, "besluiten.toml", "standaardwaarden.toml", "samen.toml", "README.md", "README.txt", "readme.txt"}
)
OWN_FOLDERS = frozenset({"opzij", "uit"})
TRACE = "trace.json"
"""File by which the folder of a run is known: what it holds is output."""
USES = (
    "assets",
    "works",
    "plans",
    "areas",
    "wishes",
    "sections",
    "addresses",
    "topography",
    "care",
    "inspections",
    "bottlenecks",
    "effects",
    "budgets",
    "costs",
)
NO_KEYS = ("kind", "owner", "certainty", "status", "material")
"""Columns of ours whose words are no names of places."""
SHORT_NAME = 6
"""Letters of a name that may be the same by chance."""
TWICE = 0.5
"""Share of the rows of a layer that stand in another, from which it is the same once more."""
SHAPE_NAMES = {-1: "", 0: "point", 1: "line", 2: "polygon"}


@dataclass(frozen=True)
class LayerView:
    """One layer of a file, as it is and as it can be used.

    Parameters
    ----------
    layer
        Name of the layer or sheet; empty where the file has only one.
    rows, set_aside, left_out
        Rows in it; those of which nothing can be used; those that are left out on purpose.
    shapes
        Kinds of shapes in it.
    crs, extent
        Coordinate system, and box (x, y, x, y) in it.
    owners, themas
        Owners as they stand in the file, and words for kinds.
    years
        First and last year of laying or of works; None where there are none.
    length_m
        Length of lines (m); None where there are none.
    uses
        Roles in which it can be used, the likeliest first.
    odd
        What is odd in it, and what was assumed.
    source
        Its lines for `[[sources]]`; None where nothing can be done with it.
    ends, names
        Last year of each of its works, and the names of its rows.
    purses
        Of budgets: purse = column of codes, and the codes that mean it.
    """

    layer: str
    rows: int
    shapes: tuple[str, ...] = ()
    crs: str = ""
    extent: tuple[float, float, float, float] | None = None
    owners: tuple[str, ...] = ()
    themas: tuple[str, ...] = ()
    years: tuple[int, int] | None = None
    length_m: float | None = None
    set_aside: int = 0
    left_out: Mapping[str, int] = field(default_factory=dict)
    uses: tuple[str, ...] = ()
    odd: tuple[str, ...] = ()
    source: Mapping[str, Any] | None = None
    faults: tuple[Fault, ...] = ()
    ends: tuple[int, ...] = ()
    names: frozenset[str] = frozenset()
    purses: Mapping[str, tuple[str, tuple[str, ...]]] = field(default_factory=dict)


@dataclass(frozen=True)
class FileView:
    """One file, as it is; `faults` says why it cannot be read."""

    path: str
    format: str = ""
    version: str = ""
    licence: str = ""
    layers: tuple[LayerView, ...] = ()
    faults: tuple[Fault, ...] = ()


@dataclass(frozen=True)
class Views:
    """All files that were looked at, and the coordinate system of a city with them."""

    folder: Path
    files: tuple[FileView, ...]
    crs: str
    more: int = 0


@dataclass(frozen=True)
class _Layer:
    """One layer while it is looked at."""

    where: str
    name: str
    layer: str
    raw: Raw
    proposal: Proposal
    licence: str


def inspect_files(paths: Sequence[Path], *, this_year: int | None = None, apart: bool = False) -> Views:
    """Return what files are, what is in them, what they can be used for, and how they are read.

    A file that cannot be read is told, and the others are looked at all the same.

    Parameters
    ----------
    paths
        Files, or folders of which all files are looked at.
    this_year
        Year by which works are history; the present one where it is not given.
    apart
        Read files in a process of their own, within the bounds of time and memory of the settings.
    """
    year = this_year or datetime.now(tz=UTC).year
    settings = make_settings({"city": {"name": "inspect"}})
    part = settings.context
    with (reading_process(part.read_seconds, part.read_memory_mb) if apart else None) or nullcontext() as process:
        opened = OpenedFiles(_folder(paths), (), process)
        return _views(paths, opened, settings, year)


def _folder(paths: Sequence[Path]) -> Path:
    """Return the folder from which paths are told: the one that is meant, or the one that holds all."""
    if len(paths) == 1 and paths[0].is_dir():
        return paths[0]
    return Path(os.path.commonpath([path.absolute() if path.is_dir() else path.absolute().parent for path in paths]))


def _views(paths: Sequence[Path], opened: OpenedFiles, settings: Settings, year: int) -> Views:
    """Return what files are: first each by itself, then together."""
    folder = opened.folder
    found = list(dict.fromkeys(_files(paths)))
    views: list[FileView] = []
    layers: list[_Layer] = []
    for path in found[:MOST_FILES]:
        where = path.absolute().relative_to(folder.absolute()).as_posix()
        view, own = _look(path, where, opened, settings, year, {layer.name for layer in layers})
        views.append(view)
        layers += own
    crs = city_system([place for layer in layers if (place := _place(layer)) is not None])
    sources = _joined(layers, [_source(layer) for layer in layers])
    placed = make_settings({"city": {"name": "inspect", "crs": crs}})
    placed = placed.model_copy(update={"sources": [one for one in sources if one is not None]})
    told = _twice([_view(layer, source, placed, opened) for layer, source in zip(layers, sources, strict=True)])
    files = [replace(view, layers=tuple(one for layer, one in zip(layers, told, strict=True) if layer.where == view.path)) for view in views]  # fmt: skip
    return Views(folder, tuple(files), crs, max(0, len(found) - MOST_FILES))


def _files(paths: Iterable[Path]) -> Iterator[Path]:
    """Yield the files that are meant, in the order of their names; those of folders without what belongs to others."""
    for path in paths:
        if not path.is_dir():
            yield path
            continue
        for top, folders, names in os.walk(path):
            folders[:] = sorted(name for name in folders if not name.startswith(".") and name not in OWN_FOLDERS and not (Path(top) / name / TRACE).exists())  # fmt: skip
            own = (name for name in sorted(names) if not name.startswith(".") and name not in OWN)
            yield from (Path(top) / name for name in own if not name.lower().endswith(BESIDE))


def _look(
    path: Path, where: str, opened: OpenedFiles, settings: Settings, year: int, taken: set[str]
) -> tuple[FileView, list[_Layer]]:
    """Return what a file is, and its layers with what is proposed for them."""
    bare = Source(name="inspect", role="table", path=where)
    try:
        reader = pick(path, bare) if not path.is_symlink() else opened.open(bare)[0]
        about = reader.about(path) if reader.about is not None else About(reader.en)
    except InputError as problem:
        return FileView(where, faults=tuple(replace(fault, where=where) for fault in problem.faults)), []
    except OSError as problem:
        found = Phrase("a file that cannot be opened: {problem}", problem=problem.strerror or str(problem))
        return FileView(where, faults=(Fault(where, found, Phrase("a file that can be read"), fatal=True),)), []
    layers: list[_Layer] = []
    faults: list[Fault] = []
    for layer in about.layers:
        try:
            laid, raw = opened.open(bare.model_copy(update={"layer": layer}))
        except InputError as problem:
            faults += [replace(fault, layer=layer or fault.layer) for fault in problem.faults]
            continue
        made = propose(laid, raw, where=where, layer=layer, kinds=settings.kinds, this_year=year)
        name = _name(where, layer if len(about.layers) > 1 else "", taken | {one.name for one in layers})
        layers.append(_Layer(where, name, layer, raw, made, laid.licence))
    view = FileView(where, about.format, about.version, layers[0].licence if layers else "", (), tuple(faults))
    return view, layers


def _name(where: str, layer: str, taken: set[str]) -> str:
    """Return a short name for a source that no other has."""
    base = "-".join(words_of(layer or Path(where).stem))[:40].strip("-") or "bron"
    if base in taken and layer:
        base = "-".join(words_of(f"{Path(where).stem} {layer}"))[:60]
    number = next(n for n in range(1, len(taken) + 2) if (base if n == 1 else f"{base}-{n}") not in taken)
    return base if number == 1 else f"{base}-{number}"


def _place(layer: _Layer) -> tuple[tuple[float, float], int] | None:
    """Return where the middle of a layer lies, and how much it counts for the city."""
    box = box_of(layer.proposal.geometry)
    if box is None or not layer.proposal.system.crs or not layer.proposal.role:
        return None
    place = middle(box, layer.proposal.system.crs)
    weight = len(layer.raw.columns) if layer.proposal.role in ("assets", "works", "plans") else 1
    return None if place is None else (place, weight)


def _source(layer: _Layer) -> Source | None:
    """Return the source by which a layer is read; None where it can be used for nothing."""
    if not layer.proposal.role:
        return None
    lines = _lines(layer.proposal)
    return Source(name=layer.name, role=layer.proposal.role, path=layer.where, layer=layer.layer, licence=layer.licence if layer.licence and not layer.proposal.promised else "", **lines)  # type: ignore[arg-type]  # fmt: skip


def _lines(proposal: Proposal) -> dict[str, Any]:
    """Return the settings of a proposal, those of one table in one."""
    lines = dict(proposal.lines)
    certainty = lines.pop("values.certainty", None)
    if certainty is not None:
        lines["values"] = {**lines.get("values", {}), "certainty": certainty}
    return {name: value for name, value in lines.items() if value not in ({}, [], "")}


def _joined(layers: Sequence[_Layer], sources: Sequence[Source | None]) -> list[Source | None]:
    """Return the sources, with the place of those without one from a layer that has the same names."""
    made = list(sources)
    lent = [(layer.name, layer.raw) for layer, source in zip(layers, sources, strict=True) if source is not None and layer.proposal.geometry is not None]  # fmt: skip
    for at, (layer, source) in enumerate(zip(layers, sources, strict=True)):
        if source is None or layer.proposal.geometry is not None or not ROLES[source.role].placed:
            continue
        never = [source.columns[ours] for ours in NO_KEYS if ours in source.columns]
        join = joins(layer.raw, lent, street=layer.proposal.streets, never=never)
        made[at] = source.model_copy(update={"join": join}) if join is not None else None
    return made


def _view(layer: _Layer, source: Source | None, settings: Settings, opened: OpenedFiles) -> LayerView:
    """Return one layer as it is and as it can be used."""
    proposal, raw = layer.proposal, layer.raw
    box, crs = box_of(proposal.geometry), proposal.system.crs
    kinds = sorted(set(shapely.get_dimensions(proposal.geometry).tolist()) - {-1}) if proposal.geometry is not None else []  # fmt: skip
    bare = LayerView(
        layer.layer, raw.total, shapes=tuple(SHAPE_NAMES[kind] for kind in kinds), crs=crs,
        extent=None if box is None else tuple(round(one, 6 if crs == "EPSG:4326" else 2) for one in box),  # type: ignore[arg-type]
        odd=tuple(proposal.notes), purses=proposal.purses, faults=raw.faults, set_aside=len(raw.aside), left_out=raw.left_out,
    )  # fmt: skip
    if source is None:
        lost = bool(proposal.role) and proposal.geometry is None
        more = (Phrase("no place, and no column that says the street or key of a row in another file"),) if lost else ()
        return replace(bare, odd=(*bare.odd, *more))
    place = middle(box, crs) if box is not None and crs else None
    if place is not None and not within(place, settings.city.crs):
        found = Phrase("it lies elsewhere than most of the other files")
        return replace(bare, odd=(*bare.odd, found), uses=(source.role,))
    done = understand(source, settings, opened)
    return _measured(bare, done, source, {**proposal.promised, **source.columns}, raw)


def _measured(bare: LayerView, done: Understood, source: Source, columns: Mapping[str, str], raw: Raw) -> LayerView:
    """Return a layer with what was read of it: owners, years, length, and what was wrong."""
    frame = done.frame
    fatal = any(fault.fatal for fault in done.faults)
    first, ends = _years(frame, source.role) if frame is not None else (None, ())
    uses = dict.fromkeys((source.role, *(("topography",) if source.role == "topography" else ())))
    return replace(
        bare,
        owners=tuple(sorted(frame["owner"].dropna().unique().tolist()))
        if frame is not None and "owner" in frame
        else (),
        themas=tuple(raw_kinds(raw, columns)),
        years=first,
        ends=ends,
        names=_names(frame, source.role) if columns else frozenset(),
        length_m=_length(frame),
        set_aside=done.set_aside,
        left_out=done.left_out,
        uses=() if fatal else tuple(uses),
        source=None if fatal else source.model_dump(exclude_defaults=True),
        faults=done.faults,
    )


def _names(frame: gpd.GeoDataFrame | None, role: str) -> frozenset[str]:
    """Return the names of rows as registers give them, without the prefix that only some deliveries have."""
    column = "local_id" if role == "topography" else ROLES[role].identity
    if frame is None or column not in frame:
        return frozenset()
    known = frame[column].dropna().astype("str")
    return frozenset(known[known.str.len() > SHORT_NAME].str.removeprefix("nl.imkl-"))


def _twice(views: Sequence[LayerView]) -> list[LayerView]:
    """Return the layers without a source where another, larger one holds most of the same rows."""
    made = list(views)
    order = sorted(range(len(made)), key=lambda at: (-len(made[at].names), at))
    for nth, at in enumerate(order):
        own = made[at]
        for other in (made[one] for one in order[:nth]):
            if own.source is None or other.source is None or own.source["role"] != other.source["role"]:
                continue
            if len(own.names & other.names) > TWICE * len(own.names) > 0:
                found = Phrase(
                    "most of its rows stand in `{source}` too; they are read once", source=other.source["name"]
                )
                made[at] = replace(own, source=None, odd=(*own.odd, found))
                break
    return made


def _years(frame: gpd.GeoDataFrame, role: str) -> tuple[tuple[int, int] | None, tuple[int, ...]]:
    """Return first and last year in a layer, and the last year of every work in it."""
    columns = [name for name in ROLES[role].columns if is_year(name) and name in frame and name != "condition_year"]
    known = frame[columns].astype("Float64").to_numpy(dtype=float, na_value=np.nan) if columns else np.empty((0, 0))
    if not np.isfinite(known).any():
        return None, ()
    ends = frame["latest_year"].fillna(frame["earliest_year"]).dropna() if ROLES[role].window else ()
    return (int(np.nanmin(known)), int(np.nanmax(known))), tuple(int(end) for end in ends)


def _length(frame: gpd.GeoDataFrame | None) -> float | None:
    """Return the length of the lines in a layer (m); None where there are none."""
    if frame is None or not len(frame):
        return None
    shapes = frame.geometry.to_numpy()
    lines = shapes[shapely.get_dimensions(shapes) == 1]
    return round(float(shapely.length(lines).sum()), 1) if len(lines) else None
