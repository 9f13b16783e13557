"""What the map page tells: the tables of the plan in the language of the reader, as small as they can be. (nl: feiten)."""

from typing import Any

import geopandas as gpd
import numpy as np
import pandas as pd
import shapely

from koppelkans.ground.columns import CERTAINTY_WORDS, ROAD_WORDS
from koppelkans.ground.crs import leave
from koppelkans.ground.words import say
from koppelkans.opportunities.kinds import KINDS
from koppelkans.programme.other_years import forbidden_words
from koppelkans.report.names import fund_names
from koppelkans.report.page.pack import packed, rows_of
from koppelkans.report.page.places import along, assets, backdrop, drawn
from koppelkans.report.plan import Plan


def facts(plan: Plan, lang: str) -> dict[str, Any]:
    """Return everything that the page shows as plain JSON values; rows point at rows of other tables by their number."""
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
    """Return what the page says of itself: city, years, price level, sources, what was assumed and what was set aside."""
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
        "internal": bool((context.works["origin"] == "third_party").any()),
        "version": trace.version,
        "gap": trace.gap,
        "notes": list(trace.notes),
        "sources": read.astype("object").where(read.notna(), None).to_dict("records"),
        "set_aside": len(context.set_aside),
        "assumed_funds": sorted(funds[fund] for fund in assumed),
        "weights_set_by": settings.weighing.set_by,
        "find_kinds": _find_kinds(plan, lang),
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
    names = ["works", "bundles", "openings", "apart_openings", "cost_eur", "saving_eur", "wishes", "wishes_carried"]
    places = leave(
        gpd.GeoDataFrame(geometry=shapely.point_on_surface(areas.geometry.to_numpy()), crs=areas.crs)
    ).geometry
    figures = {name: told[name].astype("Int64").to_numpy() for name in names}
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
    return pd.DataFrame({"section": sections} | {name: opened[name] for name in ("year", "works", "owners", "breach")})


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
    pairs = plan.opportunities.finds[["side", "kind"]].drop_duplicates().sort_values(["side", "kind"])
    names = {kind.name: str(getattr(kind, lang)) for kind in KINDS}
    order = {name: position for position, name in enumerate(names)}
    met = sorted(
        zip(pairs["side"], pairs["kind"], strict=True), key=lambda pair: (pair[0], order.get(pair[1], len(order)))
    )
    return [{"kind": kind, "side": side, "name": names.get(kind, kind.replace("_", " "))} for side, kind in met]


def _finds(plan: Plan, lang: str) -> gpd.GeoDataFrame:
    """Return the chances and clashes as points."""
    finds = plan.opportunities.finds
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
            "why": told[f"why_{lang}"],
            "year": told["year"].astype("Int64"),
        }
    )
    return gpd.GeoDataFrame(shown, geometry=along(wishes.geometry), crs=wishes.crs)


def _calls(plan: Plan, lang: str) -> pd.DataFrame:
    """Return the phone list."""
    calls, parties = plan.alignment.calls, plan.context.parties["party"]
    return pd.DataFrame(
        {
            "party": rows_of(calls["party"], parties),
            "other": rows_of(calls["other_party"], parties),
            "contact": calls["contact"],
            "streets": calls["streets"],
            "first": calls["first_year"],
            "last": calls["last_year"],
            "saving": calls["saving_eur"],
            "terms": calls[f"terms_{lang}"],
        }
    )
