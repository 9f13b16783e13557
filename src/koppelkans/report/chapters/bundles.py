"""Who saves what in which bundle, and what each bundle is worth. (nl: bundels)."""

import pandas as pd

from koppelkans.appraisal.business.product import CITY
from koppelkans.ground.words import euros, number, say
from koppelkans.report.chapters.who_gains import AGAINST, CHOSEN
from koppelkans.report.document import Block, Heading, Picture, Sentence, Table
from koppelkans.report.names import called, holder_names, listed, many, party_names
from koppelkans.report.paper import first_rows, paper
from koppelkans.report.pictures.charts import fair_bars
from koppelkans.report.plan import Plan

DRAWN, LISTED = 6, 18
PAIR = 2
MOST_ROWS, MOST_NAMES = 40, 3
AGAINST_NULL = next(iter(AGAINST))
MENDED_ONE = "In one bundle transfers can make everybody at least as well off; at least {euros} must change hands."
MENDED = (
    "In {count} bundles transfers can make everybody at least as well off; at least {euros} must change hands there."
)
SHEET = "Holders per bundle"
"""Name of the sheet with every holder of every bundle in the workbook of the business cases."""


def split(plan: Plan, lang: str) -> list[Block]:
    """Return what each party pays apart and together, in all bundles and in the largest.

    Only bundles of two parties or more.
    """
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
        _parties(plan, lang),
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


def _parties(plan: Plan, lang: str) -> Table:
    """Return what each party pays for opening streets, and what it saves by coming together: as in the account."""
    table = plan.account.owners.sort_values(["saving_eur", "owner"], ascending=[False, True])
    names = called(table["owner"], party_names(plan))
    owners = [name if name != "–" else say("without owner", lang) for name in names]
    apart = table["openings_eur"] + table["saving_eur"]
    lines = [*zip(owners, apart, table["openings_eur"], table["saving_eur"], strict=True)]
    figures = ("owners_apart_eur", "openings_eur", "saving_eur")
    total = (say("Total", lang), *(plan.account.whole(key) for key in figures))
    asked = (("programme.split.owner", 2.0), "paper.apart", "paper.fair_share", "paper.saved")
    caption = say("All openings of the programme: what each party pays", lang)
    return paper([*lines, total], asked, caption, lang, total=True)


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
    shown = shares[["label", "party", "works", "apart_eur", "fair_eur", "saving_eur"]]
    asked = (
        ("programme.bundles.name", 2.0), ("programme.split.owner", 1.6), "paper.works", "paper.apart",
        "paper.fair_share", "paper.saved",
    )  # fmt: skip
    caption, sheet = say("The bundles in which parties save most together", lang), say("Fair split", lang)
    return first_rows(shown, asked, caption, lang, most=LISTED, sheet=sheet)


def every_bundle(plan: Plan, case: str, lang: str) -> list[Block]:
    """Return what every bundle asks of its holders against doing nothing; behind the city only."""
    rows = plan.financing.bargains
    rows = rows[(rows["case"] != CITY) & (rows["alternative"] == CHOSEN) & (rows["against"] == AGAINST_NULL)]
    if case != CITY or rows.empty:
        return []
    order = rows.sort_values(["missing_eur", "moved_eur", "case"], ascending=[False, False, True])
    asked = (("paper.bundle", 1.6), ("paper.worse_off", 2.0), ("paper.must_move", 1.0), ("paper.missing", 1.0))
    caption = say("All works of a bundle together against doing nothing, as present value. What is missing no transfer can mend.", lang)  # fmt: skip
    return [
        Heading(say("Every bundle: who is to be made whole", lang), 2),
        Sentence(_told(order, lang)),
        paper(_rows(plan, order.head(MOST_ROWS), lang), asked, caption, lang),
        Sentence(_where(plan, max(len(order) - MOST_ROWS, 0), lang), "small"),
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


def _rows(plan: Plan, rows: pd.DataFrame, lang: str) -> pd.DataFrame:
    """Return a row per bundle: its name, who loses, what must change hands and what is missing."""
    held = plan.financing.holders
    held = held[(held["alternative"] == CHOSEN) & (held["gain_null_eur"] < 0)].sort_values(["gain_null_eur", "holder"])
    names = holder_names(plan, held["holder"], lang)
    losers = (
        held["holder"].map(names).groupby(held["case"]).agg(lambda found: listed(found, most=MOST_NAMES, lang=lang))
    )
    names = plan.business.cases.set_index("case")["name"].to_dict()
    return pd.DataFrame(
        {
            "case": called(rows["case"], names),
            "losers": rows["case"].map(losers).to_numpy(),
            "moved": rows["moved_eur"].astype("Float64").where(rows["feasible"]).to_numpy(),
            "missing": rows["missing_eur"].astype("Float64").where(rows["missing_eur"] != 0).to_numpy(),
        }
    )


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
