"""How the NPV moves with each key figure, and where it would be nothing. (nl: gevoeligheid)."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

import numpy as np
import pandas as pd

from koppelkans.appraisal.business.codes import coded, constant, picked, stack
from koppelkans.appraisal.business.courses import AlternativeYears, name_streams
from koppelkans.appraisal.business.footing import Footing
from koppelkans.appraisal.business.lives import breaking_of
from koppelkans.appraisal.business.outcome import with_values
from koppelkans.appraisal.business.product import CITY
from koppelkans.appraisal.business.ranges import FAILURE, GROWTH, LIFE
from koppelkans.appraisal.business.rates import rates_of
from koppelkans.appraisal.business.streams import (
    CaseBasis,
    Span,
    risks,
    streams,
    together_in_one,
    with_breaking,
    yearly,
)
from koppelkans.ground.settings import AppraisalPart

FORMULA = r"\text{NPV}(x) = \text{NPV} + W_x\,(x / x_0 - 1),\qquad x^* = x_0\,(1 - \text{NPV} / W_x)"
"""W is the worth of all that is in proportion to key figure x (value x0); x* is the value at which the NPV is nothing."""
KEY = ["case", "alternative"]
NULL = "null"


def leverage(valued: pd.DataFrame, cases: list[str], *, more: tuple[str, ...] = ()) -> pd.DataFrame:
    """Return the worth in proportion to each group of key figures, per case and alternative.

    The worth is the difference with the null alternative (eur). `factors` names the figures, with spaces between. The
    case `city` holds everything.

    Parameters
    ----------
    valued
        Streams with `worth` and `factors`.
    cases
        Cases to tell of, besides the city.
    more
        Columns that also keep worths apart.
    """
    names = [*KEY, "factors", *more]
    known = valued.loc[valued["worth"].notna(), [*names, "worth"]]
    if known.empty:
        return known.astype(dict.fromkeys(names, "str"))
    known = known.assign(**{name: coded(known[name]) for name in names})
    city = known.assign(case=constant(CITY, len(known)))
    every = stack([known[known["case"].isin(cases)], city], [*names, "worth"])
    sums = every.groupby(names, as_index=False, observed=True)["worth"].sum()
    null = sums[sums["alternative"] == NULL].assign(worth=lambda part: -part["worth"])
    others = [other for other in sums["alternative"].unique() if other != NULL]
    parts = [null.assign(alternative=constant(other, len(null))) for other in others]
    made = stack([sums[sums["alternative"] != NULL], *parts], [*names, "worth"])
    return made.groupby(names, as_index=False, observed=True)["worth"].sum()


def tornado(levers: pd.DataFrame, table: pd.DataFrame, moved: pd.DataFrame | None = None) -> pd.DataFrame:
    """Return the NPV at the low and high end of each figure, the widest range first.

    Per case, alternative and figure with a range. Every figure moves alone. Exact, because every amount is in
    proportion to the product of its figures, and a figure in which it is not was worked out anew at both ends; its
    break-even is then not known.

    Parameters
    ----------
    levers
        What `leverage` returned.
    table
        What `ranges` returned.
    moved
        What `shifts` returned.
    """
    levers = levers.astype(dict.fromkeys([*KEY, "factors"], "str"))
    total = levers.groupby(KEY)["worth"].sum().rename("npv")
    each = levers.assign(figure=levers["factors"].str.split()).explode("figure").dropna(subset=["figure"])
    linear = each.groupby([*KEY, "figure"])["worth"].sum().reset_index()
    made = linear.merge(table, on="figure").merge(total, on=KEY)
    made["low_eur"] = made["npv"] + made["worth"] * (made["low"] - 1.0)
    made["high_eur"] = made["npv"] + made["worth"] * (made["high"] - 1.0)
    share = 1.0 - made["npv"] / made["worth"].where(made["worth"].abs() >= 0.5)  # noqa: PLR2004 -- half a euro is nothing
    made["break_even"] = (made["value"] * share).where(share >= 0.0)
    if moved is not None and len(moved):
        ends = (
            moved.groupby([*KEY, "figure"])[["low", "high"]]
            .sum()
            .set_axis(["low_eur", "high_eur"], axis=1)
            .reset_index()
        )
        ends = ends.merge(table, on="figure").merge(total, on=KEY)
        ends = ends.assign(
            low_eur=ends["npv"] + ends["low_eur"], high_eur=ends["npv"] + ends["high_eur"], break_even=np.nan
        )
        made = pd.concat([made, ends], ignore_index=True)
    made["width"] = (made["high_eur"] - made["low_eur"]).abs()
    made = made[made["width"] >= 0.5]  # noqa: PLR2004
    order = made.assign(back=-made["width"]).sort_values([*KEY, "back", "figure"])
    return order.drop(columns="back").reset_index(drop=True)


def rate_range(valued_at: dict[str, pd.Series], *, value: float, low: float, high: float) -> pd.DataFrame:
    """Return the tornado rows of the discount rate: NPV at its low, usual and high value.

    Per case and alternative.
    """
    made = pd.DataFrame(valued_at).reset_index()
    return made.assign(figure="discount_rate", value=value, unit="share per year", low=low / value, high=high / value)


def needed_per_year(npv: np.ndarray, annuities: np.ndarray) -> np.ndarray:
    """Return the yearly benefit that makes the NPV zero; 0 where it is not negative.

    It is what the unknown benefits must bring.
    """
    return np.where(npv < 0, -npv / annuities, 0.0)


SHIFT_FORMULA = (
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
class RangeBasis:
    """What is moved: the footing with its alternatives, the years, and the settings."""

    footing: Footing
    courses: Sequence[AlternativeYears]
    span: Span
    rate: float
    part: AppraisalPart
    standing: CaseBasis


def shifts(basis: RangeBasis, table: pd.DataFrame, cases: list[str]) -> pd.DataFrame:
    """Return the change in worth of each group of figures at the ends of each figure.

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
        for end, made in family(basis, table):
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
    """Return the levers with those of the moved figures added.

    Their worth is in proportion to how far a figure is to one end.
    """
    parts = [levers.astype(dict.fromkeys([*KEY, "factors"], "str"))]
    for end, mark in zip(ENDS, (BELOW, ABOVE), strict=True):
        named = (moved["factors"].astype("str") + " " + moved["figure"].astype("str") + mark).str.strip()
        parts.append(moved[KEY].assign(factors=named, worth=moved[end].astype("float64")))
    return pd.concat([part for part in parts if len(part)] or parts[:1], ignore_index=True)


