"""Which purse pays what of a business case, and what no purse pays. (nl: dekking)."""

import pandas as pd

from koppelkans.appraisal.business.product import CITY
from koppelkans.appraisal.financing.product import REASON_WORDS
from koppelkans.ground.words import euros, say
from koppelkans.report.blocks import Block, Heading, Sentence, Table, TableColumn, Tile, Tiles, left_out, shortened
from koppelkans.report.names import fund_names, kind_names, many, party_names, span
from koppelkans.report.plan import Plan
from koppelkans.report.table import paper_column, sheet_name
from koppelkans.rules.purse_sorts import purse_sorts

MOST_GAPS = 12


def purses(plan: Plan, case: str, lang: str, *, level: int = 2) -> list[Block]:
    """Return what is to be paid in a case, from which purses, and the gaps with their reasons."""
    covered = plan.financing.coverage
    covered = covered if case == CITY else covered[covered["case"] == case]
    heading = Heading(say("Which purse pays", lang), level)
    if covered.empty:
        return [heading, Sentence(say("No work of this is in the programme, or not everyone may see it.", lang))]
    mix = plan.financing.mix
    mix = mix if case == CITY else mix[mix["case"] == case]
    return [
        heading,
        _tiles(covered, lang),
        _paid(plan, mix, lang),
        *_gaps(plan, covered, lang),
        *(_rules(plan, lang) if case == CITY else _short_rules(plan, mix, lang)),
    ]


def purse_names(plan: Plan, lang: str) -> dict[str, str]:
    """Return the name of each purse."""
    table = plan.financing.purses
    return dict(zip(table["fund"], table["name"], strict=True)) | fund_names(plan, lang)


def _tiles(covered: pd.DataFrame, lang: str) -> Tiles:
    """Return cost, cover and gap in one look."""
    unknown = int(covered["wanted_eur"].isna().sum())
    note = many(unknown, "and one work of unknown cost", "and {count} works of unknown cost", lang) if unknown else ""
    gap = int(covered["gap_eur"].sum())
    return Tiles(
        (
            Tile(euros(int(covered["wanted_eur"].sum()), lang), say("to be paid, with opening the street", lang), note),
            Tile(
                euros(int(covered["given_eur"].sum() + covered["assumed_eur"].sum()), lang),
                say("paid from purses", lang),
                say("of which {amount} from purses of which no amount was given", lang, amount=euros(int(covered["assumed_eur"].sum()), lang)),
            ),
            Tile(euros(gap, lang), say("gap: no purse pays this", lang), ""),
        )
    )  # fmt: skip


def _paid(plan: Plan, mix: pd.DataFrame, lang: str) -> Table:
    """Return what each purse pays per year."""
    names, sorts = purse_names(plan, lang), plan.financing.purses.set_index("fund")["sort"]
    summed = mix.groupby(["fund", "basis"], as_index=False)["amount_eur"].sum()
    summed = summed.sort_values(["amount_eur", "fund"], ascending=[False, True])
    parties = party_names(plan)
    held = mix.groupby("fund")["holder"].agg(lambda part: ", ".join(sorted({parties.get(name, name) for name in part})))
    words = {"given": say("given by the city", lang), "assumed": say("assumption", lang)}
    rows = [
        [names.get(fund, fund), _sort(sorts.get(fund), lang), held[fund], words[basis], euros(amount, lang)]
        for fund, basis, amount in zip(summed["fund"], summed["basis"], summed["amount_eur"], strict=True)
    ]
    rows.append([say("Together", lang), "", "", "", euros(int(mix["amount_eur"].sum()), lang)])
    heads = (("Purse", 1.8), ("Sort of purse", 1.2), ("Holder", 1.2), ("Budget is", 1.0))
    columns = (
        *(TableColumn(say(head, lang), share=share) for head, share in heads),
        TableColumn(say("Pays", lang), "right"),
    )
    return Table(
        columns,
        rows,
        say("What each purse pays, in {years}", lang, years=span(mix["year"].min(), mix["year"].max())),
        total=True,
    )


def _sort(sort: object, lang: str) -> str:
    """Return what a sort of purse is called; a dash where none was named."""
    return str(getattr(purse_sorts()[sort], lang)) if isinstance(sort, str) else "–"


