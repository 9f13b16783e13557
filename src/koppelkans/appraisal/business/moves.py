"""Figures in which the NPV is in no proportion (chance of failure, lifetimes, growth of prices), moved to their ends. (nl: verschoven kengetallen)."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

import numpy as np
import pandas as pd

from koppelkans.appraisal.business.codes import coded, constant, picked, stack
from koppelkans.appraisal.business.courses import Course, name_streams
from koppelkans.appraisal.business.ground import Footing
from koppelkans.appraisal.business.lives import breaking_of
from koppelkans.appraisal.business.outcome import with_values
from koppelkans.appraisal.business.ranges import FAILURE, GROWTH, LIFE
from koppelkans.appraisal.business.rates import rates_of
from koppelkans.appraisal.business.sensitivity import leverage
from koppelkans.appraisal.business.streams import Span, Standing, risks, streams, together_in_one, with_breaking, yearly
from koppelkans.ground.settings import AppraisalPart

FORMULA = (
    r"\text{NPV}_d = \sum_G \Bigl(W_G + \sum_z \bigl[\lambda_{zd}\,\Delta W_{Gz}^{\text{low}}"
    r" + \eta_{zd}\,\Delta W_{Gz}^{\text{high}}\bigr]\Bigr) \prod_{x \in G} m_{xd},\quad"
    r"\lambda_{zd} = \frac{(1 - m_{zd})^+}{1 - a_z},\ \eta_{zd} = \frac{(m_{zd} - 1)^+}{b_z - 1}"
)
"""Figure z moves the worth of group G by dW at its low end a and at its high end b; between them in proportion."""
KEY = ["case", "alternative"]
NEEDED = [*KEY, "at", "effect", "factors", "first", "last", "amount", "growth"]
ENDS = ("low", "high")
BELOW, ABOVE = "<", ">"


@dataclass(frozen=True)
class Ground:
    """What is moved: the footing with its alternatives, the years, and the settings."""

    footing: Footing
    courses: Sequence[Course]
    span: Span
    rate: float
    part: AppraisalPart
    standing: Standing


def shifts(ground: Ground, table: pd.DataFrame, cases: list[str]) -> pd.DataFrame:
    """Return how much the worth of each group of figures changes when a figure goes to its low and to its high end.

    Each figure moves alone, and everything that follows from it is worked out anew: `case`, `alternative`, `factors`,
    `figure`, `low` and `high` (eur, against the null alternative).

    Parameters
    ----------
    table
        What `ranges` returned.
    cases
        Cases to tell of, besides the city.
    """
    found: dict[str, list[pd.DataFrame]] = {end: [] for end in ENDS}
    for family in (_failures, _lives, _growths):
        for end, made in family(ground, table):
            found[end].append(made)
    names = [*KEY, "factors", "figure"]
    parts = [leverage(stack(found[end], [*names, "worth"]), cases, more=("figure",)) for end in ENDS if found[end]]
    if not parts:
        return pd.DataFrame(columns=[*names, *ENDS])
    both = [
        part.astype(dict.fromkeys(names, "str")).rename(columns={"worth": end})
        for part, end in zip(parts, ENDS, strict=True)
    ]
    return both[0].merge(both[1], on=names, how="outer").fillna({"low": 0.0, "high": 0.0})


def as_levers(levers: pd.DataFrame, moved: pd.DataFrame) -> pd.DataFrame:
    """Return the levers with those of the moved figures: worth that is in proportion to how far a figure is to one end."""
    parts = [levers.astype(dict.fromkeys([*KEY, "factors"], "str"))]
    for end, mark in zip(ENDS, (BELOW, ABOVE), strict=True):
        named = (moved["factors"].astype("str") + " " + moved["figure"].astype("str") + mark).str.strip()
        parts.append(moved[KEY].assign(factors=named, worth=moved[end].astype("float64")))
    return pd.concat([part for part in parts if len(part)] or parts[:1], ignore_index=True)


def towards_ends(drawn: pd.DataFrame, table: pd.DataFrame, figures: Sequence[str]) -> pd.DataFrame:
    """Return draws of how far each of `figures` is to its low end and to its high end: 0 at its value, 1 at the end."""
    bounds = table.set_index("figure")
    made = {}
    for name in figures:
        low, high = (float(bounds.loc[name, end]) for end in ENDS)
        draws = drawn[name].to_numpy()
        made[name + BELOW] = np.clip(1.0 - draws, 0.0, None) / (1.0 - low) if low < 1.0 else np.zeros(len(draws))
        made[name + ABOVE] = np.clip(draws - 1.0, 0.0, None) / (high - 1.0) if high > 1.0 else np.zeros(len(draws))
    return pd.DataFrame(made, index=drawn.index)


def _worths(ground: Ground, parts: Sequence[pd.DataFrame]) -> pd.DataFrame:
    """Return streams with what they are worth."""
    every = stack(parts, NEEDED)
    if every.empty:
        return every.assign(worth=0.0)
    rates = rates_of(every["effect"], standard=ground.rate, part=ground.part.business)
    return with_values(every, rates, base_year=ground.span.first)


def _changed(after: pd.DataFrame, before: pd.DataFrame) -> pd.DataFrame:
    """Return what `after` is worth more than `before`, as rows of both with their sign."""
    columns = [*KEY, "at", "effect", "factors", "worth"]
    return stack([after, before.assign(worth=-before["worth"])], columns)


def _failures(ground: Ground, table: pd.DataFrame) -> Iterator[tuple[str, pd.DataFrame]]:
    """Yield the change for each figure behind the chance and the cost of failure."""
    named = table[table["figure"].isin(FAILURE)]
    if named.empty:
        return
    before = _worths(ground, list(_failing(ground, ground.footing)))
    for row in named.itertuples():
        for end, factor in ((ENDS[0], row.low), (ENDS[1], row.high)):
            case = ground.footing.case
            figure = case.figures[row.figure]
            moved = figure.model_copy(update={"value": figure.value * factor, "low": None, "high": None})
            footing = replace(ground.footing, case=replace(case, figures={**case.figures, row.figure: moved}))
            after = _worths(ground, list(_failing(ground, footing)))
            both = _changed(after, before)
            yield end, both.assign(figure=constant(row.figure, len(both)))


def _failing(ground: Ground, footing: Footing) -> Iterator[pd.DataFrame]:
    """Yield what follows from failures: the risk until a work is done, and all that comes where it is never done."""
    whole = with_breaking(ground.standing, footing.case, breaking_of(footing.case, first=ground.span.first))
    for course in ground.courses:
        if np.isnan(course.years).all():
            standing = _without_benefits(whole)
            made = streams(footing.case, course.years, course.bears, footing.alone, span=ground.span, standing=standing)
        else:
            made = together_in_one(risks(whole, course.years, ground.span))
        yield name_streams(made, footing, course.alternative)


def _lives(ground: Ground, table: pd.DataFrame) -> Iterator[tuple[str, pd.DataFrame]]:
    """Yield the change for the lifetime of each kind of work that has a range; works of a kind move together."""
    works = ground.footing.case.works
    kinds = [kind for kind in sorted(works["kind"].unique()) if LIFE.format(kind) in set(table["figure"])]
    if not kinds:
        return
    keep = works["kind"].isin(kinds).to_numpy()
    bounds = table.set_index("figure")
    before = _worths(ground, list(_living(ground, works["life_years"], keep)))
    start, rest = LIFE.split("{}")
    figure = start + works["kind"].astype("str") + rest
    for end in ENDS:
        factor = works["kind"].map({kind: bounds.loc[LIFE.format(kind), end] for kind in kinds}).astype("float64")
        after = _worths(ground, list(_living(ground, works["life_years"] * factor.fillna(1.0), keep)))
        both = _changed(after, before)
        yield end, both.assign(figure=picked(figure, both["at"].to_numpy(dtype="int64")))


def _living(ground: Ground, lives: pd.Series, keep: np.ndarray) -> Iterator[pd.DataFrame]:
    """Yield the streams of the works that are kept, with other lifetimes, without what is not touched by these."""
    footing = ground.footing
    case = replace(footing.case, works=footing.case.works.assign(life_years=lives))
    whole = ground.standing
    standing = _without_benefits(
        replace(whole, breaking=replace(whole.breaking, applies=whole.breaking.applies & keep))
    )
    for course in ground.courses:
        years = np.where(keep, course.years, np.nan)
        made = streams(case, years, course.bears, footing.alone, span=ground.span, standing=standing)
        yield name_streams(made, footing, course.alternative)


def _growths(ground: Ground, table: pd.DataFrame) -> Iterator[tuple[str, pd.DataFrame]]:
    """Yield the change for the relative price growth of each benefit that has a range."""
    bounds = table.set_index("figure")
    rising = [pair for pair in ground.standing.yearly if GROWTH.format(pair[0].effect.name) in bounds.index]
    if not rising:
        return
    start, rest = GROWTH.split("{}")

    def grown(end: str | None) -> pd.DataFrame:
        parts = []
        for course in ground.courses:
            pieces = []
            for rows, growth in rising:
                factor = 1.0 if end is None else float(bounds.loc[GROWTH.format(rows.effect.name), end])
                pieces += yearly(rows, course.years + 1.0, ground.span, growth=growth * factor)
            parts.append(name_streams(together_in_one(pieces), ground.footing, course.alternative))
        return _worths(ground, parts)

    before = grown(None)
    for end in ENDS:
        both = _changed(grown(end), before)
        yield end, both.assign(figure=coded(start + both["effect"].astype("str") + rest))


def _without_benefits(standing: Standing) -> Standing:
    """Return what every alternative shares, without what no failure and no lifetime changes."""
    return replace(
        standing, yearly=(), first_only=(), worth=replace(standing.worth, table=standing.worth.table.iloc[:0])
    )
