"""The verb of this room: project the vision on the streets, and find every chance and every clash. (nl: kansen en knelpunten zien)."""

import logging
from collections.abc import Sequence

import geopandas as gpd
import numpy as np
import pandas as pd

from koppelkans.context.product import Context
from koppelkans.ground.settings import Settings
from koppelkans.ground.tables import empty, shape
from koppelkans.opportunities.ground import ground_of
from koppelkans.opportunities.kind import LISTS, FindKind, KindInputs
from koppelkans.opportunities.kinds import KINDS
from koppelkans.opportunities.lookup import look_up
from koppelkans.opportunities.product import FINDS, INVOLVED, SECTION_NEEDS, Opportunities
from koppelkans.opportunities.project import project
from koppelkans.vision.product import Vision

log = logging.getLogger(__name__)


def spot(context: Context, vision: Vision, *, settings: Settings) -> Opportunities:
    """Return the kansen- en knelpuntenkaart: every chance and clash with its place, years, parties, euros and reason.

    Raises
    ------
    SettingError
        Where a key figure, a budget or hours in the settings cannot be used.
    """
    needs = shape(project(vision.needs, context.sections, near_m=settings.opportunities.near_m), SECTION_NEEDS)
    finds, involved = found_by(KINDS, ground_of(context, vision, needs, settings=settings))
    log.info("opportunities: %d finds, %d section needs", len(finds), len(needs))
    return Opportunities(
        shape(finds, FINDS, crs=settings.city.crs) if len(finds) else empty(FINDS, crs=settings.city.crs),
        shape(involved, INVOLVED) if len(involved) else empty(INVOLVED),
        needs,
        context.trace.noting(notes=tuple(dict.fromkeys((*context.trace.notes, *vision.trace.notes)))),
    )


def found_by(kinds: Sequence[FindKind], ground: KindInputs) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Return all finds of the kinds and who and what each is about, sorted by find."""
    parts = [_named(kind, kind.find(ground)) for kind in kinds]
    full = [part for part in parts if len(part)]
    if not full:
        return pd.DataFrame(), pd.DataFrame()
    finds = pd.concat(full, ignore_index=True).sort_values("find", ignore_index=True)
    return finds, _involved(finds, ground)


def _named(kind: FindKind, found: pd.DataFrame) -> pd.DataFrame:
    """Return the finds of one kind with their identifier, unit and score, and all columns that a find has."""
    strength = found["strength"].astype("float64")
    strongest = strength.max() if len(found) else 0.0
    made = pd.DataFrame(
        {
            "find": kind.name + ":" + found["key"].astype("str"),
            "kind": kind.name,
            "side": kind.side,
            "unit": found.get("unit", kind.unit),
            "score": (strength / strongest).clip(0.0, 1.0) if strongest > 0 else 0.0,
        },
        index=found.index,
    )
    for name in ("section", "area", "why_nl", "why_en"):
        made[name] = (found[name] if name in found else pd.Series(np.nan, index=found.index)).astype("str")
    for name in ("first_year", "last_year", "amount_eur"):
        made[name] = (found[name] if name in found else pd.Series(pd.NA, index=found.index)).astype("Int64")
    made["quantity"] = found["quantity"].astype("Float64").astype("float64")
    for name in LISTS:
        made[name] = found[name] if name in found else pd.Series([[] for _ in range(len(found))], index=found.index)
    geometry = found["geometry"] if "geometry" in found else pd.Series([None] * len(found), index=found.index)
    made["geometry"] = gpd.GeoSeries(geometry.to_numpy(dtype=object), index=found.index)
    return made


def _involved(finds: pd.DataFrame, ground: KindInputs) -> pd.DataFrame:
    """Return who and what each find is about; the parties are the owners of its works and assets."""
    parts = []
    for column, what in LISTS.items():
        part = finds[["find", column]].explode(column).dropna().rename(columns={column: "name"})
        parts.append(part.astype({"name": "str"}).assign(what=what))
    named = pd.concat(parts, ignore_index=True)
    for what, table in (("work", ground.works), ("asset", ground.assets)):
        rows = named[named["what"] == what]
        owners = look_up(rows["name"], table.set_index(what)["owner"])
        parts.append(pd.DataFrame({"find": rows["find"], "name": owners, "what": "party"}))
    together = pd.concat(parts, ignore_index=True).drop_duplicates()
    return together.sort_values(["find", "what", "name"], ignore_index=True)[["find", "what", "name"]]
