"""Who must phone whom. (nl: bellijst)."""

from koppelkans.ground.words import euros, number, say
from koppelkans.report.answer import pairs
from koppelkans.report.blocks import Block, Heading, Sentence, Table, TableColumn, left_out, shortened
from koppelkans.report.names import called, listed, party_names, span
from koppelkans.report.plan import Plan
from koppelkans.report.table import paper_column

MOST, STREETS = 16, 5


def calls(plan: Plan, lang: str) -> list[Block]:
    """Return the phone list, each pair of parties once, the largest saving first."""
    table = pairs(plan)
    heading = Heading(say("Who must phone whom", lang), new_page=True)
    if table.empty:
        return [heading, Sentence(say("No two parties want to open the same street in these years.", lang))]
    names = party_names(plan)
    others = [
        name + (f" ({contact})" if isinstance(contact, str) else "")
        for name, contact in zip(called(table["other_party"], names), table["contact"], strict=True)
    ]
    rows = [
        [
            one,
            other,
            listed(streets.split(", "), most=STREETS, lang=lang),
            number(sections, lang),
            span(first, last),
            euros(saving, lang),
        ]
        for one, other, streets, sections, first, last, saving in zip(
            called(table["party"], names),
            others,
            *(table[name] for name in ("streets", "sections", "first_year", "last_year")),
            table["saving_eur"].astype("Float64").astype("float64"),
            strict=True,
        )
    ]
    shown, more = shortened(rows, MOST)
    columns = (
        paper_column("alignment.calls", "party", lang, share=1.6),
        TableColumn(say("Phones", lang), share=2.0),
        TableColumn(say("About", lang), share=2.6),
        TableColumn(say("Pieces of street", lang), "right", 0.75),
        TableColumn(say("Years", lang)),
        TableColumn(say("At stake", lang), "right"),
    )
    intro = say(
        "These parties plan to open the same streets in the same years. The pair that can save most stands first. “At stake” is what opening once can save at most. What to agree stands in the workbook, for each party.",
        lang,
    )
    return [
        heading,
        Sentence(intro),
        Table(columns, shown, say("Phone list", lang)),
        *left_out(more, say("Phone list", lang), lang),
    ]
