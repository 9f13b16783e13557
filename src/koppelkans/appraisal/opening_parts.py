"""The fair part of each work in each opening, with what comes on top of it. (nl: eerlijk deel van een opening)."""

import numpy as np
import pandas as pd

from koppelkans.appraisal.on_top import on_top_of_openings
from koppelkans.ground.money import equal_parts, whole_parts
from koppelkans.ground.settings.business import SskPart

CELL = ["section", "year"]


def opening_parts(opened: pd.DataFrame, ssk: SskPart) -> pd.DataFrame:
    """Return openings by work with the fair part of each, and of what is on top.

    As `part_eur` and `on_top_eur`, the latter as far as declared.

    An opening costs what the widest work in it needs. Whole euros that add up to it, and to what comes on top of it.

    Parameters
    ----------
    opened
        As `fair_parts` takes them, in the order of section, year and work.
    ssk
        What comes on top of openings.
    """
    whole = opened.groupby(CELL)["alone_eur"].transform("max").astype("int64")
    part = fair_parts(opened)
    cell = opened["section"].astype("str") + "\n" + opened["year"].astype("str")
    top = on_top_of_openings(whole, ssk).declared * (part / whole.where(whole > 0))
    return opened.assign(part_eur=part, on_top_eur=whole_parts(top.fillna(0.0), cell))


def first_level(opened: pd.DataFrame) -> pd.Series:
    """Return the part (0-1) of each work in the set-up of each opening, which all need.

    Equal over the owners, and equal over the works of one owner, as `fair_parts` splits it.

    Parameters
    ----------
    opened
        As `fair_parts` takes them.
    """
    owner = opened["owner"].astype("object").where(opened["owner"].notna(), "")
    cell = opened.assign(owner=owner).groupby(CELL)
    works = opened.assign(owner=owner).groupby([*CELL, "owner"])["work"].transform("size")
    return 1.0 / (cell["owner"].transform("nunique") * works)


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
