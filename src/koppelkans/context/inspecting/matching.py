"""Columns of a file beside ours, by their names and by what is in them. (nl: kolommen herkennen)."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property

import pandas as pd

from koppelkans.context.inspecting.dictionary import columns_of, dictionary, likeness, words_of
from koppelkans.context.reading.quantities import numbers, without_units
from koppelkans.context.reading.roles import END, PERIOD, ROLES, START, is_year
from koppelkans.context.reading.texts import texts
from koppelkans.context.reading.years import Side, periods, years
from koppelkans.ground.tables import TEXT

MOST_LOOKED = 2_000
"""Rows of a layer whose cells are looked at, spread over the whole."""
LEAST_LIKE = 0.52
"""A name that is less like ours is another."""
SAME_NAME = 0.9
"""A name that is more like ours is ours."""
MOST_CELLS_WRONG = 0.4
"""Share of cells that may say something else than their column should."""
LONGEST_CATEGORY = 45
"""Letters, on average, of the words in a column of kinds; longer ones are stories."""
STORY = 0.2
"""How much less a column of stories is worth as one of kinds."""
TIMES = (START, END, PERIOD, "earliest_year", "latest_year")
SIDES: Mapping[str, Side] = {START: "first", "earliest_year": "first", END: "last", "latest_year": "last"}


@dataclass(frozen=True)
class Cells:
    """The cells of a layer as they are looked at: a sample, without empty columns."""

    frame: pd.DataFrame

    @cached_property
    def sample(self) -> pd.DataFrame:
        """Return the rows that are looked at."""
        step = max(1, -(-len(self.frame) // MOST_LOOKED))
        return self.frame.iloc[::step]

    @cached_property
    def texts(self) -> Mapping[str, pd.Series]:
        """Return the texts that stand in each column of the sample."""
        made = {str(name): texts(self.sample[name]).dropna() for name in self.sample.columns}
        return {name: own for name, own in made.items() if len(own)}

    @cached_property
    def personal(self) -> list[str]:
        """Return the columns that may name a person."""
        known = [words_of(word) for word in dictionary()["personal"]["words"]]
        return [name for name in self.texts if any(_stands_in(word, words_of(name)) for word in known)]

    def wrong(self, name: str, read: Callable[[pd.Series], object]) -> float:
        """Return the share of the cells of a column that cannot be read in some way."""
        flags = pd.Series(read(self.sample.loc[self.texts[name].index, name]))
        return float(flags.mean())

    def unique(self, name: str) -> bool:
        """Tell whether a column names every row of the layer."""
        own = texts(self.frame[name])
        return bool(own.notna().all() and own.is_unique)


def _stands_in(word: tuple[str, ...], own: tuple[str, ...]) -> bool:
    """Tell whether words follow each other in a name."""
    return any(own[at : at + len(word)] == word for at in range(len(own) - len(word) + 1))


def match_columns(cells: Cells, role: str, *, taken: Iterable[str] = ()) -> dict[str, str]:
    """Return our column = column of the file, for a role.

    Each of ours gets the column whose name is likest and whose cells can be read as such; each column of the file is used
    once, but that of the kind may be the name too.

    Parameters
    ----------
    taken
        Columns of ours that the reader brings by itself.
    """
    table = ROLES[role]
    ours = [one for one in columns_of(role) if one in table.arriving and one not in set(taken)]
    free = [name for name in cells.texts if name not in cells.personal]
    worth = {
        (one, name): like
        for one in ours
        for name in free
        if (like := likeness(name, columns_of(role)[one])) >= LEAST_LIKE
    }
    ranked = sorted(
        ((like - _doubt(cells, one, name, role), one, name) for (one, name), like in worth.items()),
        key=lambda found: (-found[0], ours.index(found[1]), free.index(found[2])),
    )
    made: dict[str, str] = {}
    for like, one, name in ranked:
        users = {other for other, used in made.items() if used == name}
        shared = table.window and {*users, one} == {"name", "kind"}
        if like >= LEAST_LIKE and one not in made and (shared or not users):
            made[one] = name
    return _without_doubles(made)


def unread_columns(cells: Cells, role: str, made: Mapping[str, str]) -> dict[str, str]:
    """Return columns that are called like ours and of which most cells cannot be read so.

    Our column = column of the file.
    """
    free = [name for name in cells.texts if name not in cells.personal and name not in made.values()]
    table = ROLES[role]
    lacking = [one for one in columns_of(role) if one in table.arriving and one not in made and one != table.identity]
    found = ((one, name) for one in lacking for name in free if likeness(name, columns_of(role)[one]) > SAME_NAME)
    return {one: name for one, name in found if _doubt(cells, one, name, role) == 1}


def _without_doubles(made: dict[str, str]) -> dict[str, str]:
    """Return columns without a period beside a start or an end, and without years beside these."""
    if START in made or END in made:
        return {one: name for one, name in made.items() if one not in (PERIOD, "earliest_year", "latest_year")}
    return made


def _doubt(cells: Cells, ours: str, name: str, role: str) -> float:
    """Return how much less a column is worth by what stands in it; 1 where it cannot be ours."""
    table = ROLES[role]
    if ours == table.identity:
        return 0.0 if cells.unique(name) else 1.0
    own = cells.texts[name]
    if ours in TIMES or is_year(ours):
        return 1.0 if cells.wrong(name, lambda values: _no_time(values, ours)) > MOST_CELLS_WRONG else 0.0
    column = table.columns.get(ours)
    if column is not None and column.dtype != TEXT:
        unread = cells.wrong(
            name, lambda values: numbers(without_units(values, ours)[0], money=ours.endswith("_eur"))[1]
        )
        return 1.0 if unread > MOST_CELLS_WRONG else 0.0
    lettered = own.str.contains(r"[^\W\d_]", regex=True).mean()
    if ours == "kind":
        long = own.str.len().mean() > LONGEST_CATEGORY
        return (1.0 if lettered < 1 - MOST_CELLS_WRONG else 0.0) + (STORY if long else 0.0)
    return 1.0 if ours in ("name", "owner", "text", "street") and lettered < 1 - MOST_CELLS_WRONG else 0.0


def _no_time(values: pd.Series, ours: str) -> object:
    """Return which cells hold no time that can be read; a year that stands for unknown is one."""
    if ours == PERIOD:
        return periods(values)[1]
    return years(values, SIDES.get(ours, "only"))[2]
