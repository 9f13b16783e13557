"""The product of financing: holders, transfers, purses, loans and fitting models. (nl: financiering)."""

from dataclasses import dataclass
from typing import ClassVar

import pandas as pd

from koppelkans.appraisal.business.product import ALTERNATIVE_WORDS
from koppelkans.ground import columns
from koppelkans.ground.tables import NUMBER, TEXT, WHOLE, WHOLE_OR_UNKNOWN, YES_NO, Column, Schema
from koppelkans.ground.trace import Trace

AGAINST = ("null", "apart")
RULES = ("proportional", "equal")
UPTAKES = ("full", "expected", "low", "none")
REASONS = ("none", "unknown", "no_purse", "deadline", "share", "cofinancing", "money")
"""Why a part is not covered: nothing is; the cost is unknown; no purse may pay; the last year has passed; the shares of the purses do not reach the cost; too little of others beside a grant; too little money then, or needed later for other works."""
MONEY_BASES = ("given", "assumed", "unknown")
SORTS = ("public", "private", "people")

UPTAKE_WORDS = {
    "full": "all users come",
    "expected": "as many as expected",
    "low": "few come",
    "none": "nobody comes",
}
REASON_WORDS = {
    "none": "no gap",
    "unknown": "the cost is unknown",
    "no_purse": "no purse may pay this",
    "deadline": "the last year of a grant has passed",
    "share": "the shares of the purses do not reach the cost",
    "cofinancing": "too little of others beside the grant",
    "money": "too little money then, or needed later for other works",
}
FACILITY_WORDS = {
    "ducts": "empty ducts",
    "utility_tunnel": "utility tunnel",
    "cable_trough": "cable trough",
    "other": "facility",
}
HOLDER_SORTS = {"public": "public", "private": "private", "people": "people"}
RULE_WORDS = {"proportional": "in proportion", "equal": "equal gain"}
REPAY_WORDS = {"on_entry": "when a user comes", "yearly": "every year"}
STATUS_WORDS = {"verified": "source read", "unverified": "not checked"}
FIT_WORDS = {"cluster": "cluster", "model": "model"}

