"""Wanted levels: decided last for a place, else those of the whole city. (nl: gewenst niveau)."""

import pandas as pd

from koppelkans.vision.themes import links
from koppelkans.vision.webs import CITY

FORMULA = r"g_t = \begin{cases} \text{last decision of the city} & \text{where there is one} \\ \max_{a \in A_t} \lambda_a & \text{else} \end{cases}"
"""Generic level g of theme t: what the city decided last, else the highest level of the ambitions A that count for it."""


def usual_levels(themes: pd.DataFrame, ambitions: pd.DataFrame) -> pd.Series:
    """Return per theme the highest level of its ambitions.

    A theme without ambitions is left out.
    """
    found = links(themes).merge(ambitions[["ambition", "level"]], on="ambition")
    return found.groupby("theme")["level"].max().astype("Int64")


def generic_levels(themes: pd.DataFrame, ambitions: pd.DataFrame, webs: pd.DataFrame) -> pd.DataFrame:
    """Return per theme the level that the city wants everywhere, and its basis.

    Columns `generic_level` and `basis`: decided by the city, or of the ambitions; unknown where neither.
    """
    usual = themes["theme"].map(usual_levels(themes, ambitions)).astype("Int64")
    decided = themes["theme"].map(_last(webs[webs["of"] == CITY])).astype("Int64")
    basis = pd.Series("ambitions", index=themes.index).where(usual.notna()).mask(decided.notna(), CITY)
    return pd.DataFrame(
        {"theme": themes["theme"], "generic_level": decided.fillna(usual), "basis": basis.astype("str")}
    )


def own_levels(webs: pd.DataFrame, *, of: str, places: tuple[str, ...]) -> pd.Series:
    """Return per theme the level that was decided last for a place (under any of its names)."""
    return _last(webs[(webs["of"] == of) & webs["place"].isin(places)])


def _last(webs: pd.DataFrame) -> pd.Series:
    """Return per theme the level of the last decision; webs stand in order of time."""
    return webs.sort_values("decided_on", kind="stable").groupby("theme")["level"].last().astype("Int64")
