"""Every wish gets an answer: what can carry it, and when. (nl: antwoord op wensen)."""

from collections.abc import Mapping

import geopandas as gpd
import pandas as pd

from koppelkans.context.product import Context
from koppelkans.ground.words import LANGUAGES, say
from koppelkans.rules.openings import opened
from koppelkans.vision.product import Vision

SENTENCES = {
    "rides_along": "Yes, this can ride along: in {year} there is work here ({work}) that helps the ambition {ambition}.",
    "street_opens": "Perhaps: the street opens in {year} ({work}). That work was not meant for this wish, but it is a good moment to join it.",
    "no_carrier": "Not yet: up to and including {last} no work is planned near this wish.",
    "no_place": "We do not know yet to which street this wish belongs.",
}


def answer_wishes(
    context: Context, vision: Vision, plan: pd.DataFrame, *, near_m: float, last_year: int
) -> pd.DataFrame:
    """Return one answer per wish.

    A wish rides along with the first work within `near_m` that serves its ambition; else with the first work that opens
    a section within `near_m`; else it has no carrier, or no place where no section lies within `near_m`.
    """
    done = context.works.merge(plan[["work", "year"]].dropna(subset=["year"]), on="work")
    wishes = context.wishes
    near = _near(wishes.drop(columns="section"), context.sections, near_m)[["wish", "section", "distance_m"]]
    carried = _first(_serving(wishes, done, vision, near_m))
    openings = opened(context.touches, works=context.works)
    open_near = _first(near.merge(openings[["work", "section"]], on="section").merge(done[["work", "year"]], on="work"))
    made = wishes[["wish", "area", "text", "ambition", "section"]].copy()
    made["answer"] = "no_carrier"
    placed = made["section"].notna() | made["wish"].isin(near["wish"])
    made["answer"] = made["answer"].where(placed, "no_place")
    made["answer"] = made["answer"].where(~made["wish"].isin(open_near.index), "street_opens")
    made["answer"] = made["answer"].where(~made["wish"].isin(carried.index), "rides_along")
    chosen = pd.concat([open_near[~open_near.index.isin(carried.index)], carried])
    made = made.merge(chosen[["work", "year"]], left_on="wish", right_index=True, how="left")
    made = made.sort_values("wish", ignore_index=True)
    names = {
        "nl": vision.ambitions.set_index("ambition")["name_nl"].to_dict(),
        "en": vision.ambitions.set_index("ambition")["name_en"].to_dict(),
    }
    works = context.works.set_index("work")["name"].to_dict()
    for lang in LANGUAGES:
        made[f"why_{lang}"] = _sentences(made, works, names[lang], lang=lang, last_year=last_year)
    return made


def _near(wishes: gpd.GeoDataFrame, places: gpd.GeoDataFrame, near_m: float) -> pd.DataFrame:
    """Return the pairs of a wish and a place within a distance, with that distance (m)."""
    points = wishes.loc[~(wishes.geometry.is_empty | wishes.geometry.isna()), ["wish", "ambition", "geometry"]]
    there = places[~(places.geometry.is_empty | places.geometry.isna())]
    pairs = gpd.sjoin(points, there.drop(columns="ambition", errors="ignore"), predicate="dwithin", distance=near_m)
    targets = there.geometry.loc[pairs["index_right"]]
    return pd.DataFrame(pairs.drop(columns="geometry")).assign(
        distance_m=pairs.geometry.distance(targets.set_axis(pairs.index), align=False).to_numpy()
        if len(pairs)
        else pd.Series(dtype="float64")
    )


def _serving(wishes: gpd.GeoDataFrame, done: gpd.GeoDataFrame, vision: Vision, near_m: float) -> pd.DataFrame:
    """Return the works in the programme near a wish that serve its ambition."""
    useful = vision.effects.loc[vision.effects["need_per_unit"] > 0, ["ambition", "kind"]]
    pairs = _near(wishes, done[["work", "kind", "year", "geometry"]], near_m)
    return pairs.merge(useful, on=["ambition", "kind"])


def _first(pairs: pd.DataFrame) -> pd.DataFrame:
    """Return per wish the first work in time, then the nearest, then the first in name."""
    order = pairs.sort_values(["wish", "year", "distance_m", "work"])
    return order.drop_duplicates("wish").set_index("wish")


def _sentences(
    made: pd.DataFrame, works: Mapping[str, str], ambitions: Mapping[str, str], *, lang: str, last_year: int
) -> list[str]:
    """Return the answers in words."""
    columns = (made[name] for name in ("answer", "work", "year", "ambition"))
    return [
        say(
            SENTENCES[answer],
            lang,
            work=works.get(work, ""),
            year=year,
            ambition=ambitions.get(ambition, ambition),
            last=last_year,
        )
        for answer, work, year, ambition in zip(*columns, strict=True)
    ]
