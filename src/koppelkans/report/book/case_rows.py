"""Cash flows of one business case as rows: one per alternative, effect and holder, with a column per year. (nl: rijen van een businesscase)."""

from dataclasses import dataclass

import numpy as np
import pandas as pd

from koppelkans.appraisal.business.outcome import MONEY
from koppelkans.appraisal.business.product import ALTERNATIVE_WORDS, ALTERNATIVES, BASES
from koppelkans.appraisal.business.rates import rates_of
from koppelkans.appraisal.effects import EFFECTS
from koppelkans.ground.words import say
from koppelkans.report.plan import Plan

ORDER = {effect.name: at for at, effect in enumerate(EFFECTS)}


@dataclass(frozen=True)
class CaseRows:
    """Rows of a case (`alternative`, `effect`, `holder`, `side`, `basis`, `pm`, `money`, `rate`), and their amounts per year (eur, NaN where nothing)."""

    rows: pd.DataFrame
    amounts: np.ndarray
    years: list[int]


def case_rows(plan: Plan, case: str) -> CaseRows:
    """Return the cash flows of a case in the order of alternatives and effects."""
    flows = plan.business.flows[plan.business.flows["case"] == case]
    rank = flows["basis"].map({name: at for at, name in enumerate(BASES)})
    key = ["alternative", "effect", "holder", "side"]
    grouped = flows.assign(rank=rank).groupby(key)
    rows = grouped.agg(pm=("pm", "max"), rank=("rank", "max"), first=("year", "min")).reset_index()
    rows["basis"] = rows["rank"].map(dict(enumerate(BASES)))
    places = [rows["alternative"].map({name: at for at, name in enumerate(ALTERNATIVES)}), rows["effect"].map(ORDER)]
    rows = rows.assign(nth=places[0], place=places[1]).sort_values(
        ["nth", "place", "holder", "side"], ignore_index=True
    )
    last = plan.business.base_year + plan.settings.appraisal.business.years
    years = list(range(plan.business.base_year, last))
    wide = flows.pivot_table(index=key, columns="year", values="amount_eur", aggfunc="sum", dropna=False)
    amounts = wide.reindex(index=pd.MultiIndex.from_frame(rows[key]), columns=years).to_numpy(dtype=float)
    amounts = np.where(amounts == 0.0, np.nan, amounts)
    part = plan.settings.appraisal.business
    rows["rate"] = rates_of(rows["effect"], standard=plan.business.rate, part=part)
    rows["money"] = rows["effect"].isin(MONEY)
    return CaseRows(rows, amounts, years)


def alternative_names(lang: str) -> dict[str, str]:
    """Return what each alternative is called."""
    return {name: say(word, lang) for name, word in ALTERNATIVE_WORDS.items()}
