"""The sheet with every holder of every bundle: pays, gains, gap, and the transfers that make everybody whole. (nl: blad Houders per bundel)."""

from typing import Any

import pandas as pd
from xlsxwriter.utility import xl_rowcol_to_cell

from koppelkans.appraisal.business.product import ALTERNATIVE_WORDS, CITY
from koppelkans.ground.tables import Kind
from koppelkans.ground.words import euros, say
from koppelkans.report.chapters.every_bundle import SHEET
from koppelkans.report.chapters.who_gains import CHOSEN
from koppelkans.report.names import holder_names
from koppelkans.report.plan import Plan
from koppelkans.report.table import MOST_ROWS, Sheet, SheetColumn

COMPARED = tuple(name for name in ALTERNATIVE_WORDS if name != "null")
KEY = ["case", "holder"]


def holder_sheets(plan: Plan, lang: str) -> list[Sheet]:
    """Return a row per bundle and holder, over as many sheets as they ask; nothing where there are no bundles."""
    if not (plan.financing.holders["case"] != CITY).any():
        return []
    table = _table(plan, lang)
    return [_sheet(table.iloc[start : start + MOST_ROWS], start // MOST_ROWS, lang) for start in range(0, len(table), MOST_ROWS)]  # fmt: skip


def _table(plan: Plan, lang: str) -> pd.DataFrame:
    """Return everything that is told of a holder, in one row: bundles by name, and within each who loses most first."""
    held = plan.financing.holders
    held = held[held["case"] != CITY]
    made = held[held["alternative"] == CHOSEN].drop(columns="alternative")
    for name in COMPARED:
        gain = held[held["alternative"] == name].set_index(KEY)["gain_null_eur"]
        made[f"gain_{name}"] = gain.reindex(pd.MultiIndex.from_frame(made[KEY])).to_numpy()
    rule = plan.settings.appraisal.financing.transfers
    moved = plan.financing.transfers
    moved = moved[(moved["alternative"] == CHOSEN) & (moved["rule"] == rule)]
    told = plan.financing.bargains
    told = told[told["alternative"] == CHOSEN]
    for against in ("null", "apart"):
        amounts = moved[moved["against"] == against].set_index(KEY)["transfer_eur"]
        made[f"moves_{against}"] = amounts.reindex(pd.MultiIndex.from_frame(made[KEY])).to_numpy()
        verdict = told[told["against"] == against].set_index("case")
        words = [_verdict(*row, lang) for row in zip(verdict["feasible"], verdict["losers"], verdict["missing_eur"], strict=True)]  # fmt: skip
        made[f"verdict_{against}"] = made["case"].map(pd.Series(words, index=verdict.index, dtype="object"))
    made["name"] = made["case"].map(plan.business.cases.set_index("case")["name"])
    made["called"] = made["holder"].map(holder_names(plan, made["holder"], lang))
    return made.sort_values(["name", "case", "gain_together", "holder"], ignore_index=True)


def _verdict(feasible: bool, losers: int, missing: int, lang: str) -> str:  # noqa: FBT001 -- a column of a table
    """Say whether transfers can leave nobody worse off."""
    if not feasible:
        return say("no transfer can: {amount} is missing", lang, amount=euros(int(missing), lang))
    return say("transfers can", lang) if losers else say("nobody is worse off", lang)


def _sheet(table: pd.DataFrame, nth: int, lang: str) -> Sheet:
    """Return one sheet: gains and transfers against doing nothing, then against each apart."""
    columns: list[SheetColumn] = []

    def put(head: str, values: pd.Series, kind: Kind = "euros", note: str = "") -> int:
        columns.append(SheetColumn(say(head, lang), say(note, lang) if note else "", kind, _cells(values)))
        return len(columns) - 1

    put("Bundle", table["name"], "text")
    put("Code", table["case"], "text")
    put("Holder", table["called"], "text", "The municipality stands in a row per purse.")
    put("Pays", table["cost_eur"], note="All works together, over all years, not discounted.")
    put("Gains", table["benefit_eur"], note="All works together, over all years, not discounted.")
    put("Present value", table["worth_eur"])
    for name in COMPARED:
        put(f"{ALTERNATIVE_WORDS[name]}: against doing nothing", table[f"gain_{name}"], note="Present value; below zero is a gap of this holder.")  # fmt: skip
    live: dict[int, list[str]] = {}
    sides = (("null", "gain_together", "doing nothing"), ("apart", "gain_apart_eur", "each apart"))
    for against, gain, word in sides:
        known = table[f"moves_{against}"].notna().to_numpy()
        start = put(f"Without transfers, against {word}", table[gain])
        move = put(f"Receives (+) or pays (−), against {word}", table[f"moves_{against}"])
        after = put(f"After transfers, against {word}", table[gain] + table[f"moves_{against}"])
        live[after] = [
            f"={xl_rowcol_to_cell(row, start)}+{xl_rowcol_to_cell(row, move)}" if there else '=""'
            for row, there in enumerate(known.tolist(), start=1)
        ]
        put(f"Can transfers mend it, against {word}", table[f"verdict_{against}"], "text")
    put("Unknown (p.m.)", table["pm"], "whole", "Amounts that are unknown and in none of the sums.")
    about = say("Every holder of every bundle: what it pays and gains, its gap, and the transfers that leave nobody worse off.", lang)  # fmt: skip
    name = say(SHEET, lang) + (f" {nth + 1}" if nth else "")
    return Sheet(name, about, columns, len(table), 3, formulas=live)


def _cells(values: pd.Series) -> list[Any]:
    """Return values with None where unknown."""
    return [None if pd.isna(value) else value for value in values.tolist()]
