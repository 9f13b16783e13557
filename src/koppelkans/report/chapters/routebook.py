"""The routeboek of each vital system. (nl: routeboek)."""

import pandas as pd

from koppelkans.ground.columns import SYSTEM_WORDS, UNIT_WORDS
from koppelkans.ground.words import euros, number, say
from koppelkans.report.document import Block, Heading, Picture, Sentence
from koppelkans.report.names import kind_names, listed
from koppelkans.report.paper import first_rows, paper
from koppelkans.report.pictures.charts import condition_years
from koppelkans.report.plan import Plan
from koppelkans.systems.product import COURSE_WORDS

MOST_STREETS, MOST_DECIDED = 4, 8
WORST = ("wrong_order", "undone", "in_order", "together")
"""Of several pairs of works in one piece of street the worst tells how the systems meet there."""


def routebook(plan: Plan, lang: str) -> list[Block]:
    """Return per vital system its principles, state, courses, meetings and decisions.

    Only systems with assets or works.
    """
    blocks: list[Block] = [Heading(say("Routeboek of the vital systems", lang))]
    years = plan.systems.years
    for system, name in SYSTEM_WORDS.items():
        stock = plan.systems.stock[plan.systems.stock["system"] == system]
        acted = years[(years["system"] == system) & ((years["works"] > 0) | (years["backlog"] > 0))]
        if len(stock) or len(acted):
            parts = (_principles, _kinds, _condition, _courses, _meetings, _decided)
            blocks += [Heading(say(name, lang), 2), *(block for part in parts for block in part(plan, system, lang))]
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
    names, blind = kind_names(plan, lang), _without_cost(plan, system)
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
            None if blind.get(kind, False) else cost,
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


def _without_cost(plan: Plan, system: str) -> dict[str, bool]:
    """Tell per kind of work with a year whether no cost of it is known, or shared with who reads this."""
    works = plan.context.works
    kinds = works.loc[works["system"] == system, ["work", "kind"]]
    done = plan.programme.plan.dropna(subset=["year"])[["work", "cost_eur"]].merge(kinds, on="work")
    return {str(kind): not known for kind, known in done.groupby("kind")["cost_eur"].count().items()}


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


def _principles(plan: Plan, system: str, lang: str) -> list[Block]:
    """Return the principles of a system."""
    told = [one for one in plan.settings.systems.principles if one.system == system]
    return [Sentence(f"{at}. {(one.nl if lang == 'nl' else one.en) or one.nl}") for at, one in enumerate(told, start=1)]


def _courses(plan: Plan, system: str, lang: str) -> list[Block]:
    """Return the courses: cost, what stays overdue, condition, and what each asks of the programme."""
    courses = plan.systems.courses[plan.systems.courses["system"] == system].set_index("course")
    if courses.empty:
        return []
    done = int(plan.systems.years.loc[plan.systems.years["system"] == system, "cost_eur"].sum())
    years, kinds = len(plan.settings.years), _without_cost(plan, system)
    unknown = bool(kinds) and all(kinds.values())
    rows = []
    for course, word in COURSE_WORDS.items():
        row = courses.loc[course]
        extra = 0 if pd.isna(row["extra_eur"]) else int(row["extra_eur"])
        cost = 0 if course == "nothing" else None if unknown else done + extra
        poor = "–" if pd.isna(row["poor_share"]) else number(100 * row["poor_share"], lang) + " %"
        rows.append([say(word, lang), cost, row["backlog_eur"], poor, _asks(course, extra, years, lang)])
    asked = (("paper.course", 1.3), ("paper.cost", 1.0), ("paper.overdue_last", 1.1), ("paper.poor_last", 0.9), ("paper.asks", 3.0))  # fmt: skip
    caption = say("{system}: the courses to choose from", lang, system=say(SYSTEM_WORDS[system], lang))
    blocks: list[Block] = [paper([[*row[:2], _eur(row[2], lang), *row[3:]] for row in rows], asked, caption, lang)]
    blind = int(courses["unpriced"].max())
    if blind:
        told = say("Without a price, and so in no euro of this table: {count} kinds.", lang, count=number(blind, lang))
        blocks.append(Sentence(told, "small"))
    return blocks


