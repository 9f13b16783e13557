"""The noun of the business case: alternatives, cash flows, and what they are worth. (nl: businesscase)."""

from dataclasses import dataclass
from typing import ClassVar

import pandas as pd

from koppelkans.ground import columns
from koppelkans.ground.tables import NUMBER, TEXT, WHOLE, WHOLE_OR_UNKNOWN, YES_NO, Column, Schema
from koppelkans.ground.trace import Trace

CITY = "city"
"""Name of the case that holds all others."""
ALTERNATIVES = ("null", "apart", "together", "later", "extra")
"""Nulalternatief; each work alone in its best year; as in the programme; the same some years later; with extra ambitions."""
SIDES = ("cost", "benefit")
BESIDE, NO_PURSE = "/", "-"
"""Between a municipality and its purse in the name of a holder; and what stands for the purse where none pays."""
BASES = ("measured", "derived", "assumed", "unknown")
READING_WORDS = {
    "exact": "everything is known",
    "at_least": "at least: unknown benefits come on top",
    "at_most": "at most: unknown costs come off",
    "unclear": "not complete: costs and benefits are unknown",
}
READINGS = tuple(READING_WORDS)

LINE_WORDS = {
    "named": "named direct cost",
    "to_be_detailed": "to be detailed",
    "indirect": "indirect cost",
    "engineering": "engineering",
    "other": "other cost",
    "risk": "risk reserve",
    "vat": "VAT",
}
ALTERNATIVE_WORDS = {
    "null": "do nothing",
    "apart": "each apart",
    "together": "together",
    "later": "together, later",
    "extra": "together, with extra",
}
"""What each alternative is called."""

