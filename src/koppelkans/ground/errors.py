"""Errors with their place: where, what was found, what was wanted, what to do. (nl: fouten)."""

from collections.abc import Sequence
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Fault:
    """One thing that is wrong in the input, with its place.

    Parameters
    ----------
    where
        File, as the user named it (relative to the city folder where possible).
    layer
        Layer, sheet or member of an archive; empty where the file has only one.
    row
        Row number as the user sees it: 1 is the first row of data; None where the fault concerns the whole file.
    column
        Column in the user's file; empty where the fault concerns the whole row.
    found, wanted
        What stood there, and what was expected.
    fatal
        True where nothing of this file can be used; False where only the row was set aside or a value became unknown.
    """

    where: str
    found: str
    wanted: str
    layer: str = ""
    row: int | None = None
    column: str = ""
    fatal: bool = False

    def __str__(self) -> str:
        """Return the fault as one line: place, found, wanted."""
        place = self.where + (f" [{self.layer}]" if self.layer else "")
        place += f", row {self.row}" if self.row is not None else ""
        place += f", column {self.column}" if self.column else ""
        return f"{place}: found {self.found}; wanted {self.wanted}"


class KoppelkansError(Exception):
    """Mother of every error that Koppelkans raises on purpose; its text says what to do next."""


class InputError(KoppelkansError):
    """The input cannot be used; `faults` names every reason at once."""

    def __init__(self, faults: Sequence[Fault]) -> None:
        """Keep the faults as data."""
        self.faults = tuple(faults)
        super().__init__("\n".join(str(fault) for fault in self.faults))


class SettingError(InputError):
    """koppelkans.toml holds a setting that cannot be used; each fault names its key."""


class NoProgrammeError(KoppelkansError):
    """No programme meets every hard demand; `clashing` is a smallest set of these.

    `demands` names each of them (constraint, and the work, fund, crew or limit), also where the words sum many up.
    """

    def __init__(self, clashing: Sequence[str], *, demands: Sequence[tuple[str, str]] = ()) -> None:
        """Keep the clashing demands as data."""
        self.clashing = tuple(clashing)
        self.demands = tuple(demands)
        super().__init__("No programme meets these demands together: " + "; ".join(self.clashing))


class OutOfTimeError(KoppelkansError):
    """The time limit passed before any programme was found; raise the limit or loosen a demand."""
