"""What the map page knows: the tables of a plan with their places, as small plain data. (nl: gegevens van de kaart)."""

from typing import Any

import geopandas as gpd
import numpy as np
import numpy.typing as npt
import pandas as pd
import shapely

from koppelkans.ground.columns import ANSWER_WORDS, CERTAINTY_WORDS, ROAD_WORDS
from koppelkans.ground.crs import leave
from koppelkans.ground.settings import SYSTEMS
from koppelkans.ground.words import say
from koppelkans.opportunities.kinds import KINDS
from koppelkans.programme.other_years import forbidden_words
from koppelkans.report.chapters.page_one import pairs
from koppelkans.report.names import fund_names
from koppelkans.report.plan import Plan

MOST_ASSETS = 60_000
"""With more assets than this the map shows them per section and system, for a browser has to hold them all."""
MOST_SHAPES = 60_000
"""With more shapes of topography than this the smallest are left out behind the map."""
BACKDROPS = pd.Series(["other", "green", "water", "road", "building"], dtype="str")
SYSTEM_KEYS = pd.Series(SYSTEMS, dtype="str")
Places = npt.NDArray[np.object_]
STEPS_PER_DEGREE = 1_000_000
"""Coordinates are kept in millionths of a degree: 0.11 m north-south and 0.07 m east-west in the Netherlands."""
Texts = dict[str, list[Any]]
Geometries = npt.NDArray[np.object_]
PROPOSED = "proposed_work"
"""Kind under which proposed works stand on the map, among the chances."""


def facts(plan: Plan, lang: str) -> dict[str, Any]:
    """Return everything that the page shows, as plain JSON values.

    Rows point at rows of other tables by their number.
    """
    tables = {
        "areas": _areas(plan),
        "sections": _sections(plan, lang),
        "needs": _needs(plan),
        "ambitions": plan.vision.ambitions[[f"name_{lang}"]].set_axis(["name"], axis=1),
        "kinds": _kinds(plan, lang),
        "parties": plan.context.parties[["party", "name", "kind", "contact"]],
        "works": _works(plan, lang),
        "other_years": _other_years(plan, lang),
        "touches": _touches(plan),
        "plans": _plans(plan),
        "open": _open(plan),
        "bundles": _bundles(plan),
        "split": _split(plan),
        "finds": _finds(plan, lang),
        "wishes": _wishes(plan, lang),
        "calls": _calls(plan, lang),
        "assets": assets(plan, kinds=_kind_keys(plan)),
        "backdrop": backdrop(plan.context.backdrop),
    }
    return {"about": about(plan, lang), "tables": {name: packed(_out(table)) for name, table in tables.items()}}


def about(plan: Plan, lang: str) -> dict[str, Any]:
    """Return city, years, price level, sources, assumptions and rows set aside of a plan."""
    settings, context, trace = plan.settings, plan.context, plan.programme.trace
    read = context.understood[["source", "rows", "read", "set_aside", "licence"]]
    money, funds = plan.programme.money, fund_names(plan, lang)
    assumed = money.loc[money["basis"] == "assumed", "fund"].unique()
    return {
        "city": settings.city.name,
        "lang": lang,
        "first": settings.horizon.first,
        "last": settings.horizon.last,
        "price_year": settings.city.price_year,
        "version": trace.version,
        "gap": trace.gap,
        "notes": list(trace.notes),
        "sources": read.astype("object").where(read.notna(), None).to_dict("records"),
        "set_aside": len(context.set_aside),
        "assumed_funds": sorted(funds[fund] for fund in assumed),
        "weights_set_by": settings.weighing.set_by,
        "find_kinds": _find_kinds(plan, lang),
        "account": account_facts(plan, lang),
    }


ON_THE_MAP = ("investment_eur", "charged_eur", "uncovered_eur", "saving_eur")
"""Figures of the account beside the map, over all years and per year."""
ON_TOP = "on_top_assumed_eur"
"""Figure that is told with them over all years: it counts in none of them."""


def account_facts(plan: Plan, lang: str) -> dict[str, Any]:
    """Return the figures of the account beside the map, over all years and per year."""
    names, told = list(ON_THE_MAP), plan.account.figures.set_index("figure")[f"name_{lang}"]
    by_year = plan.account.years.set_index("year")[names]
    return {
        "names": {key: told.get(key, key) for key in (*names, ON_TOP)},
        "all": {key: plan.account.whole(key) for key in (*names, ON_TOP)},
        "years": {str(year): dict(zip(names, map(int, row), strict=True)) for year, *row in by_year.itertuples()},
    }


