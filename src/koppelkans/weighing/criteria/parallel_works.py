"""Other works in the quarter in the same year that it cannot share a street with. (nl: werken tegelijk in de buurt)."""

import pandas as pd

from koppelkans.weighing.criterion import Criterion, Evidence, answer, of_openers


def measure(evidence: Evidence) -> pd.DataFrame:
    """Return the number of works elsewhere in its quarter with the same best year.

    Counted are works that open a street, and none of its own streets. The quarter of a work is that of most of the
    streets that it opens; unknown where that is not known.
    """
    areas = evidence.openers.assign(area=evidence.openers["section"].map(evidence.sections["area"])).dropna()
    streets = areas.groupby(["work", "area"], as_index=False).size().sort_values(["work", "size", "area"], ascending=[True, False, True])  # fmt: skip
    home = streets.drop_duplicates("work").set_index("work")["area"].astype("str")
    spot = home + "\n" + evidence.works["best_year"].reindex(home.index).astype("str")
    beside = spot.groupby(spot).transform("size") - 1
    pairs = evidence.meetings[["work", "other"]].drop_duplicates()
    shared = pairs[(pairs["work"].map(spot) == pairs["other"].map(spot)).to_numpy()].groupby("work").size()
    return answer(evidence, of_openers(evidence, beside - shared.reindex(beside.index).fillna(0)), "derived")


PARALLEL_WORKS = Criterion(
    name="parallel_works",
    nl="werken tegelijk in de buurt",
    en="works in the quarter at the same time",
    ground="feasibility",
    unit="works",
    unit_nl="werken",
    better="less",
    formula=r"|\{v \neq w : A_v = A_w,\ b_v = b_w,\ S_v \cap S_w = \emptyset\}|",
    source="places and best years of all works; area of the sections",
    measure=measure,
    one="work",
    one_nl="werk",
)
