"""Words by which columns, kinds and parties are known, in nine languages, as data. (nl: woordenlijst)."""

import re
import tomllib
import unicodedata
from collections.abc import Iterable, Mapping
from functools import cache
from importlib.resources import files
from typing import Any

_SPLIT = re.compile(r"(?<=[a-z0-9])(?=[A-Z])|(?<=[A-Z])(?=[A-Z][a-z])|(?<=[a-z])(?=\d)")
_LETTERS = str.maketrans({"ø": "o", "æ": "ae", "å": "aa", "ß": "ss", "œ": "oe", "đ": "d", "ł": "l"})
LEAST_PART = 4
"""Letters of a word that may be found within another."""
WHOLE, AMONG, WITHIN, SHARE = 1.0, 0.6, 0.45, 0.35
"""Worth of a name that is the word itself, has its words among its own, or has its letters within; and what length adds."""
STEP = 0.001
"""How much less each next word of a list is worth."""


@cache
def dictionary() -> Mapping[str, Any]:
    """Return the words as they stand in `words.toml`."""
    return tomllib.loads(files("koppelkans.context.inspecting").joinpath("words.toml").read_text(encoding="utf-8"))


@cache
def words_of(text: str) -> tuple[str, ...]:
    """Return the words of a name in small letters without accents.

    >>> words_of("datumStartUitvoering"), words_of("työ_päättyy"), words_of("Straßen-Art")
    (('datum', 'start', 'uitvoering'), ('tyo', 'paattyy'), ('strassen', 'art'))
    """
    parted = _SPLIT.sub(" ", text)
    plain = unicodedata.normalize("NFKD", parted.casefold().translate(_LETTERS))
    bare = "".join(letter for letter in plain if not unicodedata.combining(letter))
    return tuple(re.findall(r"[a-z]+|\d+", bare))


@cache
def columns_of(role: str) -> Mapping[str, tuple[tuple[str, ...], ...]]:
    """Return the words by which each column of a role is known, the likeliest first."""
    known = dictionary()["columns"].get({"plans": "works"}.get(role, role), {})
    made = {}
    for ours, tongues in known.items():
        longest = max(map(len, tongues.values()))
        ranked = [tongue[rank] for rank in range(longest) for tongue in tongues.values() if rank < len(tongue)]
        own = (ours, ours.removesuffix("_eur").removesuffix("_mm").removesuffix("_m"))
        made[ours] = tuple(dict.fromkeys(words_of(one) for one in (*own, *ranked)))
    return made


def likeness(name: str, known: Iterable[tuple[str, ...]]) -> float:
    """Return how much a name of a column is like one of the words by which ours is known (0-1)."""
    own = words_of(name)
    return max((_like(own, words) - STEP * rank for rank, words in enumerate(known)), default=0.0)


def _like(own: tuple[str, ...], words: tuple[str, ...]) -> float:
    """Return how much the words of a name are like those of ours."""
    whole, sought = "".join(own), "".join(words)
    if whole == sought:
        return WHOLE
    share = SHARE * len(sought) / max(len(whole), 1)
    places = range(len(own) - len(words) + 1)
    if any(own[at : at + len(words)] == words for at in places):
        return AMONG + share
    return WITHIN + share if len(sought) >= LEAST_PART and sought in whole else 0.0


def in_groups(text: str, group: str) -> str | None:
    """Return the name in a group of words that a text is about; None where none is.

    Groups are kinds, certainty, parties and roles. The longest word counts: a whole word, or from five letters the begin or end of one.

    >>> in_groups("Afvalwaterleiding vervangen", "kinds"), in_groups("Vervanging", "kinds")
    ('sewer_gravity', None)
    """
    found = [
        (len(hit), name) for name, known in _grouped(group) for word in known if (hit := _hit(words_of(text), word))
    ]
    return max(found, key=lambda one: one[0])[1] if found else None


@cache
def _grouped(group: str) -> tuple[tuple[str, tuple[tuple[str, ...], ...]], ...]:
    """Return the words of each name of a group."""
    return tuple((name, tuple(words_of(one) for one in (name, *known))) for name, known in dictionary()[group].items())


def _hit(own: tuple[str, ...], word: tuple[str, ...]) -> str:
    """Return the letters of a word where it stands in a text; empty where it does not."""
    sought = "".join(word)
    if any(own[at : at + len(word)] == word for at in range(len(own) - len(word) + 1)) or "".join(own) == sought:
        return sought
    long = len(word) == 1 and len(sought) > LEAST_PART
    return sought[:-1] if long and any(one.startswith(sought) or one.endswith(sought) for one in own) else ""
