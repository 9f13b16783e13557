"""The problem as a linear model in linopy: choices with their prices, and rows that constraints add. (nl: stelling)."""

from collections.abc import Sequence
from dataclasses import dataclass, field

import linopy
import numpy as np
import numpy.typing as npt
import pandas as pd
import xarray as xr

from koppelkans.programme.coded import Coded, Floats, Whole
from koppelkans.programme.constraint import Constraint

Labels = Whole


@dataclass(frozen=True)
class Told:
    """A block of rows that one constraint stated; `about` names what each row is about, None where it defines prices.

    `place` is the number of each row as the constraint counted them, before rows without any variable were left out.
    """

    constraint: str
    rows: int
    about: npt.NDArray[np.str_] | None
    place: Whole


@dataclass(frozen=True)
class Terms:
    """Sums of variables, one per row; sums over the same rows can be added and subtracted."""

    rows: int
    row: Whole
    label: Labels
    factor: Floats

    def __add__(self, other: "Terms") -> "Terms":
        """Return the two sums together."""
        return Terms(
            self.rows,
            np.concatenate([self.row, other.row]),
            np.concatenate([self.label, other.label]),
            np.concatenate([self.factor, other.factor]),
        )

    def __sub__(self, other: "Terms") -> "Terms":
        """Return the first sums less the second."""
        return self + Terms(other.rows, other.row, other.label, -other.factor)


@dataclass
class Statement:
    """The model while it is being stated.

    `does` holds the label of the yes-or-no variable of each option (a work in a year), `opened` of each opening (a
    section in a year). A constraint may `add` priced variables of its own between 0 and 1, builds sums with `total`, and
    states its rows with `demand`.
    """

    coded: Coded
    model: linopy.Model = field(default_factory=linopy.Model)
    told: list[Told] = field(default_factory=list)
    prices: list[tuple[Labels, Floats]] = field(default_factory=list)
    places: dict[str, tuple[Labels, Whole, Whole]] = field(default_factory=dict)
    does: Labels = field(init=False)
    opened: Labels = field(init=False)

    def __post_init__(self) -> None:
        """Add the choices that every problem has."""
        self.does = self._added("does", self.coded.option_eur, whole=True)
        self.opened = self.add("opened", self.coded.opening_eur, self.coded.opening_section, self.coded.opening_year)

    def add(self, name: str, eur: Floats, section: Whole, year: Whole) -> Labels:
        """Add a variable between 0 and 1 for each section and year, with its price (eur, discounted); return the labels."""
        labels = self._added(name, eur, whole=False)
        self.places[name] = (labels, section, year)
        return labels

    def _added(self, name: str, eur: Floats, *, whole: bool) -> Labels:
        """Add priced variables between 0 and 1 and return their labels, which are their places in the model."""
        if not len(eur):
            return np.empty(0, dtype=np.int64)
        over = [pd.RangeIndex(len(eur), name=f"{name}_at")]
        bounds = {} if whole else {"lower": 0.0, "upper": 1.0}
        variable = self.model.add_variables(coords=over, name=name, binary=whole, **bounds)
        labels = np.asarray(variable.labels.to_numpy(), dtype=np.int64)
        self.prices.append((labels, np.asarray(eur, dtype=float)))
        return labels

    def demand(
        self,
        constraint: str,
        terms: Terms,
        sign: str,
        bound: Floats | float,
        *,
        about: Sequence[str] | pd.Series | None = None,
    ) -> None:
        """State rows `terms sign bound`; `about` names what each row is about, where leaving it out could be asked.

        Rows without any variable say nothing to the solver and are left out; the judge looks at them all the same.
        """
        filled, row = np.unique(terms.row, return_inverse=True)
        if not len(filled):
            return
        limit = np.broadcast_to(np.asarray(bound, dtype=float), (terms.rows,))[filled]
        name = f"{constraint}_{len(self.told)}"
        left = self._expression(Terms(len(filled), row, terms.label, terms.factor))
        self.model.add_constraints(left, sign, xr.DataArray(limit, dims="row"), name=name)
        names = None if about is None else np.asarray(about, dtype=np.str_)[filled]
        self.told.append(Told(constraint, len(filled), names, filled))

    def finish(self) -> None:
        """Set the objective: every variable at its price."""
        labels = np.concatenate([part for part, _ in self.prices])
        eur = np.concatenate([part for _, part in self.prices])
        one = Terms(1, np.zeros(len(labels), dtype=np.int64), labels, eur)
        self.model.add_objective(self._expression(one).sum())

    def _expression(self, terms: Terms) -> linopy.LinearExpression:
        """Return terms as linopy holds them: a row each, as wide as the widest."""
        order = np.argsort(terms.row, kind="stable")
        row = terms.row[order]
        count = np.bincount(row, minlength=terms.rows)
        place = np.arange(len(row)) - np.repeat(np.cumsum(count) - count, count)
        width = max(1, int(count.max(initial=0)))
        variables = np.full((terms.rows, width), -1, dtype=np.int64)
        factors = np.full((terms.rows, width), np.nan)
        variables[row, place] = terms.label[order]
        factors[row, place] = terms.factor[order]
        data = {"vars": (("row", "_term"), variables), "coeffs": (("row", "_term"), factors)}
        return linopy.LinearExpression(xr.Dataset(data, coords={"row": np.arange(terms.rows)}), self.model)


def total(labels: Labels, *, by: Whole, rows: int, times: Floats | float = 1.0) -> Terms:
    """Return one sum per row: of `times` x variable over the labels whose `by` is that row."""
    factor = np.broadcast_to(np.asarray(times, dtype=float), labels.shape)
    return Terms(rows, np.asarray(by, dtype=np.int64), labels, factor)


def state(coded: Coded, constraints: Sequence[Constraint]) -> Statement:
    """Return the whole model of a problem: its choices, the rows of every constraint, and the objective."""
    said = Statement(coded)
    for constraint in constraints:
        constraint.tell(said)
    said.finish()
    return said