HOLDERS = Schema(
    "holders",
    "What each holder pays and gains per alternative, for every bundle and the city: over all years and as present value. The municipality stands in a row per purse, with what no purse pays (gemeente/-) and what is not money of its works (gemeente) apart. Amounts of all holders add up to the business case.",
    {
        "case": columns.CASE,
        "alternative": Column(TEXT, "alternative", nl="alternatief", seen="open", codes=ALTERNATIVE_WORDS),
        "holder": columns.HOLDER.but("party or group that pays or gains; the municipality per purse", "partij of groep die betaalt of voordeel heeft; de gemeente per potje"),
        "party": columns.PARTY.but("party or group", "partij of groep", codes="holders"),
        "fund": columns.FUND.but("purse of the party that pays; unknown: none, or not money of its works", "potje van de partij dat betaalt; onbekend: geen, of geen geld van haar werken", known=False),
        "sort": Column(TEXT, "public, private or people", nl="soort houder", en="sort of holder", nl_meaning="overheid, privaat of mensen", seen="open", one_of=SORTS, codes=HOLDER_SORTS),
        "cost_eur": Column(WHOLE, "costs over all years, not discounted", nl="kosten", en="cost", nl_meaning="kosten over alle jaren, niet verdisconteerd", seen="cost", unit="eur", most=0),
        "benefit_eur": columns.BENEFIT_EUR.but("benefits over all years, not discounted", "baten over alle jaren, niet verdisconteerd"),
        "net_eur": Column(WHOLE, "the two together", nl="saldo", en="balance", nl_meaning="de twee samen", seen="cost", unit="eur", live="{cost_eur}+{benefit_eur}"),
        "worth_eur": Column(WHOLE, "present value of costs and benefits", nl="contante waarde", en="present value", nl_meaning="contante waarde van kosten en baten", seen="cost", unit="eur"),
        "gain_null_eur": Column(WHOLE, "present value more than in the null alternative; below zero is a gap", nl="winst t.o.v. nulalternatief", en="gain against doing nothing", nl_meaning="contante waarde meer dan in het nulalternatief; onder nul is een gat", seen="cost", unit="eur"),
        "gain_apart_eur": Column(WHOLE, "present value more than when each work goes alone; below zero is a gap", nl="winst t.o.v. apart", en="gain against apart", nl_meaning="contante waarde meer dan wanneer elk werk alleen gaat; onder nul is een gat", seen="cost", unit="eur"),
        "pm": columns.PM.but("amounts that are unknown (p.m.) and in none of the sums", "bedragen die onbekend zijn (p.m.) en in geen van de sommen zitten", seen="open"),
    },
    key=("case", "alternative", "holder"),
    nl="Wie betaalt, wie profiteert", en="Who pays, who gains", nl_meaning="Wat elke houder betaalt en krijgt per alternatief, voor elke bundel en de stad: over alle jaren en als contante waarde. De gemeente staat in een rij per potje, met wat geen potje betaalt en wat geen geld van haar werken is apart. De bedragen van alle houders tellen op tot de businesscase.",
)  # fmt: skip
BARGAINS = Schema(
    "bargains",
    "Whether those who gain can make those who lose whole (Kaldor-Hicks), per alternative and what it is compared with, for every bundle and the city.",
    {
        "case": columns.CASE,
        "alternative": Column(TEXT, "alternative", nl="alternatief", seen="open", codes=ALTERNATIVE_WORDS),
        "against": Column(TEXT, "alternative that it is compared with", nl="vergeleken met", en="against", nl_meaning="alternatief waarmee wordt vergeleken", seen="open", one_of=AGAINST, codes=ALTERNATIVE_WORDS),
        "holders": Column(WHOLE, "holders", nl="houders", seen="open", least=1),
        "losers": Column(WHOLE, "holders that are worse off without transfers", nl="slechter af", en="worse off", nl_meaning="houders die zonder verrekening slechter af zijn", seen="open", least=0),
        "total_eur": Column(WHOLE, "gains and losses of all holders together, present value", nl="samen", en="together", nl_meaning="winst en verlies van alle houders samen, contante waarde", seen="cost", unit="eur"),
        "moved_eur": Column(WHOLE, "least that must change hands: the losses", nl="minste verrekening", en="least transfer", nl_meaning="het minste dat van hand moet wisselen: de verliezen", seen="cost", unit="eur", least=0),
        "missing_eur": Column(WHOLE, "what is missing: no transfer can mend it", nl="komt tekort", en="missing", nl_meaning="wat tekortkomt: geen verrekening maakt dat goed", seen="cost", unit="eur", least=0, live="MAX(0,-{total_eur})"),
        "feasible": Column(YES_NO, "transfers can leave nobody worse off", nl="kan niemand slechter af laten", en="can leave nobody worse off", nl_meaning="verrekening kan ervoor zorgen dat niemand slechter af is", seen="open"),
        "pm": columns.PM.but("amounts that are unknown (p.m.); above zero the answer is incomplete", "bedragen die onbekend zijn (p.m.); boven nul is het antwoord niet compleet", seen="open"),
    },
    key=("case", "alternative", "against"),
    nl="Verrekening kan het", en="Transfers possible", nl_meaning="Of wie profiteert kan goedmaken wat anderen verliezen (Kaldor-Hicks), per alternatief en per vergelijking.",
)  # fmt: skip
TRANSFERS = Schema(
    "transfers",
    "What each holder receives (+) or pays (-) so that nobody is worse off, by rule. Only where that is possible; the amounts add up to zero.",
    {
        "case": columns.CASE,
        "alternative": Column(TEXT, "alternative", nl="alternatief", seen="open", codes=ALTERNATIVE_WORDS),
        "against": Column(TEXT, "alternative that it is compared with", nl="vergeleken met", en="against", nl_meaning="alternatief waarmee wordt vergeleken", seen="open", one_of=AGAINST, codes=ALTERNATIVE_WORDS),
        "rule": Column(TEXT, "proportional: losers made whole by winners in proportion; equal: everybody the same gain", nl="verdeelregel", en="rule", nl_meaning="naar rato: winnaars maken verliezers heel naar verhouding; gelijk: iedereen dezelfde winst", seen="open", one_of=RULES, codes=RULE_WORDS),
        "holder": columns.HOLDER.but("party or group", "partij of groep"),
        "gain_eur": Column(WHOLE, "gain or loss without transfers, present value", nl="winst zonder verrekening", en="gain without transfers", nl_meaning="winst of verlies zonder verrekening, contante waarde", seen="cost", unit="eur"),
        "transfer_eur": Column(WHOLE, "receives (+) or pays (-), present value", nl="ontvangt (+) of betaalt (−)", en="receives (+) or pays (−)", nl_meaning="ontvangt (+) of betaalt (−), contante waarde", seen="cost", unit="eur"),
        "after_eur": Column(WHOLE, "gain after transfers", nl="winst na verrekening", seen="cost", unit="eur", least=0, live="{gain_eur}+{transfer_eur}"),
        "pm": columns.PM.but(seen="open"),
    },
    key=("case", "alternative", "against", "rule", "holder"),
    nl="Verrekening", en="Transfers", nl_meaning="Wat elke houder ontvangt (+) of betaalt (−) zodat niemand slechter af is, per verdeelregel. Alleen waar dat kan; de bedragen tellen op tot nul.",
)  # fmt: skip
PURSES = Schema(
    "purses",
    "Every purse with its rule, where that rule comes from, and what the mix makes of it.",
    {
        "fund": columns.FUND,
        "name": columns.NAME.but(seen="text"),
        "holder": columns.HOLDER.but("party that holds it", "partij die het potje heeft", nl="houder van het potje", en="holder of the purse", known=False),
        "sort": Column(TEXT, "sort of purse", nl="soort potje", seen="open", known=False, codes="purse sorts"),
        "order": Column(WHOLE, "lower pays first", nl="volgorde", en="order", nl_meaning="lager betaalt eerst", seen="open"),
        "last_year": columns.LAST_YEAR.but("last year in which it pays; unknown: no deadline", "laatste jaar waarin het betaalt; onbekend: geen einddatum"),
        "others_share": Column(NUMBER, "least share that purses that are no grant must pay", nl="minste deel van anderen", en="least share of others", nl_meaning="minste deel dat potjes moeten betalen die geen subsidie zijn", seen="open", unit="share", least=0, most=1),
        "budget_eur": Column(WHOLE_OR_UNKNOWN, "what it holds over all years; unknown: no amount was given", nl="budget", en="budget", nl_meaning="wat erin zit over alle jaren; onbekend: er is geen bedrag gegeven", seen="cost", unit="eur", known=False),
        "charged_eur": Column(WHOLE, "what the programme charges it, as in the account; what others bring takes the place of a part", nl="aangeslagen", en="charged", nl_meaning="wat het programma ervan vraagt, zoals in de rekening; een deel kan door anderen worden overgenomen", seen="cost", unit="eur", least=0),
        "used_eur": Column(WHOLE, "what the mix takes from it", nl="gebruikt", en="used", nl_meaning="wat de mix eruit haalt", seen="cost", unit="eur", least=0, live="SUMIFS([mix.amount_eur],[mix.fund],{fund})"),
        "lapsed_eur": Column(WHOLE_OR_UNKNOWN, "what lapses at the end of a year or at its deadline", nl="vervalt", en="lapses", nl_meaning="wat vervalt aan het eind van een jaar of op de einddatum", seen="cost", unit="eur", known=False),
        "basis": columns.BASIS.but("given by the city, assumed without limit, or unknown: pays nothing", "gegeven door de stad, aangenomen zonder grens, of onbekend: betaalt niets", one_of=MONEY_BASES),
        "forbidden": Column(TEXT, "kinds of work that the city named and its rule forbids", nl="mag niet betalen", en="may not pay", nl_meaning="soorten werk die de stad noemde en die de regel verbiedt", seen="open", known=False),
        "rule_nl": Column(TEXT, "the rule, in Dutch", nl="regel", en="rule, in Dutch", nl_meaning="de regel, in het Nederlands", seen="text"),
        "rule_en": Column(TEXT, "the rule, in English", nl="regel (Engels)", en="rule", nl_meaning="de regel, in het Engels", seen="text"),
        "source": columns.SOURCE.but("where the rule comes from", "waar de regel vandaan komt", seen="text", codes="ours"),
        "status": Column(TEXT, "verified: the source was read; unverified: to be checked", nl="regel nagezocht", en="rule looked up", nl_meaning="nagezocht: de bron is gelezen; niet nagezocht: nog te controleren", seen="open", one_of=("verified", "unverified"), codes=STATUS_WORDS),
    },
    key=("fund",),
    nl="Potjes en regels", en="Purses and rules", nl_meaning="Elk potje met zijn regel, waar die regel staat, en wat de financieringsmix ermee doet.",
)  # fmt: skip
MIX = Schema(
    "mix",
    "Which purse pays which whole amount of which work: as much as the rules and the money allow, earlier purses first.",
    {
        "work": columns.WORK.but(seen="cost"),
        "fund": columns.FUND,
        "case": columns.CASE.but("case: the bundle, or the work itself", "businesscase: de bundel, of het werk zelf"),
        "year": columns.YEAR.but("year in which it is paid", "jaar waarin het wordt betaald"),
        "holder": columns.HOLDER.but("party that holds the purse", "partij die het potje heeft", nl="houder van het potje", en="holder of the purse"),
        "amount_eur": Column(WHOLE, "amount", nl="bedrag", seen="cost", unit="eur", least=1),
        "basis": columns.BASIS.but("given: from money that the city named; assumed: no amount was named", "gegeven: uit geld dat de stad noemde; aangenomen: er is geen bedrag genoemd", one_of=MONEY_BASES),
    },
    key=("work", "fund"),
    nl="Financieringsmix", en="Financing mix", nl_meaning="Welk potje welk bedrag van welk werk betaalt: zo veel als regels en geld toelaten, eerdere potjes eerst.",
)  # fmt: skip
COVERAGE = Schema(
    "coverage",
    "For every work in the programme what it costs, what purses pay of it, and the gap that stays.",
    {
        "work": columns.WORK.but(seen="cost"),
        "case": columns.CASE.but("case: the bundle, or the work itself", "businesscase: de bundel, of het werk zelf"),
        "year": columns.YEAR.but("year in which it is done", "jaar waarin het wordt gedaan"),
        "cost_eur": columns.COST_EUR.but("cost of the work itself", "kosten van het werk zelf", least=0),
        "opening_eur": columns.OPENING_EUR.but("its part of opening and closing the street", "het deel in het openbreken en dichten van de straat", seen="cost"),
        "wanted_eur": Column(WHOLE, "the two together; an unknown cost counts for nothing", nl="te betalen", en="to be paid", nl_meaning="de twee samen; onbekende kosten tellen niet mee", seen="cost", unit="eur", least=0, live="N({cost_eur})+{opening_eur}"),
        "given_eur": Column(WHOLE, "paid from money that was given", nl="uit gegeven geld", en="from given money", nl_meaning="betaald uit geld dat is gegeven", seen="cost", unit="eur", least=0, live='SUMIFS([mix.amount_eur],[mix.work],{work},[mix.basis],"<given>")'),
        "assumed_eur": Column(WHOLE, "paid from purses of which no amount was given", nl="uit aangenomen geld", en="from assumed money", nl_meaning="betaald uit potjes waarvan geen bedrag is gegeven", seen="cost", unit="eur", least=0, live='SUMIFS([mix.amount_eur],[mix.work],{work},[mix.basis],"<assumed>")'),
        "gap_eur": Column(WHOLE_OR_UNKNOWN, "what no purse pays; unknown where the cost is", nl="gat", en="gap", nl_meaning="wat geen potje betaalt; onbekend waar de kosten dat zijn", seen="cost", unit="eur", known=False, least=0, live='IF({wanted_eur}="","",{wanted_eur}-{given_eur}-{assumed_eur})'),
        "reason": Column(TEXT, "why there is a gap", nl="reden van het gat", en="reason of the gap", nl_meaning="waarom er een gat is", seen="open", one_of=REASONS, codes=REASON_WORDS),
    },
    key=("work",),
    nl="Dekking en gaten", en="Cover and gaps", nl_meaning="Voor elk werk in het programma wat het kost, wat potjes ervan betalen, en het gat dat blijft.",
)  # fmt: skip
CHARGES = Schema(
    "charges",
    "Capital charges (kapitaallasten) of what credits pay, per purse and year, until everything is written off.",
    {
        "fund": columns.FUND,
        "year": columns.YEAR,
        "opening_eur": columns.OPENING_EUR.but("book value at the start of the year", "boekwaarde aan het begin van het jaar", nl="stand begin", en="at the start", seen="cost", live="IF({^fund}={fund},{^closing_eur},0)"),
        "added_eur": Column(WHOLE, "put on the balance sheet in the year", nl="erbij", en="added", nl_meaning="in het jaar op de balans gezet", seen="cost", unit="eur", least=0),
        "interest_eur": columns.INTEREST_EUR,
        "depreciation_eur": Column(WHOLE, "written off in the year", nl="afschrijving", en="depreciation", nl_meaning="in het jaar afgeschreven", seen="cost", unit="eur", least=0),
        "charge_eur": Column(WHOLE, "interest and depreciation", nl="kapitaallasten", en="capital charges", nl_meaning="rente en afschrijving", seen="cost", unit="eur", least=0, live="{interest_eur}+{depreciation_eur}"),
        "closing_eur": columns.CLOSING_EUR.but(live="{opening_eur}+{added_eur}-{depreciation_eur}"),
    },
    key=("fund", "year"),
    nl="Kapitaallasten", en="Capital charges", nl_meaning="Kapitaallasten van wat kredieten betalen, per potje en jaar, tot alles is afgeschreven.",
)  # fmt: skip
LOANS = Schema(
    "loans",
    "Underground facilities that are paid in advance: who advances what, what users pay, and what stays if fewer come.",
    {
        "facility": columns.FACILITY,
        "name": columns.NAME.but(seen="text"),
        "what": columns.WHAT.but("ducts, utility tunnel, cable trough or other", "mantelbuizen, leidingentunnel, kabelgoot of iets anders", nl="soort voorziening", en="sort of facility", codes=FACILITY_WORDS),
        "case": columns.CASE.but("bundle that it goes with", "bundel waar het bij hoort", nl="bundel", en="bundle", known=False),
        "lender": Column(TEXT, "party that advances the money", nl="schiet voor", en="advances", nl_meaning="partij die het geld voorschiet", seen="owner", refers="context.parties"),
        "year": columns.YEAR.but("year in which it is laid", "jaar waarin het wordt aangelegd", nl="jaar van aanleg", en="year of laying"),
        "year_basis": Column(TEXT, "given by the city, derived from the programme, or assumed: its sections are never opened", nl="basis van het jaar", en="basis of the year", nl_meaning="gegeven door de stad, afgeleid uit het programma, of aangenomen: de wegvakken gaan nooit open", seen="open", one_of=("given", "derived", "assumed"), codes=columns.BASIS_WORDS),
        "last_year": Column(WHOLE, "last year in which users pay back", nl="laatste jaar", en="last year", nl_meaning="laatste jaar waarin gebruikers terugbetalen", seen="open", unit="year"),
        "cost_eur": Column(WHOLE, "cost", nl="kosten", seen="cost", unit="eur", least=0),
        "subsidy_eur": Column(WHOLE, "given, not paid back", nl="subsidie", en="grant", nl_meaning="gegeven, wordt niet terugbetaald", seen="cost", unit="eur", least=0),
        "advanced_eur": Column(WHOLE, "advanced", nl="voorgeschoten", nl_meaning="wat is voorgeschoten", seen="cost", unit="eur", least=0, live="{cost_eur}-{subsidy_eur}"),
        "interest": Column(NUMBER, "interest per year (share)", nl="rente per jaar", en="interest per year", nl_meaning="rente per jaar (deel)", seen="open", least=0),
        "repay": Column(TEXT, "on entry or yearly", nl="terugbetaling", en="repayment", nl_meaning="bij instappen of elk jaar", seen="open", one_of=("on_entry", "yearly"), codes=REPAY_WORDS),
        "fee_eur": Column(NUMBER, "per place: on entry before interest, or per year", nl="prijs per plaats", en="price per place", nl_meaning="per plaats: bij instappen zonder rente, of per jaar", seen="cost", unit="eur", least=0),
        "break_even": Column(NUMBER, "share of the users that must come for the lender to lose nothing", nl="quitte bij (deel)", en="break-even at (share)", nl_meaning="deel van de gebruikers dat moet komen om de voorschieter niets te laten verliezen", seen="open", known=False),
        "undated": Column(WHOLE, "later users of which no year is known", nl="gebruikers zonder jaar", en="users without a year", nl_meaning="latere gebruikers van wie geen jaar bekend is", seen="open", least=0),
    },
    key=("facility",),
    nl="Voorfinanciering", en="Pre-financing", nl_meaning="Ondergrondse voorzieningen die vooruit worden betaald: wie schiet voor, wat gebruikers betalen, en bij welk deel van hen de voorschieter quitte speelt.",
)  # fmt: skip
ADVANCES = Schema(
    "advances",
    "The loan of each facility year by year, for four outcomes: all users come, as many as expected, few, none.",
    {
        "facility": columns.FACILITY,
        "uptake": Column(TEXT, "full, expected, low or none", nl="gebruik", en="uptake", nl_meaning="allen, verwacht, weinig of geen", seen="open", one_of=UPTAKES, codes=UPTAKE_WORDS),
        "uptake_share": Column(NUMBER, "share of the later users that come", nl="deel dat komt", en="share that comes", nl_meaning="deel van de latere gebruikers dat komt", seen="open", unit="share", least=0, most=1),
        "year": columns.YEAR,
        "opening_eur": columns.OPENING_EUR.but("balance at the start of the year", "stand aan het begin van het jaar", nl="stand begin", en="at the start", seen="cost", least=None, live="IF(AND({^facility}={facility},{^uptake}={uptake}),{^closing_eur},0)"),
        "advance_eur": Column(WHOLE, "advanced in the year", nl="voorschot", en="advance", nl_meaning="in het jaar voorgeschoten", seen="cost", unit="eur", least=0),
        "interest_eur": columns.INTEREST_EUR.but("interest over the balance at the start", "rente over de stand aan het begin", least=None, live="ROUND({opening_eur}*SUMIFS([loans.interest],[loans.facility],{facility}),0)"),
        "repayment_eur": Column(WHOLE, "paid back by users", nl="terugbetaald", en="paid back", nl_meaning="terugbetaald door gebruikers", seen="cost", unit="eur", live="SUMIFS([repayments.amount_eur],[repayments.facility],{facility},[repayments.uptake],{uptake},[repayments.year],{year})"),
        "closing_eur": columns.CLOSING_EUR.but("balance at the end of the year; what is left in the last year is for the lender", "stand aan het eind van het jaar; wat in het laatste jaar overblijft, is voor wie voorschiet", least=None, live="{opening_eur}+{advance_eur}+{interest_eur}-{repayment_eur}"),
    },
    key=("facility", "uptake", "year"),
    nl="Voorfinanciering per jaar", en="Pre-financing per year", nl_meaning="De lening van elke voorziening jaar voor jaar, in vier gevallen: alle gebruikers komen, zo veel als verwacht, weinig, geen.",
)  # fmt: skip
REPAYMENTS = Schema(
    "repayments",
    "What each later user of a facility pays back per year.",
    {
        "facility": columns.FACILITY,
        "uptake": Column(TEXT, "full, expected, low or none", nl="gebruik", en="uptake", nl_meaning="allen, verwacht, weinig of geen", seen="open", one_of=UPTAKES, codes=UPTAKE_WORDS),
        "user": Column(TEXT, "party", nl="gebruiker", en="user", nl_meaning="partij", seen="owner", refers="context.parties"),
        "year": columns.YEAR,
        "amount_eur": Column(WHOLE, "amount", nl="bedrag", seen="cost", unit="eur"),
    },
    key=("facility", "uptake", "user", "year"),
    nl="Terugbetaling per gebruiker", en="Repayment per user", nl_meaning="Wat elke latere gebruiker van een voorziening per jaar terugbetaalt.",
)  # fmt: skip
FITS = Schema(
    "fits",
    "Which type of case (cluster) a bundle is, and which financing models fit it, with the reasons.",
    {
        "case": columns.CASE.but("case", "businesscase"),
        "what": columns.WHAT.but("cluster or model", "cluster of model", one_of=("cluster", "model"), codes=FIT_WORDS),
        "key": Column(TEXT, "cluster or model: its name in the catalogue", nl="naam in de catalogus", en="name in the catalogue", nl_meaning="cluster of model: de naam in de catalogus", seen="open", codes="clusters and models"),
        "rank": columns.RANK.but("1 fits best", "1 past het best"),
        "met": Column(WHOLE, "signs that are met", nl="kenmerken gezien", en="signs met", nl_meaning="kenmerken die zijn gezien", seen="open", unit="score", least=0),
        "signs": Column(WHOLE, "signs that were looked at", nl="bekeken kenmerken", en="signs looked at", nl_meaning="kenmerken waarnaar is gekeken", seen="open", least=0),
        "why_nl": columns.WHY_NL.but("which signs, in Dutch", "welke kenmerken, in het Nederlands"),
        "why_en": columns.WHY_EN.but("which signs, in English", "welke kenmerken, in het Engels"),
    },
    key=("case", "what", "key"),
    nl="Passende financiering", en="Financing that fits", nl_meaning="Bij welk type geval (cluster) een bundel hoort, en welke financieringsmodellen erbij passen, met de redenen.",
)  # fmt: skip


@dataclass(frozen=True)
class Financing:
    """The financing of a programme: holders, transfers, purses, credits and advances.

    With the mix of purses and its gaps, and the financing models that fit.
    """

    holders: pd.DataFrame
    bargains: pd.DataFrame
    transfers: pd.DataFrame
    purses: pd.DataFrame
    mix: pd.DataFrame
    coverage: pd.DataFrame
    charges: pd.DataFrame
    loans: pd.DataFrame
    advances: pd.DataFrame
    repayments: pd.DataFrame
    fits: pd.DataFrame
    trace: Trace

    TABLES: ClassVar[dict[str, Schema]] = {
        "holders": HOLDERS,
        "bargains": BARGAINS,
        "transfers": TRANSFERS,
        "purses": PURSES,
        "mix": MIX,
        "coverage": COVERAGE,
        "charges": CHARGES,
        "loans": LOANS,
        "advances": ADVANCES,
        "repayments": REPAYMENTS,
        "fits": FITS,
    }
