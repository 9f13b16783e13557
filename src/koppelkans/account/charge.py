"""Who pays what: the fair part of each opening, and what is charged to purses. (nl: betalen)."""

import numpy as np
import pandas as pd

from koppelkans.ground.money import equal_parts, whole_parts


def fair_parts(shares: pd.DataFrame) -> pd.Series:
    """Return the fair part (whole euros) of each work in each opening.

    An opening has levels: the narrowest width with the set-up, then each step to a wider one. Each level is split equally over
    the owners with a work there that needs it (the Shapley value), and the part of an owner equally over its works that
    need it, in whole euros that add up to the opening.

    Parameters
    ----------
    shares
        A row per `work`, `section`, `year` and `owner` (unknown: one owner without a name), with `alone_eur`: what the
        work would pay to open the section alone, which tells how wide it needs it.
    """
    cell = ["section", "year"]
    rows = shares[[*cell, "work", "alone_eur"]].assign(
        owner=shares["owner"].astype("object").where(shares["owner"].notna(), "")
    )
    steps = rows[[*cell, "alone_eur"]].drop_duplicates().sort_values([*cell, "alone_eur"], ignore_index=True)
    steps["eur"] = steps["alone_eur"] - steps.groupby(cell)["alone_eur"].shift(fill_value=0)
    steps["nth"] = steps.groupby(cell).cumcount()
    needs = rows.merge(steps.rename(columns={"alone_eur": "wide"}), on=cell)
    needs = needs[needs["wide"] <= needs["alone_eur"]]
    key = [*cell, "nth", "owner"]
    players = needs.drop_duplicates(key).sort_values(key, ignore_index=True)
    level = players[[*cell, "nth"]].astype("str").agg("\n".join, axis=1) if len(players) else players["owner"]
    players["part"] = equal_parts(players["eur"], level)
    needs = needs.merge(players[[*key, "part"]], on=key, how="left").sort_values([*key, "work"], ignore_index=True)
    by_owner = needs.groupby(key, sort=False).ngroup()
    size = needs.groupby(by_owner)["part"].transform("size")
    needs["part"] = whole_parts(needs["part"] / size, by_owner.astype("str"))
    made = needs.groupby([*cell, "work"])["part"].sum()
    found = made.reindex(pd.MultiIndex.from_frame(shares[[*cell, "work"]]))
    return pd.Series(found.to_numpy(dtype=np.int64), index=shares.index)


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
