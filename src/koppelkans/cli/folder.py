"""Commands on the city folder: `new` writes one, `check` reads it. (nl: stadsmap)."""

import sys
from collections.abc import Sequence
from dataclasses import asdict
from datetime import UTC, datetime
from importlib.resources import files
from pathlib import Path
from typing import Any

import pandas as pd
import typer

from koppelkans import flow
from koppelkans.area.scopes import lost_places
from koppelkans.cli.voice import CANNOT_USE, LANG, MOST_FAULTS, Voice, fault_data, guarded, t
from koppelkans.context import read_city, survey, write_aside
from koppelkans.context.city import City
from koppelkans.context.product import Context, outside_streets
from koppelkans.context.second_look import SecondLook, look_again
from koppelkans.ground.errors import Fault, InputError, SettingError
from koppelkans.ground.settings import FILE_NAME, Source, default_text
from koppelkans.ground.tables import empty
from koppelkans.ground.words import Phrase, number
from koppelkans.programme import Programme
from koppelkans.programme.build_problem import build_problem
from koppelkans.programme.left_out import NeverFits, never_fits
from koppelkans.vision import envision

DEFAULTS_FILE = "standaardwaarden.toml"
YEARS_AHEAD = 15
LEVELS_BACK = 30
"""So many years back a price level may lie that is asked."""
AGAIN = ("same", "far", "alike", "proposed", "slices")
"""What a second look tells, by the name in the JSON."""


def new(folder: Path, *, name: str, price_year: int | None, vat: str | None, costs: str | None, as_json: bool) -> None:
    """Write a commented koppelkans.toml with the default values.

    Price level, VAT and what costs hold are asked on a screen where they are not given. Never over a file that is there.
    """
    voice = Voice(as_json=as_json)
    target = folder / FILE_NAME

    def make() -> None:
        if target.exists():
            raise InputError(
                [
                    Fault(
                        str(target),
                        Phrase("a file that is there already"),
                        Phrase("another folder, or remove that file first"),
                        fatal=True,
                    )
                ]
            )
        folder.mkdir(parents=True, exist_ok=True)
        this_year = datetime.now(tz=UTC).year
        template = (files("koppelkans.cli") / "template.toml").read_text(encoding="utf-8")
        place = (name or folder.name).replace("\\", "").replace('"', "'")
        asks = not as_json and sys.stdin.isatty()
        levels = [str(year) for year in (this_year, *range(this_year - LEVELS_BACK, this_year))]
        text = template.format(
            name=place,
            price_year=_asked(
                t("Price level of all amounts (year)"),
                None if price_year is None else str(price_year),
                levels,
                asks=asks,
            ),
            vat=_asked(t("Amounts in your files: without or with VAT"), vat, ("without", "with"), asks=asks),
            costs=_asked(
                t("Cost of a work: investment or named_direct"), costs, ("investment", "named_direct"), asks=asks
            ),
            first=this_year + 1,
            second=this_year + 2,
            last=this_year + YEARS_AHEAD,
        )
        target.write_text(text, encoding="utf-8")
        (folder / DEFAULTS_FILE).write_text(default_text(), encoding="utf-8")
        voice.words(
            t(
                "Written: {path}. Put your files beside it, name them in it, and run `koppelkans check {folder}`.",
                path=target,
                folder=folder,
            )
        )
        voice.result({"ok": True, "written": [str(target), str(folder / DEFAULTS_FILE)]})

    guarded(voice, make)


def _asked(question: str, given: str | None, answers: Sequence[str], *, asks: bool) -> str:
    """Return what was given, else what a person answers on a screen, else the first answer, which is usual.

    Raises
    ------
    InputError
        Where the answer is none of those that can be.
    """
    if given is not None or not asks:
        return given or answers[0]
    said = str(typer.prompt(question, default=answers[0])).strip()
    if said not in answers:
        raise InputError([Fault("", said, Phrase("one of: {names}", names=", ".join(answers)), fatal=True)])
    return said


