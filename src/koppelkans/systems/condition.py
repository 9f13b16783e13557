"""The course of condition after NEN 2767: in which years an asset is good, fair and poor. (nl: conditieverloop)."""

from collections.abc import Mapping

import numpy as np
import pandas as pd

from koppelkans.context.works.due import lifetimes, years_left
from koppelkans.ground.horizon import Horizon
from koppelkans.ground.settings import WorkKind
from koppelkans.systems.lasting import ALWAYS, NEVER, Floats

NEW = 1.0
FAIR_FROM = 3.0
"""Good is a score below 3: less than 75 % of life has passed."""
POOR_FROM = 5.0
"""Fair is a score from 3 and below 5; from 5 on (93.75 % of life passed) it is poor."""


def turning_years(assets: pd.DataFrame, *, kinds: Mapping[str, WorkKind], horizon: Horizon) -> pd.DataFrame:
    """Return when each asset turns fair and poor, as it is and counted from a renewal.

    NEN 2767 has a condition score run as C = 1 + log_(1/2) (1 - t / L), at most 6. An inspected score is taken as the age at
    which the course has that score (without year of inspection: the year before the horizon, as for due years); it wins
    over the year of laying. Where no lifetime is known there is no course: the inspected score, or that of a renewed
    asset, stands.

    Returns
    -------
    fair_year and poor_year (calendar years, broken years too; unknown where neither score nor age with lifetime is known),
    fair_after and poor_after (years from a renewal), with the index of `assets`.
    """
    life = lifetimes(assets, kinds=kinds)
    score = assets["condition"].to_numpy(dtype=float)
    built = assets["built_year"].astype("Float64").to_numpy(dtype=float, na_value=np.nan)
    inspected = assets["condition_year"].astype("Float64").to_numpy(dtype=float, na_value=np.nan)
    seen = np.where(np.isnan(inspected), horizon.first - 1.0, inspected)
    new = np.full(len(assets), NEW)
    turns = {}
    for name, limit in (("fair", FAIR_FROM), ("poor", POOR_FROM)):
        after = years_left(new, life, due_at=limit)
        by_score = np.where(np.isnan(life), _stands(score, limit), seen + years_left(score, life, due_at=limit))
        turns[f"{name}_year"] = np.where(np.isnan(score), built + after, by_score)
        turns[f"{name}_after"] = np.where(np.isnan(life), NEVER, after)
    return pd.DataFrame(turns, index=assets.index)


def _stands(score: Floats, limit: float) -> Floats:
    """Return when a score that does not change passes a limit: always or never."""
    stands: Floats = np.where(score >= limit, ALWAYS, NEVER)
    return stands
