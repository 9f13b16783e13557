"""The settings of a city folder that were proposed, as text for people. (nl: voorstel voor koppelkans.toml)."""

import json
import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import UTC, datetime
from typing import Any

import numpy as np
from pyproj import Transformer

from koppelkans.context.inspecting.dictionary import in_groups, words_of
from koppelkans.context.inspecting.inspect import FileView, LayerView, Views
from koppelkans.context.parties import KIND_OF_NAME
from koppelkans.context.reading.naming import UNKNOWN_OWNER
from koppelkans.ground.words import Phrase, number, say

YEARS_AHEAD, MOST_YEARS = 14, 40
"""Years of the horizon after the first, and how many at most where works lie further ahead."""
FURTHEST_BACK = 10
MOST_PARTIES = 150
"""More owners than this are no parties but people who asked for a permit."""
LONGEST_LINE = 110
HOLDS_ROADS = "wegdeel"
OWNING = ("assets", "works", "plans")
INLINE = ("columns", "constants", "only", "units", "join")


def folder_text(views: Views, *, name: str, lang: str, this_year: int | None = None) -> str:
    """Return the text of `koppelkans.toml` for the files that were looked at."""
    year = this_year or datetime.now(tz=UTC).year
    used = [(file, layer) for file in views.files for layer in file.layers if layer.source is not None]
    rest = [(file, layer) for file in views.files for layer in file.layers if layer.source is None]
    first, last = _horizon([layer for _, layer in used], year)
    lines = [
        _said("Proposed by `koppelkans inspect`: look through it, change what is not right, then `koppelkans check`.", lang),
        "", "[city]", f"name = {_text(name)}", f'lang = "{lang}"', f'crs = "{views.crs}"', f"price_year = {year}",
        "", "[horizon]", f"first = {first}", f"last = {last}",
    ]  # fmt: skip
    if _ageless([layer for _, layer in used], first):
        lines += ["", "[context]", _said("no file gives a year of laying or of works: years are spread by an assumed age, and every sentence says so", lang), 'unknown_year = "spread"']  # fmt: skip
    origin = _origin([layer for _, layer in used], views.crs)
    if origin:
        lines += ["", "[context.sections]", _said("where most works and assets lie", lang), f'make_from = "{origin}"']
    for file, layer in used:
        lines += ["", *_source(file, layer, lang)]
    lines += _purses([layer for _, layer in used], lang)
    lines += _parties([layer for _, layer in used], lang)
    lines += _unused(views.files, rest, lang)
    return "\n".join(lines) + "\n"


def source_text(layer: LayerView) -> str:
    """Return the lines of `[[sources]]` of one layer; empty where nothing can be done with it."""
    return "" if layer.source is None else "\n".join(_entries(layer.source))


