"""The street of a wish: the one that it names, else the one it lies on. (nl: straat van een wens)."""

import re
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from difflib import get_close_matches
from functools import cached_property

import geopandas as gpd
import numpy as np
import pandas as pd
import shapely
from scipy.sparse import coo_array
from scipy.sparse.csgraph import connected_components

WORD = re.compile(r"[^\W_]+")
SUFFIX = (
    "straat", "weg", "laan", "plein", "gracht", "kade", "dijk", "hof", "pad", "singel", "steeg", "plantsoen", "dreef", "park", "markt", "wal",
)  # fmt: skip
"""Ends of words that make them a street, also without a capital."""
LIKE, LIKE_SMALL = 0.8, 0.88
"""How much a word must look like a street to propose it: with a capital, and without one (assumed)."""
LEAST_LETTERS, MOST_PROPOSED = 5, 3
APART_M = 150.0
"""Sections of one name that lie further apart are two streets: a name may stand in two villages (m, assumed)."""
SAME_M = 0.01
"""Two points this near are one (m)."""
MEET_M = 1.0
"""A wish this much further from one section than from the nearest lies on both (m, assumed)."""

TYPES = {"wish": "str", "section": "str", "street": "str", "named": "bool"}
"""Columns of the sections of wishes."""


@dataclass(frozen=True)
class Street:
    """One street: its name, empty where it has none, and its sections.

    Parameters
    ----------
    sections
        Its sections; of a wish only those where the wish lies.
    elsewhere
        Its other sections, where a wish lies on a part of it.
    """

    name: str
    sections: frozenset[str]
    elsewhere: frozenset[str] = frozenset()


@dataclass(frozen=True)
class OwnStreets:
    """The streets of one wish; none where the text leaves it open.

    Parameters
    ----------
    streets
        The streets that it names, in the order of the text, else the one it lies on.
    unclear
        What stands in the text and is no street, or is the name of several.
    proposed
        Names that look like `unclear`; empty where the name itself is that of several streets.
    named
        Whether the text names the streets; otherwise it lies on one.
    """

    streets: tuple[Street, ...] = ()
    unclear: str = ""
    proposed: tuple[str, ...] = ()
    named: bool = False


@dataclass(frozen=True)
class StreetBook:
    """All streets of a city, to be found by section and by words.

    Parameters
    ----------
    streets
        The streets, in order of name and first section.
    shapes
        The geometry of the sections of each.
    """

    streets: tuple[Street, ...]
    shapes: tuple[shapely.Geometry, ...]

    @cached_property
    def by_section(self) -> dict[str, int]:
        """Section = its street."""
        return {section: at for at, street in enumerate(self.streets) for section in street.sections}

    @cached_property
    def by_words(self) -> dict[tuple[str, ...], list[int]]:
        """Words of a name = the streets that have it."""
        found: dict[tuple[str, ...], list[int]] = {}
        for at, street in enumerate(self.streets):
            words = tuple(_plain(word[0], street.name[word.end() :]) for word in WORD.finditer(street.name))
            if words:
                found.setdefault(words, []).append(at)
        return found

    def of_wish(self, text: str, *, section: str | None, place: shapely.Geometry | None) -> OwnStreets:
        """Return the streets of a wish with this text, nearest section and place."""
        words = list(WORD.finditer(text))
        plain = tuple(_plain(word[0], text[word.end() :]) for word in words)
        named, rest = self._named(words, plain)
        chosen = [self._nearest(streets, place) for streets in named]
        if None in chosen:
            return OwnStreets(unclear=self.streets[named[chosen.index(None)][0]].name)
        here = self.by_section.get(section) if section else None
        wrong, proposed = self._proposed(words, plain, rest) if not named else ("", ())
        if proposed and (here is None or self.streets[here].name not in proposed):
            return OwnStreets(unclear=wrong, proposed=proposed)
        found = dict.fromkeys(at for at in chosen if at is not None) or ([here] if here is not None else [])
        return OwnStreets(tuple(self.streets[at] for at in found), named=bool(chosen))

    def spot(self, streets: Sequence[Street]) -> shapely.Point:
        """Return a point on the first street: nearest to the second if any, else halfway."""
        one, *others = (self.shapes[self.streets.index(street)] for street in streets[:2])
        line = shapely.shortest_line(one, others[0] if others else shapely.centroid(one))
        return shapely.get_point(line, 0)

    def at_wish(
        self,
        own: OwnStreets,
        sections: gpd.GeoDataFrame,
        *,
        place: shapely.Geometry | None,
        area: str | None,
        reach_m: float,
    ) -> OwnStreets:
        """Return the streets of a wish, each parted in where the wish lies and elsewhere.

        Where it lies: at its place if that is within reach, else the sections in its area, else the whole street. A place
        that was itself taken from the name of a street is none.

        Parameters
        ----------
        sections
            Indexed by section.
        """  # fmt: skip
        if place is None or place.is_empty or self._taken_from(own, place):
            place = None
        parted = []
        for street in own.streets:
            mine = sections.loc[sorted(street.sections)]
            away = np.full(len(mine), np.inf) if place is None else shapely.distance(mine.geometry.to_numpy(), place)
            near = away <= min(away.min() + MEET_M, reach_m)
            lies = near if near.any() else (mine["area"] == area).to_numpy(dtype=bool)
            here = frozenset(mine.index[lies]) or street.sections
            parted.append(Street(street.name, here, street.sections - here))
        return replace(own, streets=tuple(parted))

    def _taken_from(self, own: OwnStreets, place: shapely.Geometry) -> bool:
        """Return whether a place is no more than the middle of the one street that the text names."""
        return own.named and len(own.streets) == 1 and shapely.dwithin(place, self.spot(own.streets), SAME_M)

    def _named(self, words: Sequence[re.Match[str]], plain: Sequence[str]) -> tuple[list[list[int]], list[int]]:
        """Return the streets named in a text, the longest names first tried, and the words that are in no name."""
        named, rest, at = [], [], 0
        longest = max(map(len, self.by_words), default=0)
        while at < len(plain):
            for size in range(min(longest, len(plain) - at), 0, -1):
                key = tuple(plain[at : at + size])
                if key in self.by_words and (size > 1 or words[at][0][0].isupper() or key[0].endswith(SUFFIX)):
                    named.append(self.by_words[key])
                    at += size
                    break
            else:
                rest.append(at)
                at += 1
        return named, rest

    def _nearest(self, streets: Sequence[int], place: shapely.Geometry | None) -> int | None:
        """Return which street of one name is meant: the only one, else the nearest; None where there is no telling."""
        if len(streets) == 1:
            return streets[0]
        if place is None or place.is_empty:
            return None
        return min(streets, key=lambda at: (shapely.distance(place, self.shapes[at]), at))

    def _proposed(
        self, words: Sequence[re.Match[str]], plain: Sequence[str], rest: Sequence[int]
    ) -> tuple[str, tuple[str, ...]]:
        """Return the first words that look like a street without being one, and the names that they look like."""
        known = {" ".join(key): self.streets[found[0]].name for key, found in self.by_words.items()}
        sizes = sorted({len(key) for key in self.by_words}, reverse=True)
        for first, size in ((at, size) for at in rest for size in sizes if at + size <= len(plain)):
            found = " ".join(plain[first : first + size])
            capital = words[first][0][0].isupper()
            if len(found) < LEAST_LETTERS or not (capital or found.endswith(SUFFIX)) or found in SUFFIX:
                continue
            near = get_close_matches(found, list(known), n=MOST_PROPOSED, cutoff=LIKE if capital else LIKE_SMALL)
            if near:
                last = words[first + size - 1].end()
                return words[first].string[words[first].start() : last], tuple(known[one] for one in near)
        return "", ()


