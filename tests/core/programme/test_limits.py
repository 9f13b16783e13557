import pandas as pd
import pytest

import hamlet
from koppelkans.ground.errors import SettingError
from koppelkans.ground.settings import Limit, ProgrammePart
from koppelkans.programme.build_problem import limits_of


def limits(*own: Limit, share: float | None = None) -> tuple[pd.DataFrame, pd.DataFrame]:
    town = hamlet.context()
    return limits_of(town.sections, town.areas, part=ProgrammePart(limits=list(own), open_share=share))


def test_each_area_has_an_assumed_limit_of_two_sections_or_more():
    table, members = limits()
    assert table.to_dict("list") == {"limit": ["Oost", "West"], "most": [2, 2], "basis": ["assumed"] * 2}
    assert members["section"].tolist() == ["S3", "S4", "S1", "S2"]


def test_a_share_that_the_city_gave_is_a_limit_that_it_gave():
    assert limits(share=0.25)[0].to_dict("list") == limits()[0].assign(basis="given").to_dict("list")


def test_a_share_is_rounded_up_but_not_past_the_sections_themselves():
    sections = pd.DataFrame({"section": [f"S{at}" for at in range(10)], "area": "A"})
    areas = pd.DataFrame({"area": ["A"], "name": ["Zuid"]})
    table, _ = limits_of(sections, areas, part=ProgrammePart(open_share=0.3))
    assert table["most"].tolist() == [3]
    table, _ = limits_of(sections, areas, part=ProgrammePart(open_share=0.31))
    assert table["most"].tolist() == [4]


def test_a_limit_of_the_city_takes_the_place_of_that_of_its_area():
    table, members = limits(Limit(limit="West", open_sections=1))
    assert table.set_index("limit").loc["West"].tolist() == [1, "given"]
    assert members.loc[members["limit"] == "West", "section"].tolist() == ["S1", "S2"]


def test_a_detour_counts_the_sections_that_it_names():
    table, members = limits(Limit(limit="omleiding", open_sections=1, sections=["S1", "S3"]))
    assert table["limit"].tolist() == ["Oost", "West", "omleiding"]
    assert members.loc[members["limit"] == "omleiding", "section"].tolist() == ["S1", "S3"]


@pytest.mark.parametrize("sections", [["S9"], []])
def test_a_limit_that_counts_nothing_is_a_fault(sections: list[str]):
    with pytest.raises(SettingError) as told:
        limits(Limit(limit="omleiding", open_sections=1, sections=sections))
    assert told.value.faults[0].column.startswith("programme.limits.0")


def test_areas_with_one_name_keep_their_own_mark():
    sections = pd.DataFrame({"section": ["S1", "S2"], "area": ["A", "B"]})
    areas = pd.DataFrame({"area": ["A", "B"], "name": ["Zuid", "Zuid"]})
    table, _ = limits_of(sections, areas, part=ProgrammePart())
    assert table["limit"].tolist() == ["Zuid (A)", "Zuid (B)"]
