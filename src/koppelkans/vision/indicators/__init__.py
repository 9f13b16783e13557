"""Built-in indicators on topography, one file each. (nl: indicatoren)."""

from koppelkans.vision.indicator import Indicator
from koppelkans.vision.indicators.distance_to_green_m import DISTANCE_TO_GREEN_M
from koppelkans.vision.indicators.green_share import GREEN_SHARE
from koppelkans.vision.indicators.sealed_share import SEALED_SHARE
from koppelkans.vision.indicators.trees_per_100m import TREES_PER_100M
from koppelkans.vision.indicators.walking_cycling_share import WALKING_CYCLING_SHARE
from koppelkans.vision.indicators.water_share import WATER_SHARE

INDICATORS: tuple[Indicator, ...] = (
    GREEN_SHARE,
    SEALED_SHARE,
    WATER_SHARE,
    TREES_PER_100M,
    DISTANCE_TO_GREEN_M,
    WALKING_CYCLING_SHARE,
)
"""Every built-in indicator, in the order of the documentation."""
