"""The verb of this room: chart what the programme means for each vital system. (nl: routeboek opstellen)."""

import logging
from collections.abc import Mapping

import numpy as np
import pandas as pd

from koppelkans.context.product import Context
from koppelkans.context.works.costs import unit_prices, units
from koppelkans.context.works.due import lifetimes, years_left
from koppelkans.ground.horizon import Horizon
from koppelkans.ground.settings import Settings, WorkKind
from koppelkans.ground.tables import shape
from koppelkans.programme.product import Programme
from koppelkans.systems.forecast import ALWAYS, NEVER, Floats, courses_of, forecast_of, years_of
from koppelkans.systems.meeting import meetings
from koppelkans.systems.product import COURSES, FORECAST, MEETINGS, STOCK, YEARS, Systems

log = logging.getLogger(__name__)


def chart(context: Context, programme: Programme, *, settings: Settings) -> Systems:
    """Return the routeboek of every vital system: works, backlog and condition per year.

    Assets that are only projected or out of use are left out. What could not be counted or weighed is told in the trace.
    """
    kinds, horizon = settings.kinds, settings.years
    prices = unit_prices(settings)["price_eur"].astype("float64")
    assets = in_use(context.assets, kinds=kinds)
    assets = assets.assign(
        renewed=renewal_years(assets, context.work_assets, programme.plan), weight=weights(assets, prices=prices)
    )
    whole = assets.join(turning_years(assets, kinds=kinds, horizon=horizon))
    done = pd.DataFrame(context.works[["work", "system", "kind", "quantity"]])
    done = done.merge(programme.plan[["work", "year", "cost_eur"]], on="work")
    made = Systems(
        years=shape(years_of(assets, done, kinds=kinds, prices=prices, horizon=horizon), YEARS),
        forecast=shape(forecast_of(whole, horizon=horizon), FORECAST),
        stock=shape(stock_of(assets, horizon=horizon), STOCK),
        courses=shape(courses_of(whole, prices=prices, horizon=horizon), COURSES),
        meetings=shape(meetings(context, programme.plan, order=settings.systems.order), MEETINGS),
        trace=programme.trace.noting(notes=(*programme.trace.notes, *_notes(assets, done))),
    )
    log.info("systems: %d assets in use, %d kinds, %d works", len(assets), assets["kind"].nunique(), len(done))
    return made


def _notes(assets: pd.DataFrame, done: pd.DataFrame) -> list[str]:
    """Say what the sums do not hold: assets and works without a quantity, and kinds that the forecast cannot weigh."""
    unsized = int(assets["quantity"].isna().sum())
    unmeasured = int((done["quantity"].isna() & done["year"].notna()).sum())
    light = assets.groupby("kind").agg(quantity=("quantity", "sum"), weight=("weight", "sum"))
    unweighed = sorted(light.index[(light["quantity"] > 0) & (light["weight"] <= 0)])
    told = {
        f"routeboek: assets without a quantity in the unit of their kind, which count in no sum: {unsized}": unsized,
        f"routeboek: works of the programme without a quantity: {unmeasured}": unmeasured,
        f"routeboek: kinds without a price stand outside the condition forecast: {', '.join(unweighed)}": unweighed,
    }
    return [sentence for sentence, there in told.items() if there]


KEY = list(STOCK.key)


def stock_of(assets: pd.DataFrame, *, horizon: Horizon) -> pd.DataFrame:
    """Return the columns of `STOCK` per system, kind and owner, of assets from `in_use`.

    Ages and shares are weighted by quantity; where no quantity of a kind of an owner is known, each asset counts once.
    """
    quantity = assets["quantity"].fillna(0.0)
    groups = [assets[name] for name in KEY]
    size = quantity.where(quantity.groupby(groups).transform("sum") > 0, 1.0)
    age = horizon.first - assets["built_year"].astype("Float64").astype("float64")
    aged = age.notna()
    late = (assets["due_year"] < horizon.first).fillna(value=False).astype("bool")
    counted = assets[[*KEY, "unit"]].assign(
        assets=1, quantity=quantity, size=size, aged=size.where(aged, 0.0), years=(size * age).where(aged, 0.0),
        unaged=size.mask(aged, 0.0), overdue=quantity.where(late, 0.0),
    )  # fmt: skip
    sums = ["assets", "quantity", "size", "aged", "years", "unaged", "overdue"]
    found = counted.groupby([*KEY, "unit"])[sums].sum().reset_index()
    return found.assign(
        mean_age=found["years"] / found["aged"].where(found["aged"] > 0, np.nan),
        unknown_age_share=found["unaged"] / found["size"],
    )


LEFT_OUT = "not_in_use"
"""What is only projected or out of use is no part of a system."""
COLUMNS = ["asset", "owner", "kind", "system", "material", "built_year", "condition", "condition_year", "due_year"]


def in_use(assets: pd.DataFrame, *, kinds: Mapping[str, WorkKind]) -> pd.DataFrame:
    """Return the assets in use by id, with `unit` and `quantity` in the unit of their kind.

    Without geometry. The quantity is unknown where the measure of its unit is: a line has no area.
    """
    kept = pd.DataFrame(assets[[*COLUMNS, "length_m", "area_m2", "pieces"]])
    kept = kept[(assets["renewal"] != LEFT_OUT).to_numpy()].sort_values("asset", ignore_index=True)
    unit = kept["kind"].map(units(kinds)).astype("str")
    pieces = kept["pieces"].astype("float64")
    quantity = kept["length_m"].where(unit == "m", kept["area_m2"].where(unit == "m2", pieces))
    return kept[COLUMNS].assign(unit=unit, quantity=quantity)


def renewal_years(assets: pd.DataFrame, work_assets: pd.DataFrame, plan: pd.DataFrame) -> Floats:
    """Return the year in which the programme renews each asset; never where it does not."""
    year_of = plan.set_index("work")["year"].astype("Float64")
    done = work_assets.set_index("asset")["work"].map(year_of)
    year: Floats = assets["asset"].map(done).astype("Float64").to_numpy(dtype=float, na_value=NEVER)
    return year


def weights(assets: pd.DataFrame, *, prices: pd.Series) -> Floats:
    """Return the weight of each asset within its system: its replacement value.

    So metres, m2 and pieces can be added. A kind without a price weighs nothing beside kinds with one. In a system
    where nothing has a price each kind weighs the same, and an asset its share of the quantity of its kind.
    """
    quantity = assets["quantity"].fillna(0.0)
    value = (quantity * assets["kind"].map(prices).astype("float64")).fillna(0.0)
    of_kind = quantity.groupby([assets["system"], assets["kind"]]).transform("sum")
    share = (quantity / of_kind.where(of_kind > 0)).fillna(0.0)
    priced = value.groupby(assets["system"]).transform("sum") > 0
    weight: Floats = np.where(priced, value, share)
    return weight


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
