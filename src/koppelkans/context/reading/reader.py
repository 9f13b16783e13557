"""Readers of files, and their output: columns as text with row numbers. (nl: lezer)."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np
import numpy.typing as npt
import pandas as pd

from koppelkans.ground.errors import Fault, InputError
from koppelkans.ground.settings import Source
from koppelkans.ground.words import Phrase

Rows = npt.NDArray[np.int64]
Things = npt.NDArray[np.object_]


@dataclass(frozen=True, slots=True)
class Apart:
    """Rows that a city leaves out of its plans by default, by the value in a column.

    Those with one of `values` in `column`. A city asks for them by naming the column in `only` of its source. `roles`
    empty: apart in every role.
    """

    column: str
    values: tuple[str, ...]
    reason: str
    roles: tuple[str, ...] = ()


@dataclass(frozen=True)
class Raw:
    """One file or layer as it was read, before anything is made of it.

    Parameters
    ----------
    columns
        The attributes, with the names of the file, one row per row that could be read, index 0, 1, 2 …
    rows
        Row number in the file of each of them, 1 is the first row of data.
    total
        Rows in the file, also those that could not be read or were left out by the reader.
    geometry
        Shapely geometry per row in `crs`, None where a row has none; None where the format has no geometry.
    crs
        What the file says of its coordinate system; empty where it does not say.
    layers
        Member of the archive per row, where the file is one.
    left_out
        Reason = rows that the reader left out on purpose.
    apart
        Rows in `columns` that are left out unless the city asks for them.
    words
        Per column: value in the file = our value, under the `values` of the source.
    faults
        What was wrong with the file itself.
    units
        Per column: its unit, where the file says it beside the column names.
    aside
        Rows that could not be read: `row`, `found`, `wanted` and what else there is to recover them by.
    """

    columns: pd.DataFrame
    rows: Rows
    total: int
    geometry: Things | None = None
    crs: str = ""
    layers: Things | None = None
    left_out: Mapping[str, int] = field(default_factory=dict)
    apart: tuple[Apart, ...] = ()
    words: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    faults: tuple[Fault, ...] = ()
    units: Mapping[str, str] = field(default_factory=dict)
    aside: pd.DataFrame = field(default_factory=lambda: pd.DataFrame({"row": [], "found": [], "wanted": []}))


@dataclass(frozen=True, slots=True)
class About:
    """What a file is, before its rows are read.

    Parameters
    ----------
    format, version
        Name of the format and its version, as the file says them; the version is empty where it says none.
    layers
        Layers or sheets that a source may name in `layer`; one without a name where there is only one.
    """

    format: str
    version: str = ""
    layers: tuple[str, ...] = ("",)


@dataclass(frozen=True)
class Reader:
    """One source format.

    Parameters
    ----------
    name
        Short name, the stem of its file; a source may name it in `format`.
    nl, en
        Name in Dutch and English.
    suffixes
        File name endings that it takes, with the dot, in lower case.
    fits
        Tells by looking at the file whether it is this format.
    read
        Reads the file; raises InputError where nothing of it can be used.
    source
        Where the format is described.
    licence
        Licence of the data where the format has only one; empty where it differs.
    crs
        Coordinate system that the format prescribes; empty where the file says it.
    promises
        Per role: our column = column of this reader, where they always arrive without being named in the settings.
    about
        Tells what a file is; None where its name says all. Raises InputError where it cannot be opened.
    """

    name: str
    nl: str
    en: str
    suffixes: tuple[str, ...]
    fits: Callable[[Path], bool]
    read: Callable[[Path, Source], Raw]
    source: str
    licence: str = ""
    crs: str = ""
    promises: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    about: Callable[[Path], About] | None = None


def unusable(where: str, found: str, wanted: str, *, layer: str = "", column: str = "") -> InputError:
    """Return the error that says that nothing of a file can be used, and what to do."""
    return InputError([Fault(where, found, wanted, layer, column=column, fatal=True)])


def under_names(units: Mapping[str, str], source: Source) -> Fault:
    """Return what is told of a row of units under the column names."""
    found = Phrase("units under the column names: {text}", text=", ".join(f"{name} {unit}" for name, unit in units.items())[:80])  # fmt: skip
    return Fault(source.path, found, Phrase("rows under the column names; the units were read"), source.layer)


def head(path: Path, size: int = 65_536) -> bytes:
    """Return the first bytes of a file, to look at what it is."""
    with path.open("rb") as stream:
        return stream.read(size)
