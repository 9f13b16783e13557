"""Every bundle in one table: who is worse off, what must change hands, and where no transfer can mend it. (nl: verrekening per bundel)."""

import pandas as pd

from koppelkans.appraisal.business.product import CITY
from koppelkans.ground.words import euros, number, say
from koppelkans.report.blocks import Block, Heading, Sentence, Table, TableColumn, shortened
from koppelkans.report.chapters.who_gains import AGAINST, CHOSEN
from koppelkans.report.names import holder_names, listed, many
from koppelkans.report.plan import Plan

MOST_ROWS, MOST_NAMES = 40, 3
AGAINST_NULL = next(iter(AGAINST))
MENDED_ONE = "In one bundle transfers can make everybody at least as well off; at least {euros} must change hands."
MENDED = (
    "In {count} bundles transfers can make everybody at least as well off; at least {euros} must change hands there."
)
SHEET = "Holders per bundle"
"""Name of the sheet with every holder of every bundle in the workbook of the business cases."""


def every_bundle(plan: Plan, case: str, lang: str) -> list[Block]:
    """Return, behind the city only, what every bundle asks of its holders against doing nothing, the worst first."""
    rows = plan.financing.bargains
    rows = rows[(rows["case"] != CITY) & (rows["alternative"] == CHOSEN) & (rows["against"] == AGAINST_NULL)]
    if case != CITY or rows.empty:
        return []
    order = rows.sort_values(["missing_eur", "moved_eur", "case"], ascending=[False, False, True])
    shown, more = shortened(_rows(plan, order, lang), MOST_ROWS)
    heads = ("Worse off than when nothing is done", "Must change hands", "Missing")
    first, *others = (say(head, lang) for head in heads)
    columns = (
        TableColumn(say("Bundle", lang), share=1.6),
        TableColumn(first, share=2.0),
        *(TableColumn(head, "right", 1.0) for head in others),
    )
    caption = say("All works of a bundle together against doing nothing, as present value. What is missing no transfer can mend.", lang)  # fmt: skip
    return [
        Heading(say("Every bundle: who is to be made whole", lang), 2),
        Sentence(_told(order, lang)),
        Table(columns, shown, caption),
        Sentence(_where(plan, more, lang), "small"),
    ]


def _told(rows: pd.DataFrame, lang: str) -> str:
    """Say in how many bundles nobody loses, in how many transfers can mend it, and in how many they cannot."""
    whole = rows["losers"] == 0
    mended = ~whole & rows["feasible"]
    moved = euros(int(rows.loc[mended, "moved_eur"].sum()), lang)
    told = (
        (whole, "In one bundle nobody is worse off.", "In {count} bundles nobody is worse off."),
        (mended, MENDED_ONE, MENDED),
        (~rows["feasible"], "In one bundle no transfer can: all together lose.", "In {count} bundles no transfer can: all together lose."),
    )  # fmt: skip
    parts = [many(int(found.sum()), one, other, lang, euros=moved) for found, one, other in told if found.any()]
    return " ".join(parts)


def _rows(plan: Plan, rows: pd.DataFrame, lang: str) -> list[list[str]]:
    """Return a row per bundle: its name, who loses, what must change hands and what is missing."""
    held = plan.financing.holders
    held = held[(held["alternative"] == CHOSEN) & (held["gain_null_eur"] < 0)].sort_values(["gain_null_eur", "holder"])
    names = holder_names(plan, held["holder"], lang)
    losers = (
        held["holder"].map(names).groupby(held["case"]).agg(lambda found: listed(found, most=MOST_NAMES, lang=lang))
    )
    called = plan.business.cases.set_index("case")["name"]
    return [
        [
            str(called.get(case, case)),
            str(losers.get(case, "–")),
            euros(moved, lang) if feasible else "–",
            euros(missing, lang) if missing else "–",
        ]
        for case, moved, missing, feasible in zip(
            rows["case"], rows["moved_eur"], rows["missing_eur"], rows["feasible"], strict=True
        )
    ]


def _where(plan: Plan, more: int, lang: str) -> str:
    """Say why only some bundles have a page, and where all of them stand."""
    cases = plan.business.cases[plan.business.cases["what"] == "bundle"]
    parts = []
    if not cases["paged"].all():
        parts.append(
            say(
                "Only the {paged} bundles that save most have a page (setting appraisal.business.most_cases): a page for each of {all} would bury the answer.",
                lang,
                paged=number(cases["paged"].sum(), lang),
                all=number(len(cases), lang),
            )
        )
    parts.append(say("Every holder of every bundle stands in businesscase.xlsx, on the sheet “{sheet}”.", lang, sheet=say(SHEET, lang)))  # fmt: skip
    if more:
        parts.append(say("This table leaves out {count} bundles.", lang, count=number(more, lang)))
    return " ".join(parts)
