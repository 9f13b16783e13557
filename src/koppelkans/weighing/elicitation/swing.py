"""Swing: which step from worst to best matters most, and how much do the others against it. (nl: swing-methode)."""

from collections.abc import Sequence

from koppelkans.ground.settings import Elicitation
from koppelkans.weighing.elicit import Elicitor, Weighed, numbers, refuse

MOST = 100.0
"""Points of the swing that matters most."""


def weigh(answers: Elicitation, items: Sequence[str], place: str) -> Weighed:
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
    weigh=weigh,
)
