"""Methods that combine scores and weights, one file each. (nl: methoden)."""

from koppelkans.weighing.methods.weighted_product import WEIGHTED_PRODUCT
from koppelkans.weighing.methods.weighted_sum import WEIGHTED_SUM

METHODS = (WEIGHTED_SUM, WEIGHTED_PRODUCT)
