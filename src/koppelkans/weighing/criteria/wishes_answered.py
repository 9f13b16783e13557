"""Wishes of residents along the streets that the work lies in. (nl: wensen die kunnen meeliften)."""

import pandas as pd

from koppelkans.weighing.criterion import Criterion, Evidence, answer


def measure(evidence: Evidence) -> pd.DataFrame:
    """Return the number of wishes along its sections.

    Unknown in a city that gave no wishes, or for a work outside all sections.
    """
    wishes, names = evidence.wishes, evidence.works.index
    per_section = wishes.groupby("section").size()
    counts = evidence.touches["section"].map(per_section).fillna(0.0)
    found = counts.groupby(evidence.touches["work"]).sum().reindex(names)
    return answer(evidence, found if len(wishes) else found.iloc[:0], "measured")


WISHES_ANSWERED = Criterion(
    name="wishes_answered",
    nl="wensen die kunnen meeliften",
    en="wishes that can ride along",
    ground="liveability",
    unit="wishes",
    unit_nl="wensen",
    better="more",
    formula=r"\sum_{s \in S_w} \text{wishes}_s",
    source="wishes of residents, each at the nearest section",
    measure=measure,
    one="wish",
    one_nl="wens",
)
