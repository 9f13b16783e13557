"""Commands on the city folder: `new` writes one, `check` reads it. (nl: stadsmap)."""

from collections.abc import Sequence
from datetime import UTC, datetime
from importlib.resources import files
from pathlib import Path

import pandas as pd
import typer

from koppelkans.area.scopes import lost_places
from koppelkans.cli.voice import CANNOT_USE, LANG, Voice, fault_data, guarded, t
from koppelkans.context import read_city, survey, write_aside
from koppelkans.context.city import City
from koppelkans.context.product import Context, outside_streets
from koppelkans.ground.errors import Fault, InputError, SettingError
from koppelkans.ground.settings import FILE_NAME, default_text
from koppelkans.ground.tables import empty
from koppelkans.ground.words import Phrase, number
from koppelkans.vision import envision

DEFAULTS_FILE = "standaardwaarden.toml"
YEARS_AHEAD = 15


def new(folder: Path, *, name: str, as_json: bool) -> None:
    """Write a commented koppelkans.toml with the default values.

    Never over a file that is there.
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
        text = template.format(
            name=place, price_year=this_year, first=this_year + 1, second=this_year + 2, last=this_year + YEARS_AHEAD
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


def check(
    city_folder: Path, *, out: Path | None, sources_from: Sequence[Path] | None, as_json: bool, verbose: bool
) -> None:
    """Read the whole city folder and tell what was understood, set aside, and unknown."""
    voice = Voice(as_json=as_json, verbose=verbose)

    def look() -> None:
        city = read_city(city_folder, sources_from=sources_from or ())
        context, missing = _surveyed(city)
        wrong = vision_faults(city, context)
        aside = write_aside(city, out or city_folder)
        _tell_sources(voice, city)
        _tell_context(voice, context)
        found = _found_later(city, context)
        if city.faults or found or missing or wrong:
            voice.faults([*city.faults, *found, *missing, *wrong])
        if aside:
            voice.words(t("Rows that were set aside stand in: {files}", files=", ".join(str(path) for path in aside)))
        usable = not context.sections.empty and not context.touches.empty and not wrong
        if usable:
            voice.words(
                t("This can be planned with. Next: `koppelkans run {folder} --out out`.", folder=city_folder),
                style="bold green",
            )
        elif wrong:
            voice.words(t("Ambitions and webs cannot be used like this: mend what stands above."), style="bold red")
        else:
            voice.words(
                t("There is nothing to plan yet: no streets, or no works in them that fall due within the horizon."),
                style="bold red",
            )
        voice.result(
            _summary(city, context, aside, usable=usable)
            | {"faults": [fault_data(fault) for fault in (*city.faults, *found)]}
            | {"missing": [fault_data(fault) for fault in missing], "vision": [fault_data(fault) for fault in wrong]}
        )
        if not usable:
            raise typer.Exit(CANNOT_USE)

    guarded(voice, look)


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
