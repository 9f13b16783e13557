"""The ambitieweb of city, areas, bundles and projects: levels wanted and reached. (nl: ambitieweb)."""

from collections.abc import Sequence

import numpy as np
import pandas as pd

from koppelkans.area.scopes import KINDS, OWN, Scopes
from koppelkans.ground.errors import Fault, SettingError
from koppelkans.ground.settings import FILE_NAME
from koppelkans.ground.words import Phrase
from koppelkans.opportunities.product import Opportunities
from koppelkans.vision.nearest import one_of
from koppelkans.vision.product import Vision
from koppelkans.vision.themes import links
from koppelkans.vision.webs import generic_levels, own_levels

LEVELS = 3
FORMULA = (
    r"L_{x,t} = 3 \cdot \min\left(1, \frac{\sum_{a \in K_{x,t}} \sum_{w} f_{w,x} m_{w,a}}"
    r"{\sum_{a \in K_{x,t}} \sum_{s \in x} n_{s,a}}\right)"
)
"""Level reached for theme t in scope x: share f of work w there, need m that it meets, need n of section s, over the known ambitions K of the theme."""


def make_web(
    vision: Vision,
    opportunities: Opportunities,
    *,
    needs_met: pd.DataFrame,
    scopes: Scopes,
    themes: Sequence[str] = (),
) -> pd.DataFrame:
    """Return need, level wanted and level reached per scope and theme.

    The level reached is three times the share of the need there that its works meet (`FORMULA`), over the ambitions of
    the theme of which both are known; `unknown` counts the others. It is unknown where none is known or nothing is
    needed. An ambition is unknown where no effect or no need is known for it, and where a work with an effect comes but
    for none of these works it is known how much need it meets.

    Parameters
    ----------
    needs_met
        Need met per work and ambition, as the appraisal counts it.
    themes
        Themes to draw, in their order; none: all of the set in force.

    Raises
    ------
    SettingError
        For each of `themes` that is not in the set, with the nearest name.
    """
    slots = _slots(vision.themes, themes)
    grid = scopes.names.rename(columns={"name": "place_name"}).merge(
        slots[["theme", "name_nl", "name_en", "place_in_web"]], how="cross"
    )
    known = _known(vision, opportunities, needs_met=needs_met, scopes=scopes)
    pairs = (
        grid[[*OWN, "theme"]].merge(links(vision.themes), on="theme").merge(known, on=[*OWN, "ambition"], how="left")
    )
    both = pairs["points"].notna() & pairs["need_sum"].notna()
    masked = pairs.assign(
        points=pairs["points"].where(both), need_sum=pairs["need_sum"].where(both), unknown=(~both).astype("int64")
    )
    per = masked.groupby([*OWN, "theme"])
    found = per[["points", "need_sum", "need_total"]].sum(min_count=1).assign(
        need_score=lambda sums: sums["need_total"] / per["sections"].sum().where(lambda count: count > 0),
        counted=per.size(),
        unknown=per["unknown"].sum(),
    ).reset_index()  # fmt: skip
    web = grid.merge(found, on=[*OWN, "theme"], how="left")
    reached = LEVELS * web["points"] / web["need_sum"].where(web["need_sum"] > 0)
    web = web.assign(
        reached_level=np.minimum(reached, LEVELS),
        counted=web["counted"].fillna(0).astype("int64"),
        unknown=web["unknown"].fillna(0).astype("int64"),
    )
    web = _with_wanted(web, vision, scopes.names)
    web["order"] = web["of"].map(KINDS.index)
    return web.sort_values(["order", "place", "place_in_web"], ignore_index=True)


def _known(vision: Vision, opportunities: Opportunities, *, needs_met: pd.DataFrame, scopes: Scopes) -> pd.DataFrame:
    """Return per scope and ambition the need there and how much of it its works meet, unknown where it is."""
    per = [*OWN, "ambition"]
    needs = opportunities.section_needs.merge(scopes.sections, on="section")
    need = needs.groupby(per)["need_score"].agg(sections="count", need_total="sum", need_sum="sum").reset_index()
    met = needs_met.merge(scopes.works, on="work")
    met = met.assign(part=met["met"] * met["share"])
    points = met.groupby(per)["part"].agg(points=lambda part: part.sum(min_count=1), carriers="size").reset_index()
    both = need.merge(points, how="left", on=per)
    helped = both["ambition"].isin(vision.effects["ambition"])
    filled = both["points"].mask(both["carriers"].isna(), 0.0).where(helped).astype("float64")
    return both.assign(points=filled).drop(columns="carriers")


def _with_wanted(web: pd.DataFrame, vision: Vision, names: pd.DataFrame) -> pd.DataFrame:
    """Add the generic level, the level wanted there, and who decided it."""
    generic = generic_levels(vision.themes, vision.ambitions, vision.webs)
    made = web.merge(generic, on="theme", how="left")
    decided = _decided(vision, names)
    made = made.merge(decided, on=[*OWN, "theme"], how="left")
    own = made["own_level"].astype("Int64")
    made["wanted_level"] = own.fillna(made["generic_level"]).astype("Int64")
    made["wanted_basis"] = made["basis"].mask(own.notna() & (made["of"] != "city"), made["decided_of"]).astype("str")
    return made


def _decided(vision: Vision, names: pd.DataFrame) -> pd.DataFrame:
    """Return the level per scope and theme that was decided for it; an area may be named by its code or its name."""
    held = set(zip(vision.webs["of"], vision.webs["place"], strict=True))
    parts = [
        own_levels(vision.webs, of=row.decided_of, places=(row.decided_place, row.name_))
        .rename("own_level")
        .reset_index()
        .assign(of=row.of, place=row.place)
        for row in names.rename(columns={"name": "name_"}).dropna(subset=["decided_place"]).itertuples(index=False)
        if {(row.decided_of, row.decided_place), (row.decided_of, row.name_)} & held
    ]  # fmt: skip
    none = pd.DataFrame({name: pd.Series(dtype="str") for name in (*OWN, "theme")}).assign(
        own_level=pd.Series(dtype="Int64")
    )
    return pd.concat(parts, ignore_index=True) if parts else none


def _slots(known: pd.DataFrame, themes: Sequence[str]) -> pd.DataFrame:
    """Return the themes to draw, in their order."""
    chosen = list(dict.fromkeys(themes)) or known["theme"].tolist()
    lost = [name for name in chosen if name not in set(known["theme"])]
    if lost:
        raise SettingError(
            [
                Fault(FILE_NAME, Phrase("theme `{name}`", name=name), one_of(name, known["theme"]), column="area.themes", fatal=True)
                for name in lost
            ]
        )  # fmt: skip
    slots = known.set_index("theme").loc[chosen].reset_index()
    return slots.assign(place_in_web=range(1, len(slots) + 1))
