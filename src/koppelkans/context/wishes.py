"""Wishes of residents, each with its section, its area and what it asks. (nl: wensen)."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from difflib import get_close_matches

import geopandas as gpd
import numpy as np
import pandas as pd
import shapely

from koppelkans.context.arrays import Ints, Shapes, pick
from koppelkans.context.city import City, faults_of, rows_of
from koppelkans.context.history import as_then
from koppelkans.context.reading.troubles import MOST_TOLD
from koppelkans.context.streets.assigning import nearest
from koppelkans.context.streets.own_streets import OwnStreets, make_book
from koppelkans.ground.columns import ASKS_WORDS
from koppelkans.ground.errors import Fault
from koppelkans.ground.settings import WorkKind
from koppelkans.ground.words import LANGUAGES, Phrase, say

BETWEEN_ASKS = re.compile(r"\s*[,;+]\s*")


def wishes_of(city: City, sections: pd.DataFrame, areas: gpd.GeoDataFrame) -> tuple[gpd.GeoDataFrame, list[Fault]]:
    """Return the wishes with nearest section, area and what they ask.

    A wish without a place lies on the street that its text names. And a fault for each wish that asks what is not known,
    or of which nobody can tell where it is.
    """
    rows, undated = as_then(city, _since_year(rows_of(city, "wishes")), "wish")
    rows = _named(rows)
    spots = shapely.point_on_surface(rows.geometry.to_numpy())
    rows = rows.set_geometry(gpd.GeoSeries(spots, index=rows.index, crs=rows.crs))
    at = np.full(len(rows), -1)
    there = ~(shapely.is_missing(spots) | shapely.is_empty(spots))
    at[there] = nearest(spots[there], sections["geometry"].to_numpy(), reach_m=city.settings.context.sections.near_m)
    lost = _on_named_streets(city, rows[~there], gpd.GeoDataFrame(sections, geometry="geometry", crs=rows.crs))
    spots[~there], at[~there] = lost.spots, lost.at
    inside = np.full(len(rows), -1)
    known = ~(shapely.is_missing(spots) | shapely.is_empty(spots))
    inside[known] = nearest(spots[known], areas.geometry.to_numpy(), reach_m=0.001)
    asked, faults = _asked(city, rows)
    made = rows.assign(
        section=pick(sections["section"], at), area=pick(areas["area"], inside), asks=asked, geometry=spots
    )
    return made.sort_values("wish"), [*undated, *lost.faults, *faults]


def _since_year(rows: gpd.GeoDataFrame) -> gpd.GeoDataFrame:
    """Return wishes with the first day of the year in which each was made, where no day is known."""
    first = rows["year"].astype("Float64").map(lambda year: f"{int(year):04d}-01-01", na_action="ignore")
    return rows.assign(
        announced=rows["announced"].fillna(pd.to_datetime(first, format="%Y-%m-%d").astype("datetime64[s]"))
    )


@dataclass(frozen=True)
class _Named:
    """Wishes without a place: the point and the section (position, -1 where none) on the street that each names."""

    spots: Shapes
    at: Ints
    faults: list[Fault]


def _on_named_streets(city: City, rows: gpd.GeoDataFrame, sections: gpd.GeoDataFrame) -> _Named:
    """Return wishes without a place on the street that their text names, and a fault for those that name none."""
    spots: Shapes = np.full(len(rows), None, dtype=object)
    at = np.full(len(rows), -1)
    if not len(rows):
        return _Named(spots, at, [])
    book, shapes, said = make_book(sections), sections.geometry.to_numpy(), []
    for row, text in enumerate(rows["text"]):
        own = book.of_wish(text, section=None, place=None)
        if own.streets:
            spots[row] = book.spot(own.streets)
            mine = np.flatnonzero(sections["section"].isin(own.streets[0].sections))
            at[row] = mine[np.argmin(shapely.distance(shapes[mine], spots[row]))]
        else:
            said.append((row, own))
    faults = [_unplaced(city, rows.iloc[[row]], own) for row, own in said[:MOST_TOLD]]
    if len(said) > MOST_TOLD:
        more = Phrase("more wishes without a place or a street: {n}", n=len(said) - MOST_TOLD)
        faults += [replace(faults[-1], found=more, row=None)]
    return _Named(spots, at, faults)


def _unplaced(city: City, row: pd.DataFrame, own: OwnStreets) -> Fault:
    """Return the fault of one wish that has no place and names no street that is known."""
    found = Phrase("no place, and no street that is known")
    wanted = Phrase("coordinates, or the name of a street in the text; the wish is still to be judged")
    if own.proposed:
        wanted = Phrase("the name of a street; nearest: {names}. The wish is still to be judged", names=", ".join(own.proposed))  # fmt: skip
    elif own.unclear:
        found = Phrase("no place, and several streets are called {name}", name=own.unclear)
    return faults_of(city, row, found=[found], wanted=wanted, column="geometry")[0]


def known_asks(kinds: Mapping[str, WorkKind]) -> dict[str, str]:
    """Return the code of all that a wish may ask, by every way to write it, without capitals."""
    own = {
        spelling.casefold(): name
        for name, kind in reversed(list(kinds.items()))
        for spelling in (kind.nl, kind.en, name)
    }
    ours = {say(word, lang).casefold(): code for code, word in ASKS_WORDS.items() for lang in LANGUAGES}
    return own | ours | {code: code for code in ASKS_WORDS}


def read_asks(text: str, known: Mapping[str, str]) -> tuple[list[str], list[str]]:
    """Return the codes of what is asked, and the words that are none."""
    parts = [part.strip() for part in BETWEEN_ASKS.split(text) if part.strip()]
    whole = known.get(text.strip().casefold())  # the name of a kind may hold a comma itself
    if whole:
        return [whole], []
    found = [known.get(part.casefold()) for part in parts]
    wrong = [part for part, code in zip(parts, found, strict=True) if code is None]
    return list(dict.fromkeys(code for code in found if code)), wrong


def _asked(city: City, rows: pd.DataFrame) -> tuple[pd.Series, list[Fault]]:
    """Return what each wish asks in codes, unknown where a word of it is not known, and a fault for each such row."""
    known = known_asks(city.settings.kinds)
    given = rows["asks"].dropna()
    read = {at: read_asks(text, known) for at, text in given.items()}
    good = {at: ", ".join(codes) for at, (codes, wrong) in read.items() if codes and not wrong}
    faults = []
    for at, (_, wrong) in read.items():
        if wrong:
            near = get_close_matches(wrong[0].casefold(), list(known), n=3, cutoff=0.5)
            wanted = Phrase("a kind of work, or when, or not ours; nearest: {names}. The wish is still to be judged", names=", ".join(near) or "–")  # fmt: skip
            faults += faults_of(city, rows.loc[[at]], found=[wrong[0]], wanted=wanted, column="asks")
    return pd.Series(good, index=rows.index, dtype="str"), faults


def _named(rows: gpd.GeoDataFrame) -> gpd.GeoDataFrame:
    """Return wishes whose names are unique: with their source and row behind those that are not."""
    double = rows["wish"].duplicated(keep=False)
    longer = rows["wish"] + " (" + rows["source"] + " " + rows["row"].astype("str") + ")"
    return rows.assign(wish=rows["wish"].where(~double, longer))
