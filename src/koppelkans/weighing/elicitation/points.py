"""Points for each item: as many as one likes, or 100 for the swing that matters most. (nl: punten geven)."""

from collections.abc import Sequence

from koppelkans.ground.settings import ElicitedAnswers
from koppelkans.weighing.elicit import Elicitor, Weighed, numbers, refuse

MOST = 100.0
"""Points of the swing that matters most."""


def weigh_direct(answers: ElicitedAnswers, items: Sequence[str], place: str) -> Weighed:
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
    weigh=weigh_direct,
)


def weigh_swing(answers: ElicitedAnswers, items: Sequence[str], place: str) -> Weighed:
    """Return the share of each swing in all points; the swing that matters most must have 100."""
    points = numbers(answers.points, items, f"{place}.points", wanted="points of 0 to 100")
    if points.max() != MOST:
        refuse(f"{points.max():g}", "100 points for the swing that matters most", f"{place}.points")
    return Weighed(points / points.sum())


SWING = Elicitor(
    name="swing",
    nl="swing-methode",
    en="swing weighting",
    formula=r"g_j = p_j \Big/ \sum_k p_k,\quad \max_k p_k = 100",
    source="Von Winterfeldt and Edwards (1986), Decision analysis and behavioral research, Cambridge University Press",
    weigh=weigh_swing,
)