def _out(table: pd.DataFrame) -> pd.DataFrame:
    """Return a table with its geometry in longitude and latitude."""
    return leave(table) if isinstance(table, gpd.GeoDataFrame) else table


def _kind_keys(plan: Plan) -> pd.Series:
    """Return every kind of work and asset that occurs, in the order of the settings, then those they do not know."""
    met = set(plan.context.works["kind"]) | set(plan.context.assets["kind"])
    known = [kind for kind in plan.settings.kinds if kind in met]
    return pd.Series([*known, *sorted(met - set(known))], dtype="str")


def _kinds(plan: Plan, lang: str) -> pd.DataFrame:
    """Return the kinds with their name, unit and system."""
    keys, known = _kind_keys(plan), plan.settings.kinds
    rows = [
        (getattr(known[key], lang), known[key].unit, known[key].system) if key in known else (key, "", "other")
        for key in keys
    ]
    return pd.DataFrame(rows, columns=["name", "unit", "system"])


def _areas(plan: Plan) -> gpd.GeoDataFrame:
    """Return the areas with the figures of their programme and the place of their name."""
    areas = plan.context.areas
    told = plan.areas.summary.set_index("area").reindex(areas["area"])
    names = [
        "works",
        "bundles",
        "openings",
        "apart_openings",
        "investment_eur",
        "saving_eur",
    ]
    wished = plan.areas.wish_counts.dropna(subset=["area"]).set_index("area").reindex(areas["area"])
    places = leave(
        gpd.GeoDataFrame(geometry=shapely.point_on_surface(areas.geometry.to_numpy()), crs=areas.crs)
    ).geometry
    figures = {name: told[name].astype("Int64").to_numpy() for name in names}
    figures |= {name: wished[name].astype("Int64").to_numpy() for name in ("wishes", *ANSWER_WORDS)}
    labels = {"lon": places.x.round(6).to_numpy(), "lat": places.y.round(6).to_numpy()}
    shown = areas[["name", "inhabitants"]].assign(**figures, **labels)
    return gpd.GeoDataFrame(shown, geometry=drawn(areas.geometry, 1.0), crs=areas.crs)


def _sections(plan: Plan, lang: str) -> gpd.GeoDataFrame:
    """Return the sections with what one opening costs."""
    sections = plan.context.sections
    opening = plan.appraisal.openings.set_index("section")["opening_eur"].reindex(sections["section"])
    shown = pd.DataFrame(
        {
            "id": sections["section"],
            "name": sections["name"],
            "area": rows_of(sections["area"], plan.context.areas["area"]),
            "road": sections["road_class"].map({key: say(word, lang) for key, word in ROAD_WORDS.items()}),
            "length": sections["length_m"].round(),
            "addresses": sections["addresses"],
            "rest": sections["rest_years"],
            "opening": opening.astype("Int64").to_numpy(),
            "kept": sections["section"].isin(plan.kept_back).astype("int64"),
        }
    )
    return gpd.GeoDataFrame(shown, geometry=drawn(sections.geometry, 0.2), crs=sections.crs)


def _needs(plan: Plan) -> pd.DataFrame:
    """Return the need per section and ambition."""
    needs = plan.opportunities.section_needs
    return pd.DataFrame(
        {
            "section": rows_of(needs["section"], plan.context.sections["section"]),
            "ambition": rows_of(needs["ambition"], plan.vision.ambitions["ambition"]),
            "score": needs["need_score"].round(2),
        }
    )


def _works(plan: Plan, lang: str) -> pd.DataFrame:
    """Return the works with their year, their window, and why."""
    works, context = plan.context.works, plan.context
    planned = plan.programme.plan.set_index("work").reindex(works["work"]).reset_index()
    ranks = plan.weighing.ranking.set_index("work").reindex(works["work"]).reset_index()
    return pd.DataFrame(
        {
            "name": works["name"],
            "key": works["work"],
            "owner": rows_of(works["owner"], context.parties["party"]),
            "kind": rows_of(works["kind"], _kind_keys(plan)),
            "theirs": works["origin"] == "third_party",
            "certainty": works["certainty"].map({key: say(word, lang) for key, word in CERTAINTY_WORDS.items()}),
            "earliest": works["earliest_year"],
            "best": works["best_year"],
            "latest": works["latest_year"],
            "due": works["due_year"],
            "quantity": works["quantity"].round(),
            "cost": works["cost_eur"],
            "basis": works["cost_basis"],
            "mandatory": works["mandatory"],
            "why": works[f"why_{lang}"],
            "year": planned["year"],
            "bundle": rows_of(planned["bundle"], plan.programme.bundles["bundle"]),
            "shift": planned["shift_years"],
            "why_year": planned[f"why_{lang}"],
            "rank": ranks["rank"].astype("Int64"),
            "board_rank": ranks["board_rank"].astype("Int64"),
            "board_reason": works["work"].map(plan.weighing.overrules.set_index("work")["reason"]),
        }
    )


