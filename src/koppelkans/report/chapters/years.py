"""What opens when and where: the map, the years, and the streets that lie open. (nl: jaren en straten)."""

import geopandas as gpd
import pandas as pd
import shapely

from koppelkans.ground.horizon import Horizon
from koppelkans.ground.words import number, say
from koppelkans.report.document import Block, Heading, Picture, Sentence, Table
from koppelkans.report.names import area_names, called, many, party_names, work_names
from koppelkans.report.paper import first_rows, paper
from koppelkans.report.pictures.charts import open_years
from koppelkans.report.pictures.plan_map import MapFrame, draw_map, frame_of
from koppelkans.report.pictures.work_years import busy_years
from koppelkans.report.plan import Plan

MOST_ROWS, LARGEST = 28, 2
CAPTION = "Streets in the colour of the year in which they first open. Wide lines: two or more works share one opening."
HIGHEST_CITY, HIGHEST = 500, 520
"""Height (px) of the map of the city, and of that of an area, which stands on the first page under the figures."""
MOST_LIMITS, MOST_BUNDLES = 12, 18


def yearly(plan: Plan, lang: str) -> list[Block]:
    """Return the works per area, owner and year, the sums and the largest works of each year."""
    return [
        Heading(say("Programme per year", lang)),
        *_busy(plan, lang),
        _sums(plan, lang),
        Heading(say("The largest works of each year", lang), 2),
        _largest(plan, lang),
    ]


def _busy(plan: Plan, lang: str) -> list[Block]:
    """Return the picture per area (where there are areas) and per owner."""
    done = plan.programme.plan.dropna(subset=["year"])[["work", "year"]].astype({"year": "int64"})
    owners = done.merge(plan.context.works[["work", "owner"]], on="work")
    owners["label"] = called(owners["owner"], party_names(plan))
    made = [(say("Works per owner and year.", lang), owners)]
    if len(plan.context.areas):
        placed = done.merge(plan.context.touches, on="work").merge(
            pd.DataFrame(plan.context.sections[["section", "area"]]), on="section"
        )
        placed = placed.dropna(subset=["area"]).drop_duplicates(["work", "area"])
        placed["label"] = called(placed["area"], area_names(plan))
        made.insert(0, (say("Works per area and year. A work in two areas counts in both.", lang), placed))
    blocks: list[Block] = []
    for caption, rows in made:
        if len(rows):
            counts = rows.groupby(["label", "year"]).size().rename("works").reset_index()
            busiest = (
                counts.groupby("label")["works"].sum().sort_values(ascending=False, kind="stable").index[:MOST_ROWS]
            )
            shown = counts[counts["label"].isin(busiest)]
            blocks.append(
                Picture(busy_years(shown, years=plan.settings.years, lang=lang), _told(shown, caption, lang), caption)
            )
    return blocks


def _told(counts: pd.DataFrame, caption: str, lang: str) -> str:
    """Return the picture in words: the busiest row and year."""
    top = counts.sort_values(["works", "label", "year"], ascending=[False, True, True]).iloc[0]
    return (
        caption
        + " "
        + say(
            "Busiest: {label} in {year} with {works} works.",
            lang,
            label=top["label"],
            year=int(top["year"]),
            works=int(top["works"]),
        )
    )


def _sums(plan: Plan, lang: str) -> Table:
    """Return the sums per year."""
    programme = plan.programme
    done = programme.plan.dropna(subset=["year"])
    years = pd.DataFrame(index=pd.Index(plan.settings.years.years, name="year"))
    years["works"] = done.groupby("year").size()
    years["bundles"] = programme.bundles.groupby("year").size()
    years["openings"] = programme.open.groupby("year").size()
    money = plan.account.years.set_index("year")
    years["investment"], years["saving"] = money["investment_eur"], money["saving_eur"]
    years = years.fillna(0).astype("int64")
    rows = [*years.itertuples(name=None), (say("Together", lang), *years.sum())]
    amounts = ("works", "bundles", "openings", "investment", "saved")
    asked = (("programme.plan.year", 1.0), *((f"paper.{name}", 1.4) for name in amounts))
    return paper(rows, asked, say("Sums per year", lang), lang, total=True)


def _largest(plan: Plan, lang: str) -> Block:
    """Return the dearest works of each year, with why they stand there."""
    done = plan.programme.plan.dropna(subset=["year"]).merge(plan.context.works[["work", "name", "owner"]], on="work")
    done = done.sort_values(["year", "cost_eur", "work"], ascending=[True, False, True])
    top = done.groupby("year").head(LARGEST)
    if top.empty:
        return Sentence(say("No work has a year.", lang))
    shown = top[["year", "name", "owner", "cost_eur", f"why_{lang}"]].assign(
        year=top["year"].astype("object").mask(top["year"].duplicated(), ""),
        name=called(top["work"], work_names(plan)),
        owner=called(top["owner"], party_names(plan)),
    )
    asked = (
        "programme.plan.year", ("context.works.name", 2.2), ("context.works.owner", 1.3), "programme.plan.cost_eur",
        ("paper.why_this_year", 3.2),
    )  # fmt: skip
    return paper(shown, asked, say("The two dearest works of each year; all works stand in the workbook.", lang), lang)


def where(plan: Plan, lang: str) -> list[Block]:
    """Return the map of the whole city."""
    years = plan.settings.years
    sections = opened_sections(plan, years)
    heading = Heading(say("Map of the programme", lang))
    if sections.empty:
        return [heading, Sentence(say("No street is known.", lang))]
    frame, outside = frame_of(sections)
    shown = MapFrame(sections, plan.context.areas, plan.context.backdrop, years, frame=frame, highest=HIGHEST_CITY)
    caption = say(CAPTION, lang)
    if outside:
        far = many(
            outside,
            "One piece of street lies outside this map.",
            "{count} pieces of street lie outside this map.",
            lang,
        )
        caption += " " + far
    return [heading, Picture(draw_map(shown, lang=lang), told(sections, years, lang), caption)]


