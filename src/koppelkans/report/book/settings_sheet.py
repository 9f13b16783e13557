"""Key figures and settings as sheets, each with its source. (nl: bladen Kengetallen en Instellingen)."""

from collections.abc import Iterator, Mapping
from typing import Any

from koppelkans.ground.settings import Figure
from koppelkans.ground.words import say
from koppelkans.report.chapters.account import figures
from koppelkans.report.plan import Plan
from koppelkans.report.table import Sheet, SheetColumn

NAMES = ("ambition", "party", "fund", "crew", "limit", "work", "name")
"""Fields by which an entry of a list is called."""


def figures_sheet(plan: Plan, lang: str) -> Sheet:
    """Return the key figures that this programme uses: value, range, unit, price level, basis and source."""
    found = figures(plan, lang)
    columns = [
        SheetColumn(say("Figure", lang), "", "text", [name for name, _ in found]),
        SheetColumn(say("Value", lang), "", "number", [figure.value for _, figure in found]),
        SheetColumn(say("Unit", lang), "", "text", [say(figure.unit, lang) for _, figure in found]),
        SheetColumn(say("Lowest", lang), "", "number", [figure.low for _, figure in found]),
        SheetColumn(say("Highest", lang), "", "number", [figure.high for _, figure in found]),
        SheetColumn(say("Price level", lang), "", "year", [figure.price_year for _, figure in found]),
        SheetColumn(
            say("Basis", lang),
            say("measured, derived from a measurement, or assumed", lang),
            "text",
            [say(figure.basis, lang) for _, figure in found],
        ),
        SheetColumn(say("Source of the figure", lang), "", "text", [say(figure.source, lang) for _, figure in found]),
    ]
    return Sheet(
        say("Key figures", lang),
        say(
            "The figures that this programme counts with, each with its source. The city can replace each of them.",
            lang,
        ),
        columns,
        len(found),
    )


def settings_sheet(plan: Plan, lang: str) -> Sheet:
    """Return every setting with its key in koppelkans.toml."""
    rows = list(_flat(plan.settings.model_dump(), ""))
    columns = [
        SheetColumn(say("Setting", lang), say("key in koppelkans.toml", lang), "text", [key for key, _, _ in rows]),
        SheetColumn(say("Value", lang), "", "text", [value for _, value, _ in rows]),
        SheetColumn(say("Source", lang), "", "text", [say(source, lang) if source else None for _, _, source in rows]),
    ]
    return Sheet(
        say("Settings", lang), say("Every setting of this run, as in koppelkans.toml.", lang), columns, len(rows)
    )


def _flat(part: object, path: str) -> Iterator[tuple[str, str, str]]:
    """Yield key, value and source of every setting under a part; figures are one row."""
    if isinstance(part, Mapping):
        if set(Figure.model_fields) == set(part):
            level = f" ({part['price_year']})" if part["price_year"] else ""
            yield path, f"{part['value']:g} {part['unit']}{level}", str(part["source"])
            return
        for key, value in part.items():
            yield from _flat(value, f"{path}.{key}" if path else str(key))
    elif isinstance(part, list) and part and isinstance(part[0], Mapping):
        for at, entry in enumerate(part, start=1):
            yield from _flat(entry, f"{path}[{_called(entry, at)}]")
    elif part not in (None, "", []):
        yield path, ", ".join(str(value) for value in part) if isinstance(part, list) else str(part), ""


def _called(entry: Mapping[str, Any], at: int) -> str:
    """Return the name of an entry of a list, else its number."""
    return next((str(entry[name]) for name in NAMES if entry.get(name)), str(at))
