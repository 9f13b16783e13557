"""The noun of this room: every total of the programme, and the rows that it adds up from. (nl: rekening)."""

from dataclasses import dataclass
from typing import ClassVar

import pandas as pd

from koppelkans.account.figures import FIGURES, AccountFigure
from koppelkans.ground import columns
from koppelkans.ground.tables import NUMBER, TEXT, WHOLE, WHOLE_OR_UNKNOWN, YES_NO, Column, Schema
from koppelkans.ground.trace import Trace

CIRCLE_WORDS = {"public": "public", "party": "one party", "inside": "internal"}
RUNG_WORDS = {
    "ladder": "from amount to amount", "weighed": "weighed, not paid", "saving": "saving", "undone": "works",
    "beside": "beside the ladder", "search": "search",
}  # fmt: skip
ACCOUNT_UNITS = {"eur": "€", "works": "works", "share": "share", "years": "years"}

# fmt: off
_OPENS = Column(WHOLE, "opening and closing, the part that is carried here", nl="straten", en="streets", nl_meaning="openmaken en dichtmaken, het deel dat hier wordt gedragen", seen="whole", unit="eur", least=0)
_TOP = Column(WHOLE, "engineering, own hours and unforeseen, as far as the city declared them", nl="opslagen", en="on top", nl_meaning="engineering, eigen uren en onvoorzien, voor zover de gemeente ze opgaf", seen="whole", unit="eur", least=0)
_DONE = columns.WORKS.but("works with a year", "werken met een jaar", least=0)
_WORKS_EUR = Column(WHOLE, "works without opening and without what comes on top", nl="werken (€)", en="works (€)", nl_meaning="werken zonder openmaken en zonder opslagen", seen="whole", unit="eur", least=0)
_DIRECT = Column(WHOLE, "works and streets", nl="directe kosten", en="direct costs", nl_meaning="werken en straten", seen="whole", unit="eur", least=0)
_INVESTMENT = Column(WHOLE, "direct costs with what comes on top", nl="investering", en="investment", nl_meaning="directe kosten met opslagen", seen="whole", unit="eur", least=0)
_CHARGED = Column(WHOLE, "what purses pay", nl="uit potjes", en="charged", nl_meaning="wat potjes betalen", seen="whole", unit="eur", least=0)
_UNCOVERED = Column(WHOLE, "investment that no purse pays", nl="ongedekt", en="uncovered", nl_meaning="investering die geen potje betaalt", seen="whole", unit="eur")
_NUISANCE = Column(WHOLE, "nuisance of its openings, weighed and not paid", nl="hinder", en="nuisance", nl_meaning="hinder van de openingen; gewogen, niet betaald", seen="whole", unit="eur", least=0)
_EARLY = Column(WHOLE, "price of coming before the best year, weighed and not paid", nl="te vroeg", en="too early", nl_meaning="prijs van vóór het beste jaar komen; gewogen, niet betaald", seen="whole", unit="eur", least=0)
_LATE = Column(WHOLE, "price of coming after the best year, weighed and not paid", nl="te laat", en="too late", nl_meaning="prijs van na het beste jaar komen; gewogen, niet betaald", seen="whole", unit="eur", least=0)
_BREACH = Column(WHOLE, "damage of digging within the graafrust, weighed and not paid", nl="graafrust gebroken", en="graafrust broken", nl_meaning="schade van graven binnen de graafrust; gewogen, niet betaald", seen="whole", unit="eur", least=0)
_SAVING = Column(WHOLE, "owners apart less together, over the openings", nl="besparing", en="saving", nl_meaning="eigenaren apart min samen, over de openingen", seen="whole", unit="eur", least=0)
_OWN_SAVING = Column(WHOLE, "works of one owner apart less together", nl="besparing met eigen werken", en="saving among own works", nl_meaning="werken van één eigenaar apart min samen", seen="whole", unit="eur", least=0)
_MONEY = {"works": _DONE, "works_eur": _WORKS_EUR, "openings_eur": _OPENS, "direct_eur": _DIRECT, "on_top_eur": _TOP, "investment_eur": _INVESTMENT, "charged_eur": _CHARGED, "uncovered_eur": _UNCOVERED}
_MAYBE = {name: column if name == "works" else column.but(dtype=WHOLE_OR_UNKNOWN, known=False) for name, column in _MONEY.items()}
_WEIGHED = {"nuisance_eur": _NUISANCE, "early_eur": _EARLY, "late_eur": _LATE, "breach_eur": _BREACH}
_SAVED = {"saving_eur": _SAVING, "own_saving_eur": _OWN_SAVING}

