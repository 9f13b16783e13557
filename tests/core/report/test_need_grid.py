"""The grid of ambitions and quarters: a cell each, unknown as a question mark, and the bar as long as what is met."""

import re

import pandas as pd

from koppelkans.report.pictures.need_grid import need_grid

STACK = pd.DataFrame(
    {
        "name_nl": ["hitte", "hitte", "water", "water"], "name_en": ["heat", "heat", "water", "water"],
        "place_name": ["Oost & West", "Noord"] * 2, "need_score": [0.9, 0.1, None, 0.5], "met_share": [0.5, None, None, 0.0],
    }
)  # fmt: skip


def test_each_place_and_ambition_has_a_cell_and_what_is_unknown_a_question_mark():
    made = need_grid(STACK, "nl")
    assert made.count(">?<") == 1
    assert [text in made for text in (">0,9<", ">0,1<", ">0,5<", "Oost &amp;")] == [True] * 4


def test_the_bar_is_as_long_as_the_share_that_is_met():
    made = need_grid(STACK, "en")
    bars = [float(one) for one in re.findall(r'width="([\d.]+)" height="4"', made)]
    # two of the legend, then a track and a bar for heat in Oost & West (half) and water in Noord (none)
    assert bars[3] == round(bars[2] / 2, 1)
    assert bars[5] == 0.0
