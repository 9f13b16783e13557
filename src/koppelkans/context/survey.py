"""The verb of this room: survey what is there and what is planned, street by street. (nl: planningscontext opmaken)."""

import logging
import time
from collections.abc import Sequence
from dataclasses import asdict

import geopandas as gpd
import numpy as np
import pandas as pd
import shapely

from koppelkans.context.arrays import Floats, Ints, pick
from koppelkans.context.assets import gather_assets
from koppelkans.context.city import City, rows_of
from koppelkans.context.parties import parties_of
from koppelkans.context.product import (
    AREAS,
    ASSETS,
    BACKDROP,
    BOTTLENECKS,
    PARTIES,
    SECTIONS,
    SET_ASIDE,
    TOUCHES,
    UNDERSTOOD,
    WISHES,
    WORK_ASSETS,
    WORKS,
    Context,
)
from koppelkans.context.streets.assigning import main_section, nearest, place
from koppelkans.context.streets.sections import Assumed, StreetSources, make_sections, neighbours, reach_of
from koppelkans.context.topography import backdrop_of, labels_of, roads_of
from koppelkans.context.wishes import wishes_of
from koppelkans.context.works.derived_works import MadeWorks, derive_works, with_own_ids
from koppelkans.context.works.due import due_years
from koppelkans.context.works.joining import StreetNetwork
from koppelkans.context.works.planned_works import PlannedWorks, covered_by, gather_works, planned_works, with_covered
from koppelkans.ground.errors import Fault
from koppelkans.ground.settings import Settings
from koppelkans.ground.tables import Schema, empty, shape

LAID_TOGETHER_M = 250.0
"""Where years are assumed, what lies along one street in a square of this size is of one age (assumed)."""
log = logging.getLogger(__name__)


def survey(city: City) -> Context:
    """Return the planning context of a city: sections, assets with due years, and works.

    Works of everybody, with windows. Works come from plans, and from assets that fall due within the horizon or were
    due before it.

    Raises
    ------
    InputError
        Where there is nothing that streets can be made from.
    """
    started = time.perf_counter()
    settings, crs = city.settings, city.settings.city.crs
    topography, areas = rows_of(city, "topography"), areas_of(city)
    gathered = gather_works(city)
    found, faults = gather_assets(city, topography)
    sections = _sections(city, topography, found, areas=areas, works=gathered[0])
    reach_m = reach_of(sections["origin"].iloc[0], part=settings.context.sections)
    places = place(found.geometry.to_numpy(), sections["geometry"].to_numpy(), reach_m=reach_m)
    assets = _with_due_years(found, places, sections, settings)
    planned = planned_works(city, gathered, sections, reach_m=reach_m)
    faults += planned.faults
    wishes, unread = wishes_of(city, sections, areas)
    faults += unread
    made, assets, planned = _works(assets, places, sections, planned, settings)
    context = Context(
        sections=_shaped(sections, SECTIONS, crs),
        assets=_shaped(assets.assign(section=pick(sections["section"], assets["section"])), ASSETS, crs),
        works=_both(planned.works, made.works, WORKS, crs),
        touches=_both(_with_ids(planned.touches, sections), _with_ids(made.touches, sections), TOUCHES, None),
        work_assets=shape(made.work_assets.sort_values("asset"), WORK_ASSETS),
        areas=_shaped(areas[areas["area"].isin(sections["area"])], AREAS, crs),
        bottlenecks=_shaped(bottlenecks_of(city), BOTTLENECKS, crs),
        wishes=_shaped(wishes, WISHES, crs),
        parties=shape(
            parties_of(pd.concat([assets["owner"], planned.works["owner"], _partners(planned)]), settings.parties),
            PARTIES,
        ),
        backdrop=_shaped(backdrop_of(topography), BACKDROP, crs),
        set_aside=_set_aside([*city.faults, *faults]),
        understood=shape(city.understood, UNDERSTOOD),
        trace=city.trace.noting(notes=(*city.trace.notes, *_notes(assets))),
    )
    log.info(
        "survey: %d sections, %d assets, %d works in %.1f s",
        len(context.sections), len(context.assets), len(context.works), time.perf_counter() - started,
    )  # fmt: skip
    return context


