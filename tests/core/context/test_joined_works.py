"""Works that a person called one are one, without showing what an owner keeps to itself."""

import pandas as pd
import pytest

import hamlet
from koppelkans.context.second_look import look_again
from koppelkans.context.survey import survey
from koppelkans.context.works.planned_works import gather_works
from registers import M3, R1, W8, answer, city, register, three


def test_what_was_joined_is_one_work_and_its_partners_stay():
    whole = city(three(), answer(R1, W8, same=True), answer(W8, M3, same=True))
    rows, faults = gather_works(whole)
    assert rows["work"].tolist() == ["R1", "W9"]
    joined = rows.iloc[0]
    assert joined[["earliest_year", "best_year", "latest_year"]].tolist() == [2030, 2030, 2030]
    assert (joined["cost_eur"], joined["certainty"], joined["owner"], joined["partners"]) == (80_000, "vast", "gemeente", ("aannemer",))  # fmt: skip
    assert [fault.found for fault in faults if "same job" in fault.found] == [
        "work W8 of gemeente: the same job as R1",
        "work M3 of aannemer: the same job as R1",
    ]
    assert not look_again(whole).proposed
    assert "aannemer" in set(survey(whole).parties["party"])


def test_what_another_owner_does_not_share_is_not_taken():
    layers = {
        "eigen": ("works", register([hamlet.stretch(0, 100)], work=["R1"])),
        "derden": ("plans", register([hamlet.stretch(0, 100)], work=["W9"], owner="water", certainty="vast", cost_eur=9_000)),
    }  # fmt: skip
    joined = gather_works(city(layers, answer(R1, ("derden", "W9"), same=True)))[0].iloc[0]
    assert pd.isna(joined["cost_eur"])
    assert joined["certainty"] == "gepland"


def test_windows_that_do_not_meet_are_told_and_the_first_is_kept():
    layers = {
        "eigen": ("works", register([hamlet.stretch(0, 100)], work=["R1"])),
        "wior": ("plans", register([hamlet.stretch(0, 100)], work=["W8"], earliest_year=2033, latest_year=2034)),
    }
    rows, faults = gather_works(city(layers, answer(R1, W8, same=True)))
    assert rows.iloc[0][["earliest_year", "latest_year"]].tolist() == [2030, 2030]
    assert any("2030-2030, 2033-2034" in fault.found for fault in faults)


def test_an_answer_about_a_work_that_is_gone_is_told():
    whole = city(three(), answer(R1, ("wior", "weg"), same=True))
    rows, faults = gather_works(whole)
    assert len(rows) == 4
    assert [fault.where for fault in faults if "weg" in fault.found] == ["samen.toml"]


@pytest.mark.parametrize("pair", [(R1, W8), (W8, M3), (R1, ("wior", "W9"))])
def test_an_answer_joins_the_two_that_it_names_and_nothing_else(pair: tuple[tuple[str, str], tuple[str, str]]):
    before, after = gather_works(city(three()))[0], gather_works(city(three(), answer(*pair, same=True)))[0]
    (gone,) = set(before["work"]) - set(after["work"])
    named = [work for _, work in pair]
    assert gone in named
    rest = [rows[~rows["work"].isin(named)].reset_index(drop=True) for rows in (before, after)]
    pd.testing.assert_frame_equal(*map(pd.DataFrame, rest))
