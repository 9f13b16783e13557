"""What an effect is, and what it looks at. (nl: effect)."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from typing import Literal

import numpy as np
import pandas as pd

from koppelkans.ground.settings import Figure, WorkKind
from koppelkans.ground.settings.business import Benefit
from koppelkans.rules.key_figures import key_figure

RESIDENTS = "residents"
"""Holder of what the people along the street feel: nuisance, and the worth of ambitions."""
BASES = ("measured", "derived", "assumed", "unknown")
"""How a number is known, the surest first."""


@dataclass(frozen=True)
class Case:
    """The works, each done alone in its best year: what effects are computed on.

    Parameters
    ----------
    works
        The works, sorted, with besides their own columns: `life_years` of the kind (unknown where none), `renewable`
        (of the kind), `opens` (digs or lays paving), `sections` (opened), `opening_eur`, `open_days`, `breach_eur` and `address_days` (over
        these sections; all unknown where the work opens the street and lies in no known section, address-days also
        where those of one section are), `points` (need met, unknown where no need is known).
    payers
        `work`, `holder` and `share`: the party behind each purse; shares add up to 1 per work.
    kinds, figures
        Kinds of work, and key figures by name.
    price_year
        Price level of the amounts.
    rate
        Discount rate (share per year), for effects that last.
    years
        Years over which a lasting effect is counted.
    benefits
        Yearly benefits by name of the effect: for whom, and of which kinds of work.
    """

    works: pd.DataFrame
    payers: pd.DataFrame
    kinds: Mapping[str, WorkKind]
    figures: Mapping[str, Figure]
    price_year: int
    rate: float
    years: int
    benefits: Mapping[str, Benefit] = field(default_factory=dict)


@dataclass(frozen=True)
class Effect:
    """One cost or benefit of a work.

    Parameters
    ----------
    name
        The name of its file, or of its row in a file that holds effects of one form.
    nl, en
        Its name for people.
    unit
        Unit of its quantity; empty where it is the unit of the work.
    side
        Cost or benefit; an amount below zero on one side is shown on the other.
    holder_nl, holder_en
        Who pays or gains, in words.
    formula
        LaTeX.
    figures
        Names of the key figures it uses, which carry the sources.
    linear_in
        Column of `Case.works` in which the amount is linear: twice as much, twice the euros; nothing, nothing.
    lasts
        Once, in every year of the window from the best year, in every year that the horizon counts, or once at its end.
    amount
        From a case to a frame with `work`, `holder`, `quantity`, `amount_eur` (float, above zero on its own side,
        unknown where not known) and `basis`; `unit` and `source` where they differ per work.
    alone
        Whether it stands in the table of amounts of works done alone; false for what only a business case counts.
    """

    name: str
    nl: str
    en: str
    unit: str
    side: Literal["cost", "benefit"]
    holder_nl: str
    holder_en: str
    formula: str
    figures: tuple[str, ...]
    linear_in: str
    lasts: Literal["once", "window", "horizon", "end"]
    amount: Callable[[Case], pd.DataFrame]
    alone: bool = True


def figure_of(case: Case, name: str) -> float:
    """Return a key figure at the price level of the case; a missing one is told by its key."""
    return key_figure(case.figures, name, price_year=case.price_year)


def basis_of(case: Case, names: Iterable[str], amounts: pd.Series) -> np.ndarray:
    """Return the least sure basis of the figures behind each amount.

    Unknown where the amount is.
    """
    bases = [case.figures[name].basis for name in names if name in case.figures]
    worst = max(bases, key=BASES.index, default="derived")
    return np.where(amounts.isna(), "unknown", worst)


def yearly_worth(years: np.ndarray, *, rate: float) -> np.ndarray:
    """Return the discount factor of each coming year: (1 + rate) ** -years.

    Year 0 is that of the work.
    """
    return np.asarray((1.0 + rate) ** -np.asarray(years, dtype=float), dtype=float)
