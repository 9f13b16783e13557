"""How works were weighed: criteria, ranking, firmness, voices and decisions. (nl: afweging)."""

import pandas as pd

from koppelkans.ground.columns import GROUND_WORDS
from koppelkans.ground.words import number, say
from koppelkans.report.chapters.within_area import areas_apart
from koppelkans.report.document import Block, Heading, Picture, Sentence, Table
from koppelkans.report.names import called, criterion_names, many, voice_names, work_names
from koppelkans.report.paper import first_rows, paper
from koppelkans.report.pictures.charts import rank_spans, top_works
from koppelkans.report.plan import Plan
from koppelkans.report.table import sheet_name
from koppelkans.weighing.elicit import doubts
from koppelkans.weighing.knock_outs import QUESTIONS

MOST = 15
MOST_FIRM, FLIPS = 15, 8
SURE = 0.9
"""Share of the weightings from which a work counts as firmly in the top."""
MOST_VOICES = 10
WORDS = ((0.7, "agree strongly"), (0.5, "agree fairly well"), (0.3, "agree a little"), (0.0, "hardly agree"))
"""From which Kendall's W the groups are said to agree how far (after Schmidt 1997, Decision Sciences 28(3): 763-774)."""
MOST_OVERRULED = 15


def weighed(plan: Plan, lang: str) -> list[Block]:
    """Return the criteria with their weights and who set them, and the top of the ranking."""
    part = plan.settings.weighing
    heading = Heading(say("How the works were weighed", lang))
    when = f", {part.set_on}" if part.set_on else ""
    text = say("The weights were set by: {who}.", lang, who=say(part.set_by, lang) + when)
    text += " " + say(
        "A criterion of which nothing is known for a work does not count for that work: unknown is not zero.", lang
    )
    asked = [Sentence(doubt, "note") for doubt in doubts(plan.weighing, lang)]
    top, rest = (
        _top(plan, lang),
        [*firm(plan, lang), *voices(plan, lang), *areas_apart(plan, lang), *overruled(plan, lang)],
    )
    return [heading, Sentence(text), *asked, _criteria(plan, lang), *top, *rest]


def _criteria(plan: Plan, lang: str) -> Table:
    """Return the criteria."""
    criteria = plan.weighing.criteria
    order = {ground: rank for rank, ground in enumerate(GROUND_WORDS)}
    criteria = criteria.assign(order=criteria["ground"].map(order)).sort_values(["order", "criterion"])
    nodes = plan.weighing.tree.set_index("node")
    above = nodes.loc[nodes["part"] == "criterion", "parent"].map(
        nodes.loc[nodes["part"] == "node", f"name_{lang}"].to_dict()
    )
    named = [
        f"{above[key]}: {name}" if isinstance(above.get(key), str) else name
        for key, name in zip(criteria["criterion"], criteria[f"name_{lang}"], strict=True)
    ]
    shown = pd.DataFrame(
        {
            "ground": criteria["ground"].mask(criteria["ground"].duplicated(), ""),
            "name": named,
            "unit": criteria["unit_nl" if lang == "nl" else "unit"].map(_unit),
            "better": criteria["better"],
            "weight": [number(100 * weight, lang, 1) + " %" for weight in criteria["weight"]],
            "known": criteria["known"],
        }
    )
    asked = (
        ("weighing.criteria.ground", 1.3), ("weighing.criteria.criterion", 2.2), ("paper.unit", 1.1),
        ("weighing.criteria.better", 1.1), "weighing.criteria.weight", "weighing.criteria.known",
    )  # fmt: skip
    return paper(shown, asked, say("Criteria, their weights, and for how many works they are known", lang), lang)


def _unit(unit: str) -> str:
    """Return a unit as people write it: `€ per jaar`."""
    return f"€{unit.removeprefix('eur').replace('/', ' per ')}" if unit.startswith("eur") else unit


def _top(plan: Plan, lang: str) -> list[Block]:
    """Return the works at the top of the ranking, cut into grounds."""
    ranking = plan.weighing.ranking.sort_values(["rank", "work"]).head(MOST)
    scores = plan.weighing.scores.merge(plan.weighing.criteria[["criterion", "ground"]], on="criterion")
    parts = scores.groupby(["work", "ground"], as_index=False)["contribution"].sum()
    names = work_names(plan)
    rows = ranking[["work", "rank"]].merge(parts, on="work").sort_values(["rank", "work", "ground"])
    if rows.empty:
        return []
    rows["label"] = rows["rank"].astype(str) + ". " + rows["work"].map(names).astype("str").fillna(rows["work"])
    alt = say(
        "Chart of the works that rank highest ({count}), with what each ground contributes. First: {name}.",
        lang,
        count=len(ranking),
        name=names.get(ranking["work"].iloc[0], ""),
    )
    return [
        Heading(say("Top of the ranking", lang), 2),
        Picture(
            top_works(rows[["work", "label", "ground", "contribution"]], lang=lang),
            alt,
            say(
                "Total from 0 to 1 and what each ground adds to it. The ranking informs the programme; it does not decide it.",
                lang,
            ),
        ),
    ]


