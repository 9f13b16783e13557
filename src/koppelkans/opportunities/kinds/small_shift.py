"""Chance: a shift of few years that would make a match. (nl: kleine verschuiving)."""

import pandas as pd

from koppelkans.ground.words import euros, say
from koppelkans.opportunities.kind import FindKind, KindInputs
from koppelkans.opportunities.pairs import CERTAIN, pairs
from koppelkans.opportunities.sentences import counted, street
from koppelkans.opportunities.telling import who


def find(ground: KindInputs) -> pd.DataFrame:
    """Return per section works of two owners whose windows just miss, smallest gap first.

    Two works that are both fixed (vast) are left out: neither will shift.
    """
    near = pairs(ground.openers, most_years=ground.part.shift_years)
    fixed = (near["certainty"] == CERTAIN["vast"]) & (near["other_certainty"] == CERTAIN["vast"])
    near = near[(near["gap_years"] > 0) & ~fixed]
    opening = near[["alone_eur", "other_alone_eur"]].min(axis=1)
    near = near.assign(
        amount_eur=opening,
        strength=opening * (near["certainty"] + near["other_certainty"]) / 2.0 / near["gap_years"],
        quantity=near["gap_years"].astype("float64"),
    )
    ranked = near.sort_values(
        ["section", "gap_years", "strength", "work", "other_work"], ascending=[True, True, False, True, True]
    )
    made = ranked.drop_duplicates("section", ignore_index=True)
    place = ground.sections.set_index("section").loc[made["section"]]
    made = made.assign(
        key=made["section"],
        works=[list(two) for two in zip(made["work"], made["other_work"], strict=True)],
        area=place["area"].to_numpy(),
        geometry=place.geometry.to_numpy(),
    )
    for lang in ("nl", "en"):
        made[f"why_{lang}"] = [
            say(
                "{street}: {who} just miss each other. If one of them shifts {gap}, one opening will do: that saves {amount}.",
                lang,
                street=street(name, section, lang),
                who=who(ground.names, works, lang, when=True),
                gap=counted(gap, "year", "years", lang),
                amount=euros(amount, lang),
            )
            for name, section, works, gap, amount in zip(
                place["name"], made["section"], made["works"], made["gap_years"], made["amount_eur"], strict=True
            )
        ]
    return made


SMALL_SHIFT = FindKind(
    name="small_shift",
    side="chance",
    nl="kleine verschuiving",
    en="small shift",
    unit="year",
    formula=r"1 \le \max(e_1, e_2) - \min(l_1, l_2) \le \text{shift\_years}",
    meaning="Two works of different owners in one section whose windows miss each other by a few years; shifting one of them saves the narrower of their openings.",
    find=find,
)
