"""Need of the streets that the work lies in, whatever it does about it. (nl: opgave van de buurt)."""

import pandas as pd

from koppelkans.weighing.criterion import Criterion, Evidence, answer


def measure(evidence: Evidence) -> pd.DataFrame:
    """Return the mean need for all ambitions over its sections, by weight and level.

    Unknown where none is known.
    """
    needs = evidence.section_needs
    weighted = needs.assign(part=needs["need_score"] * needs["weight"]).groupby("section")[["part", "weight"]].sum()
    by_section = (weighted["part"] / weighted["weight"].where(weighted["weight"] > 0)).clip(0.0, 1.0)
    places = evidence.touches[["work"]].assign(need=evidence.touches["section"].map(by_section).astype("float64"))
    return answer(evidence, places.groupby("work")["need"].mean(), "derived")


QUARTER_NEED = Criterion(
    name="quarter_need",
    nl="opgaven in de buurt",
    en="need of the quarter",
    ground="liveability",
    unit="score 0-1",
    unit_nl="score 0-1",
    better="more",
    formula=r"\frac{1}{|S_w|} \sum_{s \in S_w} \frac{\sum_a g_a \lambda_a n_{as}}{\sum_a g_a \lambda_a}",
    source="need from the layers of the vision",
    measure=measure,
    ends=(0.0, 1.0),
)
