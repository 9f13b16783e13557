"""The map of the programme. (nl: kaart van het programma)."""

import geopandas as gpd
import shapely

from koppelkans.ground.horizon import Horizon
from koppelkans.ground.words import number, say
from koppelkans.report.blocks import Block, Heading, Picture, Sentence
from koppelkans.report.names import many
from koppelkans.report.pictures.plan_map import Sheet, draw_map, frame_of
from koppelkans.report.plan import Plan

CAPTION = "Streets in the colour of the year in which they first open. Wide lines: two or more works share one opening."
HIGHEST = 520
"""Height (px) of the map of an area: it stands on the first page, under the figures."""


def where(plan: Plan, lang: str) -> list[Block]:
    """Return the map of the whole city."""
    years = plan.settings.years
    sections = opened_sections(plan, years)
    heading = Heading(say("Map of the programme", lang))
    if sections.empty:
        return [heading, Sentence(say("No street is known.", lang))]
    frame, outside = frame_of(sections)
    sheet = Sheet(sections, plan.context.areas, plan.context.backdrop, years, frame=frame)
    caption = say(CAPTION, lang)
    if outside:
        far = many(
            outside,
            "One piece of street lies outside this map.",
            "{count} pieces of street lie outside this map.",
            lang,
        )
        caption += " " + far
    return [heading, Picture(draw_map(sheet, lang=lang), told(sections, years, lang), caption)]


def opened_sections(plan: Plan, years: Horizon) -> gpd.GeoDataFrame:
    """Return the sections with the first year in which they open, and the most works in one opening."""
    opened = plan.programme.open[plan.programme.open["year"].between(years.first, years.last)]
    first = opened.groupby("section").agg(year=("year", "min"), works=("works", "max"))
    sections = plan.context.sections[["section", "name", "area", "geometry"]].copy()
    sections["year"] = sections["section"].map(first["year"]).astype("Int64")
    sections["works"] = sections["section"].map(first["works"]).astype("Int64")
    return sections


def told(sections: gpd.GeoDataFrame, years: Horizon, lang: str) -> str:
    """Return the map in words."""
    return say(
        "Map: {part} of {whole} pieces of street open in {first} to {last}; in {shared} of them works share one opening.",
        lang,
        part=number(int(sections["year"].notna().sum()), lang),
        whole=number(len(sections), lang),
        first=years.first,
        last=years.last,
        shared=number(int((sections["works"] > 1).sum()), lang),
    )


def area_map(plan: Plan, area: str, *, years: Horizon, lang: str) -> list[Block]:
    """Return the map of one area; without polygons, that of the whole city; nothing where nothing has a place."""
    sections = opened_sections(plan, years)
    areas = plan.context.areas
    found = areas.loc[areas["area"] == area].geometry.to_numpy()
    focus = shapely.union_all(found) if len(found) and not shapely.is_empty(found).all() else None
    inside = sections[sections["area"] == area] if focus is not None else sections
    frame = None if focus is None else focus.bounds
    if len(inside):
        frame, _ = frame_of(inside)
    if frame is None:
        return []
    sheet = Sheet(
        sections, areas, plan.context.backdrop, years, focus=focus, frame=frame, names="streets", highest=HIGHEST
    )
    return [Picture(draw_map(sheet, lang=lang), told(inside, years, lang), say(CAPTION, lang))]
