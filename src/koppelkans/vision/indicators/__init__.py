"""Built-in indicators on topography, one file each; shares of the ground are a table. (nl: indicatoren)."""

from koppelkans.vision.indicator import Indicator
from koppelkans.vision.indicators.distance_to_green_m import DISTANCE_TO_GREEN_M
from koppelkans.vision.indicators.shares_of_cover import SHARES_OF_COVER
from koppelkans.vision.indicators.trees_per_100m import TREES_PER_100M
from koppelkans.vision.indicators.walking_cycling_share import WALKING_CYCLING_SHARE

INDICATORS: tuple[Indicator, ...] = (
    *SHARES_OF_COVER,
    TREES_PER_100M,
    DISTANCE_TO_GREEN_M,
    WALKING_CYCLING_SHARE,
)
"""Every built-in indicator, in the order of the documentation."""
