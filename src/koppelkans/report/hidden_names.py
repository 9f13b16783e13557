"""Names that a party does not share, taken out of the sentences of others. (nl: verborgen namen)."""

import re
from dataclasses import dataclass
from functools import cached_property

import pandas as pd

from koppelkans.ground.words import say
from koppelkans.report.names import listed, streets_of
from koppelkans.report.plan import Plan

WORD = re.compile(r"\w+")


@dataclass(frozen=True)
class HiddenNames:
    """Words in place of each hidden name, per work and in sentences.

    Parameters
    ----------
    shown
        Work = its kind and its streets, for works of which only the name is hidden.
    instead
        Name = what a sentence says instead.
    purses
        Names of purses of parties that hide what things cost: a sentence about them is not told at all.
    """

    shown: dict[str, str]
    instead: dict[str, str]
    purses: frozenset[str]

    @cached_property
    def by_word(self) -> dict[str, list[str]]:
        """Return the hidden names by their first word, the longest first."""
        found: dict[str, list[str]] = {}
        for name in sorted([*self.instead, *self.purses], key=lambda one: (-len(one), one)):
            first = WORD.search(name)
            if first:
                found.setdefault(first[0], []).append(name)
        return found

    def without(self, text: str) -> str | None:
        """Return a sentence without hidden names; None where it is about a hidden purse."""
        if text in self.purses:  # the name alone tells nothing
            return text
        parts, done, at = [], 0, 0
        while found := WORD.search(text, at):
            name = self._name_at(text, found)
            if name in self.purses:
                return None
            if name:
                start = found.start() - _lead(name)
                parts += [text[done:start], self.instead[name]]
                done = at = start + len(name)
            else:
                at = found.end()
        return "".join([*parts, text[done:]]) if parts else text

    def _name_at(self, text: str, word: re.Match[str]) -> str | None:
        """Return the longest hidden name that starts at a word and ends where a word ends."""
        for name in self.by_word.get(word[0], ()):
            start = word.start() - _lead(name)
            end = start + len(name)
            inside = end < len(text) and (text[end - 1] + text[end]).replace("_", "a").isalnum()
            if start >= 0 and text.startswith(name, start) and not inside:
                return name
        return None


def _lead(name: str) -> int:
    """Return how many signs stand before the first word of a name."""
    first = WORD.search(name)
    return first.start() if first else 0


def hidden_names(plan: Plan, *, gone: set[str], nameless: set[str], purses: set[str]) -> HiddenNames:
    """Return the names that may not be told, of works and of the own money of parties.

    A name that is also that of something everyone sees (a street, an area, a party, another work) tells nothing and stays.
    `nameless` holds `gone`.
    """
    works, money, lang = plan.context.works, plan.programme.money, plan.settings.city.lang
    kinds = {name: getattr(kind, lang) for name, kind in plan.settings.kinds.items()}
    only = works[works["work"].isin(nameless - gone)]
    kind = only["kind"].map(kinds).astype("str").fillna(only["kind"]).str.capitalize()
    streets = only["work"].map(streets_of(plan.context))
    short = [listed(text.split(", "), most=2, lang=lang) if isinstance(text, str) else "" for text in streets]
    shown = {work: f"{word} {text}".rstrip() for work, word, text in zip(only["work"], kind, short, strict=True)}
    known = _known(plan, nameless)
    secret = works[works["work"].isin(nameless) & works["name"].notna() & ~works["name"].isin(known)]
    other = say("another work", lang)
    instead = {name: shown.get(work, other) for work, name in zip(secret["work"], secret["name"], strict=True)}
    own = set(money.loc[money["fund"].isin(purses), "name"].dropna()) - known
    return HiddenNames(shown, instead, frozenset(own))


def _known(plan: Plan, nameless: set[str]) -> set[str]:
    """Return the names of what everyone sees."""
    context = plan.context
    visible = context.works.loc[~context.works["work"].isin(nameless), "name"]
    every = pd.concat([visible, context.sections["name"], context.areas["name"], context.parties["name"]])
    return set(every.dropna())
