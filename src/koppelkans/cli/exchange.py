"""The commands that give planned works out in the profile, and check files against it. (nl: uitwisseling)."""

from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path

import typer

from koppelkans.cli.voice import CANNOT_USE, Voice, fault_data, guarded, t
from koppelkans.context import read_city
from koppelkans.context.exchange.checking import check_apart
from koppelkans.context.exchange.exporting import export, write
from koppelkans.context.exchange.planned_work import PROFILE, Audience
from koppelkans.ground.settings import make_settings
from koppelkans.report.personal import without_personal


def export_works(
    city_folder: Path,
    *,
    out: Path,
    owners: Sequence[str],
    audience: Audience,
    sources_from: Sequence[Path],
    as_json: bool,
) -> None:
    """Write the planned works of a city in the profile."""
    voice = Voice(as_json=as_json)

    def go() -> None:
        city = read_city(city_folder, sources_from=sources_from)
        made = export(city, owners=owners, audience=audience, clean=without_personal)
        licence = city.settings.report.licence if audience == "everyone" else ""
        write(made, out, issuer=city.settings.city.name, licence=licence, today=datetime.now(tz=UTC).date())
        voice.words(t("Written: {path}, {n} planned works in {profile}.", path=out, n=len(made.works), profile=PROFILE))
        if made.kept_in:
            voice.words(t("Works that their owners do not share with whom this is for: {n}.", n=made.kept_in))
        voice.result(
            {"ok": True, "written": str(out), "works": len(made.works), "kept_in": made.kept_in, "profile": PROFILE}
        )

    guarded(voice, go)


def validate(files: Sequence[Path], *, as_json: bool) -> None:
    """Check files against the profile."""
    voice = Voice(as_json=as_json)

    def go() -> None:
        part = make_settings({"city": {"name": PROFILE}}).context
        found = {
            str(path): check_apart(path, seconds=part.read_seconds, memory_mb=part.read_memory_mb) for path in files
        }
        faults = [fault for _, wrong in found.values() for fault in wrong]
        if faults:
            voice.faults(faults)
        for path, (works, wrong) in found.items():
            if not wrong:
                voice.words(
                    t("{path}: {n} planned works, as {profile} asks.", path=path, n=works, profile=PROFILE),
                    style="bold green",
                )
        told = {path: {"works": works, "ok": not wrong} for path, (works, wrong) in found.items()}
        voice.result(
            {"ok": not faults, "files": told, "faults": [fault_data(fault) for fault in faults], "profile": PROFILE}
        )
        if faults:
            raise typer.Exit(CANNOT_USE)

    guarded(voice, go)
