"""The ambitions stacked per place: need, what serves it, what nobody serves, and by when. (nl: ambities gestapeld)."""

from dataclasses import dataclass

import numpy as np
import pandas as pd

from koppelkans.opportunities.product import Opportunities
from koppelkans.vision.product import Vision

PLACE = ["of", "place"]
PER = [*PLACE, "ambition"]
HALF = 0.5
FORMULA = r"h_{a,x}(t) = \min\left(1, \frac{\sum_{w: t_w \le t} f_{w,x} m_{w,a}}{\sum_{s \in x} n_{s,a}}\right)"
"""Share of the need for ambition a in place x that is met by year t: share f of work w there, need m met, need n of a section."""


@dataclass(frozen=True)
class StackPlaces:
    """Places with their sections and works.

    Parameters
    ----------
    names
        `of`, `place` and `name`.
    sections
        `of`, `place` and `section`.
    works
        `of`, `place`, `work` and `share` (0-1) of it there.
    """

    names: pd.DataFrame
    sections: pd.DataFrame
    works: pd.DataFrame


@dataclass(frozen=True)
class Helpers:
    """Works that have an effect on an ambition.

    Parameters
    ----------
    met
        `work`, `ambition`, `met` (need met, unknown where it is) and `year`, missing where the work is left undone.
    touches
        `work` and `section`.
    """

    met: pd.DataFrame
    touches: pd.DataFrame


def placed_in(sections: pd.DataFrame, areas: pd.DataFrame, *, homes: pd.DataFrame, shares: pd.DataFrame) -> StackPlaces:
    """Return the city and its areas with their sections and works.

    Parameters
    ----------
    sections, areas
        All sections; `area` and `name`.
    homes
        Section and area.
    shares
        Area, work and share of every work, done or not.
    """
    names = [pd.DataFrame({"of": ["city"], "place": [""], "name": [""]}), areas[["area", "name"]].rename(columns={"area": "place"}).assign(of="area")]  # fmt: skip
    inside = [sections[["section"]].assign(of="city", place=""), homes[["section", "area"]].rename(columns={"area": "place"}).assign(of="area")]  # fmt: skip
    works = (
        shares[["area", "work", "share"]].dropna(subset=["area"]).rename(columns={"area": "place"}).assign(of="area")
    )
    every = pd.DataFrame({"work": shares["work"].drop_duplicates(), "share": 1.0}).assign(of="city", place="")
    return StackPlaces(pd.concat(names, ignore_index=True), pd.concat(inside, ignore_index=True), pd.concat([every, works], ignore_index=True))  # fmt: skip


def make_stack(
    vision: Vision, opportunities: Opportunities, placed: StackPlaces, helpers: Helpers, *, need_from: float
) -> pd.DataFrame:
    """Return per place and ambition the need, what serves it, and what nobody serves.

    A section counts as needy where its need is at least `need_from`: `served` by a work of the programme with an effect
    on the ambition, else `waiting` where such a work is left undone, else served by `nobody`. `met_share` follows
    `FORMULA` in the last year; it is unknown where no need or no effect is known, or where of none of the works that
    help it is known how much. `half_year` is the first year in which half of what is met in the end is met.
    """  # fmt: skip
    grid = placed.names.rename(columns={"name": "place_name"}).merge(
        vision.ambitions[["ambition", "name_nl", "name_en", "level"]], how="cross"
    )
    needs = opportunities.section_needs[["section", "ambition", "need_score"]]
    spots = needs.merge(_reach(helpers), on=["section", "ambition"], how="left").merge(placed.sections, on="section")
    high = spots["need_score"] >= need_from
    spots = spots.assign(
        high=high,
        served=high & spots["reach"].eq("done"),
        waiting=high & spots["reach"].eq("undone"),
        nobody=high & spots["reach"].isna(),
    )
    found = spots.groupby(PER).agg(
        need_score=("need_score", "mean"), need_sum=("need_score", "sum"), sections=("section", "size"),
        high=("high", "sum"), served=("served", "sum"), waiting=("waiting", "sum"), nobody=("nobody", "sum"),
    )  # fmt: skip
    made = grid.merge(found.reset_index(), on=PER, how="left").merge(_met(helpers, placed), on=PER, how="left")
    counts = ["sections", "high", "served", "waiting", "nobody", "works"]
    made[counts] = made[counts].fillna(0).astype("int64")
    effects = set(vision.effects.loc[vision.effects["need_per_unit"] > 0, "ambition"])
    points = made["points"].mask(made["works"] == 0, 0.0).where(made["ambition"].isin(effects))
    made["met_share"] = np.minimum(points / made["need_sum"].where(made["need_sum"] > 0), 1.0)
    made["half_year"] = made["half_year"].astype("Int64")
    return made.drop(columns=["need_sum", "points"])


def _reach(helpers: Helpers) -> pd.DataFrame:
    """Return per section and ambition whether a work that helps is done or left undone."""
    told = helpers.touches[["work", "section"]].merge(helpers.met, on="work")
    done = told["year"].notna().groupby([told["section"], told["ambition"]]).any()
    return done.map({True: "done", False: "undone"}).astype("str").rename("reach").reset_index()


def _met(helpers: Helpers, placed: StackPlaces) -> pd.DataFrame:
    """Return per place and ambition the works of the programme that help, the need they meet, and by when half of it."""
    done = helpers.met[helpers.met["year"].notna()].merge(placed.works, on="work")
    done = done.assign(part=done["met"] * done["share"]).sort_values([*PER, "year"], ignore_index=True)
    grouped = done.groupby(PER)
    sums = grouped.agg(works=("work", "nunique"), points=("part", lambda part: part.sum(min_count=1)))
    so_far = done["part"].fillna(0.0).groupby([done[name] for name in PER]).cumsum()
    whole = grouped["part"].transform("sum")
    reached = done[(so_far >= HALF * whole - 1e-12) & (whole > 0)]
    half = reached.groupby(PER)["year"].min().rename("half_year")
    return sums.join(half).reset_index()
