"""What groups make of the ranking, and where they disagree. (nl: groepen aan het woord)."""

from koppelkans.ground.words import number, say
from koppelkans.report.blocks import Block, Heading, Sentence, Table, TableColumn
from koppelkans.report.names import called, criterion_names, voice_names
from koppelkans.report.plan import Plan
from koppelkans.report.table import paper_column
from koppelkans.weighing.product import GROUP_KINDS

MOST = 10
WORDS = ((0.7, "agree strongly"), (0.5, "agree fairly well"), (0.3, "agree a little"), (0.0, "hardly agree"))
"""From which Kendall's W the groups are said to agree how far (after Schmidt 1997, Decision Sciences 28(3): 763-774)."""


def voices(plan: Plan, lang: str) -> list[Block]:
    """Return the groups beside the city, how far they agree, and the works on which they differ most."""
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
    groups = plan.weighing.groups
    pairs = plan.weighing.group_pairs
    turns = pairs[pairs["group"] == "city"].set_index("other_group")["criterion"]
    criteria = criterion_names(plan, lang)
    rows = [
        [
            name,
            say(GROUP_KINDS[kind], lang),
            set_by if isinstance(set_by, str) else "–",
            number(reversals, lang),
            number(tau, lang, 2),
            called(turns.reindex([group]), criteria)[0],
        ]
        for group, name, kind, set_by, reversals, tau in zip(
            groups["group"],
            groups["name"],
            groups["group_kind"],
            groups["set_by"],
            groups["reversals"],
            groups["tau"],
            strict=True,
        )
    ]
    columns = (
        paper_column("weighing.groups", "group", lang, share=1.6),
        TableColumn(say("Kind", lang), share=1.0),
        TableColumn(say("Given by", lang), share=1.2),
        TableColumn(say("Pairs the other way round", lang), "right"),
        paper_column("weighing.groups", "tau", lang, align="right"),
        TableColumn(say("Turns most on", lang), share=1.6),
    )
    return Table(columns, rows, say("Groups with their own weights, beside the ranking of the city", lang))


def _differ(plan: Plan, lang: str) -> list[Block]:
    """Return the works on which city and groups differ most."""
    apart = plan.weighing.disagreement
    apart = apart[apart["spread"] > 0].sort_values(["spread", "work"], ascending=[False, True]).head(MOST)
    if apart.empty:
        return [Sentence(say("All rank the works in the same order.", lang))]
    works = plan.context.works.set_index("work")["name"]
    names, criteria = voice_names(plan, lang), criterion_names(plan, lang)
    rows = [
        list(row)
        for row in zip(
            called(apart["work"], works.to_dict()),
            [f"{place}. {who}" for place, who in zip(apart["best_rank"], called(apart["highest"], names), strict=True)],
            [f"{place}. {who}" for place, who in zip(apart["worst_rank"], called(apart["lowest"], names), strict=True)],
            called(apart["criterion"], criteria),
            strict=True,
        )
    ]
    columns = (
        paper_column("context.works", "name", lang, share=2.0),
        TableColumn(say("Highest", lang), share=1.4),
        TableColumn(say("Lowest", lang), share=1.4),
        TableColumn(say("Turns most on", lang), share=1.6),
    )
    return [Table(columns, rows, say("Works on which city and groups differ most", lang))]
