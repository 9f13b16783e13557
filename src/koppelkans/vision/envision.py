"""The verb of this room: stack the ambitions of the city on its places. (nl: visievormen)."""

import logging
from collections.abc import Mapping, Sequence

import geopandas as gpd
import numpy as np
import pandas as pd

from koppelkans.ground.errors import Fault, InputError, SettingError
from koppelkans.ground.settings import Need, Settings, Source
from koppelkans.ground.tables import empty, shape
from koppelkans.ground.trace import Trace
from koppelkans.vision.effects import counted, effects_of, with_given
from koppelkans.vision.faults import faults_of
from koppelkans.vision.grid import ground_of
from koppelkans.vision.indicator import Floats
from koppelkans.vision.indicators import INDICATORS
from koppelkans.vision.places import from_indicator, from_layer, origin_of
from koppelkans.vision.product import AMBITIONS, EFFECTS, LEVEL_ASKS, NEEDS, THEMES, WEBS, Vision
from koppelkans.vision.statistics import found_in
from koppelkans.vision.themes import themes_of
from koppelkans.vision.webs import decided_webs, two_truths, usual_levels

log = logging.getLogger(__name__)


def envision(layers: Mapping[str, gpd.GeoDataFrame], *, settings: Settings, trace: Trace) -> Vision:
    """Return the ambitions of the city, the places of need, and the works that meet it.

    Effects that the city gave in a table (a source with the role effects) are laid over those of the settings.
    A need is read from any column of any source, measured by a built-in indicator on all sources with the role
    topography, or is a figure per quarter that is found by the name of its column (`STATISTICS`). An ambition without a known need keeps its weight and level, has no places, and its basis is unknown.

    Parameters
    ----------
    layers
        Per source name the frame that was read, as in `City.layers`, in the CRS of the city.

    Raises
    ------
    SettingError
        Where a need names a source or indicator that does not exist, or an effect a kind or unit that does not; and where
        the ambitieweb names a set, theme, phase or level that does not exist or cannot be (`themes_of`, `decided_webs`).
    InputError
        Where a column does not exist or holds no number; the fault names file, layer and column.
    """
    ambitions = with_given(settings.vision.ambitions, given_effects(layers, settings.sources))
    wrong = faults_of(settings, ambitions)
    if wrong:
        raise SettingError(wrong)
    effects = effects_of(ambitions, settings.kinds)
    needs, notes = _needs(layers, settings)
    places = needs.groupby("ambition").size() if len(needs) else pd.Series(dtype="int64")
    basis = needs.groupby("ambition")["origin"].agg(lambda names: " + ".join(sorted(set(names)))) if len(needs) else {}
    total = sum(ambition.weight for ambition in ambitions)
    table = pd.DataFrame(
        {
            "ambition": [one.ambition for one in ambitions],
            "name_nl": [one.nl for one in ambitions],
            "name_en": [one.en for one in ambitions],
            "level": pd.Series([one.level for one in ambitions], dtype="int64"),
            "weight": pd.Series([one.weight / total for one in ambitions], dtype="float64"),
            "set_by": [one.set_by for one in ambitions],
            "set_on": [one.set_on or None for one in ambitions],
            "places": [int(places.get(one.ambition, 0)) for one in ambitions],
            "basis": [basis.get(one.ambition) for one in ambitions],
        }
    )
    table = shape(table.join(counted(effects, ambitions, settings.kinds)), AMBITIONS)
    themes, asks = themes_of(settings.vision)
    webs = decided_webs(settings.vision, themes, usual=usual_levels(themes, table))
    two_truths(webs, settings.vision, ambitions=table)
    log.info("vision: %d ambitions, %d needs at places", len(table), len(needs))
    return Vision(
        table,
        shape(needs, NEEDS, crs=settings.city.crs) if len(needs) else empty(NEEDS, crs=settings.city.crs),
        shape(effects, EFFECTS),
        shape(themes, THEMES),
        shape(asks, LEVEL_ASKS),
        shape(webs, WEBS),
        trace.noting(notes=(*trace.notes, *notes)),
    )


