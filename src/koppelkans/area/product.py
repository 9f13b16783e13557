"""The noun of this room: a ten-year programme per area. (nl: gebiedsprogramma)."""

from dataclasses import dataclass
from typing import ClassVar

import pandas as pd

from koppelkans.ground import columns
from koppelkans.ground.tables import NUMBER, TEXT, WHOLE, WHOLE_OR_UNKNOWN, Column, Schema
from koppelkans.ground.trace import Trace

SUMMARY = Schema(
    "summary",
    "One row per area.",
    {
        "area": columns.AREA.but(known=True, codes=""),
        "name": columns.NAME,
        "first_year": Column(WHOLE, "first year", nl="eerste jaar", seen="open", unit="year"),
        "last_year": Column(WHOLE, "last year", nl="laatste jaar", seen="open", unit="year"),
        "works": columns.WORKS.but("works in these years", "werken in deze jaren", least=0),
        "bundles": Column(WHOLE, "bundles", nl="bundels", seen="open", least=0),
        "openings": columns.OPENINGS.but("sections opened, each year counted", "wegvakken die opengaan, elk jaar geteld"),
        "apart_openings": Column(WHOLE, "sections opened if each work opened its sections alone", nl="keer open, los", en="openings, apart", nl_meaning="wegvakken die open zouden gaan als elk werk alleen kwam", seen="open", least=0),
        "investment_eur": Column(WHOLE, "investment of the account in these years: works and openings", nl="investering", en="investment", nl_meaning="investering volgens de rekening in deze jaren: werken en openingen", seen="whole", unit="eur", least=0),
        "saving_eur": columns.SAVING_EUR.but("what owners save by coming together, of the account", "wat eigenaren besparen door samen te komen, volgens de rekening", seen="whole"),
    },
    key=("area",),
    nl="Gebieden samengevat", en="Areas in short", nl_meaning="Eén rij per gebied.",
)  # fmt: skip
AGENDA = Schema(
    "agenda",
    "Works per area and year. A work in two areas stands in both, with the share of its sections.",
    {
        "area": columns.AREA.but(known=True),
        "work": columns.WORK,
        "year": columns.YEAR,
        "bundle": columns.BUNDLE,
        "share": Column(NUMBER, "share of its sections that lies in this area", nl="deel in dit gebied", en="share in this area", nl_meaning="deel van de wegvakken dat in dit gebied ligt", seen="open", unit="share", least=0, most=1),
        "cost_eur": columns.COST_EUR.but("its cost times the share", "de kosten maal het deel"),
        "firm": columns.FIRM.but("fixed, or certain and without room in its window", "vastgezet, of zeker en zonder ruimte in de periode", nl="vast", en="firm"),
    },
    key=("area", "work"),
    nl="Werken per gebied", en="Works per area", nl_meaning="Werken per gebied en jaar. Een werk in twee gebieden staat in beide, met het deel van zijn wegvakken.",
)  # fmt: skip
WEB = Schema(
    "web",
    "The ambitieweb of city, areas, bundles and projects: level wanted, and level that the works of the programme reach, 0-3.",
    {
        "of": columns.OF.but("what the web is of", "waar het web van is", one_of=("city", "area", "bundle", "project")),
        "place": columns.PLACE.but("area, bundle or project; empty for the city", "gebied, bundel of project; leeg voor de stad", nl="code van de plek", en="code of the place"),
        "place_name": Column(TEXT, "its name; empty for the city", nl="plek", en="where", nl_meaning="de naam; leeg voor de stad", seen="open"),
        "theme": columns.THEME,
        "place_in_web": columns.PLACE_IN_WEB,
        "name_nl": Column(TEXT, "name of the theme in Dutch", nl="naam van het thema", en="theme in Dutch", seen="open"),
        "name_en": columns.NAME_EN.but("name of the theme in English", "naam van het thema in het Engels", nl="naam van het thema (Engels)", en="name of the theme"),
        "need_score": columns.NEED_SCORE.but("mean need over its sections", "gemiddelde behoefte over de wegvakken", known=False),
        "generic_level": columns.GENERIC_LEVEL.but("level that the city wants everywhere, 0-3", "niveau dat de stad overal wil, 0-3"),
        "wanted_level": Column(WHOLE_OR_UNKNOWN, "level wanted here, 0-3; unknown where nobody decided", nl="gewenst niveau", en="level wanted", nl_meaning="gewenst niveau hier, 0-3; onbekend als niemand besloot", seen="open", known=False, least=0, most=3),
        "wanted_basis": Column(TEXT, "whose decision the level wanted is", nl="besloten voor", en="decided for", nl_meaning="wie over het gewenste niveau besloot", seen="open", known=False, one_of=("ambitions", "city", "area", "project"), codes=columns.WEB_WORDS),
        "reached_level": Column(NUMBER, "level that the works of the programme reach, 0-3; unknown where no effect is given", nl="gehaald niveau", en="level reached", nl_meaning="niveau dat de werken van het programma halen, 0-3; onbekend waar geen effect is opgegeven", seen="open", unit="score", known=False, least=0, most=3),
        "points": columns.POINTS.but("need met by the works", "behoefte die de werken vervullen"),
        "counted": Column(WHOLE, "ambitions that count for the theme", nl="ambities die meetellen", en="ambitions that count", nl_meaning="ambities die meetellen voor het thema", seen="open", least=0),
        "unknown": columns.UNKNOWN.but("of these ambitions: need or effect unknown", "van deze ambities: behoefte of effect onbekend", nl="ambities onbekend", en="ambitions unknown"),
    },
    key=("of", "place", "theme"),
    nl="Ambitieweb", en="Ambitieweb", nl_meaning="Het ambitieweb van stad, gebieden, bundels en projecten: gewenst niveau en niveau dat de werken van het programma halen, 0-3.",
)  # fmt: skip
ANSWERS = Schema(
    "answers",
    "Every wish with its answer, on the street that it names or lies on.",
    {
        "wish": columns.WISH,
        "area": columns.AREA,
        "text": Column(TEXT, "what is wished", nl="wens", en="wish", nl_meaning="wat er wordt gewenst", seen="text"),
        "street": Column(TEXT, "streets that it names, else the street that it lies on; unknown where there is no telling", nl="straat", en="street", nl_meaning="straten die de wens noemt, anders de straat waarin hij ligt; onbekend als dat niet te zeggen is", seen="open", known=False),
        "proposed": Column(TEXT, "streets that look like the one that it names, to choose from", nl="bedoelde straat?", en="street meant?", nl_meaning="straten die lijken op wat er staat, om uit te kiezen", seen="open", known=False),
        "asks": columns.ASKS.but("what it asks: kinds of work, when, or not ours; unknown where nobody read it", "wat de wens vraagt: soorten werk, wanneer, of niet aan ons; onbekend als niemand dat las"),
        "read_by": Column(TEXT, "who read what it asks", nl="gelezen door", en="read by", nl_meaning="wie las wat er wordt gevraagd", seen="open", known=False, one_of=("person", "rule"), codes={"person": "person", "rule": "rule"}),
        "answer": Column(TEXT, "answer", nl="antwoord", seen="window", one_of=tuple(columns.ANSWER_WORDS), codes=columns.ANSWER_WORDS),
        "work": columns.WORK.but("works that the answer names", "werken die het antwoord noemt", known=False, refers="any"),
        "year": Column(WHOLE_OR_UNKNOWN, "first year in which there is work on its own stretch of street", nl="jaar", en="year", nl_meaning="eerste jaar met werk op het eigen stuk straat", seen="window", unit="year", known=False),
        "distance_m": Column(NUMBER, "distance to the nearest work, where nothing comes in its own street", nl="afstand (m)", en="distance (m)", nl_meaning="afstand tot het dichtstbijzijnde werk, als er in de eigen straat niets komt", seen="window", unit="m", known=False, least=0),
        "why_nl": columns.WHY_NL.but("the answer in Dutch", "het antwoord in het Nederlands"),
        "why_en": columns.WHY_EN.but("the answer in English", "het antwoord in het Engels"),
    },
    key=("wish",),
    nl="Wensen", en="Wishes", nl_meaning="Elke wens met zijn antwoord, voor de straat die de wens noemt of waarin hij ligt.",
)  # fmt: skip
WISH_COUNTS = Schema(
    "wish_counts",
    "Wishes per area and answer; a row without area holds the wishes outside every area.",
    {
        "area": columns.AREA,
        "wishes": Column(WHOLE, "wishes", nl="wensen", seen="open", least=0),
        "yes": Column(WHOLE, "answered yes", nl="ja", en="yes", nl_meaning="antwoord: ja", seen="open", least=0),
        "partly": Column(WHOLE, "answered partly", nl="deels", en="partly", nl_meaning="antwoord: deels", seen="open", least=0),
        "later": Column(WHOLE, "answered later", nl="later", en="later", nl_meaning="antwoord: later", seen="open", least=0),
        "no": Column(WHOLE, "answered no", nl="nee", en="no", nl_meaning="antwoord: nee", seen="open", least=0),
        "not_ours": Column(WHOLE, "not up to the municipality", nl="niet aan ons", en="not ours", nl_meaning="antwoord: niet aan ons", seen="open", least=0),
        "to_be_judged": Column(WHOLE, "still to be judged", nl="nog te beoordelen", en="to be judged", nl_meaning="antwoord: nog te beoordelen", seen="open", least=0),
    },
    key=("area",),
    nl="Wensen per gebied", en="Wishes per area", nl_meaning="Wensen per gebied en antwoord. Een rij zonder gebied telt de wensen buiten elk gebied.",
)  # fmt: skip
HOLDERS = Schema(
    "holders",
    "Who pays and who gains in an area.",
    {
        "area": columns.AREA.but(known=True),
        "holder": columns.HOLDER.but("party or group", "partij of groep", seen="cost"),
        "cost_eur": Column(WHOLE, "pays", nl="betaalt", seen="cost", unit="eur", least=0),
        "benefit_eur": columns.BENEFIT_EUR,
        "saving_eur": columns.SAVING_EUR.but("saved by working together", "bespaard door samen te werken", seen="cost"),
        "unknown": columns.UNKNOWN,
    },
    key=("area", "holder"),
    nl="Wie betaalt en wint", en="Who pays and gains", nl_meaning="Wie in een gebied betaalt en wie er voordeel heeft.",
)  # fmt: skip
STACK = Schema(
    "stack",
    "The ambitions stacked per place, over the whole horizon: need, what of the programme serves it, what nobody serves, and by when.",
    {
        "of": columns.OF.but("city or area", "stad of gebied", one_of=("city", "area")),
        "place": columns.PLACE.but("area; empty for the city", "gebied; leeg voor de stad", nl="code van de plek", en="code of the place"),
        "place_name": Column(TEXT, "its name; empty for the city", nl="plek", en="where", nl_meaning="de naam; leeg voor de stad", seen="open"),
        "ambition": columns.AMBITION,
        "name_nl": Column(TEXT, "name of the ambition in Dutch", nl="naam van de ambitie", en="name in Dutch", seen="open"),
        "name_en": Column(TEXT, "name of the ambition in English", nl="ambitie (Engels)", en="name of the ambition", nl_meaning="naam van de ambitie in het Engels", seen="open"),
        "level": columns.LEVEL,
        "need_score": columns.NEED_SCORE.but("mean need over its sections; unknown where no source or indicator tells it", "gemiddelde behoefte over de wegvakken; onbekend waar geen bron of indicator haar vertelt", known=False),
        "sections": Column(WHOLE, "sections with a known need", nl="wegvakken met bekende behoefte", en="sections with a known need", seen="open", least=0),
        "high": Column(WHOLE, "sections with a high need", nl="wegvakken met hoge behoefte", en="sections with a high need", seen="open", least=0),
        "served": Column(WHOLE, "of these, where a work of the programme helps", nl="daarvan bediend", en="of these served", nl_meaning="daarvan, waar een werk van het programma helpt", seen="whole", least=0),
        "waiting": Column(WHOLE, "of these, where only works that are left undone would help", nl="wacht op een afgevallen werk", en="waiting for a work left undone", nl_meaning="daarvan, waar alleen werken zouden helpen die afvallen", seen="whole", least=0),
        "nobody": Column(WHOLE, "of these, where no work helps", nl="door niemand bediend", en="served by nobody", nl_meaning="daarvan, waar geen werk helpt", seen="whole", least=0),
        "works": columns.WORKS.but("works of the programme that help", "werken van het programma die helpen", seen="whole", least=0),
        "met_share": Column(NUMBER, "share of the need that the programme meets in the end; unknown where no need or effect is known", nl="behoefte vervuld", en="need met", nl_meaning="deel van de behoefte dat het programma uiteindelijk vervult; onbekend waar geen behoefte of effect bekend is", seen="whole", unit="share", known=False, least=0, most=1),
        "half_year": Column(WHOLE_OR_UNKNOWN, "year by which half of that is met", nl="de helft daarvan in", en="half of that by", nl_meaning="jaar waarin de helft daarvan is vervuld", seen="whole", unit="year", known=False),
    },
    key=("of", "place", "ambition"),
    nl="Ambities gestapeld", en="Ambitions stacked", nl_meaning="De ambities gestapeld per plek, over alle jaren: behoefte, wat van het programma haar dient, wat niemand dient, en wanneer.",
)  # fmt: skip


@dataclass(frozen=True)
class Areas:
    """Ten-year programmes per area, and the ambitions of city and areas over the whole horizon."""

    summary: pd.DataFrame
    agenda: pd.DataFrame
    web: pd.DataFrame
    answers: pd.DataFrame
    wish_counts: pd.DataFrame
    holders: pd.DataFrame
    stack: pd.DataFrame
    trace: Trace

    TABLES: ClassVar[dict[str, Schema]] = {
        "summary": SUMMARY,
        "agenda": AGENDA,
        "web": WEB,
        "answers": ANSWERS,
        "wish_counts": WISH_COUNTS,
        "holders": HOLDERS,
        "stack": STACK,
    }
