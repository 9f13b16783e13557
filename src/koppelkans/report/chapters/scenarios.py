"""Scenarios beside the programme: figures, pictures, works and streets. (nl: scenario-overzicht)."""

import pandas as pd

from koppelkans.ground.words import euros, number, say
from koppelkans.programme.scenarios.money import Step, curve, step_from_base
from koppelkans.report.document import Block, Heading, Picture, Sentence
from koppelkans.report.names import area_names, called, listed, many, party_names, work_names
from koppelkans.report.paper import Asked, amounts, paper
from koppelkans.report.pictures.charts import money_curve, money_quality
from koppelkans.report.pictures.work_years import busy_years
from koppelkans.report.plan import STILL_TO_COME, Plan

NAMED = 3
"""Works that are named in one sentence."""
BESIDE = 4
"""Scenarios in one table beside the programme."""
FIGURES: tuple[tuple[str, str, bool], ...] = (
    ("Budgets of the city, all years", "budget_eur", True),
    ("Investment, also what no purse pays", "spent_eur", True),
    ("Ambitions reached (weighed)", "quality_eur", True),
    ("Risk that stays (weighed)", "risk_eur", True),
    ("Nuisance for people", "nuisance_eur", True),
    ("Weighted cost", "weighted_cost_eur", True),
    ("Works done", "done", False),
    ("Works left undone", "undone", False),
    ("Times a piece of street opens", "openings", False),
    ("Most pieces open in one year", "open_most", False),
    ("Works in another year than now", "changed", False),
    ("Promises moved", "moved", False),
)
"""What is compared: words, column, and whether it is money."""
FIXED = "\u00a0"
"""A space at which no line is broken."""
MOST_PARTS = 24
"""Areas or parties in one table: those with most works."""
AS_MUCH = "Then as much is invested as now, also what no purse pays."
LOWEST = "The programme looks for the lowest weighted cost, not for the least money."
"""Why less money can spend more, and more money less."""


def scenarios(plan: Plan, lang: str) -> list[Block]:
    """Return the comparison: one page for the board, then per year, area and party."""
    table = plan.programme.scenarios
    if table.empty:
        text = (
            STILL_TO_COME
            if "scenarios" in plan.to_come
            else "No scenarios were laid beside this programme; the command “koppelkans scenarios” does so."
        )
        return [Heading(say("Scenarios side by side", lang)), Sentence(say(text, lang))]
    table = table.assign(name=table[f"name_{lang}"])
    named = table[table["role"] != "front"]
    return [
        Heading(say("Scenarios side by side", lang)),
        Sentence(_lead(named, lang)),
        *_figures(named, lang),
        *_impossible(table, lang),
        *_million(plan, table, lang),
        *_pictures(table, lang),
        *open_streets(plan, named, lang),
        *parts(plan, named, "area", lang),
        *parts(plan, named, "party", lang),
    ]


def _lead(named: pd.DataFrame, lang: str) -> str:
    """Say what is compared with what."""
    words = [
        f"{name} ({_knobs(row, lang)})"
        for name, row in zip(named["name"], named.to_dict("records"), strict=True)
        if row["role"] == "scenario"
    ]
    text = say(
        "What changes when the board turns the knobs? Each scenario was planned anew, proven and checked as the programme was.",
        lang,
    )
    assumed = named[(named["role"] == "scenario") & (named["basis"] == "assumed")]
    if len(assumed):
        text += " " + say("The city gave no scenarios of its own for this; these are examples (assumption).", lang)
    return " ".join([text, "; ".join(words) + "."]) if words else text


def _knobs(row: dict[str, object], lang: str) -> str:
    """Return how the knobs of a scenario stand."""
    names = {"money": "money", "quality": "quality", "risk": "risk"}
    told = [
        f"{say(word, lang)} × {number(float(str(row[knob])), lang, 2)}"
        for knob, word in names.items()
        if row[knob] != 1.0
    ]
    if row["altered"]:
        told.append(say("other facts", lang))
    return ", ".join(told) or say("as the programme", lang)


