"""The alignment of the hamlet, from the door."""

import dataclasses
from pathlib import Path

import hamlet
from koppelkans.alignment import Alignment, align
from koppelkans.context.product import Context
from koppelkans.ground.shelf import load, save


def aligned(context: Context | None = None) -> Alignment:
    return align(context or hamlet.context(), hamlet.opportunities(), settings=hamlet.settings())


def test_the_hamlet_has_three_matches_and_four_calls():
    made = aligned()
    assert len(made.matches) == 3
    assert made.calls[["party", "other_party"]].to_numpy().tolist() == [
        ["gas", "gemeente"],
        ["gemeente", "gas"],
        ["gemeente", "water"],
        ["water", "gemeente"],
    ]
    assert made.calls["saving_eur"].tolist() == [29_700] * 4
    assert "biodiversiteit" in made.calls.loc[0, "terms_nl"]


def test_without_works_there_is_nothing_to_align():
    context = hamlet.context()
    made = aligned(dataclasses.replace(context, works=context.works[:0], touches=context.touches[:0]))
    assert (len(made.shared), len(made.matches), len(made.calls)) == (0, 0, 0)


def test_the_order_of_the_rows_does_not_matter():
    context = hamlet.context()
    mixed = {
        name: getattr(context, name).sample(frac=1, random_state=5)
        for name in ("works", "touches", "sections", "parties")
    }
    made, other = aligned(), aligned(dataclasses.replace(context, **mixed))
    assert all(getattr(made, name).equals(getattr(other, name)) for name in ("shared", "matches", "calls"))


def test_an_alignment_comes_back_from_the_shelf(tmp_path: Path):
    made = aligned()
    assert load(Alignment, save(made, tmp_path)).calls.equals(made.calls)
