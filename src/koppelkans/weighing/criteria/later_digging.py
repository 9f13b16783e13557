"""Works that will dig up the same street within its graafrust and cannot join. (nl: later weer open)."""

import pandas as pd

from koppelkans.weighing.criterion import Criterion, Evidence, answer, of_openers


def measure(evidence: Evidence) -> pd.DataFrame:
    """Return the number of later works that dig in its sections within the rest years.

    Later: their window starts after its own has ended.
    """
    works, met = evidence.works, evidence.meetings
    one, other = works.loc[met["work"]], works.loc[met["other"]]
    rest = met["section"].map(evidence.sections["rest_years"]).to_numpy(dtype=float)
    apart = other["earliest_year"].to_numpy() > one["latest_year"].to_numpy()
    within = other["best_year"].to_numpy() - one["best_year"].to_numpy() <= rest
    again = met[apart & within & other["digs"].to_numpy()].groupby("work")["other"].nunique()
    placed = evidence.openers["work"].unique()
    return answer(evidence, of_openers(evidence, again.reindex(placed, fill_value=0)), "derived")


LATER_DIGGING = Criterion(
    name="later_digging",
    nl="later weer opbreken",
    en="digging again later",
    ground="manageability",
    unit="works",
    unit_nl="werken",
    better="less",
    formula=r"|\{v \text{ digs} : S_v \cap S_w \neq \emptyset,\ e_v > l_w,\ b_v - b_w \le R_s\}|",
    source="windows of all works; settings.rest_years",
    measure=measure,
    one="work",
    one_nl="werk",
)
