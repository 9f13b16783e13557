"""Wishes, and who pays and gains in one area. (nl: wensen en geld van een gebied)."""

import pandas as pd

from koppelkans.area.product import ANSWER_WORDS
from koppelkans.ground.words import euros, number, say
from koppelkans.report.blocks import Block, Heading, Sentence, Table, TableColumn, left_out, shortened
from koppelkans.report.names import called, party_names
from koppelkans.report.plan import Plan
from koppelkans.report.table import paper_column

MOST = 40


def area_wishes(plan: Plan, area: str, lang: str) -> list[Block]:
    """Return every wish with its answer."""
    answers = plan.areas.answers[plan.areas.answers["area"] == area]
    heading = Heading(say("Wishes and their answers", lang))
    if answers.empty:
        return [heading, Sentence(say("No wishes were given for this area.", lang))]
    order = answers.assign(rank=answers["answer"].map(list(ANSWER_WORDS).index)).sort_values(["rank", "year", "wish"])
    rows = [
        [text, say(ANSWER_WORDS[answer], lang), "–" if pd.isna(year) else str(year), why]
        for text, answer, year, why in zip(
            order["text"], order["answer"], order["year"], order[f"why_{lang}"], strict=True
        )
    ]
    shown, more = shortened(rows, MOST)
    columns = (
        paper_column("areas.answers", "text", lang, share=2.0),
        paper_column("areas.answers", "answer", lang, share=1.1),
        paper_column("areas.answers", "year", lang),
        TableColumn(say("Explanation", lang), share=3.2),
    )
    return [
        heading,
        Table(columns, shown, say("Wishes, those with a work near them first", lang)),
        *left_out(more, say("Wishes", lang), lang),
    ]


def area_holders(plan: Plan, area: str, lang: str) -> list[Block]:
    """Return who pays and who gains."""
    holders = plan.areas.holders[plan.areas.holders["area"] == area]
    heading = Heading(say("Who pays and who gains", lang))
    if holders.empty:
        return [heading, Sentence(say("No costs or benefits are known here.", lang))]
    order = holders.sort_values(["cost_eur", "holder"], ascending=[False, True])
    names = party_names(plan)
    rows = [
        [
            say(holder, lang) if holder == name else name,
            *(euros(amount, lang) for amount in amounts),
            number(unknown, lang),
        ]
        for holder, name, unknown, *amounts in zip(
            order["holder"],
            called(order["holder"], names),
            order["unknown"],
            order["cost_eur"],
            order["saving_eur"],
            order["benefit_eur"],
            strict=True,
        )
    ]
    columns = (
        paper_column("areas.holders", "holder", lang, share=2.0),
        *(
            TableColumn(say(text, lang), "right", 1.0)
            for text in ("Pays, done alone", "Saves together", "Gains", "Unknown (p.m.)")
        ),
    )
    return [
        heading,
        Table(
            columns,
            rows,
            say("Costs and gains of the works in this area; unknown amounts are counted, not guessed", lang),
        ),
        *_hidden(plan, area, holders, lang),
    ]


def _hidden(plan: Plan, area: str, holders: pd.DataFrame, lang: str) -> list[Block]:
    """Return which parties with a work here do not stand in the table, because they keep their costs to themselves."""
    here = plan.areas.agenda.loc[plan.areas.agenda["area"] == area, "work"]
    owners = plan.context.works.loc[plan.context.works["work"].isin(here), "owner"]
    names = called(pd.Series(sorted(set(owners) - set(holders["holder"])), dtype="str"), party_names(plan))
    if not names:
        return []
    text = say(
        "Not shown here: {names}. These parties do not share what their works cost.", lang, names=", ".join(names)
    )
    return [Sentence(text, "small")]