def _figures(named: pd.DataFrame, lang: str) -> list[Block]:
    """Return the figures of the programme that are known, and of each scenario what differs from it."""
    base = named[named["role"] == "base"].iloc[0]
    others = named[named["role"] == "scenario"]
    blocks: list[Block] = []
    for first in range(0, len(others), BESIDE):
        beside = others.iloc[first : first + BESIDE].to_dict("records")
        rows = [
            [
                say(words, lang),
                amount(base[column], lang, money=money),
                *(difference(one[column], base[column], lang, money=money) for one in beside),
            ]
            for words, column, money in FIGURES
            if pd.notna(base[column])
        ]
        share = [f"{number(100 * one['gap'], lang, 2)} %" if pd.notna(one["gap"]) else "–" for one in [base, *beside]]
        rows.append([say("At most so far from its best", lang), *share])
        heads = (str(base["name"]).capitalize(), *(str(one["name"]) for one in beside))
        asked: tuple[Asked, ...] = (("paper.what", 2.7), *((amounts(head), 1.2) for head in heads))
        blocks.append(paper(rows, asked, say("This programme, and what each scenario changes in it", lang), lang))
    return blocks


def _impossible(table: pd.DataFrame, lang: str) -> list[Block]:
    """Say of which scenarios there is no programme, and which demands clash."""
    none = table[table["status"] == "impossible"]
    text = "{name} has no programme: these demands cannot hold together: {clash}."
    return [
        Sentence(say(text, lang, name=name, clash=clash), "note")
        for name, clash in zip(none["name"], none[f"clash_{lang}"], strict=True)
    ]


def _million(plan: Plan, table: pd.DataFrame, lang: str) -> list[Block]:
    """Answer what a million more brings and a million less costs."""
    more, less = step_from_base(table, more=True), step_from_base(table, more=False)
    told = [f"{_brings(more, lang)} {_works(plan, more, lang)}"] if more else []
    told += [f"{_costs(less, lang)} {_works(plan, less, lang)}"] if less else []
    if not told:
        return []
    return [Heading(say("What do I get for a million more?", lang), 2), *(Sentence(text, "note") for text in told)]


def _works(plan: Plan, step: Step, lang: str) -> str:
    """Say which works a step brings in and which it leaves out, the dearest first, and how many come in another year."""
    years = plan.programme.scenario_plan.set_index(["scenario", "work"])["year"]
    now, then = (years.xs(one) if one in years.index.levels[0] else years.iloc[:0].droplevel(0) for one in ("base", step.scenario))  # fmt: skip
    cost, names = plan.context.works.set_index("work")["cost_eur"].astype("Float64"), work_names(plan)
    told = []
    for texts, works in (
        (("Then one work is done that is left undone now: {names}.", "Then {count} works are done that are left undone now: {names}."), then.index.difference(now.index)),
        (("One work is left undone then: {names}.", "{count} works are left undone then: {names}."), now.index.difference(then.index)),
    ):  # fmt: skip
        if len(works):
            order = cost.reindex(works).sort_values(ascending=False, kind="stable").index
            told.append(many(len(works), *texts, lang, names=listed(called(order.to_series(), names), most=NAMED, lang=lang)))  # fmt: skip
    both = now.index.intersection(then.index)
    moved = int((now.loc[both] != then.loc[both]).sum())
    if moved:
        told.append(many(moved, "One work comes in another year.", "{count} works come in another year.", lang))
    return " ".join(told or [say("The works and their years stay the same.", lang)])


