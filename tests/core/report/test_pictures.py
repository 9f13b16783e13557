"""Pictures show what is in the tables, in the letter and colours of the house, the same each time."""

import re
import xml.etree.ElementTree as ET

import geopandas as gpd
import numpy as np
import pandas as pd
import pytest
import shapely
from shapely import LineString, Point, Polygon, box

import hamlet
import hamlet_plan
from koppelkans.ground.horizon import Horizon
from koppelkans.report.pictures.ambition_web import SIZES, Earlier, draw_web
from koppelkans.report.pictures.case_charts import running_sums, spread_bars, tornado, yearly_money
from koppelkans.report.pictures.charts import (
    MOST_FUNDS,
    condition_years,
    fund_years,
    money_curve,
    money_quality,
    open_years,
    rank_spans,
    top_works,
)
from koppelkans.report.pictures.look import (
    FONT,
    INK,
    PERIODS,
    QUIET,
    font_folder,
    period_colours,
    periods,
    svg_path,
    to_paper,
    wrapped,
)
from koppelkans.report.pictures.plan_map import MapFrame, draw_map, frame_of
from koppelkans.report.pictures.work_years import busy_years, work_years

YEARS = Horizon(2027, 2036)


def words(svg: str) -> list[str]:
    """Return the words in a picture, which must be well-formed."""
    return ["".join(part.itertext()) for part in ET.fromstring(svg).iter("{http://www.w3.org/2000/svg}text")]  # noqa: S314 -- our own


def contrast(colour: str, ground: str = "#ffffff") -> float:
    """Return the contrast of two colours as WCAG 2.1 defines it."""

    def light(code: str) -> float:
        shares = [int(code[at : at + 2], 16) / 255 for at in (1, 3, 5)]
        red, green, blue = [part / 12.92 if part <= 0.03928 else ((part + 0.055) / 1.055) ** 2.4 for part in shares]
        return 0.2126 * red + 0.7152 * green + 0.0722 * blue

    high, low = sorted((light(colour), light(ground)), reverse=True)
    return (high + 0.05) / (low + 0.05)


def test_letters_have_enough_contrast_on_white():
    assert contrast(INK) > 7
    assert contrast(QUIET) > 4.5


def test_periods_cover_every_year_once_and_go_from_dark_to_light():
    for last in range(2027, 2050):
        cut = periods(2027, last)
        covered = [year for first, end, _ in cut for year in range(first, end + 1)]
        assert covered == list(range(2027, last + 1))
    tones = [contrast(colour) for colour in PERIODS]
    assert tones == sorted(tones, reverse=True)
    assert period_colours([2027, 2041], first=2027, last=2041).tolist() == [PERIODS[0], PERIODS[-1]]


def test_the_letter_comes_along_with_its_licence():
    names = {path.name for path in font_folder().iterdir()}
    assert "OFL.txt" in names
    assert any(name.endswith(".ttf") for name in names)


def test_many_shapes_become_one_path():
    shapes = np.array([LineString([(0, 0), (1, 1)]), Polygon([(0, 0), (2, 0), (2, 2)]), Point(0, 0)])
    assert svg_path(shapes) == "M0.0 0.0L1.0 1.0M0.0 0.0L2.0 0.0L2.0 2.0L0.0 0.0Z"
    assert svg_path(np.array([], dtype=object)) == ""


def test_a_hole_stays_a_hole():
    ring = box(0, 0, 10, 10).difference(box(4, 4, 6, 6))
    assert svg_path(np.array([ring])).count("Z") == 2


def test_north_is_up_on_paper():
    (drawn,) = to_paper(np.array([LineString([(100, 100), (100, 300)])]), bounds=(0, 0, 400, 400), scale=0.5)
    assert shapely.get_coordinates(drawn).tolist() == [[50.0, 150.0], [50.0, 50.0]]


