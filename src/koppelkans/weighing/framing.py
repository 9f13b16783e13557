"""The setup of the weighing: criteria, method, tree and weights, checked. (nl: opzet)."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd

from koppelkans.ground.errors import Fault, SettingError
from koppelkans.ground.settings import FILE_NAME, WeighingPart
from koppelkans.ground.words import Phrase
from koppelkans.weighing.criterion import Criterion
from koppelkans.weighing.elicit import CITY
from koppelkans.weighing.method import Combined, Floats, Method, Tuning
from koppelkans.weighing.methods import METHODS
from koppelkans.weighing.tree import NodeWeights, Tree, grow, shares
from koppelkans.weighing.valuing import check
from koppelkans.weighing.weights import chosen, tuning, used


@dataclass(frozen=True)
class WeighingSetup:
    """The criteria that take part, their method, and the weights of city and groups."""

    criteria: tuple[Criterion, ...]
    method: Method
    tuning: Tuning
    tree: Tree
    city: NodeWeights
    groups: Mapping[str, NodeWeights]


def framed(part: WeighingPart, criteria: Sequence[Criterion]) -> WeighingSetup:
    """Return what the settings say.

    Raises
    ------
    SettingError
        Where they name what does not exist, hold value functions or answers that cannot be used, or leave no weight.
    """
    taken, method = used(part, criteria), chosen(part, METHODS)
    check(part.value_functions, taken, known={one.name for one in criteria})
    tree = grow(part, taken)
    city = shares(tree, part, place="weighing")
    names = [one.group for one in part.groups]
    double = sorted({name for name in names if names.count(name) > 1 or name == CITY})
    if double:
        wanted = f"each group once, and none called {CITY}"
        raise SettingError([Fault(FILE_NAME, name, wanted, column="weighing.groups", fatal=True) for name in double])
    inside = {one.name for one in taken} | {one.node for one in part.nodes}
    lost = [(at, name) for at, one in enumerate(part.groups) for name in one.criteria if name not in inside]
    if lost:
        wanted = "a criterion or node that the city weighs on"
        raise SettingError(
            [Fault(FILE_NAME, name, wanted, column=f"weighing.groups.{at}.criteria", fatal=True) for at, name in lost]
        )
    groups = {
        one.group: shares(tree, one, place=f"weighing.groups.{at}", city=city) for at, one in enumerate(part.groups)
    }
    return WeighingSetup(taken, method, tuning(part, taken), tree, city, groups)


def grounded(frame: WeighingSetup) -> list[str]:
    """Return the ground that each criterion stands under in the tree."""
    return [frame.tree.path(name)[0] for name in frame.tree.leaves]


def combine_inside(frame: WeighingSetup, scores: Floats, inside: np.ndarray) -> Combined:
    """Return totals and contributions of the works that take part.

    A method that compares works leaves out those that were knocked out before.

    Raises
    ------
    SettingError
        Where there are more works than the method can compare in reasonable time.
    """
    method, weights = frame.method, frame.city.weights
    if method.most and inside.sum() > method.most:
        raise SettingError([_too_many(method, int(inside.sum()))])
    if not method.relative:
        return method.combine(scores, weights, frame.tuning)
    totals, parts = np.full(len(scores), np.nan), np.full(scores.shape, np.nan)
    made = method.combine(scores[inside], weights, frame.tuning)
    totals[inside], parts[inside] = made.totals, made.contributions
    return Combined(totals, parts)


def _too_many(method: Method, works: int) -> Fault:
    """Return the fault of more works than a method can compare, and what to do about it."""
    others = ", ".join(one.name for one in METHODS if not one.most)
    wanted = Phrase(
        "at most {most} works: it compares every pair. Set `method` to one that takes any number ({methods}), or let knock-outs (weighing.knock_outs) or a shorter horizon leave fewer works to weigh",
        most=method.most,
        methods=others,
    )
    found = Phrase("{method} with {count} works", method=method.en, count=works)
    return Fault(FILE_NAME, found, wanted, column="weighing.method", fatal=True)


def answer_table(frame: WeighingSetup) -> pd.DataFrame:
    """Return one row per set of answers about weights, with their consistency."""
    voices = {CITY: frame.city} | dict(frame.groups)
    rows = [
        (whose, node, asked, found.consistency, found.limit, bool(found.consistency > found.limit))
        for whose, one in voices.items()
        for node, (asked, found) in one.asked.items()
    ]
    return pd.DataFrame(rows, columns=["whose", "node", "asked", "consistency", "limit", "ask_again"])


def warnings(answers: pd.DataFrame) -> list[str]:
    """Return a note for each set of answers that contradict each other too much."""
    again = answers[answers["ask_again"].astype(bool)]
    return [
        f"answers of {whose} about {node} contradict each other: {consistency:.2f} where at most {limit:.2f} is good; ask again"
        for whose, node, consistency, limit in zip(
            again["whose"], again["node"], again["consistency"], again["limit"], strict=True
        )
    ]
