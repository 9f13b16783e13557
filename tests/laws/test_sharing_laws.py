"""What a party does not share has no influence at all on what others see of it."""

import pandas as pd
from hypothesis import given, settings
from hypothesis import strategies as st

import hamlet
from koppelkans.alignment.shares import FIELDS, UNDECLARED, shared_by
from koppelkans.ground.settings import Party

CONTEXT = hamlet.context()
OF_FIELD = {
    "window": ["earliest_year", "latest_year"],
    "kind": ["kind"],
    "certainty": ["certainty"],
    "cost": ["cost_eur"],
    "name": ["name"],
}
SHARES = st.lists(st.sampled_from(sorted(FIELDS)), unique=True)
OTHER = {
    "earliest_year": st.integers(2020, 2030),
    "latest_year": st.integers(2031, 2040),
    "kind": st.sampled_from(["heat", "telecom"]),
    "certainty": st.sampled_from(["wens", "vast"]),
    "cost_eur": st.integers(0, 10**6),
    "name": st.text(min_size=1, max_size=5),
}


@settings(max_examples=60, deadline=None)
@given(shares=st.one_of(st.none(), SHARES), data=st.data(), section=st.sampled_from(["S1", "S3", "S4"]))
def test_hidden_fields_change_nothing_in_what_others_see(shares: list[str] | None, data: st.DataObject, section: str):
    parties = [] if shares is None else [Party(party="water", shares=shares)]
    open_fields = UNDECLARED if shares is None else shares
    works, touches = CONTEXT.works.copy(), CONTEXT.touches.copy()
    mine = works["owner"] == "water"
    for field, columns in OF_FIELD.items():
        for column in [] if field in open_fields else columns:
            works.loc[mine, column] = data.draw(OTHER[column])
    if "section" not in open_fields:
        extra = pd.DataFrame({"work": ["w-water-1"], "section": [section], "length_m": [1.0]})
        touches = pd.concat([touches, extra]).drop_duplicates(["work", "section"])
    seen = shared_by(CONTEXT.works, CONTEXT.touches, parties=parties)
    assert shared_by(works, touches, parties=parties).equals(seen)


@settings(max_examples=40, deadline=None)
@given(shares=SHARES)
def test_a_field_that_is_not_shared_is_unknown_in_every_row(shares: list[str]):
    seen = shared_by(CONTEXT.works, CONTEXT.touches, parties=[Party(party="water", shares=shares)])
    hidden = [column for field, columns in FIELDS.items() if field not in shares for column in columns]
    assert seen.loc[seen["party"] == "water", hidden].isna().all(axis=None)
