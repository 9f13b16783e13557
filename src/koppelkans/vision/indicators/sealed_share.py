"""Share of the ground that lets no rain in. (nl: aandeel verhard)."""

from koppelkans.vision.cover import BUILDING, SEALED, share_of_cover
from koppelkans.vision.indicator import Floats, GridTopography, Indicator


def measure(ground: GridTopography) -> Floats:
    """Return per cell the share (0-1) of the known cover that is paving (closed or open) or building."""
    return share_of_cover(ground, (SEALED, BUILDING))


SEALED_SHARE = Indicator(
    name="sealed_share",
    nl="aandeel verhard en bebouwd",
    en="share of paving and buildings",
    unit="share",
    formula=r"\frac{A_{paved} + A_{building}}{A_{known}}",
    meaning="Area of closed and open paving and of buildings, divided by the area whose cover is known; half-paved and unpaved ground counts as not sealed, yards (erf) are left out.",
    source="BGT: wegdeel, ondersteunendwegdeel and onbegroeidterreindeel by surface, pand, overigbouwwerk",
    measure=measure,
)
