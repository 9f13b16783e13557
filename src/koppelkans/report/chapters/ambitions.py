"""The ambitiewebs, and the chances and bottlenecks. (nl: ambitieweb)."""

import pandas as pd

from koppelkans.appraisal.business.product import CITY
from koppelkans.ground.words import number, say
from koppelkans.opportunities.kinds import KINDS
from koppelkans.report.document import Block, Heading, Picture, Sentence, left_out
from koppelkans.report.names import area_names, called, span
from koppelkans.report.paper import first_rows, paper
from koppelkans.report.pictures.ambition_web import Web, earlier_of, in_words, named, svg_of, web_of, webs_of
from koppelkans.report.plan import Plan

MOST_PROJECTS, MOST_ROWS = 6, 40
WIDTH, WIDE, MANY = 0.72, 0.9, 8
"""Width of a picture as a share of the page; wider with more themes than this."""
EACH = 3
"""Rows of each kind."""
TITLES = {"chance": "The strongest chances", "clash": "The heaviest bottlenecks"}


def city_web(plan: Plan, lang: str) -> list[Block]:
    """Return the generic web with its history, deviations with their reason, and project webs."""
    heading = Heading(say("Ambitieweb of the whole city", lang))
    web = web_of(plan.vision, plan.areas.web, of="city", place="")
    if web is None:
        return [heading, Sentence(say("Nothing is known here of any ambition.", lang))]
    projects = [one for one in webs_of(plan.vision, plan.areas.web[plan.areas.web["of"] == "project"]) if one.name]
    return [
        heading,
        Sentence(_explained(lang)),
        *_picture(web, lang),
        *_decisions(web, lang),
        *_deviations(plan, lang),
        *_asks(plan, web, lang),
        *(block for one in projects[:MOST_PROJECTS] for block in _project(one, lang)),
        *left_out(max(len(projects) - MOST_PROJECTS, 0), say("Ambitieweb", lang), lang),
    ]


def area_web(plan: Plan, area: str, lang: str) -> list[Block]:
    """Return the web of an area with its history, and what each level asks."""
    heading = Heading(say("Ambitieweb", lang))
    web = web_of(plan.vision, plan.areas.web, of="area", place=area)
    if web is None:
        return [heading, Sentence(say("Nothing is known here of any ambition.", lang))]
    return [
        heading,
        Sentence(_explained(lang)),
        *_picture(web, lang),
        *_decisions(web, lang),
        *_asks(plan, web, lang),
    ]


def bundle_web(plan: Plan, case: str, lang: str) -> list[Block]:
    """Return the web of a bundle beside the generic web, for its page.

    Nothing where there is none. The city has its generic web.
    """
    of, place = ("city", "") if case == CITY else ("bundle", case)
    web = web_of(plan.vision, plan.areas.web, of=of, place=place)
    if web is None:
        return []
    apart = web.themes[(web.themes["wanted_level"] != web.themes["generic_level"]).fillna(value=False)]
    told = say("Solid line: what is wanted here. Dashed line: what the city wants everywhere, where that is another level.", lang)  # fmt: skip
    if of == "bundle" and apart.empty:
        told = say("For this bundle nothing else was decided: the levels of the city hold.", lang)
    elif of == "bundle":
        told += " " + say("Another level than everywhere: {names}.", lang, names=", ".join(apart[f"name_{lang}"]))
    return [
        Heading(say("Ambitieweb", lang), 2),
        Sentence(told),
        *_picture(web, lang),
    ]


def _explained(lang: str) -> str:
    """Return how to read a web."""
    return say(
        "The line with squares is the level that is wanted, from 1 to 3. The filled part with dots is the level that the works reach: 3 times the share of the need that they meet. A question mark means unknown: no need or no effect was given.",
        lang,
    )


def _picture(web: Web, lang: str) -> list[Block]:
    """Return the picture of a web, in words too."""
    shown = named(web, lang)
    width = WIDE if len(shown) > MANY else WIDTH
    caption = say("Level reached of level wanted, per theme.", lang)
    if earlier_of(web, lang):
        caption += " " + say("Lighter lines: what was decided before.", lang)
    told = [Picture(svg_of(web, lang), in_words(shown, lang=lang), caption, width)]
    part = web.themes[(web.themes["unknown"] > 0) & (web.themes["unknown"] < web.themes["counted"])]
    if part.empty:
        return list(told)
    names = ", ".join(
        say("{name} ({unknown} of {counted})", lang, name=name, unknown=unknown, counted=counted)
        for name, unknown, counted in zip(part[f"name_{lang}"], part["unknown"], part["counted"], strict=True)
    )
    return [*told, Sentence(say("Of these themes some ambitions are unknown and do not count: {names}.", lang, names=names), "small")]  # fmt: skip


def _decisions(web: Web, lang: str) -> list[Block]:
    """Return what was decided for a web, phase by phase."""
    if web.decisions.empty:
        return []
    names = dict(zip(web.themes["theme"], web.themes[f"name_{lang}"], strict=True))
    rows = [
        [rows[f"phase_{lang}"].iloc[0], str(day), rows["decided_by"].iloc[0], _changes(rows, names), rows["reason"].iloc[0]]
        for day, rows in web.decisions.groupby("decided_on", sort=False)
    ]  # fmt: skip
    asked = (
        "vision.webs.phase", "paper.date", ("vision.webs.decided_by", 1.0), ("paper.levels", 2.4),
        ("vision.webs.reason", 1.6),
    )  # fmt: skip
    return [paper(rows, asked, say("The web as it was decided, phase by phase", lang), lang)]


