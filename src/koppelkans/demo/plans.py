"""What others plan, as rough as they tell it: water, gas, power, heat, telecom, housing. (nl: plannen van derden)."""

import geopandas as gpd
import numpy as np
import pandas as pd
import shapely

from koppelkans.demo.areas import area_of_cell
from koppelkans.demo.history import smooth
from koppelkans.demo.lines import Numbers, Shapes, Wholes
from koppelkans.demo.plan import CRS, dice
from koppelkans.demo.town import Town

FIRST, LAST = 2027, 2041
LONGEST_M = 520.0
"""Longest street (m) that is one plan; longer ones are main roads."""
SKETCH_M = 320.0
"""Street (m) in one sketch of the grid operator."""
GLASS_EUR_M, FLAT_EUR = 45, 28_000
SURE = ("wens", "voornemen", "gepland", "vast")


def street_table(town: Town, history: pd.DataFrame) -> gpd.GeoDataFrame:
    """Return one row per street with homes.

    Name, quarter, years of its nets, length, and its line.
    """
    frame = town.sections[["name", "street", "quarter", "road_class", "length_m", "width_m", "geometry"]].join(
        history[["era", "living", "street_year", "sewer", "water", "gas", "power", "paving"]]
    )
    frame = frame[frame["living"] & (frame["quarter"] >= 0)]
    frame["area"] = area_of_cell(town)[frame["quarter"].to_numpy()]
    frame["flow"] = smooth(town.sections, seed=town.seed, topic="plans", scale_m=260.0)[frame.index]
    streets = frame.dissolve(
        "street",
        aggfunc={"name": "first", "quarter": "first", "area": "first", "era": "first", "road_class": "first", "length_m": "sum",
                 "width_m": "mean", "flow": "mean", "street_year": "min", "sewer": "min", "water": "min", "gas": "min",
                 "power": "min", "paving": "min"},
    ).reset_index()  # fmt: skip
    streets.geometry = shapely.line_merge(streets.geometry.to_numpy())
    return streets[(streets["length_m"] < LONGEST_M) & ~streets["name"].duplicated(keep=False)].reset_index(drop=True)


def water_plans(streets: gpd.GeoDataFrame, seed: int) -> pd.DataFrame:
    """Return the plans of the water company: streets with old mains, in loose words.

    By name, a period in words and money as text.
    """
    rng = dice(seed, "water plans")
    due = streets["water"] + 60
    chosen = streets[(streets["water"] < 1977) & (due <= LAST) & (rng.uniform(size=len(streets)) < 0.5)]
    first = np.clip(
        due[chosen.index].to_numpy() + np.round(4 * (chosen["flow"].to_numpy() - 0.5)), FIRST + 1, LAST - 4
    ).astype(int)
    span = rng.integers(2, 5, len(chosen))
    cost = np.round(chosen["length_m"].to_numpy() * rng.uniform(170, 240, len(chosen)), -3).astype(int)
    dotted = np.array(["€ " + f"{amount:,}".replace(",", ".") + ",-" for amount in cost], dtype=object)
    return pd.DataFrame(
        {
            "Projectnr": [f"WB-{number:04d}" for number in range(101, 101 + len(chosen))],
            "Straat": chosen["name"].to_numpy(),
            "Omschrijving": "Vervangen asbestcement " + chosen["name"].to_numpy(),
            "Periode": _periods(first, first + span, rng),
            "Status": np.array(["Idee", "Concept", "Voorlopig", "Definitief"])[_sureness(first, rng)],
            "Raming": np.where(np.arange(len(cost)) % 3 == 0, dotted, cost.astype(str)),
            "Meters": np.round(chosen["length_m"].to_numpy()).astype(int),
        }
    )


