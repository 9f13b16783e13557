import numpy as np
import pandas as pd
from shapely import Point

import hamlet
from koppelkans.context.works.joining import StreetNetwork, join_assets
from koppelkans.ground.settings import ContextPart

ROW_OF_FOUR = StreetNetwork(
    pd.DataFrame({"one": [0, 1, 2], "two": [1, 2, 3]}),
    np.array(["Dorpsstraat", "Dorpsstraat", "Kerkweg", "Kerkweg"], dtype=object),
)


def joined(*rows: tuple[int, int, float, float], part: ContextPart | None = None, kind: str = "gas_low") -> list[int]:
    """Return the work of each pipe (section, year, first m, last m)."""
    due = pd.DataFrame(rows, columns=["section", "year", "first", "last"])
    due["geometry"] = [hamlet.stretch(first, last) for first, last in zip(due["first"], due["last"], strict=True)]
    due["length_m"] = due["last"] - due["first"]
    return join_assets(due.assign(owner="net", kind=kind), ROW_OF_FOUR, part=part or ContextPart()).tolist()


def test_what_falls_due_together_in_one_section_is_one_work_whatever_the_gap():
    assert joined((0, 2030, 0, 30), (0, 2034, 70, 100)) == [0, 0]


def test_what_falls_due_much_later_is_another_work():
    assert joined((0, 2030, 0, 30), (0, 2036, 70, 100)) == [0, 1]


def test_pipes_in_sections_that_touch_join_over_a_small_gap_only():
    assert joined((0, 2030, 0, 90), (1, 2030, 120, 200)) == [0, 0]
    assert joined((0, 2030, 0, 80), (1, 2030, 120, 200)) == [0, 1]


def test_a_work_grows_along_its_street_before_it_turns_the_corner():
    three = ((0, 2030, 0, 100), (1, 2030, 100, 200), (2, 2030, 200, 300))
    assert joined(*three, part=ContextPart(longest_work_m=220)) == [0, 0, 2]
    assert joined(*three, part=ContextPart(longest_work_m=500)) == [0, 0, 0]


def test_no_work_runs_longer_than_the_longest():
    assert joined((0, 2030, 0, 100), (1, 2030, 100, 200), part=ContextPart(longest_work_m=150)) == [0, 1]


def test_a_stub_joins_the_work_in_its_section_whatever_the_year():
    assert joined((0, 2030, 0, 90), (0, 2040, 90, 94)) == [0, 0]
    assert joined((0, 2030, 0, 90), (0, 2040, 90, 94), part=ContextPart(least_work_m=2)) == [0, 1]


def test_a_stub_joins_the_work_in_the_next_section_where_its_own_has_none():
    assert joined((0, 2030, 0, 40), (1, 2040, 190, 194), (3, 2040, 300, 304)) == [0, 0, 2]


def test_works_of_two_owners_or_kinds_never_join():
    due = pd.DataFrame(
        {"owner": ["net", "water"], "kind": ["gas_low"] * 2, "section": 0, "year": 2030, "length_m": 3.0}
    )
    due["geometry"] = [hamlet.stretch(0, 3)] * 2
    assert join_assets(due, ROW_OF_FOUR, part=ContextPart()).tolist() == [0, 1]
    assert join_assets(
        due.assign(owner="net", kind=["gas_low", "water_main"]), ROW_OF_FOUR, part=ContextPart()
    ).tolist() == [0, 1]


def test_lamp_posts_of_one_section_are_one_work():
    due = pd.DataFrame({"owner": "g", "kind": "lighting", "section": 0, "year": [2030, 2031, 2030], "length_m": np.nan})
    due["geometry"] = [Point(hamlet.X0 + x, hamlet.Y0) for x in (0, 40, 90)]
    assert join_assets(due, ROW_OF_FOUR, part=ContextPart()).tolist() == [0, 0, 0]
