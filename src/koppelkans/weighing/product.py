"""The noun of this room: works weighed on the six grounds. (nl: afweging)."""

from dataclasses import dataclass, field
from typing import ClassVar

import pandas as pd

from koppelkans.ground.settings import GROUNDS
from koppelkans.ground.tables import NUMBER, TEXT, WHOLE, WHOLE_OR_UNKNOWN, YES_NO, Column, Schema
from koppelkans.ground.trace import Trace

CRITERIA = Schema(
    "criteria",
    "The criteria that were used, their ground, unit, direction and weight.",
    {
        "criterion": Column(TEXT, "criterion: the name of its piece"),
        "name_nl": Column(TEXT, "name in Dutch"),
        "name_en": Column(TEXT, "name in English"),
        "ground": Column(TEXT, "the one of the six grounds that it stands under in the tree", one_of=GROUNDS),
        "unit": Column(TEXT, "unit of the measure"),
        "unit_nl": Column(TEXT, "unit of the measure, in Dutch"),
        "better": Column(TEXT, "more or less is better", one_of=("more", "less")),
        "weight": Column(NUMBER, "weight among all criteria; adds up to 1", least=0, most=1),
        "known": Column(WHOLE, "works for which it is known", least=0),
        "low": Column(NUMBER, "measure that scores worst", known=False),
        "high": Column(NUMBER, "measure that scores best", known=False),
        "shape": Column(TEXT, "how a measure becomes a score", one_of=("linear", "piecewise", "threshold")),
        "veto": Column(NUMBER, "measure beyond which a work meets the veto; unknown where there is none", known=False),
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
        "board_rank": Column(WHOLE, "rank after the decisions of the board; the same where it took none", least=1),
        "board_total": Column(
            NUMBER,
            "total that counts in the programme: that of the place that the board gave",
            known=False,
            least=0,
            most=1,
        ),
        "knocked_out": Column(
            TEXT, "reason for which it is out before ranking; a phrase that the catalogue translates", known=False
        ),
        "must": Column(
            TEXT,
            "reason for which it must be done whatever its rank; a phrase that the catalogue translates",
            known=False,
        ),
        "must_by": Column(WHOLE_OR_UNKNOWN, "last year in which the duty or agreement is kept", known=False),
        "why_nl": Column(TEXT, "the criteria that lift and press it, in Dutch"),
        "why_en": Column(TEXT, "the criteria that lift and press it, in English"),
    },
    key=("work",),
)