def _gaps(plan: Plan, covered: pd.DataFrame, lang: str) -> list[Block]:
    """Return the works that are not paid whole, with the reason."""
    short = covered[(covered["gap_eur"].fillna(0) > 0) | covered["wanted_eur"].isna()]
    if short.empty:
        return [Sentence(say("Every part has a purse: there is no gap.", lang))]
    short = short.assign(size=short["gap_eur"].fillna(0)).sort_values(["size", "work"], ascending=[False, True])
    works = plan.context.works.set_index("work")["name"].to_dict()
    wanted, paid = short["wanted_eur"].tolist(), (short["given_eur"] + short["assumed_eur"]).tolist()
    rows = [
        [works.get(work, work), str(year), _known(cost, lang), euros(cover, lang), _known(gap, lang), say(REASON_WORDS[reason], lang)]
        for work, year, cost, cover, gap, reason in zip(
            short["work"], short["year"], wanted, paid, short["gap_eur"].tolist(), short["reason"], strict=True
        )
    ]  # fmt: skip
    shown, more = shortened(rows, MOST_GAPS)
    columns = (
        paper_column("context.works", "name", lang, share=2.0), paper_column("financing.coverage", "year", lang),
        *(TableColumn(say(head, lang), "right") for head in ("To be paid", "Covered", "Gap")),
        TableColumn(say("Because", lang), share=1.6),
    )  # fmt: skip
    return [
        Table(columns, shown, say("Gaps, the largest first: nobody has promised this money", lang)),
        *left_out(more, sheet_name("financing.coverage", lang), lang),
    ]


def _known(amount: object, lang: str) -> str:
    """Return an amount, a dash where it is unknown."""
    return "–" if pd.isna(amount) else euros(int(amount), lang)  # type: ignore[call-overload]


def _short_rules(plan: Plan, mix: pd.DataFrame, lang: str) -> list[Block]:
    """Return the rules of the purses that pay here, with their source, in small print."""
    table = plan.financing.purses
    used = table[table["fund"].isin(mix["fund"])]
    names = purse_names(plan, lang)
    return [
        Sentence(f"{names[fund]}: {rule} ({source}; {_status(status, lang)})", "small")
        for fund, rule, source, status in zip(
            used["fund"], used[f"rule_{lang}"], used["source"], used["status"], strict=True
        )
        if not fund.startswith("own:")
    ]


def _rules(plan: Plan, lang: str) -> list[Block]:
    """Return every purse with its rule, money and what lapses."""
    table, names = plan.financing.purses.sort_values(["order", "fund"]), purse_names(plan, lang)
    table = table[~table["fund"].str.startswith("own:")]
    rows = [
        [names[fund], _known(budget, lang), euros(used, lang), _known(lapsed, lang), "" if pd.isna(last) else str(last), f"{rule} ({source}; {_status(status, lang)})"]
        for fund, budget, used, lapsed, last, rule, source, status in zip(
            table["fund"], table["budget_eur"].tolist(), table["used_eur"], table["lapsed_eur"].tolist(),
            table["last_year"].tolist(), table[f"rule_{lang}"], table["source"], table["status"], strict=True,
        )
    ]  # fmt: skip
    heads = ("Budget, all years", "Used", "Lapses")
    columns = (
        TableColumn(say("Purse", lang), share=1.2), *(TableColumn(say(head, lang), "right") for head in heads),
        TableColumn(say("Until", lang)), TableColumn(say("Rule and source", lang), share=3.0),
    )  # fmt: skip
    refused, kinds = table.dropna(subset=["forbidden"]), kind_names(plan, lang)
    warnings: list[Block] = [
        Sentence(
            say(
                "{purse} was told to pay {kinds}; its rule forbids that, so it does not.",
                lang,
                purse=names[fund],
                kinds=", ".join(kinds.get(kind, kind) for kind in barred.split(", ")),
            ),
            "note",
        )
        for fund, barred in zip(refused["fund"], refused["forbidden"], strict=True)
    ]
    return [*warnings, Table(columns, rows, say("Purses in the order in which they pay", lang)), *_charges(plan, lang)]


def _status(status: str, lang: str) -> str:
    """Return whether the source of a rule was read, in words."""
    return say("source read", lang) if status == "verified" else say("not checked", lang)


def _charges(plan: Plan, lang: str) -> list[Block]:
    """Return the capital charges of credits, per five years."""
    table = plan.financing.charges
    if table.empty:
        return []
    first = int(table["year"].min())
    kept = table[((table["year"] - first) % 5 == 0) | (table["year"] == table["year"].max())]
    summed = kept.groupby("year")[["opening_eur", "interest_eur", "depreciation_eur", "charge_eur"]].sum()
    rows = [
        [str(year), *(euros(amount, lang) for amount in amounts)]
        for year, amounts in zip(summed.index, summed.to_numpy().tolist(), strict=True)
    ]
    heads = ("Book value at the start", "Interest", "Depreciation", "Capital charges")
    columns = (
        paper_column("financing.coverage", "year", lang),
        *(TableColumn(say(head, lang), "right") for head in heads),
    )
    caption = say("Capital charges of credits, every five years; all years stand in the workbook", lang)
    text = say(
        "What credits pay is put on the balance sheet; every later budget bears interest and depreciation, {amount} in all.",
        lang,
        amount=euros(int(table["charge_eur"].sum()), lang),
    )
    return [Sentence(text), Table(columns, rows, caption)]