def opened_sections(plan: Plan, years: Horizon) -> gpd.GeoDataFrame:
    """Return the sections with the first year in which they open.

    And the most works in one opening.
    """
    opened = plan.programme.open[plan.programme.open["year"].between(years.first, years.last)]
    first = opened.groupby("section").agg(year=("year", "min"), works=("works", "max"))
    sections = plan.context.sections[["section", "name", "area", "geometry"]].copy()
    sections["year"] = sections["section"].map(first["year"]).astype("Int64")
    sections["works"] = sections["section"].map(first["works"]).astype("Int64")
    return sections


def told(sections: gpd.GeoDataFrame, years: Horizon, lang: str) -> str:
    """Return the map in words."""
    return say(
        "Map: {part} of {whole} pieces of street open in {first} to {last}; in {shared} of them works share one opening.",
        lang,
        part=number(int(sections["year"].notna().sum()), lang),
        whole=number(len(sections), lang),
        first=years.first,
        last=years.last,
        shared=number(int((sections["works"] > 1).sum()), lang),
    )


def area_map(plan: Plan, area: str, *, years: Horizon, lang: str) -> list[Block]:
    """Return the map of one area.

    Without polygons that of the whole city; nothing where nothing has a place.
    """
    sections = opened_sections(plan, years)
    areas = plan.context.areas
    found = areas.loc[areas["area"] == area].geometry.to_numpy()
    focus = shapely.union_all(found) if len(found) and not shapely.is_empty(found).all() else None
    inside = sections[sections["area"] == area] if focus is not None else sections
    frame = None if focus is None else focus.bounds
    if len(inside):
        frame, _ = frame_of(inside)
    if frame is None:
        return []
    shown = MapFrame(
        sections, areas, plan.context.backdrop, years, focus=focus, frame=frame, names="streets", highest=HIGHEST
    )
    return [Picture(draw_map(shown, lang=lang), told(inside, years, lang), say(CAPTION, lang))]


def streets(plan: Plan, lang: str) -> list[Block]:
    """Return how many streets lie open per year, against the limits."""
    opened, years = plan.programme.open, plan.settings.years
    heading = Heading(say("Open streets", lang))
    if opened.empty:
        return [heading, Sentence(say("No street opens in these years.", lang))]
    breaches = int(opened["breach"].sum())
    rest = (
        say("No street is dug up within the graafrust after new paving of this programme.", lang)
        if breaches == 0
        else many(
            breaches,
            "Once a street is dug up within the graafrust after new paving. The workbook names it.",
            "{count} times a street is dug up within the graafrust after new paving. The workbook names them.",
            lang,
        )
    )
    busiest = opened.groupby("year").size()
    alt = say(
        "Chart: pieces of street that lie open per year; most in {year}: {count}.",
        lang,
        year=int(busiest.idxmax()),
        count=int(busiest.max()),
    )
    caption = say(
        "Pieces of street that lie open per year. The stripe: how many openings it would be if each work came alone.",
        lang,
    )
    return [
        heading,
        Picture(open_years(opened, years=years, lang=lang), alt, caption),
        Sentence(rest),
        *_limits(plan, lang),
    ]


def _limits(plan: Plan, lang: str) -> list[Block]:
    """Return the busiest year of each limit."""
    table = plan.programme.streets
    if table.empty:
        return []
    top = table.sort_values(["limit", "open_sections", "year"], ascending=[True, False, True]).drop_duplicates("limit")
    given = top["basis"] == "given"
    top = top.assign(
        share=(top["open_sections"] / top["most"].clip(lower=1)).where(given, 0.0),
        most=top["most"].astype("Int64").where(given),
    ).sort_values(["share", "limit"], ascending=[False, True])
    shown = top[["limit", "year", "open_sections", "most", "basis"]].assign(
        limit=called(top["limit"], area_names(plan)), year=top["year"].astype("str")
    )
    asked = (
        ("paper.area_or_detour", 2.4), ("paper.busiest_year", 1.0), ("paper.open_then", 1.0),
        ("programme.streets.most", 1.0), ("paper.limit_is", 1.4),
    )  # fmt: skip
    caption = say("Pieces of street open at the same time, against the limit", lang)
    return first_rows(shown, asked, caption, lang, most=MOST_LIMITS, sheet=say("Open streets", lang))


def bundles(plan: Plan, lang: str) -> list[Block]:
    """Return the bundles that save most."""
    table = plan.programme.bundles.sort_values(["saving_eur", "bundle"], ascending=[False, True])
    heading = Heading(say("Bundles: works that share an opened street", lang))
    if table.empty:
        return [heading, Sentence(say("No two works share an opened street in this programme.", lang))]
    shown = table[["name", "year", "works", "owners", "apart_eur", "together_eur", "saving_eur"]]
    asked = (
        ("paper.streets", 1.0), "programme.streets.year", "paper.works", "paper.parties_count", "paper.apart",
        "paper.together", "paper.saved",
    )  # fmt: skip
    intro = say(
        "Opening a street costs the same for one work as for three: set up the site, close the road, take up the paving and lay it back. Who shares an opening pays it once. “Apart” and “together” are the cost of opening only.",
        lang,
    )
    caption, sheet = say("The bundles that save most", lang), say("Bundles", lang)
    return [heading, Sentence(intro), *first_rows(shown, asked, caption, lang, most=MOST_BUNDLES, sheet=sheet)]
