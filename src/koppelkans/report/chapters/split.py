"""Who saves what by opening together: the fair split of the bundles. (nl: eerlijk delen)."""

import pandas as pd

from koppelkans.ground.words import euros, number, say
from koppelkans.report.blocks import Block, Heading, Picture, Sentence, Table, TableColumn, left_out, shortened
from koppelkans.report.names import called, party_names
from koppelkans.report.pictures.split import fair_bars
from koppelkans.report.plan import Plan
from koppelkans.report.table import paper_column

DRAWN, LISTED = 6, 18
PAIR = 2


def split(plan: Plan, lang: str) -> list[Block]:
    """Return what each party pays apart and together, for all bundles of two parties or more and for the largest."""
    heading = Heading(say("Who saves what: the fair split", lang))
    shares = _shares(plan)
    if shares.empty:
        return [heading, Sentence(say("No two parties share an opened street in this programme.", lang))]
    gain = shares.groupby("bundle")["saving_eur"].transform("sum")
    order = shares.assign(gain=gain).sort_values(
        ["gain", "bundle", "saving_eur", "owner"], ascending=[False, True, False, True], na_position="last"
    )
    drawn = order[order["bundle"].isin(order["bundle"].unique()[:DRAWN])]
    intro = say(
        "What each party would pay to open the street for its own works in that year, and what it pays when all open it together. The fair share is the Shapley value: each piece of street is paid by the parties that need it open, in equal parts. It is about the opening only, in euros of the year itself; each party pays its own pipes and stones.",
        lang,
    )
    alt = say(
        "Chart: what the parties pay apart and together for the {count} bundles that save most. The figures stand in the table below.",
        lang,
        count=drawn["bundle"].nunique(),
    )
    caption = say("Cost of opening apart and together, per party, in thousands of euros", lang)
    return [
        heading,
        Sentence(intro),
        _parties(order, lang),
        Sentence(_core(plan, order, lang)),
        Picture(fair_bars(drawn, lang=lang), alt, caption),
        *_bundles(order, lang),
    ]


def _shares(plan: Plan) -> pd.DataFrame:
    """Return the shares in bundles of two parties or more, with the names of bundles and parties."""
    shares = plan.programme.split
    shares = shares[shares.groupby("bundle")["bundle"].transform("size") >= PAIR]
    table = plan.programme.bundles.set_index("bundle")
    label = shares["bundle"].map(table["name"]) + " " + shares["bundle"].map(table["year"]).astype("str")
    return shares.assign(label=label, party=called(shares["owner"], party_names(plan)))


def _parties(shares: pd.DataFrame, lang: str) -> Table:
    """Return what each party pays and saves in all bundles together."""
    figures = ["apart_eur", "fair_eur", "saving_eur"]
    sums = shares.groupby("party").agg(bundles=("bundle", "nunique"), **{name: (name, "sum") for name in figures})
    sums = sums.reset_index().sort_values(["saving_eur", "party"], ascending=[False, True])
    every = [(*row,) for row in sums.itertuples(index=False)]
    total = (say("Total", lang), shares["bundle"].nunique(), *(int(sums[name].sum()) for name in figures))
    rows = [
        [name, number(count, lang), *(euros(amount, lang) for amount in rest)] for name, count, *rest in [*every, total]
    ]
    columns = (
        paper_column("programme.split", "owner", lang, share=2.0),
        *(TableColumn(say(text, lang), "right") for text in ("Bundles", "Apart", "Fair share", "Saved")),
    )
    return Table(
        columns, rows, say("All bundles of two parties or more: what each party pays for opening", lang), total=True
    )


def _core(plan: Plan, shares: pd.DataFrame, lang: str) -> str:
    """Say whether every party and every group of parties gains, and name the group that does not."""
    table = plan.programme.bundles
    table = table[table["bundle"].isin(shares["bundle"])]
    broken = table[~table["in_core"]].sort_values(["worst_excess_eur", "bundle"], ascending=[False, True])
    if broken.empty:
        return say(
            "Checked in each bundle: no party and no group of parties pays more than it would on its own. So nobody is better off by going alone.",
            lang,
        )
    worst = broken.iloc[0]
    names = party_names(plan)
    group = ", ".join(names.get(name, name) for name in str(worst["worst_group"]).split(" + "))
    return say(
        "In {count} bundles a group of parties would pay less on its own; most of all {group} in {name}, by {euros}.",
        lang,
        count=number(len(broken), lang),
        group=group,
        name=worst["name"],
        euros=euros(int(worst["worst_excess_eur"]), lang),
    )


def _bundles(shares: pd.DataFrame, lang: str) -> list[Block]:
    """Return the bundles that save most, party by party."""
    rows = [
        [label, party, number(works, lang), euros(apart, lang), euros(fair, lang), euros(saving, lang)]
        for label, party, works, apart, fair, saving in zip(
            *(shares[column] for column in ("label", "party", "works", "apart_eur", "fair_eur", "saving_eur")),
            strict=True,
        )
    ]
    shown, more = shortened(rows, LISTED)
    columns = (
        paper_column("programme.bundles", "name", lang, share=2.0),
        paper_column("programme.split", "owner", lang, share=1.6),
        *(TableColumn(say(text, lang), "right") for text in ("Works", "Apart", "Fair share", "Saved")),
    )
    return [
        Table(columns, shown, say("The bundles in which parties save most together", lang)),
        *left_out(more, say("Fair split", lang), lang),
    ]
