"""Works made of the assets that fall due: quantities, windows, costs, and where they are. (nl: werken uit assets)."""

from dataclasses import dataclass

import numpy as np
import pandas as pd
import shapely

from koppelkans.context.arrays import Ints, Shapes
from koppelkans.context.works.costs import costs, unit_prices, units
from koppelkans.context.works.joining import StreetNetwork, join_assets
from koppelkans.context.works.reasons import derived_reasons, street_words, work_names
from koppelkans.ground.settings import Settings

STUB_M = 10.0
STUB_SHARE = 0.1
"""An asset that reaches less than this (m, share of it) into a next section does not open that section (assumed)."""


@dataclass(frozen=True)
class MadeWorks:
    """Works, the sections that they touch (positions) and the assets that they renew (ids)."""

    works: pd.DataFrame
    touches: pd.DataFrame
    work_assets: pd.DataFrame


def derive_works(
    assets: pd.DataFrame, places: pd.DataFrame, sections: pd.DataFrame, *, streets: StreetNetwork, settings: Settings
) -> MadeWorks:
    """Make works of the assets that are due.

    Parameters
    ----------
    assets
        Those that are due, in order of their ids, with due_year, due_basis, life_years and main section (position).
    places
        item (position in `assets`), section (position), length_m and share: where they lie.
    sections
        Made by `make_sections`.

    Returns
    -------
    Works with the columns of `WORKS`, not yet shaped.
    """
    if assets.empty:
        return _nothing()
    first = settings.horizon.first
    due = assets.assign(
        year=assets["due_year"].clip(lower=first).astype("int64"),
        length_m=assets["length_m"].where(assets["kind"].map(units(settings.kinds)) == "m"),
    )
    label = join_assets(due, streets, part=settings.context)
    lead, group = np.unique(label, return_inverse=True)
    facts = _facts(assets, group, kinds_unit=assets["kind"].map(units(settings.kinds)))
    touched = _touches(places, group, sections)
    facts = facts.join(_where(touched, sections, count=len(lead)))
    works = _works(facts, settings)
    works["geometry"] = gather(assets["geometry"].to_numpy(), group)
    works["work"] = _ids(works)
    touched["work"] = works["work"].to_numpy()[touched["group"]]
    pairs = pd.DataFrame({"work": works["work"].to_numpy()[group], "asset": assets["asset"].to_numpy()})
    return MadeWorks(works, touched[["work", "section", "length_m"]], pairs)


def with_own_ids(made: MadeWorks, *, taken: pd.Series) -> MadeWorks:
    """Return the works with another id for those whose id a planned work has already."""
    clash = set(made.work_assets["work"]) & set(taken)
    if not clash:
        return made
    names = {name: f"{name}-derived" for name in clash}
    return MadeWorks(*(table.replace({"work": names}) for table in (made.works, made.touches, made.work_assets)))


def gather(shapes: Shapes, group: Ints) -> Shapes:
    """Return one geometry per group.

    Lines merged, polygons dissolved, points together, or a collection of what differs.
    """
    parts, owner = shapely.get_parts(shapes, return_index=True)
    order = np.argsort(group[owner], kind="stable")
    parts, owner = parts[order], group[owner][order]
    size = shapely.get_dimensions(parts)
    count = int(owner[-1]) + 1
    low, high = np.full(count, 3), np.full(count, -1)
    np.minimum.at(low, owner, size)
    np.maximum.at(high, owner, size)
    gathered = np.empty(count, dtype=object)
    for dimension, build in enumerate((shapely.multipoints, shapely.multilinestrings, shapely.multipolygons)):
        own = ((low == dimension) & (high == dimension))[owner]
        if own.any():
            which, number = np.unique(owner[own], return_inverse=True)
            gathered[which] = build(parts[own], indices=number)
    mixed = (low != high)[owner]
    if mixed.any():
        which, number = np.unique(owner[mixed], return_inverse=True)
        gathered[which] = shapely.geometrycollections(parts[mixed], indices=number)
    lines, flat = (low == 1) & (high == 1), (low == 2) & (high == 2)  # noqa: PLR2004
    gathered[lines] = shapely.line_merge(gathered[lines])
    gathered[flat] = shapely.buffer(gathered[flat], 0)
    return gathered


def _nothing() -> MadeWorks:
    """Return no works."""
    touches = pd.DataFrame({"work": [], "section": [], "length_m": []}).astype({"work": "str", "section": "int64"})
    return MadeWorks(pd.DataFrame({"geometry": []}), touches, pd.DataFrame({"work": [], "asset": []}, dtype="str"))


def _facts(assets: pd.DataFrame, group: Ints, *, kinds_unit: pd.Series) -> pd.DataFrame:
    """Return per work what its assets tell together."""
    measured, assumed = assets["due_basis"] == "measured", assets["due_basis"] == "assumed"
    inspected = assets["condition"].notna()
    table = pd.DataFrame(
        {
            "owner": assets["owner"], "kind": assets["kind"], "system": assets["system"],
            "length_m": assets["length_m"], "area_m2": assets["area_m2"], "pieces": assets["pieces"], "unit": kinds_unit,
            "built_low": assets["built_year"].astype("Float64"), "built_high": assets["built_year"].astype("Float64"),
            "life_low": assets["life_years"], "life_high": assets["life_years"], "condition": assets["condition"],
            "criticality": assets["criticality"], "assets": 1, "inspected": inspected.astype("int64"),
            "measured": measured.astype("int64"), "assumed": assumed.astype("int64"),
        }
    )  # fmt: skip
    ways = {
        "owner": "first", "kind": "first", "system": "first", "unit": "first", "built_low": "min", "built_high": "max",
        "life_low": "min", "life_high": "max", "condition": "max", "criticality": "max",
    }  # fmt: skip
    by_group = table.groupby(group)
    totals = by_group[["length_m", "area_m2"]].sum(min_count=1)
    counts = by_group[["pieces", "assets", "inspected", "measured", "assumed"]].sum()
    facts = pd.concat([by_group.agg(ways), totals, counts], axis=1)
    facts["quantity"] = _quantity(facts)
    facts["due_year"] = _median_year(assets, group)
    worst = assets.assign(group=group)[inspected.to_numpy()].sort_values(
        ["group", "condition", "condition_year"], ascending=[True, False, False], kind="stable"
    )
    facts["condition_year"] = worst.drop_duplicates("group").set_index("group")["condition_year"].reindex(facts.index)
    facts["source"] = _sources(assets["source"].to_numpy(dtype=object), group)
    return facts


