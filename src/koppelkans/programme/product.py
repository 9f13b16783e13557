"""The product of this room: which work in which year, with its proof, money and streets. (nl: stadsprogramma)."""

from dataclasses import dataclass
from typing import ClassVar

import pandas as pd

from koppelkans.ground import columns
from koppelkans.ground.tables import NUMBER, TEXT, WHOLE, WHOLE_OR_UNKNOWN, YES_NO, Column, Schema
from koppelkans.ground.trace import Trace
from koppelkans.programme.problem import Problem
from koppelkans.programme.product_futures import FIRMNESS, FUTURES
from koppelkans.programme.product_scenarios import SCENARIO_PARTS, SCENARIO_PLAN, SCENARIO_YEARS, SCENARIOS
from koppelkans.programme.product_what_if import WHAT_IF, WHAT_IF_MOVES

SPLIT_BASES = {"exact": "worked out exactly", "sampled": "sampled"}

PLAN = Schema(
    "plan",
    "Every work and its year; unknown year means left undone.",
    {
        "work": columns.WORK,
        "year": Column(WHOLE_OR_UNKNOWN, "year in which it is done; unknown: left undone", nl="jaar", en="year", nl_meaning="jaar waarin het wordt gedaan; onbekend: blijft liggen", seen="open", unit="year", known=False),
        "bundle": columns.BUNDLE.but("bundle that it belongs to", "bundel waar het bij hoort"),
        "shift_years": Column(WHOLE_OR_UNKNOWN, "years later (+) or earlier (-) than its best year", nl="verschuiving (jaren)", en="shift (years)", nl_meaning="jaren later (+) of eerder (-) dan het beste jaar", seen="open", unit="years", known=False),
        "cost_eur": columns.COST_EUR,
        "outside": Column(TEXT, "why the work was not put to the solver (cost unknown, outside the horizon or every street, knocked out); empty where it was", nl="niet afgewogen omdat", en="not weighed because", nl_meaning="waarom het werk niet is afgewogen (kosten onbekend, buiten de periode of elke straat, valt af); leeg waar dat wel is gebeurd", seen="open", known=False, codes="ours"),
        "why_nl": columns.WHY_NL.but("why this year, or why not, in Dutch", "waarom dit jaar, of waarom niet, in het Nederlands"),
        "why_en": columns.WHY_EN.but("why this year, or why not, in English", "waarom dit jaar, of waarom niet, in het Engels"),
    },
    key=("work",),
    nl="Jaar per werk", en="Year per work", nl_meaning="Elk werk en zijn jaar. Een onbekend jaar betekent: blijft liggen.",
)  # fmt: skip
BUNDLES = Schema(
    "bundles",
    "Works that share an opened section in a year, with cost apart and together.",
    {
        "bundle": columns.BUNDLE.but(known=True),
        "year": columns.YEAR,
        "name": columns.NAME.but("streets that it lies in", "straten waarin het ligt", nl="straten", en="streets"),
        "area": columns.AREA.but("area with most of it", "gebied met het grootste deel"),
        "works": columns.WORKS.but(least=2),
        "owners": columns.OWNERS,
        "sections": columns.SECTIONS.but("sections", "wegvakken"),
        "apart_eur": columns.APART_EUR.but("openings, when each work opens its sections alone in that year", "openingen, als elk werk zijn wegvakken in dat jaar alleen opent"),
        "together_eur": columns.TOGETHER_EUR.but("openings, shared", "openingen, gedeeld"),
        "saving_eur": columns.SAVING_EUR,
        "nuisance_saved_eur": columns.NUISANCE_SAVED_EUR.but("nuisance spared", "bespaarde hinder"),
        "in_core": Column(YES_NO, "in the fair split no owner and no group of owners pays more than on its own", nl="ieder beter af", en="everyone gains", nl_meaning="in de eerlijke verdeling betaalt geen partij en geen groep partijen meer dan alleen", seen="open"),
        "worst_group": Column(TEXT, "owners that together gain least by joining in; unknown where there is one owner", nl="wie het minst wint", en="who gains least", nl_meaning="partijen die samen het minst winnen door mee te doen; onbekend bij één partij", seen="place", known=False),
        "worst_excess_eur": Column(WHOLE_OR_UNKNOWN, "what that group pays more (+) or less (-) than on its own", nl="wat die groep meer betaalt dan los", en="what that group pays more than apart", nl_meaning="wat die groep meer (+) of minder (-) betaalt dan alleen", seen="place", unit="eur", known=False),
    },
    key=("bundle",),
    nl="Bundels", en="Bundles", nl_meaning="Werken die in een jaar een open wegvak delen, met de kosten los en samen.",
)  # fmt: skip
SPLIT = Schema(
    "split",
    "The fair split of the openings of each bundle over its owners (Shapley value), in euros of the year itself.",
    {
        "bundle": columns.BUNDLE.but(seen="place", known=True),
        "owner": columns.OWNER.but("party; unknown where a work has no owner", "partij; onbekend als een werk geen eigenaar heeft", known=False, nl="partij", en="party"),
        "works": columns.WORKS.but("its works in the bundle", "haar werken in de bundel"),
        "apart_eur": columns.APART_EUR.but("openings (less what its works save in pairs), when it comes alone in that year", "openingen (min wat haar werken samen besparen), als zij in dat jaar alleen komt", least=None),
        "fair_eur": Column(WHOLE, "fair share of the openings together; the shares add up to what all pay", nl="eerlijk deel", en="fair share", nl_meaning="eerlijk deel van de openingen samen; de delen tellen op tot wat allen betalen", seen="open", unit="eur"),
        "saving_eur": columns.SAVING_EUR.but("the difference: what it gains by joining in", "het verschil: wat zij wint door mee te doen"),
        "basis": columns.BASIS.but("worked out exactly, or sampled", "precies berekend, of met een steekproef", one_of=("exact", "sampled"), codes=SPLIT_BASES),
        "error_eur": Column(NUMBER, "standard error of the share; 0 where it is exact", nl="standaardfout", en="standard error", nl_meaning="standaardfout van het deel; 0 als het precies is", seen="open", unit="eur", least=0),
    },
    key=("bundle", "owner"),
    nl="Eerlijk delen", en="Fair split", nl_meaning="De eerlijke verdeling van de openingen van elke bundel over de partijen (shapleywaarde), in euro's van het jaar zelf.",
)  # fmt: skip
OPEN = Schema(
    "open",
    "Which section is open in which year, and whether graafrust is broken.",
    {
        "section": columns.SECTION,
        "year": columns.YEAR,
        "works": columns.WORKS.but("works in it", "werken erin"),
        "owners": columns.OWNERS,
        "breach": Column(YES_NO, "dug within the graafrust after an earlier resurfacing in this programme", nl="graafrust gebroken", en="graafrust broken", nl_meaning="gegraven binnen de graafrust na eerdere nieuwe verharding in dit programma", seen="open"),
    },
    key=("section", "year"),
    nl="Open wegvakken", en="Open sections", nl_meaning="Welk wegvak in welk jaar open ligt, en of de graafrust wordt gebroken.",
)  # fmt: skip
MONEY = Schema(
    "money",
    "Each fund, year by year.",
    {
        "fund": columns.FUND,
        "name": columns.NAME.but(seen="owner", codes="funds by name"),
        "year": columns.YEAR,
        "budget_eur": columns.BUDGET_EUR,
        "spent_eur": Column(WHOLE, "spent in that year", nl="uitgegeven", en="spent", nl_meaning="uitgegeven in dat jaar", seen="cost", unit="eur", least=0),
        "left_eur": Column(WHOLE, "left at the end of the year, carried over where the fund allows", nl="over", en="left", nl_meaning="over aan het eind van het jaar, meegenomen waar het fonds dat toelaat", seen="cost", unit="eur"),
        "carries_over": Column(YES_NO, "what is left may be spent later", nl="rest mag mee", en="carries over", nl_meaning="wat over is, mag later worden uitgegeven", seen="open"),
        "worth_per_eur": Column(NUMBER, "price of money: what one more euro in that year would bring, discounted, at the margin of the proof; 0: there is enough", nl="prijs van geld (€ per €)", en="price of money (€ per €)", nl_meaning="prijs van geld: wat één euro meer in dat jaar oplevert, contant, aan de rand van het bewijs; 0: er is genoeg", seen="cost", unit="eur", least=0, known=False),
        "basis": columns.BASIS.but("given by the city, or assumed (even spread of the need)", "opgegeven door de gemeente, of aangenomen (behoefte gelijk verdeeld)", one_of=("given", "assumed")),
    },
    key=("fund", "year"),
    nl="Geld per jaar", en="Money per year", nl_meaning="Elk fonds, jaar voor jaar.",
)  # fmt: skip
LOAD = Schema(
    "load",
    "Each crew, year by year.",
    {
        "crew": Column(TEXT, "crew", nl="ploeg", seen="open"),
        "name": columns.NAME,
        "year": columns.YEAR,
        "available_h": Column(NUMBER, "hours available", nl="uren beschikbaar", seen="open", unit="h", least=0),
        "used_h": Column(NUMBER, "hours used", nl="uren nodig", seen="open", unit="h", least=0),
        "worth_eur_per_h": Column(NUMBER, "what one more hour would bring, discounted, at the margin; 0: there are enough", nl="prijs van een uur (€)", en="price of an hour (€)", nl_meaning="wat één uur meer oplevert, contant, aan de rand van het bewijs; 0: er zijn er genoeg", seen="open", unit="h", least=0, known=False),
        "basis": columns.BASIS.but("given or assumed", "opgegeven of aangenomen", one_of=("given", "assumed")),
    },
    key=("crew", "year"),
    nl="Mensen per jaar", en="People per year", nl_meaning="Elke ploeg, jaar voor jaar.",
)  # fmt: skip
STREETS = Schema(
    "streets",
    "Open sections per limit (district or detour) and year.",
    {
        "limit": Column(TEXT, "limit", nl="grens", seen="open", codes="areas"),
        "year": columns.YEAR,
        "open_sections": Column(WHOLE, "sections open", nl="wegvakken open", seen="open", least=0),
        "most": Column(WHOLE, "at most", nl="hoogstens", seen="open", least=0),
        "worth_eur": columns.WORTH_EUR,
        "basis": columns.BASIS.but("given or assumed", "opgegeven of aangenomen", one_of=("given", "assumed")),
    },
    key=("limit", "year"),
    nl="Open straten", en="Open streets", nl_meaning="Open wegvakken per grens (gebied of omleiding) en jaar.",
)  # fmt: skip
PAYMENTS = Schema(
    "payments",
    "Which fund pays which share of a work.",
    {
        "work": columns.WORK,
        "fund": columns.FUND.but(seen="open"),
        "share": Column(NUMBER, "share of the cost", nl="deel van de kosten", seen="open", unit="share", least=0),
        "amount_eur": columns.AMOUNT_EUR.but("amount when done", "bedrag als het wordt gedaan"),
        "year": Column(WHOLE_OR_UNKNOWN, "year in which it is paid; unknown: left undone", nl="jaar", en="year", nl_meaning="jaar waarin het wordt betaald; onbekend: blijft liggen", seen="open", unit="year", known=False),
    },
    key=("work", "fund"),
    nl="Betalingen", en="Payments", nl_meaning="Welk fonds welk deel van een werk betaalt.",
)  # fmt: skip
OTHER_YEARS = Schema(
    "other_years",
    "What each year of the window of a work would cost, all other works held where they are, and what forbids that year.",
    {
        "work": columns.WORK,
        "year": columns.YEAR.but("year of its window", "jaar van zijn periode"),
        "extra_eur": Column(WHOLE_OR_UNKNOWN, "what it would cost more (+) or less (-) than where it stands now, discounted; zero in its own year", nl="meer of minder dan nu", en="more or less than now", nl_meaning="wat het meer (+) of minder (-) zou kosten dan waar het nu staat, contant gemaakt; nul in zijn eigen jaar", seen="cost", unit="eur", known=False),
        "blocked_by": Column(TEXT, "demand that forbids it; empty where it is allowed", nl="kan niet door", en="forbidden by", nl_meaning="eis die het verbiedt; leeg waar het mag", seen="open", known=False, codes="demands"),
        "about": Column(TEXT, "fund, crew, limit or work that the demand is about", nl="code van het potje, de ploeg of het werk", en="code of the fund, crew or work", nl_meaning="potje, ploeg, grens of werk waar de eis over gaat", seen="window", known=False, refers="any"),
        "about_name": Column(TEXT, "its name", nl="om welke het gaat", en="which one", nl_meaning="de naam ervan", seen="told", known=False),
    },
    key=("work", "year"),
    nl="Andere jaren", en="Other years", nl_meaning="Wat elk jaar van de periode van een werk zou kosten als alle andere werken blijven staan, en wat dat jaar verbiedt.",
)  # fmt: skip
PROMISES = Schema(
    "promises",
    "Every promised work, and whether it keeps its year: a promise that moves is always named.",
    {
        "work": columns.WORK,
        "promised_year": Column(WHOLE, "promised year", nl="beloofd jaar", seen="open", unit="year"),
        "year": Column(WHOLE_OR_UNKNOWN, "year in which it is done; unknown: left undone, or not put to the solver", nl="jaar", en="year", nl_meaning="jaar waarin het wordt gedaan; onbekend: blijft liggen, of niet ingepland", seen="open", unit="year", known=False),
        "kept": Column(YES_NO, "done in the promised year", nl="nagekomen", en="kept", nl_meaning="gedaan in het beloofde jaar", seen="open"),
        "move_eur": Column(WHOLE_OR_UNKNOWN, "price of not keeping it; unknown where the cost of the work is", nl="prijs van niet nakomen", en="price of not keeping it", nl_meaning="prijs van niet nakomen; onbekend waar de kosten van het werk dat zijn", seen="cost", unit="eur", known=False),
        "basis": columns.BASIS.but("that price was given by the city, or assumed", "die prijs is door de stad gegeven, of aangenomen", one_of=("given", "assumed")),
        "made_to": Column(TEXT, "to whom it was promised", nl="beloofd aan", en="promised to", nl_meaning="aan wie het is beloofd", seen="text", known=False),
    },
    key=("work",),
    nl="Beloften", en="Promises", nl_meaning="Elk beloofd werk, en of het zijn jaar houdt. Een belofte die verschuift staat er altijd bij.",
)  # fmt: skip
VERDICT = Schema(
    "verdict",
    "What the independent judge says of the programme, demand by demand.",
    {
        "demand": Column(TEXT, "demand: the name of its constraint", nl="eis", en="demand", seen="open", codes="demands"),
        "kept": Column(YES_NO, "kept", nl="gehaald", seen="open"),
        "faults": columns.FAULTS.but("times broken", "keren niet gehaald"),
        "first": Column(TEXT, "first fault in words", nl="eerste fout", en="first fault", nl_meaning="eerste fout in woorden", seen="told", known=False, codes="ours"),
    },
    key=("demand",),
    nl="Oordeel", en="Verdict", nl_meaning="Wat de onafhankelijke controle van het programma vindt, eis voor eis.",
)  # fmt: skip


