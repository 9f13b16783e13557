"""Why a work is due, in one or two plain sentences in Dutch and in English. (nl: redenen)."""

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
import pandas as pd

from koppelkans.context.arrays import Ints
from koppelkans.ground.settings import Party, WorkKind
from koppelkans.ground.words import number, say

IN_ENGLISH = {"wens": "wish", "voornemen": "intention", "gepland": "planned", "vast": "firm"}
MOST_STREETS = 2
"""Streets that a name names; where there are more, it says so."""


def street_words(group: Ints, street: pd.Series) -> pd.DataFrame:
    """Return the streets of each group in words.

    Given one row per group and section, with the main one first.

    Returns
    -------
    streets_nl, streets_en: `Dorpsstraat`, `Dorpsstraat en Kerkweg`, `Dorpsstraat, Kerkweg e.o.`
    """
    each = pd.DataFrame({"group": group, "street": street.to_numpy()}).drop_duplicates()
    each["nth"] = each.groupby("group").cumcount()
    wide = each[each["nth"] < MOST_STREETS].pivot_table(index="group", columns="nth", values="street", aggfunc="first")
    wide = wide.reindex(columns=range(MOST_STREETS))
    count = each.groupby("group").size()
    return pd.DataFrame({f"streets_{lang}": _listed(wide[0], wide[1], count, lang) for lang in ("nl", "en")})


def work_names(works: pd.DataFrame, *, kinds: Mapping[str, WorkKind], lang: str) -> pd.Series:
    """Return a name for each work: what it renews, and where."""
    spoken = {name: _capital(kind.nl if lang == "nl" else kind.en) for name, kind in kinds.items()}
    return works["kind"].map(spoken) + " " + works[f"streets_{lang}"]


def derived_reasons(works: pd.DataFrame, *, kinds: Mapping[str, WorkKind], first: int) -> dict[str, pd.Series]:
    """Return `why_nl` and `why_en` of works that were made of assets."""
    columns = (
        "kind", "unit", "quantity", "assets", "inspected", "measured", "assumed", "condition", "condition_year",
        "built_low", "built_high", "life_low", "life_high", "due_year",
    )  # fmt: skip
    rows = works[list(columns)].astype(object).where(works[list(columns)].notna(), None)
    made = {}
    for lang in ("nl", "en"):
        spoken = {name: kind.nl if lang == "nl" else kind.en for name, kind in kinds.items()}
        why = [
            _why(dict(zip(columns, row, strict=True)), street, spoken, first=first, lang=lang)
            for row, street in zip(rows.itertuples(index=False, name=None), works[f"streets_{lang}"], strict=True)
        ]
        made[f"why_{lang}"] = pd.Series(why, index=works.index, dtype="str")
    return made


def planned_reasons(works: pd.DataFrame, *, parties: Sequence[Party]) -> dict[str, pd.Series]:
    """Return the reasons (`why_nl`, `why_en`) of planned works.

    `covered` is how many due assets they renew.
    """
    names = {party.party: party.name or party.party for party in parties}
    made = {}
    for lang in ("nl", "en"):
        why = [
            _planned(row, names.get(row[0], row[0]), lang)
            for row in zip(
                works["owner"], works["origin"], works["certainty"], works["told"], works["earliest_year"],
                works["latest_year"], works["covered"], works["due_year"], strict=True,
            )
        ]  # fmt: skip
        made[f"why_{lang}"] = pd.Series(why, index=works.index, dtype="str")
    return made


def amount(quantity: float | None, unit: str, lang: str) -> str:
    """Return a quantity as people say it: `212 m`, `1.340 m²`, `1 stuk`."""
    if quantity is None:
        return say("unknown quantity of", lang)
    if unit == "piece":
        return say("{n} piece" if quantity == 1 else "{n} pieces", lang, n=number(quantity, lang))
    digits = 1 if quantity < 10 else 0  # noqa: PLR2004
    return f"{number(quantity, lang, digits)} {'m²' if unit == 'm2' else 'm'}"


def span(low: float | None, high: float | None) -> str:
    """Return years or lifetimes from low to high: `1962-1966`, or one where they are the same."""
    return f"{low:.0f}" if low == high else f"{low:.0f}–{high:.0f}"