def towards_ends(drawn: pd.DataFrame, table: pd.DataFrame, figures: Sequence[str]) -> pd.DataFrame:
    """Return draws of how far figures are to their low and high ends (0-1).

    0 at the value, 1 at the end.
    """
    bounds = table.set_index("figure")
    made = {}
    for name in figures:
        low, high = (float(bounds.loc[name, end]) for end in ENDS)
        draws = drawn[name].to_numpy()
        made[name + BELOW] = np.clip(1.0 - draws, 0.0, None) / (1.0 - low) if low < 1.0 else np.zeros(len(draws))
        made[name + ABOVE] = np.clip(draws - 1.0, 0.0, None) / (high - 1.0) if high > 1.0 else np.zeros(len(draws))
    return pd.DataFrame(made, index=drawn.index)


def _worths(basis: RangeBasis, parts: Sequence[pd.DataFrame]) -> pd.DataFrame:
    """Return streams with what they are worth."""
    every = stack(parts, NEEDED)
    if every.empty:
        return every.assign(worth=0.0)
    rates = rates_of(every["effect"], standard=basis.rate, part=basis.part.business)
    return with_values(every, rates, base_year=basis.span.first)


def _changed(after: pd.DataFrame, before: pd.DataFrame) -> pd.DataFrame:
    """Return what `after` is worth more than `before`, as rows of both with their sign."""
    columns = [*KEY, "at", "effect", "factors", "worth"]
    return stack([after, before.assign(worth=-before["worth"])], columns)


