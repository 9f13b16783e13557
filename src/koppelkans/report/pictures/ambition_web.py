"""Ambitiewebs: levels wanted and reached per theme, drawn. (nl: ambitieweb als beeld)."""

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass, replace
from html import escape
from pathlib import Path

import numpy as np
import numpy.typing as npt
import pandas as pd

from koppelkans.ground.words import number, say
from koppelkans.report.legible import legible
from koppelkans.report.pictures.look import ACCENT, FONT, INK, LINE, PAPER, QUIET, wrapped
from koppelkans.vision.product import Vision
from koppelkans.vision.webs import generic_levels, own_levels

LEVELS = 3
CORNERS = 3
"""Fewer themes than this make no web."""
SIZES = ((8, 118.0, 480.0, 60.0, 17), (14, 150.0, 600.0, 62.0, 17), (20, 200.0, 700.0, 56.0, 40))
"""Up to so many themes: radius, width and edge of the picture (px), and letters in a line of a name."""
MOST_EARLIER = 4
"""So many earlier webs are drawn, the latest; the table beside the picture holds them all."""
EARLIER = ("1 3", "6 2 1 2", "10 3", "2 6")
"""Dashes of earlier webs, the latest first: told apart without colour."""
LINE_PX = 13
Floats = npt.NDArray[np.float64]
FOLDER = "ambitieweb"
KINDS = {"city": "stad", "area": "gebied", "bundle": "bundel", "project": "project"}
"""What a web is of = how its file is called."""


@dataclass(frozen=True)
class Earlier:
    """A web as decided before: its name, and its level per theme.

    Unknown where none was decided.
    """

    label: str
    levels: Sequence[float | None]


@dataclass(frozen=True)
class _WebFrame:
    """Sizes of a picture (px) and the angle of each theme."""

    radius: float
    width: float
    height: float
    middle: tuple[float, float]
    angles: Floats
    letters: int

    def at(self, levels: Floats) -> Floats:
        """Return the points at a level along each ray."""
        length = self.radius * levels / LEVELS
        return np.column_stack(
            [self.middle[0] + length * np.cos(self.angles), self.middle[1] + length * np.sin(self.angles)]
        )


def draw_web(themes: pd.DataFrame, *, lang: str, title: str = "", earlier: Sequence[Earlier] = ()) -> str:
    """Draw one web as SVG, with the same in words for who cannot see it.

    `themes` has name, wanted_level and reached_level, and may have generic_level; each is unknown where it is: then only
    the theme itself is drawn, with a question mark. From three themes on, the levels are joined to a web. What is wanted
    is a solid line, the generic web a dashed one where it differs, what is reached a filled part with dots, and earlier
    webs are lighter lines, each with its own dashes.
    """
    wanted, reached = _floats(themes["wanted_level"]), _floats(themes["reached_level"])
    generic = _floats(themes["generic_level"]) if "generic_level" in themes else wanted
    differs = bool(np.any(~np.isnan(generic) & (generic != wanted)))
    shown = list(earlier)[-MOST_EARLIER:][::-1]
    legend = _legend(shown, generic=differs, lang=lang)
    sheet = _web_frame(len(themes), below=18 * len(legend) + 8)
    parts = _rings(sheet)
    for at, one in enumerate(shown):
        levels = _floats(pd.Series(one.levels, dtype="Float64"))
        parts += _shape(sheet, levels, f'stroke="{QUIET}" stroke-width="1.4" stroke-dasharray="{EARLIER[at]}"')
    parts += _shape(
        sheet, reached, f'stroke="{ACCENT}" stroke-width="{2 if len(themes) >= CORNERS else 6}"', fill=ACCENT
    )
    if differs:
        parts += _shape(sheet, generic, f'stroke="{INK}" stroke-width="1.6" stroke-dasharray="5 3"')
    parts += _shape(sheet, wanted, f'stroke="{INK}" stroke-width="2.4"')
    parts += [_dot(point) for point in sheet.at(reached)[~np.isnan(reached)]]
    parts += [_square(point) for point in sheet.at(wanted)[~np.isnan(wanted)]]
    parts += _theme_names(themes["name"].tolist(), sheet, wanted, reached, lang)
    parts += [
        f'<g transform="translate(8 {sheet.height - 18 * (len(legend) - at):.0f})">{row}</g>'
        for at, row in enumerate(legend)
    ]
    told = in_words(themes, lang=lang)
    return legible(
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{sheet.width:.0f}" height="{sheet.height:.0f}" '
        f'viewBox="0 0 {sheet.width:.0f} {sheet.height:.0f}" role="img">'
        f"<title>{escape(title or say('Ambitieweb', lang))}</title><desc>{escape(told)}</desc>"
        f'<rect width="{sheet.width:.0f}" height="{sheet.height:.0f}" fill="{PAPER}"/>'
        f'<g font-family="{FONT}" font-size="11">{"".join(parts)}</g></svg>'
    )


