"""Commands that walk the corridor: run, demo, again, one command per room, and report. (nl: doorloop)."""

import time
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pandas as pd

from koppelkans import flow
from koppelkans.cli.voice import LANG, STEPS, Voice, guarded, t
from koppelkans.context import read_city
from koppelkans.demo import in_town, make_town, refuse_real_city
from koppelkans.ground.outputs import SHELF, changing, settle, shelved
from koppelkans.ground.words import euros, number
from koppelkans.programme import Programme
from koppelkans.report import Plan
from koppelkans.report.chapters.page_one import answer as answer_of
from koppelkans.report.chapters.page_one import pairs
from koppelkans.weighing import Weighing
from koppelkans.weighing.elicit import doubts

TOLD = (
    "works_eur", "openings_eur", "direct_eur", "investment_eur", "charged_eur", "uncovered_eur", "nuisance_eur",
    "saving_eur", "undone_works",
)  # fmt: skip
"""Figures of the account in the answer of a run."""
SHOWN = ("investment_eur", "charged_eur", "uncovered_eur", "saving_eur", "gap_eur")
"""Figures of the account on the screen."""


def run(
    city_folder: Path,
    *,
    out: Path,
    lang: str | None,
    seconds: float | None,
    seed: int | None,
    known_on: str | None,
    in_one_process: bool,
    sources_from: Sequence[Path] | None,
    as_json: bool,
    verbose: bool,
) -> None:
    """Walk the whole corridor and write everything to the output folder."""
    voice = Voice(as_json=as_json, verbose=verbose)
    overrides: dict[str, Any] = {"city": {} if lang is None else {"lang": lang}, "programme": {}}
    overrides["programme"] |= {} if seconds is None else {"seconds": seconds}
    overrides["programme"] |= {} if seed is None else {"seed": seed}
    overrides["context"] = {} if known_on is None else {"known_on": known_on}

    def walk() -> None:
        settle(out, own=shelved, city=city_folder)
        answer = _walk(
            voice, city_folder, out=out, overrides=overrides, sources_from=sources_from or (), apart=not in_one_process
        )
        _tell_to_come(voice, answer, out)
        voice.result(answer)

    guarded(voice, walk)


def demo(*, homes: int, seed: int, out: Path, lang: str | None, as_json: bool, verbose: bool) -> None:
    """Make an invented town, walk the whole corridor with it, and say where to look."""
    voice = Voice(as_json=as_json, verbose=verbose)

    def make() -> None:
        voice.words(t("Building a town of {homes} homes …", homes=number(homes, LANG)))
        town = out / "stad"
        for folder in (town, out / "uit"):
            settle(folder, own=shelved)
        refuse_real_city(town)
        with changing(town, own=in_town, drop=in_town) as fresh:
            make_town(fresh, homes=homes, seed=seed)
        with_lang = {} if lang is None else {"lang": lang}
        answer = _walk(voice, town, out=out / "uit", overrides={"city": with_lang})
        voice.result(answer | {"reports": [str(path) for path in _others(voice, out / "uit")]})

    guarded(voice, make)


def again(
    trace: Path, *, out: Path, city: Path | None, sources_from: Sequence[Path] | None, as_json: bool, verbose: bool
) -> None:
    """Repeat a run from its trace and tell whether every table came out the same."""
    voice = Voice(as_json=as_json, verbose=verbose)

    def repeat() -> None:
        settle(out, own=shelved)
        with voice.steps(len(flow.ROOMS) + len(Programme.LATER) + 1) as tell:
            _, different = flow.again(trace, out=out, folder=city, sources_from=sources_from or (), tell=tell)
        if different:
            voice.words(
                t("{count} tables came out differently: {names}", count=len(different), names=", ".join(different)),
                style="bold red",
            )
        else:
            voice.words(t("Every table came out the same, byte for byte."), style="bold green")
        voice.result({"ok": True, "same": not different, "different": different, "out": str(out)})

    guarded(voice, repeat)


def enter(
    name: str, city_folder: Path, *, out: Path, sources_from: Sequence[Path] | None, as_json: bool, verbose: bool
) -> None:
    """Enter one room."""
    voice = Voice(as_json=as_json, verbose=verbose)

    def go() -> None:
        settle(out, own=shelved, city=city_folder)
        product = flow.enter(name, city_folder, out=out, sources_from=sources_from or ())
        rows = {table: len(getattr(product, table)) for table in type(product).TABLES}
        voice.table(t(STEPS[name]), [t("table"), t("rows")], rows.items())
        voice.words(t("On the shelf: {path}", path=out / SHELF / name))
        answer = {"ok": True, "room": name, "rows": rows, "shelf": str(out / SHELF / name)}
        if isinstance(product, Weighing):
            answer["warnings"] = _warn(voice, product)
        voice.result(answer)

    guarded(voice, go)


def reports(out: Path, *, as_json: bool, verbose: bool) -> None:
    """Make what `run` leaves for later, and write the other reports."""
    voice = Voice(as_json=as_json, verbose=verbose)
    guarded(voice, lambda: voice.result({"ok": True, "files": [str(path) for path in _others(voice, out)]}))


def _tell_to_come(voice: Voice, answer: dict[str, Any], out: Path) -> None:
    """Say what is left for `reports`."""
    left = ", ".join(t(STEPS[part]).lower() for part in answer["to_come"])
    text = "Still to come: {left}, and the other reports (areas, business cases, GeoPackage, JSON). They are made with: koppelkans reports {out}"
    voice.words(t(text, left=left, out=out))


