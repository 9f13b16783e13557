"""The map page: one file that fetches nothing, lets in nothing, and tells what the plan tells."""

import base64
import gzip
import hashlib
import html
import json
import re
from dataclasses import replace
from pathlib import Path

import geopandas as gpd
import numpy as np
import pandas as pd
import polib
import pytest
import shapely

import hamlet
import hamlet_plan
from koppelkans.ground.columns import CERTAINTY_WORDS, ROAD_WORDS
from koppelkans.report.chapters.page_one import pairs
from koppelkans.report.forms.map_page import MAP_PAGE
from koppelkans.report.page import assemble
from koppelkans.report.page import facts as page_facts
from koppelkans.report.page.facts import STEPS_PER_DEGREE, along, backdrop, facts, packed, rows_of, shapes
from koppelkans.report.plan import Plan
from koppelkans.report.seen_by import seen_by

LOCALE = Path(assemble.__file__).parents[2] / "locale" / "nl"
TRICK = "<img src=x onerror=alert(1)>"


@pytest.fixture(scope="module")
def plan() -> Plan:
    return hamlet_plan.plan()


def written(plan: Plan, folder: Path, lang: str = "nl") -> str:
    (path,) = MAP_PAGE.write(plan, folder, lang)
    return path.read_text(encoding="utf-8")


def told(page: str) -> dict:
    """Open the facts of a page, as its script does."""
    letters = re.search(r'id="facts">([^<]*)<', page)[1]
    return json.loads(gzip.decompress(base64.b64decode(letters)))


def column(facts: dict, table: str, name: str) -> list:
    values = facts["tables"][table]["columns"][name]
    if isinstance(values, list):
        return values
    return [None if code < 0 else values["texts"][code] for code in values["at"]]


def geometries(flat: dict) -> list[list]:
    """Return the paths of each row, in degrees, as unpack.js does."""
    steps = np.cumsum(np.array([flat["x"], flat["y"]]), axis=1).T / STEPS_PER_DEGREE
    paths = [path.tolist() for path in np.split(steps, np.cumsum(flat["sizes"])[:-1])] if flat["sizes"] else []
    per_part = iter(flat["paths"])
    counts = [sum(next(per_part) for _ in range(parts)) for parts in flat["parts"]]
    left = iter(paths)
    return [[next(left) for _ in range(count)] for count in counts]


def test_the_page_is_one_file_that_fetches_nothing(plan: Plan, tmp_path: Path):
    page = written(plan, tmp_path)
    assert [path.name for path in tmp_path.iterdir()] == ["kaart-intern.html"]
    markup = re.sub(r"<script[^>]*>.*?</script>|<style>.*?</style>", "", page, flags=re.DOTALL)
    assert not re.search(r"<(link|iframe|object|embed|base)\b|\bsrc=|\bon\w+=", markup)
    assert not re.search(r"<script[^>]*\bsrc=", page)


def test_only_the_two_scripts_and_the_style_of_the_page_may_run(plan: Plan, tmp_path: Path):
    page = written(plan, tmp_path)
    policy = html.unescape(re.search(r'Content-Security-Policy" content="([^"]*)"', page)[1])
    assert policy.startswith("default-src 'none'")
    assert "unsafe" not in policy
    parts = re.findall(r'<script type="module">(.*?)</script>', page, re.DOTALL)
    parts += re.findall(r"<style>(.*?)</style>", page, re.DOTALL)
    hashes = [base64.b64encode(hashlib.sha256(part.encode()).digest()).decode() for part in parts]
    assert len(hashes) == 3
    assert all(f"'sha256-{found}'" in policy for found in hashes)


def test_a_street_name_is_never_markup(plan: Plan, tmp_path: Path):
    sections = plan.context.sections.assign(name=f"{TRICK}</script>")
    city = plan.settings.city.model_copy(update={"name": TRICK})
    named = replace(
        plan,
        settings=plan.settings.model_copy(update={"city": city}),
        context=replace(plan.context, sections=sections),
    )
    page = written(named, tmp_path)
    assert TRICK not in page
    assert html.escape(TRICK) in page
    assert set(column(told(page), "sections", "name")) == {f"{TRICK}</script>"}


def test_no_script_of_ours_turns_text_into_markup_or_code():
    script = assemble.own_script()
    assert not re.search(
        r"innerHTML|outerHTML|insertAdjacentHTML|document\.write|\beval\(|new Function|setHTML", script
    )


def test_written_twice_the_page_has_the_same_bytes(plan: Plan, tmp_path: Path):
    (tmp_path / "again").mkdir()
    assert written(plan, tmp_path) == written(plan, tmp_path / "again")


def test_the_page_speaks_the_language_that_was_asked(plan: Plan, tmp_path: Path):
    dutch, english = written(plan, tmp_path), written(plan, tmp_path, "en")
    assert '<html lang="nl">' in dutch
    assert "<title>Gehucht: stadsprogramma 2027-2036</title>" in dutch
    assert '<html lang="en">' in english
    assert "<title>Gehucht: city programme 2027-2036</title>" in english
    assert told(dutch)["words"]["Chances"] == "Kansen"
    assert told(english)["words"]["Chances"] == "Chances"
    assert "zijn onbekend" in column(told(dutch), "works", "why_year")[5]
    assert "is unknown" in column(told(english), "works", "why_year")[5]


