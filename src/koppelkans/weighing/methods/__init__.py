"""Methods that combine scores and weights, one file each. (nl: methoden)."""

from koppelkans.weighing.methods.electre_i import ELECTRE_I
from koppelkans.weighing.methods.electre_iii import ELECTRE_III
from koppelkans.weighing.methods.promethee_ii import PROMETHEE_II
from koppelkans.weighing.methods.topsis import TOPSIS
from koppelkans.weighing.methods.weighted import WEIGHTED_PRODUCT, WEIGHTED_SUM

METHODS = (
    WEIGHTED_SUM,
    WEIGHTED_PRODUCT,
    TOPSIS,
    PROMETHEE_II,
    ELECTRE_I,
    ELECTRE_III,
)
