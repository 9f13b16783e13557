"""A party shows a window and not a plan; what it does not share cannot be guessed either."""

import pandas as pd
import pytest

import hamlet
from koppelkans.alignment.shares import shared_by
from koppelkans.ground.errors import SettingError
from koppelkans.ground.settings import Party

CONTEXT = hamlet.context()


def shown(*parties: Party, works: pd.DataFrame = CONTEXT.works) -> pd.DataFrame:
    return shared_by(works, CONTEXT.touches, parties=parties)


def test_an_undeclared_party_shows_section_and_window_only():
    gas = shown().set_index("party").loc["gas"]
    assert (gas["section"], gas["first_year"], gas["last_year"]) == ("S2", 2029, 2031)
    assert gas[["kind", "certainty", "cost_eur", "name"]].isna().all()


def test_a_declared_party_shows_what_it_shares_and_nothing_else():
    gas = shown(Party(party="gas", shares=["kind", "cost"])).set_index("party").loc["gas"]
    assert (gas["kind"], gas["cost_eur"]) == ("gas_low", 17_000)
    assert gas[["section", "first_year", "last_year", "certainty", "name"]].isna().all()


def test_a_party_that_shares_nothing_does_not_appear():
    assert "gas" not in set(shown(Party(party="gas", shares=[]))["party"])


def test_works_that_look_the_same_are_shown_once():
    kinds = shown(Party(party="gemeente", shares=["kind"]))
    assert kinds[kinds["party"] == "gemeente"]["kind"].tolist() == ["paving", "sewer_gravity"]


def test_every_field_that_does_not_exist_is_told_with_its_key():
    with pytest.raises(SettingError) as told:
        hamlet.settings(
            parties=[{"party": "gas", "shares": ["window", "price"]}, {"party": "water", "shares": ["plan"]}]
        )
    assert [fault.column for fault in told.value.faults] == ["parties.0.shares.1", "parties.1.shares.0"]


def test_a_work_outside_every_section_still_shows_its_window():
    lost = CONTEXT.touches[CONTEXT.touches["work"] != "w-gas"]
    gas = shared_by(CONTEXT.works, lost, parties=[]).set_index("party").loc["gas"]
    assert gas["first_year"] == 2029
    assert pd.isna(gas["section"])
