"""The layers of the GeoPackage: places with the figures of every room beside them. (nl: lagen)."""

import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass, field

import geopandas as gpd
import numpy as np
import pandas as pd
import shapely

from koppelkans.ground.words import say
from koppelkans.report.contents import contents
from koppelkans.report.names import ambition_names, kind_names, party_names
from koppelkans.report.plan import Plan
from koppelkans.report.table import heading, sheet_name, tables

FAMILIES = ("points", "lines", "areas")
FAMILY_WORDS = {"points": "points", "lines": "lines", "areas": "polygons"}
SHOWN_IN_LAYERS = ("programme.bundles", "programme.open")
"""Tables without geometry that stand in the file as a layer, and not once more as a bare table."""

FOR_A_PARTY = (
    "context.areas",
    "context.sections",
    "context.works",
    "programme.bundles",
    "programme.open",
    "opportunities.finds",
    "account.figures",
    "account.owners",
)
"""Layers in the file for one party: where the streets open, what it can share there, and what that costs and saves."""


@dataclass(frozen=True)
class Layer:
    """One layer or table of the GeoPackage.

    Parameters
    ----------
    key
        Which layer it is, whatever the language: `room.table` of the table that it was made of.
    name
        Name in the file.
    title, about
        What people read in a catalogue.
    frame
        Its rows; a GeoDataFrame where it has places.
    names
        What its columns are called.
    family
        points, lines or areas; empty for a bare table.
    """

    key: str
    name: str
    title: str
    about: str
    frame: pd.DataFrame
    names: Mapping[str, str] = field(default_factory=dict)
    family: str = ""


def layers(plan: Plan, lang: str) -> list[Layer]:
    """Return the layers with places, then the tables without.

    What is empty is left out.
    """
    made: list[Layer] = []
    for key, (frame, more) in _spatial(plan, lang).items():
        made += _by_family(key, frame, more, lang)
    for content in contents(plan):
        key = f"{content.room}.{content.name}"
        if not content.schema.spatial and key not in SHOWN_IN_LAYERS and len(content.frame):
            made.append(_layer(key, content.frame, {}, lang))
    return [layer for layer in made if plan.viewer.circle != "party" or layer.key in FOR_A_PARTY]


def slug(text: str) -> str:
    """Return a text as a name in a database: small letters, figures and underscores."""
    bare = unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode().lower()
    return re.sub(r"[^a-z0-9]+", "_", bare).strip("_")


def _spatial(plan: Plan, lang: str) -> dict[str, tuple[gpd.GeoDataFrame, dict[str, str]]]:
    """Return the layers with places and what the columns are called that their table does not know."""
    context = plan.context
    ambitions = ambition_names(plan, lang)
    years = [str(year) for year in plan.settings.years.years]
    return {
        "context.areas": (_areas(plan), {}),
        "context.sections": (
            _sections(plan),
            {f"y{year}": year for year in years}
            | {f"need_{name}": say("need for {ambition}", lang, ambition=word) for name, word in ambitions.items()}
            | {
                "times_open": say("times open", lang),
                "first_open": say("first open in", lang),
                "most_owners": say("most parties at once", lang),
            },
        ),
        "programme.open": (
            _open(plan),
            {"begin": say("first day of the year", lang), "end": say("last day of the year", lang)},
        ),
        "programme.bundles": (_bundles(plan), {}),
        "context.works": (
            _works(plan, lang),
            {
                "owner_name": say("party", lang),
                "kind_name": say("kind of work", lang),
                "why_year_nl": say("why this year", lang),
                "why_year_en": say("why this year (English)", lang),
                "board_reason": say("reason of the board", lang),
            },
        ),
        "opportunities.finds": (plan.opportunities.finds, {}),
        "opportunities.proposals": (plan.opportunities.proposals, {}),
        "context.wishes": (_wishes(plan), {"asked_year": say("year of the wish", lang)}),
        "context.bottlenecks": (context.bottlenecks, {}),
        "vision.needs": (plan.vision.needs, {}),
        "context.assets": (context.assets, {}),
        "context.backdrop": (context.backdrop, {}),
    }


def _by_family(key: str, frame: gpd.GeoDataFrame, more: Mapping[str, str], lang: str) -> list[Layer]:
    """Return a layer per family of geometry: a GIS wants points, lines and areas apart. Rows without place go with the first."""
    dimensions = shapely.get_dimensions(frame.geometry.to_numpy())
    found = [dimension for dimension in range(3) if (dimensions == dimension).any()]
    if not found:
        return [_layer(key, pd.DataFrame(frame.drop(columns="geometry")), more, lang)] if len(frame) else []
    of_family = np.where(dimensions < 0, found[0], dimensions)
    several = len(found) > 1
    return [
        _layer(
            key, frame[of_family == dimension].reset_index(drop=True), more, lang, FAMILIES[dimension], several=several
        )
        for dimension in found
    ]


