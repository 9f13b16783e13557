"""Make the town and write its city folder. (nl: voorbeeldstad maken)."""

from pathlib import Path

import geopandas as gpd
import numpy as np
import pandas as pd

from koppelkans.demo.areas import quarters_counted
from koppelkans.demo.files import FILES, write_files
from koppelkans.demo.flaws import spoilt
from koppelkans.demo.furniture import bridges, lights, paving, plants, quays, trees
from koppelkans.demo.history import histories
from koppelkans.demo.nets import cables, gas_mains, heat_net, pressure_sewer, sewers, water_mains
from koppelkans.demo.plans import heat_plans, other_plans, power_plans, street_table, water_plans
from koppelkans.demo.projects import projects
from koppelkans.demo.surface import topography
from koppelkans.demo.telling import settings_text
from koppelkans.demo.town import Town, build
from koppelkans.demo.voices import bottlenecks, care_places, puddles, wishes
from koppelkans.ground.errors import Fault, InputError
from koppelkans.ground.outputs import text_of
from koppelkans.ground.settings import FILE_NAME
from koppelkans.ground.words import Phrase

CLASS_NL = {"main": "hoofdweg", "collector": "wijkontsluiting", "residential": "erftoegang", "path": "pad"}
LEAST_HOMES = 20
INVENTED = "een verzonnen stad om Koppelkans mee te leren kennen"
"""Words at the top of the koppelkans.toml of every invented town."""


def make_town(folder: Path | str, *, homes: int = 2000, seed: int = 1) -> Path:
    """Write the city folder of an invented town and return it.

    Parameters
    ----------
    folder
        Where it goes; files of an earlier town in it are replaced, other files are left alone.
    homes
        Homes in the town; fewer than 20 are taken as 20.
    seed
        The same seed gives the same bytes; another seed gives another town.
    """
    target = Path(folder)
    town = build(max(homes, LEAST_HOMES), seed)
    layers = city_layers(town)
    for file in FILES.values():
        (target / file.path).unlink(missing_ok=True)
    target.mkdir(parents=True, exist_ok=True)
    written = write_files(spoilt(layers, seed=seed), target)
    (target / FILE_NAME).write_text(settings_text(town, layers, written), encoding="utf-8")
    return target


def refuse_real_city(folder: Path) -> None:
    """Refuse to make a town where somebody has a city of their own.

    Raises
    ------
    InputError
        Where a koppelkans.toml stands that does not say that its city is invented.
    """
    text = text_of(folder / FILE_NAME)
    if text is not None and INVENTED not in text:
        wanted = Phrase("a folder without a city of your own; choose another with --out")
        raise InputError(
            [Fault(str(folder / FILE_NAME), Phrase("a city that was not invented here"), wanted, fatal=True)]
        )


def city_layers(town: Town) -> dict[str, gpd.GeoDataFrame]:
    """Return every file of the city as a table, before faults are put in.

    With the columns of its keeper.
    """
    history = histories(town)
    ground = topography(town)
    counted = quarters_counted(town)
    names = counted["buurtnaam"].tolist()
    streets = street_table(town, history)
    planted = trees(town, history)
    pipes = sewers(town, history)
    return {
        "wegvakken": _sections(town),
        "verharding": paving(town, history),
        "verlichting": lights(town, history),
        "bruggen": bridges(town),
        "kademuren": quays(town),
        **pipes,
        "persleiding": pressure_sewer(town),
        "bomen": planted,
        "plantsoen": plants(ground, town, history),
        "waterleiding": water_mains(town, history),
        "gasleiding": gas_mains(town, history),
        "kabels": cables(town, history),
        "warmtenet": heat_net(town, history),
        "topografie": _map(ground, planted),
        "adressen": _addresses(town),
        "buurten": counted,
        "voorzieningen": care_places(town),
        "knelpunten": bottlenecks(town, history),
        "wateroverlast": puddles(town, history),
        "projecten": projects(town, streets),
        "waterbedrijf": water_plans(streets, town.seed),
        "netplannen": power_plans(streets, names, town.seed),
        "warmteplan": heat_plans(streets, town.seed),
        "derden": other_plans(town, streets, names),
        "wensen": wishes(town, history),
    }


def _sections(town: Town) -> gpd.GeoDataFrame:
    """Return the sections with the columns of a road register."""
    made = town.sections[["section", "name", "road_class", "width_m", "geometry"]].copy()
    made["road_class"] = made["road_class"].map(CLASS_NL)
    return made.rename(
        columns={"section": "WVK_ID", "name": "STRAATNAAM", "road_class": "WEGKLASSE", "width_m": "BREEDTE"}
    )


def _addresses(town: Town) -> gpd.GeoDataFrame:
    """Return the addresses: an identification, the street and the use; no house number, no person."""
    found = town.addresses
    return gpd.GeoDataFrame(
        {"identificatie": [f"0999010{number:09d}" for number in range(1, len(found) + 1)],
         "openbareruimte": town.sections["name"].to_numpy()[found["section"].to_numpy()], "gebruiksdoel": found["use"].to_numpy()},
        geometry=found.geometry.to_numpy(), crs=found.crs,
    )  # fmt: skip


def _map(ground: gpd.GeoDataFrame, planted: gpd.GeoDataFrame) -> gpd.GeoDataFrame:
    """Return the map: polygons by class, and the trees as points, with the columns of a BGT export."""
    made = ground.rename(
        columns={
            "class": "klasse",
            "function": "functie",
            "surface": "fysiek_voorkomen",
            "owner": "bronhouder",
            "height": "hoogteligging",
        }
    ).drop(columns="quarter")
    points = gpd.GeoDataFrame(
        {"klasse": "vegetatieobject", "functie": None, "fysiek_voorkomen": None, "bronhouder": "G0999", "hoogteligging": 0, "plus_type": "boom"},
        index=np.arange(len(planted)), geometry=planted.geometry.to_numpy(), crs=planted.crs,
    )  # fmt: skip
    whole = pd.concat([made.assign(plus_type=None), points], ignore_index=True)
    whole.insert(0, "lokaalid", [f"G0999.{number:032x}" for number in range(1, len(whole) + 1)])
    whole["hoogteligging"] = whole["hoogteligging"].astype("int64")
    return whole