def check(
    city_folder: Path,
    *,
    out: Path | None,
    in_one_process: bool,
    sources_from: Sequence[Path] | None,
    as_json: bool,
    verbose: bool,
) -> None:
    """Read the whole city folder and tell what was understood, set aside, and unknown."""
    voice = Voice(as_json=as_json, verbose=verbose)

    def look() -> None:
        city = read_city(city_folder, sources_from=sources_from or (), apart=not in_one_process)
        context, missing = _surveyed(city)
        wrong = vision_faults(city, context)
        again = look_again(city)
        aside = write_aside(city, out or city_folder)
        _tell_sources(voice, city)
        _tell_context(voice, context)
        streets = not context.sections.empty and not context.touches.empty
        never, unfit = _never(city, context) if streets and not wrong else ([], ())
        found = _found_later(city, context)
        if told := [*city.faults, *found, *missing, *wrong, *unfit]:
            voice.faults(told)
        _tell_again(voice, again)
        _tell_never(voice, never)
        if aside:
            voice.words(t("Rows that were set aside stand in: {files}", files=", ".join(str(path) for path in aside)))
        usable = streets and not wrong and not unfit
        said = _verdict(city, context, wrong=wrong, unfit=unfit)
        voice.words(said, style="bold green" if usable else "bold red")
        voice.result(
            _summary(city, context, aside, usable=usable)
            | {"faults": [fault_data(fault) for fault in (*city.faults, *found)]}
            | {"missing": [fault_data(fault) for fault in missing], "vision": [fault_data(fault) for fault in wrong]}
            | {"settings": [fault_data(fault) for fault in unfit], "unread": [source.name for source in _unread(city)]}
            | {name: [fault_data(fault) for fault in getattr(again, name)] for name in AGAIN}
            | {"never_fit": [asdict(one) for one in never]}
        )
        if not usable:
            raise typer.Exit(CANNOT_USE)

    guarded(voice, look)


def _verdict(city: City, context: Context, *, wrong: Sequence[Fault], unfit: Sequence[Fault]) -> str:
    """Return in words whether the city can be planned with, and which sources that goes without."""
    lost = ", ".join(f"{source.name} ({source.path})" for source in _unread(city))
    without = t("Nothing of these sources could be used: {sources}.", sources=lost) if lost else ""
    if context.sections.empty:
        said = t("There is nothing to plan yet: no source gives streets.")
    elif wrong:
        said = t("Ambitions and webs cannot be used like this: mend what stands above.")
    elif context.touches.empty:
        said = t("There is nothing to plan yet: no works in the streets that fall due within the horizon.")
    elif unfit:
        said = t("Settings cannot be used like this: mend what stands above.")
    elif lost:
        said = t("This can be planned with, but not with all that you named: mend that first, or leave it out.")
    else:
        said = t("This can be planned with. Next: `koppelkans run {folder} --out out`.", folder=city.folder)
    return f"{without} {said}".strip()


def _unread(city: City) -> list[Source]:
    """Return the sources of the settings of which nothing could be used."""
    return [source for source in city.settings.sources if source.name not in city.layers]


def _never(city: City, context: Context) -> tuple[list[NeverFits], tuple[Fault, ...]]:
    """Return the works that fit in no year even alone, and the faults in settings that this meets.

    By the same rooms and the same code as a run.
    """
    done: dict[str, Any] = {"city": city, "context": context}
    try:
        for room in flow.ROOMS:
            if room.noun is Programme:
                break
            if room.name not in done:
                done[room.name] = room.door(done, city.settings)
        problem = build_problem(context, done["appraisal"], done["weighing"], settings=city.settings)
    except InputError as wrong:
        return [], wrong.faults
    return never_fits(problem), ()


def _tell_again(voice: Voice, again: SecondLook) -> None:
    """Print what was read and yet looks wrong."""
    titles = {
        "same": t("Objects that stand in two sources"),
        "far": t("Data far from the city"),
        "alike": t("Names that may mean one party"),
        "proposed": t("Works that may be one"),
        "slices": t("Slices that look like one job"),
    }
    for name, title in titles.items():
        if found := getattr(again, name):
            voice.faults(found, title=title)


def _tell_never(voice: Voice, never: Sequence[NeverFits]) -> None:
    """Print the works that never fit, with what would let them in."""
    if not never:
        return
    rows = [(one.name, one.why_nl if LANG == "nl" else one.why_en) for one in never[:MOST_FAULTS]]
    voice.table(t("Works that never fit: {count}", count=len(never)), [t("work"), t("what lets it in")], rows)
    if len(never) > MOST_FAULTS:
        voice.words(t("… and {more} more; all of them stand in --json.", more=len(never) - MOST_FAULTS))


