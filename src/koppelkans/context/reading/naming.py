"""Names that others rely on: owners as declared, kinds that exist, and one identity per row. (nl: namen)."""

from collections.abc import Mapping, Sequence
from difflib import SequenceMatcher, get_close_matches

import pandas as pd

from koppelkans.context.parties import WORD, alike
from koppelkans.context.reading.reader import Raw
from koppelkans.context.reading.texts import swapped, texts
from koppelkans.context.reading.troubles import MOST_TOLD, Places, Trouble, places
from koppelkans.ground.settings import Party, WorkKind
from koppelkans.ground.words import Phrase

UNKNOWN_OWNER = "unknown"
OTHER_KIND = "other"
NEAREST, LEAST_LETTERS, NEAR, PART = 3, 4, 0.7, 0.8
"""So many kinds are proposed; shorter parts say too little; so much must be alike; and so much is a shared part."""
FIELD_WORDS: Mapping[str, Sequence[str]] = {
    "sewer_gravity": ("riool", "riolering", "vuilwater", "hemelwater", "hwa", "dwa", "gemengd stelsel"),
    "sewer_pressure": ("drukriool", "drukriolering"),
    "manhole": ("put", "inspectieput"),
    "gully": ("straatkolk",),
    "water_main": ("waterleiding", "drinkwater", "water"),
    "gas_low": ("gas", "aardgas", "gasdistributie"),
    "power_low": ("elektra", "elektriciteit", "stroom", "kabel", "laagspanning"),
    "power_medium": ("middenspanning",),
    "telecom": ("glasvezel", "telecom", "internet", "coax"),
    "heat": ("stadsverwarming", "warmte", "warmteleiding"),
    "paving": (
        "asfalt",
        "bestrating",
        "klinkers",
        "wegdek",
        "elementenverharding",
        "trottoir",
        "rijbaan",
        "straatwerk",
    ),
    "lighting": ("lantaarnpaal", "lichtmast", "straatverlichting", "openbare verlichting", "ov"),
    "tree": ("bomen", "boomgroep"),
    "green": ("beplanting", "plantsoen", "gras", "bosplantsoen"),
    "housing": ("woningen", "nieuwbouw"),
}
"""What the field calls kinds that the settings call otherwise: only to propose a kind, never to take it for one."""


def name_owners(values: pd.Series, parties: Sequence[Party], label: str) -> tuple[pd.Series, tuple[Trouble, ...]]:
    """Return owners by the short name of their party, whichever of its spellings stood there.

    An owner that is not declared is kept as it stands and told, with the nearest declared name.
    """
    known = _spellings(parties)
    own = texts(values)
    found = swapped(own, known)
    made = found.fillna(own)
    none = places(own.isna())
    troubles = [
        Trouble(
            none,
            [Phrase("nothing")] * len(none),
            Phrase("an owner; taken as `{owner}`", owner=UNKNOWN_OWNER),
            label,
            kept=True,
        )
    ]
    strange = own.notna() & found.isna() & (own != UNKNOWN_OWNER) if parties else own.notna() & False
    declared = ", ".join(dict.fromkeys(party.party for party in parties))
    different = own[strange].unique()
    for name in different[:MOST_TOLD]:
        near = [one for one in known if alike(str(name), one)][:1]
        near = near or get_close_matches(str(name).casefold(), known, n=1, cutoff=0.4)
        wanted = (
            Phrase("a declared party; nearest: {party}", party=known[near[0]])
            if near
            else Phrase("a declared party: {parties}", parties=declared)
        )
        at = places(own == name)
        troubles.append(Trouble(at, [str(name)] * len(at), wanted, label, kept=True, told="once"))
    rest = places(own.isin(different[MOST_TOLD:]))
    words = [Phrase("more owners: {n}", n=len(different) - MOST_TOLD)] * len(rest)
    wanted = Phrase("a declared party: {parties}", parties=declared)
    troubles.append(Trouble(rest, words, wanted, label, kept=True, told="once"))
    return made.fillna(UNKNOWN_OWNER), tuple(trouble for trouble in troubles if len(trouble.positions))


def known_owners(values: pd.Series, parties: Sequence[Party]) -> pd.Series:
    """Return owners by the short name of their party where its spelling is known.

    Else as they are.
    """
    own = texts(values)
    return swapped(own, _spellings(parties)).fillna(own)