def in_words(themes: pd.DataFrame, *, lang: str) -> str:
    """Return a web in words: per theme the level reached of the level wanted.

    And the generic one where it differs.
    """
    wanted, reached = _floats(themes["wanted_level"]), _floats(themes["reached_level"])
    generic = _floats(themes["generic_level"]) if "generic_level" in themes else wanted
    levels = [
        say("{name}: {reached} of {wanted}", lang, name=name, reached=_known(level, lang, 1), wanted=_known(goal, lang))
        + (say(" (everywhere {generic})", lang, generic=_known(usual, lang)) if _apart(usual, goal) else "")
        for name, goal, level, usual in zip(themes["name"], wanted, reached, generic, strict=True)
    ]
    told = "; ".join(levels) or say("unknown", lang)
    return say("Ambitieweb. Level reached of level wanted: {levels}.", lang, levels=told)


def _apart(usual: float, goal: float) -> bool:
    """Tell whether the generic level is known and another than the one wanted."""
    return not np.isnan(usual) and usual != goal


def _known(level: float, lang: str, digits: int = 0) -> str:
    """Return a level in figures, a question mark where it is unknown."""
    return "?" if np.isnan(level) else number(level, lang, digits)


def _floats(values: pd.Series) -> Floats:
    """Return levels as numbers, NaN where unknown."""
    levels: Floats = values.astype("Float64").to_numpy(dtype=float, na_value=np.nan)
    return levels


def _web_frame(count: int, *, below: float) -> _WebFrame:
    """Return the sizes: larger with many themes, so that their names do not lie over each other."""
    _, radius, width, edge, letters = next((size for size in SIZES if count <= size[0]), SIZES[-1])
    angles = 2 * np.pi * np.arange(count) / max(count, 1) - np.pi / 2
    return _WebFrame(radius, width, 2 * (radius + edge) + below, (width / 2, radius + edge), angles, letters)


def _points(points: Floats) -> str:
    """Return points as SVG writes them."""
    return " ".join(f"{x:.1f},{y:.1f}" for x, y in points.tolist())


def _rings(sheet: _WebFrame) -> list[str]:
    """Return the rings of the three levels, each with its figure, and the rays of the themes."""
    (x, y), around = sheet.middle, np.linspace(0, 2 * np.pi, 73)
    corners = sheet.angles if len(sheet.angles) >= CORNERS else around
    wide = replace(sheet, angles=corners)
    rings = [
        f'<polygon points="{_points(wide.at(np.full(len(corners), float(level))))}" fill="none" stroke="{LINE}"/>'
        for level in range(1, LEVELS + 1)
    ]
    ends = sheet.at(np.full(len(sheet.angles), float(LEVELS)))
    rays = [
        f'<polyline points="{x:.1f},{y:.1f} {a:.1f},{b:.1f}" stroke="{LINE}" fill="none"/>' for a, b in ends.tolist()
    ]
    scale = [
        f'<text x="{x + 3:.1f}" y="{y - sheet.radius * level / LEVELS + 10:.1f}" fill="{QUIET}" font-size="9">{level}</text>'
        for level in range(1, LEVELS + 1)
    ]
    return [*rings, *rays, *scale]


