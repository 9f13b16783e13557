"""The noun of this room: what it costs and brings, and whom. (nl: kosten en baten)."""

from dataclasses import dataclass
from typing import ClassVar

import pandas as pd

from koppelkans.ground.tables import NUMBER, TEXT, WHOLE, WHOLE_OR_UNKNOWN, Column, Schema
from koppelkans.ground.trace import Trace

OPENINGS = Schema(
    "openings",
    "What it costs to open and close a section once, whatever the number of works in it.",
    {
        "section": Column(TEXT, "section"),
        "setup_eur": Column(WHOLE, "set up and break down the site", least=0),
        "traffic_eur": Column(WHOLE, "traffic measures", least=0),
        "paving_eur": Column(WHOLE, "take up and lay back the paving", least=0),
        "opening_eur": Column(WHOLE, "the three together", least=0),
        "nuisance_eur": Column(
            WHOLE,
            "nuisance of one opening: days x addresses x factor of the road class; 0 addresses where unknown, see basis",
            least=0,
        ),
        "nuisance_basis": Column(TEXT, "derived, or unknown where addresses are not known"),
        "breach_eur": Column(WHOLE, "lasting damage where graafrust is broken", least=0),
        "open_days": Column(NUMBER, "days that one opening lasts", least=0),
        "address_days": Column(
            NUMBER, "days x addresses x factor of the road class; unknown where addresses are", known=False, least=0
        ),
    },
    key=("section",),
)
AMOUNTS = Schema(
    "amounts",
    "Every cost and benefit of a work done alone, per effect and holder. Costs are negative for who pays, benefits positive for who gains.",
    {
        "work": Column(TEXT, "work"),
        "effect": Column(TEXT, "effect: the name of its piece"),
        "holder": Column(TEXT, "party or group that pays or gains"),
        "side": Column(TEXT, "cost or benefit", one_of=("cost", "benefit")),
        "quantity": Column(NUMBER, "quantity, in `unit`", known=False),
        "unit": Column(TEXT, "unit of the quantity"),
        "amount_eur": Column(
            WHOLE_OR_UNKNOWN, "euros, once, price level of the city; unknown (p.m.) stays visible", known=False
        ),
        "basis": Column(
            TEXT, "measured, derived, assumed or unknown", one_of=("measured", "derived", "assumed", "unknown")
        ),
        "source": Column(TEXT, "source of the key figure"),
    },
    key=("work", "effect", "holder"),
)
WORTHS = Schema(
    "worths",
    "Per work what the programme needs: cost, price of early and late, worth of its ambitions.",
    {
        "work": Column(TEXT, "work"),
        "cost_eur": Column(WHOLE_OR_UNKNOWN, "cost without opening", known=False, least=0),
        "apart_eur": Column(WHOLE_OR_UNKNOWN, "cost done alone, with all its openings", known=False, least=0),
        "early_eur_per_year": Column(WHOLE_OR_UNKNOWN, "lost life per year too early", known=False, least=0),
        "late_eur_per_year": Column(WHOLE_OR_UNKNOWN, "risk per year too late", known=False, least=0),
        "need_points": Column(NUMBER, "need met, summed over ambitions with level and weight", known=False, least=0),
        "worth_eur": Column(WHOLE_OR_UNKNOWN, "worth of the need met", known=False),
        "nuisance_eur": Column(WHOLE, "nuisance of its openings, done alone", least=0),
    },
    key=("work",),
)
TOGETHER = Schema(
    "together",
    "For each section with works of two or more owners: cost apart and together if all were done in one opening.",
    {
        "section": Column(TEXT, "section"),
        "works": Column(WHOLE, "works that open it", least=2),
        "owners": Column(WHOLE, "owners", least=2),
        "apart_eur": Column(WHOLE, "openings and trench when each work opens it alone", least=0),
        "together_eur": Column(WHOLE, "one opening, shared trench where works run side by side", least=0),
        "saving_eur": Column(WHOLE, "the difference", least=0),
        "nuisance_saved_eur": Column(WHOLE, "nuisance that residents are spared", least=0),
    },
    key=("section",),
)
NEEDS_MET = Schema(
    "needs_met",
    "Need that a work meets per ambition on which its kind has an effect.",
    {
        "work": Column(TEXT, "work"),
        "ambition": Column(TEXT, "ambition"),
        "met": Column(
            NUMBER,
            "sum over its sections of need (0-1) x effect, the effect at most 1 per section; unknown where no need or quantity is known",
            known=False,
            least=0,
        ),
        "points": Column(NUMBER, "met x weight x level of the ambition", known=False, least=0),
    },
    key=("work", "ambition"),
)


@dataclass(frozen=True)
class Appraisal:
    """Costs, benefits and savings, per holder."""

    openings: pd.DataFrame
    amounts: pd.DataFrame
    worths: pd.DataFrame
    together: pd.DataFrame
    needs_met: pd.DataFrame
    trace: Trace

    TABLES: ClassVar[dict[str, Schema]] = {
        "openings": OPENINGS,
        "amounts": AMOUNTS,
        "worths": WORTHS,
        "together": TOGETHER,
        "needs_met": NEEDS_MET,
    }
