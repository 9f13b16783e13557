"""The noun of this room: a routeboek per vital system. (nl: routeboek vitale systemen)."""

from dataclasses import dataclass
from typing import ClassVar

import pandas as pd

from koppelkans.ground.settings import SYSTEMS
from koppelkans.ground.tables import NUMBER, TEXT, WHOLE, WHOLE_OR_UNKNOWN, Column, Schema
from koppelkans.ground.trace import Trace

YEARS = Schema(
    "years",
    "Per vital system, kind and year: what is done to it.",
    {
        "system": Column(TEXT, "vital system", one_of=SYSTEMS),
        "kind": Column(TEXT, "kind"),
        "year": Column(WHOLE, "year"),
        "works": Column(WHOLE, "works", least=0),
        "quantity": Column(NUMBER, "renewed or made, in `unit`", least=0),
        "unit": Column(TEXT, "unit"),
        "cost_eur": Column(WHOLE, "cost of works with a known cost", least=0),
        "backlog": Column(NUMBER, "overdue at the end of the year and not yet renewed, in `unit`", least=0),
        "backlog_eur": Column(WHOLE_OR_UNKNOWN, "cost of that backlog", known=False, least=0),
    },
    key=("system", "kind", "year"),
)
FORECAST = Schema(
    "forecast",
    "Condition of each system over the years: share of its assets per condition class, with the programme and without any renewal.",
    {
        "system": Column(TEXT, "vital system", one_of=SYSTEMS),
        "case": Column(TEXT, "with the programme, or without renewal", one_of=("programme", "nothing")),
        "year": Column(WHOLE, "year"),
        "good_share": Column(NUMBER, "condition 1-2", least=0, most=1),
        "fair_share": Column(NUMBER, "condition 3-4", least=0, most=1),
        "poor_share": Column(NUMBER, "condition 5-6", least=0, most=1),
        "unknown_share": Column(NUMBER, "neither age nor condition known", least=0, most=1),
    },
    key=("system", "case", "year"),
)
STOCK = Schema(
    "stock",
    "What there is of each system.",
    {
        "system": Column(TEXT, "vital system", one_of=SYSTEMS),
        "kind": Column(TEXT, "kind"),
        "owner": Column(TEXT, "owner"),
        "assets": Column(WHOLE, "assets", least=0),
        "quantity": Column(NUMBER, "quantity, in `unit`", least=0),
        "unit": Column(TEXT, "unit"),
        "mean_age": Column(NUMBER, "mean age in the first year of the horizon, weighted by quantity", known=False),
        "unknown_age_share": Column(NUMBER, "share of the quantity without a year of laying", least=0, most=1),
        "overdue": Column(NUMBER, "due before the first year, in `unit`", least=0),
    },
    key=("system", "kind", "owner"),
)


@dataclass(frozen=True)
class Systems:
    """A routeboek per vital system."""

    years: pd.DataFrame
    forecast: pd.DataFrame
    stock: pd.DataFrame
    trace: Trace

    TABLES: ClassVar[dict[str, Schema]] = {"years": YEARS, "forecast": FORECAST, "stock": STOCK}
