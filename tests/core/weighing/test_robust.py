"""How firm the ranking stands: what goes into the tables, and what is said about it."""

import numpy as np
import pandas as pd

from koppelkans.ground.settings import WeighingPart
from koppelkans.weighing.criteria import CRITERIA
from koppelkans.weighing.framing import combine_inside, framed
from koppelkans.weighing.ranking import ranks
from koppelkans.weighing.robust import Ranked, Robust, robust


def firm(count: int, **more: object) -> Robust:
    """Return how firm a ranking of some works stands; the first is out, of the second nothing is known."""
    part = WeighingPart.model_validate(more)
    frame = framed(part, CRITERIA)
    scores = np.random.default_rng(2).random((count, len(frame.criteria)))
    scores[1] = np.nan
    names = pd.Index([f"w{at:03}" for at in range(count)])
    out = pd.Series("out", index=names, dtype="str").where(names == "w000")
    totals = combine_inside(frame, scores, out.isna().to_numpy()).totals
    return robust(frame, Ranked(names, scores, totals, ranks(totals, out), out.isna().to_numpy()), part)


def test_only_works_that_take_part_and_of_which_something_is_known_are_in():
    made = firm(6, sensitivity={"samples": 50, "pairs": 2})
    assert made.tables["acceptability"]["work"].tolist() == ["w002", "w003", "w004", "w005"]
    assert len(made.tables["flips"]) == 2
    assert made.sampled == {"asked": 50, "drawn": 50, "works": 4}
    assert made.notes == []
    assert made.tables["disagreement"].empty


def test_what_was_not_computed_is_said():
    made = firm(103, method="electre_i", sensitivity={"samples": 500})
    assert made.sampled["drawn"] == 1_000_000 // 101**2
    assert made.tables["flips"].empty
    assert any("weightings were drawn instead of 500" in note for note in made.notes)
    assert any(note.startswith("no flips were sought") for note in made.notes)
