"""Owners and planning parties, declared or only found in the data, each under one name. (nl: partijen)."""

import re
import unicodedata
from collections.abc import Sequence
from difflib import SequenceMatcher

import numpy as np
import pandas as pd

from koppelkans.ground.settings import Party

UNKNOWN_OWNER = "onbekend"
"""Name of the owner of what has no owner in the data."""
KIND_OF_NAME = (
    (r"^(?:gemeente\b|GM?\d{4}$)", "gemeente"),
    (r"^(?:provincie\b|P\d{4}$)", "provincie"),
    (r"^(?:waterschap|hoogheemraadschap|wetterskip|W\d{4}$)", "waterschap"),
    (r"^(?:rijkswaterstaat|ministerie|prorail|L\d{4}$)", "rijk"),
)
"""What an organisation is by its name, or by its code as bronhouder (BGT) or in the CBS list of municipalities."""

UNDECLARED = ("section", "window")
"""What is shown of a party that is met in the data but not declared: it never said that more may be shared."""
LIKE = 0.86
"""How much two names must look alike to be told as perhaps one party (assumed)."""
WORD = re.compile(r"[^\W_]+")
EMPTY_WORDS = frozenset({"nv", "bv", "n", "v", "b", "de", "het", "van", "der", "den", "en", "the", "of"})
"""Words that tell no party from another."""


def under_one_name(owners: pd.Series, parties: Sequence[Party]) -> pd.Series:
    """Return owners by the short name of their party.

    As declared, under any alias, whatever the capitals.
    """
    known = {_plain(alias): party.party for party in parties for alias in (party.party, party.name, *party.aliases)}
    known |= {_plain(party.party): party.party for party in parties}
    known.pop("", None)
    met = pd.Series(owners.dropna().unique())
    names = {name: known.get(_plain(name), name.strip()) for name in met}
    return owners.map(names).astype("str").fillna(UNKNOWN_OWNER)


def parties_of(owners: pd.Series, parties: Sequence[Party]) -> pd.DataFrame:
    """Return the parties that are declared or found among the owners, by name."""
    declared = pd.DataFrame(
        [(p.party, p.name or p.party, p.kind, p.contact or None, True) for p in parties],
        columns=["party", "name", "kind", "contact", "declared"],
    )
    met = pd.Series(np.setdiff1d(owners.unique().astype(str), declared["party"].to_numpy(dtype=str)), dtype="str")
    others = pd.DataFrame({"party": met, "name": met, "kind": _kinds(met), "contact": None, "declared": False})
    parts = [part for part in (declared, others) if len(part)] or [declared]
    return pd.concat([part.astype({"contact": "str", "declared": "bool"}) for part in parts]).sort_values(
        "party", ignore_index=True
    )


def spellings(party: Party) -> Sequence[str]:
    """Return every name of a party."""
    return [name for name in dict.fromkeys((party.party, party.name, *party.aliases)) if name]


def alike(one: str, other: str) -> bool:
    """Tell whether two names may mean one party.

    The same letters, one with some words more, one with words cut short (L. Venen, Lage Venen), or a slip of the pen.
    """
    left, right = words_of(one), words_of(other)
    if not left or not right:
        return False
    if "".join(left) == "".join(right) or set(left) < set(right) or set(right) < set(left):
        return True
    if len(left) == len(right) and all(_short_of(a, b) for a, b in zip(left, right, strict=True)):
        return left[-1] == right[-1] or any(a == b and len(a) > 1 for a, b in zip(left, right, strict=True))
    whole = " ".join(left), " ".join(right)
    digits = re.findall(r"\d+", whole[0]) == re.findall(r"\d+", whole[1])
    return digits and min(map(len, whole)) > 4 and SequenceMatcher(None, *whole, autojunk=False).ratio() >= LIKE  # noqa: PLR2004 -- short codes are all alike


def words_of(name: str) -> list[str]:
    """Return the words of a name that tell it from others.

    Without capitals, accents and dots between initials.
    """
    plain = "".join(one for one in unicodedata.normalize("NFKD", name.casefold()) if not unicodedata.combining(one))
    found = WORD.findall(re.sub(r"(?<=\b[a-z])\.(?=[a-z]\b)", "", plain))
    return [word for word in found if word not in EMPTY_WORDS] or found


def _short_of(one: str, other: str) -> bool:
    """Tell whether two words are the same, or the one is the other cut short."""
    return one.startswith(other) or other.startswith(one)


def _kinds(names: pd.Series) -> pd.Series:
    """Return what organisations are by their names."""
    found = [names.str.contains(pattern, case=False, regex=True).to_numpy(dtype=bool) for pattern, _ in KIND_OF_NAME]
    kinds = [kind for _, kind in KIND_OF_NAME]
    return pd.Series(np.select(found, kinds, "other"), index=names.index)


def _plain(name: str) -> str:
    """Return a name without capitals and outer spaces."""
    return name.strip().casefold()
