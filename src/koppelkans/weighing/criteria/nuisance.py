"""Nuisance of its open streets for the people along them. (nl: hinder)."""

import pandas as pd

from koppelkans.weighing.criterion import Criterion, Evidence, along, answer, of_openers


def measure(evidence: Evidence) -> pd.DataFrame:
    """Return the address-days of the sections that the work opens.

    Unknown where the addresses of one of them are.
    """
    days = along(evidence.openers, evidence.openings["address_days"], "sum")
    return answer(evidence, of_openers(evidence, days), "derived")


NUISANCE = Criterion(
    name="nuisance",
    nl="hinder voor bewoners",
    en="nuisance for residents",
    ground="liveability",
    unit="address-days",
    unit_nl="adresdagen",
    better="less",
    formula=r"\sum_{s \in S_w} \tfrac{\ell_s}{100}\, \text{days}\; a_s\, f_{c(s)}",
    source="addresses and road class of the sections; settings.appraisal: days_per_100m, traffic",
    measure=measure,
    one="address-day",
    one_nl="adresdag",
)
