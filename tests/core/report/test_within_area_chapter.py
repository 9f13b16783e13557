"""The order within an area stands beside that of the city, with whose weights and how far apart."""

from dataclasses import replace

import pandas as pd

import hamlet_plan
from koppelkans.ground.tables import shape
from koppelkans.report.chapters.within_area import areas_apart, within_area
from koppelkans.report.document import Sentence, Table
from koppelkans.report.plan import Plan
from koppelkans.weighing.product import AREA_RANKING, AREA_VOICES

BARE = hamlet_plan.plan()


def told(*, own: bool, reversals: int = 1) -> Plan:
    voices = pd.DataFrame({"area": ["West"], "own": [own], "set_by": ["wijkraad" if own else None], "set_on": [None], "works": [2], "reversals": [reversals], "tau": [-1.0]})  # fmt: skip
    ranking = pd.DataFrame(
        {"area": "West", "work": ["w-gas", "w-sewer"], "area_rank": [1, 2], "city_rank": [2, 1], "total": [0.7, 0.4], "criterion": ["nuisance", None]}
    )  # fmt: skip
    tables = {"area_voices": shape(voices, AREA_VOICES), "area_ranking": shape(ranking, AREA_RANKING)}
    return replace(BARE, weighing=replace(BARE.weighing, **tables))


def test_the_order_of_the_area_stands_beside_that_of_the_city():
    blocks = within_area(told(own=True), "West", "nl")
    (table,) = [block for block in blocks if isinstance(block, Table)]
    assert [[row[0], row[2]] for row in table.rows] == [["1", "2"], ["2", "1"]]
    words = " ".join(block.text for block in blocks if isinstance(block, Sentence))
    assert "vastgesteld door: wijkraad" in words
    assert "andersom zouden staan: 1" in words


def test_an_area_without_own_weights_says_so_and_is_not_told_as_apart():
    blocks = within_area(told(own=False), "West", "nl")
    assert "geen eigen gewichten" in " ".join(block.text for block in blocks if isinstance(block, Sentence))
    assert areas_apart(told(own=False), "nl") == []
    assert areas_apart(told(own=True), "nl")


def test_an_area_without_works_says_so():
    blocks = within_area(BARE, "West", "nl")
    assert "geen werk dat meedoet" in " ".join(block.text for block in blocks if isinstance(block, Sentence))
