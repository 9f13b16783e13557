"""Wishes of residents about the streets that the work lies in. (nl: wensen die kunnen meeliften)."""

import pandas as pd

from koppelkans.weighing.criterion import Criterion, Evidence, answer


def measure(evidence: Evidence) -> pd.DataFrame:
    """Return the number of wishes about a street that it touches.

    The street is the one that the wish names, else the one it lies on. Unknown in a city that gave no wishes, or for a work outside all sections.
    """
    names = evidence.works.index
    pairs = evidence.touches[["work", "section"]].merge(evidence.wish_sections[["wish", "section"]], on="section")
    counts = pairs.groupby("work")["wish"].nunique().astype("float64")
    placed = evidence.touches["work"].drop_duplicates()
    found = counts.reindex(placed).fillna(0.0).reindex(names)
    return answer(evidence, found if len(evidence.wishes) else found.iloc[:0], "measured")


WISHES_ANSWERED = Criterion(
    name="wishes_answered",
    nl="wensen die kunnen meeliften",
    en="wishes that can ride along",
    ground="liveability",
    unit="wishes",
    unit_nl="wensen",
    better="more",
    formula=r"\left|\{ v : S_v \cap S_w \ne \emptyset \}\right|",
    source="wishes of residents, each in the street that it names, else the one it lies on",
    measure=measure,
    one="wish",
    one_nl="wens",
)
