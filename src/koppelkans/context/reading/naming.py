"""Names that others rely on: owners as declared, kinds that exist, and one identity per row. (nl: namen)."""

from collections.abc import Mapping, Sequence
from difflib import get_close_matches

import pandas as pd

from koppelkans.context.reading.reader import Raw
from koppelkans.context.reading.texts import swapped, texts
from koppelkans.context.reading.troubles import MOST_TOLD, Places, Trouble, places
from koppelkans.ground.settings import Party, WorkKind
from koppelkans.ground.words import Phrase

UNKNOWN_OWNER = "unknown"
OTHER_KIND = "other"


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
    strange = own.notna() & found.isna() if parties else own.notna() & False
    declared = ", ".join(dict.fromkeys(party.party for party in parties))
    different = own[strange].unique()
    for name in different[:MOST_TOLD]:
        near = get_close_matches(str(name).casefold(), known, n=1, cutoff=0.4)
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
    troubles = (
        Trouble(none, [Phrase("nothing")] * len(none), wanted, label, kept=True),
        Trouble(strange, own.loc[strange].tolist(), wanted, label, kept=True, told="values"),
    )
    return made.fillna(OTHER_KIND), tuple(trouble for trouble in troubles if len(trouble.positions))


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
