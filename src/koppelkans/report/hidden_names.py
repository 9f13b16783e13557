"""Names that a viewer may not read, and words in their place. (nl: verborgen namen)."""

import re
from dataclasses import dataclass
from functools import cached_property

import pandas as pd

from koppelkans.ground.words import LANGUAGES, say
from koppelkans.report.names import OWN_MONEY, party_names, streets_of
from koppelkans.report.neutral import SENTENCE
from koppelkans.report.plan import Plan
from koppelkans.rules.purses import OWN

WORD = re.compile(r"\w+")
SPOT = "\N{OBJECT REPLACEMENT CHARACTER}"
"""What stands where the name of a hidden purse was, while its sentence is found."""
UNTOLD = "What it hangs on is not shared here."
"""What stands where a reason was of which every sentence is about what is hidden."""


@dataclass(frozen=True)
class HiddenNames:
    """Words in place of each hidden name, per work and in sentences, in one language.

    Parameters
    ----------
    shown
        Work = its kind and its streets, for works of which only the name is hidden.
    instead
        Name = what a sentence says instead.
    purses
        Names of purses that pay what is hidden: the sentences about them are not told.
    purse, untold
        What stands for such a name alone, and for a text of which no sentence is left.
    """

    shown: dict[str, str]
    instead: dict[str, str]
    purses: frozenset[str]
    purse: str = ""
    untold: str = ""

    @cached_property
    def by_word(self) -> dict[str, list[str]]:
        """Return the hidden names by their first word in small letters, the longest first."""
        found: dict[str, list[str]] = {}
        for name in sorted([*self.instead, *self.purses], key=lambda one: (-len(one), one)):
            first = WORD.search(name)
            if first:
                found.setdefault(first[0].lower(), []).append(name)
        return found

    def without(self, text: str) -> str | None:
        """Return a text without hidden names and sentences on hidden purses; None for nothing left."""
        if text in self.purses:
            return self.purse
        parts, done, at = [], 0, 0
        while found := WORD.search(text, at):
            name = self._name_at(text, found)
            if name:
                start = found.start() - _lead(name)
                parts += [text[done:start], SPOT if name in self.purses else self.instead[name]]
                done = at = start + len(name)
            else:
                at = found.end()
        told = "".join([*parts, text[done:]])
        if SPOT not in told:
            return told
        return " ".join(part for part in SENTENCE.split(told) if SPOT not in part) or None

    def _name_at(self, text: str, word: re.Match[str]) -> str | None:
        """Return the longest hidden name that starts at a word; its first letter may be a capital."""
        for name in self.by_word.get(word[0].lower(), ()):
            start = word.start() - _lead(name)
            end = start + len(name)
            inside = end < len(text) and (text[end - 1] + text[end]).replace("_", "a").isalnum()
            if start >= 0 and not inside and text[start:end] in (name, name[:1].upper() + name[1:]):
                return name
        return None


def _lead(name: str) -> int:
    """Return how many signs stand before the first word of a name."""
    first = WORD.search(name)
    return first.start() if first else 0


def hidden_names(
    plan: Plan, *, gone: set[str], nameless: set[str], purses: set[str], lang: str | None = None
) -> dict[str, HiddenNames]:
    """Return per language the names of works and purses that may not be told.

    A name that is also that of something everyone sees (a street, an area, a party, another work) tells nothing and stays.
    `nameless` holds `gone`. What bears no language is in `lang`, under an empty key.
    """
    known, parties = _known(plan, nameless), party_names(plan)
    money, kept = plan.programme.money, plan.financing.purses
    rows = pd.concat([money[["fund", "name"]], kept[["fund", "name"]]])
    named = set(rows.loc[rows["fund"].isin(purses), "name"].dropna())
    named |= {fund.name for fund in plan.settings.funds if fund.fund in purses and fund.name}
    named |= {purse for purse in purses if purse.startswith(OWN)}
    named |= {
        say(OWN_MONEY, tongue, party=parties.get(purse.removeprefix(OWN), purse.removeprefix(OWN)))
        for purse in purses
        if purse.startswith(OWN)
        for tongue in LANGUAGES
    }
    made = {tongue: _names_in(plan, tongue, gone, nameless, frozenset(named - known)) for tongue in LANGUAGES}
    return made | {"": made[lang or plan.settings.city.lang]}


def _names_in(plan: Plan, lang: str, gone: set[str], nameless: set[str], purses: frozenset[str]) -> HiddenNames:
    """Return the names that may not be told, with what stands in their place in one language."""
    works = plan.context.works
    kinds = {name: getattr(kind, lang) for name, kind in plan.settings.kinds.items()}
    only = works[works["work"].isin(nameless - gone)]
    kind = only["kind"].map(kinds).astype("str").fillna(only["kind"]).str.capitalize()
    streets = only["work"].map(streets_of(plan.context))
    short = [_in_short(text.split(", "), lang) if isinstance(text, str) else "" for text in streets]
    shown = {work: f"{word} {text}".rstrip() for work, word, text in zip(only["work"], kind, short, strict=True)}
    secret = works[works["work"].isin(nameless) & works["name"].notna() & ~works["name"].isin(_known(plan, nameless))]
    other = say("another work", lang)
    instead = {name: shown.get(work, other) for work, name in zip(secret["work"], secret["name"], strict=True)}
    return HiddenNames(shown, instead, purses, say("another purse", lang), say(UNTOLD, lang))


def _in_short(streets: list[str], lang: str) -> str:
    """Return streets as part of a name, without a comma: a name stands in lists of names."""
    pair = 2
    if len(streets) == pair:
        return f" {say('and', lang)} ".join(streets)
    return streets[0] if len(streets) == 1 else say("{street} and around", lang, street=streets[0])


def _known(plan: Plan, nameless: set[str]) -> set[str]:
    """Return the names of what everyone sees."""
    context = plan.context
    visible = context.works.loc[~context.works["work"].isin(nameless), "name"]
    every = pd.concat([visible, context.sections["name"], context.areas["name"], context.parties["name"]])
    return set(every.dropna())
