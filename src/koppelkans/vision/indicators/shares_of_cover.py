"""Shares of the ground by what covers it: green, paved and built, open soil, water. (nl: aandelen van de bodembedekking)."""

from functools import partial

from koppelkans.vision.cover import BUILDING, GREEN, OPEN, SEALED, WATER, share_of_cover
from koppelkans.vision.indicator import Indicator

SHARES_OF_COVER = (
    Indicator(
        name="green_share",
        nl="aandeel groen",
        en="share of green",
        unit="share",
        formula=r"\frac{A_{green}}{A_{known}}",
        meaning="Area of planted terrain, green verges and banks, divided by the area whose cover is known; yards (erf) are left out, because the BGT does not say what lies in them.",
        source="BGT: begroeidterreindeel, ondersteunendwegdeel (groenvoorziening), ondersteunendwaterdeel",
        measure=partial(share_of_cover, wanted=(GREEN,)),
    ),
    Indicator(
        name="sealed_share",
        nl="aandeel verhard en bebouwd",
        en="share of paving and buildings",
        unit="share",
        formula=r"\frac{A_{paved} + A_{building}}{A_{known}}",
        meaning="Area of closed and open paving and of buildings, divided by the area whose cover is known; half-paved and unpaved ground counts as not sealed, yards (erf) are left out.",
        source="BGT: wegdeel, ondersteunendwegdeel and onbegroeidterreindeel by surface, pand, overigbouwwerk",
        measure=partial(share_of_cover, wanted=(SEALED, BUILDING)),
    ),
    Indicator(
        name="open_soil_share",
        nl="aandeel open bodem",
        en="share of open soil",
        unit="share",
        formula=r"\frac{A_{green} + A_{open}}{A_{known}}",
        meaning="Area of planted, half-paved and unpaved ground, divided by the area whose cover is known: soil that takes in air, rain and leaves, without which little lives in it; yards (erf) are left out.",
        source="BGT: begroeidterreindeel, ondersteunendwegdeel, ondersteunendwaterdeel, and wegdeel and onbegroeidterreindeel by surface; European Commission, SWD(2012) 101, on soil sealing and life in the soil",
        measure=partial(share_of_cover, wanted=(GREEN, OPEN)),
    ),
    Indicator(
        name="water_share",
        nl="aandeel open water",
        en="share of open water",
        unit="share",
        formula=r"\frac{A_{water}}{A_{known}}",
        meaning="Area of open water, divided by the area whose cover is known.",
        source="BGT: waterdeel",
        measure=partial(share_of_cover, wanted=(WATER,)),
    ),
)
