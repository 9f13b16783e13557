"""The tree of criteria under the six grounds, and the weight of everything in it. (nl: boom van criteria)."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

import numpy as np
import pandas as pd

from koppelkans.ground.errors import Fault, SettingError
from koppelkans.ground.settings import FILE_NAME, GROUNDS, WeighingPart, Weights
from koppelkans.weighing.criterion import Criterion
from koppelkans.weighing.elicit import Weighed
from koppelkans.weighing.elicitation import ELICITORS
from koppelkans.weighing.method import Floats

FORMULA = r"g_j = \prod_{v \in \text{path}(j)} \frac{u_v}{\sum_{k\ \text{beside}\ v} u_k}"
"""The path runs from the ground down to the criterion; beside v stands what has the same parent and holds a criterion."""
TOP = "grounds"
"""Name of what the six grounds stand under."""


@dataclass(frozen=True)
class Tree:
    """The tree of grounds, nodes and criteria, with usual weights.

    Parameters
    ----------
    parents
        By ground, node and criterion in the order of the tree: what it stands under.
    usual
        Weight of a node where nobody gives another.
    leaves
        The criteria, in their own order.
    """

    parents: Mapping[str, str]
    usual: Mapping[str, float]
    leaves: tuple[str, ...]

    def under(self, parent: str) -> list[str]:
        """Return the children of a parent."""
        return [name for name, above in self.parents.items() if above == parent]

    def path(self, name: str) -> list[str]:
        """Return the ground that something stands under, what lies between, and itself."""
        steps = [name]
        while self.parents[steps[0]] != TOP:
            steps.insert(0, self.parents[steps[0]])
        return steps


@dataclass(frozen=True)
class NodeWeights:
    """Weights of somebody: within each node, down the whole tree, and the answers behind them."""

    beside: Mapping[str, float]
    whole: Mapping[str, float]
    weights: Floats
    asked: Mapping[str, tuple[str, Weighed]] = field(default_factory=dict)


def grow(part: WeighingPart, criteria: Sequence[Criterion]) -> Tree:
    """Return the tree of criteria under nodes and grounds.

    Nodes are where the city put them, every other criterion under its ground; a node that holds no criterion is cut.

    Raises
    ------
    SettingError
        With every node that has the name of something else, stands under nothing or under itself, and every criterion that
        does not exist or stands in two places.
    """
    nodes = {one.node: one for one in part.nodes}
    names = {one.name for one in criteria}
    placed = {name: one.node for one in part.nodes for name in one.criteria}
    faults = _faults(part, {*GROUNDS, TOP}, names | set(part.criteria))
    if faults:
        raise SettingError(faults)
    above = dict.fromkeys(GROUNDS, TOP) | {name: one.under for name, one in nodes.items()}
    above |= {one.name: placed.get(one.name, one.ground) for one in criteria}
    kept = {TOP}
    for one in criteria:
        step = one.name
        while step != TOP:
            kept.add(step)
            step = above[step]
    order = _in_order(above, kept)
    usual = {name: one.weight for name, one in nodes.items()}
    return Tree({name: above[name] for name in order}, usual, tuple(one.name for one in criteria))


def shares(tree: Tree, whose: Weights, *, place: str, city: NodeWeights | None = None) -> NodeWeights:
    """Return the weights of somebody; what a group does not give is as the city has it.

    Parameters
    ----------
    tree
        The tree.
    whose
        The weights that were given.
    place
        Key in the settings, for faults.
    city
        The weights of the city, for a group.

    Raises
    ------
    SettingError
        Where answers cannot be used, stand at a place that the tree has not, or leave nothing with a weight.
    """
    strange = [name for name in whose.elicited if name != TOP and not tree.under(name)]
    if strange:
        wanted = f"{TOP}, or a ground or node with criteria"
        raise SettingError(
            [Fault(FILE_NAME, name, wanted, column=f"{place}.elicited.{name}", fatal=True) for name in strange]
        )
    beside: dict[str, float] = {}
    asked: dict[str, tuple[str, Weighed]] = {}
    for parent in (TOP, *tree.parents):
        names = tree.under(parent)
        if not names:
            continue
        if parent in whose.elicited:
            asked[parent] = _asked(whose, parent, names, f"{place}.elicited.{parent}")
            raw = asked[parent][1].weights
        else:
            raw = _given(tree, whose, parent, names, city)
        total = raw.sum()
        beside |= dict(zip(names, (raw / total if total > 0 else raw).tolist(), strict=True))
    whole = {name: float(np.prod([beside[step] for step in tree.path(name)])) for name in tree.parents}
    weights = np.array([whole[name] for name in tree.leaves], dtype=float)
    if weights.sum() <= 0:
        raise SettingError([Fault(FILE_NAME, "no weight above 0", "at least one", column=place, fatal=True)])
    return NodeWeights(beside, whole, np.asarray(weights / weights.sum()), asked)


def tree_table(tree: Tree, city: NodeWeights, part: WeighingPart, criteria: Sequence[Criterion]) -> pd.DataFrame:
    """Return one row per ground, node and criterion, in the order of the tree, with its weights."""
    pieces = {one.name: one for one in criteria}
    nodes = {one.node: one for one in part.nodes}
    names = list(tree.parents)
    kinds = ["criterion" if name in pieces else "node" if name in nodes else "ground" for name in names]
    return pd.DataFrame(
        {
            "node": names,
            "parent": [None if tree.parents[name] == TOP else tree.parents[name] for name in names],
            "part": kinds,
            "depth": [len(tree.path(name)) for name in names],
            "name_nl": [_name(name, pieces, nodes, "nl") for name in names],
            "name_en": [_name(name, pieces, nodes, "en") for name in names],
            "beside_share": [city.beside[name] for name in names],
            "weight": [city.whole[name] for name in names],
            "asked": [
                city.asked[tree.parents[name]][0] if tree.parents[name] in city.asked else None for name in names
            ],
        }
    )


def _name(name: str, pieces: Mapping[str, Criterion], nodes: Mapping[str, object], lang: str) -> str:
    """Return the name of a criterion or node; a node without one goes by its short name, a ground is named on reports."""
    found = getattr(pieces.get(name) or nodes.get(name), lang, "")
    return str(found or name)


def _asked(whose: Weights, parent: str, names: list[str], place: str) -> tuple[str, Weighed]:
    """Return the way of asking and what follows from the answers."""
    answers = whose.elicited[parent]
    elicitor = next(one for one in ELICITORS if one.name == answers.how)
    return elicitor.name, elicitor.weigh(answers, names, place)


def _given(tree: Tree, whose: Weights, parent: str, names: list[str], city: NodeWeights | None) -> Floats:
    """Return the weights that were given to what stands under a parent."""
    if parent == TOP:
        return np.array([whose.weights[name] for name in names], dtype=float)
    if city is not None and not set(names) & set(whose.criteria):
        return np.array([city.beside[name] for name in names], dtype=float)
    usual = tree.usual if city is None else city.beside
    return np.array([whose.criteria.get(name, usual.get(name, 1.0)) for name in names], dtype=float)


def _in_order(above: Mapping[str, str], kept: set[str]) -> list[str]:
    """Return everything that is kept, each parent before what stands under it."""
    order: list[str] = []
    waiting = [TOP]
    while waiting:
        parent = waiting.pop(0)
        below = [name for name, over in above.items() if over == parent and name in kept]
        order += [parent] if parent != TOP else []
        waiting = below + waiting
    return order


def _faults(part: WeighingPart, grounds: set[str], criteria: set[str]) -> list[Fault]:
    """Return what cannot be used in the nodes."""
    names = [one.node for one in part.nodes]
    seen: dict[str, int] = {}
    faults = []
    for at, one in enumerate(part.nodes):
        place = f"weighing.nodes.{at}"
        if one.node in grounds | criteria or names.index(one.node) < at:
            faults.append((one.node, "a name that nothing else has", f"{place}.node"))
        if one.under not in GROUNDS and one.under not in names:
            faults.append((one.under, f"a node, or one of {', '.join(GROUNDS)}", f"{place}.under"))
        elif _rings(part, at):
            faults.append((one.under, "a node that does not stand under this one", f"{place}.under"))
        for name in one.criteria:
            if name not in criteria:
                faults.append((name, f"one of {', '.join(sorted(criteria))}", f"{place}.criteria"))
            if seen.setdefault(name, at) != at:
                faults.append((name, "each criterion in one node", f"{place}.criteria"))
    return [Fault(FILE_NAME, found, wanted, column=column, fatal=True) for found, wanted, column in faults]


def _rings(part: WeighingPart, at: int) -> bool:
    """Tell whether the way up from a node comes back to where it was."""
    above = {one.node: one.under for one in part.nodes}
    step, seen = part.nodes[at].node, set[str]()
    while step in above:
        if step in seen:
            return True
        seen.add(step)
        step = above[step]
    return False
