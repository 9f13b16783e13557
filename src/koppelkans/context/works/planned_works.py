"""Planned works of the city and third parties, with their windows completed. (nl: geplande werken)."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import geopandas as gpd
import numpy as np
import pandas as pd
import shapely

from koppelkans.context.amounts import with_real_costs
from koppelkans.context.arrays import Shapes
from koppelkans.context.assets import known_kinds
from koppelkans.context.city import City, faults_of, rows_of
from koppelkans.context.history import as_then
from koppelkans.context.parties import under_one_name
from koppelkans.context.reading.windows import FIRST_DAY, LAST_DAY
from koppelkans.context.streets.assigning import nearest, place
from koppelkans.context.works.costs import costs, unit_prices, units
from koppelkans.context.works.joined_works import joined_works, with_keys
from koppelkans.context.works.reasons import planned_reasons
from koppelkans.ground.errors import Fault, InputError
from koppelkans.ground.horizon import Horizon
from koppelkans.ground.overlay import overlaps, size
from koppelkans.ground.settings import FILE_NAME, Party, Settings, WorkKind
from koppelkans.ground.words import Phrase

ORIGIN = {"works": "planned", "plans": "third_party"}
CERTAINTY = {"planned": "gepland", "third_party": "voornemen"}
"""How certain a work is where its source does not say (assumed)."""
PROJECTS = ("housing",)
"""Kinds of which a point on the map is a project, not one piece."""
LEAST_TOUCH_M = 10.0
LEAST_TOUCH_SHARE = 0.1
"""A work that reaches less than this into a section (m of a line, share of the section of a polygon) does not open it (assumed)."""


@dataclass(frozen=True)
class PlannedWorks:
    """Planned works, the sections they touch, and their faults.

    `works` has the columns of `WORKS` but reasons, `touches` positions and `length_m`.
    """

    works: gpd.GeoDataFrame
    touches: pd.DataFrame
    faults: list[Fault]


def registered_works(city: City) -> tuple[gpd.GeoDataFrame, list[Fault]]:
    """Return every work and plan with a complete window and its key, and the faults.

    Of the roles `works` and `plans`. `first_day` and `last_day` are unknown where the file names no days.

    Raises
    ------
    InputError
        Where there are more than one run takes.
    """
    settings = city.settings
    parts = [rows_of(city, role).assign(origin=origin) for role, origin in ORIGIN.items()]
    rows = pd.concat([part for part in parts if len(part)] or parts[:1], ignore_index=True)
    if len(rows) > settings.context.most_works:
        found = Phrase("{n} works and plans", n=len(rows))
        wanted = Phrase("at most {n}: take a part of the city or of the years by `only` of the source, or raise `context.most_works`", n=settings.context.most_works)  # fmt: skip
        raise InputError([Fault(FILE_NAME, found, wanted, column="context.most_works", fatal=True)])
    rows, undated = as_then(city, rows, "work")
    rows, faults = known_kinds(city, rows, kinds=settings.kinds)
    faults += undated
    rows["work"] = _unique(rows)
    rows["certainty"] = rows["certainty"].fillna(rows["origin"].map(CERTAINTY))
    rows, spent = with_real_costs(city, rows)
    faults += spent
    rows = complete(rows, kinds=settings.kinds, horizon=settings.years)
    return with_keys(dated(city, rows)).assign(owner=under_one_name(rows["owner"], settings.parties)), faults


def gather_works(city: City) -> tuple[gpd.GeoDataFrame, list[Fault]]:
    """Return works and plans whose window meets the horizon, and the faults of the others.

    What a person called one work is one.
    """
    settings = city.settings
    rows, faults = registered_works(city)
    rows, told = joined_works(city, rows)
    faults += told
    outside = (rows["latest_year"] < settings.horizon.first) | (rows["earliest_year"] > settings.horizon.last)
    faults += _outside(city, rows[outside])
    kept = rows[~outside].sort_values("work", ignore_index=True)
    first, last = settings.horizon.first, settings.horizon.last
    for column in ("earliest_year", "best_year", "latest_year"):
        kept[column] = kept[column].clip(lower=first, upper=last).astype("int64")
    return kept, faults


def planned_works(
    city: City, gathered: tuple[gpd.GeoDataFrame, Sequence[Fault]], sections: pd.DataFrame, *, reach_m: float
) -> PlannedWorks:
    """Return gathered works with the sections that they touch, quantities, costs, reasons."""
    settings, kept, faults = city.settings, gathered[0], list(gathered[1])
    touches = _touches(kept.geometry.to_numpy(), sections["geometry"].to_numpy(), settings=settings, reach_m=reach_m)
    apart = kept[~np.isin(np.arange(len(kept)), touches["item"])]
    said = [Phrase("work {work}", work=work) for work in apart["work"]]
    faults += faults_of(
        city, apart, found=said, wanted=Phrase("a place near a street; it opens none"), column="geometry"
    )
    works = _completed(kept, touches, sections, settings)
    touches["work"] = works["work"].to_numpy()[touches["item"]]
    return PlannedWorks(works, touches[["work", "section", "length_m"]], faults)


def covered_by(
    works: gpd.GeoDataFrame, touches: pd.DataFrame, due: pd.DataFrame, *, settings: Settings
) -> pd.DataFrame:
    """Return the due assets that planned works renew already.

    Same owner and kind, same section, near, windows that meet.

    Parameters
    ----------
    due
        Due assets with asset, owner, kind, section (position), due_year and geometry.

    Returns
    -------
    work and asset, each asset at most once: with the work that is nearest in time.
    """
    kinds, first = settings.kinds, settings.horizon.first
    own = works[["work", "owner", "kind", "earliest_year", "best_year", "latest_year"]].merge(touches, on="work")
    pairs = (
        due[["owner", "kind", "section", "due_year"]]
        .assign(item=np.arange(len(due)))
        .merge(own, on=["owner", "kind", "section"])
    )
    year = pairs["due_year"].clip(lower=first).astype("int64")
    low = year - pairs["kind"].map({name: kind.early_years for name, kind in kinds.items()}).astype("int64")
    high = year + pairs["kind"].map({name: kind.late_years for name, kind in kinds.items()}).astype("int64")
    behind = (pairs["due_year"] < first).to_numpy(dtype=bool)
    high = high.where(~behind, high.clip(lower=first + settings.context.backlog_years - 1))
    pairs = pairs.assign(apart=(pairs["best_year"] - year).abs())
    pairs = pairs[(low <= pairs["latest_year"]) & (high >= pairs["earliest_year"])]
    shape_of = works.set_index("work").geometry
    ones = due["geometry"].to_numpy()[pairs["item"]]
    near = shapely.dwithin(ones, shape_of.reindex(pairs["work"]).to_numpy(), settings.context.join_gap_m)
    best = pairs[near].sort_values(["item", "apart", "work"]).drop_duplicates("item")
    return pd.DataFrame({"work": best["work"].to_numpy(), "asset": due["asset"].to_numpy()[best["item"]]})


def with_covered(
    works: gpd.GeoDataFrame, pairs: pd.DataFrame, due: pd.DataFrame, *, parties: Sequence[Party]
) -> gpd.GeoDataFrame:
    """Return planned works with the state of the assets that they renew, and reasons.

    Of these assets the due year, worst condition and criticality.
    """
    table = pairs.merge(due[["asset", "due_year", "condition", "criticality"]], on="asset").groupby("work")
    told = pd.DataFrame(
        {
            "due_year": table["due_year"].median().round().astype("Int64"), "condition": table["condition"].max(),
            "most": table["criticality"].max(), "covered": table.size(),
        }
    ).reindex(works["work"])  # fmt: skip
    told.index = works.index
    whole = works.assign(
        due_year=told["due_year"],
        condition=told["condition"],
        criticality=np.fmax(works["criticality"], told["most"].fillna(0.0)),
        covered=told["covered"].fillna(0).astype("int64"),
    )
    return whole.assign(**planned_reasons(whole, parties=parties))


def dated(city: City, rows: gpd.GeoDataFrame) -> gpd.GeoDataFrame:
    """Return works with `first_day` and `last_day`, where their file names them."""
    days = (FIRST_DAY, LAST_DAY)
    parts = [
        layer[["row", *(day for day in days if day in layer.columns)]].assign(source=source.name)
        for role in ORIGIN
        for source, layer in city.of_role(role)
        if "row" in layer.columns
    ]
    known = pd.concat([pd.DataFrame({"source": [], "row": []}), *parts], ignore_index=True)
    known = known.reindex(columns=["source", "row", *days]).drop_duplicates(["source", "row"])
    at = pd.MultiIndex.from_frame(rows[["source", "row"]])
    found = known.set_index(["source", "row"]).reindex(at)
    return rows.assign(**{day: pd.to_datetime(found[day]).astype("datetime64[s]").to_numpy() for day in days})


def _unique(rows: pd.DataFrame) -> pd.Series:
    """Return an id for each work: its own, behind its source where two share one, and numbered where that is not enough."""
    double = rows["work"].duplicated(keep=False)
    own = rows["work"].where(~double, rows["source"] + ":" + rows["work"])
    order = rows.sort_values(["source", "row"]).index
    again = own.loc[order].groupby(own.loc[order]).cumcount().reindex(rows.index)
    return own.where(again == 0, own + "#" + (again + 1).astype("str"))


def _outside(city: City, rows: pd.DataFrame) -> list[Fault]:
    """Return the faults of works that lie wholly outside the horizon."""
    first, last = city.settings.horizon.first, city.settings.horizon.last
    said = [Phrase("window {a}-{b}", a=a, b=b) for a, b in zip(rows["earliest_year"], rows["latest_year"], strict=True)]
    return faults_of(city, rows, found=said, wanted=Phrase("a window that meets {a}-{b}; left out", a=first, b=last))


def _touches(shapes: Shapes, sections: Shapes, *, settings: Settings, reach_m: float) -> pd.DataFrame:
    """Return item, section and length_m: lines along which they lie, polygons that they overlap, else the nearest section."""
    flat = shapely.get_dimensions(shapes) == 2  # noqa: PLR2004
    lines = place(shapes[~flat], sections, reach_m=reach_m)
    lines["item"] = np.flatnonzero(~flat)[lines["item"]]
    best = lines.groupby("item")["share"].transform("max")
    lines = lines[(lines["length_m"] >= LEAST_TOUCH_M) | (lines["share"] >= best)]
    items = np.flatnonzero(flat)
    common = overlaps(sections, shapes[items])
    share = common.measure / size(sections)[common.one]
    areas = pd.DataFrame({"item": items[common.other], "section": common.one, "share": share})
    largest = areas.groupby("item")["share"].transform("max")
    areas = areas[(areas["share"] >= LEAST_TOUCH_SHARE) | (areas["share"] >= largest)]
    rest = np.setdiff1d(np.arange(len(shapes)), np.r_[lines["item"], areas["item"]])
    beside = nearest(shapes[rest], sections, reach_m=settings.context.sections.near_m)
    sketch = pd.DataFrame({"item": rest, "section": beside})[beside >= 0]
    whole = pd.concat(
        [lines[["item", "section", "length_m"]], areas.assign(length_m=np.nan), sketch.assign(length_m=np.nan)]
    )
    return whole[["item", "section", "length_m"]].sort_values(["item", "section"], ignore_index=True)


def _completed(
    rows: gpd.GeoDataFrame, touches: pd.DataFrame, sections: pd.DataFrame, settings: Settings
) -> gpd.GeoDataFrame:
    """Return works with quantity, cost, what they do to the street, and why."""
    kinds = settings.kinds
    unit = rows["kind"].map(units(kinds))
    measured, rough = _quantities(rows, unit, touches, sections)
    quantity = rows["quantity"].fillna(measured)
    money = costs(rows["kind"], quantity, prices=unit_prices(settings))
    guess = (rough & rows["quantity"].isna()).to_numpy() & money["cost_eur"].notna().to_numpy()
    basis = money["cost_basis"].where(~guess, "assumed").where(rows["cost_eur"].isna(), "measured")
    return rows.assign(
        system=rows["kind"].map({name: kind.system for name, kind in kinds.items()}),
        name=_names(rows, streets=sections["name"], settings=settings),
        length_m=quantity.where(unit == "m"),
        area_m2=quantity.where(unit == "m2"),
        pieces=quantity.where(unit == "piece").round().astype("Int64"),
        quantity=quantity,
        unit=unit,
        cost_eur=rows["cost_eur"].astype("Int64").fillna(money["cost_eur"]),
        cost_basis=basis,
        digs=_flag(rows["digs"], rows["kind"].map({name: kind.digs for name, kind in kinds.items()})),
        resurfaces=_flag(rows["resurfaces"], rows["kind"].map({name: kind.resurfaces for name, kind in kinds.items()})),
        mandatory=_flag(rows["mandatory"], pd.Series(data=False, index=rows.index)),
        criticality=rows["kind"].map({name: kind.criticality for name, kind in kinds.items()}).astype("float64"),
        due_year=pd.Series(pd.NA, index=rows.index, dtype="Int64"),
        condition=np.nan,
    )


def _quantities(
    rows: gpd.GeoDataFrame, unit: pd.Series, touches: pd.DataFrame, sections: pd.DataFrame
) -> tuple[pd.Series, pd.Series]:
    """Return quantities measured on the map, and where they come from a sketch: from the sections that it touches."""
    shapes = rows.geometry.to_numpy()
    dimension = shapely.get_dimensions(shapes)
    street = touches.assign(
        m=sections["length_m"].to_numpy()[touches["section"]],
        m2=sections["paved_m2"].to_numpy()[touches["section"]],
        width=sections["width_m"].to_numpy()[touches["section"]],
    )
    street["m2"] = street["m2"].where(street["length_m"].isna(), street["length_m"] * street["width"])
    along = street.groupby("item")[["m", "m2"]].sum(min_count=1).reindex(range(len(rows)))
    area = np.where(dimension == 2, shapely.area(shapes), np.inf)  # noqa: PLR2004
    road = np.minimum(area, along["m2"].fillna(np.inf))
    lengths = np.where(dimension == 1, shapely.length(shapes), np.where(dimension == 2, along["m"], np.nan))  # noqa: PLR2004
    areas = np.where(rows["kind"] == "green", area, np.where(dimension == 0, np.nan, road))
    counted = (dimension == 0) & ~rows["kind"].isin(PROJECTS).to_numpy()
    pieces = np.where(counted, shapely.get_num_coordinates(shapes), np.nan)
    quantity = np.select([unit == "m", unit == "m2"], [lengths, areas], pieces)
    rough = (dimension == 2) & (unit == "m") | (unit == "m2") & (areas != area)  # noqa: PLR2004
    return pd.Series(np.where(np.isfinite(quantity), quantity, np.nan), index=rows.index), pd.Series(
        rough, index=rows.index
    )


def _names(rows: pd.DataFrame, *, streets: pd.Series, settings: Settings) -> pd.Series:
    """Return the names: kind and id where the file gives none, and the kind before a name that is only that of a street."""
    spoken = {name: kind.nl if settings.city.lang == "nl" else kind.en for name, kind in settings.kinds.items()}
    kinds = rows["kind"].map(spoken).str.capitalize()
    bare = rows["name"].isin(streets.dropna())
    return rows["name"].where(~bare, kinds + " " + rows["name"]).fillna(kinds + " " + rows["work"])


def _flag(given: pd.Series, usual: pd.Series) -> pd.Series:
    """Return yes or no: as given, else as usual."""
    return given.astype("boolean").fillna(usual.astype("boolean")).astype("bool")


FIRM, WISH = "vast", "wens"
YEARS = ("earliest_year", "best_year", "latest_year")


def complete(rows: pd.DataFrame, *, kinds: Mapping[str, WorkKind], horizon: Horizon) -> pd.DataFrame:
    """Return works with complete windows in whole years, and which part was given.

    `told` says it. What is missing comes from the best year and the years that the kind may be early or late; a firm
    work (vast) with one year keeps that year. Without a best year it is the middle of the window, or the one year
    that is known. A work without any year becomes a wish (wens) over the whole horizon.

    Returns
    -------
    The rows with earliest_year, best_year and latest_year (int64), certainty, and told (`window`, `part` or `none`).
    """
    early, best, late = (rows[name].astype("Float64").to_numpy(dtype=float, na_value=np.nan) for name in YEARS)
    known = (~np.isnan(np.stack([early, best, late]))).sum(axis=0)
    whole = ~np.isnan(early) & ~np.isnan(late)
    firm = (rows["certainty"] == FIRM).to_numpy() & ~whole
    before = rows["kind"].map({name: kind.early_years for name, kind in kinds.items()}).to_numpy(dtype=float)
    after = rows["kind"].map({name: kind.late_years for name, kind in kinds.items()}).to_numpy(dtype=float)
    middle = np.where(whole, np.floor((early + late) / 2), np.where(np.isnan(early), late, early))
    best = np.where(np.isnan(best), middle, best)
    first = np.where(np.isnan(early), best - np.where(firm, 0, before), early)
    last = np.where(np.isnan(late), best + np.where(firm, 0, after), late)
    first, last = np.fmin(first, last), np.fmax(first, last)
    best = np.clip(best, first, last)
    none = known == 0
    ends = (horizon.first, (horizon.first + horizon.last) // 2, horizon.last)
    made = {
        name: np.where(none, end, value).astype("int64")
        for name, end, value in zip(YEARS, ends, (first, best, last), strict=True)
    }
    return rows.assign(
        **made,
        certainty=rows["certainty"].where(~none, WISH),
        told=np.select([none, whole], ["none", "window"], "part"),
    )
