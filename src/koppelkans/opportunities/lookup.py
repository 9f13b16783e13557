"""Values found by key, with their type kept where nothing is found. (nl: opzoeken)."""

import pandas as pd


def look_up(keys: pd.Series, values: pd.Series) -> pd.Series:
    """Return the value of each key, on the index of `keys`; unknown where a key has none.

    Unlike `Series.map` the type of the values stays, also where there are no keys at all.
    """
    return values.reindex(keys.to_numpy()).set_axis(keys.index)
