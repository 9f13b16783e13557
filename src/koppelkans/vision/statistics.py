"""Figures per quarter that statistics offices publish, found by the names of their columns. (nl: buurtcijfers)."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import geopandas as gpd

from koppelkans.ground.settings import Need, Source

PLACES = ("areas", "ambitions")
"""Roles of sources in which a figure per quarter is sought, areas first."""


@dataclass(frozen=True)
class Statistic:
    """A figure per quarter that a city need not name: it is found in any source of quarters.

    Parameters
    ----------
    name
        Short name, as a need names it in `indicator`.
    nl, en
        Name on screen.
    unit
        Unit of the figure.
    columns
        Names of the columns that hold it, in small letters and without underscores.
    meaning
        What the figure says.
    source
        Who publishes it.
    """

    name: str
    nl: str
    en: str
    unit: str
    columns: tuple[str, ...]
    meaning: str
    source: str


CBS = "CBS, Kerncijfers wijken en buurten, as PDOK serves them (api.pdok.nl/cbs/wijken-en-buurten), CC BY 4.0"
STATISTICS = (
    Statistic(
        name="low_income_share",
        nl="huishoudens met een laag inkomen",
        en="households with a low income",
        unit="%",
        columns=(
            "percentagehuishoudensonderofrondsociaalminimum",
            "huishoudensonderofrondsociaalminimum",
            "percentagehuishoudensmeteenlaaginkomen",
            "lageinkomenspct",
        ),
        meaning="Share of the households that live on or just above the social minimum.",
        source=CBS,
    ),
    Statistic(
        name="elderly_share",
        nl="inwoners van 65 jaar en ouder",
        en="inhabitants of 65 years and older",
        unit="%",
        columns=("percentagepersonen65jaarenouder", "k65jaarofouder", "ouderenpct"),
        meaning="Share of the inhabitants of 65 years and older, who more often walk with a stick, a walker or a wheelchair.",
        source=CBS,
    ),
    Statistic(
        name="crimes_per_1000",
        nl="misdrijven per 1.000 inwoners",
        en="crimes per 1,000 inhabitants",
        unit="per 1,000 inhabitants",
        columns=("misdrijvenper1000", "misdrijvenper1000inwoners", "geregistreerdemisdrijvenper1000inwoners"),
        meaning="Registered crimes per 1,000 inhabitants and year.",
        source="Politie and CBS, geregistreerde criminaliteit per wijk en buurt, CC BY 4.0",
    ),
    Statistic(
        name="turnout",
        nl="opkomst bij de gemeenteraadsverkiezing",
        en="turnout at the municipal election",
        unit="%",
        columns=("opkomstpct", "opkomstpercentage", "opkomstgemeenteraad"),
        meaning="Share of those who may vote that did at the last municipal election: where few vote, few are heard unasked.",
        source="Kiesraad, uitslagen per stembureau, which a city adds up per quarter",
    ),
    Statistic(
        name="social_cohesion",
        nl="sociale samenhang",
        en="social cohesion",
        unit="score 0-10",
        columns=("socialecohesie", "socialesamenhang", "schaalscoresocialecohesie"),
        meaning="How people in the quarter judge the way in which they live together, on a scale of 0 to 10.",
        source="CBS and ministerie van Justitie en Veiligheid, Veiligheidsmonitor, schaalscore sociale cohesie, where a city has it per quarter",
    ),
)
"""Every figure per quarter that is sought by itself."""


def found_in(need: Need, sources: Sequence[Source], layers: Mapping[str, gpd.GeoDataFrame]) -> tuple[Need, str | None]:
    """Return a need with the source and column of its figure, and what was sought in vain.

    A need of something else comes back as it is. A figure in more sources is read from the first.
    """
    wanted = next((one for one in STATISTICS if one.name == need.indicator), None)
    if wanted is None:
        return need, None
    for role in PLACES:
        for source in (one for one in sources if one.role == role and one.name in layers):
            for column in layers[source.name].columns:
                if str(column).lower().replace("_", "") in wanted.columns:
                    found = {"source": source.name, "column": str(column), "indicator": ""}
                    return need.model_copy(update=found), None
    return need, f"no source of areas or ambitions has the column {' or '.join(wanted.columns)}"
