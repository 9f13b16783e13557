"""The tree of criteria and its weights, by hand."""

import pytest

from koppelkans.ground.errors import SettingError
from koppelkans.ground.settings import WeighingPart
from koppelkans.weighing.criteria import CRITERIA
from koppelkans.weighing.tree import TOP, grow, shares, tree_table

BY_NAME = {criterion.name: criterion for criterion in CRITERIA}
FOUR = [BY_NAME[name] for name in ("need_met", "ambitions_served", "nuisance", "quarter_need")]
CLIMATE = {"node": "climate", "under": "ambitions", "nl": "Klimaat", "weight": 3, "criteria": ["need_met"]}


def test_weights_multiply_on_the_way_down():
    part = WeighingPart.model_validate(
        {"weights": {"ambitions": 1, "liveability": 3}, "nodes": [CLIMATE], "criteria": {"nuisance": 2}}
    )
    made = shares(grow(part, FOUR), part, place="weighing")
    # ambitions 1/4, in it the node 3/4 and ambitions_served 1/4; liveability 3/4, in it nuisance 2/3
    assert made.weights.tolist() == pytest.approx([3 / 16, 1 / 16, 1 / 2, 1 / 4])
    assert made.beside["need_met"] == 1


def test_a_criterion_moves_to_the_ground_of_its_node_and_an_empty_node_is_cut():
    nodes = [
        {"node": "street", "under": "liveability", "criteria": ["need_met"]},
        {"node": "bare", "under": "technical"},
    ]
    tree = grow(WeighingPart.model_validate({"nodes": nodes}), FOUR)
    assert tree.path("need_met") == ["liveability", "street", "need_met"]
    assert "bare" not in tree.parents
    assert tree.under(TOP) == ["ambitions", "liveability"]


def test_the_table_runs_from_the_top_down_and_says_how_weights_were_asked():
    part = WeighingPart.model_validate(
        {"nodes": [CLIMATE], "elicited": {"ambitions": {"points": {"climate": 30, "ambitions_served": 10}}}}
    )
    tree = grow(part, FOUR)
    table = tree_table(tree, shares(tree, part, place="weighing"), part, FOUR).set_index("node")
    assert list(table.index) == [
        "ambitions",
        "climate",
        "need_met",
        "ambitions_served",
        "liveability",
        "nuisance",
        "quarter_need",
    ]
    assert table.loc["climate", ["parent", "part", "depth", "name_nl", "name_en"]].tolist() == [
        "ambitions",
        "node",
        2,
        "Klimaat",
        "climate",
    ]
    assert table.loc["climate", "beside_share"] == 0.75
    assert table["asked"].dropna().to_dict() == {"climate": "direct", "ambitions_served": "direct"}


def test_what_a_group_does_not_give_is_as_the_city_has_it():
    part = WeighingPart.model_validate(
        {
            "nodes": [CLIMATE],
            "criteria": {"nuisance": 4},
            "groups": [
                {"group": "residents", "weights": {"liveability": 1}, "criteria": {"quarter_need": 1, "nuisance": 0}}
            ],
        }
    )
    tree = grow(part, FOUR)
    city = shares(tree, part, place="weighing")
    group = shares(tree, part.groups[0], place="weighing.groups.0", city=city)
    assert city.beside["nuisance"] == 0.8
    assert group.weights.tolist() == [0, 0, 0, 1]
    assert group.beside["climate"] == city.beside["climate"]


@pytest.mark.parametrize(
    ("nodes", "columns"),
    [
        ([{"node": "nuisance", "under": "ambitions"}], ["weighing.nodes.0.node"]),
        ([{"node": "x", "under": "nowhere"}], ["weighing.nodes.0.under"]),
        (
            [{"node": "x", "under": "y"}, {"node": "y", "under": "x"}],
            ["weighing.nodes.0.under", "weighing.nodes.1.under"],
        ),
        ([{"node": "x", "under": "technical", "criteria": ["beauty"]}], ["weighing.nodes.0.criteria"]),
        ([CLIMATE, CLIMATE | {"node": "again"}], ["weighing.nodes.1.criteria"]),
    ],
)
def test_nodes_that_cannot_stand_are_told_all_at_once(nodes: list[dict], columns: list[str]):
    with pytest.raises(SettingError) as told:
        grow(WeighingPart.model_validate({"nodes": nodes}), FOUR)
    assert [fault.column for fault in told.value.faults] == columns


def test_answers_about_nothing_in_the_tree_are_refused():
    part = WeighingPart.model_validate({"elicited": {"nuisance": {"points": {"a": 1}}}})
    with pytest.raises(SettingError, match=r"weighing\.elicited\.nuisance"):
        shares(grow(part, FOUR), part, place="weighing")


def test_nothing_with_a_weight_is_refused():
    part = WeighingPart.model_validate({"weights": {"technical": 1}})
    with pytest.raises(SettingError, match="no weight above 0"):
        shares(grow(part, FOUR), part, place="weighing")
