"""When an asset is due: from its condition where that is known, else from age and lifetime. (nl: vervangjaar)."""

import re
from collections.abc import Mapping

import numpy as np
import numpy.typing as npt
import pandas as pd

from koppelkans.context.arrays import Floats
from koppelkans.ground.horizon import Horizon
from koppelkans.ground.settings import ContextPart, WorkKind

CODE_LETTERS = 3
"""A word of a material that is no longer than this is a code (AC, PE) and must stand by itself."""


def due_years(
    assets: pd.DataFrame, *, kinds: Mapping[str, WorkKind], part: ContextPart, horizon: Horizon
) -> pd.DataFrame:
    """Return when each asset is due, and how that is known.

    Condition wins over age. NEN 2767 has a condition score run with the share of life that has passed as
    C = 1 + log_(1/2) (1 - t / L); solved for t, the inspected score gives the share passed at the inspection, and
    `condition_due` the share at which the asset is due. Without condition it is due when its lifetime has passed.
    Without year too, `unknown_year` says what is done.

    Parameters
    ----------
    assets
        kind, material, built_year, condition, condition_year and `spread`, a number 0-1 that is the same for assets
        that lie together: their assumed share of life passed.

    Returns
    -------
    due_year (Int64), due_basis and life_years (float), with the index of `assets`.
    """
    life = lifetimes(assets, kinds=kinds)
    condition = assets["condition"].to_numpy(dtype=float)
    inspected = assets["condition_year"].astype("Float64").to_numpy(dtype=float, na_value=np.nan)
    seen = np.where(np.isnan(inspected), horizon.first - 1.0, inspected)
    left = years_left(condition, life, due_at=part.condition_due)
    by_condition = np.where(np.isnan(left) & (condition >= part.condition_due), seen, seen + left)
    by_age = assets["built_year"].astype("Float64").to_numpy(dtype=float, na_value=np.nan) + life
    assumed = _assumed(life, assets["spread"].to_numpy(dtype=float), part=part, horizon=horizon)
    year = np.where(np.isnan(by_condition), np.where(np.isnan(by_age), assumed, by_age), by_condition)
    basis = np.select(
        [~np.isnan(by_condition) & np.isnan(inspected), ~np.isnan(by_condition), ~np.isnan(by_age), ~np.isnan(assumed)],
        ["assumed", "measured", "derived", "assumed"],
        "unknown",
    )
    whole = pd.Series(np.floor(year + 0.5), index=assets.index).astype("Int64")
    return pd.DataFrame({"due_year": whole, "due_basis": basis, "life_years": life}, index=assets.index)


def years_left(condition: Floats, life_years: Floats, *, due_at: float) -> Floats:
    """Return the years from an inspection until an asset is due.

    Below zero where it was due before.

    >>> years_left(np.array([1.0, 3.0, 5.0]), np.array([60.0, 60.0, 60.0]), due_at=5.0).round(2).tolist()
    [56.25, 11.25, 0.0]
    """
    left: Floats = (_passed(np.asarray(due_at, dtype=float)) - _passed(condition)) * life_years
    return left


def lifetimes(assets: pd.DataFrame, *, kinds: Mapping[str, WorkKind]) -> Floats:
    """Return the lifetime of each asset (years), by its material or else its kind.

    NaN where neither is known.
    """
    general = {name: kind.life_years.value for name, kind in kinds.items() if kind.life_years is not None}
    life: Floats = assets["kind"].map(general).to_numpy(dtype=float)
    material = assets["material"].astype("str")
    done = np.zeros(len(assets), dtype=bool)
    for name, kind in kinds.items():
        for word, figure in kind.materials.items():
            fits = (assets["kind"] == name).to_numpy() & _holds(material, word) & ~done
            life = np.where(fits, figure.value, life)
            done |= fits
    return life


def _passed(condition: Floats) -> Floats:
    """Return the share of life that has passed at a condition score: 1 - (1/2) ** (C - 1)."""
    passed: Floats = 1.0 - 0.5 ** (condition - 1.0)
    return passed


def _holds(material: pd.Series, word: str) -> npt.NDArray[np.bool_]:
    """Tell which materials hold a word; a code must stand by itself."""
    pattern = rf"\b{re.escape(word)}\b" if len(word) <= CODE_LETTERS else re.escape(word)
    found: npt.NDArray[np.bool_] = material.str.contains(pattern, case=False, regex=True, na=False).to_numpy(dtype=bool)
    return found


def _assumed(life: Floats, spread: Floats, *, part: ContextPart, horizon: Horizon) -> Floats:
    """Return the due year where nothing is known: none, the year before the horizon, or spread evenly over a lifetime."""
    if part.unknown_year == "skip":
        return np.full(len(life), np.nan)
    if part.unknown_year == "backlog":
        return np.where(np.isnan(life), np.nan, horizon.first - 1.0)
    year: Floats = np.floor(horizon.first + spread * life)
    return year
