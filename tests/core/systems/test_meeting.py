"""Where systems meet: what lies deepest goes first, and the years say whether it does."""

from dataclasses import replace

import pandas as pd
import pytest

import hamlet
from koppelkans.context.product import Context
from koppelkans.systems.meeting import meetings

ORDER = ("sewer_gravity", "water_main", "gas_low", "paving")


def context(kinds: list[str]) -> Context:
    """Return the hamlet with one work of each kind, all in S1."""
    made = hamlet.context()
    systems = {
        "sewer_gravity": "water",
        "water_main": "cables_and_pipes",
        "gas_low": "cables_and_pipes",
        "paving": "infrastructure",
    }
    works = made.works.head(len(kinds)).assign(
        work=[f"w{at}" for at in range(len(kinds))], kind=kinds, system=[systems[kind] for kind in kinds],
        digs=[kind != "paving" for kind in kinds], resurfaces=[kind == "paving" for kind in kinds],
    )  # fmt: skip
    touches = made.touches.head(len(kinds)).assign(work=works["work"].to_numpy(), section="S1")
    return replace(made, works=works, touches=touches)


def plan(*years: int | None) -> pd.DataFrame:
    return pd.DataFrame({"work": [f"w{at}" for at in range(len(years))], "year": pd.array(years, dtype="Int64")})


@pytest.mark.parametrize(
    ("years", "order"),
    [((2030, 2030), "together"), ((2030, 2028), "in_order"), ((2028, 2030), "wrong_order"), ((2028, None), "undone")],
)
def test_paving_must_follow_the_sewer(years: tuple[int, int | None], order: str):
    made = meetings(context(["paving", "sewer_gravity"]), plan(*years), order=ORDER)
    assert made[["section", "work", "other_work", "system", "other_system", "order"]].to_numpy().tolist() == [
        ["S1", "w1", "w0", "water", "infrastructure", order]
    ]


def test_works_of_one_system_do_not_meet_and_every_other_pair_stands_once():
    made = meetings(context(["sewer_gravity", "water_main", "gas_low"]), plan(2030, 2031, 2030), order=ORDER)
    assert list(zip(made["work"], made["other_work"], made["order"], strict=True)) == [
        ("w0", "w1", "in_order"), ("w0", "w2", "together"),
    ]  # fmt: skip


def test_kinds_without_a_place_in_the_order_may_go_in_any():
    made = meetings(context(["sewer_gravity", "paving"]), plan(2031, 2030), order=())
    assert made["order"].tolist() == ["in_order"]
