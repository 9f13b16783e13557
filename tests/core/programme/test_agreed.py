"""Agreements of a city as tables."""

import pandas as pd
import pytest

from koppelkans.ground.errors import SettingError
from koppelkans.ground.settings import Joint, ProgrammePart, Promise, Tie, make_settings
from koppelkans.programme.decided import Agreed, agreed, within

WORKS = pd.DataFrame({"work": ["gas", "sewer", "water"], "cost_eur": pd.array([40_000, 250_000, None], dtype="Int64")})


def agree(**lists: object) -> Agreed:
    return agreed(WORKS, ProgrammePart.model_validate(lists), move_share=0.1)


def test_a_tie_becomes_bounds_on_the_years_between():
    made = agree(
        ties=[
            Tie(work="gas", other="sewer", same_year=True),
            Tie(work="gas", other="water", at_least_years=2),
            Tie(work="water", other="sewer", at_most_years=3),
        ]
    ).ties
    assert made[["work", "other", "least_years"]].to_numpy().tolist() == [
        ["gas", "sewer", 0], ["gas", "water", 2], ["water", "sewer", 0],
    ]  # fmt: skip
    assert made["most_years"].fillna(-1).tolist() == [0, -1, 3]


def test_a_promise_without_a_price_says_that_its_price_is_assumed():
    made = agree(
        promises=[
            Promise(work="sewer", year=2030, made_to="wijkraad"),
            Promise(work="gas", year=2029, move_eur=7_000),
            Promise(work="water", year=2031),
        ]
    ).promises.set_index("work")
    assert made["basis"].to_dict() == {"gas": "given", "sewer": "assumed", "water": "assumed"}
    assert made.loc["sewer", "move_eur"] == 0.1 * 250_000
    assert made.loc["gas", "move_eur"] == 7_000
    assert pd.isna(made.loc["water", "move_eur"])


def test_what_cannot_be_agreed_is_a_fault_with_its_place():
    with pytest.raises(SettingError) as told:
        agree(
            ties=[Tie(work="gass", other="sewer", same_year=True)],
            promises=[Promise(work="gas", year=2030), Promise(work="gas", year=2031)],
            joints=[Joint(work="gas", other="sewer", saving_eur=1), Joint(work="sewer", other="gas", saving_eur=2)],
        )
    assert [fault.column for fault in told.value.faults] == [
        "programme.ties.0.work", "programme.promises.1.work", "programme.joints.1.work",
    ]  # fmt: skip
    assert "the nearest name is gas" in told.value.faults[0].wanted


@pytest.mark.parametrize(
    "tie",
    [
        {"work": "a", "other": "b"},
        {"work": "a", "other": "a", "same_year": True},
        {"work": "a", "other": "b", "same_year": True, "at_most_years": 2},
        {"work": "a", "other": "b", "at_least_years": 3, "at_most_years": 2},
        {"work": "a", "other": "b", "at_least_years": -1},
    ],
)
def test_a_tie_that_says_nothing_or_too_much_is_refused(tie: dict[str, object]):
    with pytest.raises(SettingError):
        make_settings({"city": {"name": "Gehucht"}, "programme": {"ties": [tie]}})


def test_only_agreements_between_planned_works_stay_and_a_lost_tie_is_named():
    made = agree(
        ties=[Tie(work="gas", other="water", same_year=True), Tie(work="gas", other="sewer", same_year=True)],
        joints=[Joint(work="water", other="sewer", saving_eur=5)],
        promises=[Promise(work="water", year=2031)],
    )
    kept, lost = within(made, pd.Series(["gas", "sewer"]))
    assert kept.ties[["work", "other"]].to_numpy().tolist() == [["gas", "sewer"]]
    assert kept.joints.empty
    assert kept.promises.empty
    assert lost[["work", "other"]].to_numpy().tolist() == [["gas", "water"]]
