"""The noun of this room: what it costs and brings, and whom. (nl: kosten en baten)."""

from dataclasses import dataclass
from typing import ClassVar

import pandas as pd

from koppelkans.ground import columns
from koppelkans.ground.tables import NUMBER, TEXT, WHOLE, WHOLE_OR_UNKNOWN, Column, Schema
from koppelkans.ground.trace import Trace

OPENINGS = Schema(
    "openings",
    "What it costs to open and close a section once, whatever the number of works in it.",
    {
        "section": columns.SECTION,
        "setup_eur": Column(WHOLE, "set up and break down the site", nl="werkterrein", en="site", nl_meaning="werkterrein inrichten en opruimen", seen="open", unit="eur", least=0),
        "traffic_eur": Column(WHOLE, "traffic measures", nl="verkeersmaatregelen", seen="open", unit="eur", least=0),
        "paving_eur": Column(WHOLE, "take up and lay back the paving at the usual width", nl="bestrating", en="paving", nl_meaning="bestrating eruit halen en terugleggen bij de gewone breedte", seen="open", unit="eur", least=0),
        "paved_eur": Column(WHOLE, "take up and lay back the paving over the whole width", nl="bestrating, hele breedte", en="paving, whole width", nl_meaning="bestrating over de hele breedte eruit halen en terugleggen", seen="open", unit="eur", least=0),
        "opening_eur": columns.OPENING_EUR,
        "nuisance_eur": columns.NUISANCE_EUR,
        "nuisance_basis": Column(TEXT, "derived, or unknown where addresses are not known", nl="basis van de hinder", en="basis of the nuisance", nl_meaning="afgeleid, of onbekend waar adressen onbekend zijn", seen="open", codes=columns.BASIS_WORDS),
        "breach_eur": Column(WHOLE, "lasting damage where graafrust is broken", nl="schade bij breken graafrust", en="damage of breaking graafrust", nl_meaning="blijvende schade als de graafrust wordt gebroken", seen="open", unit="eur", least=0),
        "open_days": Column(NUMBER, "days that one opening lasts", nl="dagen open", en="days open", nl_meaning="dagen dat één opening duurt", seen="open", unit="days", least=0),
        "address_days": Column(NUMBER, "days x addresses x factor of the road class; unknown where addresses are", nl="adresdagen", en="address-days", nl_meaning="dagen x adressen x factor van de soort weg; onbekend waar adressen onbekend zijn", seen="open", unit="days", known=False, least=0),
    },
    key=("section",),
    nl="Kosten van openmaken", en="Cost of opening", nl_meaning="Wat het kost om een wegvak één keer open en weer dicht te maken, hoeveel werken er ook in zitten.",
)  # fmt: skip
AMOUNTS = Schema(
    "amounts",
    "Every cost and benefit of a work done alone, per effect and holder. Costs are negative for who pays, benefits positive for who gains.",
    {
        "work": columns.WORK,
        "effect": Column(TEXT, "effect: the name of its piece", nl="effect", en="effect", seen="open", codes="effects"),
        "holder": columns.HOLDER,
        "side": columns.SIDE.but(nl="kosten of baten", en="cost or benefit", one_of=("cost", "benefit")),
        "quantity": columns.QUANTITY,
        "unit": columns.UNIT.but(codes="ours"),
        "amount_eur": columns.AMOUNT_EUR.but("euros, once, price level of the city; unknown (p.m.) stays visible", "euro's, één keer, prijspeil van de gemeente; onbekend (p.m.) blijft zichtbaar"),
        "basis": columns.BASIS.but(one_of=("measured", "derived", "assumed", "unknown")),
        "source": columns.SOURCE.but("source of the key figure", "bron van het kengetal", codes="ours"),
    },
    key=("work", "effect", "holder"),
    nl="Kosten en baten", en="Costs and benefits", nl_meaning="Alle kosten en baten van een werk dat alleen wordt gedaan, per effect en partij. Kosten zijn negatief voor wie betaalt, baten positief voor wie voordeel heeft.",
)  # fmt: skip
WORTHS = Schema(
    "worths",
    "Per work what the programme needs: cost, price of early and late, worth of its ambitions.",
    {
        "work": columns.WORK,
        "cost_eur": columns.COST_EUR.but(least=0),
        "apart_eur": Column(WHOLE_OR_UNKNOWN, "cost done alone, with all its openings", nl="los", en="apart", nl_meaning="kosten als het alleen wordt gedaan, met alle openingen", seen="cost", unit="eur", known=False, least=0),
        "early_eur_per_year": Column(WHOLE_OR_UNKNOWN, "lost life per year too early", nl="te vroeg, per jaar", en="too early, per year", nl_meaning="verloren levensduur per jaar te vroeg", seen="cost", unit="eur/year", known=False, least=0),
        "late_eur_per_year": Column(WHOLE_OR_UNKNOWN, "risk per year too late", nl="te laat, per jaar", en="too late, per year", nl_meaning="risico per jaar te laat", seen="cost", unit="eur/year", known=False, least=0),
        "need_points": Column(NUMBER, "need met, summed over ambitions with level and weight", nl="behoefte vervuld (punten)", en="need met (points)", nl_meaning="vervulde behoefte, opgeteld over ambities met niveau en gewicht", seen="open", unit="score", known=False, least=0),
        "worth_eur": Column(WHOLE_OR_UNKNOWN, "worth of the need met", nl="waarde", en="worth", nl_meaning="waarde van de vervulde behoefte", seen="open", unit="eur", known=False),
        "nuisance_eur": columns.NUISANCE_EUR.but("nuisance of its openings, done alone", "hinder van de openingen, als het alleen wordt gedaan"),
    },
    key=("work",),
    nl="Waarde per werk", en="Worth per work", nl_meaning="Wat het programma per werk nodig heeft: kosten, de prijs van te vroeg en te laat, en de waarde van de ambities.",
)  # fmt: skip
TOGETHER = Schema(
    "together",
    "For each section with works of two or more owners: cost apart and together if all were done in one opening.",
    {
        "section": columns.SECTION,
        "works": columns.WORKS.but("works that open it", "werken die het openen", least=2),
        "owners": columns.OWNERS.but(least=2),
        "apart_eur": columns.APART_EUR,
        "together_eur": columns.TOGETHER_EUR,
        "saving_eur": columns.SAVING_EUR,
        "nuisance_saved_eur": columns.NUISANCE_SAVED_EUR,
    },
    key=("section",),
    nl="Los en samen", en="Apart and together", nl_meaning="Voor elk wegvak met werken van twee of meer eigenaren: kosten los en samen, als alles in één opening gebeurt.",
)  # fmt: skip
NEEDS_MET = Schema(
    "needs_met",
    "Need that a work meets per ambition on which its kind has an effect.",
    {
        "work": columns.WORK,
        "ambition": columns.AMBITION,
        "met": Column(NUMBER, "sum over its sections of need (0-1) x effect, the effect at most 1 per section; unknown where no need or quantity is known", nl="behoefte vervuld", en="need met", nl_meaning="som over de wegvakken van behoefte (0-1) x effect, het effect hoogstens 1 per wegvak; onbekend waar behoefte of hoeveelheid onbekend is", seen="open", unit="score", known=False, least=0),
        "points": columns.POINTS,
    },
    key=("work", "ambition"),
    nl="Vervulde behoefte", en="Need met", nl_meaning="Behoefte die een werk vervult, per ambitie waarop zijn soort effect heeft.",
)  # fmt: skip


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
