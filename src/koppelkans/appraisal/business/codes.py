"""Text columns as codes: a city has a million streams that use a few words. (nl: woorden als codes)."""

from collections.abc import Sequence

import numpy as np
import pandas as pd
from pandas.api.types import union_categoricals


def constant(word: str, many: int) -> pd.Categorical:
    """Return one word, so many times."""
    return pd.Categorical.from_codes(np.zeros(many, dtype="int8"), categories=pd.Index([word], dtype="str"))


def coded(words: pd.Series | np.ndarray | pd.Categorical) -> pd.Categorical:
    """Return words as a categorical in alphabetical order; a categorical stays as it is."""
    if isinstance(words, pd.Categorical):
        return words
    if isinstance(words.dtype, pd.CategoricalDtype):
        return pd.Categorical(words)
    found, names = pd.factorize(pd.Series(words).astype("str"), sort=True)
    return pd.Categorical.from_codes(found, categories=pd.Index(names, dtype="str"))


def picked(names: Sequence[str] | pd.Series, at: np.ndarray) -> pd.Categorical:
    """Return the names at the given places, as codes."""
    known = coded(pd.Series(names))
    return pd.Categorical.from_codes(known.codes[at], dtype=known.dtype)


def stack(parts: Sequence[pd.DataFrame], columns: Sequence[str]) -> pd.DataFrame:
    """Return tables under each other, numbered from 0, with categoricals kept.

    The words of all tables in alphabetical order. `pandas.concat` would write every word out again where two tables
    do not know the same words.
    """
    some = [part for part in parts if len(part)]
    if not some:
        return pd.DataFrame({name: pd.Series(dtype="object") for name in columns})
    made = {}
    for name in columns:
        pieces = [part[name] for part in some]
        if all(isinstance(piece.dtype, pd.CategoricalDtype) for piece in pieces):
            made[name] = union_categoricals(pieces, sort_categories=True)
        else:
            made[name] = pd.concat([piece.astype("str") if isinstance(piece.dtype, pd.CategoricalDtype) else piece for piece in pieces], ignore_index=True)  # fmt: skip
    return pd.DataFrame(made)
