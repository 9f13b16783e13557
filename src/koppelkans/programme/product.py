"""The product of this room: which work in which year, with its proof, money and streets. (nl: stadsprogramma)."""

from dataclasses import dataclass, field
from typing import ClassVar

import pandas as pd

from koppelkans.ground import columns
from koppelkans.ground.tables import NUMBER, TEXT, WHOLE, WHOLE_OR_UNKNOWN, YES_NO, Column, Schema
from koppelkans.ground.trace import Trace
from koppelkans.programme.problem import Problem

ROLES = ("base", "scenario", "front")
STATUS_WORDS = {
    "base": "this programme",
    "proven": "proven",
    "time_limit": "the best that was found",
    "impossible": "impossible",
}
STATUSES = tuple(STATUS_WORDS)

SCENARIOS = Schema(
    "scenarios",
    "The programme and its scenarios side by side, at the prices of the programme; sums of all years, not discounted unless said.",
    {
        "scenario": columns.SCENARIO.but("scenario; base is the programme itself", "scenario; base is het programma zelf"),
        "role": columns.ROLE.but("the programme, a scenario by name, or a point of the curve of money", "het programma, een scenario met een naam, of een punt van de geldkromme", one_of=ROLES),
        "name_nl": columns.NAME_NL,
        "name_en": columns.NAME_EN,
        "quality": Column(NUMBER, "knob of quality: factor on the worth of ambitions", nl="knop kwaliteit", en="knob of quality", nl_meaning="knop kwaliteit: factor op de waarde van ambities", seen="open", least=0),
        "money": Column(NUMBER, "knob of money: factor on budgets", nl="knop geld", en="knob of money", nl_meaning="knop geld: factor op de budgetten", seen="open", least=0),
        "risk": Column(NUMBER, "knob of risk: factor on the price of late and of leaving undone", nl="knop risico", en="knob of risk", nl_meaning="knop risico: factor op de prijs van te laat en van niet doen", seen="open", least=0),
        "altered": Column(YES_NO, "more was changed than the knobs", nl="meer veranderd", en="more changed", nl_meaning="er is meer veranderd dan de knoppen", seen="open"),
        "basis": columns.BASIS.but("given by the city, or assumed", "gegeven door de stad, of aangenomen", one_of=("given", "assumed")),
        "budget_eur": columns.BUDGET_EUR.but("budgets of the city over all years; of all funds where it holds none", "budgetten van de stad over alle jaren; van alle potjes als de stad er geen heeft", seen="whole", least=0),
        "spent_eur": Column(WHOLE_OR_UNKNOWN, "cost of the works that are done, with their openings, also what no purse pays", nl="investering", en="investment", nl_meaning="kosten van de werken die worden gedaan, met hun openingen, ook wat geen potje betaalt", seen="whole", unit="eur", known=False),
        "cost_eur": columns.COST_EUR.but(seen="whole"),
        "openings_eur": Column(WHOLE_OR_UNKNOWN, "cost of the openings", nl="openingen (kosten)", en="openings (cost)", nl_meaning="kosten van de openingen", seen="whole", unit="eur", known=False),
        "nuisance_eur": Column(WHOLE_OR_UNKNOWN, "nuisance of the openings", nl="hinder", en="nuisance", nl_meaning="hinder van de openingen", seen="whole", unit="eur", known=False),
        "quality_eur": Column(WHOLE_OR_UNKNOWN, "weight of the ambitions of the works that are done; no money", nl="ambities bereikt (gewogen)", en="ambitions reached (weighed)", nl_meaning="gewicht van de ambities van de werken die worden gedaan; geen geld", seen="whole", unit="eur", known=False),
        "risk_eur": Column(WHOLE_OR_UNKNOWN, "weight of late years (discounted) and risk of the works that are left undone; no money", nl="risico dat blijft (gewogen)", en="risk that stays (weighed)", nl_meaning="gewicht van te late jaren (contant) en risico van de werken die blijven liggen; geen geld", seen="whole", unit="eur", known=False),
        "weighted_cost_eur": Column(WHOLE_OR_UNKNOWN, "weighted cost at the prices of the programme, discounted; lower is better; no money that anyone pays", nl="gewogen kosten", en="weighted cost", nl_meaning="gewogen kosten tegen de prijzen van het programma, contant; lager is beter; geen geld dat iemand betaalt", seen="whole", unit="eur", known=False),
        "weighted_least_eur": Column(WHOLE_OR_UNKNOWN, "weighted cost below which no programme can go, where the prices are those of the programme", nl="gewogen kosten, minstens", en="weighted cost, at least", nl_meaning="lagere gewogen kosten kan geen programma hebben, waar de prijzen die van het programma zijn", seen="whole", unit="eur", known=False),
        "done": Column(WHOLE_OR_UNKNOWN, "works that are done", nl="gedaan", en="done", nl_meaning="werken die worden gedaan", seen="open", known=False),
        "undone": Column(WHOLE_OR_UNKNOWN, "works that are left undone", nl="niet gedaan", en="undone", nl_meaning="werken die blijven liggen", seen="open", known=False),
        "changed": Column(WHOLE_OR_UNKNOWN, "works that stand elsewhere than in the programme", nl="ander jaar", en="another year", nl_meaning="werken die ergens anders staan dan in het programma", seen="open", known=False),
        "moved": Column(WHOLE_OR_UNKNOWN, "promises that are not kept", nl="toezeggingen verschoven", en="promises moved", nl_meaning="toezeggingen die niet worden nagekomen", seen="open", known=False),
        "openings": Column(WHOLE_OR_UNKNOWN, "times that a section is opened", nl="keer open", en="openings", nl_meaning="keren dat een wegvak opengaat", seen="open", known=False),
        "open_most": Column(WHOLE_OR_UNKNOWN, "sections open in the busiest year", nl="meeste open in één jaar", en="most open in one year", nl_meaning="wegvakken open in het drukste jaar", seen="open", known=False),
        "dominated": Column(YES_NO, "another one spends no more and reaches at least the same ambitions", nl="overtroffen", en="dominated", nl_meaning="een ander geeft niet meer uit en bereikt minstens dezelfde ambities", seen="open"),
        "value_eur": Column(WHOLE_OR_UNKNOWN, "weighted cost at its own prices, discounted; lower is better", nl="gewogen kosten, eigen prijzen", en="weighted cost, own prices", nl_meaning="gewogen kosten tegen de eigen prijzen, contant; lager is beter", seen="whole", unit="eur", known=False),
        "bound_eur": Column(WHOLE_OR_UNKNOWN, "no programme of this scenario can have a lower value", nl="grens", en="bound", nl_meaning="geen programma van dit scenario kan een lagere waarde hebben", seen="whole", unit="eur", known=False),
        "gap": Column(NUMBER, "how far the value can be above the best of this scenario (share)", nl="afstand", en="gap", nl_meaning="hoe ver de waarde boven de beste van dit scenario kan liggen (deel)", seen="open", known=False),
        "status": Column(TEXT, "the programme; proven within the gap; best within the effort; or impossible", nl="stand", en="status", nl_meaning="het programma; bewezen binnen de afstand; beste binnen de inspanning; of onmogelijk", seen="open", one_of=STATUSES, codes=STATUS_WORDS),
        "faults": columns.FAULTS,
        "clash_nl": columns.CLASH_NL,
        "clash_en": columns.CLASH_EN,
    },
    key=("scenario",),
    nl="Scenario's", en="Scenarios", nl_meaning="Het programma en zijn scenario's naast elkaar, tegen de prijzen van het programma; sommen van alle jaren, niet contant tenzij vermeld.",
)  # fmt: skip
SCENARIO_PLAN = Schema(
    "scenario_plan",
    "The year of each work in each scenario; a work that is not in it is left undone.",
    {
        "scenario": columns.SCENARIO,
        "work": columns.WORK,
        "year": columns.YEAR.but("year in which it is done", "jaar waarin het wordt gedaan"),
    },
    key=("scenario", "work"),
    nl="Jaar per scenario", en="Year per scenario", nl_meaning="Het jaar van elk werk in elk scenario; een werk dat er niet in staat, blijft liggen.",
)  # fmt: skip
SCENARIO_YEARS = Schema(
    "scenario_years",
    "Each scenario year by year.",
    {
        "scenario": columns.SCENARIO,
        "year": columns.YEAR,
        "works": columns.WORKS.but(least=0),
        "cost_eur": columns.COST_EUR.but(seen="whole"),
        "openings": columns.OPENINGS,
        "openings_eur": Column(WHOLE, "cost of the openings", nl="openingen (kosten)", en="openings (cost)", nl_meaning="kosten van de openingen", seen="whole", unit="eur", least=0),
        "nuisance_eur": columns.NUISANCE_EUR.but("nuisance of the openings", "hinder van de openingen", seen="whole"),
    },
    key=("scenario", "year"),
    nl="Scenario's per jaar", en="Scenarios per year", nl_meaning="Elk scenario, jaar voor jaar.",
)  # fmt: skip
SCENARIO_PARTS = Schema(
    "scenario_parts",
    "Each scenario per area and per party.",
    {
        "scenario": columns.SCENARIO,
        "sort": Column(TEXT, "area or party", nl="soort", en="sort", nl_meaning="gebied of partij", seen="open", one_of=("area", "party"), codes="ours"),
        "part": Column(TEXT, "area or party that it is about", nl="deel", en="part", nl_meaning="gebied of partij waar het over gaat", seen="cost", refers="any"),
        "done": Column(WHOLE, "works that are done; a work in two areas counts in both", nl="gedaan", en="done", nl_meaning="werken die worden gedaan; een werk in twee gebieden telt in beide", seen="open", least=0),
        "undone": Column(WHOLE, "works that are left undone", nl="niet gedaan", en="undone", nl_meaning="werken die blijven liggen", seen="open", least=0),
        "cost_eur": columns.COST_EUR.but("cost without opening, spread evenly over the sections of a work", "kosten zonder opening, gelijk verdeeld over de wegvakken van een werk", seen="whole"),
        "openings": columns.OPENINGS.but("times that a section is opened; opened together it counts for each party", "keren dat een wegvak opengaat; samen geopend telt het voor elke partij"),
        "nuisance_eur": Column(WHOLE_OR_UNKNOWN, "nuisance of the openings; of a party unknown", nl="hinder", en="nuisance", nl_meaning="hinder van de openingen; van een partij onbekend", seen="whole", unit="eur", known=False),
    },
    key=("scenario", "sort", "part"),
    nl="Scenario's per deel", en="Scenarios per part", nl_meaning="Elk scenario per gebied en per partij.",
)  # fmt: skip
FIRMNESS = Schema(
    "firmness",
    "How often each work keeps its year when all is planned again in sampled futures; no rows where none were sampled.",
    {
        "work": columns.WORK,
        "year": Column(WHOLE_OR_UNKNOWN, "its year in the programme; unknown: left undone", nl="jaar", en="year", nl_meaning="zijn jaar in het programma; onbekend: blijft liggen", seen="open", unit="year", known=False),
        "share_kept": Column(NUMBER, "share of the futures in which it keeps that", nl="houdt zijn jaar", en="keeps its year", nl_meaning="deel van de toekomsten waarin het dat houdt", seen="open", unit="share", least=0, most=1),
        "share_undone": Column(NUMBER, "share of the futures in which it is left undone", nl="blijft liggen", en="left undone", nl_meaning="deel van de toekomsten waarin het blijft liggen", seen="open", unit="share", least=0, most=1),
        "firm": columns.FIRM,
        "most_likely_year": Column(WHOLE_OR_UNKNOWN, "the year that it has most often; unknown: left undone", nl="meestal in", en="most often in", nl_meaning="het jaar dat het het vaakst heeft; onbekend: blijft liggen", seen="open", unit="year", known=False),
    },
    key=("work",),
    nl="Stevig of broos", en="Steady or fragile", nl_meaning="Hoe vaak elk werk zijn jaar houdt als in getrokken toekomsten alles opnieuw wordt gepland. Zonder rijen als er geen zijn getrokken.",
)  # fmt: skip
FUTURES = Schema(
    "futures",
    "Sampled futures with other due years, costs and budgets: the programme beside that of parties who plan alone. Values are discounted; lower is better.",
    {
        "future": Column(WHOLE, "number of the future", nl="toekomst", en="future", nl_meaning="nummer van de toekomst", seen="open", least=1),
        "value_eur": Column(WHOLE, "value of the programme as it stands; what no longer fits is left out", nl="zoals het staat", en="as it stands", nl_meaning="waarde van het programma zoals het staat; wat niet meer past, blijft liggen", seen="whole", unit="eur"),
        "replanned_eur": Column(WHOLE, "value of the programme when it is planned again", nl="opnieuw gepland", en="planned again", nl_meaning="waarde van het programma als het opnieuw wordt gepland", seen="whole", unit="eur"),
        "silo_eur": Column(WHOLE, "value of what the parties plan alone, as it stands", nl="ieder voor zich, zoals het staat", en="each alone, as it stands", nl_meaning="waarde van wat de partijen ieder voor zich plannen, zoals het staat", seen="whole", unit="eur"),
        "silo_replanned_eur": Column(WHOLE, "value of what the parties plan alone, when each plans again", nl="ieder voor zich, opnieuw gepland", en="each alone, planned again", nl_meaning="waarde van wat de partijen ieder voor zich plannen, als elk opnieuw plant", seen="whole", unit="eur"),
        "kept_share": Column(NUMBER, "share of the planned works that keep their year when all is planned again", nl="deel dat zijn jaar houdt", en="share that keeps its year", nl_meaning="deel van de geplande werken dat zijn jaar houdt als alles opnieuw wordt gepland", seen="open", unit="share", least=0, most=1),
        "left_out": columns.LEFT_OUT.but("works of the programme that no longer fit", "werken van het programma die niet meer passen"),
        "silo_left_out": Column(WHOLE, "works that the parties plan alone and that no longer fit", nl="weggelaten, ieder voor zich", en="left out, each alone", nl_meaning="werken die de partijen ieder voor zich plannen en die niet meer passen", seen="open", least=0),
        "faults": columns.FAULTS.but("demands that cannot be met any more when all is planned again, according to the judge", "eisen die niet meer te halen zijn als alles opnieuw wordt gepland, volgens de controle"),
        "value_faults": Column(WHOLE, "the same for the programme as it stands", nl="eisen niet gehaald, zoals het staat", en="demands not met, as it stands", nl_meaning="hetzelfde voor het programma zoals het staat", seen="open", least=0),
        "silo_faults": Column(WHOLE, "the same for what the parties plan alone, as it stands; limits on open streets are not looked at", nl="eisen niet gehaald, ieder voor zich, zoals het staat", en="demands not met, each alone, as it stands", nl_meaning="hetzelfde voor wat de partijen apart plannen, zoals het staat; grenzen aan open straten tellen niet mee", seen="open", least=0),
        "silo_replanned_faults": Column(WHOLE, "the same when each party plans again alone, within its own part", nl="eisen niet gehaald, ieder voor zich, opnieuw gepland", en="demands not met, each alone, planned again", nl_meaning="hetzelfde als elke partij apart opnieuw plant, binnen haar eigen deel", seen="open", least=0),
    },
    key=("future",),
    nl="Toekomsten", en="Futures", nl_meaning="Getrokken toekomsten met andere vervangjaren, kosten en budgetten: het programma naast dat van partijen die ieder voor zich plannen. Waarden zijn contant; lager is beter.",
)  # fmt: skip
CHANGES = ("move", "cut", "slip")

