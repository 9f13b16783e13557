"""The place of a find that takes several shapes: put together, not merged. (nl: omtrek)."""

import numpy as np
import pandas as pd
import shapely

from koppelkans.ground.overlay import LINES, Shapes


def together(shapes: Shapes, keys: pd.Series) -> pd.Series:
    """Return one shape per key: lines as one multi line, anything else as a collection.

    The series has the keys as its index, in order; keys without any shape are left out.
    """
    filled = ~(shapely.is_missing(shapes) | shapely.is_empty(shapes))
    code, names = pd.factorize(keys[filled].to_numpy(), sort=True)
    if not len(names):
        return pd.Series([], index=pd.Index([], dtype="str"), dtype="object")
    parts, owner = shapely.get_parts(shapes[filled], return_index=True)
    order = np.argsort(code[owner], kind="stable")
    parts, place = parts[order], code[owner][order]
    lines = np.isin(shapely.get_type_id(parts), LINES).all()
    made = (shapely.multilinestrings if lines else shapely.geometrycollections)(parts, indices=place)
    return pd.Series(made, index=pd.Index(names, dtype="str"), dtype="object")