def _others(voice: Voice, out: Path) -> list[Path]:
    """Make what `run` leaves for later and write the other reports, show how far it is, and tell which files came of it."""
    with voice.share(t("Write map and reports")) as tell:
        written = flow.write_others(
            out,
            tell=lambda part: tell(None, t(STEPS[part])),
            wrote=lambda share, output: tell(share, getattr(output.form, LANG)),
        )
    _tell_files(voice, out, written)
    return written


def report(
    city_folder: Path, *, out: Path, lang: str | None, sources_from: Sequence[Path] | None, as_json: bool, verbose: bool
) -> None:
    """Write every report of the products on the shelf."""
    voice = Voice(as_json=as_json, verbose=verbose)

    def put() -> None:
        settle(out, own=shelved, city=city_folder)
        city = read_city(city_folder, sources_from=sources_from or ())
        written = flow.write_again(out, lang=lang or city.settings.city.lang)
        _tell_files(voice, out, written)
        voice.result({"ok": True, "files": [str(path) for path in written]})

    guarded(voice, put)


def _walk(
    voice: Voice,
    city_folder: Path,
    *,
    out: Path,
    overrides: dict[str, Any],
    sources_from: Sequence[Path] = (),
    apart: bool = True,
) -> dict[str, Any]:
    """Read a city, run it, tell what came out, and return it as plain data."""
    began = time.perf_counter()
    with voice.steps(sum(not room.later for room in flow.ROOMS) + 2) as tell:
        tell("city")
        city = read_city(city_folder, overrides=overrides, sources_from=sources_from, apart=apart)
        plan = flow.run(city, out=out, all_reports=False, tell=tell)
    seconds = time.perf_counter() - began
    _tell_outcome(voice, plan)
    _tell_files(
        voice,
        out,
        sorted(path for path in out.rglob("*") if path.is_file() and SHELF not in path.relative_to(out).parts),
    )
    voice.words(t("{seconds:.1f} seconds. Look at it with: koppelkans open {out}", seconds=seconds, out=out))
    return _outcome(plan, out) | {"seconds": round(seconds, 1), "faults": len(city.faults)}


def _outcome(plan: Plan, out: Path) -> dict[str, Any]:
    """Return the answer in one look, as plain data."""
    found = answer_of(plan)
    return {
        "ok": True,
        "out": str(out),
        "works": len(plan.context.works),
        "planned": found.planned,
        "bundles": found.bundles,
        **told(plan),
        "calls": found.calls,
        "chances": int((plan.opportunities.finds["side"] == "chance").sum()),
        "clashes": int((plan.opportunities.finds["side"] == "clash").sum()),
        "value_eur": plan.programme.trace.value_eur,
        "bound_eur": plan.programme.trace.bound_eur,
        "gap": found.gap,
        "judge_faults": found.faults,
        "unpaid_openings": found.unpaid,
        "to_come": list(plan.to_come),
        "warnings": doubts(plan.weighing, LANG),
    }


def told(plan: Plan) -> dict[str, int | None]:
    """Return the figures of the account in the answer of a run."""
    return {key: plan.account.whole(key) for key in TOLD}


def _tell_outcome(voice: Voice, plan: Plan) -> None:
    """Print the answer in one look."""
    answer = _outcome(plan, Path())
    share = "–" if answer["gap"] is None else number(100 * answer["gap"], LANG, 2) + " %"
    rows = [
        (t("works planned"), f"{number(answer['planned'], LANG)} / {number(answer['works'], LANG)}"),
        (t("bundles (works that share an opened street)"), number(answer["bundles"], LANG)),
        *[(figure.called(LANG), figure.text(LANG)) for figure in map(plan.account.figure, SHOWN)],
        (
            t("chances and bottlenecks on the map"),
            f"{number(answer['chances'], LANG)} / {number(answer['clashes'], LANG)}",
        ),
        (t("at most this far from the best programme (proven)"), share),
        (t("demands broken, according to the independent judge"), number(answer["judge_faults"], LANG)),
        (t("openings that no purse can pay whole"), number(answer["unpaid_openings"], LANG)),
    ]
    voice.table(t("The programme of {name}", name=plan.settings.city.name), ["", ""], rows)
    named = plan.context.parties.set_index("party")["name"]
    top = pairs(plan).head(5)
    calls = [(named.get(c.party, c.party), named.get(c.other_party, c.other_party), c.streets, f"{c.first_year}–{c.last_year}", euros(None if pd.isna(c.saving_eur) else c.saving_eur, LANG)) for c in top.itertuples()]  # fmt: skip
    if calls:
        voice.table(
            t("Who must phone whom first"), [t("party"), t("phones"), t("about"), t("period"), t("at stake")], calls
        )
    _warn(voice, plan.weighing)


def _warn(voice: Voice, weighing: Weighing) -> list[str]:
    """Print a line for each set of answers that contradict each other too much, and return these lines."""
    found = doubts(weighing, LANG)
    for line in found:
        voice.words(line, style="bold yellow")
    return found


def _tell_files(voice: Voice, out: Path, files: list[Path]) -> None:
    """Print what was written."""
    voice.table(
        t("Written to {out}", out=out),
        [t("file"), "kB"],
        [(path.relative_to(out), round(path.stat().st_size / 1000)) for path in files],
    )