WHAT_IF = Schema(
    "what_if",
    "What some changes of the programme would come to; each is chosen by rule, and its answer keeps every demand.",
    {
        "what_if": columns.WHAT_IF.but(one_of=CHANGES),
        "about": Column(TEXT, "the work, the fund or the party", nl="code van het werk, het potje of de partij", en="code of the work, the fund or the party", nl_meaning="het werk, het potje of de partij", seen="place", refers="any"),
        "from_year": columns.FROM_YEAR,
        "year": Column(WHOLE_OR_UNKNOWN, "year that the work goes to, or of the budget", nl="jaar", en="year", nl_meaning="jaar waar het werk naartoe gaat, of jaar van het budget", seen="open", unit="year", known=False),
        "amount_eur": columns.AMOUNT_EUR.but("what the budget is less", "wat het budget lager is", nl="minder budget", en="less budget"),
        "years": Column(WHOLE_OR_UNKNOWN, "years that the party is late", nl="jaren later", en="years late", nl_meaning="jaren dat de partij te laat is", seen="open", unit="years", known=False),
        "possible": Column(YES_NO, "a programme was found that keeps every demand", nl="kan", en="possible", nl_meaning="er is een programma gevonden dat aan alle eisen voldoet", seen="open"),
        "money_eur": Column(WHOLE_OR_UNKNOWN, "money that it costs: works and openings (discounted, judged); below 0: less", nl="geld", en="money", nl_meaning="geld dat het kost: werken en openingen (contant, nagerekend); onder 0: minder", seen="cost", unit="eur", known=False),
        "own_eur": Column(WHOLE_OR_UNKNOWN, "part of that money that the municipality bears: its works and its fair part of the openings; below 0: less", nl="deel van de gemeente", en="part of the municipality", nl_meaning="deel van dat geld dat de gemeente draagt: haar werken en haar eerlijke deel van de openingen; onder 0: minder", seen="cost", unit="eur", known=False),
        "harm_eur": Column(WHOLE_OR_UNKNOWN, "weighed harm that it does: nuisance, early, late, graafrust, promises; nobody pays it", nl="gewogen nadeel", en="weighed harm", nl_meaning="gewogen nadeel ervan: hinder, te vroeg, te laat, graafrust, beloften; niemand betaalt het", seen="cost", unit="eur", known=False),
        "works_move": Column(WHOLE_OR_UNKNOWN, "works that stand in another year or are left undone", nl="werken die schuiven", en="works that move", nl_meaning="werken die in een ander jaar komen of blijven liggen", seen="place", known=False),
        "promises_move": Column(WHOLE_OR_UNKNOWN, "promises that were kept and are not any more", nl="beloften die schuiven", en="promises that move", nl_meaning="beloften die werden gehouden en dan niet meer", seen="place", known=False),
        "fewest": Column(YES_NO, "it is proven that fewer promises cannot move", nl="minder beloften kan niet", en="no fewer promises possible", nl_meaning="bewezen is dat er niet minder beloften kunnen schuiven", seen="open"),
        "faults": columns.FAULTS,
        "decision": Column(TEXT, "reason of a decision that is broken by it", nl="besluit waar het tegenin gaat", en="decision that it breaks", nl_meaning="reden van een besluit waar het tegenin gaat", seen="text", known=False),
        "clash_nl": columns.CLASH_NL.but("demands that clash where it cannot be, in Dutch", "eisen die botsen als het niet kan, in het Nederlands"),
        "clash_en": columns.CLASH_EN.but("demands that clash where it cannot be, in English", "eisen die botsen als het niet kan, in het Engels"),
    },
    key=("what_if",),
    nl="Wat als", en="What if", nl_meaning="Wat enkele wijzigingen van het programma zouden kosten. Elke wijziging is volgens een regel gekozen, en elk antwoord voldoet aan alle eisen.",
)  # fmt: skip
WHAT_IF_MOVES = Schema(
    "what_if_moves",
    "The works that move in each of those changes.",
    {
        "what_if": columns.WHAT_IF.but("the change", "de wijziging", one_of=CHANGES),
        "work": columns.WORK,
        "from_year": columns.FROM_YEAR.but("year in which it stands; unknown: left undone", "jaar waarin het staat; onbekend: het blijft liggen"),
        "to_year": Column(WHOLE_OR_UNKNOWN, "year in which it would stand; unknown: left undone", nl="jaar dan", en="year then", nl_meaning="jaar waarin het dan staat; onbekend: het blijft liggen", seen="open", unit="year", known=False),
        "promised_year": Column(WHOLE_OR_UNKNOWN, "promised year", nl="beloofd jaar", seen="open", unit="year", known=False),
        "promise_moves": Column(YES_NO, "its promise was kept and would not be any more", nl="belofte schuift", en="promise moves", nl_meaning="de belofte werd gehouden en dan niet meer", seen="open"),
        "asked": Column(YES_NO, "the change names it itself, or its party", nl="zelf gevraagd", en="asked for itself", nl_meaning="de wijziging gaat over dit werk zelf, of over zijn partij", seen="open"),
    },
    key=("what_if", "work"),
    nl="Wat als, wat schuift", en="What if, moves", nl_meaning="De werken die schuiven bij elk van die wijzigingen.",
)  # fmt: skip
LEFT_OUT_SORTS = {
    "never": "never fits",
    "shut": "demands keep it out",
    "weight": "the weight decided",
    "unproven": "not proven",
}
LEFT_OUT = Schema(
    "left_out",
    "Works that never fit, and the first of the ranking that are not done: what keeps each out, or what doing it anyway costs.",
    {
        "work": columns.WORK,
        "rank": Column(WHOLE_OR_UNKNOWN, "rank after the decisions of the board", nl="rang", en="rank", nl_meaning="rang na de besluiten van het bestuur", seen="open", known=False),
        "sort": Column(TEXT, "what decided: it never fits, demands keep it out, the weight, or not proven", nl="wat besliste", en="what decided", nl_meaning="wat besliste: het past nooit, eisen houden het tegen, het gewicht, of niet bewezen", seen="open", one_of=tuple(LEFT_OUT_SORTS), codes=LEFT_OUT_SORTS),
        "obstacle_nl": Column(TEXT, "a smallest set of demands that keeps it out of every year and what lets it in, or the price of doing it, in Dutch", nl="waarom niet", en="why not, in Dutch", nl_meaning="een kleinste stel eisen dat het uit elk jaar houdt en wat het laat passen, of de prijs van toch doen, in het Nederlands", seen="told"),
        "obstacle_en": Column(TEXT, "the same in English", nl="waarom niet, in het Engels", en="why not", nl_meaning="hetzelfde in het Engels", seen="told"),
        "takes_nl": Column(TEXT, "what it would take to do it, in a few words, in Dutch", nl="wat ervoor nodig is", en="what it takes, in Dutch", nl_meaning="wat ervoor nodig is om het te doen, in een paar woorden", seen="told", known=False),
        "takes_en": Column(TEXT, "the same in English", nl="wat ervoor nodig is, in het Engels", en="what it takes", nl_meaning="hetzelfde in het Engels", seen="told", known=False),
        "year": Column(WHOLE_OR_UNKNOWN, "year in which it could be done anyway", nl="jaar als het toch gebeurt", en="year when done anyway", nl_meaning="jaar waarin het toch kan worden gedaan", seen="open", unit="year", known=False),
        "money_eur": Column(WHOLE_OR_UNKNOWN, "money that doing it anyway costs: works and openings, discounted", nl="geld", en="money", nl_meaning="geld dat toch doen kost: werken en openingen, contant", seen="cost", unit="eur", known=False),
        "harm_eur": Column(WHOLE_OR_UNKNOWN, "weighed harm of doing it anyway: nuisance, early, late, promises; nobody pays it", nl="gewogen nadeel", en="weighed harm", nl_meaning="gewogen nadeel van toch doen: hinder, te vroeg, te laat, beloften; niemand betaalt het", seen="cost", unit="eur", known=False),
        "works_move": Column(WHOLE_OR_UNKNOWN, "other works that move or are left undone then", nl="andere werken die schuiven", en="other works that move", nl_meaning="andere werken die dan schuiven of blijven liggen", seen="place", known=False),
        "promises_move": Column(WHOLE_OR_UNKNOWN, "promises that were kept and are not any more", nl="beloften die schuiven", en="promises that move", nl_meaning="beloften die werden gehouden en dan niet meer", seen="place", known=False),
    },
    key=("work",),
    nl="Wat afvalt", en="Left out", nl_meaning="Werken die nooit passen, en de eerste van de rangorde die niet worden gedaan: wat ze tegenhoudt, of wat toch doen kost.",
)  # fmt: skip
LEFT_OUT_MOVES = Schema(
    "left_out_moves",
    "The other works that move when a work that is left out is done anyway.",
    {
        "work": columns.WORK.but("the work that is done anyway", "het werk dat toch wordt gedaan"),
        "moved": columns.WORK.but("the work that moves", "het werk dat schuift", nl="werk dat schuift", en="work that moves"),
        "from_year": columns.FROM_YEAR.but("year in which it stands; unknown: left undone", "jaar waarin het staat; onbekend: het blijft liggen"),
        "to_year": Column(WHOLE_OR_UNKNOWN, "year in which it would stand; unknown: left undone", nl="jaar dan", en="year then", nl_meaning="jaar waarin het dan staat; onbekend: het blijft liggen", seen="open", unit="year", known=False),
        "reason_nl": Column(TEXT, "why it is left undone then, in Dutch", nl="reden", en="reason, in Dutch", nl_meaning="waarom het dan blijft liggen, in het Nederlands", seen="told", known=False),
        "reason_en": Column(TEXT, "why it is left undone then, in English", nl="reden, in het Engels", en="reason", nl_meaning="waarom het dan blijft liggen, in het Engels", seen="told", known=False),
    },
    key=("work", "moved"),
    nl="Wat dan schuift", en="What moves then", nl_meaning="De andere werken die schuiven als een werk dat afvalt toch wordt gedaan.",
)  # fmt: skip
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
        "outside": Column(TEXT, "why the work was not put to the solver (outside the horizon or every street, knocked out); empty where it was", nl="niet afgewogen omdat", en="not weighed because", nl_meaning="waarom het werk niet is afgewogen (buiten de periode of elke straat, valt af); leeg waar dat wel is gebeurd", seen="open", known=False, codes="ours"),
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
        "bundle": columns.BUNDLE.but(nl="sleutel van de bundel", en="key of the bundle", known=True),
        "year": columns.YEAR,
        "name": columns.NAME.but("street with most of it, and the number of the bundle in that street", "straat met het grootste deel, en het nummer van de bundel in die straat", nl="bundel", en="bundle name"),
        "area": columns.AREA.but("area with most of it", "gebied met het grootste deel"),
        "works": columns.WORKS.but(least=2),
        "owners": columns.OWNERS,
        "sections": columns.SECTIONS.but("sections", "wegvakken"),
        "apart_eur": columns.APART_EUR.but("openings, when each owner comes alone in that year with all its works", "openingen, als elke eigenaar in dat jaar alleen komt met al zijn werken"),
        "together_eur": columns.TOGETHER_EUR.but("openings, shared", "openingen, gedeeld"),
        "saving_eur": columns.SAVING_EUR.but("what owners save by coming together", "wat eigenaren besparen door samen te komen"),
        "own_saving_eur": Column(WHOLE, "what owners save among their own works", nl="besparing met eigen werken", en="saving among own works", nl_meaning="wat eigenaren met hun eigen werken besparen", seen="open", unit="eur", least=0),
        "nuisance_saved_eur": columns.NUISANCE_SAVED_EUR.but("nuisance spared by that", "hinder die dat bespaart"),
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
        "worth_per_eur": Column(NUMBER, "price of money: how much one more euro in that year would lower the weighted cost, at the margin of the proof; 0: there is enough", nl="prijs van geld (€ per €)", en="price of money (€ per €)", nl_meaning="prijs van geld: hoeveel één euro meer in dat jaar de gewogen kosten verlaagt, aan de rand van het bewijs; 0: er is genoeg", seen="cost", unit="eur", least=0, known=False),
        "basis": columns.BASIS.but("given by the city, or assumed (even spread of the need)", "opgegeven door de gemeente, of aangenomen (behoefte gelijk verdeeld)", one_of=("given", "assumed")),
    },
    key=("fund", "year"),
    nl="Geld per jaar", en="Money per year", nl_meaning="Elk fonds, jaar voor jaar.",
)  # fmt: skip
LOAD = Schema(
    "load",
    "Each crew, year by year.",
    {
        "crew": Column(TEXT, "crew", nl="ploeg", seen="open", codes="crews"),
        "name": columns.NAME,
        "year": columns.YEAR,
        "available_h": Column(NUMBER, "hours available", nl="uren beschikbaar", seen="open", unit="h", least=0),
        "used_h": Column(NUMBER, "hours used", nl="uren nodig", seen="open", unit="h", least=0),
        "worth_eur_per_h": Column(NUMBER, "how much one more hour would lower the weighted cost, at the margin; 0: there are enough", nl="prijs van een uur (€)", en="price of an hour (€)", nl_meaning="hoeveel één uur meer de gewogen kosten verlaagt, aan de rand van het bewijs; 0: er zijn er genoeg", seen="open", unit="h", least=0, known=False),
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
    "Which fund pays which share of a work, and of its part in each opening.",
    {
        "work": columns.WORK,
        "fund": columns.FUND,
        "share": Column(NUMBER, "share of the cost", nl="deel van de kosten", seen="open", unit="share", least=0),
        "amount_eur": columns.AMOUNT_EUR.but("amount when done", "bedrag als het wordt gedaan"),
        "year": Column(WHOLE_OR_UNKNOWN, "year in which it is paid; unknown: left undone", nl="jaar", en="year", nl_meaning="jaar waarin het wordt betaald; onbekend: blijft liggen", seen="open", unit="year", known=False),
        "section": columns.SECTION.but("section whose opening is paid; unknown: the work itself", "wegvak waarvan het openmaken wordt betaald; onbekend: het werk zelf", known=False),
    },
    key=("work", "section", "fund", "year"),
    nl="Betalingen", en="Payments", nl_meaning="Welk fonds welk deel van een werk betaalt, en van zijn deel in elke opening.",
)  # fmt: skip
OTHER_YEARS = Schema(
    "other_years",
    "What each year of the window of a work would cost, all other works held where they are, and what forbids that year.",
    {
        "work": columns.WORK,
        "year": columns.YEAR.but("year of its window", "jaar van zijn periode"),
        "extra_eur": Column(WHOLE_OR_UNKNOWN, "what it would cost more (+) or less (-) than where it stands now, discounted; zero in its own year", nl="meer of minder dan nu", en="more or less than now", nl_meaning="wat het meer (+) of minder (-) zou kosten dan waar het nu staat, contant gemaakt; nul in zijn eigen jaar", seen="cost", unit="eur", known=False),
        "harm_eur": Column(WHOLE_OR_UNKNOWN, "weighed harm in it: nuisance, early, late, graafrust, promises; nobody pays it, the rest is money", nl="waarvan gewogen nadeel", en="of which weighed harm", nl_meaning="het gewogen nadeel erin: hinder, te vroeg, te laat, graafrust, beloften; niemand betaalt het, de rest is geld", seen="cost", unit="eur", known=False),
        "blocked_by": Column(TEXT, "demand that forbids it; empty where it is allowed", nl="kan niet door", en="forbidden by", nl_meaning="eis die het verbiedt; leeg waar het mag", seen="open", known=False, codes="demands"),
        "about": Column(TEXT, "fund, crew, limit or work that the demand is about", nl="code van het potje, de ploeg of het werk", en="code of the fund, crew or work", nl_meaning="potje, ploeg, grens of werk waar de eis over gaat", seen="window", known=False, refers="any", codes="crews"),
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
        "made_to": Column(TEXT, "to whom it was promised", nl="beloofd aan", en="promised to", nl_meaning="aan wie het is beloofd", seen="person", known=False),
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

    `value` holds the figures of the whole, in euros unless named otherwise; `to_come` the parts of `LATER` that were asked
    for and are not made yet.
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
    left_out: pd.DataFrame
    left_out_moves: pd.DataFrame
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
    to_come: list[str] = field(default_factory=list)

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
        "left_out": LEFT_OUT,
        "left_out_moves": LEFT_OUT_MOVES,
        "scenarios": SCENARIOS,
        "scenario_plan": SCENARIO_PLAN,
        "scenario_years": SCENARIO_YEARS,
        "scenario_parts": SCENARIO_PARTS,
        "what_if": WHAT_IF,
        "what_if_moves": WHAT_IF_MOVES,
        "firmness": FIRMNESS,
        "futures": FUTURES,
    }
    LATER: ClassVar[dict[str, tuple[str, ...]]] = {
        "scenarios": ("scenarios", "scenario_plan", "scenario_years", "scenario_parts"),
        "what_if": ("what_if", "what_if_moves"),
        "futures": ("firmness", "futures"),
    }
