"""Share of the ground that is green. (nl: aandeel groen)."""

from koppelkans.vision.cover import GREEN, share_of_cover
from koppelkans.vision.indicator import Floats, GridTopography, Indicator


def measure(ground: GridTopography) -> Floats:
    """Return per cell the share (0-1) of the known cover that is green: planted terrain, verges, banks."""
    return share_of_cover(ground, (GREEN,))


GREEN_SHARE = Indicator(
    name="green_share",
    nl="aandeel groen",
    en="share of green",
    unit="share",
    formula=r"\frac{A_{green}}{A_{known}}",
    meaning="Area of planted terrain, green verges and banks, divided by the area whose cover is known; yards (erf) are left out, because the BGT does not say what lies in them.",
    source="BGT: begroeidterreindeel, ondersteunendwegdeel (groenvoorziening), ondersteunendwaterdeel",
    measure=measure,
)