def firm(plan: Plan, lang: str) -> list[Block]:
    """Return how far the first works move in rank, and the weights that turn neighbours round."""
    table = plan.weighing.acceptability
    if table.empty:
        return []
    how = plan.settings.weighing.sensitivity
    around = {
        "weights": say("around the weights of the city", lang),
        "any": say("from all weights that are possible", lang),
    }[how.around]
    text = say(
        "Weights are never certain. Therefore {count} other sets of weights were drawn, {around}, and the works were ranked with each.",
        lang,
        count=number(plan.weighing.sampled.get("drawn", 0), lang),
        around=around,
    )
    text += " " + many(
        int((table["top_share"] >= SURE).sum()),
        "{count} work is in the first {top} % in at least 9 of 10 of them.",
        "{count} works are in the first {top} % in at least 9 of 10 of them.",
        lang,
        top=number(100 * how.top, lang),
    )
    return [
        Heading(say("How firm the ranking stands", lang), 2),
        Sentence(text),
        *_spans(plan, lang),
        *_flips(plan, lang),
    ]


def _spans(plan: Plan, lang: str) -> list[Block]:
    """Return the picture of the ranks between which the first works move."""
    ranked = plan.weighing.ranking[["work", "rank"]].merge(plan.weighing.acceptability, on="work")
    first = ranked.sort_values(["rank", "work"]).head(MOST_FIRM)
    names = pd.Series(called(first["work"], work_names(plan)), index=first.index)
    first = first.assign(label=first["rank"].astype(str) + ". " + names)
    widest = (
        first.assign(name=names, wide=first["high_rank"] - first["low_rank"])
        .sort_values(["wide", "rank", "work"], ascending=[False, True, True])
        .iloc[0]
    )
    alt = say(
        "Chart of the ranks between which the {count} works that rank highest move under other weights. The widest: {name}, from {low} to {high}.",
        lang,
        count=len(first),
        name=widest["name"],
        low=number(widest["low_rank"], lang),
        high=number(widest["high_rank"], lang),
    )
    caption = say(
        "Bar: the ranks that a work keeps in 9 of 10 sets of weights. Line: its calculated rank. Behind it: in how many of the sets it is in the first {top} %.",
        lang,
        top=number(100 * plan.settings.weighing.sensitivity.top, lang),
    )
    return [Picture(rank_spans(first, lang=lang), alt, caption)]


def _flips(plan: Plan, lang: str) -> list[Block]:
    """Return the neighbours that change places after the smallest change of one weight."""
    found = plan.weighing.flips.dropna(subset=["criterion"])
    if found.empty:
        return []
    found = found.assign(size=found["change"].abs()).sort_values(["size", "work"]).head(FLIPS)
    works = work_names(plan)
    shown = pd.DataFrame(
        {
            "work": called(found["work"], works),
            "other": called(found["other_work"], works),
            "criterion": called(found["criterion"], criterion_names(plan, lang)),
            "now": [_percent(share, lang) for share in found["weight"]],
            "then": [_percent(share, lang) for share in found["flip_weight"]],
        }
    )
    asked = (
        ("paper.stands_higher", 2.0), ("paper.behind", 2.0), ("weighing.flips.criterion", 2.0),
        "paper.weight_now", "paper.equal_at",
    )  # fmt: skip
    caption = say("Neighbours that change places soonest, when the weight of one criterion changes", lang)
    return [paper(shown, asked, caption, lang)]


def _percent(share: float, lang: str) -> str:
    """Return a share as people write it."""
    return "–" if pd.isna(share) else number(100 * share, lang, 2) + " %"


def voices(plan: Plan, lang: str) -> list[Block]:
    """Return the groups beside the city: how far they agree, and where they differ most."""
    if plan.weighing.groups.empty:
        return []
    return [
        Heading(say("What groups make of it", lang), 2),
        *_agree(plan, lang),
        _groups(plan, lang),
        *_differ(plan, lang),
    ]


def _agree(plan: Plan, lang: str) -> list[Block]:
    """Return the sentence on how far the groups agree."""
    found = plan.weighing.agreement.get("kendall_w")
    if found is None:
        return []
    word = next(word for least, word in WORDS if found >= least)
    text = say(
        "The {groups} groups {agree}: Kendall's W is {w} (0: nothing in common, 1: the same order).",
        lang,
        groups=number(plan.weighing.agreement["groups"], lang),
        agree=say(word, lang),
        w=number(found, lang, 2),
    )
    return [Sentence(text)]


