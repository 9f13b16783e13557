"""Ground cover of BGT objects: green, sealed, open soil, water, building or unknown. (nl: bodembedekking)."""

import numpy as np
import pandas as pd

from koppelkans.vision.indicator import Floats, GridTopography

GREEN, SEALED, OPEN, WATER, BUILDING, UNKNOWN = "green", "sealed", "open", "water", "building", "unknown"
CLASSES = {
    "pand": BUILDING,
    "overigbouwwerk": BUILDING,
    "building": BUILDING,
    "waterdeel": WATER,
    "water": WATER,
    "begroeidterreindeel": GREEN,
    "ondersteunendwaterdeel": GREEN,
    "green": GREEN,
    "wegdeel": SEALED,
    "road": SEALED,
    "overbruggingsdeel": SEALED,
    "ondersteunendwegdeel": UNKNOWN,
    "onbegroeidterreindeel": UNKNOWN,
}
"""Class of an object (BGT, or the plain words of a simple map) = cover, where its surface does not say better."""
SURFACES = {
    "groenvoorziening": GREEN,
    "gesloten verharding": SEALED,
    "open verharding": SEALED,
    "half verhard": OPEN,
    "onverhard": OPEN,
    "zand": OPEN,
    "erf": UNKNOWN,
}
"""Surface (fysiek voorkomen) = cover. A yard (erf) may be paved or planted: the BGT does not say."""
BY_SURFACE = ("wegdeel", "road", "ondersteunendwegdeel", "onbegroeidterreindeel")
"""Classes whose surface says more than their class."""
ROADS = ("wegdeel", "road")
KNOWN_FROM = 0.25
"""Share of a cell whose cover must be known before a share of it says anything (assumption of the project)."""


def covers(topography: pd.DataFrame) -> pd.Series:
    """Return the ground cover of each object; missing where it does not cover the ground.

    Points, fences and labels do not.
    """
    kinds = topography["class"].astype("str").str.lower()
    plain = kinds.map(CLASSES)
    by_surface = topography["surface"].astype("str").str.lower().map(SURFACES)
    better = kinds.isin(BY_SURFACE) & by_surface.notna()
    return plain.where(~better, by_surface).astype("str")


def share_of_cover(ground: GridTopography, wanted: tuple[str, ...]) -> Floats:
    """Return per cell the share of the known cover that is `wanted`.

    NaN where less than a quarter of the cell has a known cover, and everywhere in a topography without road parts,
    since a share of buildings and green alone would say nothing.
    """
    cover = ground.topography["cover"]
    known = ground.per_cell((cover.notna() & (cover != UNKNOWN)).to_numpy())
    found = ground.per_cell(cover.isin(wanted).to_numpy())
    enough = known >= KNOWN_FROM * ground.cells.area.to_numpy()
    roads = bool(ground.topography["class"].isin(ROADS).any())
    return np.asarray(
        np.divide(found, known, out=np.full(len(known), np.nan), where=enough & roads & (known > 0)), dtype=float
    )
