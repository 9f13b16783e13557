"""The verb of this room: chart what the programme means for each vital system. (nl: routeboek opstellen)."""

import logging

import pandas as pd

from koppelkans.context.product import Context
from koppelkans.context.works.costs import unit_prices
from koppelkans.ground.settings import Settings
from koppelkans.ground.tables import shape
from koppelkans.programme.product import Programme
from koppelkans.systems.condition import turning_years
from koppelkans.systems.counted import in_use, renewal_years, weights
from koppelkans.systems.forecast import forecast_of
from koppelkans.systems.product import FORECAST, STOCK, YEARS, Systems
from koppelkans.systems.stock import stock_of
from koppelkans.systems.years import years_of

log = logging.getLogger(__name__)


def chart(context: Context, programme: Programme, *, settings: Settings) -> Systems:
    """Return the routeboek of every vital system: what is done per year, what stays overdue, how its condition runs.

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