def _groups(plan: Plan, lang: str) -> Table:
    """Return the groups beside the city."""
    groups, pairs = plan.weighing.groups, plan.weighing.group_pairs
    turns = pairs[pairs["group"] == "city"].set_index("other_group")["criterion"].reindex(groups["group"])
    shown = groups[["name", "group_kind", "set_by", "reversals", "tau"]]
    shown = shown.assign(turns=called(turns, criterion_names(plan, lang)))
    asked = (
        ("weighing.groups.group", 1.6), ("paper.kind", 1.0), ("paper.given_by", 1.2), "paper.reversals",
        "weighing.groups.tau", ("paper.turns_on", 1.6),
    )  # fmt: skip
    return paper(shown, asked, say("Groups with their own weights, beside the ranking of the city", lang), lang)


def _differ(plan: Plan, lang: str) -> list[Block]:
    """Return the works on which city and groups differ most."""
    apart = plan.weighing.disagreement
    apart = apart[apart["spread"] > 0].sort_values(["spread", "work"], ascending=[False, True]).head(MOST_VOICES)
    if apart.empty:
        return [Sentence(say("All rank the works in the same order.", lang))]
    works = work_names(plan)
    names, criteria = voice_names(plan, lang), criterion_names(plan, lang)
    shown = pd.DataFrame(
        {
            "work": called(apart["work"], works),
            "highest": apart["best_rank"].astype(str) + ". " + called(apart["highest"], names),
            "lowest": apart["worst_rank"].astype(str) + ". " + called(apart["lowest"], names),
            "turns": called(apart["criterion"], criteria),
        }
    )
    asked = (("context.works.name", 2.0), ("paper.highest", 1.4), ("paper.lowest", 1.4), ("paper.turns_on", 1.6))
    return [paper(shown, asked, say("Works on which city and groups differ most", lang), lang)]


def overruled(plan: Plan, lang: str) -> list[Block]:
    """Return the knock-outs, and every decision of the board that deviates from the ranking."""
    return [*_knock_outs(plan, lang), *_board(plan, lang)]


def _knock_outs(plan: Plan, lang: str) -> list[Block]:
    """Return every yes to a question before ranking."""
    found = plan.weighing.knock_outs
    if found.empty:
        return []
    works = work_names(plan)
    questions = {one.name: one.nl if lang == "nl" else one.en for one in QUESTIONS}
    last = found["by_year"].astype("object").map(lambda year: f" ({say('at last in {year}', lang, year=year)})", na_action="ignore")  # fmt: skip
    shown = pd.DataFrame(
        {
            "work": called(found["work"], works),
            "question": called(found["question"], questions),
            "effect": found["effect"],
            "reason": found[f"reason_{lang}"] + last.fillna(""),
        }
    )
    asked = (
        ("context.works.name", 2.0), ("weighing.knock_outs.question", 1.6), ("paper.yes_does", 1.2),
        ("weighing.overrules.reason", 2.4),
    )  # fmt: skip
    text = say(
        "Before the ranking questions were asked with yes or no. What must be done is done whatever its rank.", lang
    )
    caption, sheet = say("Works with a yes", lang), sheet_name("weighing.knock_outs", lang)
    table = first_rows(shown, asked, caption, lang, most=MOST_OVERRULED, sheet=sheet)
    return [Heading(say("Before the ranking", lang), 2), Sentence(text), *table]


def _board(plan: Plan, lang: str) -> list[Block]:
    """Return the decisions of the board; a sentence where there is none."""
    found = plan.weighing.overrules
    heading = Heading(say("Where the board left the ranking", lang), 2)
    if found.empty:
        return [heading, Sentence(say("Nowhere: the board took no decision that deviates from it.", lang))]
    works = work_names(plan)
    shown = found[["work", "rank", "board_rank", "decision", "reason"]].assign(
        work=called(found["work"], works), who=found["set_by"] + ", " + found["set_on"]
    )
    asked = (
        ("context.works.name", 1.8), "weighing.overrules.rank", "weighing.overrules.board_rank",
        ("weighing.overrules.decision", 1.0), ("weighing.overrules.reason", 2.2), ("paper.who_and_when", 1.4),
    )  # fmt: skip
    text = say(
        "A work that the board gave another place counts in the programme as the work that the calculation had put there.",
        lang,
    )
    return [heading, Sentence(text), paper(shown, asked, say("Decisions of the board, with their reason", lang), lang)]
