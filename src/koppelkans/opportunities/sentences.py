"""Parts of sentences for people: lists, spans of years, counts and streets. (nl: zinsdelen)."""

from collections.abc import Iterable

from koppelkans.ground.words import number, say


def listed(names: Iterable[str], lang: str, *, most: int = 0) -> str:
    """Return names as a list in words: `A, B and C`; with `most` also `A, B and 3 more`."""
    known = list(dict.fromkeys(names))
    if most and len(known) > most:
        return say("{names} and {count} more", lang, names=", ".join(known[:most]), count=len(known) - most)
    if len(known) < 2:  # noqa: PLR2004
        return "".join(known)
    return say("{names} and {last}", lang, names=", ".join(known[:-1]), last=known[-1])


def years(first: int, last: int) -> str:
    """Return a span of years: `2028` or `2028–2031`."""
    return str(first) if first == last else f"{first}–{last}"


def counted(count: float, one: str, many: str, lang: str) -> str:
    """Return a count with its noun in singular or plural.

    `one` and `many` are English words that the catalogue knows.
    """
    return f"{number(count, lang)} {say(one if round(count) == 1 else many, lang)}"


def street(name: object, section: str, lang: str) -> str:
    """Return the street, or the name of the section where the street has none."""
    return name if isinstance(name, str) and name else say("section {section}", lang, section=section)


def per_year(count: int, lang: str) -> str:
    """Return a number of years in words."""
    return counted(count, "year", "years", lang)


def uncounted(count: float, lang: str) -> str:
    """Return a sentence on works left out for lack of a known cost; empty where none were.

    It is to stand behind another sentence.
    """
    if not count:
        return ""
    return " " + say("Not counted: {works} without a known cost.", lang, works=counted(count, "work", "works", lang))


def quantity(amount: float, unit: str, lang: str) -> str:
    """Return a quantity with its unit: `100 m`, `1.250 m²`, `3 pieces`."""
    if unit == "piece":
        return counted(amount, "piece", "pieces", lang)
    return f"{number(amount, lang)} {unit.replace('m2', 'm²')}"
