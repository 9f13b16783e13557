"""Columns that many tables have, declared once with heading, meaning and who may see them. (nl: kolommen)."""

from koppelkans.ground.tables import NUMBER, TEXT, WHOLE, WHOLE_OR_UNKNOWN, YES_NO, Column

CERTAINTY_WORDS = {"wens": "wish", "voornemen": "intention", "gepland": "planned", "vast": "firm"}
ANSWER_WORDS = {
    "yes": "yes",
    "partly": "partly",
    "later": "later",
    "no": "no",
    "not_ours": "not ours",
    "to_be_judged": "to be judged",
}
"""What a wish may be answered, in all rooms alike."""
ASKS_WORDS = {"when": "when", "not_ours": "not ours"}
"""What a wish may ask, besides kinds of work."""
ROAD_WORDS = {
    "main": "main road",
    "collector": "through street",
    "residential": "residential street",
    "path": "path",
    "unknown": "street",
}
SYSTEM_WORDS = {
    "infrastructure": "Infrastructure",
    "biodiversity": "Biodiversity",
    "water": "Water management",
    "cables_and_pipes": "Cables and pipes",
}
GROUND_WORDS = {
    "ambitions": "Ambitions",
    "technical": "Technical aspects",
    "financing": "Financing",
    "feasibility": "Feasibility",
    "manageability": "Manageability",
    "liveability": "Liveability",
}
UNIT_WORDS = {"m": "m", "m2": "m²", "piece": "piece"}
BASIS_WORDS = {word: word for word in ("measured", "derived", "assumed", "unknown", "given")}
SIDE_WORDS = {"chance": "chance", "clash": "bottleneck", "cost": "cost", "benefit": "benefit"}
BETTER_WORDS = {"more": "more is better", "less": "less is better"}
WEB_WORDS = {
    "city": "the city",
    "area": "an area",
    "bundle": "a bundle",
    "project": "a project",
    "ambitions": "level of the ambitions",
}

