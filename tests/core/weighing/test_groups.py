"""Groups with their own weights on three works, by hand."""

import numpy as np
import pandas as pd
import pytest

from koppelkans.ground.settings import Group
from koppelkans.weighing.elicit import CITY
from koppelkans.weighing.groups import (
    agreement,
    disagreement_table,
    group_table,
    listen,
    pair_table,
)
from koppelkans.weighing.method import USUAL
from koppelkans.weighing.methods.weighted import WEIGHTED_SUM
from koppelkans.weighing.tree import NodeWeights

WORKS = pd.Index(["bridge", "park", "sewer"])
SCORES = np.array([[0.5, 0.5], [0.0, 1.0], [1.0, 0.1]])
"""Two criteria: risk and green."""
GROUPS = [
    Group(group="roads", name="Wegen", kind="department", weights={"technical": 1}),
    Group(group="people", kind="residents", weights={"liveability": 1}, set_by="wijkraad"),
]


def heard():
    """Return the voices: the city weighs both the same, roads looks at risk, people at green."""
    voices = {CITY: (0.5, 0.5), "roads": (1.0, 0.0), "people": (0.0, 1.0)}
    shares = {name: NodeWeights({}, {}, np.array(weights)) for name, weights in voices.items()}
    return listen(WORKS, SCORES, shares, method=WEIGHTED_SUM, tuning=USUAL)


def test_each_group_has_its_ranking():
    found = heard()
    assert found.names == (CITY, "roads", "people")
    assert found.ranks[1:].tolist() == [[2, 3, 1], [2, 1, 3]]
    assert found.weights[1:].tolist() == [[1, 0], [0, 1]]


def test_a_group_is_set_beside_the_city():
    # the city: sewer 0.55, bridge and park 0.5; roads puts bridge over park, people puts park over both
    table = group_table(GROUPS, heard()).set_index("group")
    assert table["name"].tolist() == ["Wegen", "people"]
    assert table["reversals"].tolist() == [0, 2]
    assert table["set_by"].tolist()[1] == "wijkraad"
    assert table.loc["roads", "tau"] > 0 > table.loc["people", "tau"]


def test_every_two_say_how_often_they_disagree_and_on_what_it_turns():
    table = pair_table(heard(), ["risk", "green"]).set_index(["group", "other_group"])
    assert table["reversals"].to_dict() == {(CITY, "roads"): 0, (CITY, "people"): 2, ("roads", "people"): 3}
    # pull of risk: 0, -0.5, 0.5; of green: -0.03, 0.47, -0.43: risk is further apart between roads and people
    assert table.loc[("roads", "people"), "criterion"] == "risk"
    assert pd.isna(table.loc[(CITY, "roads"), "criterion"])


def test_each_work_says_who_puts_it_highest_and_who_lowest():
    table = disagreement_table(heard(), ["risk", "green"]).set_index("work")
    assert table.loc["park", ["highest", "lowest", "spread"]].tolist() == ["people", "roads", 2]
    assert table.loc["park", "criterion"] == "risk"  # -0.5 for roads against 0, green 0.47 against 0
    assert table.loc["bridge", ["spread"]].tolist() == [0]
    assert pd.isna(table.loc["bridge", "highest"])


def test_the_groups_agree_as_kendall_says():
    # ranks 2, 3, 1 and 2, 1, 3: sums 4, 4, 4: nothing is shared
    assert agreement(heard()) == {"groups": 2, "works": 3, "kendall_w": 0.0, "chance": 1.0}


def test_without_groups_there_is_nothing_to_compare():
    alone = listen(WORKS, SCORES, {CITY: NodeWeights({}, {}, np.array([0.5, 0.5]))}, method=WEIGHTED_SUM, tuning=USUAL)
    assert agreement(alone) == {}
    assert all(table.empty for table in (pair_table(alone, ["x", "y"]), disagreement_table(alone, ["x", "y"])))
    assert group_table([], alone).empty


def test_a_work_of_which_a_group_knows_nothing_stands_last_there():
    scores = np.array([[np.nan, 0.9], [0.2, 0.1]])
    voices = {CITY: NodeWeights({}, {}, np.array([0.5, 0.5])), "roads": NodeWeights({}, {}, np.array([1.0, 0.0]))}
    found = listen(WORKS[:2], scores, voices, method=WEIGHTED_SUM, tuning=USUAL)
    assert found.ranks[1].tolist() == [2, 1]
    assert np.isnan(found.totals[1, 0])
    assert found.totals[1, 1] == pytest.approx(0.2)
