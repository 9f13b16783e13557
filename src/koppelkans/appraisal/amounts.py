"""Every effect of every work, per holder, in whole euros that add up. (nl: bedragen)."""

from collections.abc import Sequence

import pandas as pd

from koppelkans.appraisal.effect import Case, Effect
from koppelkans.ground.money import whole_euros

KEY = ["work", "effect", "holder"]


def amounts(case: Case, effects: Sequence[Effect]) -> pd.DataFrame:
    """Return the rows of the table of amounts, sorted by work, effect and holder.

    What an effect gives is above zero on its own side; here costs are below zero and benefits above, and a saving on a
    cost is a benefit. Rounding is done on the running sum over the holders, so that holders add up to the whole.
    """
    made = pd.concat([_of_one(case, effect) for effect in effects], ignore_index=True)
    made = made.sort_values(KEY, ignore_index=True)
    exact = made["amount_eur"].astype("float64")
    by_effect = [made["work"], made["effect"]]
    running = whole_euros(exact.groupby(by_effect).cumsum())
    before = running.groupby(by_effect).shift(fill_value=0)
    made["amount_eur"] = running - before
    signs = made["amount_eur"].astype("Float64").astype("float64") * made["side"].map(
        {"cost": -1.0, "benefit": 1.0}
    ).astype("float64")
    other = made["side"].map({"cost": "benefit", "benefit": "cost"})
    made["side"] = made["side"].where(~signs.lt(0), other)
    return made


def _of_one(case: Case, effect: Effect) -> pd.DataFrame:
    """Return the rows of one effect, signed for who pays or gains."""
    made = effect.amount(case).reset_index(drop=True)
    sources = [case.figures[name].source for name in effect.figures if name in case.figures]
    written = "; ".join(dict.fromkeys(sources)) or "koppelkans.toml"
    sign = -1.0 if effect.side == "cost" else 1.0
    return pd.DataFrame(
        {
            "work": made["work"],
            "effect": effect.name,
            "holder": made["holder"],
            "side": effect.side,
            "quantity": made["quantity"].astype("float64"),
            "unit": made.get("unit", effect.unit),
            "amount_eur": sign * made["amount_eur"].astype("float64"),
            "basis": made["basis"].astype("str"),
            "source": made["source"].astype("str").fillna(written) if "source" in made else written,
        }
    ).astype({"effect": "str", "holder": "str", "side": "str", "unit": "str", "source": "str"})
