"""Commands that explain and change a programme: why, move, cut, slip and undo. (nl: bijsturen)."""

import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pandas as pd
import typer

from koppelkans import flow, steering
from koppelkans.cli.changes import answer_data, note_of, signed, tell_answer
from koppelkans.cli.options import How
from koppelkans.cli.voice import LANG, Voice, guarded, safe, t
from koppelkans.context.product import Context
from koppelkans.ground.errors import Fault, InputError
from koppelkans.ground.outputs import SHELF, settle, shelved
from koppelkans.ground.settings import DECISIONS_NAME
from koppelkans.ground.shelf import load
from koppelkans.ground.words import Phrase, number
from koppelkans.programme.change import WHERE, Change, Cut, Move, Slip
from koppelkans.programme.decision_lines import lines_of
from koppelkans.programme.desk import Desk
from koppelkans.programme.product import Programme
from koppelkans.programme.replan import replan
from koppelkans.programme.spoken import fund_meant, outside_meant, party_meant
from koppelkans.programme.why import Why
from koppelkans.programme.why import why as asked_why

YES = ("j", "ja", "y", "yes")
"""Answers that take a change."""


def why(work: str, *, out: Path, reoptimise: bool, as_json: bool) -> None:
    """Tell why a work stands in its year."""
    voice = Voice(as_json=as_json)

    def tell() -> None:
        settle(out, own=shelved)
        outside = _outside(out, work)
        if outside is not None:
            voice.words(outside[f"why_{LANG}"])
            voice.result({"ok": True, "work": outside["work"], "year": None} | outside)
            return
        answer = asked_why(steering.desk_of(out, lang=LANG), work, reoptimise=reoptimise, lang=LANG)
        voice.words(answer.name, style="bold")
        voice.words(answer.nl if LANG == "nl" else answer.en)
        _tell_years(voice, answer, reoptimise=reoptimise)
        voice.result(_why_data(answer))

    guarded(voice, tell)


def move(work: str, year: int, *, out: Path, how: How, reason: str, by: str, as_json: bool) -> None:
    """Tell what it costs when a work goes to another year, and take it."""

    def asked(desk: Desk) -> Change:
        _refuse_outside(out, work)
        return Move(desk.work_called(work), year, reason, by)

    _steer(Voice(as_json=as_json), out, asked, how)


def cut(fund: str, year: int, eur: float, *, out: Path, how: How, as_json: bool) -> None:
    """Tell what a smaller budget costs, and take it."""
    _steer(Voice(as_json=as_json), out, lambda desk: Cut(fund_meant(desk.problem, fund), year, eur), how)


def slip(party: str, years: int, *, out: Path, how: How, as_json: bool) -> None:
    """Tell what it costs when a party is late, and take it."""
    _steer(Voice(as_json=as_json), out, lambda desk: Slip(party_meant(desk.problem, party), years), how)


def undo(*, out: Path, city: Path | None, as_json: bool) -> None:
    """Take back the last change."""
    voice = Voice(as_json=as_json)

    def back() -> None:
        settle(out, own=shelved, city=city)
        lasting = steering.lasting_of(out)
        where = city if lasting is None or city is not None else _confirmed(voice, Path(lasting.file).parent)
        left = steering.undo(out, city=where)
        voice.words(t("The last change was taken back. Changes that can still be taken back: {left}.", left=left))
        voice.result({"ok": True, "left": left})

    guarded(voice, back)


def _steer(voice: Voice, out: Path, asked: Callable[[Desk], Change], how: How) -> None:
    """Show what a change costs and moves; take it where the user agrees."""

    def go() -> None:
        settle(out, own=shelved, city=how.city)
        since = steering.mark_of(out)
        desk = steering.desk_of(out, lang=LANG)
        answer = replan(desk, asked(desk), stay_eur=how.stay, lang=LANG)
        tell_answer(voice, desk, answer)
        note = note_of(desk, answer)
        lines = lines_of(answer, note=note) if steering.has_shelf(out) else ""
        taken, file = how.yes or (not voice.as_json and _agreed()), None
        if taken:
            keep = steering.Keep(how.city or _confirmed(voice, _city_of(out)), lines) if how.keep and lines else None
            with voice.steps(len(flow.ROOMS) + len(Programme.LATER) + 1) as tell:
                file = steering.accept(out, answer, note=note, keep=keep, since=since, tell=tell)
            voice.words(t("Taken. Take it back with: koppelkans undo --out {out}", out=out))
        else:
            voice.words(t("Nothing was changed."))
        _tell_lasting(voice, lines, file, taken=taken)
        told = {"taken": taken, "note": note, "lines": lines, "kept_in": None if file is None else str(file)}
        voice.result(answer_data(desk, answer) | told)

    guarded(voice, go)