def _sections(
    city: City,
    topography: gpd.GeoDataFrame,
    assets: gpd.GeoDataFrame,
    *,
    areas: gpd.GeoDataFrame,
    works: gpd.GeoDataFrame,
) -> pd.DataFrame:
    """Return the sections with addresses and care counted."""
    settings = city.settings
    lines = assets[assets.geometry.geom_type.isin(["LineString", "MultiLineString"]) & assets["in_use"]]
    ground = StreetSources(
        lines=rows_of(city, "sections"),
        roads=roads_of(topography),
        networks=lines,
        labels=labels_of(topography),
        addresses=rows_of(city, "addresses"),
        areas=areas,
        works=works.geometry.to_numpy()[
            ~works["owner"].isin(_silent(settings)).to_numpy() & (not _streets_unread(city))
        ],
    )
    assumed = Assumed(settings.appraisal.width_m, settings.rest_years)
    made = make_sections(ground, part=settings.context.sections, assumed=assumed)
    return made.assign(addresses=counted(city, "addresses", made), care_places=counted(city, "care", made))


def _streets_unread(city: City) -> bool:
    """Tell whether the city has streets in a source that could not be read: places of works do not stand in for those."""
    named = [source.name for source in city.settings.sources if source.role in ("sections", "topography")]
    return city.settings.context.sections.make_from != "works" and any(name not in city.layers for name in named)


def _partners(planned: PlannedWorks) -> pd.Series:
    """Return the owners of works that are one with a work of another."""
    return planned.works["partners"].explode().dropna().astype("str")


def _silent(settings: Settings) -> set[str]:
    """Return the parties that share no section: a place made from their works would tell where these are."""
    return {party.party for party in settings.parties if "section" not in party.shares}


def _with_due_years(
    assets: gpd.GeoDataFrame, places: pd.DataFrame, sections: pd.DataFrame, settings: Settings
) -> gpd.GeoDataFrame:
    """Return assets with main section (position, -1 where none), due year and what becomes of each."""
    section = main_section(places, count=len(assets))
    spread = _spread(assets, section, sections)
    due = due_years(assets.assign(spread=spread), kinds=settings.kinds, part=settings.context, horizon=settings.years)
    never = assets["kind"].map({name: not kind.renewable for name, kind in settings.kinds.items()}).to_numpy(dtype=bool)
    stays = never | ~assets["in_use"].to_numpy(dtype=bool)
    year, basis = due["due_year"].mask(stays), due["due_basis"].mask(stays, "unknown")
    fate = np.select(
        [~assets["in_use"], never, year.isna(), (year > settings.horizon.last).fillna(value=False), section < 0],
        ["not_in_use", "never", "unknown", "later", "outside"],
        "work",
    )
    return assets.assign(section=section, due_year=year, due_basis=basis, life_years=due["life_years"], renewal=fate)


def _spread(assets: gpd.GeoDataFrame, section: Ints, sections: pd.DataFrame) -> Floats:
    """Return a number 0-1 per owner, kind and stretch of street that looks drawn by lot, and is the same every time.

    A street is laid in one go: what lies along one street within `LAID_TOGETHER_M` gets one number.
    """
    block = np.floor(shapely.get_coordinates(shapely.centroid(sections["axis"].to_numpy())) / LAID_TOGETHER_M).astype(
        int
    )
    place = sections["name"] + "|" + pd.Series(block[:, 0], index=sections.index).astype("str")
    place += "|" + pd.Series(block[:, 1], index=sections.index).astype("str")
    where = pd.Series(pick(place, section), index=assets.index, dtype="str").fillna("")
    code, unique = pd.factorize(assets["owner"] + "|" + assets["kind"] + "|" + where)
    drawn: Floats = (pd.util.hash_array(np.asarray(unique, dtype=object)) / 2.0**64)[code]
    return drawn


