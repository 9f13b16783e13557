"""Other parties that can share the opening within both windows. (nl: medebetalers)."""

import pandas as pd

from koppelkans.weighing.criterion import Criterion, Evidence, answer, of_openers


def measure(evidence: Evidence) -> pd.DataFrame:
    """Return the number of other owners with a work in its sections in the same window."""
    works, met = evidence.works, evidence.meetings
    one, other = works.loc[met["work"]], works.loc[met["other"]]
    meets = (one["earliest_year"].to_numpy() <= other["latest_year"].to_numpy()) & (
        other["earliest_year"].to_numpy() <= one["latest_year"].to_numpy()
    )
    shares = meets & (one["owner"].to_numpy() != other["owner"].to_numpy())
    owners = met[["work"]].assign(owner=other["owner"].to_numpy())[shares].groupby("work")["owner"].nunique()
    placed = evidence.openers["work"].unique()
    return answer(evidence, of_openers(evidence, owners.reindex(placed, fill_value=0)), "derived")


CO_PAYERS = Criterion(
    name="co_payers",
    nl="partijen die kunnen meebetalen",
    en="parties that can share the cost",
    ground="financing",
    unit="parties",
    unit_nl="partijen",
    better="more",
    formula=r"|\{o(v) \neq o(w) : S_v \cap S_w \neq \emptyset,\ [e_v, l_v] \cap [e_w, l_w] \neq \emptyset\}|",
    source="windows and places of all works",
    measure=measure,
    one="party",
    one_nl="partij",
)
