"""The board may overrule: by hand, on five works."""

import numpy as np
import pandas as pd
import pytest

from koppelkans.ground.errors import SettingError
from koppelkans.ground.settings import Overrule, make_settings
from koppelkans.weighing.ranking import check_overrules, overrule_table, placed

NAMES = pd.Index(["a", "b", "c", "d", "e"])
RANKS, TOTALS = np.array([1.0, 2.0, 2.0, 4.0, 5.0]), np.array([0.9, 0.7, 0.7, 0.4, 0.1])
NO_MUST = pd.Series([None] * 5, index=NAMES, dtype="str")


def overrule(work: str, rank: int | None = None, **more: object) -> Overrule:
    """Return a decision of the board."""
    said = {"reason": "beloofd aan de wijk", "set_by": "college", "set_on": "2026-03-01"}
    return Overrule.model_validate({"work": work, "rank": rank} | said | more)


def test_a_work_stands_where_the_board_put_it_and_counts_with_the_total_of_that_place():
    after = placed(NAMES, RANKS, TOTALS, [overrule("e", 1)])
    assert after.ranks.tolist() == [2, 3, 3, 5, 1]
    assert after.totals.tolist() == [0.9, 0.7, 0.7, 0.4, 0.9]


def test_works_go_on_sharing_a_place_unless_something_was_put_between_them():
    assert placed(NAMES, RANKS, TOTALS, [overrule("a", 3)]).ranks.tolist() == [3, 1, 1, 4, 5]
    assert placed(NAMES, RANKS, TOTALS, [overrule("d", 3)]).ranks.tolist() == [1, 2, 4, 3, 5]
    after = placed(NAMES, RANKS, TOTALS, [overrule("a", 5), overrule("d", 1)])
    assert after.ranks.tolist() == [5, 2, 2, 1, 4]
    assert after.totals.tolist() == [0.1, 0.7, 0.7, 0.9, 0.1]


def test_without_a_decision_nothing_moves():
    after = placed(NAMES, RANKS, TOTALS, [overrule("a", decision="must")])
    assert after.ranks is RANKS
    assert after.totals is TOTALS


@pytest.mark.parametrize("missing", ["reason", "set_by", "set_on"])
@pytest.mark.parametrize("said", ["", "   ", None])
def test_a_deviation_without_reason_person_or_date_is_a_fault(missing: str, said: str | None):
    one = {"work": "a", "rank": 1, "reason": "beloofd", "set_by": "college", "set_on": "2026-03-01"} | {missing: said}
    if said is None:
        del one[missing]
    with pytest.raises(SettingError) as told:
        make_settings({"city": {"name": "x"}, "weighing": {"overrules": [one]}})
    assert [fault.column for fault in told.value.faults] == [f"weighing.overrules.0.{missing}"]


@pytest.mark.parametrize("part", [{"rank": None}, {"rank": 1, "decision": "must"}, {"rank": 0}])
def test_a_place_needs_a_number_and_only_a_place_has_one(part: dict):
    one = {"work": "a", "reason": "beloofd", "set_by": "college", "set_on": "2026-03-01"} | part
    with pytest.raises(SettingError):
        make_settings({"city": {"name": "x"}, "weighing": {"overrules": [one]}})


@pytest.mark.parametrize(
    ("overrules", "place"),
    [
        ([overrule("f", 1)], "0.work"),
        ([overrule("a", 1), overrule("a", decision="must")], "1.work"),
        ([overrule("a", 1), overrule("b", 1)], "1.rank"),
        ([overrule("a", 6)], "0.rank"),
        ([overrule("b", decision="out")], "0.decision"),
    ],
)
def test_a_decision_that_cannot_be_carried_out_is_told_with_its_place(overrules: list[Overrule], place: str):
    musts = NO_MUST.where(NAMES != "b", "legal duty")
    with pytest.raises(SettingError) as told:
        check_overrules(NAMES, overrules, musts=musts)
    assert [fault.column for fault in told.value.faults] == [f"weighing.overrules.{place}"]


def test_both_ranks_stand_beside_the_reason():
    ranking = pd.DataFrame({"work": NAMES, "rank": RANKS, "board_rank": [2, 3, 3, 5, 1]})
    row = overrule_table(ranking, [overrule("e", 1)]).iloc[0]
    assert row[["work", "rank", "board_rank", "reason", "set_by"]].tolist() == [
        "e",
        5,
        1,
        "beloofd aan de wijk",
        "college",
    ]
