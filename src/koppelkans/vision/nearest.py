"""The known names, with the nearest, in place of a name that does not exist. (nl: dichtstbijzijnde naam)."""

from collections.abc import Iterable
from difflib import get_close_matches

from koppelkans.ground.words import Phrase

MOST = 12
"""So many names are listed; of more only the nearest is told."""


def one_of(found: str, known: Iterable[str]) -> Phrase:
    """Return the names that exist in words, with the one that looks most like what was found."""
    names = list(dict.fromkeys(known))
    lower = {name.casefold(): name for name in names}
    near = get_close_matches(found.casefold(), list(lower), n=1, cutoff=0.0)
    if not near:
        return Phrase("a name that exists; there is none")
    nearest = lower[near[0]]
    if len(names) > MOST:
        return Phrase("the nearest name is `{name}`", name=nearest)
    return Phrase("the nearest name is `{name}`; there are: {names}", name=nearest, names=", ".join(names))