def _other_years(plan: Plan, lang: str) -> pd.DataFrame:
    """Return what the years of the window of each work would cost, for works that have more years than one."""
    table = plan.programme.other_years
    table = table[table.groupby("work")["year"].transform("size") > 1]
    return pd.DataFrame(
        {
            "work": rows_of(table["work"], plan.context.works["work"]),
            "year": table["year"],
            "extra": table["extra_eur"],
            "forbidden": pd.Series(forbidden_words(table, lang=lang), index=table.index, dtype="str").replace("", None),
        }
    )


def _touches(plan: Plan) -> pd.DataFrame:
    """Return which work opens which section."""
    touches = plan.context.touches
    return pd.DataFrame(
        {
            "work": rows_of(touches["work"], plan.context.works["work"]),
            "section": rows_of(touches["section"], plan.context.sections["section"]),
        }
    )


def _plans(plan: Plan) -> gpd.GeoDataFrame:
    """Return the places of third parties' plans."""
    works = plan.context.works
    rows = np.flatnonzero(works["origin"] == "third_party")
    return gpd.GeoDataFrame({"work": rows}, geometry=drawn(works.geometry.iloc[rows], 0.5), crs=works.crs)


def _open(plan: Plan) -> pd.DataFrame:
    """Return which section is open in which year."""
    opened = plan.programme.open
    sections = rows_of(opened["section"], plan.context.sections["section"])
    saved = plan.account.saved_here()
    here = [saved.get(key, 0) for key in zip(opened["section"], opened["year"], strict=True)]
    known = {name: opened[name] for name in ("year", "works", "owners", "breach")}
    return pd.DataFrame({"section": sections} | known | {"saving": here})


def _bundles(plan: Plan) -> pd.DataFrame:
    """Return the bundles."""
    bundles = plan.programme.bundles
    figures = ["year", "works", "owners", "sections", "saving_eur", "nuisance_saved_eur"]
    area = rows_of(bundles["area"], plan.context.areas["area"])
    return pd.DataFrame({"name": bundles["name"], "area": area} | {name: bundles[name] for name in figures})


def _split(plan: Plan) -> pd.DataFrame:
    """Return what each owner pays for opening in each bundle, apart and together."""
    shares = plan.programme.split
    bundle = rows_of(shares["bundle"], plan.programme.bundles["bundle"])
    owner = rows_of(shares["owner"], plan.context.parties["party"])
    return pd.DataFrame({"bundle": bundle, "owner": owner, "apart": shares["apart_eur"], "fair": shares["fair_eur"]})


def _find_kinds(plan: Plan, lang: str) -> list[dict[str, str]]:
    """Return the kinds of chances and clashes that were found, with their name, in the order in which they are looked for."""
    pairs = _shown_finds(plan, lang)[["side", "kind"]].drop_duplicates().sort_values(["side", "kind"])
    names = {kind.name: str(getattr(kind, lang)) for kind in KINDS} | {PROPOSED: say("proposed work", lang)}
    order = {name: position for position, name in enumerate(names)}
    met = sorted(
        zip(pairs["side"], pairs["kind"], strict=True), key=lambda pair: (pair[0], order.get(pair[1], len(order)))
    )
    return [{"kind": kind, "side": side, "name": names.get(kind, kind.replace("_", " "))} for side, kind in met]


def _shown_finds(plan: Plan, lang: str) -> gpd.GeoDataFrame:
    """Return the finds, and behind them the proposed works as chances of which no euros count."""
    finds, proposals, years = plan.opportunities.finds, plan.opportunities.proposals, plan.settings.years
    told = proposals[["area", "need_score", f"why_{lang}", "geometry"]].rename(columns={"need_score": "score"})
    told = told.assign(kind=PROPOSED, side="chance", first_year=years.first, last_year=years.last)
    return finds if told.empty else gpd.GeoDataFrame(pd.concat([finds, told], ignore_index=True), crs=proposals.crs)


