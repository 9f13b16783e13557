"""Faults in rows: told with their place, and set aside for repair. (nl: gebreken)."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import islice, repeat
from typing import Literal

import numpy as np
import numpy.typing as npt
import pandas as pd
import shapely

from koppelkans.context.reading.reader import Raw
from koppelkans.ground.errors import Fault
from koppelkans.ground.words import Phrase

MOST_TOLD = 20
"""Rows with the same fault in the same column that are told one by one; the rest is counted, and all stand in the file of set-aside rows."""
LONGEST_FOUND = 80
"""Characters of what was found that fit on one line of a list of faults."""

Places = npt.NDArray[np.int64]


@dataclass(frozen=True)
class Trouble:
    """The same fault in one or more rows.

    Parameters
    ----------
    positions
        Positions of the rows in the frame that was read, ascending.
    found
        What stood there, per row.
    wanted
        What was expected, the same for all.
    column
        Column in the file; empty where the whole row is meant.
    kept
        True where the rows are read and only the value became unknown or was mended.
    told
        `rows`: row by row, and listed with the rows that were set aside; `values`: once per different value; `once`: once, counted.
    """

    positions: Places
    found: Sequence[str]
    wanted: str
    column: str = ""
    kept: bool = False
    told: Literal["rows", "values", "once"] = "rows"


def places(wrong: pd.Series) -> Places:
    """Return the positions at which a Boolean column is True; its index holds the positions."""
    found: Places = wrong.index.to_numpy(dtype=np.int64)[wrong.to_numpy(dtype=bool)]
    return found


def lost(troubles: Iterable[Trouble]) -> Places:
    """Return the positions of every row that is set aside."""
    gone = [trouble.positions for trouble in troubles if not trouble.kept]
    found: Places = np.unique(np.concatenate(gone)) if gone else np.array([], dtype=np.int64)
    return found


def tell(troubles: Iterable[Trouble], raw: Raw, where: str) -> tuple[Fault, ...]:
    """Return the faults of one source with their place, with many of one kind summed up."""
    made = list(_unread(raw, where))
    for trouble in troubles:
        if len(trouble.positions):
            made.extend(_TELLERS[trouble.told](trouble, raw, where))
    return tuple(made)


def set_aside(troubles: Iterable[Trouble], raw: Raw) -> pd.DataFrame:
    """Return the original rows with faults, with `row`, `layer`, `reason` and `kept`.

    `kept` is True where the row was read and only one of its values became unknown.
    """
    listed = [trouble for trouble in troubles if trouble.told == "rows" and len(trouble.positions)]
    unread = raw.aside.drop(columns=["found", "wanted"])
    unread.insert(1, "reason", _reason(raw.aside["found"], raw.aside["wanted"]))
    unread.insert(2, "kept", value=False)
    if not listed:
        return unread
    notes = pd.concat([_notes(trouble) for trouble in listed], ignore_index=True)
    if notes["at"].duplicated().any():
        notes = notes.groupby("at", as_index=False).agg(reason=("reason", "; ".join), kept=("kept", "all"))
    notes = notes.sort_values("at", ignore_index=True)
    at = notes["at"].to_numpy()
    first = pd.DataFrame({"row": raw.rows[at], "reason": notes["reason"], "kept": notes["kept"]})
    if raw.layers is not None:
        first.insert(1, "layer", raw.layers[at])
    own = raw.columns.iloc[at].reset_index(drop=True)
    own.columns = [f"{name} (file)" if name in first.columns else name for name in own.columns.astype(str)]
    if raw.geometry is not None:
        own["wkt"] = shapely.to_wkt(raw.geometry[at], rounding_precision=3)
    whole = pd.concat([first, own], axis=1)
    return whole if unread.empty else pd.concat([whole, unread], ignore_index=True)


def _notes(trouble: Trouble) -> pd.DataFrame:
    """Return position, reason and kept of each row of one trouble."""
    start = f"{trouble.column}: " if trouble.column else ""
    reasons = _reason((f"{start}{_short(found)}" for found in trouble.found), repeat(trouble.wanted))
    return pd.DataFrame({"at": trouble.positions, "reason": reasons, "kept": trouble.kept})


def _reason(found: Iterable[str], wanted: Iterable[str]) -> list[str]:
    """Return what was wrong with each row as one text."""
    return [f"{one}; wanted {other}" for one, other in zip(found, wanted, strict=False)]


def _unread(raw: Raw, where: str) -> Iterator[Fault]:
    """Tell the rows that the reader could not read."""
    lines = zip(raw.aside["row"], raw.aside["found"], raw.aside["wanted"], strict=True)
    yield from (Fault(where, found, wanted, row=int(row)) for row, found, wanted in islice(lines, MOST_TOLD))
    more = len(raw.aside) - MOST_TOLD
    if more > 0:
        yield Fault(where, Phrase("more rows like these: {n}", n=more), raw.aside["wanted"].iloc[-1])


def _by_row(trouble: Trouble, raw: Raw, where: str) -> Iterator[Fault]:
    """Tell the first rows one by one and count the rest."""
    for at, found in zip(trouble.positions[:MOST_TOLD], trouble.found[:MOST_TOLD], strict=True):
        yield _fault(trouble, raw, where, at=int(at), found=found)
    more = len(trouble.positions) - MOST_TOLD
    if more > 0:
        yield Fault(where, Phrase("more rows like these: {n}", n=more), trouble.wanted, column=trouble.column)


def _by_value(trouble: Trouble, raw: Raw, where: str) -> Iterator[Fault]:
    """Tell each different value once, with its first row and the number of rows."""
    frame = pd.DataFrame({"at": trouble.positions, "found": list(trouble.found)})
    each = frame.groupby("found", sort=False).agg(first=("at", "first"), n=("at", "size")).sort_values("first")
    for found, first, n in zip(each.index[:MOST_TOLD], each["first"], each["n"], strict=False):
        words = Phrase("{found} in {n} rows", found=_short(str(found)), n=n) if n > 1 else str(found)
        yield _fault(trouble, raw, where, at=int(first), found=words)
    more = len(each) - MOST_TOLD
    if more > 0:
        yield Fault(where, Phrase("more values like these: {n}", n=more), trouble.wanted, column=trouble.column)


def _at_once(trouble: Trouble, raw: Raw, where: str) -> Iterator[Fault]:
    """Tell it once, with the first row and the number of rows."""
    count = len(trouble.positions)
    words = Phrase("{found} in {n} rows", found=trouble.found[0], n=count) if count > 1 else trouble.found[0]
    yield _fault(trouble, raw, where, at=int(trouble.positions[0]), found=words)


_TELLERS = {"rows": _by_row, "values": _by_value, "once": _at_once}


def _fault(trouble: Trouble, raw: Raw, where: str, *, at: int, found: str) -> Fault:
    """Return the fault of one row."""
    layer = "" if raw.layers is None else str(raw.layers[at])
    return Fault(where, _short(found), trouble.wanted, layer, int(raw.rows[at]), trouble.column)


def _short(found: str) -> str:
    """Return what was found, short enough for one line."""
    return found if isinstance(found, Phrase) or len(found) <= LONGEST_FOUND else found[: LONGEST_FOUND - 1] + "…"