def test_every_word_of_the_page_has_its_dutch():
    known = {entry.msgid for path in LOCALE.glob("*.po") for entry in polib.pofile(str(path)) if entry.msgstr}
    template = set(assemble.PLACE.findall(assemble.own("template.html")))
    parts = {"lang", "csp", "title", "banner", "style", "facts", "worker", "licences", "library", "script"}
    asked = set(assemble.asked_words(assemble.own_script())) | (template - parts)
    assert len(asked) > 150
    assert not (asked | set(ROAD_WORDS.values()) | set(CERTAINTY_WORDS.values())) - known


def test_the_page_tells_each_work_with_its_year_and_its_streets(plan: Plan):
    made = facts(plan, "nl")
    assert column(made, "works", "name")[:2] == ["Riool Dorpsstraat", "Klinkers Dorpsstraat"]
    assert column(made, "works", "year") == [2030, 2030, 2030, 2028, 2030, None]
    assert column(made, "works", "bundle") == [0, 0, 0, -1, 0, -1]
    assert column(made, "works", "cost") == [80_000, 52_000, 19_000, 19_000, 17_000, None]
    assert column(made, "works", "theirs") == [0, 0, 0, 0, 1, 0]
    pairs = list(zip(column(made, "touches", "work"), column(made, "touches", "section"), strict=True))
    assert pairs == [(0, 0), (0, 1), (1, 1), (2, 0), (3, 2), (4, 1), (5, 3)]


def test_the_page_tells_when_a_section_opens_and_with_how_many(plan: Plan):
    made = facts(plan, "nl")
    rows = [column(made, "open", name) for name in ("section", "year", "works", "owners", "breach")]
    assert list(zip(*rows, strict=True)) == [(0, 2030, 2, 2, 0), (1, 2030, 3, 2, 0), (2, 2028, 1, 1, 0)]
    assert column(made, "sections", "opening") == [20_000, 20_000, 30_000, 20_000]


def test_a_page_says_for_whom_it_is(plan: Plan, tmp_path: Path):
    assert "Intern: hierin staat ook wat andere partijen niet delen" in written(plan, tmp_path)
    assert "Openbaar: alleen wat iedereen mag zien" in written(seen_by(plan), tmp_path)


def test_kinds_of_finds_carry_their_name_and_unknown_ones_their_own(plan: Plan):
    finds = plan.opportunities.finds.assign(kind=["dug_twice", "never_heard_of"], side=["clash", "clash"])
    kinds = facts(replace(plan, opportunities=replace(plan.opportunities, finds=finds)), "nl")["about"]["find_kinds"]
    assert [kind["name"] for kind in kinds] == ["dubbel open", "never heard of"]


def test_wishes_carry_their_answer(plan: Plan):
    made = facts(plan, "nl")
    assert column(made, "wishes", "answer") == plan.areas.answers.set_index("wish")["answer"].tolist()
    assert all(column(made, "wishes", "why"))


def test_places_are_in_longitude_and_latitude(plan: Plan):
    (first, *_), *_ = geometries(facts(plan, "nl")["tables"]["sections"]["geometry"])
    (longitude, latitude), *_ = first
    assert (round(longitude, 1), round(latitude, 1)) == (5.3, 51.6)  # 150,000 400,000 in RD lies near Sint-Oedenrode


def test_geometries_come_out_as_they_went_in():
    square = "POLYGON ((0 0, 0 1, 1 1, 1 0, 0 0), (0.2 0.2, 0.4 0.2, 0.4 0.4, 0.2 0.2))"
    mixed = "GEOMETRYCOLLECTION (POINT (9 9), MULTILINESTRING ((5 52, 5.1 52), (6 52, 6.1 52.1)))"
    texts = ["POINT (5.123456 52.654321)", square, mixed, "POLYGON EMPTY", "MULTIPOINT (1 2, 3 4)"]
    flat = shapes(np.array([*shapely.from_wkt(texts), None], dtype=object))
    assert flat["kinds"] == [0, 2, 1, -1, 0, -1]
    assert flat["parts"] == [1, 1, 2, 0, 2, 0]
    assert geometries(flat) == [
        [[[5.123456, 52.654321]]],
        [
            [[0, 0], [0, 1], [1, 1], [1, 0], [0, 0]],
            [[0.2, 0.2], [0.4, 0.2], [0.4, 0.4], [0.2, 0.2]],
        ],
        [[[5, 52], [5.1, 52]], [[6, 52], [6.1, 52.1]]],
        [],
        [[[1, 2]], [[3, 4]]],
        [],
    ]


