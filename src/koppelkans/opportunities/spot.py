"""Find chances and clashes: project the vision on the streets and ask every kind. (nl: kansen en knelpunten zien)."""

import logging
from collections.abc import Sequence

import geopandas as gpd
import numpy as np
import pandas as pd
import shapely

from koppelkans.context.product import Context
from koppelkans.context.streets.own_streets import sections_of_wishes
from koppelkans.ground.overlay import POLYGONS, overlaps, size, sound
from koppelkans.ground.settings import Settings
from koppelkans.ground.settings.figures import at_price_year
from koppelkans.ground.tables import empty, shape
from koppelkans.opportunities.kind import LISTS, FindKind, KindInputs
from koppelkans.opportunities.kinds import KINDS
from koppelkans.opportunities.lookup import look_up
from koppelkans.opportunities.pairs import openers
from koppelkans.opportunities.product import FINDS, INVOLVED, PROPOSALS, SECTION_NEEDS, Opportunities
from koppelkans.opportunities.propose import propose
from koppelkans.opportunities.telling import names_of
from koppelkans.rules.key_figures import INDEX
from koppelkans.rules.openings import openers_alone, opening_costs
from koppelkans.rules.people import who_works, yearly_hours
from koppelkans.rules.purses import who_pays, yearly_budgets
from koppelkans.vision.product import Vision

log = logging.getLogger(__name__)


def spot(context: Context, vision: Vision, *, settings: Settings) -> Opportunities:
    """Return the kansen- en knelpuntenkaart: chances and clashes with place, years and reason.

    Also with its parties and euros.

    Raises
    ------
    SettingError
        Where a key figure, a budget or hours in the settings cannot be used.
    """
    needs = shape(project(vision.needs, context.sections, near_m=settings.opportunities.near_m), SECTION_NEEDS)
    ground = ground_of(context, vision, needs, settings=settings)
    finds, involved = found_by(KINDS, ground)
    proposals = propose(ground, settings=settings)
    log.info("opportunities: %d finds, %d section needs, %d proposals", len(finds), len(needs), len(proposals))
    return Opportunities(
        shape(finds, FINDS, crs=settings.city.crs) if len(finds) else empty(FINDS, crs=settings.city.crs),
        shape(involved, INVOLVED) if len(involved) else empty(INVOLVED),
        needs,
        shape(proposals, PROPOSALS, crs=settings.city.crs)
        if len(proposals)
        else empty(PROPOSALS, crs=settings.city.crs),
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


def project(needs: gpd.GeoDataFrame, sections: gpd.GeoDataFrame, *, near_m: float) -> pd.DataFrame:
    """Return the need per section and ambition, weighed by overlap.

    Per origin the mean weighed by overlap, then the mean over the origins. The overlap is m of a line section and m2
    of a polygon section, so a place that is cut in two counts the same. A place that is a line or a point reaches
    `near_m` around it. `known_share` is the share of the section that the places of one origin cover, of the origin
    that covers most. A section without any place has no row: unknown, not zero.

    Formula: need_s = mean over origins o of (sum_p |s ∩ p| need_p / sum_p |s ∩ p|).

    Parameters
    ----------
    needs
        ambition, origin, need_score and geometry, as `Vision.needs`.
    sections
        section and geometry.
    """
    columns = ["section", "ambition", "need_score", "known_share"]
    if needs.empty or sections.empty:
        return pd.DataFrame(
            {name: pd.Series([], dtype="str" if name in columns[:2] else "float64") for name in columns}
        )
    shapes = sound(sections.geometry.to_numpy())
    code, places = pd.factorize(shapely.to_wkb(needs.geometry.to_numpy()))
    found = overlaps(shapes, _reaching(shapely.from_wkb(np.asarray(places)), near_m))
    pair = pd.DataFrame({"at": found.one, "place": found.other, "weight": found.measure})
    rows = needs[["ambition", "origin", "need_score"]].assign(place=code)
    joined = pair.merge(rows, on="place")
    joined["points"] = joined["weight"] * joined["need_score"]
    per_origin = joined.groupby(["at", "ambition", "origin"], as_index=False)[["weight", "points"]].sum()
    per_origin["need_score"] = (per_origin["points"] / per_origin["weight"]).clip(0.0, 1.0)
    per_origin["known_share"] = (per_origin["weight"] / size(shapes)[per_origin["at"].to_numpy()]).clip(upper=1.0)
    made = per_origin.groupby(["at", "ambition"], as_index=False).agg(
        need_score=("need_score", "mean"), known_share=("known_share", "max")
    )
    made["section"] = sections["section"].to_numpy()[made["at"].to_numpy()]
    return made.sort_values(["section", "ambition"], ignore_index=True)[columns]


def _reaching(places: np.ndarray, near_m: float) -> np.ndarray:
    """Return the places as areas: those that are a line or a point with the reach around them."""
    flat = sound(places)
    areas = np.isin(shapely.get_type_id(flat), POLYGONS)
    flat[~areas] = shapely.buffer(flat[~areas], near_m)
    return flat


def ground_of(context: Context, vision: Vision, section_needs: pd.DataFrame, *, settings: Settings) -> KindInputs:
    """Return everything that a kind may look at."""
    works, funds, crews = context.works, settings.funds, settings.crews
    payments, efforts = who_pays(works, funds), who_works(works, crews, settings.kinds)
    openings = opening_costs(context.sections, appraisal=settings.appraisal, price_year=settings.city.price_year)
    alone = openers_alone(
        context.touches, works=works, openings=openings, kinds=settings.kinds, figures=settings.appraisal.figures
    )
    return KindInputs(
        works=works,
        touches=context.touches,
        sections=context.sections,
        assets=context.assets,
        work_assets=context.work_assets,
        areas=context.areas,
        wishes=context.wishes,
        wish_sections=sections_of_wishes(context.wishes, context.sections),
        openers=openers(works, context.touches).merge(alone[["work", "section", "alone_eur"]], on=["work", "section"]),
        section_needs=section_needs,
        ambitions=vision.ambitions,
        effects=vision.effects,
        openings=openings,
        prices=_prices(settings),
        payments=payments,
        budgets=yearly_budgets(payments, works, funds, settings.years, vat=settings.appraisal.business.ssk.vat.value),
        efforts=efforts,
        hours=yearly_hours(efforts, crews, settings.years),
        years=settings.years,
        part=settings.opportunities,
        names=names_of(works, context.parties, vision.ambitions, settings.kinds),
    )


def _prices(settings: Settings) -> pd.DataFrame:
    """Return per kind its unit, what it does to the street, and the price of one unit at the price level of the city."""
    index, year = settings.appraisal.figures.get(INDEX), settings.city.price_year
    rows = [
        (
            name,
            kind.unit,
            kind.digs,
            kind.resurfaces,
            at_price_year(kind.price, price_year=year, index=index) if kind.price else float("nan"),
        )
        for name, kind in sorted(settings.kinds.items())
    ]
    types = {"kind": "str", "unit": "str", "digs": "bool", "resurfaces": "bool", "price_eur": "float64"}
    return pd.DataFrame(rows, columns=list(types)).astype(types)
