"""Who does what and when, in words: parties with their kinds of work and years. (nl: wie doet wat)."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

import pandas as pd

from koppelkans.ground.settings import WorkKind as KindOfWork
from koppelkans.opportunities.sentences import listed, years

MOST = 4
"""Names in one list; the rest is counted."""


@dataclass(frozen=True)
class Names:
    """Names by identifier, for sentences: parties, kinds, ambitions and works.

    Parties in one language; kinds and ambitions per language; of works the owner, kind and window.
    """

    parties: Mapping[str, str]
    kinds: Mapping[str, Mapping[str, str]]
    ambitions: Mapping[str, Mapping[str, str]]
    works: Mapping[str, tuple[str, str, int, int]]


def names_of(
    works: pd.DataFrame, parties: pd.DataFrame, ambitions: pd.DataFrame, kinds: Mapping[str, KindOfWork]
) -> Names:
    """Return the names that sentences need; what has no name is called by its identifier."""
    columns = (works[name] for name in ("work", "owner", "kind", "earliest_year", "latest_year"))
    return Names(
        parties=dict(zip(parties["party"], parties["name"], strict=True)),
        kinds={lang: {name: getattr(kind, lang) for name, kind in kinds.items()} for lang in ("nl", "en")},
        ambitions={
            lang: dict(zip(ambitions["ambition"], ambitions[f"name_{lang}"], strict=True)) for lang in ("nl", "en")
        },
        works={
            work: (owner, kind, int(first), int(last)) for work, owner, kind, first, last in zip(*columns, strict=True)
        },
    )


def party(names: Names, owner: str) -> str:
    """Return the name of a party."""
    return names.parties.get(owner, owner)


def kind_of_work(names: Names, kind: str, lang: str) -> str:
    """Return the name of a kind of work or asset, without its part between brackets."""
    return names.kinds[lang].get(kind, kind).partition(" (")[0]


def ambitions_of(names: Names, ambitions: Iterable[str], lang: str) -> str:
    """Return ambitions as a list in words."""
    return listed((names.ambitions[lang].get(one, one) for one in ambitions), lang, most=MOST)


def who(names: Names, works: Sequence[str], lang: str, *, when: bool = False) -> str:
    """Return the owners and kinds of works in words: `Waterbedrijf (drinkwaterleiding)`.

    Or of several: `Gemeente (riool en verharding) en Waterbedrijf (drinkwaterleiding)`. With `when` each kind is
    followed by its years: `Gemeente (riool 2027–2033)`.
    """
    told: dict[str, list[str]] = {}
    for work in works:
        owner, kind, first, last = names.works[work]
        words = kind_of_work(names, kind, lang) + (f" {years(first, last)}" if when else "")
        told.setdefault(party(names, owner), []).append(words)
    return listed((f"{name} ({listed(kinds, lang)})" for name, kinds in sorted(told.items())), lang, most=MOST)