def _brings(step: Step, lang: str) -> str:
    """Say by how much more money lowers the weighted cost."""
    values = {
        "share": number(100 * (step.money - 1), lang),
        "budget": euros(step.budget_eur, lang),
        "least": euros(step.least_eur, lang),
        "most": euros(step.most_eur, lang),
    }
    if round(step.lower_eur) <= 0:
        text = "{share} % more budget ({budget} over all years) does not lower the weighted cost, as far as was found. It is proven that it can lower it by at most {most}."
        return say(text, lang, **values)
    text = "{share} % more budget ({budget} over all years) lowers the weighted cost by {lower}: {per} per million. It is proven that it lies between {least} and {most}."
    told = say(text, lang, **values, lower=euros(step.lower_eur, lang), per=euros(step.per_million, lang))
    if round(step.spent_eur) == 0:
        return f"{told} {say(AS_MUCH, lang)}"
    if step.spent_eur > 0:
        return f"{told} {say('Then {spent} more is invested, also what no purse pays.', lang, spent=euros(step.spent_eur, lang))}"
    return f"{told} {say('Even so {spent} less is invested, also what no purse pays.', lang, spent=euros(-step.spent_eur, lang))} {say(LOWEST, lang)}"


def _costs(step: Step, lang: str) -> str:
    """Say by how much less money raises the weighted cost."""
    if round(step.lower_eur) <= 0:
        text = "{share} % less budget ({budget} over all years) does not raise the weighted cost, as far as was found. It is proven that it can raise it by at most {most}."
        share, budget = number(100 * (1 - step.money), lang), euros(step.budget_eur, lang)
        return f"{say(text, lang, share=share, budget=budget, most=euros(step.most_eur, lang))} {_spent(step, lang)}"
    text = "{share} % less budget ({budget} over all years) raises the weighted cost by {lower}: {per} per million. It is proven that it lies between {least} and {most}."
    told = say(
        text,
        lang,
        share=number(100 * (1 - step.money), lang),
        budget=euros(step.budget_eur, lang),
        lower=euros(step.lower_eur, lang),
        per=euros(step.per_million, lang),
        least=euros(step.least_eur, lang),
        most=euros(step.most_eur, lang),
    )
    return f"{told} {_spent(step, lang)}"


def _spent(step: Step, lang: str) -> str:
    """Say what less money does to what is spent, and why it can be more."""
    if round(step.spent_eur) == 0:
        return say(AS_MUCH, lang)
    if step.spent_eur > 0:
        return say("Then {spent} less is invested, also what no purse pays.", lang, spent=euros(step.spent_eur, lang))
    text = "Even so {spent} more is invested: other works or years fit then, and purses without a given budget pay too."
    return f"{say(text, lang, spent=euros(-step.spent_eur, lang))} {say(LOWEST, lang)}"


def _pictures(table: pd.DataFrame, lang: str) -> list[Block]:
    """Return the curve of money, and money against quality."""
    blocks: list[Block] = []
    points = curve(table)
    if len(points) > 1:
        points = points.assign(label=[f"{number(100 * money, lang)} %" for money in points["money"]])
        caption = say(
            "Each point is a programme that was solved. The bar below it is its proof: with that budget no programme can have lower weighted cost.",
            lang,
        )
        blocks.append(
            Picture(money_curve(points, lang=lang), f"{caption} {_points(points, 'weighted_cost_eur', lang)}", caption)
        )
    known = table.dropna(subset=["spent_eur", "quality_eur"])
    if len(known) > 1:
        labels = known["name"].where(
            known["role"] != "front", [f"{number(100 * money, lang)} %" for money in known["money"]]
        )
        known = known.assign(label=labels)
        caption = say(
            "Money and quality: every programme that was solved. Full on the line: no other one invests less and reaches as much. Hollow: another one does better on both; it may still win on risk or nuisance.",
            lang,
        )
        blocks.append(
            Picture(money_quality(known, lang=lang), f"{caption} {_points(known, 'quality_eur', lang)}", caption)
        )
    return blocks


def _points(points: pd.DataFrame, column: str, lang: str) -> str:
    """Return the points of a picture in words."""
    return (
        "; ".join(
            f"{label}: {euros(float(value), lang)}"
            for label, value in zip(points["label"], points[column], strict=True)
        )
        + "."
    )


def amount(value: object, lang: str, *, money: bool) -> str:
    """Return a figure as people write it."""
    if pd.isna(value):
        return "–"
    return euros(float(str(value)), lang) if money else number(float(str(value)), lang)


