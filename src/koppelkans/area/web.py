"""The ambitieweb of each area: what the city wants there, and how far the works of the programme reach. (nl: ambitieweb)."""

from collections.abc import Sequence

import numpy as np
import pandas as pd

from koppelkans.opportunities.product import Opportunities
from koppelkans.vision.product import Vision

LEVELS = 3
FORMULA = r"L_{a,t} = 3 \cdot \min\left(1, \frac{\sum_{w} f_{w,a} m_{w,t}}{\sum_{s \in a} n_{s,t}}\right)"
"""Level reached for theme t in area a: share f of work w in the area, need m that the work meets, need n of section s."""


def make_web(
    vision: Vision,
    opportunities: Opportunities,
    *,
    needs_met: pd.DataFrame,
    agenda: pd.DataFrame,
    homes: pd.DataFrame,
    themes: Sequence[str],
) -> pd.DataFrame:
    """Return need, level wanted and level reached per area and theme.

    The level reached is three times the share of the need in the area that its works meet (`FORMULA`). It is unknown
    where no effect or no need is known for the theme, where nothing is needed, and where a work with an effect comes
    but for none of these works it is known how much need it meets.

    Parameters
    ----------
    needs_met
        Need met per work and ambition, as the appraisal counts it.
    agenda
        Works per area in the years of the area programme.
    homes
        Area of each section.
    themes
        Themes in their order; none: the ambitions.
    """
    per = ["area", "theme"]
    grid = pd.DataFrame({"area": sorted(homes["area"].unique())}).merge(_names(vision, themes), how="cross")
    needs = opportunities.section_needs.merge(homes, on="section").rename(columns={"ambition": "theme"})
    need = needs.groupby(per)["need_score"].agg(need_score="mean", need_sum="sum").reset_index()
    met = needs_met.rename(columns={"ambition": "theme"}).merge(agenda[["area", "work", "share"]], on="work")
    met = met.assign(part=met["met"] * met["share"])
    points = met.groupby(per)["part"].agg(points=lambda part: part.sum(min_count=1), carriers="size").reset_index()
    web = grid.merge(need, how="left", on=per).merge(points, how="left", on=per)
    knows = web["theme"].isin(vision.effects["ambition"]) & web["need_sum"].notna()
    web["points"] = web["points"].mask(web["carriers"].isna(), 0.0).where(knows).astype("float64")
    reached = LEVELS * web["points"] / web["need_sum"].where(web["need_sum"] > 0)
    return web.assign(reached_level=np.minimum(reached, LEVELS)).sort_values(["area", "order"], ignore_index=True)


def _names(vision: Vision, themes: Sequence[str]) -> pd.DataFrame:
    """Return the themes in their order with name and level; a theme that is no ambition keeps its own name and level 0."""
    known = vision.ambitions.set_index("ambition")
    chosen = list(dict.fromkeys(themes)) or vision.ambitions["ambition"].tolist()
    frame = pd.DataFrame({"theme": chosen, "order": range(len(chosen))}).astype({"theme": "str"})
    return frame.assign(
        name_nl=frame["theme"].map(known["name_nl"]).fillna(frame["theme"]),
        name_en=frame["theme"].map(known["name_en"]).fillna(frame["theme"]),
        wanted_level=frame["theme"].map(known["level"]).fillna(0).astype("int64"),
    )