def _surveyed(city: City) -> tuple[Context, tuple[Fault, ...]]:
    """Return what the city consists of; where that is nothing, an empty context and what is missing."""
    try:
        return survey(city), ()
    except InputError as problem:
        nothing = {name: empty(schema, crs=city.settings.city.crs) for name, schema in Context.TABLES.items()}
        return Context(**nothing, trace=city.trace), problem.faults


def _found_later(city: City, context: Context) -> list[Fault]:
    """Return what was wrong in rows that could be read: they lie in no street, or their kind is not known."""
    rows = context.set_aside.iloc[len(city.faults) :].astype("object")
    rows = rows.where(rows.notna(), None)
    return [
        Fault(row["where"], row["found"], row["wanted"], row["layer"] or "", row["row"], row["column"] or "")
        for row in rows.to_dict("records")
    ]


def vision_faults(city: City, context: Context) -> tuple[Fault, ...]:
    """Return the faults in ambitions, needs, effects and ambitiewebs.

    Each with its place; nothing where all is well.
    """
    areas = context.areas[["area", "name"]]
    lost = lost_places(context, areas=pd.DataFrame(areas), decisions=city.settings.vision.webs)
    try:
        envision(city.layers, settings=city.settings, trace=city.trace)
    except (InputError, SettingError) as problem:
        return (*problem.faults, *lost)
    return tuple(lost)


def _tell_sources(voice: Voice, city: City) -> None:
    """Print one line per source."""
    columns = [
        t("source"),
        t("role"),
        t("file"),
        t("rows"),
        t("read"),
        t("set aside"),
        t("left out"),
        t("period"),
        t("years unknown"),
    ]
    rows = [
        (
            row.source,
            row.role,
            row.where,
            row.rows,
            row.read,
            row.set_aside,
            row.left_out,
            _period(row.first_year, row.last_year),
            _text(row.unknown_years),
        )
        for row in city.understood.itertuples()
    ]
    voice.table(t("What was read"), columns, rows)


def _tell_context(voice: Voice, context: Context) -> None:
    """Print what the city consists of."""
    assets, works = context.assets, context.works
    named = context.parties.set_index("party")["name"]
    rows = [
        (
            named.get(owner, owner),
            len(part),
            _period(part["built_year"].min(), part["built_year"].max()),
            int(part["due_year"].isna().sum()),
            int((works["owner"] == owner).sum()),
        )
        for owner, part in assets.groupby("owner")
    ]
    voice.table(
        t("Who owns what"),
        [t("owner"), t("assets"), t("laid in"), t("due year unknown"), t("works in the horizon")],
        rows,
    )
    metres = context.sections["length_m"].sum() / 1000
    voice.words(t("{sections} sections ({km} km), {areas} areas, {works} works, of which {unknown} with unknown cost; {wishes} wishes.", sections=len(context.sections), km=number(metres, LANG, 1), areas=len(context.areas), works=len(works), unknown=int(works["cost_eur"].isna().sum()), wishes=len(context.wishes)))  # fmt: skip
    lost = outside_streets(context)
    if sum(lost.values()):
        voice.words(t("Outside every street: works {works}, assets {assets}, wishes {wishes}. These works are not planned; the assets come in no work.", **lost))  # fmt: skip


def _summary(city: City, context: Context, aside: list[Path], *, usable: bool) -> dict[str, object]:
    """Return what check found, as plain data."""
    box = context.sections.total_bounds.round(1).tolist() if len(context.sections) else None
    return {
        "ok": usable,
        "sources": city.understood.astype(object).where(city.understood.notna(), None).to_dict("records"),
        "aside": [str(path) for path in aside],
        "owners": sorted(context.assets["owner"].unique().tolist() + context.works["owner"].unique().tolist()),
        "sections": len(context.sections),
        "assets": len(context.assets),
        "works": len(context.works),
        "outside_streets": outside_streets(context),
        "areas": len(context.areas),
        "wishes": len(context.wishes),
        "extent": box,
        "assets_due_unknown": int(context.assets["due_year"].isna().sum()),
        "works_cost_unknown": int(context.works["cost_eur"].isna().sum()),
    }


def _period(first: object, last: object) -> str:
    """Return two years as one text; a dash where they are unknown."""
    return "–" if pd.isna(first) else f"{_text(first)}–{_text(last)}"


def _text(value: object) -> str:
    """Return a number that may be unknown as text."""
    return "–" if pd.isna(value) else str(int(value))  # type: ignore[call-overload]
