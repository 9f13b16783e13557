"""Ways of asking people for weights, one file each. (nl: gewichten vragen)."""

from koppelkans.weighing.elicitation.ahp import AHP
from koppelkans.weighing.elicitation.best_worst import BEST_WORST
from koppelkans.weighing.elicitation.points import DIRECT, SWING

ELICITORS = (DIRECT, SWING, AHP, BEST_WORST)
