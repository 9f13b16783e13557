"""The layer from which a table without a place takes it, by the names that both have. (nl: koppelen)."""

from collections.abc import Collection, Sequence

import pandas as pd

from koppelkans.context.reading.reader import Raw
from koppelkans.context.reading.texts import texts
from koppelkans.ground.settings.city import Join

LEAST_SHARED = 0.5
"""Share of the different names in a table that must stand in the other layer."""
MOST_NAMES = 50_000


def joins(raw: Raw, others: Sequence[tuple[str, Raw]], *, street: str, never: Collection[str] = ()) -> Join | None:
    """Return the column by which a table is joined to another layer; None where there is none.

    Parameters
    ----------
    others
        Name and rows of each layer that has a place.
    street
        Column of the table that names a street: of equals it goes before others; empty where there is none.
    never
        Columns of the table that hold kinds and owners, not names of places.
    """
    lent = [(name, str(there), _names(other.columns[there])) for name, other in others for there in other.columns]
    best: tuple[float, bool, Join] | None = None
    for here in (str(name) for name in raw.columns.columns if name not in never):
        own = _names(raw.columns[here])
        for name, there, names in lent if own else ():
            shared = len(own & names) / len(own)
            found = (shared, here == street, Join(source=name, here=here, there=there))
            if shared >= LEAST_SHARED and (best is None or found[:2] > best[:2]):
                best = found
    return None if best is None else best[2]


def _names(values: pd.Series) -> set[str]:
    """Return the different names in a column that holds names: with a letter, or long numbers."""
    if pd.api.types.is_bool_dtype(values.dtype) or pd.api.types.is_float_dtype(values.dtype):
        return set()
    own = texts(values).dropna()
    named = own[own.str.contains(r"[^\W\d_]|\d{5}", regex=True)]
    return set(named.unique()[:MOST_NAMES]) if len(named) * 2 > len(own) else set()
