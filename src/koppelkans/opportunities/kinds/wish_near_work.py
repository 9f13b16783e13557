"""Chance: a wish of residents near a work. (nl: wens bij werk)."""

import pandas as pd
import shapely

from koppelkans.ground.words import number, say
from koppelkans.opportunities.kind import FindKind, KindInputs
from koppelkans.opportunities.lookup import look_up
from koppelkans.opportunities.sentences import years
from koppelkans.opportunities.telling import who

NEAR = "The wish “{wish}” lies {distance} m from work of {who} in {years}: give it along."
NAMED = "The wish “{wish}” is about {street}. There is work there of {who} in {years}: give it along."


def find(ground: KindInputs) -> pd.DataFrame:
    """Return per wish the works in its street, and without a name within reach, nearest first."""
    near = _near(ground)
    window = ground.works.set_index("work")
    near = near.assign(
        first=look_up(near["work"], window["earliest_year"]), last=look_up(near["work"], window["latest_year"])
    )
    group = near.groupby("wish", as_index=False).agg(
        works=("work", list), first_year=("first", "min"), last_year=("last", "max"), quantity=("distance_m", "min")
    )
    place = ground.wishes.set_index("wish").loc[group["wish"]]
    made = group.assign(
        key=group["wish"],
        wishes=[[wish] for wish in group["wish"]],
        section=place["section"].to_numpy(),
        area=place["area"].to_numpy(),
        strength=ground.part.near_m / (ground.part.near_m + group["quantity"]),
        geometry=place.geometry.to_numpy(),
    )
    called = ground.wish_sections[ground.wish_sections["named"]].drop_duplicates("wish").set_index("wish")["street"]
    for lang in ("nl", "en"):
        made[f"why_{lang}"] = [
            say(
                NAMED if wish in called.index else NEAR,
                lang,
                wish=text,
                street=called.get(wish, ""),
                distance=number(distance, lang),
                who=who(ground.names, works, lang),
                years=years(first, last),
            )
            for wish, text, distance, works, first, last in zip(
                made["key"],
                place["text"],
                made["quantity"],
                made["works"],
                made["first_year"],
                made["last_year"],
                strict=True,
            )
        ]
    return made


def _near(ground: KindInputs) -> pd.DataFrame:
    """Return the pairs of wish and work that belong together, with their distance (m), per wish the nearest first."""
    wishes, works, own = ground.wishes, ground.works, ground.wish_sections
    about = wishes[~wishes["wish"].isin(own.loc[own["named"], "wish"])]
    tree = shapely.STRtree(works.geometry.to_numpy())
    one, other = tree.query(about.geometry.to_numpy(), predicate="dwithin", distance=ground.part.near_m)
    reach = pd.DataFrame({"wish": about["wish"].to_numpy()[one], "work": works["work"].to_numpy()[other]})
    street = own[["wish", "section"]].merge(ground.touches[["work", "section"]], on="section")[["wish", "work"]]
    pairs = pd.concat([reach, street], ignore_index=True).drop_duplicates()
    points = look_up(pairs["wish"], wishes.set_index("wish").geometry).to_numpy()
    lines = look_up(pairs["work"], works.set_index("work").geometry).to_numpy()
    pairs["distance_m"] = shapely.distance(points, lines)
    known = pairs[pairs["distance_m"].notna()]
    return known.sort_values(["wish", "distance_m", "work"], ignore_index=True)


WISH_NEAR_WORK = FindKind(
    name="wish_near_work",
    side="chance",
    nl="wens bij werk",
    en="wish near work",
    unit="m",
    formula=r"S_v \cap S_w \ne \emptyset \;\text{or no street is named and}\; d(v, w) \le \text{near\_m}",
    meaning="A wish of residents about a street that a work touches, or within reach of a work: the moment to answer it.",
    find=find,
)
