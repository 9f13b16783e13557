"""Share of the cost that declared purses cover. (nl: gedekt deel)."""

import pandas as pd

from koppelkans.rules.purses import OWN
from koppelkans.weighing.criterion import Criterion, Evidence, answer


def measure(evidence: Evidence) -> pd.DataFrame:
    """Return the share of the work that declared funds pay.

    An owner's own money that no one declared covers nothing.
    """
    paid = evidence.payments
    declared = paid["share"].where(~paid["fund"].str.startswith(OWN), 0.0)
    return answer(evidence, declared.groupby(paid["work"]).sum(), "derived")


EARMARKED_SHARE = Criterion(
    name="earmarked_share",
    nl="dekking uit potjes",
    en="cover by declared purses",
    ground="financing",
    unit="share of the cost",
    unit_nl="deel van de kosten",
    better="more",
    formula=r"\sum_{f\ \text{declared}} \text{share}_{wf}",
    source="rules of the purses in settings.funds",
    measure=measure,
    ends=(0.0, 1.0),
)
