"""The noun of this room: who shares which window, and who must phone whom. (nl: afstemming)."""

from dataclasses import dataclass
from typing import ClassVar

import pandas as pd

from koppelkans.ground.tables import NUMBER, TEXT, WHOLE, WHOLE_OR_UNKNOWN, Column, Schema
from koppelkans.ground.trace import Trace

SHARED = Schema(
    "shared",
    "What a party lets others see of its works: a window, not a plan. Fields that it does not share are unknown here.",
    {
        "share": Column(TEXT, "share"),
        "party": Column(TEXT, "party"),
        "section": Column(TEXT, "section", known=False),
        "first_year": Column(WHOLE_OR_UNKNOWN, "first year of the window", known=False),
        "last_year": Column(WHOLE_OR_UNKNOWN, "last year of the window", known=False),
        "kind": Column(TEXT, "kind of work", known=False),
        "certainty": Column(TEXT, "how certain", known=False),
        "cost_eur": Column(WHOLE_OR_UNKNOWN, "cost", known=False),
        "name": Column(TEXT, "name of the work", known=False),
    },
    key=("share",),
)
MATCHES = Schema(
    "matches",
    "Two works of different owners that could share one opening of a street.",
    {
        "match": Column(TEXT, "match"),
        "section": Column(TEXT, "section that both open; one row per section"),
        "street": Column(TEXT, "street name", known=False),
        "area": Column(TEXT, "area", known=False),
        "party": Column(TEXT, "party, the first in name order"),
        "other_party": Column(TEXT, "the other party"),
        "work": Column(TEXT, "work of the party"),
        "other_work": Column(TEXT, "work of the other party"),
        "first_year": Column(WHOLE, "first year that suits both"),
        "last_year": Column(WHOLE, "last year that suits both"),
        "shift_years": Column(
            WHOLE, "years that one of them must shift outside its window; 0 where the windows meet", least=0
        ),
        "years_apart": Column(WHOLE, "years between the best years of the two works", least=0),
        "strength": Column(
            NUMBER, "how good a match: certainty of both, overlap of windows and length together, 0-1", least=0, most=1
        ),
    },
    key=("match",),
)
CALLS = Schema(
    "calls",
    "The phone list: per pair of parties the streets to talk about, the best first.",
    {
        "party": Column(TEXT, "party"),
        "other_party": Column(TEXT, "party to phone"),
        "contact": Column(TEXT, "desk or role to phone", known=False),
        "streets": Column(TEXT, "streets, the best matches first"),
        "matches": Column(WHOLE, "number of works of this party with a match", least=1),
        "sections": Column(WHOLE, "number of sections", least=1),
        "first_year": Column(WHOLE, "first year that suits"),
        "last_year": Column(WHOLE, "last year that suits"),
        "saving_eur": Column(
            WHOLE_OR_UNKNOWN,
            "largest saving on openings together (opening cost of the shared sections, once)",
            known=False,
        ),
        "terms_nl": Column(TEXT, "what to agree, one sentence in Dutch"),
        "terms_en": Column(TEXT, "what to agree, one sentence in English"),
    },
    key=("party", "other_party"),
)


@dataclass(frozen=True)
class Alignment:
    """Shared windows, matches and the phone list."""

    shared: pd.DataFrame
    matches: pd.DataFrame
    calls: pd.DataFrame
    trace: Trace

    TABLES: ClassVar[dict[str, Schema]] = {"shared": SHARED, "matches": MATCHES, "calls": CALLS}