def _horizon(layers: Sequence[LayerView], year: int) -> tuple[int, int]:
    """Return first and last year: from next year, or from when works of the files end where most end before."""
    ends = np.sort(np.array([end for layer in layers for end in layer.ends], dtype=int))
    assets = any(layer.source is not None and layer.source["role"] == "assets" and layer.years for layer in layers)
    first = year + 1
    if len(ends) and not assets and np.median(ends) <= year:
        first = max(int(ends[len(ends) // 10]), year - FURTHEST_BACK)
    last = first + YEARS_AHEAD
    return first, min(max(last, int(ends.max()) if len(ends) else last), first + MOST_YEARS)


def _ageless(layers: Sequence[LayerView], first: int) -> bool:
    """Tell whether nothing in the files says when anything is to be done: no works ahead, and assets without years."""
    assets = [layer for layer in layers if _role(layer) in ("assets", "topography")]
    ahead = any(end >= first for layer in layers for end in layer.ends)
    untold = any(_role(layer) in ("works", "plans") and not layer.ends for layer in layers)
    return bool(assets) and not ahead and not untold and not any(layer.years for layer in assets)


def _origin(layers: Sequence[LayerView], crs: str) -> str:
    """Return what sections are best made from where the usual choice lies elsewhere than most works; else empty."""
    made_from = {
        "lines": [layer for layer in layers if _role(layer) == "sections"],
        "topography": [layer for layer in layers if _role(layer) == "topography" and HOLDS_ROADS in layer.themas],
        "networks": [layer for layer in layers if _role(layer) == "assets" and "line" in layer.shapes],
    }
    there = {origin: [_box(one, crs) for one in ones] for origin, ones in made_from.items() if ones}
    owned = [(_box(layer, crs), layer.rows) for layer in layers if _role(layer) in (*OWNING, "topography")]
    whole = sum(rows for _, rows in owned)
    if not there or not whole:
        return ""
    share = {
        origin: sum(rows for box, rows in owned if any(_meet(box, one) for one in boxes)) / whole
        for origin, boxes in there.items()
    }
    usual = next(iter(share))
    best = max(share, key=lambda origin: share[origin])
    return best if share[usual] < 0.5 < share[best] or (share[usual] == 0 < share[best]) else ""  # noqa: PLR2004


def _role(layer: LayerView) -> str:
    """Return the role of a layer."""
    return "" if layer.source is None else str(layer.source["role"])


def _box(layer: LayerView, crs: str) -> tuple[float, ...] | None:
    """Return the box of a layer in the system of the city."""
    if layer.extent is None or not layer.crs:
        return None
    return tuple(Transformer.from_crs(layer.crs, crs, always_xy=True).transform_bounds(*layer.extent))


def _meet(one: tuple[float, ...] | None, other: tuple[float, ...] | None) -> bool:
    """Tell whether two boxes meet."""
    return one is not None and other is not None and one[0] <= other[2] and other[0] <= one[2] and one[1] <= other[3] and other[1] <= one[3]  # fmt: skip


def _source(file: FileView, layer: LayerView, lang: str) -> Iterator[str]:
    """Yield the lines of one source, with what is odd above them."""
    shapes = ", ".join(say(shape, lang) for shape in layer.shapes)
    span = f", {layer.years[0]}-{layer.years[1]}" if layer.years else ""
    count = say("{n} rows", lang, n=number(layer.rows, lang))
    yield _comment(
        f"{file.path}{f' [{layer.layer}]' if layer.layer else ''}: {count}{f', {shapes}' if shapes else ''}{span}"
    )
    for odd in layer.odd:
        yield _comment(odd.said(lang) if isinstance(odd, Phrase) else odd)
    yield from _entries(layer.source or {})


def _entries(source: Mapping[str, Any]) -> Iterator[str]:
    """Yield a source as TOML."""
    yield "[[sources]]"
    tables: list[str] = []
    for key, value in source.items():
        if isinstance(value, Mapping) and key not in INLINE:
            for inner, words in value.items():
                tables += [
                    f"[sources.{key}.{_key(inner)}]",
                    *(f"{_key(word)} = {_value(ours)}" for word, ours in words.items()),
                ]
        elif isinstance(value, Mapping) and len(_value(value)) > LONGEST_LINE:
            tables = [f"[sources.{key}]", *(f"{_key(word)} = {_value(ours)}" for word, ours in value.items()), *tables]
        else:
            yield f"{key} = {_value(value)}"
    yield from tables


def _purses(layers: Sequence[LayerView], lang: str) -> Iterator[str]:
    """Yield the codes of purses as they stand in files with budgets."""
    told: dict[str, dict[str, list[str]]] = {}
    for layer in layers:
        for purse, (column, codes) in layer.purses.items():
            own = told.setdefault(purse, {}).setdefault(column, [])
            own += [code for code in codes if code not in own]
    if told:
        yield from ("", _said("Lines of the budget that speak of these purses; `koppelkans check` tells which are left.", lang))  # fmt: skip
    for purse, columns in told.items():
        yield from ("[[funds]]", f"fund = {_text(purse)}", f"codes = {_value(columns)}", "")


def _parties(layers: Sequence[LayerView], lang: str) -> Iterator[str]:
    """Yield the owners in the files as parties."""
    weight = Counter(owner.strip() for layer in layers if _role(layer) in OWNING for owner in layer.owners)
    weight.pop(UNKNOWN_OWNER, None)
    if not weight:
        return
    yield ""
    if len(weight) > MOST_PARTIES:
        yield _said("More owners than can be parties: name those that you plan with.", lang)
        return
    yield _said(
        "Owners as they stand in the files; two spellings of one party: put the second in `aliases` of the first.", lang
    )
    taken: set[str] = set()
    folded: dict[str, list[str]] = {}
    for owner in sorted(weight):
        folded.setdefault(owner.casefold(), []).append(owner)
    for spellings in folded.values():
        short = "-".join(words_of(spellings[0]))[:40].strip("-") or "partij"
        short = short if short not in taken else f"{short}-{len(taken)}"
        taken.add(short)
        aliases = spellings[1:]
        yield from (
            "[[parties]]",
            f"party = {_text(short)}",
            f"name = {_text(spellings[0])}",
            f"kind = {_text(_kind(spellings[0]))}",
        )
        if aliases:
            yield f"aliases = {_value(aliases)}"
        yield ""


def _kind(name: str) -> str:
    """Return what an organisation is by its name."""
    found = next((kind for pattern, kind in KIND_OF_NAME if re.search(pattern, name, re.IGNORECASE)), None)
    return found or in_groups(name, "parties") or "other"


def _unused(files: Iterable[FileView], rest: Sequence[tuple[FileView, LayerView]], lang: str) -> Iterator[str]:
    """Yield what was not used, and why."""
    told = [
        f"{file.path}: {_told(fault.found, lang)}; {_told(fault.wanted, lang)}"
        for file in files
        for fault in file.faults
    ]
    for file, layer in rest:
        why = [_told(odd, lang) for odd in layer.odd[-1:]] or [
            _told(fault.found, lang) for fault in layer.faults if fault.fatal
        ][:1]
        told.append(
            f"{file.path}{f' [{layer.layer}]' if layer.layer else ''}: {why[0] if why else say('no use was found', lang)}"
        )
    if told:
        yield from ("", _said("Not used:", lang), *(_comment(f"- {line}") for line in told))


def _told(text: str, lang: str) -> str:
    """Return a sentence of ours in a language; other text as it is."""
    return text.said(lang) if isinstance(text, Phrase) else text


def _said(text: str, lang: str) -> str:
    """Return a sentence as a line that is not read."""
    return _comment(say(text, lang))


def _comment(text: str) -> str:
    """Return one line that is not read, of text from outside."""
    plain = "".join(letter if letter.isprintable() else " " for letter in text)
    return f"# {plain[:300]}"


def _key(name: str) -> str:
    """Return a key of TOML."""
    return name if re.fullmatch(r"[A-Za-z0-9_-]+", name) else _text(name)


def _text(value: str) -> str:
    """Return a text as TOML, with what a terminal would obey as codes."""
    shown = json.dumps(value.encode("utf-8", "replace").decode(), ensure_ascii=False)
    return "".join(letter if letter.isprintable() else f"\\u{ord(letter):04x}" for letter in shown)


def _value(value: Any) -> str:  # noqa: ANN401
    """Return a value as TOML."""
    if isinstance(value, Mapping):
        return "{ " + ", ".join(f"{_key(str(key))} = {_value(one)}" for key, one in value.items()) + " }"
    if isinstance(value, list | tuple):
        return "[" + ", ".join(_value(one) for one in value) + "]"
    if isinstance(value, bool):
        return "true" if value else "false"
    return _text(value) if isinstance(value, str) else str(value)