# fmt: off
AMBITION = Column(TEXT, "ambition", nl="ambitie", seen="open", codes="ambitions", refers="vision.ambitions")
AMOUNT_EUR = Column(WHOLE_OR_UNKNOWN, "euros that are at stake, where computable", nl="bedrag", en="amount", nl_meaning="euro's die op het spel staan, waar te berekenen", seen="cost", unit="eur", known=False)
APART_EUR = Column(WHOLE, "openings and trench when each work opens it alone", nl="los", en="apart", nl_meaning="openingen en sleuf, als elk werk het alleen opent", seen="open", unit="eur", least=0)
AREA = Column(TEXT, "area", nl="gebied", seen="open", known=False, codes="areas", refers="context.areas")
AREA_M2 = Column(NUMBER, "area (m2); unknown for lines and points", nl="oppervlakte (m²)", en="area (m²)", nl_meaning="oppervlakte (m²); onbekend voor lijnen en punten", seen="open", unit="m2", known=False, least=0)
ASKED = Column(TEXT, "how people were asked for the weight; unknown where it was set", nl="manier van vragen", en="how it was asked", nl_meaning="hoe mensen naar het gewicht is gevraagd; onbekend waar het is vastgesteld", seen="open", known=False, codes="ways of asking")
ASSET = Column(TEXT, "asset", nl="object", seen="place", refers="context.assets")
ASKS = Column(TEXT, "what a person read in the wish: kinds of work, when, or not ours; unknown where nobody did", nl="gevraagd", en="asks", nl_meaning="wat een mens in de wens las: soorten werk, wanneer, of niet aan ons; onbekend als niemand dat deed", seen="open", known=False, codes="asks")
BASIS = Column(TEXT, "measured, derived, assumed or unknown", nl="basis", en="basis", nl_meaning="gemeten, afgeleid, aangenomen of onbekend", seen="open", codes=BASIS_WORDS)
BENEFIT_EUR = Column(WHOLE, "gains, as far as known", nl="voordeel", en="gain", nl_meaning="voordeel, zover bekend", seen="cost", unit="eur", least=0)
BEST_RANK = Column(WHOLE, "best rank that it reaches", nl="hoogste rang", en="best rank", nl_meaning="hoogste rang die het haalt", seen="open", least=1)
BOARD_RANK = Column(WHOLE, "rank after the decisions of the board; the same where it took none", nl="rang bestuur", en="rank of the board", nl_meaning="rang na de besluiten van het bestuur; gelijk waar geen besluit is", seen="open", least=1)
BUDGET_EUR = Column(WHOLE, "budget of that year", nl="budget", en="budget", nl_meaning="budget van dat jaar", seen="cost", unit="eur")
BUNDLE = Column(TEXT, "bundle", nl="bundel", seen="open", known=False, refers="programme.bundles")
CASE = Column(TEXT, "case: the bundle, the work, or city", nl="businesscase", en="case", nl_meaning="case: de bundel, het werk, of de stad (city)", seen="cost", refers="business.cases")
CERTAINTY = Column(TEXT, "how certain", nl="zekerheid", en="certainty", nl_meaning="hoe zeker", seen="open", codes=CERTAINTY_WORDS)
CLASH_EN = Column(TEXT, "demands that clash where there is no programme, in English", nl="botsende eisen (Engels)", en="clashing demands", nl_meaning="eisen die botsen waar geen programma is, in het Engels", seen="told", known=False)
CLASH_NL = Column(TEXT, "demands that clash where there is no programme, in Dutch", nl="botsende eisen", en="clashing demands, in Dutch", nl_meaning="eisen die botsen waar geen programma is, in het Nederlands", seen="told", known=False)
CLOSING_EUR = Column(WHOLE, "book value at the end of the year", nl="stand eind", en="at the end", nl_meaning="boekwaarde aan het eind van het jaar", seen="cost", unit="eur", least=0)
CONDITION = Column(NUMBER, "condition score NEN 2767, 1 (new) to 6", nl="conditie (1-6)", en="condition (1-6)", nl_meaning="conditiescore NEN 2767, 1 (nieuw) tot 6", seen="open", known=False, least=1, most=6)
CONTACT = Column(TEXT, "desk or role to phone", nl="te bellen", en="to phone", nl_meaning="loket of rol om te bellen", seen="text", known=False)
COST_EUR = Column(WHOLE_OR_UNKNOWN, "cost without opening", nl="kosten", en="cost", nl_meaning="kosten zonder openmaken", seen="cost", unit="eur", known=False)
CRITERION = Column(TEXT, "criterion on which it turns most; unknown where they agree", nl="criterium", en="criterion", nl_meaning="criterium waar het het meest op draait; onbekend waar zij het eens zijn", seen="open", known=False, codes="criteria", refers="weighing.criteria")
CRITICALITY = Column(NUMBER, "consequence of failure 0-1", nl="belang (0-1)", en="criticality (0-1)", nl_meaning="gevolg van een storing 0-1", seen="open", unit="score", least=0, most=1)
DUE_YEAR = Column(WHOLE_OR_UNKNOWN, "year in which renewal is due; unknown where neither condition nor year is known", nl="aan de beurt in", en="due in", nl_meaning="jaar waarin vervanging aan de beurt is; onbekend waar conditie en jaar onbekend zijn", seen="open", unit="year", known=False)
FACILITY = Column(TEXT, "facility", nl="voorziening", seen="open", refers="financing.loans")
FAULTS = Column(WHOLE, "demands broken, according to the independent judge", nl="fouten", en="faults", nl_meaning="eisen die zijn gebroken, volgens de onafhankelijke controle", seen="open", least=0)
FIND = Column(TEXT, "find", nl="vondst", nl_meaning="kans of knelpunt", seen="place", refers="opportunities.finds")
FIRM = Column(YES_NO, "keeps it in nearly all futures (`firm_share`): no regret", nl="stevig", en="steady", nl_meaning="houdt het in bijna alle toekomsten (`firm_share`): geen spijt", seen="open")
FIRST_YEAR = Column(WHOLE_OR_UNKNOWN, "earliest year in it", nl="eerste jaar", en="first year", nl_meaning="vroegste jaar erin", seen="open", unit="year", known=False)
FROM_YEAR = Column(WHOLE_OR_UNKNOWN, "year in which the work stands", nl="jaar nu", en="year now", nl_meaning="jaar waarin het werk staat", seen="open", unit="year", known=False)
FUND = Column(TEXT, "fund", nl="fonds", seen="cost", refers="financing.purses", codes="funds")
GENERIC_LEVEL = Column(WHOLE_OR_UNKNOWN, "level of the generic web on that day", nl="niveau overal", en="level everywhere", nl_meaning="niveau van het algemene web op die dag", seen="open", known=False, least=0, most=3)
GROUP = Column(TEXT, "group", nl="groep", seen="open", codes="voices", refers="weighing.groups")
HOLDER = Column(TEXT, "party or group that pays or gains", nl="partij of groep", en="party or group", nl_meaning="partij of groep die betaalt of voordeel heeft", seen="owner", codes="holders", refers="context.parties")
INTEREST_EUR = Column(WHOLE, "interest over the book value at the start", nl="rente (€)", en="interest (€)", nl_meaning="rente over de boekwaarde aan het begin", seen="cost", unit="eur", least=0)
KIND = Column(TEXT, "kind of work", nl="soort", en="kind", nl_meaning="soort werk", seen="open", codes="kinds")
LAST_YEAR = Column(WHOLE_OR_UNKNOWN, "latest year in it", nl="laatste jaar", en="last year", nl_meaning="laatste jaar erin", seen="open", unit="year", known=False)
LEFT_OUT = Column(WHOLE, "rows left out on purpose (`only`, history, other classes)", nl="weggelaten", en="left out", nl_meaning="rijen die bewust zijn weggelaten (filter, historie, andere soorten)", seen="open", least=0)
LENGTH_M = Column(NUMBER, "length (m)", nl="lengte (m)", seen="open", unit="m", known=False, least=0)
LEVEL = Column(WHOLE, "ambition level 1-3 of the ambitieweb", nl="niveau", en="level", nl_meaning="ambitieniveau 1-3 van het ambitieweb", seen="open", least=1, most=3)
NAME = Column(TEXT, "name", nl="naam", seen="open")
NAME_EN = Column(TEXT, "name in English", nl="naam (Engels)", en="name", nl_meaning="naam in het Engels", seen="open")
NAME_NL = Column(TEXT, "name in Dutch", nl="naam", nl_meaning="naam in het Nederlands", seen="open")
NEED_SCORE = Column(NUMBER, "need, 0 (none) to 1 (highest)", nl="behoefte (0-1)", en="need (0-1)", nl_meaning="behoefte, 0 (geen) tot 1 (hoogste)", seen="open", unit="score", least=0, most=1)
NTH = Column(WHOLE, "order of the step", nl="volgorde", en="order", nl_meaning="volgorde van de stap", seen="open", least=1)
NUISANCE_EUR = Column(WHOLE, "nuisance of one opening: days x addresses x factor of the road class; 0 addresses where unknown, see basis", nl="hinder", en="nuisance", nl_meaning="hinder van één opening: dagen x adressen x factor van de soort weg; 0 adressen waar onbekend, zie basis", seen="open", unit="eur", least=0)
NUISANCE_SAVED_EUR = Column(WHOLE, "nuisance that residents are spared", nl="bespaarde hinder", en="nuisance spared", nl_meaning="hinder die bewoners wordt bespaard", seen="open", unit="eur", least=0)
OF = Column(TEXT, "what the web is of: the city (generic web), an area or a project", nl="web van", en="web of", nl_meaning="waar het web van is: de stad (algemeen web), een gebied of een project", seen="open", codes=WEB_WORDS)
OPENING_EUR = Column(WHOLE, "the three together", nl="openmaken samen", en="opening, together", nl_meaning="de drie samen", seen="open", unit="eur", least=0)
OPENINGS = Column(WHOLE, "sections open", nl="keer open", en="openings", nl_meaning="wegvakken open", seen="open", least=0)
ORIGIN = Column(TEXT, "source and column, or indicator", nl="herkomst", en="origin", nl_meaning="bron en kolom, of indicator", seen="open")
OTHER_PARTY = Column(TEXT, "the other party", nl="andere partij", en="other party", nl_meaning="de andere partij", seen="owner", codes="parties", refers="context.parties")
OWNER = Column(TEXT, "party that owns it", nl="eigenaar", en="owner", nl_meaning="partij van wie het is", seen="owner", codes="parties", refers="context.parties")
OWNERS = Column(WHOLE, "owners", nl="eigenaren", seen="open", least=1)
PARTY = Column(TEXT, "party", nl="partij", seen="owner", codes="parties", refers="context.parties")
PHASE = Column(TEXT, "phase in which it was decided", nl="fase", en="phase", nl_meaning="fase waarin het is besloten", seen="open")
PLACE = Column(TEXT, "name of the place: row of the layer, or cell of the grid", nl="plek", en="place", nl_meaning="naam van de plek: rij van de laag, of vak van het raster", seen="open")
PLACE_IN_WEB = Column(WHOLE, "place in the web, 1 at the top and on with the clock", nl="plaats in het web", en="place in the web", nl_meaning="plaats in het web: 1 is boven, en dan met de klok mee", seen="open", least=1)
PM = Column(WHOLE, "amounts that are unknown (p.m.)", nl="pm-posten", en="p.m. items", nl_meaning="bedragen die onbekend zijn (pm)", seen="cost", least=0)
POINTS = Column(NUMBER, "met x weight x level of the ambition", nl="punten", en="points", nl_meaning="vervulde behoefte x gewicht x niveau van de ambitie", seen="open", unit="score", known=False, least=0)
QUANTITY = Column(NUMBER, "quantity, in `unit`", nl="hoeveelheid", en="quantity", nl_meaning="hoeveelheid, in de eenheid", seen="open", known=False)
RANK = Column(WHOLE, "1 is first; equal totals share a rank; knocked out comes last", nl="rang", en="rank", nl_meaning="1 is de eerste; gelijke totalen delen een rang; wat afvalt komt laatst", seen="open", least=1)
REASON = Column(TEXT, "reason", nl="reden", seen="text", known=False)
REVERSALS = Column(WHOLE, "pairs of works that it orders the other way round than the city", nl="omgekeerde paren", en="reversed pairs", nl_meaning="paren werken die de groep andersom zet dan de gemeente", seen="open", least=0)
ROLE = Column(TEXT, "what its rows are", nl="rol", en="role", nl_meaning="wat de rijen zijn", seen="open")
SAVING_EUR = Column(WHOLE, "the difference", nl="besparing", en="saving", nl_meaning="het verschil", seen="open", unit="eur", least=0)
SCENARIO = Column(TEXT, "scenario", nl="scenario", seen="open", refers="programme.scenarios", codes="scenarios")
SCORE = Column(NUMBER, "how strong it is among its own kind, 0-1", nl="score (0-1)", en="score (0-1)", nl_meaning="hoe sterk het is binnen de eigen soort, 0-1", seen="open", unit="score", least=0, most=1)
SECTION = Column(TEXT, "section", nl="wegvak", seen="open", refers="context.sections")
SECTIONS = Column(WHOLE, "number of sections", nl="wegvakken", en="sections", nl_meaning="aantal wegvakken", seen="open", least=1)
SET_BY = Column(TEXT, "role that set level and weight", nl="vastgesteld door", en="set by", nl_meaning="rol die niveau en gewicht vaststelde", seen="text")
SET_ON = Column(TEXT, "when, as YYYY-MM-DD", nl="vastgesteld op", en="set on", nl_meaning="wanneer, als JJJJ-MM-DD", seen="open", known=False)
SIDE = Column(TEXT, "cost or benefit", nl="kant", en="side", nl_meaning="kosten of baten", seen="open", codes=SIDE_WORDS)
SOURCE = Column(TEXT, "source", nl="bron", seen="open")
SYSTEM = Column(TEXT, "vital system", nl="vitaal systeem", seen="open", codes=SYSTEM_WORDS)
TAU = Column(NUMBER, "Kendall's tau-b with the ranking of the city, -1 to 1", nl="gelijke volgorde", en="Kendall's tau", nl_meaning="Kendalls tau-b met de rangorde van de gemeente, -1 tot 1", seen="open", known=False, least=-1, most=1)
THEME = Column(TEXT, "theme", nl="thema", seen="open", refers="vision.themes")
TOGETHER_EUR = Column(WHOLE, "one opening, shared trench where works run side by side", nl="samen", en="together", nl_meaning="één opening, gedeelde sleuf waar werken naast elkaar liggen", seen="open", unit="eur", least=0)
UNIT = Column(TEXT, "unit of the quantity", nl="eenheid", en="unit", nl_meaning="eenheid van de hoeveelheid", seen="open")
UNKNOWN = Column(WHOLE, "amounts that are unknown (p.m.)", nl="onbekend (p.m.)", en="unknown (p.m.)", nl_meaning="bedragen die onbekend zijn (pm)", seen="open", least=0)
WEIGHT = Column(NUMBER, "weight against the other ambitions; adds up to 1", nl="gewicht", en="weight", nl_meaning="gewicht naast de andere ambities; samen 1", seen="open", unit="share", least=0, most=1)
WHAT = Column(TEXT, "work, party, asset, wish or ambition", nl="wat", en="what", nl_meaning="werk, partij, object, wens of ambitie", seen="open")
WHAT_IF = Column(TEXT, "a work a year later, less money in a year, or a party that is late", nl="soort wijziging", en="sort of change", nl_meaning="een werk een jaar later, minder geld in een jaar, of een partij die te laat is", seen="open", refers="programme.what_if")
WHERE = Column(TEXT, "file", nl="bestand", seen="open")
WHY_EN = Column(TEXT, "why it is due, in English", nl="waarom (Engels)", en="why", nl_meaning="waarom het aan de beurt is, in het Engels", seen="told")
WHY_NL = Column(TEXT, "why it is due, in Dutch", nl="waarom", en="why, in Dutch", nl_meaning="waarom het aan de beurt is, in het Nederlands", seen="told")
WISH = Column(TEXT, "wish", nl="code van de wens", en="code of the wish", nl_meaning="wens", seen="open", refers="context.wishes")
WORK = Column(TEXT, "work", nl="code van het werk", en="code of the work", nl_meaning="werk", seen="place", refers="context.works")
WORKS = Column(WHOLE, "works", nl="werken", seen="open", least=1)
WORST_RANK = Column(WHOLE, "worst rank that it gets", nl="laagste rang", en="worst rank", nl_meaning="laagste rang die het krijgt", seen="open", least=1)
WORTH_EUR = Column(NUMBER, "how much one more open section would lower the weighted cost, at the margin; 0: there is room", nl="prijs van ruimte (€)", en="price of room (€)", nl_meaning="hoeveel één open wegvak meer de gewogen kosten verlaagt, aan de rand van het bewijs; 0: er is ruimte", seen="open", unit="eur", known=False, least=0)
YEAR = Column(WHOLE, "year", nl="jaar", seen="open", unit="year")
# fmt: on
