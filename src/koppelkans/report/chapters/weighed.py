"""How the works were weighed. (nl: afweging)."""

from koppelkans.ground.columns import GROUND_WORDS
from koppelkans.ground.words import number, say
from koppelkans.report.blocks import Block, Heading, Picture, Sentence, Table, TableColumn
from koppelkans.report.chapters.firm import firm
from koppelkans.report.chapters.overruled import overruled
from koppelkans.report.chapters.voices import voices
from koppelkans.report.pictures.ranking import top_works
from koppelkans.report.plan import Plan
from koppelkans.report.table import paper_column
from koppelkans.weighing.elicit import doubts

MOST = 15


def weighed(plan: Plan, lang: str) -> list[Block]:
    """Return the criteria with their weights and who set them, and the top of the ranking with what lifts it."""
    part = plan.settings.weighing
    heading = Heading(say("How the works were weighed", lang))
    when = f", {part.set_on}" if part.set_on else ""
    text = say("The weights were set by: {who}.", lang, who=say(part.set_by, lang) + when)
    text += " " + say(
        "A criterion of which nothing is known for a work does not count for that work: unknown is not zero.", lang
    )
    asked = [Sentence(doubt, "note") for doubt in doubts(plan.weighing, lang)]
    top, rest = _top(plan, lang), [*firm(plan, lang), *voices(plan, lang), *overruled(plan, lang)]
    return [heading, Sentence(text), *asked, _criteria(plan, lang), *top, *rest]


def _criteria(plan: Plan, lang: str) -> Table:
    """Return the criteria."""
    criteria = plan.weighing.criteria
    order = {ground: rank for rank, ground in enumerate(GROUND_WORDS)}
    criteria = criteria.assign(order=criteria["ground"].map(order)).sort_values(["order", "criterion"])
    fresh = ~criteria["ground"].duplicated()
    nodes = plan.weighing.tree.set_index("node")
    above = nodes.loc[nodes["part"] == "criterion", "parent"].map(
        nodes.loc[nodes["part"] == "node", f"name_{lang}"].to_dict()
    )
    named = [
        f"{above[key]}: {name}" if isinstance(above.get(key), str) else name
        for key, name in zip(criteria["criterion"], criteria[f"name_{lang}"], strict=True)
    ]
    better = {"more": say("more is better", lang), "less": say("less is better", lang)}
    rows = [
        [
            say(GROUND_WORDS[ground], lang) if first else "",
            name,
            unit,
            better[side],
            number(100 * weight, lang, 1) + " %",
            number(known, lang),
        ]
        for ground, first, name, unit, side, weight, known in zip(
            criteria["ground"],
            fresh,
            named,
            criteria["unit_nl" if lang == "nl" else "unit"],
            criteria["better"],
            criteria["weight"],
            criteria["known"],
            strict=True,
        )
    ]
    columns = (
        paper_column("weighing.criteria", "ground", lang, share=1.3),
        paper_column("weighing.criteria", "criterion", lang, share=2.2),
        TableColumn(say("Unit", lang), share=1.1),
        paper_column("weighing.criteria", "better", lang, share=1.1),
        paper_column("weighing.criteria", "weight", lang, align="right"),
        paper_column("weighing.criteria", "known", lang, align="right"),
    )
    return Table(columns, rows, say("Criteria, their weights, and for how many works they are known", lang))


def _top(plan: Plan, lang: str) -> list[Block]:
    """Return the works at the top of the ranking, cut into grounds."""
    ranking = plan.weighing.ranking.sort_values(["rank", "work"]).head(MOST)
    scores = plan.weighing.scores.merge(plan.weighing.criteria[["criterion", "ground"]], on="criterion")
    parts = scores.groupby(["work", "ground"], as_index=False)["contribution"].sum()
    names = plan.context.works.set_index("work")["name"]
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
