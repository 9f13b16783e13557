"""What never fits and what was left out from the top of the ranking. (nl: wat afvalt)."""

import pandas as pd

from koppelkans.ground.words import say
from koppelkans.programme.left_out import NEVER, SHUT
from koppelkans.report.document import Block, Heading, Sentence
from koppelkans.report.names import called, many, without, work_names
from koppelkans.report.paper import first_rows
from koppelkans.report.plan import Plan

MOST = 10
"""Works in each of the two tables; the workbook holds all."""
MOVES = 5
"""Other works that are named for each work that is done anyway."""


def left_out(plan: Plan, lang: str) -> list[Block]:
    """Return the works that never fit, and the first of the ranking that are not done."""
    table = plan.programme.left_out
    if table.empty:
        return []
    never = table["sort"] == "never"
    blocks: list[Block] = []
    if never.any():
        text = many(int(never.sum()), "One work never fits", "{count} works never fit", lang)
        told = say("These works fit in no year, even if nothing else were done. Beside each stands what keeps it out and what lets it in.", lang)  # fmt: skip
        blocks += [Heading(text), Sentence(told), *_works(plan, table[never], say("Works that never fit, and what lets them in", lang), lang)]  # fmt: skip
    if not never.all():
        intro = say("These works rank highest of those that are not done. Money is paid; weighed harm (nuisance, being late, promises) is paid by nobody. Both are discounted. A work without a price fits in no year, however the rest is planned.", lang)  # fmt: skip
        blocks += [
            Heading(say("The top of the ranking that is not done", lang)),
            Sentence(intro),
            *_works(plan, table[~never], say("What each would take", lang), lang),
        ]
    return blocks


def _works(plan: Plan, rows: pd.DataFrame, caption: str, lang: str) -> list[Block]:
    """Return works with their rank and what each would take, and what moves when one is done anyway."""
    names = work_names(plan)
    heads = [say(head, lang, demands="") for head in (NEVER, SHUT)]
    words = without(rows[f"obstacle_{lang}"].fillna(say("not shared", lang)), heads)
    shown = pd.DataFrame(
        {
            "rank": rows["rank"],
            "name": called(rows["work"], names),
            "obstacle": [f"{told} {_moves(plan, work, names, lang)}".strip() for told, work in zip(words, rows["work"], strict=True)],
            "money": rows["money_eur"],
            "harm": rows["harm_eur"],
        }
    )  # fmt: skip
    asked = [
        ("programme.left_out.rank", 0.5),
        ("context.works.name", 1.6),
        (f"programme.left_out.obstacle_{lang}", 4.0),
    ]
    if rows[:MOST][["money_eur", "harm_eur"]].notna().any(axis=None):  # no price where none of them can be done at all
        asked += [("programme.left_out.money_eur", 0.9), ("programme.left_out.harm_eur", 0.9)]
    return first_rows(shown.iloc[:, : len(asked)], asked, caption, lang, most=MOST, sheet=say("Left out", lang))


def _moves(plan: Plan, work: str, names: dict[str, str], lang: str) -> str:
    """Return the first other works that move when a work is done anyway, each that is left undone with its reason."""
    table = plan.programme.left_out_moves
    rows = table[table["work"] == work].sort_values("to_year", na_position="first", kind="stable")
    told = [_shift(row, names, lang) for row in rows[:MOVES].to_dict("records")]
    if len(rows) > MOVES:
        told.append(say("{more} more", lang, more=len(rows) - MOVES))
    return "; ".join(told)


def _shift(row: dict[str, object], names: dict[str, str], lang: str) -> str:
    """Return from which year to which a work moves; where it is left undone, why."""
    name = names.get(str(row["moved"]), str(row["moved"]))
    undone = say("left undone", lang)
    before, after = (undone if pd.isna(row[side]) else str(row[side]) for side in ("from_year", "to_year"))
    reason = row[f"reason_{lang}"]
    return f"{name}: {before} → {after}" + (f" ({reason.rstrip('.')})" if isinstance(reason, str) else "")
