"""The routeboek of each vital system. (nl: routeboek)."""

import pandas as pd

from koppelkans.ground.columns import SYSTEM_WORDS, UNIT_WORDS
from koppelkans.ground.words import number, say
from koppelkans.report.document import Block, Heading, Picture, Sentence
from koppelkans.report.names import kind_names
from koppelkans.report.paper import paper
from koppelkans.report.pictures.charts import condition_years
from koppelkans.report.plan import Plan


def routebook(plan: Plan, lang: str) -> list[Block]:
    """Return per vital system what is renewed, what stays overdue, and its condition.

    Only systems with assets or works.
    """
    blocks: list[Block] = [Heading(say("Routeboek of the vital systems", lang), new_page=True)]
    years = plan.systems.years
    for system, name in SYSTEM_WORDS.items():
        stock = plan.systems.stock[plan.systems.stock["system"] == system]
        acted = years[(years["system"] == system) & ((years["works"] > 0) | (years["backlog"] > 0))]
        if len(stock) or len(acted):
            blocks += [Heading(say(name, lang), 2), *_kinds(plan, system, lang), *_condition(plan, system, lang)]
    if len(blocks) == 1:
        blocks.append(Sentence(say("Nothing is known of any vital system.", lang)))
    return blocks


def _kinds(plan: Plan, system: str, lang: str) -> list[Block]:
    """Return a row per kind: what there is, its age, what is renewed, and what stays overdue."""
    years = plan.systems.years[plan.systems.years["system"] == system].sort_values("year")
    stock = plan.systems.stock[plan.systems.stock["system"] == system]
    done = years.groupby("kind").agg(
        works=("works", "sum"),
        quantity=("quantity", "sum"),
        cost=("cost_eur", "sum"),
        first=("backlog", "first"),
        last=("backlog", "last"),
        unit=("unit", "first"),
    )
    there = (
        stock.assign(aged=stock["mean_age"] * stock["quantity"])
        .groupby("kind")
        .agg(there=("quantity", "sum"), aged=("aged", lambda part: part.sum(min_count=1)), unit=("unit", "first"))
    )
    whole = done.merge(there, how="outer", left_index=True, right_index=True, suffixes=("", "_there"))
    whole = whole[(whole["works"].fillna(0) > 0) | (whole["there"].fillna(0) > 0)]
    names = kind_names(plan, lang)
    whole = whole.sort_index().assign(
        age=whole["aged"] / whole["there"].where(whole["there"] > 0),
        words=whole["unit_there"].fillna(whole["unit"]).map(UNIT_WORDS | {"piece": "pieces"}).fillna("pieces"),
    )
    rows = [
        [
            names.get(str(kind), str(kind)),
            _amount(there, say(unit, lang), lang),
            age,
            _amount(quantity, say(unit, lang), lang),
            cost,
            _amount(first, say(unit, lang), lang),
            _amount(last, say(unit, lang), lang),
        ]
        for kind, unit, there, age, quantity, cost, first, last in zip(
            whole.index,
            *(whole[name] for name in ("words", "there", "age", "quantity", "cost", "first", "last")),
            strict=True,
        )
    ]
    amounts = ("there_is", "mean_age", "renewed", "cost", "overdue_first", "overdue_last")
    asked = (("systems.stock.kind", 1.7), *((f"paper.{name}", 1.0) for name in amounts))
    caption = say(
        "{system}: what there is, what this programme does, and what stays overdue",
        lang,
        system=say(SYSTEM_WORDS[system], lang),
    )
    return [paper(rows, asked, caption, lang)] if rows else []


def _amount(amount: float, unit: str, lang: str) -> str:
    """Return a quantity with its unit; a dash where it is unknown."""
    one = say("piece", lang) if round(0 if pd.isna(amount) else amount) == 1 and unit == say("pieces", lang) else unit
    return "–" if pd.isna(amount) else f"{number(amount, lang)} {one}"


def _condition(plan: Plan, system: str, lang: str) -> list[Block]:
    """Return the picture of the condition, and what it says."""
    forecast = plan.systems.forecast[plan.systems.forecast["system"] == system]
    if forecast.empty or (forecast["unknown_share"] >= 1).all():
        return [
            Sentence(
                say("The condition of this system is unknown: neither age nor inspection was given.", lang), "small"
            )
        ]
    last = forecast[forecast["year"] == forecast["year"].max()].set_index("case")["poor_share"]
    text = say(
        "In {year} {programme} % is in poor condition with this programme, and {nothing} % without any renewal.",
        lang,
        year=int(forecast["year"].max()),
        programme=number(100 * last.get("programme", float("nan")), lang),
        nothing=number(100 * last.get("nothing", float("nan")), lang),
    )
    caption = say("Condition over the years: good (1–2), fair (3–4), poor (5–6) on the scale of NEN 2767.", lang)
    return [
        Sentence(text),
        Picture(
            condition_years(forecast, lang=lang), say("Chart of the condition per year.", lang) + " " + text, caption
        ),
    ]