def _eur(amount: float, lang: str) -> str:
    """Return an amount, a dash where it is unknown."""
    return "–" if pd.isna(amount) else euros(int(amount), lang)


def _asks(course: str, extra: int, years: int, lang: str) -> str:
    """Return what a course asks of the programme."""
    if course == "programme":
        return say("Nothing more: this is in the programme.", lang)
    if course == "nothing":
        return say("Nothing, and all works of this system lapse: the risk stays with the users.", lang)
    if not extra:
        return say("Nothing more: the programme leaves nothing overdue that has a price.", lang)
    yearly = euros(round(extra / years), lang)
    return say("{extra} more than the programme, {yearly} per year on average, with the hours that belong to it.", lang, extra=euros(extra, lang), yearly=yearly)  # fmt: skip


def _meetings(plan: Plan, system: str, lang: str) -> list[Block]:
    """Return with which systems it meets, where, and in which order they go."""
    met = plan.systems.meetings
    mine = met[(met["system"] == system) | (met["other_system"] == system)]
    if mine.empty:
        return [
            Sentence(
                say("No work of this system opens a street that a work of another system opens too.", lang), "small"
            )
        ]
    other = mine["other_system"].where(mine["system"] == system, mine["system"])
    rows = []
    for name in [one for one in SYSTEM_WORDS if one in set(other)]:
        part = mine[other == name]
        worst = part.assign(rank=part["order"].map({key: at for at, key in enumerate(WORST)})).sort_values(["section", "rank"])  # fmt: skip
        per = worst.drop_duplicates("section").set_index("section")["order"]
        first = say(SYSTEM_WORDS[str(part["system"].mode().iloc[0])], lang).lower()
        streets = (
            part["street"].dropna().value_counts(sort=True).sort_index().sort_values(ascending=False, kind="stable")
        )
        told = listed(streets.index.tolist(), most=MOST_STREETS, lang=lang) or "–"
        counts = [int((per == key).sum()) for key in ("together", "in_order", "wrong_order", "undone")]
        rows.append([say(SYSTEM_WORDS[name], lang), first, len(per), *counts, told])
    asked = (
        ("paper.meets", 1.3), ("paper.goes_first", 1.2), ("paper.pieces", 0.8), ("paper.in_one_opening", 0.8), ("paper.right_order", 0.9),
        ("paper.wrong_order", 0.9), ("paper.one_undone", 0.9), ("paper.streets", 1.7),
    )  # fmt: skip
    caption = say("{system}: which systems it meets, and whether they go in the right order", lang, system=say(SYSTEM_WORDS[system], lang))  # fmt: skip
    return [paper(rows, asked, caption, lang)]


def _decided(plan: Plan, system: str, lang: str) -> list[Block]:
    """Return the course that was decided, and the decisions on works of this system."""
    told = [one for one in plan.settings.systems.decided if one.system == system]
    blocks: list[Block] = [
        Sentence(
            say("Decided: {course} ({who}, {when}). {reason}", lang, course=say(COURSE_WORDS[one.course], lang), who=one.decided_by, when=one.decided_on.isoformat(), reason=one.reason).strip(),
            "note",
        )
        for one in told
    ]  # fmt: skip
    if not told:
        blocks = [Sentence(say("Not decided yet: which course this system takes.", lang), "note")]
    works = plan.context.works.set_index("work")
    mine = [one for one in plan.settings.programme.decisions if one.work in works.index and works.loc[one.work, "system"] == system]  # fmt: skip
    rows = [
        [
            works.loc[one.work, "name"] if isinstance(works.loc[one.work, "name"], str) else one.work,
            str(one.year) if one.year is not None else say("not in {years}", lang, years=", ".join(map(str, one.not_years))),
            one.reason or "–", one.set_by or "–",
        ]
        for one in mine
    ]  # fmt: skip
    if not rows:
        return blocks
    asked = (("paper.work", 2.2), ("paper.decided_for", 1.0), ("weighing.overrules.reason", 2.4), ("weighing.overrules.set_by", 1.4))  # fmt: skip
    return [*blocks, *first_rows(rows, asked, say("Decisions on works of this system", lang), lang, most=MOST_DECIDED, sheet=say("Settings", lang))]  # fmt: skip