def sheet(**changes: object) -> MapFrame:
    """Return the map of the hamlet: S1 and S2 shared in 2030, S3 in 2028, S4 never."""
    context = hamlet.context()
    sections = context.sections.assign(
        year=pd.array([2030, 2030, 2028, None], dtype="Int64"), works=pd.array([2, 3, 1, None], dtype="Int64")
    )
    backdrop = gpd.GeoDataFrame({"kind": ["water"]}, geometry=[box(150_000, 399_990, 150_100, 399_995)], crs=hamlet.CRS)
    return MapFrame(**({"sections": sections, "areas": context.areas, "backdrop": backdrop, "years": YEARS} | changes))


def test_the_map_draws_streets_areas_water_scale_and_legend():
    drawn = draw_map(sheet(), lang="nl")
    shown = words(drawn)
    assert {"West", "Oost", "N", "2027–2028", "werken samen", "gaat niet open", "50 m"} <= set(shown)
    assert drawn.count("#cfe3ef") == 1
    assert 'stroke-width="6.4"' in drawn
    assert drawn == draw_map(sheet(), lang="nl")


def test_the_map_of_an_area_veils_the_rest_and_names_streets_once():
    focus = hamlet.context().areas.geometry.iloc[0]
    shown = words(draw_map(sheet(focus=focus, frame=focus.bounds, names="streets"), lang="en"))
    assert shown.count("Dorpsstraat") == 2  # halo and letters
    assert "fill-opacity" in draw_map(sheet(focus=focus), lang="en")


def test_no_two_names_on_a_map_lie_over_each_other():
    rng = np.random.default_rng(1)
    places = rng.uniform(0, 1000, size=(300, 2))
    lines = [LineString([tuple(place), (place[0] + 5, place[1])]) for place in places]
    many = gpd.GeoDataFrame(
        {"section": [f"s{at:03d}" for at in range(300)], "name": [f"Straat nummer {at}" for at in range(300)]},
        geometry=lines,
        crs=hamlet.CRS,
    ).assign(year=pd.array([2030] * 300, dtype="Int64"), works=pd.array([1] * 300, dtype="Int64"), area="A")
    drawn = draw_map(sheet(sections=many, areas=hamlet.context().areas.iloc[:0], names="streets"), lang="nl")
    spots = re.findall(r'<text x="([\d.]+)" y="([\d.]+)" font-size="10"[^>]*fill="#17324d">(Straat[^<]+)<', drawn)
    boxes = np.array(
        [[float(x) - 2.9 * len(name), float(y) - 10, float(x) + 2.9 * len(name), float(y) + 4] for x, y, name in spots]
    )
    assert 10 < len(boxes) < 300
    apart = (boxes[:, None, 0] >= boxes[None, :, 2]) | (boxes[:, None, 2] <= boxes[None, :, 0])
    apart |= (boxes[:, None, 1] >= boxes[None, :, 3]) | (boxes[:, None, 3] <= boxes[None, :, 1])
    assert (apart | np.eye(len(boxes), dtype=bool)).all()


def test_a_street_too_small_for_the_paper_is_left_without_its_name():
    sections = sheet().sections
    tiny = sections.set_geometry(
        [box(hamlet.X0, hamlet.Y0, hamlet.X0 + 0.01, hamlet.Y0 + 0.01), *sections.geometry.iloc[1:].buffer(4)]
    ).assign(name=["Steegje", "Dorpsstraat", "Kerkweg", "Kerkweg"])
    shown = words(draw_map(sheet(sections=tiny.set_crs(hamlet.CRS), names="streets"), lang="nl"))
    assert "Steegje" not in shown
    assert "Dorpsstraat" in shown


def rows_of_streets(count: int, far: float) -> gpd.GeoDataFrame:
    """Return a row of streets of 10 m, of which the last lies far away."""
    lines = [LineString([(at * 10, 0), (at * 10 + 10, 0)]) for at in range(count - 1)]
    return gpd.GeoDataFrame(geometry=[*lines, LineString([(far, 0), (far + 10, 0)])], crs=hamlet.CRS)


def test_one_street_far_away_does_not_make_the_map_small():
    assert frame_of(rows_of_streets(50, far=5000)) == ((0.0, 0.0, 490.0, 0.0), 1)
    assert frame_of(rows_of_streets(50, far=600)) == ((0.0, 0.0, 610.0, 0.0), 0)
    assert frame_of(rows_of_streets(5, far=5000)) == ((0.0, 0.0, 5010.0, 0.0), 0)


