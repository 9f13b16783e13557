"""Own hours that the work asks against what its crew has within the window. (nl: beslag op mensen)."""

import numpy as np
import pandas as pd

from koppelkans.weighing.criterion import Criterion, Evidence, answer


def measure(evidence: Evidence) -> pd.DataFrame:
    """Return the hours of the work as a share of those of its crew in its window.

    Unknown where no crew fits or the cost is unknown. Assumed where the hours of the crew are.
    """
    asked = evidence.efforts.merge(evidence.works, left_on="work", right_index=True, suffixes=("", "_of_work"))
    crews, years = sorted(evidence.hours["crew"].unique()), evidence.years
    table = evidence.hours.pivot_table(index="crew", columns="year", values="hours", aggfunc="sum")
    table = table.reindex(index=crews, columns=years.years, fill_value=0.0).fillna(0.0)
    running = np.hstack([np.zeros((len(crews), 1)), table.to_numpy(dtype=float).cumsum(axis=1)])
    row = pd.Categorical(asked["crew"], categories=crews).codes
    first = np.clip(asked["earliest_year"].to_numpy() - years.first, 0, len(years))
    last = np.clip(asked["latest_year"].to_numpy() - years.first + 1, 0, len(years))
    there = running[row, np.maximum(first, last)] - running[row, first] if crews else np.zeros(len(asked))
    needed = asked["hours"].to_numpy(dtype=float)
    load = np.divide(needed, there, out=np.full(len(asked), np.nan), where=there > 0)
    given = set(evidence.hours.loc[evidence.hours["basis"] == "given", "crew"])
    basis = asked["crew"].isin(given).map({True: "derived", False: "assumed"})
    made = pd.DataFrame({"work": asked["work"], "load": load, "basis": basis}).drop_duplicates("work").set_index("work")
    return answer(evidence, made["load"], made["basis"])


CREW_LOAD = Criterion(
    name="crew_load",
    nl="beslag op mensen",
    en="load on the crew",
    ground="feasibility",
    unit="share of the hours in its window",
    unit_nl="deel van de uren in het venster",
    better="less",
    formula=r"h_w / \sum_{t=e_w}^{l_w} H_{c(w)t}",
    source="settings.crews, and hours_per_keur of settings.kinds",
    measure=measure,
)
