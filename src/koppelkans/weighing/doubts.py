"""Answers that contradict each other too much to rely on, in words. (nl: tegenspraak)."""

from koppelkans.ground.words import number, say
from koppelkans.weighing.groups import CITY
from koppelkans.weighing.product import Weighing

ALL = "grounds"
"""Node under which all six grounds were asked for at once."""


def doubts(weighing: Weighing, lang: str) -> list[str]:
    """Return a sentence in `lang` for each set of answers that is to be asked again, by AHP or by best-worst."""
    answers, groups, tree = weighing.answers, weighing.groups, weighing.tree
    answers = answers[answers["ask_again"]]
    voices = dict(zip(groups["group"], groups["name"], strict=True)) | {CITY: say("the city", lang)}
    nodes = dict(zip(tree["node"], tree[f"name_{lang}"], strict=True)) | {ALL: say("the six grounds", lang)}
    return [
        say(
            "The answers of {whose} about {node} contradict each other (consistency ratio {found}, at most {limit} is good): ask again before you rely on them.",
            lang,
            whose=voices.get(who, who),
            node=nodes.get(node, node),
            found=number(found, lang, 2),
            limit=number(limit, lang, 2),
        )
        for who, node, found, limit in zip(
            answers["whose"], answers["node"], answers["consistency"], answers["limit"], strict=True
        )
    ]