TREE = Schema(
    "tree",
    "The tree of criteria under the six grounds, and the weight of everything in it.",
    {
        "node": Column(TEXT, "ground, node or criterion"),
        "parent": Column(TEXT, "what it stands under; unknown for a ground", known=False),
        "part": Column(TEXT, "ground, node or criterion", one_of=("ground", "node", "criterion")),
        "depth": Column(WHOLE, "steps from the top", least=1),
        "name_nl": Column(TEXT, "name in Dutch"),
        "name_en": Column(TEXT, "name in English"),
        "beside_share": Column(NUMBER, "weight among what stands beside it", least=0, most=1),
        "weight": Column(NUMBER, "weight in the whole: the shares on the way down, multiplied", least=0, most=1),
        "asked": Column(TEXT, "how people were asked for the weight; unknown where it was set", known=False),
    },
    key=("node",),
)
ANSWERS = Schema(
    "answers",
    "Answers of people from which weights follow, and how well they fit together.",
    {
        "whose": Column(TEXT, "city, or the group that answered"),
        "node": Column(TEXT, "whose parts were asked for: `grounds`, a ground or a node"),
        "asked": Column(TEXT, "how people were asked for the weight"),
        "consistency": Column(
            NUMBER,
            "consistency ratio of AHP or best-worst; 0 fits; unknown where the way of asking cannot tell",
            known=False,
            least=0,
        ),
        "limit": Column(NUMBER, "above it the answers are to be asked again", known=False),
        "ask_again": Column(YES_NO, "the answers contradict each other too much"),
    },
    key=("whose", "node"),
)
KNOCK_OUTS = Schema(
    "knock_outs",
    "Every yes to a question that is asked before ranking, and what it does.",
    {
        "work": Column(TEXT, "work"),
        "question": Column(
            TEXT,
            "question that was answered with yes",
            one_of=("legal_duty", "danger", "convenant", "mandatory", "place", "purse", "veto"),
        ),
        "effect": Column(TEXT, "must be done, out before ranking, or only flagged", one_of=("must", "out", "flag")),
        "reason_nl": Column(TEXT, "reason, in Dutch"),
        "reason_en": Column(TEXT, "reason, in English"),
        "by_year": Column(WHOLE_OR_UNKNOWN, "last year in which the duty or agreement is kept", known=False),
        "set_by": Column(TEXT, "who said so; unknown where the data do", known=False),
        "set_on": Column(TEXT, "when, as YYYY-MM-DD", known=False),
    },
    key=("work", "question"),
)
OVERRULES = Schema(
    "overrules",
    "Decisions of the board that deviate from the ranking, with their reason.",
    {
        "work": Column(TEXT, "work"),
        "decision": Column(TEXT, "another rank, must be done, or is not done", one_of=("rank", "must", "out")),
        "rank": Column(WHOLE, "rank that was calculated", least=1),
        "board_rank": Column(WHOLE, "rank after the decisions of the board", least=1),
        "reason": Column(TEXT, "reason of the board"),
        "set_by": Column(TEXT, "who decided (role)"),
        "set_on": Column(TEXT, "when, as YYYY-MM-DD"),
    },
    key=("work",),
)
ACCEPTABILITY = Schema(
    "acceptability",
    "What becomes of the rank of a work under many other weightings.",
    {
        "work": Column(TEXT, "work"),
        "first_share": Column(NUMBER, "share of the weightings in which it is first", least=0, most=1),
        "top_share": Column(NUMBER, "share of the weightings in which it is in the top", least=0, most=1),
        "best_rank": Column(WHOLE, "best rank that it reaches", least=1),
        "low_rank": Column(WHOLE, "rank that it reaches or betters in one of twenty weightings", least=1),
        "middle_rank": Column(WHOLE, "rank in the middle of all weightings", least=1),
        "high_rank": Column(WHOLE, "rank that it reaches or betters in nineteen of twenty weightings", least=1),
        "worst_rank": Column(WHOLE, "worst rank that it gets", least=1),
        "expected_rank": Column(NUMBER, "mean rank over all weightings", least=1),
    },
    key=("work",),
)
CENTRAL = Schema(
    "central",
    "The mean weighting under which a work comes first; only works that ever do.",
    {
        "work": Column(TEXT, "work"),
        "criterion": Column(TEXT, "criterion"),
        "weight": Column(NUMBER, "mean weight", least=0, most=1),
    },
    key=("work", "criterion"),
)
FLIPS = Schema(
    "flips",
    "Neighbours in the ranking, and the first change of a single weight that makes them change places.",
    {
        "work": Column(TEXT, "work"),
        "other_work": Column(TEXT, "work that stands right behind it"),
        "criterion": Column(TEXT, "criterion of which the weight changes; unknown where none flips them", known=False),
        "weight": Column(NUMBER, "weight now", known=False, least=0, most=1),
        "flip_weight": Column(NUMBER, "weight at which both are equal", known=False, least=0, most=1),
        "change": Column(NUMBER, "change of the weight", known=False, least=-1, most=1),
    },
    key=("work", "other_work"),
)
GROUPS = Schema(
    "groups",
    "Groups that gave their own weights, and how near their ranking is to that of the city.",
    {
        "group": Column(TEXT, "group"),
        "name": Column(TEXT, "name"),
        "group_kind": Column(
            TEXT, "department, party, residents or other", one_of=("department", "party", "residents", "other")
        ),
        "set_by": Column(TEXT, "who gave the weights for the group (role)", known=False),
        "set_on": Column(TEXT, "when, as YYYY-MM-DD", known=False),
        "reversals": Column(WHOLE, "pairs of works that it orders the other way round than the city", least=0),
        "tau": Column(NUMBER, "Kendall's tau-b with the ranking of the city, -1 to 1", known=False, least=-1, most=1),
    },
    key=("group",),
)
GROUP_WEIGHTS = Schema(
    "group_weights",
    "The weight of each criterion for each group.",
    {
        "group": Column(TEXT, "group"),
        "criterion": Column(TEXT, "criterion"),
        "weight": Column(NUMBER, "weight among all criteria; adds up to 1", least=0, most=1),
    },
    key=("group", "criterion"),
)
GROUP_RANKS = Schema(
    "group_ranks",
    "The ranking of each group.",
    {
        "group": Column(TEXT, "group"),
        "work": Column(TEXT, "work"),
        "total": Column(NUMBER, "total over the known criteria, 0-1", known=False, least=0, most=1),
        "rank": Column(WHOLE, "1 is first; equal totals share a rank", least=1),
    },
    key=("group", "work"),
)
GROUP_PAIRS = Schema(
    "group_pairs",
    "Every two of the city and the groups: how often they disagree, and on which criterion it turns.",
    {
        "group": Column(TEXT, "city or group"),
        "other_group": Column(TEXT, "the other"),
        "reversals": Column(WHOLE, "pairs of works that they order the other way round", least=0),
        "tau": Column(NUMBER, "Kendall's tau-b, -1 to 1", known=False, least=-1, most=1),
        "criterion": Column(TEXT, "criterion on which it turns most; unknown where they agree", known=False),
    },
    key=("group", "other_group"),
)
DISAGREEMENT = Schema(
    "disagreement",
    "Per work who ranks it highest and who lowest, and on which criterion that turns.",
    {
        "work": Column(TEXT, "work"),
        "best_rank": Column(WHOLE, "best rank that anyone gives it", least=1),
        "worst_rank": Column(WHOLE, "worst rank that anyone gives it", least=1),
        "spread": Column(WHOLE, "places between both", least=0),
        "highest": Column(TEXT, "who ranks it highest; unknown where all agree", known=False),
        "lowest": Column(TEXT, "who ranks it lowest; unknown where all agree", known=False),
        "criterion": Column(TEXT, "criterion on which it turns most; unknown where they agree", known=False),
    },
    key=("work",),
)


