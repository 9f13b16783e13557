"""The columns of a file translated to ours: names, constants, words and chosen rows. (nl: vertaling van kolommen)."""

import re
import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from difflib import get_close_matches

import numpy as np
import numpy.typing as npt
import pandas as pd

from koppelkans.context.reading.quantities import numbers
from koppelkans.context.reading.reader import Raw
from koppelkans.context.reading.roles import RoleTable
from koppelkans.context.reading.texts import swapped, texts
from koppelkans.ground.errors import Fault, InputError
from koppelkans.ground.settings import Source
from koppelkans.ground.words import Phrase

MOST_NAMES = 20
"""Column names of a file that are named in one fault."""


@dataclass(frozen=True)
class Arranged:
    """The rows that are meant, under our column names.

    Parameters
    ----------
    frame
        Values as they stood in the file; the index holds the positions in the frame that was read.
    theirs
        Our column = column in the file, to tell faults in the words of the file.
    left_out
        Reason = rows that were left out on purpose.
    faults
        What is wrong with the mapping itself.
    """

    frame: pd.DataFrame
    theirs: Mapping[str, str]
    left_out: Mapping[str, int]
    faults: tuple[Fault, ...]


def find(columns: Iterable[str], name: str) -> str | None:
    """Return the column of that name, or the only one that looks the same.

    Capitals, white space and hidden signs make no difference.
    """
    own = list(columns)
    if name in own:
        return name
    alike = [column for column in own if folded(column) == folded(name)]
    return alike[0] if len(alike) == 1 else None


def folded(name: str) -> str:
    """Return a name in one Unicode form, without capitals, with single spaces."""
    shown = "".join(letter for letter in unicodedata.normalize("NFKC", name) if unicodedata.category(letter) != "Cf")
    return re.sub(r"\s+", " ", shown).strip().casefold()


def missing(source: Source, columns: Iterable[str], name: str, *, fatal: bool) -> Fault:
    """Return the fault that a column is not in the file, with the names that are."""
    own = [str(column) for column in columns]
    near = get_close_matches(name, own, n=1)
    listed = ", ".join((near + [column for column in own if column not in near])[:MOST_NAMES])
    wanted = Phrase("one of the columns in the file: {columns}", columns=listed or "–")
    return Fault(source.path, Phrase("no such column"), wanted, source.layer, column=name, fatal=fatal)


def arrange(
    raw: Raw, table: RoleTable, source: Source, *, promises: Mapping[str, str], extra: Iterable[str]
) -> Arranged:
    """Return the rows that are meant under our names.

    Parameters
    ----------
    promises
        Our column = column of the reader, where the settings say nothing.
    extra
        Columns that others ask for (of the file or ours), kept as they are.

    Raises
    ------
    InputError
        Where a column is not there without which nothing can be used.
    """
    keep, left_out = _meant(raw, source, table.schema.name)
    theirs, faults = _names(raw, table, source, promises)
    chosen = raw.columns.loc[keep]
    made: dict[str, pd.Series] = {}
    for ours, column in theirs.items():
        own = chosen[column]
        words = {**raw.words.get(column, {}), **source.values.get(ours, {})}  # noqa: PD011
        made[ours] = _translated(_known(own, source.unknown), words)
    for ours, value in source.constants.items():
        told = pd.Series([value] * len(chosen), index=chosen.index)
        made[ours] = texts(made[ours]).fillna(str(value)) if ours in made else told
    lacking = [name for name in table.needed if name not in made]
    if lacking:
        listed = ", ".join(str(column) for column in raw.columns.columns[:MOST_NAMES])
        raise InputError(
            [
                *faults,
                *(
                    Fault(
                        source.path,
                        Phrase("no column for `{column}`", column=name),
                        Phrase(
                            "`columns` or `constants` of this source with `{column}`; columns in the file: {columns}",
                            column=name,
                            columns=listed or "–",
                        ),
                        source.layer,
                        fatal=True,
                    )
                    for name in lacking
                ),
            ]
        )
    rest = [str(column) for column in raw.columns.columns] if table.keeps_rest else _asked(raw, extra, made)
    used = set(theirs.values()) if table.keeps_rest else set()
    for column in rest:
        if column not in made and column not in used and column not in ("row", "geometry"):
            own = _known(chosen[column], source.unknown)
            made[column] = texts(own) if table.codes else _numbers_where_all_are(own)
    return Arranged(pd.DataFrame(made, index=chosen.index), theirs, left_out, tuple(faults))


