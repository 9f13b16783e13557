"""Tables known by the names of their columns, whatever file they stand in. (nl: indelingen van tabellen)."""

import re
import tomllib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cache
from importlib.resources import files
from pathlib import Path

import pandas as pd

from koppelkans.context.reading.reader import Apart, Raw, Reader
from koppelkans.context.reading.texts import swapped, texts
from koppelkans.ground.errors import Fault
from koppelkans.ground.settings import Source
from koppelkans.ground.words import Phrase

OF_LAYER = "class of layer"
ENDED = "ended"
"""Columns that a layout adds: what the name of the layer says, and whether a row is history."""
BGT_CLASSES = (
    "ondersteunendwegdeel", "ondersteunendwaterdeel", "onbegroeidterreindeel", "begroeidterreindeel", "gebouwinstallatie", "overbruggingsdeel",
    "weginrichtingselement", "waterinrichtingselement", "openbareruimtelabel", "vegetatieobject", "functioneelgebied", "overigbouwwerk",
    "overigescheiding", "straatmeubilair", "kunstwerkdeel", "tunneldeel", "scheiding", "installatie", "waterdeel", "wegdeel", "sensor", "spoor",
    "pand", "paal", "mast", "kast", "bord", "put", "bak",
)  # fmt: skip
"""Classes of the BGT, longer names first, as they stand in the name of a collection, layer or file."""


@dataclass(frozen=True)
class Layout:
    """One known set of columns; what its fields mean stands above `layouts.toml`."""

    layout: str
    nl: str
    en: str
    source: str
    has: Sequence[Sequence[str]]
    roles: Mapping[str, Mapping[str, Sequence[str]]]
    licence: str = ""
    words: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    made: Mapping[str, Sequence[str]] = field(default_factory=dict)
    codes: Sequence[str] = ()
    void: Sequence[str] = ()
    zero: Sequence[str] = ()
    ended: Sequence[str] = ()
    classed: bool = False
    assumes: str = ""
    kept: str = ""


@cache
def known_layouts() -> tuple[Layout, ...]:
    """Return every layout, in the order in which they are tried."""
    text = files("koppelkans.context.reading").joinpath("layouts.toml").read_text(encoding="utf-8")
    return tuple(Layout(**entry) for entry in tomllib.loads(text)["layouts"])


def layouts_of(columns: Iterable[str]) -> tuple[Layout, ...]:
    """Return the layouts that a table has by the names of its columns; more than one may hold."""
    own = {_plain(str(name)) for name in columns}
    return tuple(one for one in known_layouts() if any(own.issuperset(map(_plain, names)) for names in one.has))


def laid_out(reader: Reader, raw: Raw, source: Source) -> tuple[Reader, Raw]:
    """Return the reader with the promises of the known layouts, and the table as they say.

    A reader that has promises of its own, and a table that has no known layout, stay as they are.
    """
    found = () if reader.promises else layouts_of(raw.columns.columns)
    promises: dict[str, dict[str, str]] = {}
    licence = reader.licence
    for layout in found:
        raw = _made(raw, layout, source)
        names = {_plain(str(name)): str(name) for name in raw.columns.columns}
        for role, columns in layout.roles.items():
            there = {
                ours: next((names[_plain(one)] for one in ones if _plain(one) in names), "")
                for ours, ones in columns.items()
            }
            promises[role] = {ours: name for ours, name in there.items() if name} | promises.get(role, {})
        licence = licence or layout.licence
    return (replace(reader, promises=promises, licence=licence), raw) if found else (reader, raw)


def _made(raw: Raw, layout: Layout, source: Source) -> Raw:
    """Return a table with unknown values unknown, codes short, and the columns that the layout makes."""
    columns = raw.columns.copy()
    names = {_plain(str(name)): str(name) for name in columns.columns}
    for name in _there(layout.codes, names):
        columns[name] = texts(columns[name]).str.extract(r"([^/#]+)/?$", expand=False)
    for name in columns.columns if layout.void else ():
        columns[name] = columns[name].mask(texts(columns[name]).isin(layout.void))
    for name in _there(layout.zero, names):
        columns[name] = columns[name].mask(pd.to_numeric(columns[name], errors="coerce") == 0)
    words = {names[_plain(name)]: own for name, own in layout.words.items() if _plain(name) in names}
    faults = []
    for name, parts in layout.made.items():
        whole = pd.Series(pd.NA, index=columns.index, dtype="str")
        for part in _there(parts, names):
            own = texts(columns[part])
            whole = whole.fillna(swapped(own, words[part]) if part in words else own)
        columns[name] = whole
        if layout.assumes and whole.notna().any():
            label = ", ".join(_there(parts, names))
            faults.append(Fault(source.path, label, Phrase(layout.assumes), source.layer))
    if layout.kept and _plain(layout.kept) in names:
        faults += _kept_from_others(columns[names[_plain(layout.kept)]], source)
    if layout.classed:
        columns[OF_LAYER] = _class_of(source)
    ended = [columns[name].notna() & (texts(columns[name]) != "") for name in _there(layout.ended, names)]
    apart = raw.apart
    if ended:
        columns[ENDED] = pd.concat(ended, axis=1).any(axis=1).map({True: "yes", False: "no"})
        apart = (*apart, Apart(ENDED, ("yes",), Phrase("ended: no longer there")))
    own_words = {name: mapping for name, mapping in words.items() if not _used(name, layout)}
    return replace(raw, columns=columns, words={**raw.words, **own_words}, apart=apart, faults=(*raw.faults, *faults))


def _kept_from_others(told: pd.Series, source: Source) -> list[Fault]:
    """Return the fault that a file keeps fields from others, which only the settings can do here."""
    fields = sorted(set(re.findall(r"(\w+)\W+(?:issuer|parties)\b", " ".join(texts(told).dropna()))))
    wanted = Phrase("`shares` of its party without these; the file says who may see them, the settings decide it")
    found = Phrase("fields that are not for everyone: {fields}", fields=", ".join(fields))
    return [Fault(source.path, found, wanted, source.layer)] if fields else []


def _used(name: str, layout: Layout) -> bool:
    """Tell whether a column goes into one that the layout makes: its words were used there."""
    return any(_plain(name) == _plain(part) for parts in layout.made.values() for part in parts)


def _there(wanted: Iterable[str], names: Mapping[str, str]) -> list[str]:
    """Return the columns of the file that are wanted, in the order in which they are wanted."""
    return [names[_plain(name)] for name in wanted if _plain(name) in names]


def _class_of(source: Source) -> str | None:
    """Return the class of the BGT that the name of the layer, else of the file, holds; None where it holds none."""
    for name in (source.layer, Path(source.path).stem):
        found = next((one for one in BGT_CLASSES if one in _plain(name)), None)
        if found:
            return found
    return None


def _plain(name: str) -> str:
    """Return a column name without capitals and signs, as two registers may write the same name."""
    return re.sub(r"[\s_.\-]+", "", name).casefold()
