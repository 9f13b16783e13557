"""Open streets per year, and the bundles that come of it. (nl: open straten en bundels)."""

from koppelkans.ground.words import euros, number, say
from koppelkans.report.blocks import Block, Heading, Picture, Sentence, Table, TableColumn, left_out, shortened
from koppelkans.report.names import area_names, called, many
from koppelkans.report.pictures.streets import open_years
from koppelkans.report.plan import Plan
from koppelkans.report.table import paper_column

MOST_LIMITS, MOST_BUNDLES = 12, 18


def streets(plan: Plan, lang: str) -> list[Block]:
    """Return how many streets lie open per year, against the limits."""
    opened, years = plan.programme.open, plan.settings.years
    heading = Heading(say("Open streets", lang))
    if opened.empty:
        return [heading, Sentence(say("No street opens in these years.", lang))]
    breaches = int(opened["breach"].sum())
    rest = (
        say("No street is dug up within the graafrust after new paving of this programme.", lang)
        if breaches == 0
        else many(
            breaches,
            "Once a street is dug up within the graafrust after new paving. The workbook names it.",
            "{count} times a street is dug up within the graafrust after new paving. The workbook names them.",
            lang,
        )
    )
    busiest = opened.groupby("year").size()
    alt = say(
        "Chart: pieces of street that lie open per year; most in {year}: {count}.",
        lang,
        year=int(busiest.idxmax()),
        count=int(busiest.max()),
    )
    caption = say(
        "Pieces of street that lie open per year. The stripe: how many openings it would be if each work came alone.",
        lang,
    )
    return [
        heading,
        Picture(open_years(opened, years=years, lang=lang), alt, caption),
        Sentence(rest),
        *_limits(plan, lang),
    ]


def _limits(plan: Plan, lang: str) -> list[Block]:
    """Return the busiest year of each limit."""
    table = plan.programme.streets
    if table.empty:
        return []
    top = table.sort_values(["limit", "open_sections", "year"], ascending=[True, False, True]).drop_duplicates("limit")
    top = top.assign(share=top["open_sections"] / top["most"].clip(lower=1)).sort_values(
        ["share", "limit"], ascending=[False, True]
    )
    words = {"given": say("given by the city", lang), "assumed": say("assumption", lang)}
    rows = [
        [name, str(year), number(seen, lang), number(most, lang), words[basis]]
        for name, year, seen, most, basis in zip(
            called(top["limit"], area_names(plan)),
            top["year"],
            top["open_sections"],
            top["most"],
            top["basis"],
            strict=True,
        )
    ]
    shown, more = shortened(rows, MOST_LIMITS)
    columns = (
        TableColumn(say("Area or detour", lang), share=2.4),
        TableColumn(say("Busiest year", lang), "right", 1.0),
        TableColumn(say("Open then", lang), "right", 1.0),
        paper_column("programme.streets", "most", lang, align="right", share=1.0),
        TableColumn(say("Limit is", lang), share=1.4),
    )
    return [
        Table(columns, shown, say("Pieces of street open at the same time, against the limit", lang)),
        *left_out(more, say("Open streets", lang), lang),
    ]


def bundles(plan: Plan, lang: str) -> list[Block]:
    """Return the bundles that save most."""
    table = plan.programme.bundles.sort_values(["saving_eur", "bundle"], ascending=[False, True])
    heading = Heading(say("Bundles: works that share an opened street", lang))
    if table.empty:
        return [heading, Sentence(say("No two works share an opened street in this programme.", lang))]
    rows = [
        [
            name,
            str(year),
            number(works, lang),
            number(owners, lang),
            euros(apart, lang),
            euros(together, lang),
            euros(saving, lang),
        ]
        for name, year, works, owners, apart, together, saving in zip(
            *(
                table[column]
                for column in ("name", "year", "works", "owners", "apart_eur", "together_eur", "saving_eur")
            ),
            strict=True,
        )
    ]
    shown, more = shortened(rows, MOST_BUNDLES)
    columns = (
        TableColumn(say("Streets", lang), share=1.0),
        paper_column("programme.streets", "year", lang),
        *(TableColumn(say(text, lang), "right") for text in ("Works", "Parties", "Apart", "Together", "Saved")),
    )
    intro = say(
        "Opening a street costs the same for one work as for three: set up the site, close the road, take up the paving and lay it back. Who shares an opening pays it once. “Apart” and “together” are the cost of opening only.",
        lang,
    )
    return [
        heading,
        Sentence(intro),
        Table(columns, shown, say("The bundles that save most", lang)),
        *left_out(more, say("Bundles", lang), lang),
    ]