def _failures(basis: RangeBasis, table: pd.DataFrame) -> Iterator[tuple[str, pd.DataFrame]]:
    """Yield the change for each figure behind the chance and the cost of failure."""
    named = table[table["figure"].isin(FAILURE)]
    if named.empty:
        return
    before = _worths(basis, list(_failing(basis, basis.footing)))
    for row in named.itertuples():
        for end, factor in ((ENDS[0], row.low), (ENDS[1], row.high)):
            case = basis.footing.case
            figure = case.figures[row.figure]
            moved = figure.model_copy(update={"value": figure.value * factor, "low": None, "high": None})
            footing = replace(basis.footing, case=replace(case, figures={**case.figures, row.figure: moved}))
            after = _worths(basis, list(_failing(basis, footing)))
            both = _changed(after, before)
            yield end, both.assign(figure=constant(row.figure, len(both)))


def _failing(basis: RangeBasis, footing: Footing) -> Iterator[pd.DataFrame]:
    """Yield what follows from failures: the risk until a work is done, and all that comes where it is never done."""
    whole = with_breaking(basis.standing, footing.case, breaking_of(footing.case, first=basis.span.first))
    for course in basis.courses:
        if np.isnan(course.years).all():
            standing = _without_benefits(whole)
            made = streams(footing.case, course.years, course.bears, footing.alone, span=basis.span, standing=standing)
        else:
            made = together_in_one(risks(whole, course.years, basis.span))
        yield name_streams(made, footing, course.alternative)


def _lives(basis: RangeBasis, table: pd.DataFrame) -> Iterator[tuple[str, pd.DataFrame]]:
    """Yield the change for the lifetime of each kind of work that has a range; works of a kind move together."""
    works = basis.footing.case.works
    kinds = [kind for kind in sorted(works["kind"].unique()) if LIFE.format(kind) in set(table["figure"])]
    if not kinds:
        return
    keep = works["kind"].isin(kinds).to_numpy()
    bounds = table.set_index("figure")
    before = _worths(basis, list(_living(basis, works["life_years"], keep)))
    start, rest = LIFE.split("{}")
    figure = start + works["kind"].astype("str") + rest
    for end in ENDS:
        factor = works["kind"].map({kind: bounds.loc[LIFE.format(kind), end] for kind in kinds}).astype("float64")
        after = _worths(basis, list(_living(basis, works["life_years"] * factor.fillna(1.0), keep)))
        both = _changed(after, before)
        yield end, both.assign(figure=picked(figure, both["at"].to_numpy(dtype="int64")))


def _living(basis: RangeBasis, lives: pd.Series, keep: np.ndarray) -> Iterator[pd.DataFrame]:
    """Yield the streams of the works that are kept, with other lifetimes, without what is not touched by these."""
    footing = basis.footing
    case = replace(footing.case, works=footing.case.works.assign(life_years=lives))
    whole = basis.standing
    standing = _without_benefits(
        replace(whole, breaking=replace(whole.breaking, applies=whole.breaking.applies & keep))
    )
    for course in basis.courses:
        years = np.where(keep, course.years, np.nan)
        made = streams(case, years, course.bears, footing.alone, span=basis.span, standing=standing)
        yield name_streams(made, footing, course.alternative)


def _growths(basis: RangeBasis, table: pd.DataFrame) -> Iterator[tuple[str, pd.DataFrame]]:
    """Yield the change for the relative price growth of each benefit that has a range."""
    bounds = table.set_index("figure")
    rising = [pair for pair in basis.standing.yearly if GROWTH.format(pair[0].effect.name) in bounds.index]
    if not rising:
        return
    start, rest = GROWTH.split("{}")

    def grown(end: str | None) -> pd.DataFrame:
        parts = []
        for course in basis.courses:
            pieces = []
            for rows, growth in rising:
                factor = 1.0 if end is None else float(bounds.loc[GROWTH.format(rows.effect.name), end])
                pieces += yearly(rows, course.years + 1.0, basis.span, growth=growth * factor)
            parts.append(name_streams(together_in_one(pieces), basis.footing, course.alternative))
        return _worths(basis, parts)

    before = grown(None)
    for end in ENDS:
        both = _changed(grown(end), before)
        yield end, both.assign(figure=coded(start + both["effect"].astype("str") + rest))


def _without_benefits(standing: CaseBasis) -> CaseBasis:
    """Return what every alternative shares, without what no failure and no lifetime changes."""
    return replace(
        standing, yearly=(), first_only=(), worth=replace(standing.worth, table=standing.worth.table.iloc[:0])
    )