@dataclass(frozen=True)
class Weighing:
    """Works weighed on the six grounds.

    `agreement` holds Kendall's W over the groups with its chance; it is empty where fewer than two groups gave weights.
    `sampled` holds how many weightings were asked for and how many were drawn.
    """

    criteria: pd.DataFrame
    tree: pd.DataFrame
    answers: pd.DataFrame
    scores: pd.DataFrame
    ranking: pd.DataFrame
    knock_outs: pd.DataFrame
    overrules: pd.DataFrame
    acceptability: pd.DataFrame
    central: pd.DataFrame
    flips: pd.DataFrame
    groups: pd.DataFrame
    group_weights: pd.DataFrame
    group_ranks: pd.DataFrame
    group_pairs: pd.DataFrame
    disagreement: pd.DataFrame
    trace: Trace
    agreement: dict[str, float | int | None] = field(default_factory=dict)
    sampled: dict[str, int] = field(default_factory=dict)

    TABLES: ClassVar[dict[str, Schema]] = {
        schema.name: schema
        for schema in (
            CRITERIA,
            TREE,
            ANSWERS,
            SCORES,
            RANKING,
            KNOCK_OUTS,
            OVERRULES,
            ACCEPTABILITY,
            CENTRAL,
            FLIPS,
            GROUPS,
            GROUP_WEIGHTS,
            GROUP_RANKS,
            GROUP_PAIRS,
            DISAGREEMENT,
        )
    }
