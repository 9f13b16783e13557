"""What the kinds may look at, put together once from the rooms before. (nl: wat er te zien is)."""

import pandas as pd

from koppelkans.context.product import Context
from koppelkans.ground.settings import Settings
from koppelkans.ground.settings.figures import at_price_year
from koppelkans.opportunities.kind import KindInputs
from koppelkans.opportunities.pairs import openers
from koppelkans.opportunities.telling import names_of
from koppelkans.rules.key_figures import INDEX
from koppelkans.rules.openings import opening_costs
from koppelkans.rules.people import who_works, yearly_hours
from koppelkans.rules.purses import who_pays, yearly_budgets
from koppelkans.vision.product import Vision


def ground_of(context: Context, vision: Vision, section_needs: pd.DataFrame, *, settings: Settings) -> KindInputs:
    """Return everything that a kind may look at."""
    works, funds, crews = context.works, settings.funds, settings.crews
    payments, efforts = who_pays(works, funds), who_works(works, crews, settings.kinds)
    return KindInputs(
        works=works,
        touches=context.touches,
        sections=context.sections,
        assets=context.assets,
        work_assets=context.work_assets,
        areas=context.areas,
        wishes=context.wishes,
        openers=openers(works, context.touches),
        section_needs=section_needs,
        ambitions=vision.ambitions,
        effects=vision.effects,
        openings=opening_costs(context.sections, appraisal=settings.appraisal, price_year=settings.city.price_year),
        prices=_prices(settings),
        payments=payments,
        budgets=yearly_budgets(payments, works, funds, settings.years),
        efforts=efforts,
        hours=yearly_hours(efforts, crews, settings.years),
        years=settings.years,
        part=settings.opportunities,
        names=names_of(works, context.parties, vision.ambitions, settings.kinds),
    )


def _prices(settings: Settings) -> pd.DataFrame:
    """Return per kind its unit, what it does to the street, and the price of one unit at the price level of the city."""
    index, year = settings.appraisal.figures.get(INDEX), settings.city.price_year
    rows = [
        (
            name,
            kind.unit,
            kind.digs,
            kind.resurfaces,
            at_price_year(kind.price, price_year=year, index=index) if kind.price else float("nan"),
        )
        for name, kind in sorted(settings.kinds.items())
    ]
    types = {"kind": "str", "unit": "str", "digs": "bool", "resurfaces": "bool", "price_eur": "float64"}
    return pd.DataFrame(rows, columns=list(types)).astype(types)
