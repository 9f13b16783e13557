"""Scopes of an ambitieweb: city, area, bundle or project, with sections and works. (nl: reikwijdte van een web)."""

from collections.abc import Sequence
from dataclasses import dataclass

import pandas as pd

from koppelkans.context.product import Context
from koppelkans.ground.errors import Fault, SettingError
from koppelkans.ground.settings import FILE_NAME, WebDecision
from koppelkans.ground.words import Phrase
from koppelkans.vision.nearest import one_of

KINDS = ("city", "area", "bundle", "project")
OWN = ["of", "place"]


@dataclass(frozen=True)
class Scopes:
    """What webs are drawn of.

    Parameters
    ----------
    names
        `of`, `place`, `name`, and `decided_of` and `decided_place`: the web whose decisions hold here.
    sections
        `of`, `place` and `section`: the sections whose need counts.
    works
        `of`, `place`, `work` and `share` (0-1): the works of the programme that count, and for how much.
    """

    names: pd.DataFrame
    sections: pd.DataFrame
    works: pd.DataFrame


def scopes_of(
    context: Context, *, plan: pd.DataFrame, agenda: pd.DataFrame, areas: pd.DataFrame, homes: pd.DataFrame,
    decisions: Sequence[WebDecision],
) -> Scopes:  # fmt: skip
    """Return the scopes: city, areas, bundles, and projects with a decided web.

    Parameters
    ----------
    plan
        Work, year (unknown where it is left undone) and bundle.
    agenda
        Works per area in the years of the area programme, with their share.
    areas
        `area` and `name`.
    homes
        Area of each section.
    decisions
        The decided webs: they name the works of projects, and areas.

    Raises
    ------
    SettingError
        For each area and each work of a project that does not exist, with the nearest name.
    """
    projects = _projects(decisions)
    faults = lost_places(context, areas=areas, decisions=decisions)
    if faults:
        raise SettingError(faults)
    done = plan.loc[plan["year"].notna(), ["work", "bundle"]]
    bundled = done.dropna(subset=["bundle"]).rename(columns={"bundle": "place"})
    touches = context.touches[["work", "section"]]
    works = {
        "city": done[["work"]].assign(place="", share=1.0),
        "area": agenda[["area", "work", "share"]].rename(columns={"area": "place"}),
        "bundle": bundled[["work", "place"]].assign(share=1.0),
        "project": projects[projects["work"].isin(done["work"])].assign(share=1.0),
    }
    sections = {
        "city": pd.DataFrame({"section": context.sections["section"], "place": ""}),
        "area": homes[["section", "area"]].rename(columns={"area": "place"}),
        "bundle": touches.merge(bundled, on="work")[["place", "section"]].drop_duplicates(),
        "project": touches.merge(projects, on="work")[["place", "section"]].drop_duplicates(),
    }
    names = _names(context, areas=areas, bundled=bundled, projects=projects)
    return Scopes(names, _stacked(sections), _stacked(works))


def lost_places(context: Context, *, areas: pd.DataFrame, decisions: Sequence[WebDecision]) -> list[Fault]:
    """Return the areas and works named in decided webs that do not exist.

    Each with the nearest name.

    Parameters
    ----------
    areas
        `area` and `name`.
    """
    return [*_lost_works(context, decisions), *_lost_areas(areas, decisions)]


def _projects(decisions: Sequence[WebDecision]) -> pd.DataFrame:
    """Return the works of each project, of all its decisions together."""
    pairs = [(one.place, work) for one in decisions if one.of == "project" for work in one.works]
    made = pd.DataFrame(pairs, columns=["place", "work"]).astype("str")
    return made.drop_duplicates().sort_values(["place", "work"], ignore_index=True)


def _names(context: Context, *, areas: pd.DataFrame, bundled: pd.DataFrame, projects: pd.DataFrame) -> pd.DataFrame:
    """Return every scope with its name, and whose decisions hold there: a bundle takes those of the project it shares most works with."""
    streets = context.touches.merge(context.sections[["section", "name"]], on="section").merge(bundled, on="work")
    named = streets[["place", "name"]].dropna().drop_duplicates().sort_values(["place", "name"])
    called = named.groupby("place")["name"].agg(", ".join)
    bundles = pd.Series(sorted(bundled["place"].unique()), dtype="str")
    shared = bundled.merge(projects, on="work", suffixes=("", "_project")).groupby(["place", "place_project"]).size()
    order = (
        shared.rename("works")
        .reset_index()
        .sort_values(["place", "works", "place_project"], ascending=[True, False, True])
    )
    lent = order.drop_duplicates("place").set_index("place")["place_project"]
    own = projects["place"].drop_duplicates()
    parts = [
        pd.DataFrame({"of": ["city"], "place": [""], "name": [""], "decided_of": ["city"], "decided_place": [""]}),
        pd.DataFrame({"place": areas["area"], "name": areas["name"], "decided_place": areas["area"]}).assign(of="area", decided_of="area"),
        pd.DataFrame({"place": bundles, "name": bundles.map(called).astype("str").fillna(bundles), "decided_place": bundles.map(lent)}).assign(of="bundle", decided_of="project"),
        pd.DataFrame({"place": own, "name": own, "decided_place": own}).assign(of="project", decided_of="project"),
    ]  # fmt: skip
    return pd.concat([part for part in parts if len(part)], ignore_index=True)


def _stacked(parts: dict[str, pd.DataFrame]) -> pd.DataFrame:
    """Return the parts under each other, with what they are of."""
    filled = {of: part for of, part in parts.items() if len(part)} or parts
    return pd.concat([part.assign(of=of) for of, part in filled.items()], ignore_index=True)


def _lost_works(context: Context, decisions: Sequence[WebDecision]) -> list[Fault]:
    """Return the works of projects that do not exist."""
    known = context.works["work"].tolist()
    return [
        Fault(FILE_NAME, Phrase("work `{name}`", name=work), one_of(work, known), column=f"vision.webs.{at}.works", fatal=True)
        for at, one in enumerate(decisions)
        for work in one.works
        if work not in set(known)
    ]  # fmt: skip


def _lost_areas(areas: pd.DataFrame, decisions: Sequence[WebDecision]) -> list[Fault]:
    """Return the areas of decided webs that do not exist, neither by their code nor by their name."""
    known = [*areas["area"], *areas["name"]]
    return [
        Fault(FILE_NAME, Phrase("area `{name}`", name=one.place), one_of(one.place, known), column=f"vision.webs.{at}.place", fatal=True)
        for at, one in enumerate(decisions)
        if one.of == "area" and one.place not in known
    ]  # fmt: skip
