"""More is asked than there is: who, when, how much too much, and what of it is unknown."""

import pandas as pd

from koppelkans.ground.words import number
from koppelkans.opportunities.kinds.overload import asked_per_year, short_years, told

ASKS = pd.DataFrame(
    {"crew": ["a", "a", "b"], "work": ["w2", "w1", "w3"], "best_year": [2030, 2030, 2031], "need": [60.0, 50.0, None]}
)  # fmt: skip


def test_what_is_asked_adds_up_per_year_and_the_unknown_is_counted():
    made = asked_per_year(ASKS, who="crew").set_index("crew")
    assert made.loc["a", ["need", "works", "unknown"]].tolist() == [110.0, ["w1", "w2"], 0]
    assert made.loc["b", ["need", "unknown"]].tolist() == [0.0, 1]


def test_only_what_is_short_by_more_than_a_hundredth_is_a_bottleneck():
    table = pd.DataFrame({"crew": ["a", "b"], "year": [2030, 2030], "need": [110.0, 101.0], "has": [100.0, 100.0]})
    made = short_years(table, who="crew")
    assert made[["key", "first_year", "last_year", "quantity"]].to_numpy().tolist() == [["a:2030", 2030, 2030, 10.0]]


def test_an_assumption_is_told_in_other_words():
    rows = pd.DataFrame(
        {"name": ["A", "B"], "year": [2030] * 2, "need": [12.0] * 2, "has": [10.0] * 2, "quantity": [2.0] * 2, "unknown": [0, 1], "basis": ["given", "assumed"]}
    )  # fmt: skip
    made = told(rows, given="{name} {year}: {gap} of {need}", assumed="about {name} {has}", write=number)
    assert made["why_en"].tolist() == ["A 2030: 2 of 12", "about B 10 Not counted: 1 work without a known cost."]