def _finds(plan: Plan, lang: str) -> gpd.GeoDataFrame:
    """Return the chances and clashes, and the proposed works, as points."""
    finds = _shown_finds(plan, lang)
    order = pd.Series([pair["kind"] for pair in _find_kinds(plan, lang)], dtype="str")
    shown = pd.DataFrame(
        {
            "kind": rows_of(finds["kind"], order),
            "section": rows_of(finds["section"], plan.context.sections["section"]),
            "area": rows_of(finds["area"], plan.context.areas["area"]),
            "first": finds["first_year"],
            "last": finds["last_year"],
            "amount": finds["amount_eur"],
            "score": finds["score"].round(2),
            "why": finds[f"why_{lang}"],
        }
    )
    return gpd.GeoDataFrame(shown, geometry=along(finds.geometry), crs=finds.crs)


def _wishes(plan: Plan, lang: str) -> gpd.GeoDataFrame:
    """Return the wishes with their answer."""
    wishes = plan.context.wishes
    told = plan.areas.answers.set_index("wish").reindex(wishes["wish"]).reset_index()
    shown = pd.DataFrame(
        {
            "text": wishes["text"],
            "section": rows_of(wishes["section"], plan.context.sections["section"]),
            "area": rows_of(wishes["area"], plan.context.areas["area"]),
            "asked": wishes["year"],
            "answer": told["answer"],
            "named": told["street"],
            "why": told[f"why_{lang}"],
            "year": told["year"].astype("Int64"),
        }
    )
    return gpd.GeoDataFrame(shown, geometry=along(wishes.geometry), crs=wishes.crs)


def _calls(plan: Plan, lang: str) -> pd.DataFrame:
    """Return the phone list; of each pair of parties the call that page one prints leads."""
    calls, parties = plan.alignment.calls, plan.context.parties["party"]
    both, leading = ["party", "other_party"], pairs(plan)
    names = {"first_year": "first", "last_year": "last", "saving_eur": "saving", f"terms_{lang}": "terms"}
    return (
        calls[["contact", "streets", *names]]
        .rename(columns=names)
        .assign(
            party=rows_of(calls["party"], parties),
            other=rows_of(calls["other_party"], parties),
            leads=pd.MultiIndex.from_frame(calls[both]).isin(pd.MultiIndex.from_frame(leading[both])),
        )
    )


def drawn(places: gpd.GeoSeries, tolerance_m: float) -> Places:
    """Return places without bends smaller than the tolerance (m)."""
    return np.asarray(shapely.simplify(places.to_numpy(), tolerance_m), dtype=object)


def along(places: gpd.GeoSeries) -> Places:
    """Return one point per place.

    Points themselves, halfway a line, inside a polygon; none where unknown.
    """
    whole = np.asarray(places.to_numpy(), dtype=object)
    made = shapely.point_on_surface(whole)
    lines = shapely.get_type_id(whole) == shapely.GeometryType.LINESTRING
    made[lines] = shapely.line_interpolate_point(whole[lines], 0.5, normalized=True)
    return np.asarray(made, dtype=object)


def backdrop(shapes: gpd.GeoDataFrame) -> gpd.GeoDataFrame:
    """Return the largest `MOST_SHAPES` of the topography, with the number of their kind."""
    order = np.argsort(-shapely.area(shapes.geometry.to_numpy()), kind="stable")[:MOST_SHAPES]
    kept = shapes.iloc[np.sort(order)]
    return gpd.GeoDataFrame(
        {"kind": rows_of(kept["kind"], BACKDROPS)}, geometry=drawn(kept.geometry, 0.3), crs=shapes.crs
    )


def assets(plan: Plan, *, kinds: pd.Series) -> gpd.GeoDataFrame:
    """Return the assets with the year in which they are due; summed where there are many."""
    held = plan.context.assets
    if len(held) > MOST_ASSETS:
        return _rolled(plan)
    sections, parties = plan.context.sections["section"], plan.context.parties["party"]
    shown = pd.DataFrame(
        {
            "kind": rows_of(held["kind"], kinds),
            "owner": rows_of(held["owner"], parties),
            "system": rows_of(held["system"], SYSTEM_KEYS),
            "section": rows_of(held["section"], sections),
            "built": held["built_year"],
            "due": held["due_year"],
            "condition": held["condition"].round(1),
            "material": held["material"],
            "length": held["length_m"].round(),
            "number": held["pieces"],
        }
    )
    return gpd.GeoDataFrame(shown, geometry=drawn(held.geometry, 0.3), crs=held.crs)