@dataclass(frozen=True)
class Programme:
    """The city programme (stadsprogramma) with its proof and the problem that it answers.

    `value` holds the figures of the whole, in euros unless named otherwise.
    """

    plan: pd.DataFrame
    bundles: pd.DataFrame
    split: pd.DataFrame
    open: pd.DataFrame
    money: pd.DataFrame
    load: pd.DataFrame
    streets: pd.DataFrame
    payments: pd.DataFrame
    other_years: pd.DataFrame
    promises: pd.DataFrame
    verdict: pd.DataFrame
    scenarios: pd.DataFrame
    scenario_plan: pd.DataFrame
    scenario_years: pd.DataFrame
    scenario_parts: pd.DataFrame
    what_if: pd.DataFrame
    what_if_moves: pd.DataFrame
    firmness: pd.DataFrame
    futures: pd.DataFrame
    problem: Problem
    value: dict[str, float | int | str | None]
    trace: Trace

    TABLES: ClassVar[dict[str, Schema]] = {
        "plan": PLAN,
        "bundles": BUNDLES,
        "split": SPLIT,
        "open": OPEN,
        "money": MONEY,
        "load": LOAD,
        "streets": STREETS,
        "payments": PAYMENTS,
        "other_years": OTHER_YEARS,
        "promises": PROMISES,
        "verdict": VERDICT,
        "scenarios": SCENARIOS,
        "scenario_plan": SCENARIO_PLAN,
        "scenario_years": SCENARIO_YEARS,
        "scenario_parts": SCENARIO_PARTS,
        "what_if": WHAT_IF,
        "what_if_moves": WHAT_IF_MOVES,
        "firmness": FIRMNESS,
        "futures": FUTURES,
    }
