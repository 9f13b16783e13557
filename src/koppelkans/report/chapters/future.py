"""The vision: ambitions per quarter, what comes nearer, and proposed works. (nl: toekomstvisie)."""

import pandas as pd

from koppelkans.ground.words import number, say
from koppelkans.opportunities.sentences import quantity
from koppelkans.report.document import Block, Heading, Picture, Sentence, left_out
from koppelkans.report.names import kind_names, listed
from koppelkans.report.paper import first_rows, paper
from koppelkans.report.pictures.need_grid import need_grid
from koppelkans.report.plan import Plan

PER_PICTURE, MOST_PICTURES = 8, 3
"""Quarters in one picture, and pictures."""
TOP, MOST_ROWS, MOST_PROPOSALS = 3, 60, 16
"""Ambitions told per quarter; rows of quarters; proposed works."""
NAMED = 4


def future(plan: Plan, lang: str) -> list[Block]:
    """Return the vision: what the city wants, where, and what comes nearer by when."""
    heading = Heading(say("Vision: what the city wants and what comes nearer", lang))
    wanted = plan.vision.ambitions
    if wanted.empty:
        return [heading, Sentence(say("The city has set no ambitions.", lang))]
    return [heading, *_lead(plan, lang), *_pictures(plan, lang), *_city(plan, lang)]


def quarters(plan: Plan, lang: str) -> list[Block]:
    """Return per quarter its greatest needs, what comes nearer by when, and what nobody serves."""
    heading = Heading(say("Per quarter: the greatest needs", lang))
    rows = _stack(plan, "area").dropna(subset=["need_score"])
    if rows.empty:
        return [heading, Sentence(say("No need is known per quarter.", lang))]
    rows = rows.assign(asked=rows["need_score"] * rows["level"])
    order = rows.sort_values(["place_name", "place", "asked", "ambition"], ascending=[True, True, False, True])
    top = order.groupby("place").head(TOP)
    told = [
        ["" if again else name, ambition, need, high, nobody, met, by]
        for again, name, ambition, need, high, nobody, met, by in zip(
            top["place"].duplicated(), top["place_name"], top[f"name_{lang}"], [number(need, lang, 1) for need in top["need_score"]], top["high"],
            top["nobody"], [_met(value, lang) for value in top["met_share"]], top["half_year"], strict=True,
        )
    ]  # fmt: skip
    asked = (
        ("paper.quarter", 1.5), ("paper.ambition", 1.6), ("paper.mean_need", 1.0), ("paper.needy", 1.1), ("paper.served_by_nobody", 1.0),
        ("paper.comes_nearer", 1.0), ("areas.stack.half_year", 0.9),
    )  # fmt: skip
    caption = say("The three greatest needs of each quarter, with the level that the city wants counted in", lang)
    sheet = say("Ambitions stacked", lang)
    return [heading, *first_rows(told, asked, caption, lang, most=MOST_ROWS, sheet=sheet)]


def proposals(plan: Plan, lang: str) -> list[Block]:
    """Return the proposed works: place, rough cost and partners."""
    table = pd.DataFrame(plan.opportunities.proposals.drop(columns="geometry"))
    none = say("No need is high without a work that serves it, as far as needs are known.", lang)
    blocks = proposed(plan, table, lang) or [Sentence(none)]
    return [Heading(say("Proposed works", lang)), *blocks]


def proposed(plan: Plan, table: pd.DataFrame, lang: str) -> list[Block]:
    """Return some of the proposed works with what they are; nothing where there are none."""
    if table.empty:
        return []
    note = say(
        "Here the need is high and no work helps. These are proposals of the computer: they stand in no programme, in no purse and in no sum. Amount and cost are rough and assumed; see the workbook for the source of each price.",
        lang,
    )
    kinds, areas = kind_names(plan, lang), plan.context.areas.set_index("area")["name"]
    names = plan.vision.ambitions.set_index("ambition")[f"name_{lang}"]
    levels = plan.vision.ambitions.set_index("ambition")["level"]
    strength = table["need_score"] * table["sections"] * table["ambition"].map(levels).fillna(1)
    table = table.assign(strength=strength).sort_values(["strength", "proposal"], ascending=[False, True])
    rows = [
        [
            areas.get(row["area"], say("Outside the areas", lang)), names.get(row["ambition"], row["ambition"]),
            kinds.get(row["kind"], say("to be found out", lang)),
            "–" if pd.isna(row["quantity"]) else quantity(row["quantity"], row["unit"], lang),
            row["streets"], row["cost_eur"], row["partners"],
        ]
        for row in table.to_dict("records")
    ]  # fmt: skip
    asked = (
        ("paper.quarter", 1.2), ("paper.ambition", 1.4), ("paper.proposal", 1.5), ("paper.how_much", 0.85), ("paper.streets", 1.8),
        ("paper.rough_cost", 0.95), ("paper.partners", 1.7),
    )  # fmt: skip
    caption = say("Proposed works, where most is lacking first; not in the programme", lang)
    sheet = say("Proposed works", lang)
    return [Sentence(note, "note"), *first_rows(rows, asked, caption, lang, most=MOST_PROPOSALS, sheet=sheet)]