def _shape(sheet: _WebFrame, levels: Floats, stroke: str, *, fill: str = "none") -> list[str]:
    """Return levels joined to a web, filled or not; an unknown one breaks the line, and below three themes each lies on its ray."""
    known = ~np.isnan(levels)
    points = sheet.at(np.nan_to_num(levels))
    inside = f'fill="{fill}"' + ("" if fill == "none" else ' fill-opacity="0.28"')
    if len(levels) < CORNERS:
        x, y = sheet.middle
        return [
            f'<line x1="{x:.1f}" y1="{y:.1f}" x2="{a:.1f}" y2="{b:.1f}" {stroke}/>' for a, b in points[known].tolist()
        ]
    if known.all():
        return [f'<polygon points="{_points(points)}" {inside} {stroke}/>']
    after = np.roll(np.arange(len(levels)), -1)
    lines = [np.vstack([points[at], points[to]]) for at, to in enumerate(after) if known[at] and known[to]]
    middle = np.array(sheet.middle)
    filled = (
        []
        if fill == "none"
        else [f'<polygon points="{_points(np.vstack([middle, line]))}" {inside}/>' for line in lines]
    )
    return [*filled, *(f'<polyline points="{_points(line)}" fill="none" {stroke}/>' for line in lines)]


def _dot(point: Floats) -> str:
    """Return the mark of a level that is reached."""
    return f'<circle cx="{point[0]:.1f}" cy="{point[1]:.1f}" r="3.2" fill="{ACCENT}" stroke="{PAPER}"/>'


def _square(point: Floats) -> str:
    """Return the mark of a level that is wanted."""
    return f'<rect x="{point[0] - 2.5:.1f}" y="{point[1] - 2.5:.1f}" width="5" height="5" fill="{INK}"/>'


def _theme_names(names: list[str], sheet: _WebFrame, wanted: Floats, reached: Floats, lang: str) -> list[str]:
    """Return the name of each theme at the end of its ray, with the levels in figures."""
    points = sheet.at(np.full(len(names), LEVELS + 0.3))
    texts = []
    for name, (x, y), angle, goal, level in zip(names, points.tolist(), sheet.angles, wanted, reached, strict=True):
        side, rise = np.cos(angle), np.sin(angle)
        anchor = "middle" if abs(side) < 0.2 else ("start" if side > 0 else "end")  # noqa: PLR2004 -- near the vertical
        rows = wrapped(name, sheet.letters)
        # above the middle the last row stands at the ray, below it the first one
        top = y + 4 - LINE_PX * (len(rows) + 1) * (1 - rise) / 2 + LINE_PX * (1 + rise) / 2
        figures = say("{reached} of {wanted}", lang, reached=_known(level, lang, 1), wanted=_known(goal, lang))
        texts += [
            f'<text x="{x:.1f}" y="{top + LINE_PX * at:.1f}" text-anchor="{anchor}" fill="{INK}" font-weight="600">{escape(row)}</text>'
            for at, row in enumerate(rows)
        ]
        texts.append(
            f'<text x="{x:.1f}" y="{top + LINE_PX * len(rows) - 1:.1f}" text-anchor="{anchor}" fill="{QUIET}" font-size="10">{figures}</text>'
        )
    return texts


def _legend(shown: Sequence[Earlier], *, generic: bool, lang: str) -> list[str]:
    """Return what each line is, one row each; a row is drawn with its base at 12 px."""

    def line(style: str, text: str, mark: str = "") -> str:
        return (
            f'<line x1="0" y1="8" x2="26" y2="8" {style}/>{mark}<text x="34" y="12" fill="{INK}">{escape(text)}</text>'
        )

    box = f'<rect x="0" y="2" width="26" height="11" fill="{ACCENT}" fill-opacity="0.28" stroke="{ACCENT}"/>'
    reached = f'<text x="34" y="12" fill="{INK}">{say("level reached by the works", lang)}</text>'
    rows = [line(f'stroke="{INK}" stroke-width="2.4"', say("level wanted", lang), _square(np.array([13.0, 8.0])))]
    if generic:
        rows.append(line(f'stroke="{INK}" stroke-width="1.6" stroke-dasharray="5 3"', say("level that the city wants everywhere", lang)))  # fmt: skip
    rows.append(box + _dot(np.array([13.0, 8.0])) + reached)
    return rows + [
        line(f'stroke="{QUIET}" stroke-width="1.4" stroke-dasharray="{EARLIER[at]}"', one.label)
        for at, one in enumerate(shown)
    ]


@dataclass(frozen=True)
class Web:
    """One web: what it is of, its name, and the levels of its themes.

    Wanted, everywhere and reached.

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
    """Return the webs of city and places as the settings decide them; reached is unknown."""
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
