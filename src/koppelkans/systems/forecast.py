"""Backlog and condition of each system over the years, with and without the programme. (nl: conditieprognose)."""

from collections.abc import Mapping

import numpy as np
import numpy.typing as npt
import pandas as pd

from koppelkans.context.works.costs import units
from koppelkans.ground.horizon import Horizon
from koppelkans.ground.money import whole_euros
from koppelkans.ground.settings import WorkKind

Ints = npt.NDArray[np.int64]
Floats = npt.NDArray[np.float64]

NEVER = np.inf
"""Year of what does not happen: later than every year."""
ALWAYS = -np.inf
"""Year of what was so before every year."""
PAIR = ["system", "kind"]
CLASSES = ("good_share", "fair_share", "poor_share", "unknown_share")


def lasting(group: Ints, amount: Floats, *, start: Floats, stop: Floats, groups: int, horizon: Horizon) -> Floats:
    """Return per group and year the sum of amounts that last: start <= year < stop.

    Amounts are first counted per group, first and last year, so that a million of them take no more room than a thousand,
    and sums are made by adding only: what is all gone is exactly zero.

    Parameters
    ----------
    group
        Group of each amount, 0 ... groups - 1.
    start, stop
        Calendar years, broken years too; infinite for always and never.

    Returns
    -------
    Shape (groups, years).

    >>> lasting(
    ...     np.array([0, 0]), np.array([100.0, 50.0]), start=np.array([2027.0, 2027.5]), stop=np.array([2028.0, NEVER]),
    ...     groups=1, horizon=Horizon(2027, 2029),
    ... ).tolist()
    [[100.0, 50.0, 50.0]]
    """
    size = len(horizon)
    low, high = _position(start, horizon), _position(stop, horizon)
    cell = (group * (size + 1) + low) * (size + 1) + high
    counted = np.bincount(cell, amount, groups * (size + 1) ** 2).reshape(groups, size + 1, size + 1)
    ends, years = np.arange(size + 1), np.arange(size)
    lasts = (ends[:, None, None] <= years) & (years < ends[None, :, None])
    total: Floats = np.einsum("glh,lhy->gy", counted, lasts.astype(np.float64))
    return total


def _position(year: Floats, horizon: Horizon) -> Ints:
    """Return the position in the horizon of the first whole year that is not before `year`; one past the end where there is none."""
    position: Ints = np.ceil(np.clip(year - horizon.first, 0, len(horizon))).astype(np.int64)
    return position


def years_of(
    assets: pd.DataFrame,
    done: pd.DataFrame,
    *,
    kinds: Mapping[str, WorkKind],
    prices: pd.Series,
    horizon: Horizon,
) -> pd.DataFrame:
    """Return the columns of `YEARS` for every kind that occurs and every year of the horizon.

    Parameters
    ----------
    assets
        From `in_use`, with `renewed`: the year in which the programme renews them.
    done
        Every work with system, kind, quantity, and year and cost_eur as the programme has them.
    prices
        Price of one unit per kind (eur, price level of the city); unknown where there is none.
    """
    pairs = pd.concat([assets[PAIR], done[PAIR]]).drop_duplicates().sort_values(PAIR, ignore_index=True)
    whole = pairs.merge(pd.DataFrame({"year": horizon.years}), how="cross")
    sums = done[done["year"].notna()].assign(works=1).sort_values("work")
    sums = sums.assign(year=sums["year"].astype("int64"), cost_eur=sums["cost_eur"].astype("Float64"))
    sums = sums.groupby([*PAIR, "year"])[["works", "quantity", "cost_eur"]].sum().reset_index()
    whole = whole.merge(sums, how="left", on=[*PAIR, "year"])
    whole["backlog"] = backlog(assets, pairs, horizon=horizon).ravel()
    return whole.assign(
        works=whole["works"].fillna(0).astype("int64"),
        quantity=whole["quantity"].fillna(0.0),
        unit=whole["kind"].map(units(kinds)),
        cost_eur=whole["cost_eur"].fillna(0).astype("int64"),
        backlog_eur=whole_euros(whole["backlog"] * whole["kind"].map(prices).astype("float64")),
    )


def backlog(assets: pd.DataFrame, pairs: pd.DataFrame, *, horizon: Horizon) -> Floats:
    """Return the overdue quantity per pair at the end of each year.

    Overdue is due by then, and not renewed by then.

    Returns
    -------
    Shape (pairs, years).
    """
    number = pd.Series(np.arange(len(pairs)), index=pd.MultiIndex.from_frame(pairs))
    group = number.reindex(pd.MultiIndex.from_frame(assets[PAIR])).to_numpy(dtype=np.int64)
    due = assets["due_year"].astype("Float64").to_numpy(dtype=float, na_value=NEVER)
    quantity = assets["quantity"].fillna(0.0).to_numpy()
    return lasting(group, quantity, start=due, stop=assets["renewed"].to_numpy(), groups=len(pairs), horizon=horizon)


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


def courses_of(assets: pd.DataFrame, *, prices: pd.Series, horizon: Horizon) -> pd.DataFrame:
    """Return per system and course what is overdue and poor at the end, and what it asks.

    `programme`: assets are renewed as the programme does. `nothing`: none is. `on_time`: what the programme does, and
    besides everything that is or falls due within the horizon in its year, overdue assets in the first; it asks the
    price of what the programme leaves overdue.

    Parameters
    ----------
    assets
        As for `forecast_of`, with `due_year`, `kind` and `quantity`.
    prices
        Price of one unit per kind.
    """
    renewed = assets["renewed"].to_numpy()
    due = assets["due_year"].astype("Float64").to_numpy(dtype=float, na_value=NEVER)
    timely = np.minimum(renewed, np.where(due <= horizon.last, np.maximum(due, horizon.first), NEVER))
    price = assets["kind"].map(prices).astype("float64").to_numpy()
    worth = assets["quantity"].fillna(0.0).to_numpy() * price
    systems = sorted(assets["system"].unique())
    rows = []
    for course, when in (("programme", renewed), ("on_time", timely), ("nothing", np.full(len(assets), NEVER))):
        late = (due <= horizon.last) & (when > horizon.last)
        skipped = (due <= horizon.last) & (renewed > horizon.last) & (when <= horizon.last)
        poor = _case(assets, when, horizon=horizon)
        poor = poor[poor["year"] == horizon.last].set_index("system")
        for system in systems:
            of = (assets["system"] == system).to_numpy()
            blind = assets["kind"].to_numpy()[of & (late | skipped) & np.isnan(price)]
            known = 1.0 - poor["unknown_share"].get(system, 1.0)
            rows.append(
                (
                    system, course, float(np.nansum(worth[of & late])), float(np.nansum(worth[of & skipped])),
                    poor["poor_share"].get(system, float("nan")) if known > 0 else float("nan"), len(set(blind)),
                )
            )  # fmt: skip
    made = pd.DataFrame(rows, columns=["system", "course", "backlog_eur", "extra_eur", "poor_share", "unpriced"])
    return made.assign(backlog_eur=whole_euros(made["backlog_eur"]), extra_eur=whole_euros(made["extra_eur"]))
