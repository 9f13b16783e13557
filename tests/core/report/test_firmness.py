"""The chapter and the pictures of firm and fragile, from futures worked out by hand."""

import xml.etree.ElementTree as ET
from dataclasses import replace

import pandas as pd

import hamlet_plan
from koppelkans.ground.tables import shape
from koppelkans.programme.product import FIRMNESS, FUTURES
from koppelkans.report.chapters.firmness import area_firmness, firmness
from koppelkans.report.document import Picture, Sentence, Table, Tiles
from koppelkans.report.pictures.charts import firm_years, together_and_alone
from koppelkans.report.plan import Plan

PLAN = hamlet_plan.plan()
FIRM = shape(
    pd.DataFrame(
        {
            "work": ["w-gas", "w-sewer", "w-water-1"],
            "year": pd.array([2030, 2030, 2030], dtype="Int64"),
            "share_kept": [0.5, 1.0, 0.25],
            "share_undone": [0.0, 0.0, 0.75],
            "firm": [False, True, False],
            "most_likely_year": pd.array([2030, 2030, None], dtype="Int64"),
        }
    ),
    FIRMNESS,
)
DRAWN = shape(
    pd.DataFrame(
        {
            "future": [1, 2], "value_eur": [90, 80], "replanned_eur": [80, 60], "silo_eur": [100, 120],
            "silo_replanned_eur": [95, 55], "kept_share": [0.5, 0.75], "left_out": [1, 0], "silo_left_out": [0, 0], "faults": [0, 3],
 "value_faults": 0,
 "silo_faults": 0,
 "silo_replanned_faults": 0,
        }
    ),
    FUTURES,
)  # fmt: skip
FIGURES = {
    "futures_replanned_mean_eur": 70, "futures_replanned_p10_eur": 62, "futures_replanned_p90_eur": 78, "futures_gain_eur": 25,
    "futures_gain_replanned_eur": 5, "futures_gain_replanned_error_eur": 10,
}  # fmt: skip


def with_futures(**changed: object) -> Plan:
    parts = {"firmness": FIRM, "futures": DRAWN, "value": PLAN.programme.value | FIGURES} | changed
    return replace(PLAN, programme=replace(PLAN.programme, **parts))


def words(svg: str) -> list[str]:
    found = ET.fromstring(svg).iter("{http://www.w3.org/2000/svg}text")  # noqa: S314 -- our own
    return ["".join(part.itertext()) for part in found]


def test_where_no_future_was_sampled_the_chapter_says_how():
    heading, told = firmness(PLAN, "nl")
    assert heading.text == "Stevig of broos"
    assert "koppelkans futures" in told.text


def test_the_answer_in_one_look():
    (tiles,) = [block for block in firmness(with_futures(), "nl") if isinstance(block, Tiles)]
    assert [tile.figure for tile in tiles.tiles] == ["1 / 3", "€ 70", "€ 5"]
    assert tiles.tiles[1].note == "tussen € 62 en € 78 in acht van de tien toekomsten"
    assert tiles.tiles[2].note == "standaardfout € 10"


def test_the_most_fragile_works_stand_first_with_the_year_they_have_most_often():
    sure, table = [block for block in firmness(with_futures(), "nl") if isinstance(block, Table)]
    assert [list(row)[1:] for row in sure.rows] == [["2030", "100 %"]]
    assert [list(row)[1:] for row in table.rows] == [
        ["2030", "25 %", "niet gedaan", "75 %"],
        ["2030", "50 %", "2030", "0 %"],
    ]


def test_planning_together_is_compared_in_the_same_futures_and_broken_demands_are_told():
    blocks = firmness(with_futures(), "nl")
    said = " ".join(block.text for block in blocks if isinstance(block, Sentence))
    assert "goedkoper in 1 van de 2 toekomsten: gemiddeld € 5 als allen opnieuw plannen, en € 25" in said
    assert "kunnen 3 eisen niet meer worden gehaald" in said
    assert [type(block) for block in blocks].count(Picture) == 2


def test_how_sure_the_figures_are_is_told():
    value = PLAN.programme.value | FIGURES | {"futures_silo_gap": 0.004}
    said = " ".join(block.text for block in firmness(with_futures(value=value), "nl") if isinstance(block, Sentence))
    # with two futures a share of 0.9 is off by the root of 0.9 x 0.1 / 2
    assert "zit een aandeel van 90 % er ongeveer 21 procentpunt naast" in said
    assert "bewezen hoogstens 0,4 % duurder" in said


def test_where_no_work_is_firm_that_is_said():
    loose = FIRM.assign(firm=False)
    said = " ".join(block.text for block in firmness(with_futures(firmness=loose), "nl") if isinstance(block, Sentence))
    assert "Geen enkel gepland werk is stevig." in said


def test_where_every_work_is_firm_that_is_said():
    sure = FIRM.assign(firm=True)
    said = " ".join(block.text for block in firmness(with_futures(firmness=sure), "nl") if isinstance(block, Sentence))
    assert "Elk gepland werk is stevig." in said


def test_the_pictures_show_the_tables_and_are_drawn_the_same_twice():
    assert {"stevig", "broos", "2030"} <= set(words(firm_years(FIRM, lang="nl")))
    drawn = together_and_alone(DRAWN, lang="nl")
    assert {"dit programma", "ieder voor zich"} <= set(words(drawn))
    assert together_and_alone(DRAWN, lang="nl") == drawn


def test_an_area_tells_which_of_its_own_works_are_steady_and_nothing_before_futures_are_drawn():
    here = PLAN.areas.agenda.loc[PLAN.areas.agenda["area"] == "West", "work"]
    assert set(FIRM["work"]) <= set(here)
    blocks = area_firmness(with_futures(), "West", "nl")
    said = " ".join(block.text for block in blocks if isinstance(block, Sentence))
    assert "Stevig, want in minstens 90 % daarvan in hetzelfde jaar: 1 van 3 werken hier." in said
    sure, loose = [[row[0] for row in block.rows] for block in blocks if isinstance(block, Table)]
    assert (sure, loose) == (
        ["Riool Dorpsstraat"],
        ["Water Dorpsstraat", "Gas Dorpsstraat"],
    )
    assert area_firmness(with_futures(), "Oost", "nl") == []
    assert area_firmness(PLAN, "West", "nl") == []