def _stack(plan: Plan, of: str) -> pd.DataFrame:
    """Return the stacked ambitions of the city or of its areas."""
    return plan.areas.stack[plan.areas.stack["of"] == of]


def _lead(plan: Plan, lang: str) -> list[Block]:
    """Return what comes nearer, what nobody serves and what is unknown, in three sentences."""
    city, last = _stack(plan, "city"), plan.settings.years.last
    nearer = city[city["met_share"].fillna(0) > 0].sort_values("met_share", ascending=False)
    nobody = city[city["nobody"] > 0].sort_values("nobody", ascending=False)
    blind = city[city["need_score"].isna()]
    told = [Sentence(say("{city} wants {count} things of its streets. This chapter stacks them: where is the need, what does this programme bring nearer, and what does nobody do yet?", lang, city=plan.settings.city.name, count=len(city)), "lead")]  # fmt: skip
    if len(nearer):
        parts = [f"{name} ({_met(met, lang)})" for name, met in zip(nearer[f"name_{lang}"], nearer["met_share"], strict=True)]  # fmt: skip
        told.append(Sentence(say("By {last} the works meet part of the need for {names}. Between brackets: which part.", lang, last=last, names=listed(parts, most=NAMED, lang=lang))))  # fmt: skip
    if len(nobody):
        parts = [f"{name} ({number(count, lang)})" for name, count in zip(nobody[f"name_{lang}"], nobody["nobody"], strict=True)]  # fmt: skip
        told.append(Sentence(say("Nobody serves the high need for {names}. Between brackets: how many pieces of street.", lang, names=listed(parts, most=NAMED, lang=lang))))  # fmt: skip
    if len(blind):
        told.append(Sentence(say("Of {names} no need is known: no map or figure was given. Unknown is not zero.", lang, names=listed(blind[f"name_{lang}"].tolist(), most=len(blind), lang=lang)), "small"))  # fmt: skip
    return list(told)


def _pictures(plan: Plan, lang: str) -> list[Block]:
    """Return the grid of ambitions and quarters, where most is asked first."""
    areas = _stack(plan, "area")
    known = areas.dropna(subset=["need_score"])
    if known.empty:
        return []
    asked = (known["need_score"] * known["level"]).groupby(known["place"]).mean()
    places = asked.sort_values(ascending=False, kind="stable").index.tolist()
    shown = areas[areas["ambition"].isin(known["ambition"])]
    caption = say("Need per ambition and quarter, from 0 to 1; the bar is the share that the programme meets.", lang)
    blocks: list[Block] = []
    for at in range(0, min(len(places), PER_PICTURE * MOST_PICTURES), PER_PICTURE):
        part = places[at : at + PER_PICTURE]
        rows = pd.concat([shown[shown["place"] == place] for place in part])
        alt = caption + " " + say("The figures stand in the tables of this chapter and in the workbook.", lang)
        blocks.append(Picture(need_grid(rows, lang), alt, caption))
    return [*blocks, *left_out(max(len(places) - PER_PICTURE * MOST_PICTURES, 0), say("Ambitions stacked", lang), lang)]


def _city(plan: Plan, lang: str) -> list[Block]:
    """Return the table of ambitions of the whole city."""
    unknown, none = say("unknown", lang), say("nothing", lang)
    helping = _helping(plan, lang)
    rows = [
        [
            row[f"name_{lang}"], row["level"], unknown if pd.isna(row["need_score"]) else number(row["need_score"], lang, 1),
            helping.get(row["ambition"], none) if row["works"] else none, row["works"], row["high"], row["nobody"],
            _met(row["met_share"], lang), row["half_year"],
        ]
        for row in _stack(plan, "city").to_dict("records")
    ]  # fmt: skip
    asked = (
        ("paper.ambition", 1.5), ("paper.level", 0.8), ("paper.mean_need", 1.1), ("paper.serves", 1.8), ("paper.works", 0.7), ("paper.needy", 0.8),
        ("paper.served_by_nobody", 0.9), ("paper.comes_nearer", 0.9), ("areas.stack.half_year", 0.8),
    )  # fmt: skip
    caption = say(
        "Every ambition of the city: the need, what serves it, what nobody serves, and what comes nearer by when", lang
    )
    return [paper(rows, asked, caption, lang)]


def _helping(plan: Plan, lang: str) -> dict[str, str]:
    """Return per ambition the kinds of work of the programme that serve it, in words."""
    done = plan.programme.plan.loc[plan.programme.plan["year"].notna(), "work"]
    kinds = plan.context.works.loc[plan.context.works["work"].isin(done), "kind"].value_counts()
    effects = plan.vision.effects[plan.vision.effects["need_per_unit"] > 0]
    effects = effects[effects["kind"].isin(kinds.index)].assign(count=effects["kind"].map(kinds))
    effects = effects.sort_values(["ambition", "count", "kind"], ascending=[True, False, True])
    names = kind_names(plan, lang)
    words = pd.Series([str(names.get(kind, kind)).partition(" (")[0] for kind in effects["kind"]], index=effects.index)
    return {str(key): ", ".join(dict.fromkeys(part)) for key, part in words.groupby(effects["ambition"])}


def _met(share: float, lang: str) -> str:
    """Return the share of a need that is met, in words where it is unknown."""
    return say("unknown", lang) if pd.isna(share) else number(100 * share, lang) + " %"
