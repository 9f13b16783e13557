"""The noun of this room: works weighed on the six grounds. (nl: afweging)."""

from dataclasses import dataclass
from typing import ClassVar

import pandas as pd

from koppelkans.ground.settings import GROUNDS
from koppelkans.ground.tables import NUMBER, TEXT, WHOLE, Column, Schema
from koppelkans.ground.trace import Trace

CRITERIA = Schema(
    "criteria",
    "The criteria that were used, their ground, unit, direction and weight.",
    {
        "criterion": Column(TEXT, "criterion: the name of its piece"),
        "name_nl": Column(TEXT, "name in Dutch"),
        "name_en": Column(TEXT, "name in English"),
        "ground": Column(TEXT, "one of the six grounds", one_of=GROUNDS),
        "unit": Column(TEXT, "unit of the measure"),
        "unit_nl": Column(TEXT, "unit of the measure, in Dutch"),
        "better": Column(TEXT, "more or less is better", one_of=("more", "less")),
        "weight": Column(NUMBER, "weight among all criteria; adds up to 1", least=0, most=1),
        "known": Column(WHOLE, "works for which it is known", least=0),
        "low": Column(NUMBER, "measure that scores worst", known=False),
        "high": Column(NUMBER, "measure that scores best", known=False),
    },
    key=("criterion",),
)
SCORES = Schema(
    "scores",
    "Measure, score and contribution per work and criterion.",
    {
        "work": Column(TEXT, "work"),
        "criterion": Column(TEXT, "criterion"),
        "measure": Column(NUMBER, "value in the unit of the criterion", known=False),
        "basis": Column(
            TEXT, "measured, derived, assumed or unknown", one_of=("measured", "derived", "assumed", "unknown")
        ),
        "score": Column(NUMBER, "0 (worst) to 1 (best); unknown stays unknown", known=False, least=0, most=1),
        "contribution": Column(NUMBER, "part of the total that comes from it; unknown where the score is", known=False),
    },
    key=("work", "criterion"),
)
RANKING = Schema(
    "ranking",
    "The order of works that follows.",
    {
        "work": Column(TEXT, "work"),
        "total": Column(NUMBER, "total over the known criteria, 0-1", known=False, least=0, most=1),
        "known_weight": Column(NUMBER, "share of the weight for which the score is known", least=0, most=1),
        "rank": Column(WHOLE, "1 is first; equal totals share a rank; knocked out comes last", least=1),
        "knocked_out": Column(
            TEXT, "reason for which it is out before ranking; a phrase that the catalogue translates", known=False
        ),
        "must": Column(
            TEXT,
            "reason for which it must be done whatever its rank; a phrase that the catalogue translates",
            known=False,
        ),
        "why_nl": Column(TEXT, "the criteria that lift and press it, in Dutch"),
        "why_en": Column(TEXT, "the criteria that lift and press it, in English"),
    },
    key=("work",),
)


@dataclass(frozen=True)
class Weighing:
    """Works weighed on the six grounds."""

    criteria: pd.DataFrame
    scores: pd.DataFrame
    ranking: pd.DataFrame
    trace: Trace

    TABLES: ClassVar[dict[str, Schema]] = {"criteria": CRITERIA, "scores": SCORES, "ranking": RANKING}