def make_book(sections: gpd.GeoDataFrame) -> StreetBook:
    """Return the streets of a city.

    Sections of one name that lie near each other are one; a section without a name is one itself.
    """
    made = list(_streets(sections.sort_values("section", ignore_index=True)))
    return StreetBook(tuple(street for street, _ in made), tuple(shape for _, shape in made))


def sections_of_wishes(wishes: gpd.GeoDataFrame, sections: gpd.GeoDataFrame) -> pd.DataFrame:
    """Return the sections of the own streets of every wish.

    Those that it names, else the one it lies on.

    Returns
    -------
    One row per wish and section: `wish`, `section`, `street` (the names of its streets) and `named`. A wish that leaves
    its street open has none.
    """
    if wishes.empty:
        return pd.DataFrame({name: [] for name in TYPES}).astype(TYPES)
    book, rows = make_book(sections), []
    cells = wishes[["wish", "text", "section"]].astype("object")
    cells = cells.where(cells.notna(), None)
    places = wishes.geometry.to_numpy()
    for wish, text, section, place in zip(cells["wish"], cells["text"], cells["section"], places, strict=True):
        own = book.of_wish(text, section=section, place=place)
        called = ", ".join(street.name for street in own.streets if street.name)
        rows += [(wish, one, called, own.named) for street in own.streets for one in sorted(street.sections)]
    return pd.DataFrame(rows, columns=list(TYPES)).astype(TYPES)


def _streets(sections: gpd.GeoDataFrame) -> Iterator[tuple[Street, shapely.Geometry]]:
    """Yield every street with its geometry, in order of name and first section."""
    shapes = sections.geometry.to_numpy()
    one, other = shapely.STRtree(shapes).query(shapes, predicate="dwithin", distance=APART_M)
    code = pd.factorize(sections["name"])[0]
    same = (code[one] == code[other]) & ((code[one] >= 0) | (one == other))
    links = coo_array((np.ones(same.sum()), (one[same], other[same])), shape=(len(shapes), len(shapes)))
    group = connected_components(links, directed=False)[1] if len(shapes) else np.array([], dtype=int)
    rows = pd.DataFrame({"group": group, "name": sections["name"].fillna(""), "at": range(len(shapes))})
    firsts = rows.drop_duplicates("group").sort_values(["name", "at"])
    members = rows.groupby("group")["at"].agg(list)
    for group_, name in zip(firsts["group"], firsts["name"], strict=True):
        at = members[group_]
        yield Street(name, frozenset(sections["section"].iloc[at])), shapely.union_all(shapes[at])


def _plain(word: str, after: str) -> str:
    """Return a word without capitals and accents, and `str.` written out."""
    bare = "".join(one for one in unicodedata.normalize("NFKD", word.casefold()) if not unicodedata.combining(one))
    short = bare.endswith("str") and (after.startswith(".") or len(bare) > LEAST_LETTERS)
    return bare + "aat" if short else bare
