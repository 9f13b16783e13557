"""Share of the ground that is open water. (nl: aandeel water)."""

from koppelkans.vision.cover import WATER, share_of_cover
from koppelkans.vision.indicator import Floats, GridTopography, Indicator


def measure(ground: GridTopography) -> Floats:
    """Return per cell the share (0-1) of the known cover that is open water."""
    return share_of_cover(ground, (WATER,))


WATER_SHARE = Indicator(
    name="water_share",
    nl="aandeel open water",
    en="share of open water",
    unit="share",
    formula=r"\frac{A_{water}}{A_{known}}",
    meaning="Area of open water, divided by the area whose cover is known.",
    source="BGT: waterdeel",
    measure=measure,
)
