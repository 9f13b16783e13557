"""Owners and planning parties, declared or only found in the data, each under one name. (nl: partijen)."""

from collections.abc import Sequence

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


def _kinds(names: pd.Series) -> pd.Series:
    """Return what organisations are by their names."""
    found = [names.str.contains(pattern, case=False, regex=True).to_numpy(dtype=bool) for pattern, _ in KIND_OF_NAME]
    kinds = [kind for _, kind in KIND_OF_NAME]
    return pd.Series(np.select(found, kinds, "other"), index=names.index)


def _plain(name: str) -> str:
    """Return a name without capitals and outer spaces."""
    return name.strip().casefold()