CASES = Schema(
    "cases",
    "What a business case is made of: every bundle, every work that goes alone, and the city as the sum of these. Works that are left undone stand in none.",
    {
        "case": columns.CASE,
        "what": columns.WHAT.but("bundle, work or city", "bundel (bundle), werk (work) of stad (city)", one_of=("bundle", "work", "city")),
        "name": columns.NAME.but("name for people", "naam voor mensen", seen="told"),
        "area": columns.AREA.but("area with most of it", "gebied met het grootste deel"),
        "year": Column(WHOLE_OR_UNKNOWN, "year in the programme; unknown for the city", nl="jaar", en="year", nl_meaning="jaar in het programma; onbekend voor de stad", seen="open", unit="year", known=False),
        "works": columns.WORKS,
        "paged": Column(YES_NO, "has a page and its cash flows per year", nl="eigen pagina", en="own page", nl_meaning="heeft een eigen pagina en geldstromen per jaar", seen="open"),
    },
    key=("case",),
    nl="Businesscases", en="Business cases", nl_meaning="Waar een businesscase over gaat: elke bundel, elk werk dat alleen gaat, en de stad als som daarvan. Werken die blijven liggen staan er niet in.",
)  # fmt: skip
FLOWS = Schema(
    "flows",
    "Cash flows of the cases that have a page: each alternative by itself (not the difference with the null alternative), per effect, holder and year, not discounted. Costs are negative for who pays, benefits positive for who gains.",
    {
        "case": columns.CASE,
        "alternative": Column(TEXT, "null, apart, together, later or extra", nl="alternatief", en="alternative", nl_meaning="nulalternatief (null), los (apart), samen (together), later of met extra ambities (extra)", seen="open", one_of=ALTERNATIVES, codes=ALTERNATIVE_WORDS),
        "effect": Column(TEXT, "effect: the name of its piece", nl="effect", en="effect", seen="open", codes="effects of a case"),
        "holder": columns.HOLDER,
        "side": columns.SIDE.but(one_of=SIDES),
        "year": columns.YEAR.but("year of the cash flow; of an unknown amount (p.m.) the first year", "jaar van de geldstroom; van een onbekend bedrag (pm) het eerste jaar"),
        "amount_eur": Column(NUMBER, "euros in that year at the price level of the city, not rounded; unknown (p.m.) stays visible", nl="bedrag", en="amount", nl_meaning="euro's in dat jaar op het prijspeil van de gemeente, niet afgerond; onbekend (pm) blijft zichtbaar", seen="cost", unit="eur", known=False),
        "pm": columns.PM.but("amounts in it that are unknown (p.m.) and not in the sum", "bedragen daarin die onbekend zijn (pm) en niet in de som zitten"),
        "basis": columns.BASIS.but("measured, derived, assumed or unknown: the least sure of what it sums", "gemeten, afgeleid, aangenomen of onbekend: het minst zekere van wat is opgeteld", one_of=BASES),
        "source": columns.SOURCE.but("source of the key figure", "bron van het kengetal", codes="ours"),
    },
    key=("case", "alternative", "effect", "holder", "side", "year"),
    nl="Geldstromen per jaar", en="Cash flows per year", nl_meaning="Geldstromen van de cases met een eigen pagina: elk alternatief op zichzelf (niet het verschil met het nulalternatief), per effect, partij en jaar, niet verdisconteerd. Kosten zijn negatief voor wie betaalt, baten positief voor wie voordeel heeft.",
)  # fmt: skip
HOLDER_SUMS = Schema(
    "holder_sums",
    "What each holder pays and gains over all years, in every bundle and in the city: each alternative by itself, not rounded. The municipality stands in a row per purse (`gemeente/wegen`), with what no purse pays (`gemeente/-`) and what is not money of its works (`gemeente`) apart.",
    {
        "case": columns.CASE.but("case: the bundle, or city", "de bundel, of de stad"),
        "alternative": Column(TEXT, "null, apart, together, later or extra", nl="alternatief", en="alternative", nl_meaning="nulalternatief (null), los (apart), samen (together), later of met extra ambities (extra)", seen="open", one_of=ALTERNATIVES, codes=ALTERNATIVE_WORDS),
        "holder": columns.HOLDER.but("party or group that pays or gains; the municipality per purse", "partij of groep die betaalt of voordeel heeft; de gemeente per potje"),
        "side": columns.SIDE.but(one_of=SIDES),
        "amount_eur": Column(NUMBER, "euros over all years, not discounted; below zero is paid", nl="bedrag", en="amount", nl_meaning="euro's over alle jaren, niet verdisconteerd; onder nul is betaald", seen="cost", unit="eur"),
        "worth_eur": columns.WORTH_EUR.but("present value in the base year", "contante waarde in het basisjaar", seen="cost", known=True, least=None),
        "pm": columns.PM.but("amounts in it that are unknown (p.m.) and not in the sums", "bedragen erin die onbekend zijn (p.m.) en niet in de sommen zitten"),
    },
    key=("case", "alternative", "holder", "side"),
    nl="Bedragen per houder", en="Amounts per holder", nl_meaning="Wat elke houder over alle jaren betaalt en krijgt, in elke bundel en in de stad: elk alternatief op zichzelf, niet afgerond. De gemeente staat in een rij per potje, met wat geen potje betaalt en wat geen geld van haar werken is apart.",
)  # fmt: skip
OUTCOMES = Schema(
    "outcomes",
    "What each alternative is worth against the null alternative, in euros of the base year.",
    {
        "case": columns.CASE,
        "alternative": Column(TEXT, "null, apart, together, later or extra", nl="alternatief", en="alternative", nl_meaning="nulalternatief (null), los (apart), samen (together), later of met extra ambities (extra)", seen="open", one_of=ALTERNATIVES, codes=ALTERNATIVE_WORDS),
        "cost_eur": Column(WHOLE, "present value of the money that it costs more than the null alternative; below zero: less", nl="kosten (contant)", en="cost (present value)", nl_meaning="contante waarde van het geld dat het meer kost dan het nulalternatief; onder nul: minder", seen="cost", unit="eur"),
        "benefit_eur": columns.BENEFIT_EUR.but("present value of all other effects against the null alternative", "contante waarde van alle andere effecten tegenover het nulalternatief", nl="baten (contant)", en="benefits (present value)", least=None),
        "npv_eur": Column(WHOLE, "net present value: benefits less costs; unknown amounts (p.m.) are not in it", nl="netto contante waarde", en="net present value", nl_meaning="netto contante waarde: baten min kosten; onbekende bedragen (pm) zitten er niet in", seen="cost", unit="eur"),
        "ratio": Column(NUMBER, "benefit-cost ratio; unknown where it costs no more than the null alternative", nl="baten-kostenverhouding", en="benefit-cost ratio", nl_meaning="baten gedeeld door kosten; onbekend waar het niet meer kost dan het nulalternatief", seen="cost", known=False),
        "payback_year": Column(WHOLE_OR_UNKNOWN, "first year from which the discounted sum stays above zero; unknown: never", nl="terugverdiend in", en="paid back in", nl_meaning="eerste jaar vanaf welk de verdisconteerde som boven nul blijft; onbekend: nooit", seen="cost", unit="year", known=False),
        "mean_eur": Column(NUMBER, "mean NPV of all draws; unknown for works alone", nl="gemiddelde van de trekkingen", en="mean of the draws", nl_meaning="gemiddelde netto contante waarde van alle trekkingen; onbekend voor losse werken", seen="cost", unit="eur", known=False),
        "p5_eur": Column(NUMBER, "NPV that one in twenty draws stays below; unknown for works alone", nl="P5", en="P5", nl_meaning="netto contante waarde waar één op de twintig trekkingen onder blijft; onbekend voor losse werken", seen="cost", unit="eur", known=False),
        "p10_eur": Column(NUMBER, "NPV that one in ten draws stays below; unknown for works alone", nl="P10", en="P10", nl_meaning="netto contante waarde waar één op de tien trekkingen onder blijft; onbekend voor losse werken", seen="cost", unit="eur", known=False),
        "p50_eur": Column(NUMBER, "middle of the NPV of all draws; unknown for works alone", nl="P50", en="P50", nl_meaning="middelste netto contante waarde van alle trekkingen; onbekend voor losse werken", seen="cost", unit="eur", known=False),
        "p90_eur": Column(NUMBER, "NPV that nine in ten draws stay below; unknown for works alone", nl="P90", en="P90", nl_meaning="netto contante waarde waar negen op de tien trekkingen onder blijven; onbekend voor losse werken", seen="cost", unit="eur", known=False),
        "p95_eur": Column(NUMBER, "NPV that nineteen in twenty draws stay below; unknown for works alone", nl="P95", en="P95", nl_meaning="netto contante waarde waar negentien op de twintig trekkingen onder blijven; onbekend voor losse werken", seen="cost", unit="eur", known=False),
        "above_zero": Column(NUMBER, "share of draws with an NPV above zero; unknown for works alone", nl="deel van de trekkingen boven nul", en="share of draws above zero", nl_meaning="deel van de trekkingen met een netto contante waarde boven nul; onbekend voor losse werken", seen="cost", known=False, least=0, most=1),
        "needed_eur_per_year": Column(NUMBER, "break-even: what the unknown benefits must bring every year for an NPV of zero", nl="nodig per jaar uit pm-posten", en="needed per year from p.m. items", nl_meaning="omslagpunt: wat de onbekende baten elk jaar moeten opbrengen voor een netto contante waarde van nul", seen="cost", unit="eur/year", least=0),
        "pm": columns.PM,
        "reads": Column(TEXT, "how the NPV is to be read with what is unknown: exact, at_least, at_most or unclear", nl="zo te lezen", en="to be read as", nl_meaning="hoe de netto contante waarde te lezen is met wat onbekend is: precies (exact), minstens (at_least), hoogstens (at_most) of onduidelijk (unclear)", seen="cost", one_of=READINGS, codes=READING_WORDS),
    },
    key=("case", "alternative"),
    nl="Uitkomst per alternatief", en="Outcome per alternative", nl_meaning="Wat elk alternatief waard is tegenover het nulalternatief, in euro's van het basisjaar.",
)  # fmt: skip
TORNADO = Schema(
    "tornado",
    "How the NPV of the cases that have a page moves when one key figure goes to its low or high end, the widest first.",
    {
        "case": columns.CASE,
        "alternative": Column(TEXT, "null, apart, together, later or extra", nl="alternatief", en="alternative", nl_meaning="nulalternatief (null), los (apart), samen (together), later of met extra ambities (extra)", seen="open", one_of=ALTERNATIVES, codes=ALTERNATIVE_WORDS),
        "rank": columns.RANK.but("1: moves the NPV most", "1: verandert de netto contante waarde het meest"),
        "figure": Column(TEXT, "key figure, price or lifetime of a kind (kinds.x.price, kinds.x.life_years), growth of a price (benefits.x.growth) or estimate in a phase (cost.x)", nl="kengetal", en="key figure", nl_meaning="kengetal, prijs of levensduur van een soort (kinds.x.price, kinds.x.life_years), groei van een prijs (benefits.x.growth) of raming in een fase (cost.x)", seen="open", codes="key figures"),
        "value": Column(NUMBER, "its value", nl="waarde", en="value", nl_meaning="zijn waarde", seen="cost"),
        "unit": columns.UNIT.but("unit of the value", "eenheid van de waarde", codes="ours"),
        "low": Column(NUMBER, "its low end, as a share of its value", nl="laag (deel van de waarde)", en="low (share of the value)", nl_meaning="zijn lage kant, als deel van de waarde", seen="cost", least=0),
        "high": Column(NUMBER, "its high end, as a share of its value", nl="hoog (deel van de waarde)", en="high (share of the value)", nl_meaning="zijn hoge kant, als deel van de waarde", seen="cost", least=0),
        "low_eur": Column(NUMBER, "NPV with the figure at its low end", nl="bij laag", en="at low", nl_meaning="netto contante waarde met het kengetal aan zijn lage kant", seen="cost", unit="eur"),
        "high_eur": Column(NUMBER, "NPV with the figure at its high end", nl="bij hoog", en="at high", nl_meaning="netto contante waarde met het kengetal aan zijn hoge kant", seen="cost", unit="eur"),
        "break_even": Column(NUMBER, "value of the figure at which the NPV is zero; unknown where no value above zero does it, and for figures in which the NPV is in no proportion", nl="omslagpunt", en="break-even", nl_meaning="waarde van het kengetal waarbij de netto contante waarde nul is; onbekend waar geen waarde boven nul dat doet, en voor kengetallen waarmee de netto contante waarde niet evenredig is", seen="cost", known=False),
        "source": columns.SOURCE.but("source of the range", "bron van de bandbreedte", codes="ours"),
    },
    key=("case", "alternative", "figure"),
    nl="Gevoeligheid", en="Sensitivity", nl_meaning="Hoe de netto contante waarde van de cases met een eigen pagina verandert als één kengetal naar zijn lage of hoge kant gaat, de grootste eerst.",
)  # fmt: skip
SPREADS = Schema(
    "spreads",
    "How the NPV of all draws is spread, in twenty even steps, for the cases that have a page.",
    {
        "case": columns.CASE,
        "alternative": Column(TEXT, "null, apart, together, later or extra", nl="alternatief", en="alternative", nl_meaning="nulalternatief (null), los (apart), samen (together), later of met extra ambities (extra)", seen="open", one_of=ALTERNATIVES, codes=ALTERNATIVE_WORDS),
        "nth": columns.NTH,
        "from_eur": Column(NUMBER, "NPV at which the step starts", nl="van", en="from", nl_meaning="netto contante waarde waar de stap begint", seen="cost", unit="eur"),
        "to_eur": Column(NUMBER, "NPV at which the step ends", nl="tot", en="to", nl_meaning="netto contante waarde waar de stap eindigt", seen="cost", unit="eur"),
        "draws": Column(WHOLE, "draws with an NPV in this step", nl="trekkingen", en="draws", nl_meaning="trekkingen met een netto contante waarde in deze stap", seen="cost", least=0),
    },
    key=("case", "alternative", "nth"),
    nl="Spreiding", en="Spread", nl_meaning="Hoe de netto contante waarde van alle trekkingen verdeeld is, in twintig gelijke stappen, voor de cases met een eigen pagina.",
)  # fmt: skip
ESTIMATES = Schema(
    "estimates",
    "Investment of the alternative together in the form of SSK, per phase of the works, for the cases that have a page.",
    {
        "case": columns.CASE,
        "certainty": columns.CERTAINTY.but("how certain the works are", "hoe zeker de werken zijn"),
        "phase": columns.PHASE.but("phase of the estimate", "fase van de raming"),
        "nth": columns.NTH.but("order of the line", "volgorde van de regel", least=0),
        "line": Column(TEXT, "line of SSK", nl="regel van SSK", seen="open", one_of=("named", "to_be_detailed", "indirect", "engineering", "other", "risk", "vat"), codes=LINE_WORDS),
        "amount_eur": Column(WHOLE, "euros at the price level of the city", nl="bedrag", en="amount", nl_meaning="euro's op het prijspeil van de gemeente", seen="cost", unit="eur"),
        "low_eur": Column(WHOLE, "low end of the range", nl="bij laag", en="at low", nl_meaning="lage kant van de bandbreedte", seen="cost", unit="eur"),
        "high_eur": Column(WHOLE, "high end of the range", nl="bij hoog", en="at high", nl_meaning="hoge kant van de bandbreedte", seen="cost", unit="eur"),
        "unknown": columns.UNKNOWN.but("works of unknown cost, which are not in it", "werken waarvan de kosten onbekend zijn; die zitten er niet in"),
        "basis": columns.BASIS.but(one_of=BASES),
    },
    key=("case", "certainty", "line"),
    nl="SSK-raming", en="SSK estimate", nl_meaning="Investering van het alternatief samen in de vorm van SSK, per fase van de werken, voor de cases met een eigen pagina.",
)  # fmt: skip


@dataclass(frozen=True)
class Business:
    """Business cases: alternatives with their cash flows and worth, per bundle and for the city."""

    cases: pd.DataFrame
    flows: pd.DataFrame
    holder_sums: pd.DataFrame
    outcomes: pd.DataFrame
    tornado: pd.DataFrame
    spreads: pd.DataFrame
    estimates: pd.DataFrame
    rate: float
    base_year: int
    trace: Trace

    TABLES: ClassVar[dict[str, Schema]] = {
        "cases": CASES,
        "flows": FLOWS,
        "holder_sums": HOLDER_SUMS,
        "outcomes": OUTCOMES,
        "tornado": TORNADO,
        "spreads": SPREADS,
        "estimates": ESTIMATES,
    }