def name_kinds(values: pd.Series, kinds: Mapping[str, WorkKind], label: str) -> tuple[pd.Series, tuple[Trouble, ...]]:
    """Return kinds as they are named in the settings; any other becomes `other` and is told."""
    known = {
        spelling.casefold(): name
        for name, kind in reversed(list(kinds.items()))
        for spelling in (kind.nl, kind.en, name)
    }
    own = texts(values)
    made = swapped(own, known)
    none = places(own.isna())
    strange = places(own.notna() & made.isna())
    wanted = Phrase("a kind of the settings, or `values.kind` at this source; taken as `{kind}`", kind=OTHER_KIND)
    troubles = [Trouble(none, [Phrase("nothing")] * len(none), wanted, label, kept=True)]
    different = own.loc[strange].unique()
    for value in different[:MOST_TOLD]:
        at = places(own == value)
        near = near_kinds(str(value), kinds)
        text = "a kind of the settings, or `values.kind` at this source; nearest: {names}. Taken as `{kind}`"
        told = Phrase(text, names=", ".join(near), kind=OTHER_KIND) if near else wanted
        troubles.append(Trouble(at, [str(value)] * len(at), told, label, kept=True, told="values"))
    rest = strange[~own.loc[strange].isin(different[:MOST_TOLD]).to_numpy()]
    more = [Phrase("more values like these: {n}", n=len(different) - MOST_TOLD)] * len(rest)
    troubles.append(Trouble(rest, more, wanted, label, kept=True, told="once"))
    return made.fillna(OTHER_KIND), tuple(trouble for trouble in troubles if len(trouble.positions))


def near_kinds(found: str, kinds: Mapping[str, WorkKind]) -> list[str]:
    """Return the kinds of the settings whose words are nearest to a word, nearest first."""
    said = {spelling.casefold(): name for name, kind in kinds.items() for spelling in (kind.en, kind.nl, name)}
    said |= {word: name for name, words in FIELD_WORDS.items() if name in kinds for word in words}
    plain = found.casefold().replace("_", " ")
    like = {spelling: _like(plain, spelling) for spelling in said}
    near = sorted((one for one, much in like.items() if much >= NEAR), key=lambda one: -like[one])
    return list(dict.fromkeys(said[one] for one in near))[:NEAREST]


def _like(found: str, spelling: str) -> float:
    """Return how much a word looks like a spelling or one of its words (0-1); a part of a compound counts as much."""
    best = max(
        SequenceMatcher(None, found, part, autojunk=False).ratio() for part in (spelling, *WORD.findall(spelling))
    )
    pairs = [
        (a, b) for a in WORD.findall(found) for b in WORD.findall(spelling) if min(len(a), len(b)) >= LEAST_LETTERS
    ]
    return max(best, *(PART + min(len(a), len(b)) / 100 for a, b in pairs if a in b or b in a), 0.0)


def name_rows(values: pd.Series, raw: Raw, source: str) -> pd.Series:
    """Return the identity of each row, given or made.

    One that is missing is made from source, member and row number.
    """
    own = texts(values)
    at = places(own.isna())
    if not len(at):
        return own.astype("str")
    member = ""
    if raw.layers is not None:
        member = pd.Series(raw.layers[at], index=at).str.rsplit("/").str[-1].str.rsplit(".", n=1).str[0] + "-"
    made = source + "-" + member + pd.Series(raw.rows[at], index=at).astype("str")
    return own.astype("str").fillna(made)


def doubles(identity: pd.Series, gone: Places, label: str) -> Trouble:
    """Return the rows whose identity an earlier good row has already; they are set aside."""
    good = identity[~identity.index.isin(gone)]
    at = places(good.duplicated())
    return Trouble(at, good.loc[at].tolist(), Phrase("each name once: an earlier row has this one"), label)


def _spellings(parties: Sequence[Party]) -> dict[str, str]:
    """Return every spelling of every party, without capitals = its short name; of two parties with one, the first."""
    return {
        spelling.casefold(): party.party
        for party in reversed(parties)
        for spelling in (*party.aliases, party.name, party.party)
        if spelling
    }
