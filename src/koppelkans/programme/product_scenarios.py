"""The tables in which scenarios are laid beside the programme. (nl: tabellen van scenario's)."""

from koppelkans.ground import columns
from koppelkans.ground.tables import NUMBER, TEXT, WHOLE, WHOLE_OR_UNKNOWN, YES_NO, Column, Schema

ROLES = ("base", "scenario", "front")
STATUSES = ("base", "proven", "time_limit", "impossible")

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
        "spent_eur": Column(WHOLE_OR_UNKNOWN, "cost of the works that are done, with their openings", nl="uitgegeven", en="spent", nl_meaning="kosten van de werken die worden gedaan, met hun openingen", seen="whole", unit="eur", known=False),
        "cost_eur": columns.COST_EUR.but(seen="whole"),
        "openings_eur": Column(WHOLE_OR_UNKNOWN, "cost of the openings", nl="openingen (kosten)", en="openings (cost)", nl_meaning="kosten van de openingen", seen="whole", unit="eur", known=False),
        "nuisance_eur": Column(WHOLE_OR_UNKNOWN, "nuisance of the openings", nl="hinder", en="nuisance", nl_meaning="hinder van de openingen", seen="whole", unit="eur", known=False),
        "quality_eur": Column(WHOLE_OR_UNKNOWN, "worth of the ambitions of the works that are done", nl="ambities bereikt", en="ambitions reached", nl_meaning="waarde van de ambities van de werken die worden gedaan", seen="whole", unit="eur", known=False),
        "risk_eur": Column(WHOLE_OR_UNKNOWN, "price of late years (discounted) and risk of the works that are left undone", nl="risico dat blijft", en="risk that stays", nl_meaning="prijs van te late jaren (contant) en risico van de werken die blijven liggen", seen="whole", unit="eur", known=False),
        "gain_eur": Column(WHOLE_OR_UNKNOWN, "what the programme gains over doing nothing, all in one, discounted", nl="winst", en="gain", nl_meaning="wat het programma wint tegenover niets doen, alles bij elkaar, contant gemaakt", seen="whole", unit="eur", known=False),
        "gain_most_eur": Column(WHOLE_OR_UNKNOWN, "what no programme can gain more than, where the prices are those of the programme", nl="winst, hoogstens", en="gain, at most", nl_meaning="meer dan dit kan geen programma winnen, waar de prijzen die van het programma zijn", seen="whole", unit="eur", known=False),
        "done": Column(WHOLE_OR_UNKNOWN, "works that are done", nl="gedaan", en="done", nl_meaning="werken die worden gedaan", seen="open", known=False),
        "undone": Column(WHOLE_OR_UNKNOWN, "works that are left undone", nl="niet gedaan", en="undone", nl_meaning="werken die blijven liggen", seen="open", known=False),
        "changed": Column(WHOLE_OR_UNKNOWN, "works that stand elsewhere than in the programme", nl="ander jaar", en="another year", nl_meaning="werken die ergens anders staan dan in het programma", seen="open", known=False),
        "moved": Column(WHOLE_OR_UNKNOWN, "promises that are not kept", nl="toezeggingen verschoven", en="promises moved", nl_meaning="toezeggingen die niet worden nagekomen", seen="open", known=False),
        "openings": Column(WHOLE_OR_UNKNOWN, "times that a section is opened", nl="keer open", en="openings", nl_meaning="keren dat een wegvak opengaat", seen="open", known=False),
        "open_most": Column(WHOLE_OR_UNKNOWN, "sections open in the busiest year", nl="meeste open in één jaar", en="most open in one year", nl_meaning="wegvakken open in het drukste jaar", seen="open", known=False),
        "dominated": Column(YES_NO, "another one spends no more and reaches at least the same ambitions", nl="overtroffen", en="dominated", nl_meaning="een ander geeft niet meer uit en bereikt minstens dezelfde ambities", seen="open"),
        "value_eur": Column(WHOLE_OR_UNKNOWN, "value at its own prices, discounted; lower is better", nl="waarde", en="value", nl_meaning="waarde tegen de eigen prijzen, contant gemaakt; lager is beter", seen="whole", unit="eur", known=False),
        "bound_eur": Column(WHOLE_OR_UNKNOWN, "no programme of this scenario can have a lower value", nl="grens", en="bound", nl_meaning="geen programma van dit scenario kan een lagere waarde hebben", seen="whole", unit="eur", known=False),
        "gap": Column(NUMBER, "how far the value can be above the best of this scenario (share)", nl="afstand", en="gap", nl_meaning="hoe ver de waarde boven de beste van dit scenario kan liggen (deel)", seen="open", known=False),
        "status": Column(TEXT, "the programme; proven within the gap; best within the effort; or impossible", nl="stand", en="status", nl_meaning="het programma; bewezen binnen de afstand; beste binnen de inspanning; of onmogelijk", seen="open", one_of=STATUSES),
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
        "sort": Column(TEXT, "area or party", nl="soort", en="sort", nl_meaning="gebied of partij", seen="open", one_of=("area", "party")),
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
