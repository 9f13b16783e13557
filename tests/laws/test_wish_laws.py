"""Laws of answers to wishes: no yes to another street, nothing read that nobody read, and no meaning in the order of rows."""

from dataclasses import replace

import geopandas as gpd
import pandas as pd
from hypothesis import given, settings
from hypothesis import strategies as st
from shapely import Point

import hamlet
import hamlet_plan
from koppelkans.area.answers import answer_wishes, count_answers
from koppelkans.context.product import WISHES, Context
from koppelkans.ground.columns import ANSWER_WORDS
from koppelkans.ground.horizon import Horizon
from koppelkans.ground.tables import shape
from koppelkans.programme.problem import BETWEEN
from often import few

REACH_M, MEET_M = 25.0, 1.01
"""How far a wish lies on a street, and on two sections of it at once."""
STREETS = ("Dorpsstraat", "Kerkweg", "Dorpstraat", "Kerkwech", "kerkweg", "Zandpad", "")
ASKS = (
    None,
    "sewer_gravity",
    "water_main",
    "paving",
    "gas_low",
    "lighting",
    "when",
    "not_ours",
    "sewer_gravity, water_main",
)
WORDS = ("Graag meer bomen", "Wanneer zijn wij aan de beurt", "Geen lawaai", "De hoek van", "Het is te donker")


@st.composite
def wishes(draw: st.DrawFn) -> gpd.GeoDataFrame:
    """Draw some wishes in and about the hamlet, some of which name streets and some of which a person read."""
    rows = draw(
        st.lists(
            st.tuples(
                st.sampled_from(WORDS), st.sampled_from(STREETS), st.sampled_from(STREETS), st.sampled_from(ASKS),
                st.integers(0, 400), st.sampled_from((0, 20, 180)), st.sampled_from((None, "biodiversity")),
            ),
            min_size=1, max_size=6,
        )
    )  # fmt: skip
    frame = pd.DataFrame(
        {
            "wish": [f"w{at}" for at in range(len(rows))],
            "text": [f"{words} {one} {other}" for words, one, other, *_ in rows],
            "asks": [row[3] for row in rows],
            "ambition": [row[6] for row in rows],
            "section": [f"S{min(row[4] // 100, 3) + 1}" if row[5] <= 25 else None for row in rows],
            "area": ["West" if row[4] < 200 else "East" for row in rows],
            "source": "wensen",
        }
    )
    places = [Point(hamlet.X0 + row[4], hamlet.Y0 + row[5]) for row in rows]
    return gpd.GeoDataFrame(frame, geometry=places, crs=hamlet.CRS)


def told(context: Context, plan: pd.DataFrame) -> pd.DataFrame:
    """Return the answers of the hamlet, with an area programme of four years."""
    return answer_wishes(context, hamlet.vision(), plan, settings=hamlet.settings(), years=Horizon(2027, 2030))


@settings(max_examples=few(15), deadline=None)
@given(made=wishes(), years=st.lists(st.sampled_from((None, 2027, 2028, 2030, 2031, 2036)), min_size=6, max_size=6))
def test_no_yes_names_a_work_outside_the_street_of_the_wish_and_nothing_unread_is_promised(
    made: gpd.GeoDataFrame, years: list[int | None]
):
    context = replace(hamlet.context(), wishes=shape(made, WISHES))
    plan = pd.DataFrame({"work": context.works["work"], "year": pd.array(years, dtype="Int64")})
    answers = told(context, plan)
    assert answers["answer"].isin(list(ANSWER_WORDS)).all()
    streets = (
        context.touches.merge(context.sections[["section", "name"]], on="section").groupby("work")["name"].agg(set)
    )
    due = plan.set_index("work")["year"]
    for row in answers.itertuples(index=False):
        if row.answer in ("yes", "partly", "later"):
            works = row.work.split(BETWEEN)
            assert all(streets[work] & set(row.street.split(", ")) for work in works)
            assert row.year in {due[work] for work in works}
            assert (row.year <= 2030) == (row.answer != "later")
            assert row.read_by in ("person", "rule")
        if pd.isna(row.read_by):
            assert row.answer == "to_be_judged"
        if row.answer == "yes" and "gas_low" in str(row.asks):
            assert "w-gas" in row.work
        if pd.notna(row.proposed):
            assert row.answer in ("to_be_judged", "not_ours")


def stretch_of(context: Context, place: Point, street: str) -> set[str]:
    """Return the sections of a street where a place lies; all of it where the place is out of reach."""
    mine = context.sections[context.sections["name"] == street]
    away = mine.distance(place)
    near = away <= away.min() + MEET_M if away.min() <= REACH_M else away >= 0
    return set(mine.loc[near, "section"])


@settings(max_examples=few(15), deadline=None)
@given(made=wishes(), years=st.lists(st.sampled_from((None, 2027, 2030)), min_size=6, max_size=6))
def test_no_yes_names_a_work_on_another_stretch_of_its_street(made: gpd.GeoDataFrame, years: list[int | None]):
    context = replace(hamlet.context(), wishes=shape(made, WISHES))
    plan = pd.DataFrame({"work": context.works["work"], "year": pd.array(years, dtype="Int64")})
    answers = told(context, plan).merge(made[["wish", "geometry"]], on="wish")
    sections = context.touches.groupby("work")["section"].agg(set)
    for row in answers[answers["answer"] == "yes"].itertuples(index=False):
        here = set().union(*(stretch_of(context, row.geometry, street) for street in row.street.split(", ")))
        assert all(sections[work] & here for work in row.work.split(BETWEEN))


@settings(max_examples=few(6), deadline=None)
@given(made=wishes(), seed=st.randoms(use_true_random=False))
def test_the_order_of_rows_changes_no_answer(made: gpd.GeoDataFrame, seed: object):
    context = replace(hamlet.context(), wishes=shape(made, WISHES))
    plan = hamlet_plan.programme().plan
    mixed = {
        name: getattr(context, name).sample(frac=1, random_state=seed.randint(0, 99)).reset_index(drop=True)
        for name in ("wishes", "works", "touches", "sections", "assets", "parties")
    }
    turned = replace(context, **mixed)
    pd.testing.assert_frame_equal(told(context, plan), told(turned, plan.iloc[::-1]))


@settings(max_examples=few(6), deadline=None)
@given(made=wishes())
def test_the_counts_per_area_add_up_to_the_answers(made: gpd.GeoDataFrame):
    context = replace(hamlet.context(), wishes=shape(made, WISHES))
    answers = told(context, hamlet_plan.programme().plan)
    counts = count_answers(answers, pd.DataFrame({"area": ["West"]}))
    assert counts["wishes"].sum() == len(answers)
    assert counts[list(ANSWER_WORDS)].sum().to_dict() == {
        word: int((answers["answer"] == word).sum()) for word in ANSWER_WORDS
    }
