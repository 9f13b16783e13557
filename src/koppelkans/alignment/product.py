"""The noun of this room: who shares which window, and who must phone whom. (nl: afstemming)."""

from dataclasses import dataclass
from typing import ClassVar

import pandas as pd

from koppelkans.ground import columns
from koppelkans.ground.tables import NUMBER, TEXT, WHOLE, WHOLE_OR_UNKNOWN, Column, Schema
from koppelkans.ground.trace import Trace

SHARED = Schema(
    "shared",
    "What a party lets others see of its works: a window, not a plan. Fields that it does not share are unknown here.",
    {
        "share": Column(TEXT, "share", nl="kenmerk", en="identifier", nl_meaning="kenmerk van wat wordt gedeeld", seen="open"),
        "party": columns.PARTY,
        "section": columns.SECTION.but(known=False),
        "first_year": columns.FIRST_YEAR.but("first year of the window", "eerste jaar van de periode"),
        "last_year": columns.LAST_YEAR.but("last year of the window", "laatste jaar van de periode"),
        "kind": columns.KIND.but(known=False),
        "certainty": columns.CERTAINTY.but(known=False),
        "cost_eur": columns.COST_EUR.but("cost", "kosten", seen="open"),
        "name": columns.NAME.but("name of the work", "naam van het werk", known=False),
    },
    key=("share",),
    nl="Wat partijen delen", en="What parties share", nl_meaning="Wat een partij anderen van haar werken laat zien: een periode, geen plan. Velden die zij niet deelt, zijn hier onbekend.",
)  # fmt: skip
MATCHES = Schema(
    "matches",
    "Two works of different owners that could share one opening of a street.",
    {
        "match": Column(TEXT, "match", nl="match", seen="open", refers="alignment.matches"),
        "section": columns.SECTION.but("section that both open; one row per section", "wegvak dat beide openen; één rij per wegvak"),
        "street": Column(TEXT, "street name", nl="straat", en="street", nl_meaning="straatnaam", seen="open", known=False),
        "area": columns.AREA,
        "party": columns.PARTY.but("party, the first in name order", "partij, de eerste op naam"),
        "other_party": columns.OTHER_PARTY,
        "work": columns.WORK.but("work of the party", "werk van de partij"),
        "other_work": Column(TEXT, "work of the other party", nl="ander werk", en="other work", nl_meaning="werk van de andere partij", seen="place", refers="context.works"),
        "first_year": Column(WHOLE, "first year that suits both", nl="eerste jaar", en="first year", nl_meaning="eerste jaar dat beide past", seen="open", unit="year"),
        "last_year": Column(WHOLE, "last year that suits both", nl="laatste jaar", en="last year", nl_meaning="laatste jaar dat beide past", seen="open", unit="year"),
        "shift_years": Column(WHOLE, "years that one of them must shift outside its window; 0 where the windows meet", nl="verschuiving (jaren)", en="shift (years)", nl_meaning="jaren die een van beide buiten zijn periode moet schuiven; 0 waar de periodes elkaar raken", seen="open", unit="years", least=0),
        "years_apart": Column(WHOLE, "years between the best years of the two works", nl="jaren uit elkaar", en="years apart", nl_meaning="jaren tussen de beste jaren van de twee werken", seen="open", least=0),
        "strength": Column(NUMBER, "how good a match: certainty of both, overlap of windows and length together, 0-1", nl="sterkte (0-1)", en="strength (0-1)", nl_meaning="hoe goed de match is: zekerheid van beide, overlap van periodes en lengte samen, 0-1", seen="open", unit="score", least=0, most=1),
    },
    key=("match",),
    nl="Matches", en="Matches", nl_meaning="Twee werken van verschillende eigenaren die één opening van een straat kunnen delen.",
)  # fmt: skip
CALLS = Schema(
    "calls",
    "The phone list: per pair of parties the streets to talk about, the best first.",
    {
        "party": columns.PARTY.but(seen="place"),
        "other_party": columns.OTHER_PARTY.but("party to phone", "partij om te bellen", seen="place"),
        "contact": columns.CONTACT,
        "streets": Column(TEXT, "streets, the best matches first", nl="straten", en="streets", nl_meaning="straten, de beste matches eerst", seen="place"),
        "matches": Column(WHOLE, "number of works of this party with a match", nl="matches", en="matches", nl_meaning="aantal werken van deze partij met een match", seen="open", least=1),
        "sections": columns.SECTIONS,
        "first_year": Column(WHOLE, "first year that suits", nl="eerste jaar", en="first year", nl_meaning="eerste jaar dat past", seen="window", unit="year"),
        "last_year": Column(WHOLE, "last year that suits", nl="laatste jaar", en="last year", nl_meaning="laatste jaar dat past", seen="window", unit="year"),
        "saving_eur": Column(WHOLE_OR_UNKNOWN, "largest saving on openings together (opening cost of the shared sections, once)", nl="besparing", en="saving", nl_meaning="grootste besparing op samen openen (kosten van openmaken van de gedeelde wegvakken, één keer)", seen="open", unit="eur", known=False),
        "terms_nl": Column(TEXT, "what to agree, one sentence in Dutch", nl="afspraak", en="to agree, in Dutch", nl_meaning="wat af te spreken, één zin in het Nederlands", seen="told"),
        "terms_en": Column(TEXT, "what to agree, one sentence in English", nl="afspraak (Engels)", en="to agree", nl_meaning="wat af te spreken, één zin in het Engels", seen="told"),
    },
    key=("party", "other_party"),
    nl="Bellijst", en="Phone list", nl_meaning="De bellijst: per paar partijen de straten om over te praten, de beste eerst.",
)  # fmt: skip


@dataclass(frozen=True)
class Alignment:
    """Shared windows, matches and the phone list."""

    shared: pd.DataFrame
    matches: pd.DataFrame
    calls: pd.DataFrame
    trace: Trace

    TABLES: ClassVar[dict[str, Schema]] = {"shared": SHARED, "matches": MATCHES, "calls": CALLS}
