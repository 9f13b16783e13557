"""Condition of each system over the years, with the programme and without any renewal. (nl: conditieprognose)."""

import numpy as np
import pandas as pd

from koppelkans.ground.horizon import Horizon
from koppelkans.systems.lasting import ALWAYS, NEVER, Floats, lasting

CLASSES = ("good_share", "fair_share", "poor_share", "unknown_share")


def forecast_of(assets: pd.DataFrame, *, horizon: Horizon) -> pd.DataFrame:
    """Return the forecast of every system per year, without and with the programme.

    The columns of `FORECAST`, for every system with assets. A renewed asset is new from the year of its renewal on,
    also where nothing was known of it before. Where nothing of a system can be weighed, all of it is unknown.

    Parameters
    ----------
    assets
        From `in_use`, with `weight`, `renewed` (year) and the columns of `turning_years`.
    """
    never = np.full(len(assets), NEVER)
    cases = {"nothing": never, "programme": assets["renewed"].to_numpy()}
    parts = [_case(assets, renewed, horizon=horizon).assign(case=case) for case, renewed in cases.items()]
    return pd.concat(parts).sort_values(["system", "case", "year"], ignore_index=True)


def _case(assets: pd.DataFrame, renewed: Floats, *, horizon: Horizon) -> pd.DataFrame:
    """Return the shares per system and year when assets are renewed in these years."""
    group, systems = pd.factorize(assets["system"], sort=True)
    weight = assets["weight"].to_numpy()
    sums = np.stack(
        [
            sum(
                lasting(group, weight, start=start, stop=stop, groups=len(systems), horizon=horizon)
                for start, stop in _spells(assets, renewed)[name]
            )
            for name in CLASSES
        ]
    )
    whole = sums.sum(axis=0)
    sums[CLASSES.index("unknown_share")] += whole <= 0
    shares = sums / sums.sum(axis=0)
    index = pd.MultiIndex.from_product([systems, horizon.years], names=["system", "year"])
    return pd.DataFrame(dict(zip(CLASSES, shares.reshape(len(CLASSES), -1), strict=True)), index=index).reset_index()


def _spells(assets: pd.DataFrame, renewed: Floats) -> dict[str, list[tuple[Floats, Floats]]]:
    """Return per class the years from and up to which each asset is in it: before its renewal, and after."""
    fair, poor = assets["fair_year"].to_numpy(), assets["poor_year"].to_numpy()
    unknown = np.isnan(fair)
    always, never = np.full(len(assets), ALWAYS), np.full(len(assets), NEVER)
    first, fair, poor = (np.where(unknown, NEVER, year) for year in (always, fair, poor))
    fair_again, poor_again = renewed + assets["fair_after"].to_numpy(), renewed + assets["poor_after"].to_numpy()
    return {
        "good_share": [(first, np.minimum(fair, renewed)), (renewed, fair_again)],
        "fair_share": [(fair, np.minimum(poor, renewed)), (fair_again, poor_again)],
        "poor_share": [(poor, renewed), (poor_again, never)],
        "unknown_share": [(np.where(unknown, ALWAYS, NEVER), renewed)],
    }