def test_streets_as_polygons_are_filled():
    context = sheet().sections
    flat = context.set_geometry(context.geometry.buffer(4))
    drawn = draw_map(sheet(sections=flat), lang="nl")
    assert re.search(r'fill="#[0-9a-f]{6}" fill-rule="evenodd" stroke=', drawn)


def web(levels: list[float | None]) -> pd.DataFrame:
    """Return themes with these levels reached, all wanted at 2."""
    names = ["hitte", "water & droogte", "wonen", "energie"][: len(levels)]
    return pd.DataFrame({"name": names, "wanted_level": 2, "reached_level": pd.Series(levels, dtype="float64")})


def test_the_web_tells_levels_in_figures_and_an_unknown_one_with_a_question_mark():
    shown = words(draw_web(web([1.25, None, 0.0]), lang="nl"))
    assert {"1,2 van 2", "? van 2", "0,0 van 2", "water & droogte"} <= set(shown)


@pytest.mark.parametrize("count", [0, 1, 2, 3, 4, 8, 12, 20])
def test_a_web_can_have_any_number_of_themes(count: int):
    themes = pd.DataFrame({"name": [f"t{at}" for at in range(count)], "wanted_level": 2, "reached_level": 1.0})
    drawn = draw_web(themes, lang="en")
    assert drawn.count("<circle") == count + 1  # and one in the legend
    assert drawn.count('width="5" height="5"') == count + 1
    assert len(words(drawn)) == 2 * count + 3 + 2


@pytest.mark.parametrize("count", [8, 12, 20])
def test_names_and_figures_of_a_web_lie_within_the_picture_and_not_over_each_other(count: int):
    names = (["Ruimtelijke kwaliteit", "Sociale relevantie", "Vestigingsklimaat", "Bereikbaarheid"] * 5)[:count]
    drawn = draw_web(pd.DataFrame({"name": names, "wanted_level": 2, "reached_level": 1.0}), lang="nl")
    found = re.findall(r'<text x="([\d.]+)" y="([-\d.]+)" text-anchor="(\w+)"[^>]*>([^<]+)<', drawn)
    shift = {"start": 0.0, "middle": 0.5, "end": 1.0}
    boxes = np.array([[float(x) - shift[side] * 6 * len(text), float(y) - 9, float(x) + (1 - shift[side]) * 6 * len(text), float(y) + 2] for x, y, side, text in found])  # fmt: skip
    assert boxes.min() >= 0
    assert boxes[:, 2].max() <= {size[0]: size[2] for size in SIZES}[count if count in (8, 20) else 14]
    apart = (boxes[:, None, 0] >= boxes[None, :, 2]) | (boxes[:, None, 2] <= boxes[None, :, 0])
    apart |= (boxes[:, None, 1] >= boxes[None, :, 3]) | (boxes[:, None, 3] <= boxes[None, :, 1])
    assert (apart | np.eye(len(boxes), dtype=bool)).all()


def test_the_ray_straight_up_is_as_long_as_its_level():
    (point, _) = re.findall(r'<circle cx="([\d.]+)" cy="([\d.]+)"', draw_web(web([3.0]), lang="nl"))
    assert tuple(float(part) for part in point) == (240.0, 178.0 - 118.0)


def test_a_web_says_in_words_what_it_shows_and_names_each_line():
    themes = web([1.25, None, 0.0]).assign(
        wanted_level=pd.array([3, 2, None], dtype="Int64"), generic_level=pd.array([2, 2, 1], dtype="Int64")
    )
    drawn = draw_web(
        themes,
        lang="nl",
        title="Web & zo",
        earlier=[Earlier("besloten in 2025", [1, None, 2]), Earlier("in 2026", [2, 2, 2])],
    )
    root = ET.fromstring(drawn)  # noqa: S314 -- our own
    title, desc = (root.findtext(f"{{http://www.w3.org/2000/svg}}{name}") for name in ("title", "desc"))
    assert title == "Web & zo"
    assert (
        desc
        == "Ambitieweb. Gehaald niveau van gewenst niveau: hitte: 1,2 van 3 (overal 2); water & droogte: ? van 2; wonen: 0,0 van ? (overal 1)."
    )
    assert {"besloten in 2025", "in 2026", "niveau dat de stad overal wil"} <= set(words(drawn))
    # every line has its own dashes, so that no colour is needed to tell them apart
    assert len(set(re.findall(r'stroke-dasharray="([^"]+)"', drawn))) == 3
    assert "niveau dat de stad overal wil" not in words(draw_web(web([1.0, 1.0, 1.0]), lang="nl"))


