"""How much need each work meets, per ambition. (nl: vervulde behoefte)."""

import numpy as np
import pandas as pd

from koppelkans.vision.product import Vision

FORMULA = (
    r"m_{wa} = \sum_{s \in S_w} n_{as}\,\min\!\left(1,\; e_{k(w)a}\, q_w\, \tfrac{\ell_{ws}}{\ell_w}\right),\quad "
    r"p_w = \sum_a g_a\, \lambda_a\, m_{wa}"
)
"""Need n of a section, effect e per unit of the kind, quantity q, length l; g and lambda are weight and level of the ambition."""


def section_shares(touches: pd.DataFrame) -> pd.DataFrame:
    """Return the touches with `share`: the part of a work in each section, by length.

    Even where a length is unknown.
    """
    by_work = touches.groupby("work")["length_m"]
    total, parts = by_work.transform("sum"), by_work.transform("size")
    known = by_work.transform("count").eq(parts) & total.gt(0)
    return touches.assign(share=np.where(known, touches["length_m"] / total.where(total > 0, 1.0), 1.0 / parts))


def needs_met(
    works: pd.DataFrame, touches: pd.DataFrame, section_needs: pd.DataFrame, *, vision: Vision
) -> pd.DataFrame:
    """Return `met` and `points` per work and ambition on which its kind has an effect, sorted.

    The effect of a work is spread over its sections by length and counts for at most 1 per section and ambition: a
    street cannot be greened more than fully. Unknown where the need is known in none of its sections, or its quantity
    is not known.
    """
    effects = vision.effects.merge(vision.ambitions[["ambition", "level", "weight"]], on="ambition")
    claims = works[["work", "kind", "quantity"]].merge(effects, on="kind")
    parts = (
        claims[["work", "ambition", "need_per_unit", "quantity"]]
        .merge(section_shares(touches)[["work", "section", "share"]], on="work", how="left")
        .merge(section_needs[["section", "ambition", "need_score"]], on=["section", "ambition"], how="left")
    )
    effect = (parts["need_per_unit"] * parts["quantity"] * parts["share"]).clip(upper=1.0)
    met = (
        parts.assign(met=effect * parts["need_score"])
        .groupby(["work", "ambition"], as_index=False)["met"]
        .sum(min_count=1)
    )
    made = claims[["work", "ambition", "level", "weight"]].merge(met, on=["work", "ambition"])
    made["points"] = made["met"] * made["weight"] * made["level"]
    return made[["work", "ambition", "met", "points"]].sort_values(["work", "ambition"], ignore_index=True)


def need_points(works: pd.DataFrame, met: pd.DataFrame) -> pd.Series:
    """Return the points per work for the needs that it meets.

    On the index of `works`: 0 where its kind serves no ambition, unknown where no need is known.
    """
    total = met.groupby("work")["points"].sum(min_count=1)
    found = works["work"].map(total).astype("float64")
    return found.where(works["work"].isin(met["work"]), 0.0)
