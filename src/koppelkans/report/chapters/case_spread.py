"""How sure the outcome is: the draws as a histogram, with the NPV that 5, 50 and 95 in 100 stay below. (nl: zekerheid van de uitkomst)."""

from koppelkans.appraisal.business.product import ALTERNATIVE_WORDS as WORDS
from koppelkans.appraisal.business.product import ALTERNATIVES
from koppelkans.ground.words import euros, number, say
from koppelkans.report.blocks import Block, Heading, Picture, Sentence, Table, TableColumn
from koppelkans.report.pictures.cases import spread_bars
from koppelkans.report.plan import Plan
from koppelkans.report.table import paper_column

CHOSEN = "together"
MARKS = {"p5_eur": "5 %", "p50_eur": "50 %", "p95_eur": "95 %"}


def case_spread(plan: Plan, case: str, lang: str) -> list[Block]:
    """Return how far the outcome can lie from its value when all key figures are drawn at once; nothing for a work alone."""
    outcomes = plan.business.outcomes
    outcomes = outcomes[outcomes["case"] == case].set_index("alternative")
    rows = outcomes[outcomes["p50_eur"].notna()]
    if CHOSEN not in rows.index:
        return []
    chosen = rows.loc[CHOSEN]
    business = plan.settings.appraisal.business
    told = say(
        "In 90 of 100 draws doing this together comes to between {low} and {high}; the middle is {middle}.",
        lang,
        low=euros(chosen["p5_eur"], lang),
        high=euros(chosen["p95_eur"], lang),
        middle=euros(chosen["p50_eur"], lang),
    )
    how = say(
        "{draws} draws of every key figure that has a range. Construction costs move together (correlation {correlation}): when one turns out dearer, the others mostly do too. What is unknown (p.m.) is in no draw.",
        lang,
        draws=number(business.draws, lang),
        correlation=number(business.cost_correlation.value, lang, 2),
    )
    bars = plan.business.spreads
    bars = bars[(bars["case"] == case) & (bars["alternative"] == CHOSEN)]
    picture = spread_bars(bars, marks={word: float(chosen[name]) for name, word in MARKS.items()}, lang=lang)
    alt = say("Chart of the draws; the figures stand in the table below.", lang)
    caption = say(
        "Draws per balance of together, in thousands of euros; lines where 5, 50 and 95 in 100 draws lie below", lang
    )
    return [
        Heading(say("How sure it is", lang), 2),
        Sentence(told),
        Picture(picture, alt, caption),
        Table(
            (
                paper_column("business.outcomes", "alternative", lang, share=1.5),
                *(TableColumn(word, "right") for word in MARKS.values()),
                TableColumn(say("Mean", lang), "right"),
                TableColumn(say("Above zero", lang), "right"),
            ),
            [
                [
                    say(WORDS[name], lang),
                    *(euros(rows.loc[name, mark], lang) for mark in (*MARKS, "mean_eur")),
                    number(100 * rows.loc[name, "above_zero"], lang) + " %",
                ]
                for name in ALTERNATIVES
                if name in rows.index
            ],
            say("Balance that so many of 100 draws stay below", lang),
        ),
        Sentence(how, "small"),
    ]