FIGURES_TABLE = Schema(
    "figures",
    "Every total of the programme: its name, what is in it, its amount and what it adds up from.",
    {
        "figure": Column(TEXT, "figure", nl="code van het bedrag", en="code of the figure", nl_meaning="code van het bedrag, overal gelijk", seen="open"),
        "nth": Column(WHOLE, "place in the account", nl="volgorde", en="order", nl_meaning="plaats in de rekening", seen="open", least=1),
        "rung": Column(TEXT, "where it stands in the account", nl="plaats", en="place in the account", nl_meaning="waar het in de rekening staat", seen="open", codes=RUNG_WORDS),
        "name_nl": columns.NAME_NL,
        "name_en": columns.NAME_EN,
        "holds_nl": Column(TEXT, "what is in it and what is not, in Dutch", nl="wat erin zit", en="what is in it, in Dutch", nl_meaning="wat erin zit en wat niet", seen="open"),
        "holds_en": Column(TEXT, "what is in it and what is not, in English", nl="wat erin zit (Engels)", en="what is in it", nl_meaning="wat erin zit en wat niet, in het Engels", seen="open"),
        "amount": Column(NUMBER, "amount in its unit; unknown where it cannot be told", nl="bedrag", en="amount", nl_meaning="bedrag in de eenheid; onbekend waar het niet te geven is", seen="whole", known=False),
        "unit": Column(TEXT, "unit of the amount", nl="eenheid", en="unit", nl_meaning="eenheid van het bedrag", seen="open", codes=ACCOUNT_UNITS),
        "price_year": Column(WHOLE, "price level", nl="prijspeil", en="price level", nl_meaning="in euro's van welk jaar", seen="open", unit="year"),
        "discounted": Column(YES_NO, "later euros count less in it", nl="contant", en="discounted", nl_meaning="latere euro's tellen er minder in mee", seen="open"),
        "first_year": Column(WHOLE, "first year that it is over", nl="eerste jaar", en="first year", nl_meaning="eerste jaar waar het over gaat", seen="open", unit="year"),
        "last_year": Column(WHOLE, "last year that it is over", nl="laatste jaar", en="last year", nl_meaning="laatste jaar waar het over gaat", seen="open", unit="year"),
        "works": columns.WORKS.but("works that it is over", "werken waar het over gaat", least=0),
        "adds": Column(TEXT, "figures that it adds up from", nl="telt op uit", en="adds up from", nl_meaning="bedragen waaruit het optelt", seen="open", known=False),
        "basis": columns.BASIS.but("measured, derived or assumed: what most of it rests on", "gemeten, afgeleid of aangenomen: waar het meeste op rust", one_of=("measured", "derived", "assumed")),
        "assumed_share": Column(NUMBER, "share of the amount that rests on an assumption", nl="deel aangenomen", en="assumed share", nl_meaning="deel van het bedrag dat op een aanname rust", seen="whole", unit="share", known=False, least=0, most=1),
        "circle": Column(TEXT, "who may see it: the figure is counted from what they may see", nl="kring", en="circle", nl_meaning="wie het mag zien: het bedrag is geteld uit wat die mag zien", seen="open", one_of=tuple(CIRCLE_WORDS), codes=CIRCLE_WORDS),
    },
    key=("figure",),
    nl="Rekening", en="Account", nl_meaning="Elk totaal van het programma: naam, wat erin zit, bedrag, en waaruit het optelt.",
)
OWNERS = Schema(
    "owners",
    "The account per owner; a row without owner holds what has none, and what is unknown of all its works is no 0.",
    {"owner": columns.OWNER.but("owner; unknown: works without owner", "eigenaar; onbekend: werken zonder eigenaar", known=False)} | _MAYBE | {"early_eur": _EARLY, "late_eur": _LATE} | _SAVED,
    key=("owner",),
    nl="Rekening per eigenaar", en="Account per owner", nl_meaning="De rekening per eigenaar; een rij zonder eigenaar is de rest.",
)
PURSES = Schema(
    "purses",
    "What each purse pays per year; rows without purse hold the rest of the investment.",
    {
        "fund": columns.FUND.but("purse; unknown: no purse that is shown here", "potje; onbekend: geen potje dat hier te zien is", known=False, nl="potje", en="purse"),
        "year": columns.YEAR,
        "amount_eur": Column(WHOLE, "investment that it pays in that year", nl="betaalt", en="pays", nl_meaning="investering die het in dat jaar betaalt", seen="cost", unit="eur"),
    },
    key=("fund", "year"),
    nl="Rekening per potje", en="Account per purse", nl_meaning="Wat elk potje per jaar betaalt; rijen zonder potje zijn de rest van de investering.",
)
UNCOVERED = Schema(
    "uncovered",
    "What no purse pays, per owner and year: nothing fits, or there is no purse for it.",
    {
        "owner": columns.OWNER.but("owner of the works; unknown: works without owner", "eigenaar van de werken; onbekend: werken zonder eigenaar", known=False),
        "year": columns.YEAR,
        "uncovered_works_eur": Column(WHOLE, "part of the works that no purse pays", nl="werken ongedekt", en="works uncovered", nl_meaning="deel van de werken dat geen potje betaalt", seen="whole", unit="eur"),
        "uncovered_openings_eur": Column(WHOLE, "part of opening and closing that no purse pays", nl="straten ongedekt", en="streets uncovered", nl_meaning="deel van openmaken en dichtmaken dat geen potje betaalt", seen="whole", unit="eur"),
        "uncovered_eur": _UNCOVERED,
    },
    key=("owner", "year"),
    nl="Ongedekt per partij en jaar", en="Uncovered per party and year", nl_meaning="Wat geen potje betaalt, per eigenaar en jaar: het past niet, of er is geen potje voor.",
)
AREAS = Schema(
    "areas",
    "The account per area and year; rows without area hold what lies in none.",
    {"area": columns.AREA, "year": columns.YEAR} | _MONEY | _WEIGHED | _SAVED,
    key=("area", "year"),
    nl="Rekening per gebied", en="Account per area", nl_meaning="De rekening per gebied en jaar; rijen zonder gebied zijn de rest.",
)
BY_YEAR = Schema(
    "years",
    "The account per year.",
    {"year": columns.YEAR} | _MONEY | _WEIGHED | _SAVED,
    key=("year",),
    nl="Rekening per jaar", en="Account per year", nl_meaning="De rekening per jaar.",
)
BY_BUNDLE = Schema(
    "bundles",
    "The account per bundle; the row without bundle holds the works that go alone.",
    {"bundle": columns.BUNDLE} | _MONEY | _WEIGHED | _SAVED,
    key=("bundle",),
    nl="Rekening per bundel", en="Account per bundle", nl_meaning="De rekening per bundel; de rij zonder bundel is wat alleen gaat.",
)
ENTRIES = Schema(
    "works",
    "Each work in the account.",
    {
        "work": columns.WORK,
        "owner": columns.OWNER.but("party that does it", "partij die het doet", known=False),
        "year": Column(WHOLE_OR_UNKNOWN, "year in which it is done; unknown: left undone", nl="jaar", en="year", nl_meaning="jaar waarin het wordt gedaan; onbekend: blijft liggen", seen="open", unit="year", known=False),
        "bundle": columns.BUNDLE,
        "in_years": Column(YES_NO, "its window has a year of the horizon", nl="kan in deze jaren", en="can be in these years", nl_meaning="de periode heeft een jaar van de planhorizon", seen="window"),
        "works_eur": Column(WHOLE_OR_UNKNOWN, "cost without opening and without what comes on top; unknown where the cost is", nl="werk (€)", en="work (€)", nl_meaning="kosten zonder openmaken en zonder opslagen; onbekend waar de kosten dat zijn", seen="cost", unit="eur", known=False, least=0),
        "on_top_eur": Column(WHOLE_OR_UNKNOWN, "what comes on top of it, as far as declared", nl="opslagen", en="on top", nl_meaning="opslagen op het werk, voor zover opgegeven", seen="cost", unit="eur", known=False, least=0),
        "on_top_assumed_eur": Column(WHOLE_OR_UNKNOWN, "what comes on top with assumed shares; counts in nothing", nl="opslagen volgens aanname", en="on top, as assumed", nl_meaning="opslagen met aangenomen percentages; telt nergens in mee", seen="cost", unit="eur", known=False, least=0),
        "early_eur": Column(WHOLE_OR_UNKNOWN, "price of coming before the best year", nl="te vroeg", en="too early", nl_meaning="prijs van vóór het beste jaar komen", seen="cost", unit="eur", known=False, least=0),
        "late_eur": Column(WHOLE_OR_UNKNOWN, "price of coming after the best year", nl="te laat", en="too late", nl_meaning="prijs van na het beste jaar komen", seen="cost", unit="eur", known=False, least=0),
        "need_points": Column(NUMBER, "need that it meets", nl="behoefte vervuld (punten)", en="need met (points)", nl_meaning="behoefte die het vervult", seen="open", unit="score", known=False),
        "backlog_years": Column(WHOLE_OR_UNKNOWN, "years past its best year at the end, where it is left undone", nl="achterstand", en="backlog", nl_meaning="jaren over het beste jaar aan het eind, als het blijft liggen", seen="window", unit="years", known=False, least=0),
        "basis": columns.BASIS.but("how its cost is known", "hoe de kosten bekend zijn", one_of=("measured", "derived", "assumed", "unknown")),
    },
    key=("work",),
    nl="Werken in de rekening", en="Works in the account", nl_meaning="Elk werk in de rekening.",
)
PLACES = Schema(
    "places",
    "How the money of each work lies over the areas, by its share of sections.",
    {
        "work": columns.WORK,
        "area": columns.AREA,
        "works_eur": Column(WHOLE_OR_UNKNOWN, "part of the work", nl="werk (€)", en="work (€)", nl_meaning="deel van het werk", seen="cost", unit="eur", known=False, least=0),
        "on_top_eur": Column(WHOLE_OR_UNKNOWN, "part of what comes on top", nl="opslagen", en="on top", nl_meaning="deel van de opslagen", seen="cost", unit="eur", known=False, least=0),
        "charged_eur": Column(WHOLE_OR_UNKNOWN, "part of what purses pay for the work", nl="uit potjes", en="charged", nl_meaning="deel van wat potjes voor het werk betalen", seen="cost", unit="eur", known=False, least=0),
        "early_eur": Column(WHOLE_OR_UNKNOWN, "part of the price of too early", nl="te vroeg", en="too early", nl_meaning="deel van de prijs van te vroeg", seen="cost", unit="eur", known=False, least=0),
        "late_eur": Column(WHOLE_OR_UNKNOWN, "part of the price of too late", nl="te laat", en="too late", nl_meaning="deel van de prijs van te laat", seen="cost", unit="eur", known=False, least=0),
    },
    key=("work", "area"),
    nl="Geld per werk en gebied", en="Money per work and area", nl_meaning="Hoe het geld van elk werk over de gebieden ligt, naar het deel van zijn wegvakken.",
)
OPENED = Schema(
    "openings",
    "Each opening: a section in a year, what it costs, and what it saves that works share it.",
    {
        "section": columns.SECTION.but(seen="place"),
        "year": columns.YEAR,
        "area": columns.AREA,
        "works": columns.WORKS.but("works in it", "werken erin"),
        "owners": columns.OWNERS,
        "opening_eur": columns.OPENING_EUR.but("opening and closing it once", "één keer openmaken en dichtmaken"),
        "on_top_eur": Column(WHOLE, "what comes on top of it, as far as declared", nl="opslagen", en="on top", nl_meaning="opslagen op het openmaken, voor zover opgegeven", seen="open", unit="eur", least=0),
        "on_top_assumed_eur": Column(WHOLE, "what comes on top with assumed shares; counts in nothing", nl="opslagen volgens aanname", en="on top, as assumed", nl_meaning="opslagen met aangenomen percentages; telt nergens in mee", seen="open", unit="eur", least=0),
        "nuisance_eur": columns.NUISANCE_EUR.but("nuisance of it", "hinder ervan"),
        "breach_eur": Column(WHOLE, "damage where graafrust is broken, else 0", nl="graafrust gebroken", en="graafrust broken", nl_meaning="schade als de graafrust wordt gebroken, anders 0", seen="open", unit="eur", least=0),
        "basis": columns.BASIS.but("how its cost is known", "hoe de kosten bekend zijn", one_of=("measured", "derived", "assumed")),
        "nuisance_basis": columns.BASIS.but("how its nuisance is known", "hoe de hinder bekend is", nl="basis van de hinder", en="basis of the nuisance", one_of=("measured", "derived", "assumed")),
    },
    key=("section", "year"),
    nl="Openingen in de rekening", en="Openings in the account", nl_meaning="Elke opening: een wegvak in een jaar, en wat het kost.",
)
PARTS = Schema(
    "parts",
    "The fair part of each work in each opening: each level of width equal over the owners that need it.",
    {
        "work": columns.WORK,
        "section": columns.SECTION,
        "year": columns.YEAR,
        "alone_eur": Column(WHOLE, "what opening it alone would cost the work", nl="alleen", en="alone", nl_meaning="wat het werk alleen voor openmaken zou betalen", seen="place", unit="eur", least=0),
        "part_eur": Column(WHOLE, "part of opening and closing", nl="deel van openmaken", en="part of the opening", nl_meaning="deel van openmaken en dichtmaken", seen="place", unit="eur", least=0),
        "on_top_eur": Column(WHOLE, "part of what comes on top of it", nl="deel van de opslagen", en="part of what is on top", nl_meaning="deel van de opslagen erop", seen="place", unit="eur", least=0),
    },
    key=("work", "section"),
    nl="Deel per werk en opening", en="Part per work and opening", nl_meaning="Het eerlijke deel van elk werk in elke opening: elke trede van breedte gelijk over de eigenaren die haar nodig hebben.",
)
CHARGES = Schema(
    "charges",
    "What each purse pays for each work, and for its part of each opening.",
    {
        "work": columns.WORK,
        "section": columns.SECTION.but("section whose opening is paid; unknown: the work itself", "wegvak waarvan het openmaken wordt betaald; onbekend: het werk zelf", known=False),
        "fund": columns.FUND.but("purse", "potje", nl="potje", en="purse"),
        "year": columns.YEAR,
        "amount_eur": Column(WHOLE, "amount", nl="bedrag", en="amount", seen="cost", unit="eur", least=0),
    },
    key=("work", "section", "fund", "year"),
    nl="Betaald per werk", en="Charged per work", nl_meaning="Wat elk potje voor elk werk betaalt, en voor zijn deel van elke opening.",
)
# fmt: on


