"""Streets with paving so young that digging breaks its graafrust. (nl: graven in jonge verharding)."""

import pandas as pd

from koppelkans.weighing.criterion import Criterion, Evidence, along, answer


def measure(evidence: Evidence) -> pd.DataFrame:
    """Return the number of its streets dug in its best year while their paving should rest.

    Counted is the newest paving; 0 where it does not dig. Unknown where of one of its streets no year of paving is
    known.
    """
    works, sections = evidence.works, evidence.sections
    until = sections["laid_year"] + sections["rest_years"]
    best = evidence.openers["work"].map(works["best_year"])
    rests = evidence.openers["section"].map(until)
    pairs = pd.DataFrame({"work": evidence.openers["work"], "section": range(len(evidence.openers))})
    broken = (best <= rests).astype("float64").where(rests.notna()).reset_index(drop=True)
    found = along(pairs, broken, "sum").reindex(works.index)
    return answer(evidence, found.where(works["digs"], 0.0), "derived")


REST_BROKEN = Criterion(
    name="rest_broken",
    nl="graven in jonge verharding",
    en="digging in young paving",
    ground="manageability",
    unit="streets",
    unit_nl="straten",
    better="less",
    formula=r"|\{s \in S_w : w\ \text{digs},\ b_w \le \text{laid}_s + R_s\}|",
    source="year of the newest paving among the assets of each section; settings.rest_years",
    measure=measure,
    one="street",
    one_nl="straat",
)