def _meant(raw: Raw, source: Source, role: str) -> tuple[npt.NDArray[np.bool_], dict[str, int]]:
    """Return which rows are meant, and how many were left out for which reason."""
    keep = np.ones(len(raw.columns), dtype=bool)
    counts = dict(raw.left_out)
    asked = set()
    for name, wanted in source.only.items():
        column = find(raw.columns.columns, name)
        if column is None:
            raise InputError([missing(source, raw.columns.columns, name, fatal=True)])
        asked.add(column)
        out = keep & ~texts(raw.columns[column]).isin(wanted).to_numpy(dtype=bool)
        counts[f"only: {name}"] = int(out.sum())
        keep &= ~out
    for part in raw.apart:
        if part.column in asked or (part.roles and role not in part.roles):
            continue
        out = keep & raw.columns[part.column].isin(part.values).to_numpy(dtype=bool)
        counts[part.reason] = counts.get(part.reason, 0) + int(out.sum())
        keep &= ~out
    return keep, {reason: count for reason, count in counts.items() if count}


def _names(
    raw: Raw, table: RoleTable, source: Source, promises: Mapping[str, str]
) -> tuple[dict[str, str], list[Fault]]:
    """Return our column = column in the file, and what is wrong in the mapping."""
    own = [str(column) for column in raw.columns.columns]
    theirs: dict[str, str] = {}
    faults: list[Fault] = []
    for ours, name in source.columns.items():
        column = find(own, name)
        if ours not in table.arriving and not table.keeps_rest:
            near = get_close_matches(ours, table.arriving, n=1)
            listed = ", ".join(near + [one for one in table.arriving if one not in near])
            wanted = Phrase("a column of the role {role}: {columns}", role=source.role, columns=listed)
            faults.append(
                Fault(source.path, Phrase("`columns.{column}`", column=ours), wanted, source.layer, column=name)
            )
        elif column is None:
            faults.append(missing(source, own, name, fatal=False))
        else:
            theirs[ours] = column
    for ours in table.arriving:
        column = find(own, promises.get(ours, ours))
        if ours not in source.columns and column is not None:
            theirs[ours] = column
    return theirs, faults


def _known(values: pd.Series, unknown: list[str]) -> pd.Series:
    """Return a column with the texts that mean unknown made unknown."""
    return values.mask(texts(values).isin(unknown)) if unknown else values


def _translated(values: pd.Series, words: Mapping[str, str]) -> pd.Series:
    """Return a column with the words of the file replaced by ours; `*` stands for any other known value."""
    if not words:
        return values
    own = texts(values)
    made = swapped(own, {key: word for key, word in words.items() if key != "*"})
    return made.fillna(own if "*" not in words else own.where(own.isna(), words["*"]))


def _asked(raw: Raw, extra: Iterable[str], made: Mapping[str, object]) -> list[str]:
    """Return the columns of the file that others ask for."""
    found = (find(raw.columns.columns, name) for name in extra if name not in made)
    return [name for name in found if name is not None]


def _numbers_where_all_are(values: pd.Series) -> pd.Series:
    """Return a column as numbers where every known value is one, else as it is."""
    if pd.api.types.is_numeric_dtype(values.dtype) or pd.api.types.is_datetime64_any_dtype(values.dtype):
        return values
    found, wrong = numbers(values)
    return texts(values) if wrong.any() or found.isna().all() else found
