"""Two works of different owners that could share one opening, and how good a match that is. (nl: koppelingen)."""

import numpy as np
import pandas as pd

from koppelkans.opportunities.lookup import look_up
from koppelkans.opportunities.pairs import openers, pairs


def matches_of(works: pd.DataFrame, touches: pd.DataFrame, *, sections: pd.DataFrame, shift_years: int) -> pd.DataFrame:
    """Return every match: one row per section and pair of works whose windows meet or would after a shift of at most `shift_years`.

    Strength is the mean of what is known of: certainty (mean of both), time (years that suit both, as a share of the
    shorter window; 0 where one must shift) and length (shorter length in the section, as a share of the section).

    Parameters
    ----------
    works, touches, sections
        Tables of the context.
    """
    found = pairs(openers(works, touches), most_years=shift_years)
    place = sections.set_index("section")
    certainty = (found["certainty"] + found["other_certainty"]) / 2.0
    span = np.minimum(
        found["latest_year"] - found["earliest_year"], found["other_latest_year"] - found["other_earliest_year"]
    )
    together = found["last_year"] - found["first_year"] + 1
    time = (together / (span + 1)).where(found["gap_years"] == 0, 0.0)
    shorter = found[["length_m", "other_length_m"]].min(axis=1, skipna=False).astype("float64")
    whole = look_up(found["section"], place["length_m"]).astype("float64")
    length = (shorter / whole.where(whole > 0)).clip(upper=1.0)
    strength = pd.concat([certainty, time, length], axis=1).mean(axis=1, skipna=True)
    return pd.DataFrame(
        {
            "match": found["section"] + ":" + found["work"] + ":" + found["other_work"],
            "section": found["section"],
            "street": look_up(found["section"], place["name"]),
            "area": look_up(found["section"], place["area"]),
            "party": found["owner"],
            "other_party": found["other_owner"],
            "work": found["work"],
            "other_work": found["other_work"],
            "first_year": found["first_year"],
            "last_year": found["last_year"],
            "shift_years": found["gap_years"],
            "years_apart": (found["best_year"] - found["other_best_year"]).abs(),
            "strength": strength.astype("float64"),
        }
    ).sort_values("match", ignore_index=True)