def _rolled(plan: Plan) -> gpd.GeoDataFrame:
    """Return per section and system how many assets there are and when the first is due."""
    held, sections = plan.context.assets, plan.context.sections
    some = held[held["section"].notna()]
    made = (
        some.groupby(["section", "system"], sort=True, observed=True)
        .agg(
            kind=("kind", "nunique"),
            built=("built_year", "min"),
            due=("due_year", "min"),
            condition=("condition", "max"),
            length=("length_m", "sum"),
            number=("pieces", "sum"),
        )
        .reset_index()
    )
    shown = pd.DataFrame(
        {
            "kind": -1,
            "owner": -1,
            "system": rows_of(made["system"], SYSTEM_KEYS),
            "section": rows_of(made["section"], sections["section"]),
            "built": made["built"],
            "due": made["due"],
            "condition": made["condition"].round(1),
            "material": pd.Series([None] * len(made), dtype="str"),
            "length": made["length"].round(),
            "number": made["number"],
        }
    )
    nowhere = np.full(len(made), None, dtype=object)  # the page takes the place of the section
    return gpd.GeoDataFrame(shown, geometry=nowhere, crs=sections.crs)


def packed(frame: pd.DataFrame) -> dict[str, Any]:
    """Return a frame as plain lists per column; geometry must be in longitude and latitude.

    A text column becomes its different texts (`texts`) and per row which of them (`at`, -1 for unknown). Numbers that are
    unknown become None.
    """
    columns = {name: _column(frame[name]) for name in frame.columns if name != "geometry"}
    made: dict[str, Any] = {"rows": len(frame), "columns": columns}
    if "geometry" in frame.columns:
        made["geometry"] = shapes(np.asarray(frame["geometry"].array, dtype=object))
    return made


def rows_of(values: pd.Series, keys: pd.Series) -> npt.NDArray[np.int64]:
    """Return for each value the row of the table in which it is the key; -1 where it is unknown."""
    return np.asarray(pd.Index(keys).get_indexer(pd.Index(values)), dtype=np.int64)


def shapes(values: Geometries) -> dict[str, list[int]]:
    """Return geometries as flat lists of whole numbers.

    `kinds` per row: 0 points, 1 lines, 2 polygons, -1 nothing; of a mixed collection only the parts of the highest kind.
    `parts` per row, `paths` per part (rings of a polygon), `sizes` per path, and the steps in `x` and `y` from each
    coordinate to the next.
    """
    parts, of_row = _parts(values)
    kinds = np.full(len(values), -1, dtype=np.int64)
    np.maximum.at(kinds, of_row, shapely.get_dimensions(parts))
    kept = shapely.get_dimensions(parts) == kinds[of_row]
    parts, of_row = parts[kept], of_row[kept]
    paths, of_part = _paths(parts)
    coordinates, of_path = shapely.get_coordinates(paths, return_index=True)
    steps = np.rint(coordinates * STEPS_PER_DEGREE).astype(np.int64)
    steps = np.diff(steps, axis=0, prepend=np.zeros((1, 2), dtype=np.int64))
    return {
        "kinds": kinds.tolist(),
        "parts": np.bincount(of_row, minlength=len(values)).tolist(),
        "paths": np.bincount(of_part, minlength=len(parts)).tolist(),
        "sizes": np.bincount(of_path, minlength=len(paths)).tolist(),
        "x": steps[:, 0].tolist(),
        "y": steps[:, 1].tolist(),
    }


def _parts(values: Geometries) -> tuple[Geometries, npt.NDArray[np.intp]]:
    """Return all single, filled geometries and the row that each belongs to."""
    parts, of_row = shapely.get_parts(values, return_index=True)
    singles, of_part = shapely.get_parts(parts, return_index=True)  # a collection may hold multi-parts
    filled = ~shapely.is_empty(singles)
    return singles[filled], of_row[of_part][filled]


def _paths(parts: Geometries) -> tuple[Geometries, npt.NDArray[np.intp]]:
    """Return the paths of single geometries (rings of polygons, others themselves) and the part that each belongs to."""
    polygons = np.flatnonzero(shapely.get_dimensions(parts) == 2)  # noqa: PLR2004 - a polygon has two dimensions
    others = np.flatnonzero(shapely.get_dimensions(parts) < 2)  # noqa: PLR2004
    rings, of_polygon = shapely.get_rings(parts[polygons], return_index=True)
    paths = np.concatenate([rings, parts[others]])
    of_part = np.concatenate([polygons[of_polygon], others])
    order = np.argsort(of_part, kind="stable")
    return paths[order], of_part[order]


def _column(values: pd.Series) -> list[Any] | Texts:
    """Return one column as plain JSON values."""
    if pd.api.types.is_bool_dtype(values.dtype):
        return list(values.astype("int64"))
    if pd.api.types.is_numeric_dtype(values.dtype):
        return list(values.astype("object").where(values.notna(), None))
    codes, found = pd.factorize(values)
    return {"texts": [str(text) for text in found], "at": codes.tolist()}
