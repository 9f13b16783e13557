"""What a party lets others see of its works: a window, not a plan. (nl: delen)."""

from collections.abc import Sequence

import pandas as pd

from koppelkans.context.parties import UNDECLARED
from koppelkans.ground.settings import Party

FIELDS = {
    "section": ["section"],
    "window": ["first_year", "last_year"],
    "kind": ["kind"],
    "certainty": ["certainty"],
    "cost": ["cost_eur"],
    "name": ["name"],
}
"""Field that a party can share = columns that it opens."""
COLUMNS = [column for columns in FIELDS.values() for column in columns]


def shared_by(works: pd.DataFrame, touches: pd.DataFrame, *, parties: Sequence[Party]) -> pd.DataFrame:
    """Return what each party shares of its works, one row per work and section.

    Every field that a party does not share is unknown. Rows of a party that look the same are shown once, and numbers
    follow the visible fields alone, so that neither number nor order tells what is hidden. A party that shares no
    field at all does not appear.

    Parameters
    ----------
    works
        work, owner, kind, certainty, earliest_year, latest_year, cost_eur, name.
    touches
        work, section.
    parties
        The declared parties with what they share.
    """
    rows = works.merge(touches[["work", "section"]], on="work", how="left")
    rows = rows.rename(columns={"owner": "party", "earliest_year": "first_year", "latest_year": "last_year"})
    rows = rows[["party", *COLUMNS]].convert_dtypes()
    told = {party.party: tuple(party.shares) for party in parties}
    opened = rows["party"].map(lambda party: told.get(party, UNDECLARED))
    for field, columns in FIELDS.items():
        rows.loc[~opened.map(lambda shares, field=field: field in shares).astype(bool), columns] = pd.NA
    seen = rows[opened.map(len).astype(bool)].drop_duplicates()
    ordered = seen.sort_values(["party", *COLUMNS], ignore_index=True, na_position="last")
    turn = ordered.groupby("party").cumcount() + 1
    return ordered.assign(share=ordered["party"].astype("str") + "-" + turn.astype("str").str.zfill(5))