def difference(value: object, base: object, lang: str, *, money: bool) -> str:
    """Return how much a figure differs from that of the programme, with its sign."""
    if pd.isna(value) or pd.isna(base):
        return "–"
    off = float(str(value)) - float(str(base))
    if off == 0:
        return say("the same", lang)
    return (("+ " if off > 0 else "− ") + amount(abs(off), lang, money=money)).replace(" ", FIXED)


def open_streets(plan: Plan, named: pd.DataFrame, lang: str) -> list[Block]:
    """Return how many pieces of street lie open per year in each scenario."""
    table = plan.programme.scenario_years.merge(named[["scenario", "name"]], on="scenario")
    if table.empty:
        return []
    order = {name: at for at, name in enumerate(named["name"])}
    table = table.sort_values("year").sort_values("name", key=lambda names: names.map(order), kind="stable")
    counts = pd.DataFrame({"label": table["name"], "year": table["year"], "works": table["openings"]})
    caption = say("Pieces of street that lie open per year, in each scenario.", lang)
    top = counts.sort_values(["works", "label", "year"], ascending=[False, True, True]).iloc[0]
    alt = (
        caption
        + " "
        + say(
            "Most: {count} in {year} ({label}).",
            lang,
            count=int(top["works"]),
            year=int(top["year"]),
            label=top["label"],
        )
    )
    return [
        Heading(say("Open streets per year", lang), 2),
        Picture(busy_years(counts, years=plan.settings.years, lang=lang), alt, caption),
    ]


def parts(plan: Plan, named: pd.DataFrame, sort: str, lang: str) -> list[Block]:
    """Return works done and their cost per area or party, and what each scenario changes."""
    table = plan.programme.scenario_parts
    table = table[table["sort"] == sort]
    if table.empty:
        return []
    names = area_names(plan) if sort == "area" else party_names(plan)
    done = table.set_index(["part", "scenario"])["done"].unstack()  # noqa: PD010 -- keeps whole numbers whole
    cost = table.set_index(["part", "scenario"])["cost_eur"].unstack()  # noqa: PD010
    others = [name for name in named.loc[named["role"] == "scenario", "scenario"] if name in done.columns]
    order = done["base"].sort_values(ascending=False, kind="stable").index[:MOST_PARTS]
    called = named.set_index("scenario")["name"]
    rows = [
        [
            names.get(part, part),
            _both(done.loc[part, "base"], cost.loc[part, "base"], lang),
            *(_changed(done.loc[part], cost.loc[part], one, lang) for one in others),
        ]
        for part in order
    ]
    caption = {
        "area": "Works and their cost per area, {first}–{last}. A work in two areas counts in both, each with its part of the cost. What lies outside the areas does not count, nor does opening the streets.",
        "party": "Works and their cost per party, {first}–{last}, without opening the streets",
    }[sort]
    years = plan.settings.years
    heads = (str(called["base"]).capitalize(), *(str(called[one]) for one in others))
    asked: tuple[Asked, ...] = ((f"paper.{sort}", 1.6), *((amounts(head), 1.3) for head in heads))
    return [paper(rows, asked, say(caption, lang, first=years.first, last=years.last), lang)]


def _both(done: int, cost: object, lang: str) -> str:
    """Return works and their cost in one cell."""
    told = many(done, "one work", "{count} works", lang)
    fixed = told.replace(" ", FIXED)
    return fixed if pd.isna(cost) else f"{fixed}, {euros(float(str(cost)), lang).replace(' ', FIXED)}"


def _changed(done: pd.Series, cost: pd.Series, one: str, lang: str) -> str:
    """Return what a scenario changes in the works and cost of a part."""
    works, money = int(done[one] - done["base"]), difference(cost[one], cost["base"], lang, money=True)
    if works == 0:
        return say("the same", lang) if money == "–" else money
    told = many(abs(works), "{sign} one work", "{sign} {count} works", lang, sign="+" if works > 0 else "−")
    return told.replace(" ", FIXED) if money in ("–", say("the same", lang)) else f"{told.replace(' ', FIXED)}, {money}"