def _works(
    assets: gpd.GeoDataFrame, places: pd.DataFrame, sections: pd.DataFrame, planned: PlannedWorks, settings: Settings
) -> tuple[MadeWorks, gpd.GeoDataFrame, PlannedWorks]:
    """Return the derived works, the assets and the planned works, no asset in two works."""
    due = assets[assets["renewal"] == "work"]
    covered = covered_by(planned.works, planned.touches, due, settings=settings)
    works = with_covered(planned.works, covered, due, parties=settings.parties)
    assets = assets.assign(renewal=assets["renewal"].mask(assets["asset"].isin(covered["asset"]), "planned"))
    chosen = np.flatnonzero(assets["renewal"] == "work")
    number = np.full(len(assets), -1)
    number[chosen] = np.arange(len(chosen))
    own = places[number[places["item"]] >= 0]
    own = own.assign(item=number[own["item"]])
    streets = StreetNetwork(neighbours(sections["geometry"].to_numpy()), sections["name"].to_numpy(dtype=object))
    made = derive_works(assets.iloc[chosen].reset_index(drop=True), own, sections, streets=streets, settings=settings)
    made = with_own_ids(made, taken=works["work"])
    pairs = pd.concat([made.work_assets, covered], ignore_index=True)
    return MadeWorks(made.works, made.touches, pairs), assets, PlannedWorks(works, planned.touches, planned.faults)


def _notes(assets: gpd.GeoDataFrame) -> list[str]:
    """Return in one sentence what becomes of the assets."""
    counts = assets["renewal"].value_counts().sort_index()
    return ["assets by what becomes of them: " + ", ".join(f"{name} {count}" for name, count in counts.items())]


def _set_aside(faults: Sequence[Fault]) -> pd.DataFrame:
    """Return faults as a table."""
    if not faults:
        return empty(SET_ASIDE)
    frame = pd.DataFrame([asdict(fault) for fault in faults]).replace({"layer": {"": None}, "column": {"": None}})
    return shape(frame.assign(row=frame["row"].astype("Int64")), SET_ASIDE)


def _with_ids(touches: pd.DataFrame, sections: pd.DataFrame) -> pd.DataFrame:
    """Return touches with section ids for positions."""
    return touches.assign(section=pick(sections["section"], touches["section"]))


def _both(one: pd.DataFrame, two: pd.DataFrame, schema: Schema, crs: str | None) -> pd.DataFrame:
    """Return two tables as one in the shape of the schema, in order of its key."""
    parts = [shape(part, schema, crs=crs) for part in (one, two) if len(part)]
    if not parts:
        return empty(schema, crs=crs)
    return pd.concat(parts).sort_values(list(schema.key), ignore_index=True)


def _shaped(frame: pd.DataFrame, schema: Schema, crs: str) -> gpd.GeoDataFrame:
    """Return a table in the shape of the schema."""
    return gpd.GeoDataFrame(shape(frame, schema, crs=crs)) if len(frame) else gpd.GeoDataFrame(empty(schema, crs=crs))


def counted(city: City, role: str, sections: pd.DataFrame) -> pd.Series:
    """Return how many rows of a role are nearest to each section.

    A role such as addresses or care; unknown where the city has no such source.
    """
    if not any(True for _ in city.of_role(role)):
        return pd.Series(pd.NA, index=sections.index, dtype="Int64")
    spots = shapely.point_on_surface(rows_of(city, role).geometry.to_numpy())
    near_m = city.settings.context.sections.near_m
    at = nearest(spots, sections["geometry"].to_numpy(), reach_m=near_m)
    return pd.Series(np.bincount(at[at >= 0], minlength=len(sections)), index=sections.index).astype("Int64")


def areas_of(city: City) -> gpd.GeoDataFrame:
    """Return the areas, each once and with a name, in order of their ids."""
    rows = rows_of(city, "areas")
    whole = rows.sort_values(["area", "source", "row"]).drop_duplicates("area", ignore_index=True)
    return whole.assign(
        name=whole["name"].fillna(whole["area"]), geometry=shapely.make_valid(whole.geometry.to_numpy())
    )


def bottlenecks_of(city: City) -> gpd.GeoDataFrame:
    """Return the bottlenecks that the city knows, in order of their ids."""
    rows = rows_of(city, "bottlenecks")
    return _named(rows, "bottleneck").assign(kind=rows["kind"].fillna(rows["source"])).sort_values("bottleneck")


def _named(rows: gpd.GeoDataFrame, identity: str) -> gpd.GeoDataFrame:
    """Return rows whose ids are unique: with their source and row behind those that are not."""
    double = rows[identity].duplicated(keep=False)
    longer = rows[identity] + " (" + rows["source"] + " " + rows["row"].astype("str") + ")"
    return rows.assign(**{identity: rows[identity].where(~double, longer)})
