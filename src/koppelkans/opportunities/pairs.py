"""Pairs of works of different owners in one section, and the years in which they can meet. (nl: paren van werken)."""

import pandas as pd

from koppelkans.rules.openings import opened

CERTAIN = {"wens": 0.25, "voornemen": 0.5, "gepland": 0.75, "vast": 1.0}
"""How certain a plan is, in steps of a quarter: an order, not a chance (assumption of the project)."""
WINDOW = ["work", "owner", "earliest_year", "best_year", "latest_year", "certainty"]


def openers(works: pd.DataFrame, touches: pd.DataFrame) -> pd.DataFrame:
    """Return one row per section opened by a work, with owner, window and certainty (0-1).

    Sorted by section and work.
    """
    found = opened(touches, works=works).merge(works[WINDOW], on="work")
    found["certainty"] = found["certainty"].map(CERTAIN).astype("float64")
    return found.sort_values(["section", "work"], ignore_index=True)


def pairs(openings: pd.DataFrame, *, most_years: int) -> pd.DataFrame:
    """Return pairs of works of different owners in one section, at most some years apart.

    That is `most_years`.

    Parameters
    ----------
    openings
        As `openers` returns them: section, work, length_m, owner, earliest_year, best_year and latest_year.
    most_years
        Largest gap between the windows (years); 0 keeps only windows that meet.

    Returns
    -------
    Per section and pair: section, and what stands in a row of `openings` (work, owner, length_m, windows, certainty)
    of the one and (with `other_`) of the other, the one being the first in order of owner; `gap_years`, the years that one of them
    must shift before the windows meet, 0 where they do; `first_year` and `last_year` in which both can be done, where
    the windows do not meet the years from the end of the earlier to the start of the later. Sorted by section, works.
    """
    ordered = openings.sort_values(["section", "owner", "work"], ignore_index=True)
    rank = ordered.assign(at=range(len(ordered)))
    both = rank.merge(rank.rename(columns=lambda name: name if name == "section" else f"other_{name}"), on="section")
    both = both[(both["at"] < both["other_at"]) & (both["owner"] != both["other_owner"])]
    start = both[["earliest_year", "other_earliest_year"]].max(axis=1)
    end = both[["latest_year", "other_latest_year"]].min(axis=1)
    made = both.drop(columns=["at", "other_at"]).assign(
        gap_years=(start - end).clip(lower=0),
        first_year=pd.concat([start, end], axis=1).min(axis=1),
        last_year=pd.concat([start, end], axis=1).max(axis=1),
    )
    near = made[made["gap_years"] <= most_years]
    return near.sort_values(["section", "work", "other_work"], ignore_index=True)
