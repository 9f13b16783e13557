"""What stands for criteria, groups, questions and ways of asking in the sheets of the weighing. (nl: woorden van de afweging)."""

from koppelkans.ground.words import say
from koppelkans.report.chapters.overruled import DECISIONS, EFFECTS
from koppelkans.report.chapters.voices import GROUP_KINDS
from koppelkans.report.names import GROUNDS, criterion_names, voice_names
from koppelkans.report.plan import Plan
from koppelkans.weighing.elicitation import ELICITORS
from koppelkans.weighing.knock_outs import QUESTIONS

SHAPES = {"linear": "straight", "piecewise": "by points", "threshold": "in steps"}
PARTS = {part: part for part in ("ground", "node", "criterion")}
VOICES = (
    "groups.group",
    "group_weights.group",
    "group_ranks.group",
    "group_pairs.group",
    "group_pairs.other_group",
    "answers.whose",
    "disagreement.highest",
    "disagreement.lowest",
)
"""Columns of the weighing that hold the city or a group."""


def weighing_words(plan: Plan, lang: str) -> dict[str, dict[str, str]]:
    """Return, per column (or `room.table.column`), what stands for each code."""
    criteria, voices = criterion_names(plan, lang), voice_names(plan, lang)
    asked = {one.name: one.nl if lang == "nl" else one.en for one in ELICITORS}
    coded = {
        "criteria.shape": SHAPES,
        "tree.part": PARTS,
        "knock_outs.effect": EFFECTS,
        "overrules.decision": DECISIONS,
        "groups.group_kind": GROUP_KINDS,
    }
    plain = {
        "tree.parent": criteria,
        f"tree.name_{lang}": {ground: say(word, lang) for ground, word in GROUNDS.items()},
        "tree.asked": asked,
        "answers.asked": asked,
        "answers.node": criteria | {"grounds": say("the six grounds", lang)},
        "flips.other_work": dict(zip(plan.context.works["work"], plan.context.works["name"], strict=True)),
        "knock_outs.question": {one.name: one.nl if lang == "nl" else one.en for one in QUESTIONS},
        **dict.fromkeys(VOICES, voices),
        **{column: {code: say(word, lang) for code, word in pairs.items()} for column, pairs in coded.items()},
    }
    return {
        "criterion": criteria,
        "weighing.criteria.criterion": {},
        **{f"weighing.{column}": pairs for column, pairs in plain.items()},
    }
