"""The command that draws the ambitiewebs, with or without a run. (nl: ambitieweb tekenen)."""

from importlib.metadata import version
from pathlib import Path

from koppelkans.area.product import Areas
from koppelkans.cli.voice import Voice, guarded, t
from koppelkans.flow import own
from koppelkans.ground.outputs import SHELF, changing, settle
from koppelkans.ground.settings import read_settings
from koppelkans.ground.shelf import load
from koppelkans.ground.trace import Trace
from koppelkans.report.pictures.ambition_web import FOLDER, decided_only, webs_of, write_webs
from koppelkans.vision import Vision, envision


def ambitieweb(city_folder: Path, *, out: Path, lang: str | None, as_json: bool) -> None:
    """Draw every ambitieweb as SVG, from a run or as decided in koppelkans.toml.

    From the run in `--out` where there is one.
    """
    voice = Voice(as_json=as_json)

    def draw() -> None:
        settle(out, own=own, city=city_folder)
        settings = read_settings(city_folder)
        ran = (out / SHELF / "areas" / "facts.json").is_file()
        if ran:
            vision, web = load(Vision, out / SHELF / "vision"), load(Areas, out / SHELF / "areas").web
        else:
            vision = envision({}, settings=settings, trace=Trace(version=version("koppelkans")))
            web = decided_only(vision)
        with changing(out, own=own, drop=lambda name: name.startswith(f"{FOLDER}/"), city=city_folder) as fresh:
            made = write_webs(webs_of(vision, web), fresh, lang=lang or settings.city.lang)
            written = [out / path.relative_to(fresh) for path in made]
        voice.table(
            t("Written to {out}", out=out),
            [t("file"), "kB"],
            [(path.relative_to(out), round(path.stat().st_size / 1000)) for path in written],
        )
        if not ran:
            voice.words(t("Only what was decided is drawn: there is no run in this folder, so what the works reach is unknown."))  # fmt: skip
        voice.result({"ok": True, "reached": ran, "files": [str(path) for path in written]})

    guarded(voice, draw)
