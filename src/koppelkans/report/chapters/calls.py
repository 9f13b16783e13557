"""Who must phone whom. (nl: bellijst)."""

from koppelkans.ground.words import euros, say
from koppelkans.report.blocks import Block, Heading, Sentence, Table, TableColumn, left_out, shortened
from koppelkans.report.names import called, listed, party_names, span
from koppelkans.report.plan import Plan

MOST, STREETS = 14, 4


def calls(plan: Plan, lang: str) -> list[Block]:
    """Return the phone list, the largest saving first."""
    table = plan.alignment.calls
    heading = Heading(say("Who must phone whom", lang), new_page=True)
    if table.empty:
        return [heading, Sentence(say("No two parties want to open the same street in these years.", lang))]
    order = table.sort_values(["saving_eur", "party", "other_party"], ascending=[False, True, True])
    names = party_names(plan)
    rows = [
        [
            one,
            other + (f" ({contact})" if isinstance(contact, str) else ""),
            listed(streets.split(", "), most=STREETS, lang=lang),
            span(first, last),
            euros(saving, lang),
            terms,
        ]
        for one, other, contact, streets, first, last, saving, terms in zip(
            called(order["party"], names),
            called(order["other_party"], names),
            order["contact"],
            order["streets"],
            order["first_year"],
            order["last_year"],
            order["saving_eur"].astype("Float64").astype("float64"),
            order[f"terms_{lang}"],
            strict=True,
        )
    ]
    shown, more = shortened(rows, MOST)
    columns = (
        TableColumn(say("Party", lang), share=1.1),
        TableColumn(say("Phones", lang), share=1.5),
        TableColumn(say("About", lang), share=1.9),
        TableColumn(say("Years", lang)),
        TableColumn(say("At stake", lang), "right"),
        TableColumn(say("To agree", lang), share=2.4),
    )
    intro = say(
        "These parties plan to open the same streets in the same years. The pair that can save most stands first. “At stake” is what opening once can save at most.",
        lang,
    )
    return [
        heading,
        Sentence(intro),
        Table(columns, shown, say("Phone list", lang)),
        *left_out(more, say("Phone list", lang), lang),
    ]