def _changes(rows: pd.DataFrame, names: dict[str, str]) -> str:
    """Return the levels that a decision changed: from what to what."""
    moved = rows[rows["stated"] & (rows["level"] != rows["earlier_level"]).fillna(value=True)]
    return ", ".join(
        f"{names[theme]} {level}" if pd.isna(before) else f"{names[theme]} {before} → {level}"
        for theme, before, level in zip(moved["theme"], moved["earlier_level"], moved["level"], strict=True)
        if theme in names
    ) or "–"  # fmt: skip


def _deviations(plan: Plan, lang: str) -> list[Block]:
    """Return where an area or project wants another level than the city everywhere, with who decided it and why."""
    web = plan.areas.web
    apart = web[web["of"].isin(("area", "project")) & (web["wanted_level"] != web["generic_level"]).fillna(value=False)]
    apart = apart[apart["wanted_basis"] == apart["of"]]
    if apart.empty:
        return []
    areas = area_names(plan)
    last = plan.vision.webs[plan.vision.webs["stated"]].drop_duplicates(["of", "place", "theme"], keep="last")
    codes = {name: area for area, name in areas.items()}
    last = last.assign(place=last["place"].mask(last["of"] == "area", last["place"].replace(codes)))
    told = apart.merge(
        last[["of", "place", "theme", "decided_on", "decided_by", "reason"]], on=["of", "place", "theme"], how="left"
    )
    rows = [
        [row["place_name"], row[f"name_{lang}"], row["generic_level"], row["wanted_level"], f"{row['decided_by']}, {row['decided_on']}", row["reason"]]
        for row in told.to_dict("records")
    ]  # fmt: skip
    asked = (
        ("paper.where", 1.2), ("vision.themes.theme", 1.2), "paper.everywhere", "paper.here",
        ("vision.webs.decided_by", 1.4), ("vision.webs.reason", 1.8),
    )  # fmt: skip
    caption = say("Where an area or project wants another level than the city everywhere", lang)
    return first_rows(rows, asked, caption, lang, most=MOST_ROWS, sheet=say("Ambitieweb", lang))


def _asks(plan: Plan, web: Web, lang: str) -> list[Block]:
    """Return what must be shown to claim the level that is wanted."""
    goals = web.themes[["theme", f"name_{lang}", "wanted_level"]].merge(
        plan.vision.level_asks, left_on=["theme", "wanted_level"], right_on=["theme", "level"]
    )
    if goals.empty:
        return []
    asked = (("vision.themes.theme", 1.0), "vision.level_asks.level", ("paper.what_must_be_shown", 4.0))
    caption = say("What must be shown to claim the level that is wanted", lang)
    return [paper(goals[[f"name_{lang}", "level", f"ask_{lang}"]], asked, caption, lang)]


def _project(web: Web, lang: str) -> list[Block]:
    """Return the web of a project."""
    return [Heading(say("Project {name}", lang, name=web.name), 2), *_picture(web, lang), *_decisions(web, lang)]


def finds(plan: Plan, lang: str) -> list[Block]:
    """Return the strongest chances and the heaviest bottlenecks, with counts per kind."""
    table = plan.opportunities.finds
    heading = Heading(say("Chances and bottlenecks", lang))
    if table.empty:
        return [heading, Sentence(say("No chance and no bottleneck was found.", lang))]
    names = {kind.name: getattr(kind, lang) for kind in KINDS}
    blocks: list[Block] = [
        heading,
        Sentence(say("The map page and the GeoPackage show all of them in their place.", lang)),
    ]
    for side, title in TITLES.items():
        rows = pd.DataFrame(table.loc[table["side"] == side].drop(columns="geometry"))
        if len(rows):
            blocks += [
                Heading(say(title, lang), 2),
                Sentence(_counts(rows, names, lang)),
                *_top(rows, names, say(title, lang), lang),
            ]
    return blocks


def _counts(rows: pd.DataFrame, names: dict[str, str], lang: str) -> str:
    """Return how many there are of each kind."""
    counts = (
        rows["kind"]
        .map(names)
        .astype("str")
        .fillna(rows["kind"])
        .value_counts()
        .sort_index()
        .sort_values(ascending=False, kind="stable")
    )
    return "; ".join(f"{name}: {number(count, lang)}" for name, count in counts.items()) + "."


def _top(rows: pd.DataFrame, names: dict[str, str], caption: str, lang: str) -> list[Block]:
    """Return the first of each kind: by euros at stake, then by strength."""
    order = rows.sort_values(["amount_eur", "score", "find"], ascending=[False, False, True])
    top = order.groupby("kind").head(EACH)
    place = {kind: at for at, kind in enumerate(dict.fromkeys([*names, *sorted(set(rows["kind"]))]))}
    top = top.assign(place=top["kind"].map(place)).sort_values("place", kind="stable")
    kinds = pd.Series(called(top["kind"], names), index=top.index).mask(top["kind"].duplicated(), "")
    years = [span(first, last) for first, last in zip(top["first_year"], top["last_year"], strict=True)]
    shown = top[["kind", "first_year", "amount_eur", f"why_{lang}"]].assign(kind=kinds, first_year=years)
    asked = (("paper.what", 1.3), "paper.years", "opportunities.finds.amount_eur", ("paper.why", 4.0))
    more = left_out(len(rows) - len(top), say("Chances and bottlenecks", lang), lang)
    return [paper(shown, asked, caption, lang), *more]
