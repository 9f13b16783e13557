"""From answers of people to weights: what a way of asking is, and what it hands back. (nl: gewichten uit antwoorden)."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import NoReturn

import numpy as np

from koppelkans.ground.errors import Fault, SettingError
from koppelkans.ground.settings import FILE_NAME, ElicitedAnswers
from koppelkans.ground.words import number, say
from koppelkans.weighing.method import Floats
from koppelkans.weighing.product import Weighing


@dataclass(frozen=True)
class Weighed:
    """Weights that add up to 1, and how well the answers fit together.

    Parameters
    ----------
    weights
        One per item.
    consistency
        0 where the answers fit; NaN where the way of asking cannot tell.
    limit
        Above it the answers are to be asked again; NaN where there is no such limit.
    """

    weights: Floats
    consistency: float = float("nan")
    limit: float = float("nan")


@dataclass(frozen=True)
class Elicitor:
    """One way of asking for weights.

    Parameters
    ----------
    name
        The name of its file.
    nl, en
        Its name for people.
    formula
        LaTeX.
    source
        Literature.
    weigh
        From the answers, the items and their place in the settings to weights; raises SettingError.
    """

    name: str
    nl: str
    en: str
    formula: str
    source: str
    weigh: Callable[[ElicitedAnswers, Sequence[str], str], Weighed]


def numbers(given: Mapping[str, float], items: Sequence[str], place: str, *, wanted: str, least: float = 0.0) -> Floats:
    """Return one number per item.

    Raises
    ------
    SettingError
        With every item that is missing or strange, and every number below `least`.
    """
    faults = [_fault("nothing", wanted, f"{place}.{item}") for item in items if item not in given]
    faults += [
        _fault(name, f"one of {', '.join(items)}", f"{place}.{name}") for name in given if name not in set(items)
    ]
    faults += [_fault(str(value), wanted, f"{place}.{name}") for name, value in given.items() if not value >= least]
    if faults:
        raise SettingError(faults)
    return np.array([given[item] for item in items], dtype=float)


def refuse(found: str, wanted: str, place: str) -> NoReturn:
    """Refuse one answer that cannot be used."""
    raise SettingError([_fault(found, wanted, place)])


def _fault(found: str, wanted: str, place: str) -> Fault:
    """Return a fault in the settings."""
    return Fault(FILE_NAME, found, wanted, column=place, fatal=True)


CITY = "city"
"""Name of the ranking with the weights of the city, beside those of the groups."""
ALL = "grounds"
"""Node under which all six grounds were asked for at once."""


def doubts(weighing: Weighing, lang: str) -> list[str]:
    """Return a sentence for each set of answers (AHP or best-worst) that is to be asked again.

    In the language `lang`.
    """
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
