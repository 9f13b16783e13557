"""Number of ambitions that the work serves where there is a need. (nl: aantal geholpen ambities)."""

import pandas as pd

from koppelkans.weighing.criterion import Criterion, Evidence, answer


def measure(evidence: Evidence) -> pd.DataFrame:
    """Return the number of ambitions of which the work meets some need.

    0 for a kind without effect, unknown where no need is known.
    """
    met = evidence.needs_met
    known = met[met["met"].notna()]
    served = known.assign(served=known["met"] > 0).groupby("work")["served"].sum().astype("float64")
    without_effect = ~evidence.works.index.isin(met["work"])
    return answer(evidence, served.reindex(evidence.works.index).mask(without_effect, 0.0), "derived")


AMBITIONS_SERVED = Criterion(
    name="ambitions_served",
    nl="aantal geholpen ambities",
    en="ambitions served",
    ground="ambitions",
    unit="ambitions",
    unit_nl="ambities",
    better="more",
    formula=r"|\{a : m_{wa} > 0\}|",
    source="need from the layers of the vision; effect per kind of work from settings.vision.ambitions.effects",
    measure=measure,
    one="ambition",
    one_nl="ambitie",
)