def power_plans(streets: gpd.GeoDataFrame, names: list[str], seed: int) -> gpd.GeoDataFrame:
    """Return the sketches of the grid operator: blobs round streets, with a rough period.

    Streets that need thicker cables.
    """
    rng = dice(seed, "power plans")
    need = streets["era"].map({"1930": 0.5, "1955": 0.75, "1968": 0.8, "1978": 0.7, "1900": 0.4}).fillna(0.1)
    local = (streets["road_class"] != "main").to_numpy()
    drawn = streets[local & (rng.uniform(size=len(streets)) < need.to_numpy())].copy()
    drawn["part"] = (drawn.groupby("area")["length_m"].cumsum() // SKETCH_M).astype(int) + 1
    drawn["sketch"] = shapely.buffer(shapely.simplify(drawn.geometry.to_numpy(), 3.0), 4.5, quad_segs=2)
    grouped = drawn.set_geometry("sketch", crs=CRS).drop(columns="geometry").dissolve(
        ["area", "part"], aggfunc={"length_m": "sum", "flow": "mean"}
    ).reset_index()  # fmt: skip
    first = np.clip(
        FIRST + np.round(11 * grouped["flow"].to_numpy() + rng.normal(0, 1.0, len(grouped))), FIRST, LAST - 3
    ).astype(int)
    label = "Verzwaren laagspanning " + np.array(names, dtype=object)[grouped["area"].to_numpy()]
    shapes = shapely.simplify(grouped.geometry.to_numpy(), 2.0)
    return gpd.GeoDataFrame(
        {"plan": [f"NO-{number:04d}" for number in range(1, len(grouped) + 1)],
         "omschrijving": label + " deel " + grouped["part"].astype(str).to_numpy(),
         "van": first, "tot": first + rng.integers(2, 5, len(grouped)),
         "zekerheid": np.array(SURE)[_sureness(first, rng)], "kabel_m": np.round(grouped["length_m"].to_numpy() * 1.1)},
        geometry=shapes, crs=CRS,
    )  # fmt: skip


def heat_plans(streets: gpd.GeoDataFrame, seed: int) -> gpd.GeoDataFrame:
    """Return the plans of the heat company: streets of the sixties and fifties, phase by phase."""
    rng = dice(seed, "heat plans")
    fits = streets["era"].isin(["1968", "1955"]) & (streets["length_m"] > 60)
    chosen = streets[fits & (streets["flow"] > streets.loc[fits, "flow"].quantile(0.35))]
    phase = np.floor(3.99 * (1 - chosen["flow"].to_numpy())).astype(int)
    return gpd.GeoDataFrame(
        {"trace_id": [f"WA-{number:04d}" for number in range(1, len(chosen) + 1)], "straat": chosen["name"].to_numpy(),
         "vroegst": 2029 + phase, "uiterlijk": 2032 + phase, "stadium": np.where(phase == 0, "gepland", "voornemen"),
         "lengte": np.round(chosen["length_m"].to_numpy() * rng.uniform(0.9, 1.1, len(chosen)))},
        geometry=chosen.geometry.to_numpy(), crs=CRS,
    )  # fmt: skip


def other_plans(town: Town, streets: gpd.GeoDataFrame, names: list[str]) -> gpd.GeoDataFrame:
    """Return one list of all other plans: gas, telecom, housing corporation, water board."""
    rng = dice(town.seed, "other plans")
    rows = pd.concat([_gas(streets, rng), _glass(streets), _flats(town, names), _banks(town)], ignore_index=True)
    first, last = rows.pop("first").to_numpy(dtype=np.int64), rows.pop("last").to_numpy(dtype=np.int64)
    made = rows.assign(periode=_periods(first, last, rng), zekerheid=np.array(SURE)[_sureness(first, rng)])
    made["graven"] = np.where(made["werk"] == "renovatie", "nee", "ja")
    made.insert(0, "nr", range(1, len(made) + 1))
    return gpd.GeoDataFrame(made, geometry="geometry", crs=CRS)


def _gas(streets: gpd.GeoDataFrame, rng: np.random.Generator) -> pd.DataFrame:
    """Return the steel gas mains that are to go."""
    chosen = streets[(streets["gas"] < 1974) & (rng.uniform(size=len(streets)) < 0.5)]
    due = chosen["gas"].to_numpy() + 56 + np.round(3 * chosen["flow"].to_numpy())
    first = np.clip(due, FIRST, LAST - 4).astype(np.int64)
    label = "Sanering stalen gasleiding " + chosen["name"].to_numpy()
    cost = np.round(chosen["length_m"].to_numpy() * rng.uniform(150, 210, len(chosen)), -2)
    return _listed(("Netbeheer Overland", "gas"), label, chosen.geometry.to_numpy(), (first, first + 3), cost)


def _glass(streets: gpd.GeoDataFrame) -> pd.DataFrame:
    """Return where glass fibre comes: a few streets per quarter."""
    chosen = streets[streets["era"].isin(["1992", "2008", "1900"])].groupby("area").head(2)
    first = np.full(len(chosen), FIRST + 1)
    label = "Aanleg glasvezel " + chosen["name"].to_numpy()
    cost = np.round(chosen["length_m"].to_numpy() * GLASS_EUR_M, -2)
    return _listed(("Glasnet", "glasvezel"), label, chosen.geometry.to_numpy(), (first, first + 2), cost)


def _flats(town: Town, names: list[str]) -> pd.DataFrame:
    """Return the flats that the housing corporation renovates; the street stays closed."""
    flats = town.buildings[(town.buildings["homes"] >= 10) & town.buildings["era"].isin(["1955", "1968"])]
    chosen = flats.head(max(2, len(town.buildings) // 400))
    first = FIRST + 1 + np.arange(len(chosen), dtype=np.int64) % 8
    quarter = np.array(names, dtype=object)[area_of_cell(town)[chosen["quarter"].to_numpy()]]
    place = shapely.centroid(chosen.geometry.to_numpy())
    cost = chosen["homes"].to_numpy() * FLAT_EUR
    return _listed(
        ("Woningstichting De Haard", "renovatie"), "Renovatie flat " + quarter, place, (first, first + 2), cost
    )


def _banks(town: Town) -> pd.DataFrame:
    """Return what the water board does along the longest banks."""
    edge = shapely.get_parts(shapely.boundary(town.water))
    longest = edge[np.argsort(-shapely.length(edge), kind="stable")[:2]]
    place = shapely.line_interpolate_point(longest, 0.3, normalized=True)
    first = np.full(len(place), FIRST + 3)
    label = np.array(["Vernieuwen beschoeiing", "Verbreden oever"], dtype=object)[: len(place)]
    return _listed(("Waterschap L. Venen", "oever"), label, place, (first, first + 2), np.full(len(place), np.nan))


def _listed(
    who: tuple[str, str], label: Shapes, place: Shapes, years: tuple[Wholes, Wholes], cost: Numbers
) -> pd.DataFrame:
    """Return rows of the list for one party and its kind of work; costs that are not told are unknown."""
    (party, kind), (first, last) = who, years
    return pd.DataFrame(
        {"partij": party, "werk": kind, "omschrijving": label, "first": first, "last": last, "raming": cost.astype(float), "geometry": place}
    )  # fmt: skip


def _periods(first: Wholes, last: Wholes, rng: np.random.Generator) -> Shapes:
    """Return periods as people write them."""
    one, two = first.astype(str).astype(object), last.astype(str).astype(object)
    way = rng.integers(0, 6, len(first))
    return np.asarray(np.select([way == 0, way == 1], [one + " t/m " + two, one + " – " + two], one + "-" + two))


def _sureness(first: Wholes, rng: np.random.Generator) -> Wholes:
    """Return how sure a plan is (0 wish – 3 firm): the sooner, the surer."""
    sure = np.round(3.2 - (first - FIRST) / 3.2 + rng.normal(0, 0.5, len(first)))
    return np.clip(sure, 0, 3).astype(np.int64)