def test_columns_keep_what_is_unknown_unknown():
    frame = pd.DataFrame(
        {
            "whole": pd.array([1, None], dtype="Int64"),
            "number": [0.5, float("nan")],
            "text": pd.Series(["a", None], dtype="str"),
            "yes": [True, False],
        }
    )
    made = packed(frame)
    assert made["rows"] == 2
    assert made["columns"] == {
        "whole": [1, None],
        "number": [0.5, None],
        "text": {"texts": ["a"], "at": [0, -1]},
        "yes": [1, 0],
    }
    assert json.loads(json.dumps(made, allow_nan=False)) == made


def test_a_reference_to_nothing_is_minus_one():
    assert rows_of(pd.Series(["b", None, "z"]), pd.Series(["a", "b"])).tolist() == [1, -1, -1]


def test_with_too_many_assets_the_page_shows_them_per_section_and_system(plan: Plan, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(page_facts, "MOST_ASSETS", 5)
    made = facts(plan, "nl")
    rows = [column(made, "assets", name) for name in ("section", "system", "number", "due")]
    # in sorted order of section and system: S1 cables (3), S1 water (2), S2 cables, S2 water, S3 cables, S4 light (0)
    assert list(zip(*rows, strict=True)) == [
        (0, 3, 1, 2030), (0, 2, 1, 2028), (1, 3, 1, 2030), (1, 2, 1, 2030), (2, 3, 1, 2028), (3, 0, 1, None),
    ]  # fmt: skip
    assert made["tables"]["assets"]["geometry"]["kinds"] == [-1] * 6


def test_with_too_much_topography_the_largest_shapes_stay(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(page_facts, "MOST_SHAPES", 2)
    squares = [shapely.box(0, 0, size, size) for size in (3, 1, 2)]
    frame = gpd.GeoDataFrame({"kind": ["water", "green", "building"]}, geometry=squares, crs=hamlet.CRS)
    assert backdrop(frame)["kind"].tolist() == [2, 4]


def test_one_point_stands_for_a_line_halfway_and_for_a_polygon_inside():
    line, bent = (
        shapely.LineString([(0, 0), (10, 0)]),
        shapely.from_wkt("POLYGON ((0 0, 9 0, 9 9, 8 9, 8 1, 0 1, 0 0))"),
    )
    points = along(gpd.GeoSeries([line, bent, shapely.Point(3, 4), None]))
    assert points[0] == shapely.Point(5, 0)
    assert bent.contains(points[1])
    assert points[2] == shapely.Point(3, 4)
    assert points[3] is None


def test_an_empty_city_still_makes_a_page(plan: Plan, tmp_path: Path):
    context = replace(plan.context, **{name: getattr(plan.context, name).iloc[:0] for name in plan.context.TABLES})
    bare = replace(plan, context=context)
    assert told(written(bare, tmp_path))["tables"]["sections"]["rows"] == 0


def luminance(colour: str) -> float:
    """Return the relative luminance of WCAG 2.1."""
    parts = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    linear = [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(one: str, other: str) -> float:
    low, high = sorted((luminance(one), luminance(other)))
    return (high + 0.05) / (low + 0.05)


def test_contrast_is_measured_as_wcag_does():
    assert contrast("#000000", "#ffffff") == pytest.approx(21)
    assert contrast("#777777", "#ffffff") == pytest.approx(4.48, abs=0.01)


@pytest.mark.parametrize("text", ["ink", "soft", "accent", "gain", "warn"])
@pytest.mark.parametrize("under", ["paper", "wash", "ground", "accent-wash"])
def test_text_stands_out_from_what_is_under_it(text: str, under: str):
    colours = dict(re.findall(r"--([\w-]+): (#\w{6})", assemble.own("page.css")))
    assert contrast(colours[text], colours[under]) >= 4.5


@pytest.mark.parametrize("name", ["owners", "chance", "clash", "breach", "parties", "answers"])
def test_what_the_map_says_stands_out_from_its_ground(name: str):
    script = assemble.own("js/style.js")
    ground = re.search(r'ground: "(#\w{6})"', script)[1]
    said = re.findall(r"#\w{6}", re.search(rf"\b{name}: (.+)", script)[1])
    assert said
    assert min(contrast(colour, ground) for colour in said) >= 3


def test_of_each_pair_of_parties_one_call_leads_the_one_that_page_one_prints(plan: Plan):
    calls = plan.alignment.calls
    back = calls.assign(party=calls["other_party"], other_party=calls["party"])
    both = pd.concat([calls, back], ignore_index=True)
    told = facts(replace(plan, alignment=replace(plan.alignment, calls=both)), "nl")
    led = pd.Series(column(told, "calls", "leads"))
    first = pairs(plan)[["party", "other_party"]]
    assert led.sum() == len(first)
    assert set(both.loc[led.to_numpy(dtype=bool), ["party", "other_party"]].itertuples(index=False, name=None)) == set(
        pairs(replace(plan, alignment=replace(plan.alignment, calls=both)))[["party", "other_party"]].itertuples(
            index=False, name=None
        )
    )
