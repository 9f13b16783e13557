"""The top of the chances and bottlenecks. (nl: kansen en knelpunten)."""

import pandas as pd

from koppelkans.ground.words import euros, number, say
from koppelkans.opportunities.kinds import KINDS
from koppelkans.report.blocks import Block, Heading, Sentence, Table, TableColumn, left_out
from koppelkans.report.names import span
from koppelkans.report.plan import Plan
from koppelkans.report.table import paper_column

EACH = 3
"""Rows of each kind."""
TITLES = {"chance": "The strongest chances", "clash": "The heaviest bottlenecks"}


def finds(plan: Plan, lang: str) -> list[Block]:
    """Return the strongest chances and the heaviest bottlenecks, with counts per kind."""
    table = plan.opportunities.finds
    heading = Heading(say("Chances and bottlenecks", lang))
    if table.empty:
        return [heading, Sentence(say("No chance and no bottleneck was found.", lang))]
    names = {kind.name: getattr(kind, lang) for kind in KINDS}
    blocks: list[Block] = [
        heading,
        Sentence(say("The map page and the GeoPackage show all of them in their place.", lang)),
    ]
    for side, title in TITLES.items():
        rows = pd.DataFrame(table.loc[table["side"] == side].drop(columns="geometry"))
        if len(rows):
            blocks += [
                Heading(say(title, lang), 2),
                Sentence(_counts(rows, names, lang)),
                *_top(rows, names, say(title, lang), lang),
            ]
    return blocks


def _counts(rows: pd.DataFrame, names: dict[str, str], lang: str) -> str:
    """Return how many there are of each kind."""
    counts = (
        rows["kind"]
        .map(names)
        .astype("str")
        .fillna(rows["kind"])
        .value_counts()
        .sort_index()
        .sort_values(ascending=False, kind="stable")
    )
    return "; ".join(f"{name}: {number(count, lang)}" for name, count in counts.items()) + "."


def _top(rows: pd.DataFrame, names: dict[str, str], caption: str, lang: str) -> list[Block]:
    """Return the first of each kind: by euros at stake, then by strength."""
    order = rows.sort_values(["amount_eur", "score", "find"], ascending=[False, False, True])
    top = order.groupby("kind").head(EACH)
    place = {kind: at for at, kind in enumerate(dict.fromkeys([*names, *sorted(set(rows["kind"]))]))}
    top = top.assign(place=top["kind"].map(place)).sort_values("place", kind="stable")
    cells = [
        [names.get(kind, kind) if fresh else "", span(first, last), euros(amount, lang), why]
        for kind, fresh, first, last, amount, why in zip(
            top["kind"],
            ~top["kind"].duplicated(),
            top["first_year"].astype("Float64").astype("float64"),
            top["last_year"].astype("Float64").astype("float64"),
            top["amount_eur"].astype("Float64").astype("float64"),
            top[f"why_{lang}"],
            strict=True,
        )
    ]
    columns = (
        TableColumn(say("What", lang), share=1.3),
        TableColumn(say("Years", lang)),
        paper_column("opportunities.finds", "amount_eur", lang, align="right"),
        TableColumn(say("Why", lang), share=4.0),
    )
    return [
        Table(columns, cells, caption),
        *left_out(len(rows) - len(top), say("Chances and bottlenecks", lang), lang),
    ]