@dataclass(frozen=True)
class Account:
    """Every total of a programme, counted once, with the rows that it adds up from.

    The sums (`figures`, `owners`, `purses`, `uncovered`, `areas`, `years`, `bundles`) are counted from the entries (`works`, `places`,
    `openings`, `parts`, `charges`) and from nothing else, so that whoever may see fewer rows gets sums of those rows only.
    """

    figures: pd.DataFrame
    owners: pd.DataFrame
    purses: pd.DataFrame
    uncovered: pd.DataFrame
    areas: pd.DataFrame
    years: pd.DataFrame
    bundles: pd.DataFrame
    works: pd.DataFrame
    places: pd.DataFrame
    openings: pd.DataFrame
    parts: pd.DataFrame
    charges: pd.DataFrame
    trace: Trace

    TABLES: ClassVar[dict[str, Schema]] = {
        "figures": FIGURES_TABLE,
        "owners": OWNERS,
        "purses": PURSES,
        "uncovered": UNCOVERED,
        "areas": AREAS,
        "years": BY_YEAR,
        "bundles": BY_BUNDLE,
        "works": ENTRIES,
        "places": PLACES,
        "openings": OPENED,
        "parts": PARTS,
        "charges": CHARGES,
    }

    def figure(self, key: str) -> AccountFigure:
        """Return one figure with its amount; unknown where it cannot be told in this circle."""
        kind = next(kind for kind in FIGURES if kind.key == key)
        amount = self.figures.set_index("figure")["amount"].get(key)
        return AccountFigure(kind, None if amount is None or pd.isna(amount) else float(amount))

    def whole(self, key: str) -> int | None:
        """Return the amount of a figure as a whole number; None where it is unknown."""
        amount = self.figure(key).amount
        return None if amount is None else round(amount)

    def saved_here(self) -> dict[tuple[str, int], int]:
        """Return per opening that is seen whole what owners save there by coming together (eur)."""
        parts = self.parts.merge(self.works[["work", "owner"]], on="work")
        cell = ["section", "year"]
        alone = parts.groupby([*cell, "owner"], dropna=False)["alone_eur"].max().groupby(level=cell).sum()
        seen = parts.groupby(cell).size()
        opened = self.openings.set_index(cell)
        whole = opened[opened["works"] == seen.reindex(opened.index)]
        saved = alone.reindex(whole.index) - whole["opening_eur"]
        return {(str(section), int(year)): int(amount) for (section, year), amount in saved.items()}