def _sources(source: Shapes, group: Ints) -> pd.Series:
    """Return the sources of each work, in order of name."""
    each = pd.DataFrame({"group": group, "source": source}).drop_duplicates().sort_values(["group", "source"])
    many = each["group"].duplicated(keep=False)
    joined = each[many].groupby("group")["source"].agg(", ".join)
    return pd.concat([each[~many].set_index("group")["source"], joined]).sort_index()


def _quantity(facts: pd.DataFrame) -> pd.Series:
    """Return the quantity in the unit of the kind."""
    pieces = facts["pieces"].astype("float64")
    return facts["length_m"].where(facts["unit"] == "m", facts["area_m2"].where(facts["unit"] == "m2", pieces))


def _median_year(assets: pd.DataFrame, group: Ints) -> pd.Series:
    """Return the year in which half of a work, by length, area or number, was due."""
    size = assets["length_m"].fillna(assets["area_m2"]).fillna(assets["pieces"]).to_numpy(dtype=float)
    table = pd.DataFrame({"group": group, "year": assets["due_year"].to_numpy(), "size": np.maximum(size, 1e-6)})
    table = table.sort_values(["group", "year"], kind="stable")
    passed = table.groupby("group")["size"].cumsum()
    whole = table.groupby("group")["size"].transform("sum")
    return table[passed >= whole / 2 - 1e-9].drop_duplicates("group").set_index("group")["year"].astype("Int64")


def _touches(places: pd.DataFrame, group: Ints, sections: pd.DataFrame) -> pd.DataFrame:
    """Return which works (group) touch which sections (position), and with what length (m) at most that of the section."""
    best = places.groupby("item")["share"].transform("max")
    long_enough = (places["length_m"] >= STUB_M) | (places["length_m"].isna() & (places["share"] >= STUB_SHARE))
    kept = places[long_enough | (places["share"] >= best)].assign(group=lambda table: group[table["item"]])
    by_pair = kept.groupby(["group", "section"])
    found = by_pair[["share"]].sum().assign(length_m=by_pair["length_m"].sum(min_count=1)).reset_index()
    longest = sections["length_m"].to_numpy()[found["section"]]
    return found.assign(length_m=found["length_m"].clip(upper=longest))


def _where(touched: pd.DataFrame, sections: pd.DataFrame, *, count: int) -> pd.DataFrame:
    """Return per work its main section and its streets, the one with most of it first."""
    ordered = touched.assign(street=sections["name"].to_numpy()[touched["section"]]).sort_values(
        ["group", "share", "section"], ascending=[True, False, True]
    )
    main = ordered.drop_duplicates("group").set_index("group")["section"]
    streets = street_words(ordered["group"].to_numpy(), ordered["street"])
    ids = sections["section"].to_numpy()
    index = pd.RangeIndex(count)
    return pd.DataFrame({"section": pd.Series(ids[main], index=main.index).reindex(index)}).join(streets)


def _works(facts: pd.DataFrame, settings: Settings) -> pd.DataFrame:
    """Return works with windows, costs and reasons."""
    kinds, first, last = settings.kinds, settings.horizon.first, settings.horizon.last
    best = facts["due_year"].clip(lower=first, upper=last).astype("int64")
    early = facts["kind"].map({name: kind.early_years for name, kind in kinds.items()}).astype("int64")
    late = facts["kind"].map({name: kind.late_years for name, kind in kinds.items()}).astype("int64")
    behind = (facts["due_year"] < first).to_numpy()
    last_chance = (best + late).where(~behind, (best + late).clip(lower=first + settings.context.backlog_years - 1))
    money = costs(facts["kind"], facts["quantity"], prices=unit_prices(settings))
    works = facts.assign(
        origin="derived",
        certainty="voornemen",
        earliest_year=(best - early).clip(lower=first),
        best_year=best,
        latest_year=last_chance.clip(upper=last),
        cost_eur=money["cost_eur"],
        cost_basis=money["cost_basis"],
        digs=facts["kind"].map({name: kind.digs for name, kind in kinds.items()}),
        resurfaces=facts["kind"].map({name: kind.resurfaces for name, kind in kinds.items()}),
        mandatory=False,
    )
    works["name"] = work_names(works, kinds=kinds, lang=settings.city.lang)
    return works.assign(**derived_reasons(works, kinds=kinds, first=first))


def _ids(works: pd.DataFrame) -> pd.Series:
    """Return ids that say kind, main section and best year, with a number where that is not enough."""
    stem = works["kind"] + "-" + works["section"] + "-" + works["best_year"].astype("str")
    again = stem.groupby(stem).cumcount()
    return stem.where(again == 0, stem + "-" + (again + 1).astype("str"))
