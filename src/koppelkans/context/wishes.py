"""Wishes of residents, each with its section, its area and what it asks. (nl: wensen)."""

import re
from collections.abc import Mapping
from difflib import get_close_matches

import geopandas as gpd
import pandas as pd
import shapely

from koppelkans.context.arrays import pick
from koppelkans.context.city import City, faults_of, rows_of
from koppelkans.context.streets.assigning import nearest
from koppelkans.ground.columns import ASKS_WORDS
from koppelkans.ground.errors import Fault
from koppelkans.ground.settings import WorkKind
from koppelkans.ground.words import LANGUAGES, Phrase, say

BETWEEN_ASKS = re.compile(r"\s*[,;+]\s*")


def wishes_of(city: City, sections: pd.DataFrame, areas: gpd.GeoDataFrame) -> tuple[gpd.GeoDataFrame, list[Fault]]:
    """Return the wishes with nearest section, area and what they ask.

    And a fault for each wish that asks what is not known.
    """
    rows = _named(rows_of(city, "wishes"))
    spots = shapely.point_on_surface(rows.geometry.to_numpy())
    at = nearest(spots, sections["geometry"].to_numpy(), reach_m=city.settings.context.sections.near_m)
    inside = nearest(spots, areas.geometry.to_numpy(), reach_m=0.001)
    asked, faults = _asked(city, rows)
    made = rows.assign(
        section=pick(sections["section"], at), area=pick(areas["area"], inside), asks=asked, geometry=spots
    )
    return made.sort_values("wish"), faults


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