def _tell_lasting(voice: Voice, lines: str, file: Path | None, *, taken: bool) -> None:
    """Say whether the next run keeps to a change, and with which lines it would."""
    if file is not None:
        voice.words(t("The next run keeps to it: written to {file}.", file=file))
    elif lines:
        text = "A new run forgets this change. With --keep it lasts, or put these lines in {file} of the city folder:"
        text = (
            text
            if taken
            else "To make this change last, take it with --keep; these lines then stand in {file} of the city folder:"
        )
        voice.words(t(text, file=DECISIONS_NAME))
        voice.words(lines.rstrip())


def _agreed() -> bool:
    """Ask whether the change is taken; yes may be said in Dutch and in English, anything else is no."""
    said = typer.prompt(t("Take this change? (yes or no)"), default=t("no"))
    return str(said).strip().lower() in YES


def _city_of(out: Path) -> Path:
    """Return the city folder that a run says it came from."""
    return Path(load(Programme, out / SHELF / "programme", only=()).trace.city_folder)


def _confirmed(voice: Voice, city: Path) -> Path:
    """Return a city folder that nobody named on the command line, once a person has said that it is the right one."""
    file = city / DECISIONS_NAME
    said = ""
    if not voice.as_json and _has_terminal():
        said = typer.prompt(
            t("This writes to {file}. Is that the right city folder? (yes or no)", file=safe(str(file))),
            default=t("no"),
        )
    if str(said).strip().lower() not in YES:
        wanted = Phrase("the city folder that is written to, named with --city")
        raise InputError([Fault(str(file), Phrase("a file that nobody confirmed"), wanted, fatal=True)])
    return city


def _has_terminal() -> bool:
    """Tell whether a person can be asked."""
    return sys.stdin.isatty()


def _outside(out: Path, work: str) -> dict[str, Any] | None:
    """Return the row of the plan of a work that was not put to the solver; None for any other.

    By its key, its name or its streets, as a work that was planned.
    """
    if not (out / SHELF / "programme").is_dir():
        return None
    plan = load(Programme, out / SHELF / "programme", only=("plan",)).plan.set_index("work", drop=False)
    if plan["outside"].isna().all():
        return None
    one: str | None = work
    if work not in plan.index:
        one = outside_meant(plan, load(Context, out / SHELF / "context", only=("works", "touches", "sections")), work)
    if one is None or pd.isna(plan.loc[one, "outside"]):
        return None
    return {str(name): cell for name, cell in plan.loc[one, ["work", "outside", "why_nl", "why_en"]].items()}


def _refuse_outside(out: Path, work: str) -> None:
    """Stop where a work that is to be moved was never put to the solver, with the reason."""
    found = _outside(out, work)
    if found is not None:
        wanted = Phrase("a work that is planned. {why}", why=found[f"why_{LANG}"])
        raise InputError([Fault(WHERE, str(found["work"]), wanted, column="work", fatal=True)])


def _tell_years(voice: Voice, answer: Why, *, reoptimise: bool) -> None:
    """Print what each year of the window costs and what forbids it."""
    columns = [t("year"), t("all else stays"), t("what stands in the way")]
    columns += [t("planned anew"), t("other works move"), t("promises move")] if reoptimise else []
    rows = []
    for row, block in zip(answer.years.to_dict("records"), answer.blocks(LANG), strict=True):
        year = f"{row['year']} ◂" if row["year"] == answer.year else row["year"]
        cells: list[object] = [year, "–" if block else signed(row["held_eur"]), block]
        if reoptimise:
            clash = row["clash"] if isinstance(row["clash"], str) else ""
            cells[2] = clash or block
            cells += [_span(row["least_eur"], row["anew_eur"]), _whole(row["works_move"]), _whole(row["promises_move"])]
        rows.append(cells)
    if rows:
        voice.table(t("What another year would cost (discounted, against now)"), columns, rows)


def _why_data(answer: Why) -> dict[str, Any]:
    """Return the answer to why as plain data."""
    years = answer.years.astype("object").where(answer.years.notna(), None)
    return {
        "ok": True,
        "work": answer.work,
        "name": answer.name,
        "year": answer.year,
        "best_year": answer.best_year,
        "partners": list(answer.partners),
        "why_nl": answer.nl,
        "why_en": answer.en,
        "years": years.to_dict("records"),
    }


def _span(least: Any, most: Any) -> str:  # noqa: ANN401
    """Return between which euros a price lies; one amount where that is proven, and at most so much where nothing is."""
    if pd.isna(most) or (not pd.isna(least) and least == most):
        return signed(most)
    if pd.isna(least):
        return t("at most {most}", most=signed(most))
    return t("{least} to {most}", least=signed(least), most=signed(most))


def _whole(count: Any) -> str:  # noqa: ANN401
    """Return a count; a dash for unknown."""
    return "–" if pd.isna(count) else number(int(count), LANG)
