"""What a criterion is, what it looks at, and what it answers. (nl: criterium)."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Literal

import pandas as pd

from koppelkans.ground.horizon import Horizon
from koppelkans.ground.settings import AppraisalPart, Fund, WorkKind


@dataclass(frozen=True)
class Evidence:
    """All that is known of the works and their streets: what criteria measure on.

    Parameters
    ----------
    works
        The works by name, sorted, with besides their own columns `opens` (digs or lays paving) and `renewable` (of the
        kind); `cost_eur` and `due_year` are floats, unknown where not known.
    touches, openers
        `work` and `section`: where a work lies, and which sections it opens.
    meetings
        `work`, `other`, `section`: every other work that opens a section that the work opens.
    sections
        The sections by name, with `net_m`: length of cables and pipes in it (m; unknown where no such assets are known), and
        `laid_year`: year of its newest paving (unknown where no year is known).
    openings, worths, together, needs_met
        As the appraisal gives them; the first two by section and by work.
    section_needs
        `section`, `need_score` (0-1) and `weight` (weight x level of the ambition), one row per section and ambition.
    wishes
        The wishes.
    wish_sections
        The sections of the own streets of each wish: `wish`, `section`, `street` and `named`.
    payments, efforts, hours
        Who pays, who works, and the hours of each crew per year.
    funds, kinds, appraisal, price_year, years
        Settings: purses, kinds of work, key figures and tables per road class, price level, horizon.
    """

    works: pd.DataFrame
    touches: pd.DataFrame
    openers: pd.DataFrame
    meetings: pd.DataFrame
    sections: pd.DataFrame
    openings: pd.DataFrame
    worths: pd.DataFrame
    together: pd.DataFrame
    needs_met: pd.DataFrame
    section_needs: pd.DataFrame
    wishes: pd.DataFrame
    wish_sections: pd.DataFrame
    payments: pd.DataFrame
    efforts: pd.DataFrame
    hours: pd.DataFrame
    funds: tuple[Fund, ...]
    kinds: Mapping[str, WorkKind]
    appraisal: AppraisalPart
    price_year: int
    years: Horizon


@dataclass(frozen=True)
class Criterion:
    """One criterion under one of the six grounds.

    Parameters
    ----------
    name
        The name of its file.
    nl, en
        Its name for people, as it stands in a sentence.
    ground
        One of the six grounds.
    unit, unit_nl
        Unit of the measure, in English and in Dutch; euros begin with `eur`, shares with `share` or `deel`.
    better
        Whether more or less is better.
    formula
        LaTeX.
    source
        Where the numbers behind it come from.
    measure
        From the evidence to what `answer` makes: a measure per work and how it is known.
    ends
        Lowest and highest measure for the score, where these are fixed; otherwise those that are found.
    one, one_nl
        The unit for exactly one, where that is another word.
    """

    name: str
    nl: str
    en: str
    ground: str
    unit: str
    unit_nl: str
    better: Literal["more", "less"]
    formula: str
    source: str
    measure: Callable[[Evidence], pd.DataFrame]
    ends: tuple[float, float] | None = None
    one: str = ""
    one_nl: str = ""


def answer(evidence: Evidence, values: pd.Series, basis: str | pd.Series) -> pd.DataFrame:
    """Return the `measure` of every work and its `basis`; unknown where it has no value.

    The values are by work name.
    """
    names = evidence.works.index
    measure = values.reindex(names).astype("float64")
    known_by = basis.reindex(names) if isinstance(basis, pd.Series) else pd.Series(basis, index=names)
    return pd.DataFrame({"measure": measure, "basis": known_by.astype("str").where(measure.notna(), "unknown")})


def along(pairs: pd.DataFrame, values: pd.Series, how: Literal["sum", "max"]) -> pd.Series:
    """Return the sum or maximum of values over the sections of each work.

    Unknown where one of them is.

    Parameters
    ----------
    pairs
        `work` and `section`.
    values
        By section name.
    """
    joined = pairs[["work"]].assign(value=pairs["section"].map(values).astype("float64"))
    by_work = joined.groupby("work")["value"]
    found = by_work.sum() if how == "sum" else by_work.max()
    return found.where(by_work.count() == by_work.size())


def of_openers(evidence: Evidence, values: pd.Series) -> pd.Series:
    """Return values by work, with 0 for works that open no street.

    Unknown for openers without a value.
    """
    return values.reindex(evidence.works.index).where(evidence.works["opens"], 0.0)