def _layer(
    key: str, frame: pd.DataFrame, more: Mapping[str, str], lang: str, family: str = "", *, several: bool = False
) -> Layer:
    """Return a layer with its name, and the names of its columns."""
    title = sheet_name(key, lang) + (f" ({say(FAMILY_WORDS[family], lang)})" if several else "")
    columns = [column for column in frame.columns if column != "geometry"]
    names = {column: more.get(column) or heading(key, column, lang) for column in columns}
    return Layer(key, slug(title), title, tables()[key].told(lang), frame, names, family)


def _areas(plan: Plan) -> gpd.GeoDataFrame:
    """Return the areas with the figures of their programme."""
    return _with(plan.context.areas, plan.areas.summary.drop(columns="name"), on="area")


def _sections(plan: Plan) -> gpd.GeoDataFrame:
    """Return the sections with the number of parties per year, how often they open, what that costs and saves, and their needs."""
    opened, years = plan.programme.open, plan.settings.years.years
    per_year = opened.pivot_table(index="section", columns="year", values="owners", aggfunc="max")
    per_year = per_year.reindex(columns=years).astype("Int64")
    grouped = opened.groupby("section")
    figures = pd.DataFrame(
        {
            "times_open": grouped["year"].nunique().astype("Int64"),
            "first_open": grouped["year"].min().astype("Int64"),
            "most_owners": grouped["owners"].max().astype("Int64"),
        }
    )
    needs = plan.opportunities.section_needs.pivot_table(index="section", columns="ambition", values="need_score")
    made = _with(plan.context.sections, figures.reset_index(), on="section")
    made["times_open"] = made["times_open"].fillna(0)
    for table in (
        plan.appraisal.openings[["section", "opening_eur", "nuisance_eur"]],
        plan.appraisal.together[["section", "saving_eur"]],
        per_year.set_axis([f"y{year}" for year in years], axis=1).reset_index(),
        needs.add_prefix("need_").reset_index(),
    ):
        made = _with(made, table, on="section")
    return made


def _open(plan: Plan) -> gpd.GeoDataFrame:
    """Return each opened section once per year, with the first and last day of that year."""
    opened = plan.programme.open
    days = {
        "begin": pd.to_datetime(opened["year"].astype("str") + "-01-01"),
        "end": pd.to_datetime(opened["year"].astype("str") + "-12-31"),
    }
    sections = plan.context.sections
    made = opened.assign(**days).merge(sections[["section", "name", "area", "geometry"]], on="section", how="left")
    return gpd.GeoDataFrame(made, geometry="geometry", crs=sections.crs)


def _bundles(plan: Plan) -> gpd.GeoDataFrame:
    """Return the bundles with the sections that two or more of their works share; all their sections where none do."""
    sections, bundles = plan.context.sections, plan.programme.bundles
    if bundles.empty:
        return gpd.GeoDataFrame(bundles.assign(geometry=None), geometry="geometry", crs=sections.crs)
    members = plan.programme.plan[["work", "bundle"]].dropna(subset=["bundle"])
    pairs = members.merge(plan.context.touches[["work", "section"]], on="work")
    met = pairs.groupby(["bundle", "section"]).size().rename("works").reset_index()
    most = met.groupby("bundle")["works"].transform("max")
    shared = met[(met["works"] > 1) | (most <= 1)].merge(sections[["section", "geometry"]], on="section")
    places = gpd.GeoDataFrame(shared[["bundle", "geometry"]], geometry="geometry", crs=sections.crs).dissolve("bundle")
    made = bundles.merge(places["geometry"], left_on="bundle", right_index=True, how="left")
    return gpd.GeoDataFrame(made, geometry="geometry", crs=sections.crs)


def _works(plan: Plan, lang: str) -> gpd.GeoDataFrame:
    """Return the works with their year, bundle, rank and reasons, and the names of party and kind."""
    works = plan.context.works
    names = {
        "owner_name": works["owner"].map(party_names(plan)).astype("str").fillna(works["owner"]),
        "kind_name": works["kind"].map(kind_names(plan, lang)).astype("str").fillna(works["kind"]),
    }
    planned = plan.programme.plan.drop(columns="cost_eur")
    planned = planned.rename(columns={"why_nl": "why_year_nl", "why_en": "why_year_en"})
    made = _with(works.assign(**names), planned, on="work")
    board = plan.weighing.overrules[["work", "reason"]].rename(columns={"reason": "board_reason"})
    ranking = plan.weighing.ranking[["work", "total", "rank", "board_rank"]].merge(board, on="work", how="left")
    return _with(made, ranking, on="work")


def _wishes(plan: Plan) -> gpd.GeoDataFrame:
    """Return the wishes with their answer."""
    wishes = plan.context.wishes.rename(columns={"year": "asked_year"})
    return _with(wishes, plan.areas.answers.drop(columns=["area", "text", "asks"]), on="wish")


def _with(places: gpd.GeoDataFrame, table: pd.DataFrame, *, on: str) -> gpd.GeoDataFrame:
    """Return places with the columns of another table beside them, the geometry last."""
    made = places.merge(table, on=on, how="left", validate="one_to_one")
    columns = [column for column in made.columns if column != "geometry"]
    return gpd.GeoDataFrame(made[[*columns, "geometry"]], geometry="geometry", crs=places.crs)