def given_effects(layers: Mapping[str, gpd.GeoDataFrame], sources: Sequence[Source]) -> list[pd.DataFrame]:
    """Return the tables of effects that a city gave, in the order of its sources."""
    return [pd.DataFrame(layers[one.name]) for one in sources if one.role == "effects" and one.name in layers]


def _needs(layers: Mapping[str, gpd.GeoDataFrame], settings: Settings) -> tuple[pd.DataFrame, list[str]]:
    """Return the needs at places, sorted by their key, and what could not be known."""
    sources = {source.name: source for source in settings.sources}
    asked = [(one.ambition, need) for one in settings.vision.ambitions for need in one.needs]
    maps = [layers[one.name] for one in settings.sources if one.role == "topography" and one.name in layers]
    wanted = {need.indicator for _, need in asked if need.indicator}
    cells = _measured(wanted, maps, settings)
    parts: list[gpd.GeoDataFrame] = []
    faults: list[Fault] = []
    notes: list[str] = []
    for ambition, sought in asked:
        need, lost = found_in(sought, settings.sources, layers)
        if need.indicator:
            places = cells.get(need.indicator)
        elif need.source in layers:
            found = from_layer(layers[need.source], need, sources[need.source])
            if isinstance(found, Fault):
                faults.append(found)
                continue
            places = found[found["value"] >= 0] if sought.indicator else found
        else:
            places = None
        if places is None:
            why = lost or ("no topography was read" if need.indicator else "its source could not be read")
            notes.append(f"need for {ambition} from {origin_of(need)} is unknown: {why}")
            continue
        scored = _scored(places, ambition, need)
        if scored.empty:
            notes.append(f"need for {ambition} from {origin_of(need)} is unknown: no values, or all the same")
        parts.append(scored)
    if faults:
        raise InputError(list(dict.fromkeys(faults)))
    if not any(len(part) for part in parts):
        return empty(NEEDS, crs=settings.city.crs), notes
    together = pd.concat([part for part in parts if len(part)], ignore_index=True)
    once = together.drop_duplicates(["ambition", "origin", "place"])
    return once.sort_values(["ambition", "origin", "place"], ignore_index=True), notes


def _measured(wanted: set[str], maps: Sequence[gpd.GeoDataFrame], settings: Settings) -> dict[str, gpd.GeoDataFrame]:
    """Return the cells with their value for each wanted indicator; nothing where there is no topography."""
    if not wanted or not maps:
        return {}
    ground = ground_of(maps, grid_m=settings.vision.grid_m, crs=settings.city.crs)
    return {one.name: from_indicator(one, ground) for one in INDICATORS if one.name in wanted}


def _scored(places: gpd.GeoDataFrame, ambition: str, need: Need) -> pd.DataFrame:
    """Return the places whose need is known, with their score."""
    inside = bool(need.source) and not need.column
    values = places["value"].to_numpy(dtype=float)
    scores = np.full(len(places), 0.0 if need.invert else 1.0) if inside else need_scores(values, need)
    made = gpd.GeoDataFrame(
        {
            "ambition": ambition,
            "place": places["place"].to_numpy(),
            "origin": origin_of(need),
            "measured": values,
            "need_score": scores,
        },
        geometry=places.geometry.to_numpy(),
        crs=places.crs,
    )
    return made[np.isfinite(scores)]


def need_scores(values: Floats, need: Need) -> Floats:
    """Return the need (0-1), linear between `low` and `high`; reversed with `invert`.

    It is cut off outside them. Formula: need = clip((value - low) / (high - low), 0, 1). Where `low` or `high` is not
    given, the lowest or highest value found takes its place. NaN where the value is unknown, and everywhere where low
    and high are the same: one value for the whole city does not tell where the need is.
    """
    known = values[np.isfinite(values)]
    if not len(known):
        return np.full(len(values), np.nan)
    low = float(known.min()) if need.low is None else need.low
    high = float(known.max()) if need.high is None else need.high
    if low == high:
        return np.full(len(values), np.nan)
    scores = np.clip((np.where(np.isfinite(values), values, np.nan) - low) / (high - low), 0.0, 1.0)
    return np.asarray(1.0 - scores if need.invert else scores, dtype=float)
