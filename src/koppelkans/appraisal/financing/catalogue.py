"""Catalogues as data: holders, financing models, and types of case with their steps. (nl: catalogi)."""

import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

from koppelkans.ground.settings import Party

UNKNOWN_HOLDER = "anderen"


@dataclass(frozen=True)
class Holder:
    """A holder of costs or benefits: names, sort, kinds of party, ways to pay, and source.

    `sort` is public, private or people; `also` holds other names.
    """

    nl: str
    en: str
    sort: str
    parties: tuple[str, ...]
    also: tuple[str, ...]
    pays_nl: str
    pays_en: str
    source: str
    status: str


@dataclass(frozen=True)
class Sign:
    """Something that can be seen of a case, in words of both languages; `flag` is its name."""

    flag: str
    nl: str
    en: str


@dataclass(frozen=True)
class Model:
    """A financing model: names, what it is, conditions, risks, signs and source."""

    nl: str
    en: str
    what_nl: str
    what_en: str
    needs_nl: str
    needs_en: str
    risk_nl: str
    risk_en: str
    signs: tuple[str, ...]
    source: str
    status: str


@dataclass(frozen=True)
class ModelStep:
    """One step of a step-by-step plan: what is done, and who takes the lead, in both languages."""

    nl: str
    en: str
    who_nl: str
    who_en: str


@dataclass(frozen=True)
class Cluster:
    """A type of case: names, question, examples, signs, first models, steps and source."""

    letter: str
    nl: str
    en: str
    question_nl: str
    question_en: str
    cases: tuple[str, ...]
    signs: tuple[str, ...]
    models: tuple[str, ...]
    steps: tuple[ModelStep, ...]
    source: str


@cache
def holders() -> Mapping[str, Holder]:
    """Return every holder of the catalogue by name.

    >>> holders()["zorgverzekeraars"].sort
    'private'
    """
    return {name: Holder(**_tuples(entry)) for name, entry in _read("holders.toml").items()}


@cache
def signs() -> Mapping[str, Sign]:
    """Return every sign by its flag."""
    return {flag: Sign(flag, **entry) for flag, entry in _read("models.toml")["signs"].items()}


@cache
def models() -> Mapping[str, Model]:
    """Return every financing model by name."""
    return {name: Model(**_tuples(entry)) for name, entry in _read("models.toml")["models"].items()}


@cache
def clusters() -> Mapping[str, Cluster]:
    """Return the four clusters of cases of the City Deal by name."""
    made = {}
    for name, entry in _read("clusters.toml").items():
        steps = tuple(ModelStep(**step) for step in entry["steps"])
        made[name] = Cluster(
            **(_tuples({key: value for key, value in entry.items() if key != "steps"}) | {"steps": steps})
        )
    return made


def holder_keys(names: Iterable[str], parties: Iterable[Party]) -> dict[str, str]:
    """Return the catalogue holder of each name: a party by its kind, a group by a name.

    A name that is in neither is another party.

    >>> holder_keys(["residents", "liander"], [Party(party="liander", kind="netbeheerder")])
    {'residents': 'bewoners', 'liander': 'netbeheerder'}
    """
    kinds = {kind: key for key, holder in holders().items() for kind in holder.parties}
    known = {name: key for key, holder in holders().items() for name in (key, *holder.also)}
    known |= {party.party: kinds.get(party.kind, UNKNOWN_HOLDER) for party in parties}
    return {name: known.get(name, UNKNOWN_HOLDER) for name in names}


def _read(name: str) -> dict[str, Any]:
    """Return one catalogue as it is written."""
    return tomllib.loads((files("koppelkans.appraisal.financing") / name).read_text(encoding="utf-8"))


def _tuples(entry: Mapping[str, Any]) -> dict[str, Any]:
    """Return an entry with its lists as tuples."""
    return {key: tuple(value) if isinstance(value, list) else value for key, value in entry.items()}
