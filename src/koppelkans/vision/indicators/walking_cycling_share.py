"""Share of the street that is for walking and cycling. (nl: aandeel voor lopen en fietsen)."""

import numpy as np

from koppelkans.vision.cover import ROADS
from koppelkans.vision.indicator import Floats, GridTopography, Indicator

SLOW = ("voetpad", "voetpad op trap", "voetgangersgebied", "fietspad", "woonerf")
"""Functions of a road part that belong to people on foot and on bicycles."""
LEAST_M2 = 50.0
"""Smallest area of street (m2) in a cell of which a share says anything (assumption of the project)."""


def measure(ground: GridTopography) -> Floats:
    """Return per cell the share (0-1) of the street area for walking and cycling.

    Only street area with a known function counts.
    """
    table = ground.topography
    roads = table["class"].isin(ROADS) & table["function"].notna()
    slow = roads & table["function"].str.lower().isin(SLOW)
    street_m2, slow_m2 = ground.per_cell(roads.to_numpy()), ground.per_cell(slow.to_numpy())
    return np.asarray(
        np.divide(slow_m2, street_m2, out=np.full(len(street_m2), np.nan), where=street_m2 >= LEAST_M2), dtype=float
    )


WALKING_CYCLING_SHARE = Indicator(
    name="walking_cycling_share",
    nl="aandeel van de straat voor lopen en fietsen",
    en="share of the street for walking and cycling",
    unit="share",
    formula=r"\frac{A_{footway} + A_{cycleway}}{A_{street}}",
    meaning="Area of footpaths, cycle paths, pedestrian areas and home zones, divided by the area of all road parts with a known function.",
    source="BGT: wegdeel by function",
    measure=measure,
)
