"""Chance: works of different owners that can open one street together. (nl: samen open)."""

import numpy as np
import pandas as pd

from koppelkans.ground.words import euros, say
from koppelkans.opportunities.kind import FindKind, KindInputs
from koppelkans.opportunities.sentences import counted, street, years
from koppelkans.opportunities.telling import who


def find(ground: KindInputs) -> pd.DataFrame:
    """Return per section the largest group of works of several owners with a year in common.

    The year with most works is taken; with equal numbers the one with most owners, then nearest to the best years of
    its works, then the earliest.
    """
    meeting = _meeting(ground)
    group = meeting.groupby("section", as_index=False).agg(
        works=("work", list),
        count=("work", "size"),
        first_year=("earliest_year", "max"),
        last_year=("latest_year", "min"),
        certainty=("certainty", "mean"),
        apart=("alone_eur", "sum"),
        widest=("alone_eur", "max"),
    )
    place = ground.sections.set_index("section").loc[group["section"]]
    made = group.assign(
        key=group["section"],
        area=place["area"].to_numpy(),
        quantity=group["count"] - 1.0,
        amount_eur=group["apart"] - group["widest"],
        geometry=place.geometry.to_numpy(),
    )
    made["strength"] = made["amount_eur"] * made["certainty"]
    for lang in ("nl", "en"):
        made[f"why_{lang}"] = [
            say(
                "{street}: {works} of {who} can be done together in {years}. That saves {openings}, {amount}.",
                lang,
                street=street(name, section, lang),
                works=counted(len(works), "work", "works", lang),
                who=who(ground.names, works, lang),
                years=years(first, last),
                openings=counted(saved, "opening", "openings", lang),
                amount=euros(amount, lang),
            )
            for name, section, works, first, last, saved, amount in zip(
                place["name"], made["section"], made["works"], made["first_year"], made["last_year"],
                made["quantity"], made["amount_eur"], strict=True,
            )
        ]  # fmt: skip
    return made


def _meeting(ground: KindInputs) -> pd.DataFrame:
    """Return the openers of each section that can all be done in its best common year."""
    rows = ground.openers
    first = rows["earliest_year"].clip(lower=ground.years.first)
    last = rows["latest_year"].clip(upper=ground.years.last)
    span = (last - first + 1).clip(lower=0).to_numpy()
    at = np.repeat(np.arange(len(rows)), span)
    year = first.to_numpy()[at] + np.arange(len(at)) - np.repeat(np.cumsum(span) - span, span)
    spread = rows.iloc[at][["section", "owner", "work", "best_year"]].assign(year=year)
    spread["away"] = (spread["best_year"] - spread["year"]).abs()
    tally = spread.groupby(["section", "year"], as_index=False).agg(
        works=("work", "size"), owners=("owner", "nunique"), away=("away", "sum")
    )
    shared = tally[tally["owners"] > 1].sort_values(
        ["section", "works", "owners", "away", "year"], ascending=[True, False, False, True, True]
    )
    best = shared.drop_duplicates("section")[["section", "year"]]
    joined = rows.merge(best, on="section")
    return joined[(joined["earliest_year"] <= joined["year"]) & (joined["year"] <= joined["latest_year"])]


SHARED_STREET = FindKind(
    name="shared_street",
    side="chance",
    nl="samen open",
    en="street opened together",
    unit="opening",
    formula=r"\text{saving}_s = \sum_w O_{ws} - \max_w O_{ws}",
    meaning="Works of two or more owners in one section whose windows have a year in common; the saving is every opening but the widest.",
    find=find,
)
