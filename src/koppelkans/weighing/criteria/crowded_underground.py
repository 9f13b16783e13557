"""How full the ground is where the work digs. (nl: drukte in de ondergrond)."""

import numpy as np
import pandas as pd

from koppelkans.weighing.criterion import Criterion, Evidence, along, answer


def measure(evidence: Evidence) -> pd.DataFrame:
    """Return the length of cables and pipes per metre of street width, where the work digs.

    Over the sections that it opens; 0 where it does not dig. Unknown where a width is, or where no cables and pipes
    are known at all.
    """
    sections = evidence.sections
    nets = along(evidence.openers, sections["net_m"], "sum")
    ground = along(evidence.openers, sections["length_m"] * sections["width_m"], "sum")
    per_metre = (nets / ground.where(ground > 0)).reindex(evidence.works.index)
    basis = np.where(sections["width_basis"].isin(["measured", "derived"]).all(), "derived", "assumed").item()
    return answer(evidence, per_metre.where(evidence.works["digs"], 0.0), basis)


CROWDED_UNDERGROUND = Criterion(
    name="crowded_underground",
    nl="drukte in de ondergrond",
    en="crowded underground",
    ground="feasibility",
    unit="nets per m of width",
    unit_nl="netten per meter breedte",
    better="less",
    formula=r"\sum_{s \in S_w} \text{net}_s \Big/ \sum_{s \in S_w} \ell_s\, b_s",
    source="length of the cables and pipes among the assets; widths of the sections",
    measure=measure,
    one="net per m of width",
    one_nl="net per meter breedte",
)
