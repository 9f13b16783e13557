"""Scores of 0 to 1 from measures in their own units, by value functions if given. (nl: scoren)."""

from collections.abc import Mapping, Sequence

import numpy as np
import numpy.typing as npt
import pandas as pd

from koppelkans.ground.errors import Fault, SettingError
from koppelkans.ground.settings import FILE_NAME, ValueFunction
from koppelkans.weighing.criterion import Criterion
from koppelkans.weighing.method import Floats

FORMULA = r"s_{ij} = \min\{1, \max\{0, (x_{ij} - \text{low}_j) / (\text{high}_j - \text{low}_j)\}\}"
"""`low` is the measure that scores worst, `high` the one that scores best; low > high where less is better."""
SAME = 0.5
"""Score of every work on a criterion on which all known works measure the same: it tells them not apart."""


def ends_of(measures: Floats, criteria: Sequence[Criterion]) -> tuple[Floats, Floats]:
    """Return the worst and best measure of each criterion; NaN where nothing is known.

    These are the ends that the criterion fixes, or the lowest and highest that are found.
    """
    known = ~np.isnan(measures)
    least = np.where(known, measures, np.inf).min(axis=0, initial=np.inf)
    most = np.where(known, measures, -np.inf).max(axis=0, initial=-np.inf)
    fixed = np.array([one.ends or (np.nan, np.nan) for one in criteria], dtype=float).reshape(-1, 2)
    given = ~np.isnan(fixed[:, 0])
    some = known.any(axis=0)
    lowest = np.where(given, fixed[:, 0], np.where(some, least, np.nan))
    highest = np.where(given, fixed[:, 1], np.where(some, most, np.nan))
    more = np.array([one.better == "more" for one in criteria], dtype=bool)
    return np.where(more, lowest, highest), np.where(more, highest, lowest)


def scores(measures: Floats, worst: Floats, best: Floats) -> Floats:
    """Return scores (works x criteria), linear between worst and best.

    Unknown stays NaN, a constant column scores 0.5.
    """
    span = best - worst
    flat = span == 0
    scaled = (measures - worst) / np.where(flat, 1.0, span)
    made = np.where(flat & ~np.isnan(measures), SAME, np.clip(scaled, 0.0, 1.0))
    return np.asarray(made + 0.0, dtype=float)


def criteria_table(criteria: Sequence[Criterion], measures: Floats, ends: tuple[Floats, Floats]) -> pd.DataFrame:
    """Return the rows of the table of criteria, in the order of the grounds, without weights."""
    worst, best = ends
    return pd.DataFrame(
        {
            "criterion": [one.name for one in criteria],
            "name_nl": [one.nl for one in criteria],
            "name_en": [one.en for one in criteria],
            "ground": [one.ground for one in criteria],
            "unit": [one.unit for one in criteria],
            "unit_nl": [one.unit_nl for one in criteria],
            "better": [one.better for one in criteria],
            "known": (~np.isnan(measures)).sum(axis=0),
            "low": worst,
            "high": best,
        }
    )


PIECEWISE = r"s = s_k + (s_{k+1} - s_k)\,\frac{x - x_k}{x_{k+1} - x_k},\quad x_k \le x \le x_{k+1}"
"""Between the points; before the first and behind the last the score stays as it is there."""
THRESHOLD = r"s = \max\{s_k : x\ \text{at least as good as}\ x_k\},\quad 0\ \text{where there is none}"
Values = Mapping[str, ValueFunction]


def check(values: Values, criteria: Sequence[Criterion], *, known: set[str]) -> None:
    """Refuse value functions that cannot be used.

    Parameters
    ----------
    values
        By criterion.
    criteria
        The criteria that take part.
    known
        Names of all criteria, also of those that are left out.

    Raises
    ------
    SettingError
        With every one that belongs to no criterion, has another unit, runs the wrong way or lacks its numbers.
    """
    pieces = {one.name: one for one in criteria}
    faults = [
        Fault(
            FILE_NAME, name, f"one of {', '.join(sorted(known))}", column=f"weighing.value_functions.{name}", fatal=True
        )
        for name in values
        if name not in known
    ]
    for name, value in values.items():
        if name in pieces:
            faults += [
                Fault(FILE_NAME, found, wanted, column=f"weighing.value_functions.{name}.{key}", fatal=True)
                for key, found, wanted in _faults(value, pieces[name])
            ]
    if faults:
        raise SettingError(faults)


