"""What a layer can be used for, and the lines of settings by which it is. (nl: voorstel per laag)."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import PurePath
from typing import Any

import pandas as pd
import shapely

from koppelkans.context.inspecting.booked import amounts_in, purses_in, unit_above
from koppelkans.context.inspecting.dictionary import columns_of, dictionary, in_groups, likeness, words_of
from koppelkans.context.inspecting.matching import LEAST_LIKE, Cells, match_columns, unread_columns
from koppelkans.context.inspecting.systems import DEGREES, DUTCH, System, system_of
from koppelkans.context.reading.casting import WITH_VAT
from koppelkans.context.reading.naming import OTHER_KIND, UNKNOWN_OWNER
from koppelkans.context.reading.placing import WKB, WKT_NAMES, shapes_in
from koppelkans.context.reading.quantities import numbers
from koppelkans.context.reading.reader import Raw, Reader, Things
from koppelkans.context.reading.roles import BUDGETS, ROLES
from koppelkans.context.reading.texts import texts
from koppelkans.context.reading.years import years
from koppelkans.ground.settings import WorkKind
from koppelkans.ground.words import Phrase

EVIDENCE: Mapping[str, Mapping[str, float]] = {
    "works": {"work": 0.2, "name": 0.3, "start": 0.8, "end": 0.8, "period": 0.6, "earliest_year": 1, "latest_year": 1, "cost_eur": 1, "certainty": 0.3, "kind": 0.3, "owner": 0.3},
    "assets": {"built_year": 1, "material": 1, "diameter_mm": 1, "condition": 1, "condition_year": 0.5, "owner": 0.4, "kind": 0.4, "status": 0.2},
    "areas": {"area": 0.5, "name": 0.5, "inhabitants": 1.5, "households": 1},
    "sections": {"name": 0.7, "section": 0.5, "width_m": 0.5},
    "addresses": {"street": 0.7},
    "wishes": {"text": 0.8, "year": 0.3},
    "care": {"name": 0.4},
}  # fmt: skip
"""How much each column says for a role."""
NAMED_LAYER, NAMED_FILE, ENOUGH = 1.6, 1.4, 1.5
"""How much the name of the layer and of the file say for a role, and how much is enough."""
SHAPES_OF = {"areas": (2,), "sections": (1, 2), "addresses": (0,), "care": (0, 2)}
"""Dimensions of shapes without which a layer has not that role."""
MOST_VALUES = 40
"""Different words of a column for which a line is proposed."""
LEAVE_OUT_WORDS = 60
OLD_YEARS = 4
"""Works that all ended this long ago are history."""
WKT_STARTS = ("POINT", "LINESTRING", "POLYGON", "MULTI", "SRID=", "CURVE", "COMPOUND")
THEMES = ("theme", "thema", "themaimkl")
HOUSE = ("huisnummer", "postcode", "housenumber", "zipcode")


@dataclass(frozen=True)
class Proposal:
    """How a layer can be used.

    Parameters
    ----------
    role
        Role in the settings; empty where it can be used for nothing, or only as a table that others join.
    lines
        Settings of the source, besides its name, path and layer.
    notes
        What is odd, and what was assumed.
    system
        Its coordinate system.
    geometry
        Its shapes, as they stand in the file; None where it has none.
    purses
        Of budgets: purse = column of codes, and the codes that mean it.
    """

    role: str
    lines: Mapping[str, Any]
    notes: tuple[Phrase, ...]
    system: System
    geometry: Things | None = None
    streets: str = ""
    promised: Mapping[str, str] = field(default_factory=dict)
    purses: Mapping[str, tuple[str, tuple[str, ...]]] = field(default_factory=dict)


def propose(
    reader: Reader, raw: Raw, *, where: str, layer: str, kinds: Mapping[str, WorkKind], this_year: int
) -> Proposal:
    """Return how a layer can be used: its role, its columns as ours, its words, its place.

    Parameters
    ----------
    where
        Path of the file, of which the name may tell what it holds.
    this_year
        Year by which works are history.
    """
    cells = Cells(raw.columns)
    placing, geometry = _place(raw, cells)
    names = (where, layer, *map(str, raw.columns.columns))
    system = system_of(geometry, raw.crs or reader.crs, names, prescribed=bool(reader.crs))
    only, none_left = _only(cells) if not reader.promises else ({}, False)
    if none_left:
        found = Phrase("all rows are what is not planned with: out of use, or no cable, pipe or asset")
        return Proposal("", {}, (found,), system, geometry)
    role, columns = _role(reader, cells, geometry, where=where, layer=layer, this_year=this_year)
    if role in ("works", "plans") and _past(cells, columns, this_year):
        return Proposal("", {}, (Phrase("works of years ago: nothing to plan with"),), system, geometry)
    lines: dict[str, Any] = {**placing}
    if system.to_be_set or (geometry is not None and not system.said):
        lines["crs"] = system.crs
    promised = dict(reader.promises.get(role, {}))
    notes = [*_odd(raw, cells, columns, system, role, laid_out=bool(promised))]
    notes += [] if role else [Phrase("too few columns of which the name says what they are")]
    if role:
        lines["columns"] = columns
        lines |= _class_lines(cells, columns) if role == "topography" else {}
        lines |= _kind_lines(
            role, cells, columns, promised, _Kinds(kinds, role, geometry), f"{PurePath(where).stem} {layer}"
        )
        lines |= _certainty_lines(cells, columns)
        notes += [
            Phrase("`{column}` is called like `{ours}`, but most of its cells cannot be read so; it is not used", column=name, ours=ours)
            for ours, name in unread_columns(cells, role, {**promised, **columns}).items()
        ]  # fmt: skip
        said = WITH_VAT.search(columns.get("cost_eur", ""))
        lines |= {"vat": "without" if said["without"] else "with"} if said else {}
        notes += _owner_lines(role, cells, {**promised, **columns}, lines)
        units = unit_above(raw, columns, role)
        lines |= {"units": units} if units else {}
        unknown = _unknown(cells, columns)
        if unknown:
            lines["unknown"] = unknown
        if only:
            lines["only"] = only
    purses = purses_in(cells) if role == BUDGETS else {}
    return Proposal(role, lines, tuple(notes), system, geometry, _street_column(cells), promised, purses)


def _place(raw: Raw, cells: Cells) -> tuple[dict[str, str], Things | None]:
    """Return the settings that say where the place of rows stands, and the shapes (of a table: of a sample)."""
    if raw.geometry is not None:
        return {}, raw.geometry
    for name, own in cells.texts.items():
        shape = own.str.upper().str.startswith(WKT_STARTS) | own.str.fullmatch(WKB)
        shape |= own.str.startswith("{") & own.str.contains('"coordinates"', regex=False)
        if shape.mean() > 0.5:  # noqa: PLR2004
            return ({} if name.casefold() in WKT_NAMES else {"wkt": name}), shapes_in(own)[0]
    pair = [_coordinate(cells, axis) for axis in ("x", "y")]
    if not all(pair):
        return {}, None
    both = [numbers(cells.sample[name])[0].to_numpy(dtype=float) for name in pair]
    return {"x": pair[0], "y": pair[1]}, shapely.points(*both)


def _coordinate(cells: Cells, axis: str) -> str:
    """Return the column of a coordinate; empty where there is none."""
    known = [words_of(word) for word in dictionary()["places"][axis]]
    like = {name: likeness(name, known) for name in cells.texts}
    best = max(like, key=lambda name: like[name], default="")
    good = best and like[best] > 0.9 and cells.wrong(best, lambda values: numbers(values)[1]) == 0  # noqa: PLR2004
    return best if good else ""


def _role(
    reader: Reader, cells: Cells, geometry: Things | None, *, where: str, layer: str, this_year: int
) -> tuple[str, dict[str, str]]:
    """Return the role that a layer has, and its columns as ours; empty where it has none."""
    if reader.promises:
        flat = geometry is None and "inspections" in reader.promises
        role = "inspections" if flat else next(iter(reader.promises))
        table = ROLES[role]
        lacking = [name for name in table.needed if name not in reader.promises[role]]
        made = match_columns(cells, role, taken=reader.promises[role]) if lacking else {}
        return role, made
    booked = (
        amounts_in(cells, f"{PurePath(where).stem} {layer}") if geometry is None and not _street_column(cells) else None
    )
    if booked is not None:
        return booked
    classes = _topography(cells, geometry)
    if classes:
        return "topography", {"class": classes}
    dimension = set(shapely.get_dimensions(geometry).tolist()) - {-1} if geometry is not None else set()
    found: dict[str, tuple[float, dict[str, str]]] = {}
    for role, evidence in EVIDENCE.items():
        if role in SHAPES_OF and dimension and not dimension & set(SHAPES_OF[role]):
            continue
        columns = match_columns(cells, role)
        if role == "assets" and _to_come(cells, columns, this_year):
            continue
        said = sum(weight for ours, weight in evidence.items() if ours in columns)
        said += NAMED_LAYER * (_about(layer) == role) + NAMED_FILE * (_about(PurePath(where).stem) == role)
        house = [name for name in cells.texts if "".join(words_of(name)) in HOUSE]
        said += 1.0 * (role == "addresses" and len(house) > 0)
        found[role] = (said if columns or role == "assets" else 0.0, columns)
    best = max(found, key=lambda role: found[role][0])
    if found[best][0] < ENOUGH or (geometry is None and best in ("areas", "sections", "addresses", "care")):
        return "", {}
    columns = found[best][1]
    if best == "works" and "owner" in columns and len(cells.texts[columns["owner"]].unique()) > 1:
        best = "plans"
    return best, columns


def _about(name: str) -> str | None:
    """Return the role of which a name speaks."""
    return in_groups(name, "roles")


def _topography(cells: Cells, geometry: Things | None) -> str:
    """Return the column that says of each shape which part of the ground it is; empty where none does."""
    if geometry is None:
        return ""
    known = {word for name, others in dictionary()["topography"].items() for word in (name, *others)}
    small = (name for name, own in cells.texts.items() if len(own.unique()) > 1 and set(own.str.casefold()) <= known)
    return next(small, "")


def _past(cells: Cells, columns: Mapping[str, str], this_year: int) -> bool:
    """Tell whether works all ended years ago."""
    last = next((columns[ours] for ours in ("end", "latest_year", "period", "start") if ours in columns), None)
    if last is None:
        return False
    found = years(cells.frame[last], "last")[0].dropna()
    return bool(len(found) and found.max() < this_year - OLD_YEARS)


def _to_come(cells: Cells, columns: Mapping[str, str], this_year: int) -> bool:
    """Tell whether most years in which things would have been laid are still to come."""
    if "built_year" not in columns:
        return False
    found = years(cells.sample[columns["built_year"]])[0].dropna()
    return bool(len(found) and (found > this_year).mean() > 0.5)  # noqa: PLR2004


def _class_lines(cells: Cells, columns: Mapping[str, str]) -> dict[str, Any]:
    """Return the lines that make the words of a file classes of topography."""
    if "class" not in columns:
        return {}
    groups = {word: name for name, others in dictionary()["topography"].items() for word in (name, *others)}
    words = cells.texts[columns["class"]].unique()
    return {"values": {"class": {word: groups[word.casefold()] for word in words if groups[word.casefold()] != word}}}


@dataclass(frozen=True)
class _Kinds:
    """Kinds of the settings that the rows of a layer can have."""

    kinds: Mapping[str, WorkKind]
    role: str
    geometry: Things | None

    def of(self, word: str) -> str:
        """Return the kind that a word is about; `other` where it is about none, or points cannot be it."""
        kind = in_groups(word, "kinds")
        dots = self.role == "assets" and self.geometry is not None and int(shapely.get_dimensions(self.geometry).max(initial=-1)) == 0  # fmt: skip
        known = kind is not None and kind in self.kinds and not (dots and self.kinds[kind].unit == "m")
        return kind if known and kind is not None else OTHER_KIND

    def known(self, words: Iterable[str]) -> float:
        """Return the share of words that are about a kind."""
        found = [self.of(word) != OTHER_KIND for word in words]
        return sum(found) / max(len(found), 1)


def _kind_lines(
    role: str, cells: Cells, columns: dict[str, str], promised: Mapping[str, str], kinds: _Kinds, about: str
) -> dict[str, Any]:
    """Return the lines that make the words of a file kinds of the settings."""
    if "kind" not in ROLES[role].needed or "kind" in promised:
        return {}
    if role == "assets" and "kind" in columns:
        like = [name for name in cells.texts if likeness(name, columns_of(role)["kind"]) >= LEAST_LIKE]
        best = max(
            like, key=lambda name: (kinds.known(cells.texts[name].unique()[:MOST_VALUES]), name == columns["kind"])
        )
        columns["kind"] = best
    column = columns.get("kind")
    if column is None:
        return {"constants": {"kind": kinds.of(about) if role == "assets" else OTHER_KIND}}
    words = cells.texts[column].value_counts().index[:MOST_VALUES]
    values = {word: kinds.of(word) for word in sorted(words)}
    filled = len(cells.texts[column]) == len(cells.sample)
    return {"values": {"kind": values | {"*": OTHER_KIND}}} | ({} if filled else {"constants": {"kind": OTHER_KIND}})


def _certainty_lines(cells: Cells, columns: dict[str, str]) -> dict[str, Any]:
    """Return the lines that make the states of a file a certainty; without one where a state is not known."""
    column = columns.get("certainty")
    if column is None:
        return {}
    words = cells.texts[column].unique()
    values = {word: in_groups(word, "certainty") for word in sorted(words)[:MOST_VALUES]}
    if len(words) > MOST_VALUES or None in values.values():
        del columns["certainty"]
        return {}
    return {"values.certainty": values}


def _owner_lines(role: str, cells: Cells, columns: Mapping[str, str], lines: dict[str, Any]) -> Iterator[Phrase]:
    """Put the owner of rows that name none into the lines, and yield what is assumed."""
    if "owner" in ROLES[role].needed:
        named = columns.get("owner", "")
        if named not in cells.texts or len(cells.texts[named]) < len(cells.sample):
            lines["constants"] = {**lines.get("constants", {}), "owner": UNKNOWN_OWNER}
        if named not in cells.texts:
            yield Phrase("no column says who the owner is; taken as `{owner}`: fill in the party", owner=UNKNOWN_OWNER)
    if lines.get("constants", {}).get("kind") == OTHER_KIND and "kind" not in columns:
        yield Phrase("no column says which kind it is; taken as `{kind}`", kind=OTHER_KIND)


def _unknown(cells: Cells, columns: Mapping[str, str]) -> list[str]:
    """Return the words that mean unknown, as they stand in columns that are used."""
    known = {word.casefold() for word in dictionary()["unknown"]["words"]}
    found = (word for name in columns.values() for word in cells.texts[name].unique() if word.casefold() in known)
    return sorted(set(found))


def _only(cells: Cells) -> tuple[dict[str, list[str]], bool]:
    """Return which rows are meant by their state and class, and whether none are."""
    rules = dictionary()["leave_out"]
    out = {"".join(words_of(word)) for word in rules["words"]}
    named = {"".join(words_of(word)) for word in rules["columns"]}
    made: dict[str, list[str]] = {}
    for name, own in cells.texts.items():
        if "".join(words_of(name)) not in named:
            continue
        words = sorted(texts(cells.frame[name]).dropna().unique())
        kept = [word for word in words if "".join(words_of(word)) not in out]
        if not kept:
            return {}, True
        if len(kept) < len(words) <= LEAVE_OUT_WORDS and len(own):
            made[name] = kept
    return made, False


def _street_column(cells: Cells) -> str:
    """Return the column that names the street of each row; empty where there is none."""
    known = [words_of(word) for word in dictionary()["streets"]["words"]]
    like = {name: likeness(name, known) for name in cells.texts}
    best = max(like, key=lambda name: like[name], default="")
    return best if best and like[best] > 0.75 else ""  # noqa: PLR2004


def _odd(
    raw: Raw, cells: Cells, columns: Mapping[str, str], system: System, role: str, *, laid_out: bool
) -> Iterator[Phrase]:
    """Yield what is odd in a layer."""
    empty = [str(name) for name in raw.columns.columns if str(name) not in cells.texts]
    if empty and not laid_out:
        yield Phrase("columns in which nothing stands: {columns}", columns=_few(empty))
    if cells.personal:
        yield Phrase("columns that may name a person, and are not read: {columns}", columns=_few(cells.personal))
    if system.to_be_set and system.said:
        yield Phrase("coordinates that cannot be {said}; they look like {crs}", said=system.said[:40], crs=system.crs)
    elif system.to_be_set:
        yield Phrase("it says no coordinate system; the coordinates look like {crs}", crs=system.crs)
    elif not system.crs and raw.geometry is not None:
        yield Phrase("coordinates that fit no system that is known here: those of a drawing?")
    if system.others and system.crs not in (DUTCH, DEGREES):
        yield Phrase("they may also be: {crs}", crs=_few(list(system.others)))
    table = ROLES.get(role)
    if table is not None and table.window and "work" not in columns:
        yield Phrase("no column names every row once; row numbers are taken")
    if table is not None and table.window:
        yield from _slices(cells, columns)


def _slices(cells: Cells, columns: Mapping[str, str]) -> Iterator[Phrase]:
    """Yield that rows look like slices of one job: same name, owner, kind and time."""
    named = [columns[ours] for ours in ("name", "owner", "kind", "start", "end", "period") if ours in columns]
    if "name" in columns and len(named) > 1:
        again = int(cells.frame[list(dict.fromkeys(named))].astype("str").duplicated().sum())
        if again:
            yield Phrase("rows that look like slices of one job, beside its first: {n}", n=again)


def _few(names: list[str]) -> str:
    """Return names on one line, the first ones where there are many."""
    return ", ".join(names[:8]) + (f" … ({len(names)})" if len(names) > 8 else "")  # noqa: PLR2004


def raw_kinds(raw: Raw, columns: Mapping[str, str]) -> list[str]:
    """Return the words for themes in a file; for kinds where it has no themes."""
    themed = next((name for name in raw.columns if "".join(words_of(str(name))) in THEMES), None)
    name = themed or columns.get("kind") or columns.get("class")
    if name is None or name not in raw.columns:
        return []
    found = pd.Series(texts(raw.columns[name]).dropna().unique())
    return sorted(found.tolist())[:200]
