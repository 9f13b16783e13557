"""Clash: one street opened again and again by different owners within a few years. (nl: dubbel open)."""

import numpy as np
import pandas as pd

from koppelkans.ground.words import euros, say
from koppelkans.opportunities.kind import FindKind, KindInputs
from koppelkans.opportunities.lookup import look_up
from koppelkans.opportunities.pairs import pairs
from koppelkans.opportunities.sentences import counted, street
from koppelkans.opportunities.telling import who


def find(ground: KindInputs) -> pd.DataFrame:
    """Return per section the works of different owners that dig again within a few years.

    Their windows lie too far apart to meet and too near to be at peace.
    """
    both = pairs(ground.openers, most_years=ground.part.again_years)
    far = both[both["gap_years"] > ground.part.shift_years]
    ends = [far[["section", "work"]], far[["section", "other_work"]].rename(columns={"other_work": "work"})]
    concerned = pd.concat(ends, ignore_index=True).drop_duplicates().merge(ground.openers, on=["section", "work"])
    concerned = concerned.sort_values(["section", "earliest_year", "latest_year", "work"], ignore_index=True)
    concerned["turn"] = _turns(concerned)
    group = concerned.groupby("section", as_index=False).agg(
        works=("work", list),
        first_year=("earliest_year", "min"),
        last_year=("latest_year", "max"),
        openings=("turn", "nunique"),
    )
    each = concerned.groupby(["section", "turn"])["alone_eur"].max().groupby("section")
    again = look_up(group["section"], each.sum() - each.max())
    place = ground.sections.set_index("section").loc[group["section"]]
    made = group.assign(
        key=group["section"],
        area=place["area"].to_numpy(),
        quantity=group["openings"].astype("float64"),
        amount_eur=again,
        geometry=place.geometry.to_numpy(),
    )
    made["strength"] = made["amount_eur"]
    for lang in ("nl", "en"):
        made[f"why_{lang}"] = [
            say(
                "{street} opens at least {times} from {first} to {last}: {who}. Opening again costs {amount}.",
                lang,
                street=street(name, section, lang),
                times=counted(times, "time", "times", lang),
                first=first,
                last=last,
                who=who(ground.names, works, lang, when=True),
                amount=euros(amount, lang),
            )
            for name, section, times, first, last, works, amount in zip(
                place["name"], made["section"], made["openings"], made["first_year"], made["last_year"], made["works"],
                made["amount_eur"], strict=True,
            )
        ]  # fmt: skip
    return made


def _turns(works: pd.DataFrame) -> pd.Series:
    """Return per work in which opening of its section it can be done at the earliest when as few openings as possible are made.

    Each turn takes the work of a section whose window closes first, and every work that can be done in that year; the
    number of turns is the smallest number of openings (stabbing of intervals). One pass per turn, for all sections at once.
    """
    turn = pd.Series(-1, index=works.index)
    for at in range(len(works)):
        left = works[turn < 0]
        if left.empty:
            break
        closing = left.groupby("section")["latest_year"].transform("min")
        turn.loc[left.index[np.asarray(left["earliest_year"] <= closing)]] = at
    return turn


DUG_TWICE = FindKind(
    name="dug_twice",
    side="clash",
    nl="dubbel open",
    en="dug twice",
    unit="opening",
    formula=r"\text{shift\_years} < \max(e_1, e_2) - \min(l_1, l_2) \le \text{again\_years};\quad \sum_o O_{os} - \max_o O_{os}",
    meaning="Works of different owners in one section that cannot meet and lie within a few years of each other; o are the fewest openings that they need, each as wide as its widest work.",
    find=find,
)
