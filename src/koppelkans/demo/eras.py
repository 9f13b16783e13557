"""The eras in which a Dutch town grew: how streets, homes, green and pipes were made then. (nl: bouwperioden)."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Homes:
    """A type of housing: homes per building, its size, its place and its row length.

    Distance to the street and to the next row are in m.
    """

    share: float
    width_m: float
    depth_m: float
    setback_m: float
    in_row: int
    homes: int
    gap_m: float = 4.0
    garden_m: float = 8.0


@dataclass(frozen=True)
class Era:
    """What a quarter of one era looks like.

    `block_m` is the distance between streets and between their cross streets; `bend_m` how far streets bend;
    `green` the share of the ground inside blocks that is public green; `tree_m` the distance between street trees.
    """

    era: str
    nl: str
    years: tuple[int, int]
    share: float
    pattern: str
    block_m: tuple[float, float]
    bend_m: float
    road_m: float
    kinds: tuple[Homes, ...]
    green: float
    tree_m: float
    paving: str
    themes: tuple[str, ...]
    turn: float = 0.0
    canal: bool = False


CENTRE = Era(
    "centre", "oude kern", (1880, 1910), 0.0, "winding", (58.0, 58.0), 0.0, 6.5,
    (Homes(0.8, 6.2, 10.5, 0.3, 3, 1, 0.4, 1.0), Homes(0.2, 8.0, 11.5, 0.3, 2, 3, 0.5, 1.0)),
    0.03, 45.0, "gebakken klinkers", ("centre",),
)  # fmt: skip
BUSINESS = Era(
    "business", "bedrijventerrein", (1985, 2004), 0.0, "grid", (105.0, 150.0), 0.0, 10.0,
    (Homes(0.7, 34.0, 38.0, 9.0, 1, 0, 12.0), Homes(0.3, 22.0, 26.0, 8.0, 1, 0, 9.0)),
    0.12, 26.0, "asfalt", ("industry",),
)  # fmt: skip
PARK = Era(
    "park", "stadspark", (1925, 1965), 0.0, "paths", (95.0, 95.0), 0.0, 3.0, (), 1.0, 14.0, "halfverharding", ("park",)
)
FIELDS = Era(
    "fields", "buitengebied", (1940, 1990), 0.0, "none", (0.0, 0.0), 0.0, 5.0, (), 1.0, 30.0, "asfalt", ("fields",)
)
ERAS = (
    Era(
        "1900", "vooroorlogse ring", (1896, 1914), 0.11, "grid", (50.0, 105.0), 0.0, 8.0,
        (Homes(0.8, 5.4, 9.5, 0.6, 9, 1, 2.0, 6.0), Homes(0.2, 5.8, 10.0, 0.6, 8, 2, 2.0, 6.0)),
        0.04, 28.0, "gebakken klinkers", ("statesmen", "painters", "explorers"),
    ),
    Era(
        "1930", "tuindorp", (1926, 1939), 0.12, "grid", (60.0, 118.0), 13.0, 9.0,
        (Homes(0.65, 6.2, 8.5, 3.2, 6, 1, 6.0), Homes(0.35, 8.0, 9.0, 4.5, 2, 1, 6.0)),
        0.10, 12.0, "gebakken klinkers", ("trees", "fruit", "flowers"),
    ),
    Era(
        "1955", "wederopbouw", (1951, 1961), 0.19, "grid", (64.0, 122.0), 0.0, 9.5,
        (Homes(0.62, 6.0, 8.5, 3.5, 8, 1, 9.0), Homes(0.38, 31.0, 10.0, 6.0, 1, 12, 12.0)),
        0.45, 18.0, "betontegels", ("composers", "writers", "poets"), 0.12,
    ),
    Era(
        "1968", "hoogbouw en stroken", (1964, 1972), 0.18, "grid", (76.0, 132.0), 0.0, 11.0,
        (Homes(0.7, 6.0, 9.0, 4.0, 7, 1, 10.0), Homes(0.3, 40.0, 11.0, 9.0, 1, 32, 14.0)),
        0.55, 16.0, "asfalt", ("rivers", "planets", "scientists"), 0.2,
    ),
    Era(
        "1978", "bloemkoolwijk", (1974, 1984), 0.16, "cauliflower", (44.0, 44.0), 0.0, 6.5,
        (Homes(0.85, 5.8, 9.0, 2.0, 5, 1, 5.0), Homes(0.15, 8.5, 9.0, 3.0, 2, 1, 5.0)),
        0.28, 15.0, "betonstraatstenen", ("birds", "butterflies", "mushrooms"),
    ),
    Era(
        "1992", "Vinex", (1990, 2001), 0.14, "grid", (60.0, 96.0), 17.0, 8.0,
        (Homes(0.6, 5.6, 9.5, 3.0, 6, 1, 4.0), Homes(0.4, 8.0, 10.0, 4.5, 2, 1, 6.0)),
        0.12, 17.0, "betonstraatstenen", ("ships", "instruments", "crafts"), canal=True,
    ),
    Era(
        "2008", "nieuwe wijk", (2004, 2019), 0.10, "grid", (56.0, 88.0), 0.0, 8.0,
        (Homes(0.55, 5.4, 10.0, 2.0, 7, 1, 4.0), Homes(0.3, 9.0, 11.0, 4.0, 2, 1, 6.0), Homes(0.15, 24.0, 15.0, 3.0, 1, 14, 12.0)),
        0.16, 16.0, "gebakken klinkers", ("herbs", "grasses", "minerals"), 0.5, canal=True,
    ),
)  # fmt: skip
BY_NAME = {era.era: era for era in (CENTRE, BUSINESS, PARK, FIELDS, *ERAS)}