def _why(work: Mapping[str, object], street: str, spoken: Mapping[str, str], *, first: int, lang: str) -> str:
    """Return why one work is due."""
    what = amount(work["quantity"], str(work["unit"]), lang)  # type: ignore[arg-type]
    parts = work["assets"]
    whole = parts == 1 or (work["unit"] == "piece" and parts == work["quantity"])
    text = "{street}: {amount} {kind}." if whole else "{street}: {amount} {kind} in {parts} parts."
    if work["unit"] == "piece":
        text = "{street}: {kind}, {amount}." if whole else "{street}: {kind}, {amount} in {parts} parts."
    said = [say(text, lang, street=street, amount=what, kind=spoken[str(work["kind"])], parts=parts)]
    said.extend(_by_condition(work, lang))
    said.extend(_by_age(work, lang))
    said.append(_due(work, lang, first=first))
    return " ".join(said)


def _due(work: Mapping[str, Any], lang: str, *, first: int) -> str:
    """Return when the work is due, and by what rule where inspections say so."""
    late = work["due_year"] < first
    if work["measured"] and work["life_low"] is not None:
        text = (
            "That made it due in {year} (NEN 2767, lifetime of {life} years): this is overdue."
            if late
            else "That makes it due in {year} (NEN 2767, lifetime of {life} years)."
        )
        return say(text, lang, year=work["due_year"], life=span(work["life_low"], work["life_high"]))
    return say(
        "It was due in {year}: this is overdue." if late else "It is due in {year}.", lang, year=work["due_year"]
    )


def _planned(row: tuple[Any, ...], owner: str, lang: str) -> str:
    """Return why one planned work is there."""
    _, origin, certainty, told, earliest, latest, covered, due = row
    text = (
        "Planned by {owner} for {years} ({certainty})."
        if origin == "planned"
        else "Plan of {owner} for {years} ({certainty})."
    )
    said = [
        say(
            text,
            lang,
            owner=owner,
            years=span(earliest, latest),
            certainty=certainty if lang == "nl" else IN_ENGLISH[certainty],
        )
    ]
    if told == "none":
        said.append(say("No year was given: taken as a wish over all years.", lang))
    elif told == "part":
        said.append(say("Not all years of the window were given; the rest is assumed.", lang))
    if covered:
        text = (
            "It renews {n} asset that is due ({year}); no separate work was made for it."
            if covered == 1
            else "It renews {n} assets that are due (the middle one in {year}); no separate work was made for them."
        )
        said.append(say(text, lang, n=covered, year=due))
    return " ".join(said)


def _by_condition(work: Mapping[str, object], lang: str) -> list[str]:
    """Return what inspections say."""
    if not work["inspected"]:
        return []
    score = number(work["condition"], lang, 0 if float(str(work["condition"])).is_integer() else 1)  # type: ignore[arg-type]
    if work["condition_year"] is None:
        return [
            say("The worst condition found is {score} (1 is new, 6 is worst); the year is unknown.", lang, score=score)
        ]
    text = "The worst condition found is {score} in {year} (1 is new, 6 is worst)."
    return [say(text, lang, score=score, year=work["condition_year"])]


def _by_age(work: Mapping[str, object], lang: str) -> list[str]:
    """Return what age and lifetime say of the parts without inspection, and what was assumed."""
    said = []
    built, life = work["built_low"], work["life_low"]
    by_age = int(str(work["assets"])) - int(str(work["measured"])) - int(str(work["assumed"]))
    if by_age > 0 and built is not None and life is not None:
        text = "Laid in {built}, with a lifetime of {life} years."
        years = span(built, work["built_high"])  # type: ignore[arg-type]
        said.append(say(text, lang, built=years, life=span(life, work["life_high"])))  # type: ignore[arg-type]
    if work["assumed"]:
        all_of_it = work["assumed"] == work["assets"]
        text = (
            "The year is not known and was assumed."
            if all_of_it
            else "The year of {n} of the parts is not known and was assumed."
        )
        said.append(say(text, lang, n=work["assumed"]))
    return said


def _listed(one: pd.Series, two: pd.Series, count: pd.Series, lang: str) -> pd.Series:
    """Return one, two or more streets in words."""
    both, more = say("{one} and {two}", lang), say("{one}, {two} and around", lang)
    pairs = [
        (both if n == MOST_STREETS else more).format(one=a, two=b) for a, b, n in zip(one, two, count, strict=True)
    ]
    return pd.Series(np.where(count == 1, one, pairs), index=count.index).astype("str")


def _capital(text: str) -> str:
    """Return the text with a capital in front."""
    return text[:1].upper() + text[1:]