def test_only_the_latest_earlier_webs_are_drawn_the_newest_first():
    many = [Earlier(f"besluit {at}", [1, 1, 1]) for at in range(7)]
    shown = [word for word in words(draw_web(web([1.0] * 3), lang="nl", earlier=many)) if word.startswith("besluit")]
    assert shown == ["besluit 6", "besluit 5", "besluit 4", "besluit 3"]


def test_a_name_is_broken_at_its_spaces():
    assert wrapped("wateroverlast en droogte", 17) == ["wateroverlast en", "droogte"]
    assert wrapped("Hoofdinfrastructuurvernieuwing", 17) == ["Hoofdinfrastructuurvernieuwing"]
    assert wrapped("", 17) == [""]


def charts(lang: str) -> dict[str, str]:
    """Return every chart of the hamlet."""
    plan = hamlet_plan.plan()
    counts = pd.DataFrame({"label": ["West", "Oost"], "year": [2030, 2028], "works": [4, 1]})
    works = pd.DataFrame(plan.context.works.drop(columns="geometry")).head(5)
    works = works.assign(label=works["name"], year=[2030, 2030, 2030, 2028, 2030], mark=["A", "A", "A", "", "A"])
    parts = pd.DataFrame({"work": ["a", "b"], "label": ["Zelfde", "Zelfde"], "ground": ["technical", "ambitions"]})
    forecast = plan.systems.forecast
    return {
        "busy": busy_years(counts, years=YEARS, lang=lang),
        "works": work_years(works, years=YEARS, lang=lang),
        "money": fund_years(plan.programme.money, lang=lang),
        "streets": open_years(plan.programme.open, years=YEARS, lang=lang),
        "condition": condition_years(forecast[forecast["system"] == "water"], lang=lang),
        "ranking": top_works(parts.assign(contribution=[0.5, 0.25]), lang=lang),
    }


def test_charts_speak_the_language_and_are_the_same_each_time():
    first, second, english = charts("nl"), charts("nl"), charts("en")
    assert first == second
    for name, drawn in first.items():
        assert FONT in drawn, name
        assert words(drawn), name
    assert {"werken samen", "als elk werk alleen kwam"} <= set(words(first["streets"]))
    assert {"works together", "if each work came alone"} <= set(words(english["streets"]))
    assert {"goed", "met dit programma", "zonder vervanging"} <= set(words(first["condition"]))
    assert {"Rioolheffing", "uitgegeven"} <= set(words(first["money"]))


def test_ranks_under_other_weights_stand_with_their_name_and_share_of_the_top():
    spans = pd.DataFrame(
        {
            "label": ["1. Brug", "2. Riool"],
            "rank": [1, 2],
            "low_rank": [1, 2],
            "high_rank": [1, 9],
            "top_share": [0.995, 0.1],
        }
    )
    shown, english = words(rank_spans(spans, lang="nl")), words(rank_spans(spans, lang="en"))
    assert {"1. Brug", "2. Riool", "100 %", "10 %", "rang"} <= set(shown)
    assert "rank" in english


def test_the_busiest_area_shows_its_count_and_a_quiet_year_nothing():
    shown = words(charts("nl")["busy"])
    assert shown.count("4") == 1
    assert shown.count("1") == 1
    assert "0" not in shown


def test_works_with_the_same_name_keep_their_own_row():
    assert words(charts("nl")["ranking"]).count("Zelfde") == 2
    assert words(charts("nl")["works"]).count("Riool Dorpsstraat") == 1


