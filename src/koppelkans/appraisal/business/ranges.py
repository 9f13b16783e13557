"""Which key figures have a range, how far each can lie from its value, and how it is drawn. (nl: bandbreedtes)."""

from collections.abc import Mapping

import pandas as pd

from koppelkans.ground.errors import Fault, SettingError
from koppelkans.ground.settings import FILE_NAME, Figure, WorkKind
from koppelkans.ground.settings.business import Benefit, Phase

KIND, COST, LIFE, GROWTH = "kinds.{}.price", "cost.{}", "kinds.{}.life_years", "benefits.{}.growth"
WIDTH = "kinds.{}.opened_share"
FAILURE = ("failure_chance", "failure_growth", "criticality_floor")
"""Figures in which the NPV is in no proportion, besides lifetimes and growth."""
CONSTRUCTION = ("setup_eur", "traffic_eur_per_m", "paving_eur_per_m2")
"""Construction costs among the key figures; prices of kinds and estimates per phase are so too. These move together."""
FIXED = "fixed"
COLUMNS = ["figure", "value", "unit", "low", "high", "source", "distribution", "construction"]


def ranges(
    figures: Mapping[str, Figure],
    kinds: Mapping[str, WorkKind],
    phases: Mapping[str, Phase],
    benefits: Mapping[str, Benefit] | None = None,
) -> pd.DataFrame:
    """Return every figure that has a range and is not fixed, sorted by name.

    Tornado and draws both use it. Figures of the settings, prices, lifetimes and opened shares of kinds of work
    (`kinds.<kind>.price`, `kinds.<kind>.life_years`, `kinds.<kind>.opened_share`), growth of prices (`benefits.<effect>.growth`), and what an
    estimate of a work can turn out to be in the phase it is in (`cost.<certainty>`: value 1).

    Returns
    -------
    `figure`, `value`, `unit`, `low`, `high` (as factors of the value), `source`, `distribution`, and `construction`: whether it is
    a construction cost. An end that is not given is the value itself; for a lognormal it mirrors the other end.

    Raises
    ------
    SettingError
        Where a lognormal figure has a low end that is not above zero.
    """
    named = dict(figures)
    named |= {KIND.format(name): kind.price for name, kind in kinds.items() if kind.price}
    named |= {LIFE.format(name): kind.life_years for name, kind in kinds.items() if kind.life_years}
    named |= {WIDTH.format(name): kind.opened_share for name, kind in kinds.items() if kind.opened_share}
    named |= {GROWTH.format(name): benefit.growth for name, benefit in (benefits or {}).items() if benefit.growth}
    named |= {COST.format(name): _estimate(phase.range) for name, phase in phases.items()}
    rows = [
        (name, figure.value, figure.unit, figure.low, figure.high, figure.source, figure.distribution, _built(name))
        for name, figure in named.items()
        if figure.value > 0 and (figure.low is not None or figure.high is not None) and figure.distribution != FIXED
    ]
    made = pd.DataFrame(rows, columns=COLUMNS)
    for side in ("low", "high"):
        made[side] = made[side].astype("float64") / made["value"]
    logs = made["distribution"] == "lognormal"
    _check_above_zero(made[logs & (made["low"] <= 0)])
    mirrored = {"low": 1.0 / made["high"], "high": 1.0 / made["low"].where(made["low"] > 0)}
    for side, other in mirrored.items():
        made[side] = made[side].fillna(other.where(logs, 1.0))
    return made.sort_values("figure", ignore_index=True)


def _estimate(share: Figure) -> Figure:
    """Return what an estimate turns out to be, as a factor: 1, and so much less or more."""
    return share.model_copy(
        update={"value": 1.0, "unit": "factor", "low": 1.0 - share.value, "high": 1.0 + share.value}
    )


def _built(name: str) -> bool:
    """Return whether a figure is a construction cost."""
    price, cost = KIND.split("{}"), COST.split("{}")
    return name in CONSTRUCTION or name.startswith(cost[0]) or (name.startswith(price[0]) and name.endswith(price[1]))


def _check_above_zero(wrong: pd.DataFrame) -> None:
    """Refuse a lognormal figure that could be nothing: its logarithm does not exist."""
    if len(wrong):
        faults = [
            Fault(FILE_NAME, f"low is {row.low * row.value:g}", "a low end above 0 for a lognormal", column=row.figure, fatal=True)
            for row in wrong.itertuples()
        ]  # fmt: skip
        raise SettingError(faults)
