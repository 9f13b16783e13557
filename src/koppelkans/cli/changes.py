"""A change in words and as plain data: its price, the works that move, broken decisions. (nl: wijziging in woorden)."""

from typing import Any

import pandas as pd

from koppelkans.cli.voice import LANG, Voice, t
from koppelkans.ground.words import LANGUAGES, euros
from koppelkans.programme.change import Cut, Move
from koppelkans.programme.desk import Desk
from koppelkans.programme.left_out import undone_reasons
from koppelkans.programme.own_part import owner_shift
from koppelkans.programme.replan import Replanned

MOST = 30
"""Works that are listed one by one; all stand in --json."""
PARTS = {
    "works_eur": "the works themselves (a later euro counts less)",
    "early_eur": "earlier than best",
    "late_eur": "later than best",
    "openings_eur": "opening the street",
    "nuisance_eur": "nuisance",
    "breach_eur": "digging in new paving",
    "moved_eur": "promises that move",
    "joint_eur": "saved together",
}


def tell_answer(voice: Voice, desk: Desk, answer: Replanned) -> None:
    """Print the price of a change in its parts, and the works, promises and decisions it moves."""
    text = "This change costs {money} of money and {harm} of weighed harm (below zero: less; discounted, judged from the tables)."
    voice.words(t(text, money=signed(answer.money_eur), harm=signed(answer.harm_eur)), style="bold")
    parts = [(t(PARTS[name]), signed(eur)) for name, eur in answer.parts.items() if name in PARTS and round(eur)]
    if parts:
        voice.table(t("What the price consists of"), ["", ""], parts)
    shift = owner_shift(desk, answer)
    if len(shift):
        rows = [(owner or t("without owner"), signed(eur)) for owner, eur in shift.items()]
        voice.table(t("Who bears that money: works and fair part of the openings"), [t("party"), ""], rows)
    for row in answer.overturned.head(MOST).to_dict("records"):
        voice.words(_broken(desk, row))
    _tell_moved(voice, desk, answer)
    text = "Promises that move: {count}. Fewer is not possible." if answer.fewest else "Promises that move: {count}."
    voice.words(t(text, count=len(answer.promises)))
    if answer.left_undone:
        text = (
            "Works that are left undone by it: {count}. The weight of leaving them is no money and stands in no price."
        )
        voice.words(t(text, count=len(answer.left_undone)))
    for work in answer.fallen:
        name = desk.known_as("work", work)
        voice.words(t("{work} falls outside the years that are planned.", work=name))


def note_of(desk: Desk, answer: Replanned) -> str:
    """Return the sentence for the trace."""
    change = answer.change
    price = {"money": signed(answer.money_eur), "harm": signed(answer.harm_eur)}
    if isinstance(change, Move):
        work = desk.known_as("work", change.work)
        text = "Changed: {work} moved to {year} (money {money}, weighed harm {harm})."
        told = [t(text, work=work, year=change.year, **price)]
        return " ".join(told + [_broken(desk, row) for row in answer.overturned.to_dict("records")])
    if isinstance(change, Cut):
        fund, amount = desk.known_as("fund", change.fund), euros(change.eur, LANG)
        text = "Changed: {fund} has {amount} less in {year} (money {money}, weighed harm {harm})."
        return t(text, fund=fund, amount=amount, year=change.year, **price)
    text = "Changed: the works of {party} come {years} years later (money {money}, weighed harm {harm})."
    return t(text, party=change.party, years=change.years, **price)


def answer_data(desk: Desk, answer: Replanned) -> dict[str, Any]:
    """Return a replanned programme as plain data."""
    undone = answer.left_undone
    reasons = {lang: dict(zip(undone, undone_reasons(answer, undone, lang=lang), strict=True)) for lang in LANGUAGES}
    whys = {f"why_{lang}": answer.moved["work"].map(reasons[lang]) for lang in LANGUAGES}
    moved = answer.moved.assign(**whys).astype("object")
    moved = moved.where(moved.notna(), None)
    return {
        "ok": True,
        "money_eur": round(answer.money_eur),
        "owners_eur": {str(owner): int(eur) for owner, eur in owner_shift(desk, answer).items()},
        "harm_eur": round(answer.harm_eur),
        "value_before_eur": round(answer.before.total_eur),
        "value_after_eur": round(answer.after.total_eur),
        "parts": {name: round(eur) for name, eur in answer.parts.items() if name in PARTS},
        "moved": moved.to_dict("records"),
        "promises_move": len(answer.promises),
        "fewest": answer.fewest,
        "fallen": list(answer.fallen),
        "overturned": answer.overturned.to_dict("records"),
        "judge_faults": int(answer.verdict["faults"].sum()),
    }


def signed(eur: Any) -> str:  # noqa: ANN401
    """Return euros; a dash for unknown."""
    return "–" if pd.isna(eur) else euros(float(eur), LANG)


def _tell_moved(voice: Voice, desk: Desk, answer: Replanned) -> None:
    """Print which works move from which year to which."""
    undone = answer.left_undone
    reasons = dict(zip(undone, undone_reasons(answer, undone, lang=LANG), strict=True))
    rows = [
        (
            desk.known_as("work", row["work"]),
            _year(row["from_year"]),
            _year(row["to_year"]),
            t("promise moves") if row["promise_moves"] else "",
            reasons.get(row["work"], ""),
        )
        for row in answer.moved.assign(left=answer.moved["to_year"].isna())
        .sort_values(["left", "promise_moves", "work"], ascending=[False, False, True])
        .to_dict("records")
    ]
    most = max(MOST, len(undone))
    if rows:
        columns = [t("work"), t("from"), t("to"), t("promise"), t("why it is left undone")]
        voice.table(t("What moves: {count} works", count=len(rows)), columns, rows[:most])
    if len(rows) > most:
        voice.words(t("… and {more} more; all of them stand in --json.", more=len(rows) - most))


def _broken(desk: Desk, row: dict[str, Any]) -> str:
    """Say which decision a change breaks, with its reason and who took it, where that is known."""
    values = {"work": desk.known_as("work", row["work"]), "year": row["year"]}
    values |= {"reason": row["reason"].rstrip("."), "by": row["set_by"]}
    if row["reason"] and row["set_by"]:
        return t("This breaks a decision: {work} is fixed to {year} ({reason}; {by}).", **values)
    if row["reason"] or row["set_by"]:
        values["told"] = values["reason"] or values["by"]
        return t("This breaks a decision: {work} is fixed to {year} ({told}).", **values)
    return t("This breaks a decision: {work} is fixed to {year}.", **values)


def _year(year: Any) -> str:  # noqa: ANN401
    """Return a year, or that a work is left undone."""
    return t("left undone") if pd.isna(year) else str(year)
