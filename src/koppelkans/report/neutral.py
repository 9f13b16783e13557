"""What others may read of a work or asset that is not theirs: neutral words. (nl: neutrale woorden)."""

import re
from collections.abc import Collection, Mapping
from dataclasses import replace

import pandas as pd

from koppelkans.ground.tables import TEXT
from koppelkans.ground.words import LANGUAGES, say
from koppelkans.programme.product import Programme
from koppelkans.report.plan import Plan

SENTENCE = re.compile(r"(?<=[.;!?])\s+(?=[A-ZÀ-Ý])")
AMOUNT = re.compile(r"€")
DUE = "It is due for renewal."


def in_neutral_words(plan: Plan, *, theirs: Collection[str], costly: Collection[str], seen: Collection[str]) -> Plan:
    """Return the plan with neutral words on works and assets of others.

    Others read of a work only whose plan it is, or that it is due. Why a work is due tells of age, state and certainty of what lies in the ground: that is for its owner and for those inside.
    `theirs` holds the works of other parties, `costly` those of which the cost is not shared, `seen` the owners of which a
    viewer sees what they have in the ground.
    """
    works, names = (
        plan.context.works,
        dict(zip(plan.context.parties["party"], plan.context.parties["name"], strict=True)),
    )
    other = works["work"].isin([*theirs])
    if other.any():
        told = {f"why_{lang}": _whose(works, names, lang).where(other, works[f"why_{lang}"]) for lang in LANGUAGES}
        works = works.assign(**told, condition=works["condition"].mask(other))
        plan = replace(plan, context=replace(plan.context, works=works))
    plan = replace(plan, programme=_without_amounts(plan.programme, costly))
    return _own_stock(plan, seen)


def _whose(works: pd.DataFrame, names: Mapping[str, str], lang: str) -> pd.Series:
    """Return per work whose plan it is, or that it is due where it was derived."""
    plans = [
        say(DUE, lang) if origin == "derived" else say("Plan of {owner}.", lang, owner=names.get(owner, owner))
        for origin, owner in zip(works["origin"], works["owner"].fillna("–"), strict=True)
    ]
    return pd.Series(plans, index=works.index, dtype=TEXT)


def _without_amounts(programme: Programme, costly: Collection[str]) -> Programme:
    """Return the reasons of works with a hidden cost without the sentences that hold an amount."""
    hides = programme.plan["work"].isin([*costly])
    if not hides.any():
        return programme
    told = {
        name: programme.plan[name].where(~hides, programme.plan[name].map(_spare, na_action="ignore").astype(TEXT))
        for name in ("why_nl", "why_en")
    }
    return replace(programme, plan=programme.plan.assign(**told))


def _spare(text: str) -> str:
    """Return a text without the sentences that hold an amount.

    >>> _spare("Gepland in 2029. In 2027 zou het € 33.348 meer kosten.")
    'Gepland in 2029.'
    """
    return " ".join(part for part in SENTENCE.split(text) if not AMOUNT.search(part))


def _own_stock(plan: Plan, seen: Collection[str]) -> Plan:
    """Return the systems with what lies there of the owners that a viewer sees."""
    stock = plan.systems.stock
    shown = stock["owner"].isin([*seen])
    kept = stock[shown].reset_index(drop=True)
    return plan if shown.all() else replace(plan, systems=replace(plan.systems, stock=kept))
