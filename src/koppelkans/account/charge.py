"""Who pays what: the fair part of each opening, and what is charged to purses. (nl: betalen)."""

import numpy as np
import pandas as pd

from koppelkans.ground.money import whole_parts


def fair_parts(shares: pd.DataFrame, amount: str) -> pd.Series:
    """Return the fair part (whole euros) of each work in each opening.

    An opening is split equally over its owners (the Shapley value where each needs the whole of it), and the part of an
    owner equally over its works there. Euros that are left over go to the owners in turn, so that none is always the one
    who pays them.

    Parameters
    ----------
    shares
        A row per `work`, `section`, `year` and `owner` (unknown: one owner without a name), sorted by section, year and work.
    amount
        Column with the whole euros of the opening.
    """
    owner = shares["owner"].astype("object").where(shares["owner"].notna(), "")
    rows = shares[["section", "year"]].assign(owner=owner, eur=shares[amount])
    players = rows.drop_duplicates(["section", "year", "owner"]).sort_values(["section", "year", "owner"])
    cell = players.groupby(["section", "year"])
    many, place, turn = cell["owner"].transform("size"), cell.cumcount(), cell.ngroup()
    left = players["eur"] % many
    players = players.assign(part=players["eur"] // many + ((place - turn) % many < left).astype("int64"))
    found = rows.merge(players[["section", "year", "owner", "part"]], on=["section", "year", "owner"], how="left")
    by_owner = found.groupby(["section", "year", "owner"], sort=False).ngroup()
    size = found.groupby(by_owner)["part"].transform("size")
    made = whole_parts(found["part"] / size, by_owner.astype("str"))
    return pd.Series(made.to_numpy(dtype=np.int64), index=shares.index)


def charge(payments: pd.DataFrame) -> pd.DataFrame:
    """Return what each purse pays: work, section, fund, year and amount_eur.

    The programme charges works only: no purse was asked for an opening yet, so their euros stay uncovered. Once it charges
    openings too, their rows come from it here, with the section that is opened.

    Parameters
    ----------
    payments
        `work`, `fund`, `amount_eur` and `year` (unknown: left undone) of the programme.
    """
    paid = payments[payments["year"].notna() & payments["amount_eur"].notna()]
    made = paid[["work", "fund", "year", "amount_eur"]].astype({"year": "int64", "amount_eur": "int64"})
    made = made[made["amount_eur"] != 0].sort_values(["work", "fund"], ignore_index=True)
    return made.assign(section=pd.Series(None, index=made.index, dtype="str"))
