"""Direct rating: points for each item, as many as one likes. (nl: directe waardering)."""

from collections.abc import Sequence

from koppelkans.ground.settings import Elicitation
from koppelkans.weighing.elicit import Elicitor, Weighed, numbers, refuse


def weigh(answers: Elicitation, items: Sequence[str], place: str) -> Weighed:
    """Return the share of each item in all points."""
    points = numbers(answers.points, items, f"{place}.points", wanted="points of 0 or more")
    if points.sum() <= 0:
        refuse("no points", "points above 0 for at least one", f"{place}.points")
    return Weighed(points / points.sum())


DIRECT = Elicitor(
    name="direct",
    nl="directe waardering",
    en="direct rating",
    formula=r"g_j = p_j \Big/ \sum_k p_k",
    source="Von Winterfeldt and Edwards (1986), Decision analysis and behavioral research, Cambridge University Press",
    weigh=weigh,
)
