"""Robustness of the ranking: other weights, other groups, and the first reversal. (nl: hoe vast de rangorde staat)."""

from typing import NamedTuple

import numpy as np
import pandas as pd

from koppelkans.ground.settings import WeighingPart
from koppelkans.weighing.elicit import CITY
from koppelkans.weighing.flips import can_flip, flip_table, flips, neighbours
from koppelkans.weighing.framing import WeighingSetup
from koppelkans.weighing.groups import (
    agreement,
    disagreement_table,
    group_table,
    listen,
    pair_table,
)
from koppelkans.weighing.method import Floats
from koppelkans.weighing.sampling import acceptability, sample


class Ranked(NamedTuple):
    """The works with their scores, totals and ranks, and whether they take part.

    Those that were knocked out do not.
    """

    names: pd.Index
    scores: Floats
    totals: Floats
    ranks: Floats
    inside: np.ndarray


class Robust(NamedTuple):
    """The results of the robustness tests: tables, agreement of groups, draws and notes.

    Draws tells how many weightings were asked and drawn; notes are for the trace.
    """

    tables: dict[str, pd.DataFrame]
    agreement: dict[str, float | int | None]
    sampled: dict[str, int]
    notes: list[str]


def robust(frame: WeighingSetup, ranked: Ranked, part: WeighingPart) -> Robust:
    """Return how the ranking holds under other weights, groups and single changes.

    Over the works that take part and of which something is known.
    """
    rows = ranked.inside & ~np.isnan(ranked.totals)
    works, scores = ranked.names[rows], ranked.scores[rows]
    method, weights, how = frame.method, frame.city.weights, part.sensitivity
    names = [one.name for one in frame.criteria]
    drawn = sample(scores, weights, method, frame.tuning, how)
    pairs = neighbours(works, ranked.ranks[rows], most=how.pairs)
    turned = flips(scores, weights, pairs, method=method, tuning=frame.tuning)
    heard = listen(works, scores, {CITY: frame.city} | dict(frame.groups), method=method, tuning=frame.tuning)
    tables = {
        "acceptability": acceptability(works, drawn, top=how.top),
        "flips": flip_table(works, pairs, turned, criteria=names, weights=weights)
        if can_flip(method, len(works))
        else flip_table(works, pairs[:0], (turned[0][:0], turned[1][:0]), criteria=names, weights=weights),
        "groups": group_table(part.groups, heard),
        "group_pairs": pair_table(heard, names),
        "disagreement": disagreement_table(heard, names),
    }
    notes = []
    if len(drawn.weightings) < drawn.asked:
        notes.append(
            f"{len(drawn.weightings)} weightings were drawn instead of {drawn.asked}: {method.name} compares every pair of works anew for each"
        )
    if how.pairs and not can_flip(method, len(works)):
        notes.append(
            f"no flips were sought: {method.name} compares every pair of {len(works)} works anew for each weight"
        )
    counted = {"asked": drawn.asked, "drawn": len(drawn.weightings), "works": len(works)}
    return Robust(tables, agreement(heard), counted, notes)