def given_ends(ends: tuple[Floats, Floats], criteria: Sequence[Criterion], values: Values) -> tuple[Floats, Floats]:
    """Return the measures that score worst and best, where the city gave its own those."""
    worst, best = ends[0].copy(), ends[1].copy()
    for j, one in enumerate(criteria):
        value = values.get(one.name)
        if value is None:
            continue
        if value.points:
            first, last = value.points[0][0], value.points[-1][0]
            worst[j], best[j] = (first, last) if one.better == "more" else (last, first)
        else:
            worst[j] = worst[j] if value.worst is None else value.worst
            best[j] = best[j] if value.best is None else value.best
    return worst, best


def valued(measures: Floats, ends: tuple[Floats, Floats], criteria: Sequence[Criterion], values: Values) -> Floats:
    """Return scores (works x criteria), linear or by the value functions of the city.

    Linear is between the ends; unknown stays NaN.
    """
    made = scores(measures, *ends)
    for j, one in enumerate(criteria):
        value = values.get(one.name)
        if value is None or not value.points:
            continue
        column = measures[:, j]
        places, heights = (np.array(part, dtype=float) for part in zip(*value.points, strict=True))
        if value.shape == "piecewise":
            made[:, j] = np.where(np.isnan(column), np.nan, np.interp(column, places, heights))
        else:
            made[:, j] = _steps(column, places, heights, more=one.better == "more")
    return made


def vetoed(measures: Floats, criteria: Sequence[Criterion], values: Values) -> npt.NDArray[np.bool_]:
    """Return where a measure is worse than the veto (works x criteria).

    An unknown measure meets none.
    """
    limit = np.array(
        [value.veto if (value := values.get(one.name)) and value.veto is not None else np.nan for one in criteria]
    )
    more = np.array([one.better == "more" for one in criteria], dtype=bool)
    return np.asarray(np.where(more, measures < limit, measures > limit))


def _steps(column: Floats, places: Floats, heights: Floats, *, more: bool) -> Floats:
    """Return the score of the best step that a measure reaches; 0 where it reaches none."""
    if more:
        at = np.searchsorted(places, column, side="right")
        found = np.concatenate([[0.0], heights])[at]
    else:
        at = np.searchsorted(places, column, side="left")
        found = np.concatenate([heights, [0.0]])[at]
    return np.where(np.isnan(column), np.nan, found)


def _faults(value: ValueFunction, criterion: Criterion) -> list[tuple[str, str, str]]:
    """Return key, what was found and what was wanted, for what is wrong in one value function."""
    wrong = []
    if value.unit and value.unit not in (criterion.unit, criterion.unit_nl):
        wrong.append(("unit", value.unit, f"{criterion.unit} or {criterion.unit_nl}"))
    if value.shape == "linear":
        wrong += [("points", str(value.points), "no points where it is linear")] if value.points else []
        wrong += _wrong_ends(value, criterion)
    else:
        if value.worst is not None or value.best is not None:
            wrong.append(("shape", value.shape, "points instead of worst and best"))
        wrong += _wrong_points(value, criterion)
    if value.indifference is not None and value.preference is not None and value.indifference > value.preference:
        wrong.append(("preference", str(value.preference), f"at least the indifference of {value.indifference}"))
    if value.preference is not None and value.veto_gap is not None and value.veto_gap <= value.preference:
        wrong.append(("veto_gap", str(value.veto_gap), f"more than the preference of {value.preference}"))
    return wrong


def _wrong_ends(value: ValueFunction, criterion: Criterion) -> list[tuple[str, str, str]]:
    """Return what is wrong with the ends of a linear one."""
    if value.worst is None or value.best is None:
        return []
    upward = value.best > value.worst
    if value.best != value.worst and upward == (criterion.better == "more"):
        return []
    return [("best", str(value.best), f"a better measure than {value.worst}: {criterion.better} is better")]


def _wrong_points(value: ValueFunction, criterion: Criterion) -> list[tuple[str, str, str]]:
    """Return what is wrong with points: too few, out of order, beyond 0-1, or a better measure that scores less."""
    least = 2 if value.shape == "piecewise" else 1
    if len(value.points) < least:
        return [("points", str(value.points), f"at least {least}")]
    places, heights = np.array(value.points, dtype=float).T
    turn = 1 if criterion.better == "more" else -1
    if (np.diff(places) <= 0).any():
        return [("points", str(value.points), "in the order of the measure, each measure once")]
    if heights.min() < 0 or heights.max() > 1 or (np.diff(heights) * turn < 0).any():
        return [("points", str(value.points), f"scores of 0-1; {criterion.better} is better and may not score less")]
    return []