def test_a_street_that_opens_no_year_has_no_stripe():
    assert charts("nl")["streets"].count('aria-roledescription="tick"') == 2


def test_only_the_largest_funds_are_drawn():
    money = pd.concat([hamlet_plan.plan().programme.money.assign(name=f"Fonds {at}", spent_eur=at) for at in range(12)])
    shown = {word for word in words(fund_years(money, lang="nl")) if word.startswith("Fonds")}
    assert shown == {f"Fonds {at}" for at in range(12 - MOST_FUNDS, 12)}


def test_a_work_shows_its_window_best_year_year_and_letter():
    works = pd.DataFrame(
        {
            "label": ["Riool " + "Burgemeester van der Meerstraat " * 2, "Boom"],
            "system": ["water", "biodiversity"],
            "earliest_year": [2020, 2030],
            "best_year": [2028, 2031],
            "latest_year": [2033, 2050],
            "year": [2030, 2031],
            "mark": ["A", ""],
        }
    )
    drawn = work_years(works, years=YEARS, lang="nl")
    shown = words(drawn)
    assert {"A", "Boom", "2027", "2036", "Waterbeheer", "mag in deze jaren"} <= set(shown)
    assert {"Riool Burgemeester van der", "Meerstraat Burgemeester van der", "Meerstraat"} <= set(shown)
    # ten years over 400 px from 240: the window of the first is cut at 2027 and lasts through 2033
    assert '<rect x="240.0" y="' in drawn
    assert 'width="280.0" height="4"' in drawn
    assert drawn.count("l5 5l-5 5l-5 -5z") == 2  # in the legend, and of the first: the second is done in its best year


def test_the_curve_of_money_names_each_point_and_says_what_lies_along_its_sides():
    points = (
        hamlet_plan.plan()
        .programme.scenarios.dropna(subset=["weighted_least_eur"])
        .assign(label=["100 %", "90 %", "110 %"])
    )
    drawn = money_curve(points, lang="nl")
    assert drawn == money_curve(points, lang="nl")
    assert {"90 %", "100 %", "110 %", "budgetten van de stad, alle jaren (miljoen euro)"} <= set(words(drawn))


def test_points_that_lie_together_share_one_line_of_names():
    table = hamlet_plan.plan().programme.scenarios.assign(label=["nu", "sober", "groen", "110 %"])
    told = " ".join(words(money_quality(table.assign(dominated=[False, False, True, True]), lang="nl")))
    assert "1: sober" in told
    assert "2: nu · groen · 110 %" in told


ALTERNATIVES = {"apart": "elk apart", "together": "samen"}


def test_a_line_per_alternative_with_its_name():
    rows = pd.DataFrame(
        {"alternative": ["apart", "apart", "together", "together"], "year": [2027, 2028] * 2, "running_eur": [-9e3, -2e3, -5e3, 4e3]}
    )  # fmt: skip
    drawn = running_sums(rows, names=ALTERNATIVES, lang="nl")
    assert "elk apart" in drawn
    assert "samen" in drawn


def test_a_bar_per_figure_from_low_to_high():
    bars = pd.DataFrame({"figure": ["prijs", "hinder"], "low_eur": [-1e4, 2e3], "high_eur": [3e4, 4e3]})
    drawn = tornado(bars, npv=3_000.0, low="laag", high="hoog", lang="nl")
    assert all(word in drawn for word in ("prijs", "hinder", "laag", "hoog"))


def test_money_and_effects_per_year():
    rows = pd.DataFrame({"year": [2027, 2030, 2027, 2030], "what": ["geld", "geld", "effect", "effect"], "amount_eur": [-1e4, 0.0, 2e3, 3e3]})  # fmt: skip
    drawn = yearly_money(rows, lang="nl")
    assert "2030" in drawn
    assert "geld" in drawn


def test_draws_with_a_line_at_each_named_place():
    bars = pd.DataFrame({"from_eur": [-1e4, 0.0], "to_eur": [0.0, 1e4], "draws": [300, 700]})
    drawn = spread_bars(bars, marks={"5 %": -9e3, "95 %": 8e3}, lang="nl")
    assert "5 %" in drawn
    assert "95 %" in drawn
