"""The ambitiewebs of a plan, each with its history, as pictures and as files of their own. (nl: ambitiewebben)."""

import re
import unicodedata
from dataclasses import dataclass
from pathlib import Path

import pandas as pd

from koppelkans.ground.words import say
from koppelkans.report.pictures.web import Earlier, draw_web
from koppelkans.vision.product import Vision
from koppelkans.vision.wanted import generic_levels, own_levels

FOLDER = "ambitieweb"
KINDS = {"city": "stad", "area": "gebied", "bundle": "bundel", "project": "project"}
"""What a web is of = how its file is called."""


@dataclass(frozen=True)
class Web:
    """One web: what it is of, its name, and its themes with the levels wanted, everywhere and reached.

    `decisions` are the rows of `vision.webs` that hold for it, in order of time.
    """

    of: str
    place: str
    name: str
    themes: pd.DataFrame
    decisions: pd.DataFrame


def title_of(web: Web, lang: str) -> str:
    """Return what a web is of, in words."""
    if web.of == "city":
        return say("Ambitieweb of the whole city", lang)
    if web.of == "bundle":
        return say("Ambitieweb of bundle {place}: {name}", lang, place=web.place, name=web.name)
    return say("Ambitieweb of {name}", lang, name=web.name)


def named(web: Web, lang: str) -> pd.DataFrame:
    """Return the themes of a web with their `name` in a language, as pictures take them."""
    return web.themes.rename(columns={f"name_{lang}": "name"})


def svg_of(web: Web, lang: str) -> str:
    """Return the picture of a web, with the webs that were decided before as lighter lines."""
    return draw_web(named(web, lang), lang=lang, title=title_of(web, lang), earlier=earlier_of(web, lang))


def earlier_of(web: Web, lang: str) -> list[Earlier]:
    """Return the webs before the last decision, the oldest first."""
    days = list(dict.fromkeys(web.decisions["decided_on"]))[:-1]
    return [_as_of(web, day, lang) for day in days]


def _as_of(web: Web, day: str, lang: str) -> Earlier:
    """Return a web as it stood on a day of decision."""
    rows = web.decisions[web.decisions["decided_on"] == day].drop_duplicates("theme").set_index("theme")
    levels = web.themes["theme"].map(rows["level"]).astype("Float64")
    label = say("decided on {day} ({phase})", lang, day=day, phase=rows[f"phase_{lang}"].iloc[0])
    return Earlier(label, levels.tolist())


def webs_of(vision: Vision, web: pd.DataFrame) -> list[Web]:
    """Return every web of a plan in its order; `web` as the area room makes it."""
    return [
        Web(of, place, rows["place_name"].iloc[0], rows.reset_index(drop=True), _decisions(vision, of, place, rows["place_name"].iloc[0]))
        for (of, place), rows in web.groupby(["of", "place"], sort=False)
    ]  # fmt: skip


def web_of(vision: Vision, web: pd.DataFrame, *, of: str, place: str) -> Web | None:
    """Return the web of one place; None where there is none."""
    found = webs_of(vision, web[(web["of"] == of) & (web["place"] == place)])
    return found[0] if found else None


def decided_only(vision: Vision) -> pd.DataFrame:
    """Return the webs of the city and of every place with a decision, as the settings alone tell them: reached is unknown."""
    places = vision.webs.loc[vision.webs["of"] != "city", ["of", "place"]].drop_duplicates()
    pairs = [("city", ""), *places.itertuples(index=False, name=None)]
    generic = generic_levels(vision.themes, vision.ambitions, vision.webs)
    parts = []
    for of, place in pairs:
        own = vision.themes["theme"].map(own_levels(vision.webs, of=of, places=(place,))).astype("Int64")
        parts.append(
            vision.themes[["theme", "place_in_web", "name_nl", "name_en"]].assign(
                of=of,
                place=place,
                place_name=place,
                generic_level=generic["generic_level"],
                wanted_level=own.fillna(generic["generic_level"]),
                reached_level=float("nan"),
            )
        )
    return pd.concat(parts, ignore_index=True)


def write_webs(webs: list[Web], folder: Path, *, lang: str) -> list[Path]:
    """Write each web as SVG with the same in words inside it; return the files."""
    target = folder / FOLDER
    target.mkdir(parents=True, exist_ok=True)
    written: dict[str, Path] = {}
    for web in webs:
        stem = "-".join(part for part in (KINDS[web.of], _plain(web.place if web.of == "bundle" else web.name)) if part)
        nth = sum(1 for name in written if name == stem or re.fullmatch(rf"{re.escape(stem)}-\d+", name))
        name = stem if stem not in written else f"{stem}-{nth + 1}"
        path = target / f"{name}.svg"
        path.write_text(svg_of(web, lang) + "\n", encoding="utf-8")
        written[name] = path
    return list(written.values())


def _decisions(vision: Vision, of: str, place: str, name: str) -> pd.DataFrame:
    """Return what was decided for a place; a bundle shows none of its own."""
    rows = vision.webs[(vision.webs["of"] == of) & vision.webs["place"].isin((place, name))]
    return rows.sort_values("decided_on", kind="stable", ignore_index=True)


def _plain(name: str) -> str:
    """Return a name as a file name bears it."""
    letters = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode().lower()
    return re.sub(r"[^a-z0-9]+", "-", letters).strip("-")
